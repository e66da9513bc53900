"""Meshes as the HTTP API gives them: what can be drawn, as raw numbers, and what could not be, counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import MeshSample
from cellboard.viewer.mesh_geometry import drawable
from cellboard.viewer.mesh_settings import plain_settings

SQUARE = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], np.float32)
FACES = np.array([[0, 1, 2], [0, 2, 3]], np.int32)
COLORS = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 9, 9]], np.uint8)
SETTINGS = {
    "camera": {"cls": "PerspectiveCamera", "fov": 75, "deep": {"a": 1}},
    "lights": [{"cls": "AmbientLight", "color": "#ffffff"}, 7, {"color": 3}],
    "material": {"cls": "MeshStandardMaterial", "roughness": float("nan"), "position": [0, 1, 2], "x" * 99: 1},
}


def sample(vertices: Any, faces: Any = None, colors: Any = None) -> MeshSample:
    """A step as the log gives it, whatever it says."""
    return MeshSample(
        step=3,
        wall_time=1.0,
        vertices=np.asarray(vertices, np.float32),
        faces=None if faces is None else np.asarray(faces, np.int32),
        colors=None if colors is None else np.asarray(colors, np.uint8),
        config={},
    )


def decode(body: bytes) -> tuple[dict[str, Any], list[tuple[Any, Any, Any]]]:
    """Header and arrays of an answer, by docs/http-api.md alone."""
    at = 4 + int.from_bytes(body[:4], "little")
    assert at % 8 == 0
    head = json.loads(body[4:at])
    meshes = []
    for mesh in head["meshes"]:
        points, triangles = mesh["sent_points"], mesh["sent_triangles"]
        vertices = np.frombuffer(body, "<f4", 3 * points, at).reshape(-1, 3)
        faces = np.frombuffer(body, "<i4", 3 * triangles, at := at + vertices.nbytes).reshape(-1, 3)
        colors = np.frombuffer(body, "u1", 3 * points if mesh["colored"] else 0, at := at + faces.nbytes).reshape(-1, 3)
        at += colors.nbytes + -colors.nbytes % 4
        meshes.append((vertices, faces, colors))
    assert at == len(body)
    return head, meshes


class TestDrawable:
    def test_all_of_a_sound_mesh(self) -> None:
        found = drawable(sample([SQUARE], [FACES], [COLORS]), 0, 100)
        assert np.array_equal(found.vertices, SQUARE)
        assert np.array_equal(found.faces, FACES)
        assert found.colors is not None
        assert np.array_equal(found.colors, COLORS)
        assert (found.points, found.triangles, found.not_finite, found.outside, found.misfit) == (4, 2, 0, 0, False)
        assert (found.low.tolist(), found.high.tolist()) == ([0, 0, 0], [1, 1, 0])

    def test_points_that_are_nowhere_and_their_triangles_are_left_out(self) -> None:
        vertices = SQUARE.copy()
        vertices[3, 1] = np.inf
        found = drawable(sample([vertices], [FACES], [COLORS]), 0, 100)
        assert (found.not_finite, found.outside, len(found.vertices)) == (1, 1, 3)
        assert np.isfinite(found.vertices).all()
        assert np.array_equal(found.vertices[found.faces[0]], SQUARE[:3])
        assert found.colors is not None
        assert np.array_equal(found.colors, COLORS[:3])
        cloud = drawable(sample([np.full((5, 3), np.nan)]), 0, 100)
        assert (cloud.not_finite, len(cloud.vertices), np.isnan(cloud.low).all()) == (5, 0, True)

    @pytest.mark.parametrize("corner", [-1, 4, 2**31 - 1, -(2**31)])
    def test_triangles_between_points_that_are_not_are_left_out(self, corner: int) -> None:
        found = drawable(sample([SQUARE], [[[0, 1, 2], [0, 1, corner]]]), 0, 100)
        assert (found.triangles, found.outside, found.faces.tolist()) == (2, 1, [[0, 1, 2]])
        # Without a triangle that can be drawn, the points are.
        found = drawable(sample([SQUARE], [[[0, 1, corner]]]), 0, 100)
        assert (found.outside, len(found.faces), len(found.vertices)) == (1, 0, 4)

    def test_an_even_sample_of_very_many(self) -> None:
        cloud = np.arange(3000, dtype=np.float32).reshape(1, 1000, 3)
        found = drawable(sample(cloud, None, np.zeros((1, 1000, 3))), 0, 10)
        assert found.points == 1000
        assert found.vertices[:, 0].tolist() == [3 * round(i * 999 / 9) for i in range(10)]
        assert found.colors is not None
        assert len(found.colors) == 10
        assert found.high.tolist() == [2997, 2998, 2999]
        many = np.arange(3000, dtype=np.int32).reshape(1, 1000, 3)
        vertices = np.arange(9000, dtype=np.float32).reshape(1, 3000, 3)
        found = drawable(sample(vertices, many), 0, 7)
        assert (found.triangles, len(found.faces), len(found.vertices)) == (1000, 7, 21)
        assert found.vertices[found.faces[-1], 0].tolist() == [8991, 8994, 8997]

    def test_parts_that_do_not_fit_each_other(self) -> None:
        two = np.stack([SQUARE, SQUARE + 5])
        shared = drawable(sample(two, [FACES], [COLORS[:2]]), 1, 100)
        assert (len(shared.faces), shared.misfit, shared.colors) == (2, True, None)
        three = drawable(sample(np.stack([SQUARE] * 3), [FACES, FACES]), 2, 100)
        assert (three.triangles, len(three.vertices)) == (0, 4)
        assert len(drawable(sample(np.zeros((1, 0, 3)), np.zeros((1, 0, 3))), 0, 5).vertices) == 0


def test_of_settings_only_plain_values_are_kept() -> None:
    said = plain_settings(SETTINGS)
    assert said == {
        "camera": {"cls": "PerspectiveCamera", "fov": 75},
        "lights": [{"cls": "AmbientLight", "color": "#ffffff"}],
        "material": {"cls": "MeshStandardMaterial", "position": [0, 1, 2], "x" * 64: 1},
    }
    nothing = {"camera": None, "lights": None, "material": None}
    assert plain_settings({}) == nothing
    assert plain_settings({"camera": [1], "lights": {"cls": "x"}, "material": {"cls": 3}}) == nothing
    many = plain_settings({"lights": [{"cls": "AmbientLight", "intensity": 10**400}] * 99})
    assert many["lights"] == [{"cls": "AmbientLight"}] * 8


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same mesh by three writers; a batch; settings that are no JSON, strictly."""
    from tensorboardX import SummaryWriter as XWriter
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    root = tmp_path_factory.mktemp("meshes")
    for run, make in {"ours": SummaryWriter, "torch": TorchWriter, "x": XWriter}.items():
        with make(str(root / run)) as writer:
            for step in (0, 5):
                vertices, faces, colors = SQUARE[None] * (1 + step), FACES[None], COLORS[None]
                if run == "torch":
                    from torch import tensor

                    vertices, faces, colors = tensor(vertices), tensor(faces), tensor(colors)
                writer.add_mesh("square", vertices, colors=colors, faces=faces, global_step=step)
    with SummaryWriter(str(root / "ours")) as writer:
        writer.add_mesh("batch", np.stack([SQUARE + at for at in range(20)]), global_step=1)
        writer.add_mesh("set", SQUARE, config_dict=SETTINGS, global_step=1)
    return root


@pytest.mark.parametrize("run", ["ours", "torch", "x"])
def test_a_mesh_of_any_writer(viewer: Any, run: str) -> None:
    steps = viewer.get("api/v1/steps", kind="meshes", run=run, tag="square").json()
    assert steps["step"] == [0, 5]
    got = viewer.get("api/v1/meshes", run=run, tag="square", index=-1)
    head, ((vertices, faces, colors),) = decode(got.body)
    assert (head["step"], head["count"], head["settings"]["camera"]) == (5, 1, None)
    assert np.array_equal(vertices, SQUARE * 6)
    assert np.array_equal(faces, FACES)
    assert np.array_equal(colors, COLORS)
    assert head["meshes"][0]["high"] == [6, 6, 0]
    assert got.headers["Content-Type"] == "application/octet-stream"
    again = viewer.get("api/v1/meshes", run=run, tag="square", index=-1, headers={"If-None-Match": got.headers["Etag"]})
    assert (again.status, again.body) == (304, b"")


def test_of_a_batch_the_first_or_the_one_that_is_asked_for(viewer: Any, log: LogDir) -> None:
    head, meshes = decode(viewer.get("api/v1/meshes", run="ours", tag="batch", index=0).body)
    assert (head["count"], [mesh["item"] for mesh in head["meshes"]]) == (20, list(range(16)))
    assert np.array_equal(meshes[15][0], SQUARE + 15)
    head, ((vertices, faces, colors),) = decode(
        viewer.get("api/v1/meshes", run="ours", tag="batch", index=0, item=19, limit=2).body
    )
    assert np.array_equal(vertices, log.runs["ours"].meshes["batch"][0].vertices[19][[0, 3]])
    assert (len(faces), len(colors), head["meshes"][0]["points"]) == (0, 0, 4)
    # All together keep to the limit, each having at least a point.
    head, _ = decode(viewer.get("api/v1/meshes", run="ours", tag="batch", index=0, limit=8).body)
    assert {mesh["sent_points"] for mesh in head["meshes"]} == {1}


def test_settings_come_with_the_mesh(viewer: Any) -> None:
    head, _ = decode(viewer.get("api/v1/meshes", run="ours", tag="set", index=0).body)
    assert head["settings"]["camera"] == {"cls": "PerspectiveCamera", "fov": 75}


def test_runs_say_which_meshes_they_have(viewer: Any) -> None:
    said = viewer.get("api/v1/runs").json()
    assert said["tags"]["meshes"] == ["batch", "set", "square"]
    assert {run["name"]: len(run["meshes"]) for run in said["runs"]} == {"ours": 3, "torch": 1, "x": 1}


def test_what_is_not_there_is_said(viewer: Any) -> None:
    for query, status in (
        ({"index": 2}, 404),
        ({"index": 0, "item": 1}, 404),
        ({"index": 0, "item": -1}, 400),
        ({"index": 0, "limit": 0}, 400),
        ({"index": 0, "limit": 10**9}, 400),
        ({}, 400),
    ):
        assert viewer.get("api/v1/meshes", run="ours", tag="square", **query).status == status
    assert viewer.get("api/v1/meshes", run="ours", tag="square_VERTEX", index=0).status == 404
    assert viewer.get("api/v1/meshes", run="../ours", tag="square", index=0).status == 404
