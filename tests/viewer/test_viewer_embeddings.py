"""Embeddings as the HTTP API gives them: what writers leave beside the log, and what somebody hostile might."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from cellboard import SummaryWriter
from cellboard.eventlog import point_files
from cellboard.eventlog.embeddings import Embedding, find_embeddings
from cellboard.eventlog.errors import EventLogWarning
from cellboard.viewer.point_store import PointStore
from PIL import Image

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:torch"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:tensorboardX"),
]

COUNT, DIMS = 60, 5
POINTS = np.random.default_rng(0).normal(size=(COUNT, DIMS)).astype(np.float32) * np.float32([9, 5, 3, 1, 0.5])
NAMES = [f"point {at}" for at in range(COUNT)]
PICTURES = np.random.default_rng(1).random((COUNT, 3, 8, 8)).astype(np.float32)


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "PNG")
    return out.getvalue()


def write_torch(folder: Path) -> None:
    import torch
    from torch.utils.tensorboard import SummaryWriter as Writer

    with Writer(str(folder)) as writer:
        for step in (0, 7):
            writer.add_embedding(
                torch.from_numpy(POINTS + step), NAMES, torch.from_numpy(PICTURES), global_step=step, tag="features"
            )
        writer.add_embedding(torch.from_numpy(POINTS), tag="plain/ü")


def write_x(folder: Path) -> None:
    from tensorboardX import SummaryWriter as Writer

    with Writer(str(folder)) as writer:
        table = [[name, str(at % 3)] for at, name in enumerate(NAMES)]
        writer.add_embedding(POINTS, table, PICTURES, 3, "features", ["name", "class"])


def write_ours(folder: Path) -> None:
    with SummaryWriter(folder) as writer:
        table = [[name, at % 3] for at, name in enumerate(NAMES)]
        writer.add_embedding(POINTS, table, PICTURES, 3, "features", ["name", "class"])


def configure(folder: Path, config: str, **files: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "projector_config.pbtxt").write_text(config)


def rows_of(values: npt.NDArray[np.float32]) -> bytes:
    return "".join("\t".join(map(repr, row)) + "\n" for row in values.tolist()).encode()


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("projector")
    (root / "secret.tsv").write_bytes(rows_of(POINTS))
    logs = root / "logs"
    write_torch(logs / "torch")
    write_x(logs / "x")
    write_ours(logs / "ours")
    many = np.arange(1000 * 2, dtype=np.float32).reshape(1000, 2)
    holes = POINTS.copy()
    holes[3, 1], holes[10, 0] = np.nan, np.inf
    # As Keras does: the directory that names the embeddings is none of a run.
    config = "\n".join(
        f'embeddings {{ tensor_name: "{name}" tensor_path: "{name}.tsv" {more} }}'
        for name, more in {
            "many": 'metadata_path: "many_labels.tsv"',
            "holes": 'metadata_path: "labels.tsv" bookmarks_path: "views.json"',
            "raw": "tensor_shape: 1000 tensor_shape: 2",
            "short": 'metadata_path: "short.tsv"',
            "ragged": "",
            "missing": "",
            "huge": 'sprite { image_path: "huge.png" single_image_dim: 9 single_image_dim: 9 }',
            "torn": 'sprite { image_path: "torn.png" single_image_dim: 9 single_image_dim: 9 }',
            "page": 'sprite { image_path: "page.png" single_image_dim: 9 single_image_dim: 9 }',
            "odd": 'sprite { image_path: "fine.png" single_image_dim: 9 single_image_dim: 90000 }',
        }.items()
    )
    three = rows_of(POINTS[:3])
    configure(
        logs / "keras",
        config,
        **{
            "many.tsv": rows_of(many),
            "many_labels.tsv": b"".join(b"%d\t%d\n" % (at, at * at) for at in range(1000)),
            "holes.tsv": rows_of(holes).replace(b"\n", b"\n\n", 1),
            "labels.tsv": "".join(f"{name}\n" for name in ["title", *NAMES]).encode(),
            "raw.tsv": many.tobytes(),
            "views.json": b'[{"label": "A"}]',
            "short.tsv": three,
            "ragged.tsv": b"1\t2\n3\n",
            "huge.tsv": three,
            "huge.png": png(20_000, 1),
            "torn.tsv": three,
            "torn.png": png(90, 90)[:-30],
            "page.tsv": three,
            "page.png": b"<script>alert(1)</script>",
            "odd.tsv": three,
            "fine.png": png(9, 9),
        },
    )
    SummaryWriter(logs / "keras" / "train").close()
    configure(logs / "broken", "embeddings {")
    outside = {"up": "../../secret.tsv", "root": str(root / "secret.tsv"), "link": "link.tsv"}
    configure(
        logs / "escape",
        "\n".join(
            f'embeddings {{ tensor_name: "{name}" tensor_path: "{path}" metadata_path: "{path}" '
            f'bookmarks_path: "{path}" sprite {{ image_path: "{path}" single_image_dim: 8 single_image_dim: 8 }} }}'
            for name, path in outside.items()
        ),
    )
    os.symlink(root / "secret.tsv", logs / "escape" / "link.tsv")
    return logs


def decoded(body: bytes, width: int | None = None) -> tuple[dict[str, Any], list[int] | None, Any]:
    length = int.from_bytes(body[:4], "little")
    said = json.loads(body[4 : 4 + length])
    assert (4 + length) % 8 == 0
    rest = body[4 + length :]
    rows = np.frombuffer(rest, "<i4", said["count"]).tolist() if said["rows"] else None
    numbers = np.frombuffer(rest[4 * said["count"] if said["rows"] else 0 :], "<f4")
    return said, rows, numbers.reshape(said["count"], said["dims"] if width is None else width)


def points(viewer: Any, run: str, name: str, **more: Any) -> tuple[dict[str, Any], list[int] | None, Any]:
    answer = viewer.get("api/v1/embedding_points", run=run, name=name, **more)
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"] == "application/octet-stream"
    return decoded(answer.body)


def listed(viewer: Any) -> dict[tuple[str, str], Any]:
    said = viewer.get("api/v1/embeddings").json()
    assert said["left_out"] == 0
    return {(one["run"], one["name"]): one for one in said["embeddings"]}


def test_all_embeddings_are_listed_with_what_they_have(viewer: Any) -> None:
    found = listed(viewer)
    assert viewer.get("api/v1/runs", compact=1).json()["has"]["embeddings"] is True
    for step in (0, 7):
        assert found["torch", f"features:{step:05}"] == {
            "run": "torch",
            "name": f"features:{step:05}",
            "tag": "features",
            "step": step,
            "shape": [COUNT, DIMS],
            "labels": True,
            "sprite": [8, 8],
            "bookmarks": False,
            "problem": None,
        }
    plain = found["torch", "plain/ü:00000"]
    assert (plain["tag"], plain["step"], plain["labels"], plain["sprite"]) == ("plain/ü", 0, False, None)
    for run in ("x", "ours"):
        assert found[run, "features:00003"]["sprite"] == [8, 8]
    assert found["keras", "many"]["shape"] == found["keras", "raw"]["shape"] == [1000, 2]
    assert (found["keras", "many"]["step"], found["keras", "odd"]["sprite"]) == (None, None)
    assert "No such file" in found["keras", "missing"]["problem"]
    assert "no configuration" in found["broken", "projector_config.pbtxt"]["problem"]
    assert all("outside" in found["escape", name]["problem"] for name in ("up", "root", "link"))


def test_what_writers_wrote_comes_back(viewer: Any) -> None:
    for run, name in [("torch", "features:00007"), ("x", "features:00003"), ("ours", "features:00003")]:
        said, rows, values = points(viewer, run, name)
        assert (said["count"], said["total"], said["dims"], said["not_finite"], rows) == (COUNT, COUNT, DIMS, 0, None)
        np.testing.assert_allclose(values, POINTS + (7 if run == "torch" else 0), rtol=1e-6)
        labels = viewer.get("api/v1/embedding_labels", run=run, name=name).json()
        assert labels["columns"][0] == NAMES
        assert (labels["labelled"], labels["left_out"], labels["cut"]) == (COUNT, 0, False)
        if run == "torch":
            assert (labels["names"], labels["numeric"]) == (["label"], [False])
        else:
            assert (labels["names"], labels["numeric"]) == (["name", "class"], [False, True])
            assert labels["columns"][1][:4] == ["0", "1", "2", "0"]
        sprite = viewer.get("api/v1/embedding_sprite", run=run, name=name)
        assert (sprite.status, sprite.headers["Content-Type"]) == (200, "image/png")
        assert sprite.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in sprite.headers["Content-Security-Policy"]
        with Image.open(io.BytesIO(sprite.body)) as picture:
            assert picture.size == (64, 64)


def test_the_first_picture_is_that_of_scikit_learn(viewer: Any) -> None:
    from sklearn.decomposition import PCA

    answer = viewer.get("api/v1/embedding_picture", run="ours", name="features:00003")
    said, rows, coords = decoded(answer.body, 3)
    reference = PCA(3, svd_solver="full")
    np.testing.assert_allclose(coords, reference.fit_transform(POINTS.astype(np.float64)), atol=1e-4)
    np.testing.assert_allclose(said["shares"], reference.explained_variance_ratio_, atol=1e-6)
    assert rows is None


@pytest.mark.parametrize("scale", [1e-30, 1e25, 1e37])
@pytest.mark.parametrize("shape", [(50, 4), (520, 520)], ids=str)
def test_the_first_picture_of_numbers_whose_squares_no_float_holds(scale: float, shape: tuple[int, int]) -> None:
    from cellboard.viewer.principal import principal

    values = np.random.default_rng(2).normal(size=shape).astype(np.float32)
    coords, shares = principal(values, 3)
    scaled, scaled_shares = principal(values * np.float32(scale), 3)
    np.testing.assert_allclose(np.abs(scaled) / scale, np.abs(coords), rtol=1e-2, atol=1e-3 * np.abs(coords).max())
    np.testing.assert_allclose(scaled_shares, shares, rtol=1e-3)


def test_a_sample_is_even_and_says_of_how_many_it_is(viewer: Any) -> None:
    for name in ("many", "raw"):
        said, rows, values = points(viewer, "keras", name, limit=100)
        assert (said["count"], said["total"]) == (100, 1000)
        assert rows is not None
        assert (rows[0], rows[-1]) == (0, 999)
        assert set(np.diff(rows)) == {10, 11}
        assert values[:, 0].tolist() == [2.0 * row for row in rows]
    labels = viewer.get("api/v1/embedding_labels", run="keras", name="many", limit=100).json()
    assert labels["columns"] == [[str(row) for row in rows], [str(row * row) for row in rows]]
    assert labels["names"] == ["column 1", "column 2"]
    answer = viewer.get("api/v1/embedding_picture", run="keras", name="many", limit=100)
    _, rows_of_picture, coords = decoded(answer.body, 3)
    assert rows_of_picture == rows
    assert not coords[:, 2].any()
    for limit in (0, "x", 10**7):
        assert viewer.get("api/v1/embedding_points", run="keras", name="many", limit=limit).status == 400


def test_points_that_are_not_finite_are_left_out_and_counted(viewer: Any) -> None:
    said, rows, values = points(viewer, "keras", "holes")
    assert (said["count"], said["total"], said["not_finite"]) == (COUNT - 2, COUNT, 2)
    assert rows == [at for at in range(COUNT) if at not in (3, 10)]
    np.testing.assert_allclose(values, POINTS[rows], rtol=1e-6)
    labels = viewer.get("api/v1/embedding_labels", run="keras", name="holes").json()
    assert labels["names"] == ["title"]
    assert labels["columns"][0] == [NAMES[row] for row in rows]


def test_bookmarks_are_given_as_they_are(viewer: Any) -> None:
    found = listed(viewer)
    assert [name for (run, name), one in found.items() if run == "keras" and one["bookmarks"]] == ["holes"]
    answer = viewer.get("api/v1/embedding_bookmarks", run="keras", name="holes")
    assert (answer.status, answer.json()) == (200, [{"label": "A"}])


def test_labels_for_fewer_points_are_filled_up(viewer: Any) -> None:
    labels = viewer.get("api/v1/embedding_labels", run="keras", name="short").json()
    assert labels["total"] == 3
    assert len(labels["columns"]) == DIMS
    assert labels["numeric"] == [True] * DIMS


def test_answers_are_kept_as_long_as_the_files_are_the_same(viewer: Any, logdir: Path) -> None:
    for address in ("embedding_points", "embedding_picture", "embedding_labels", "embedding_sprite"):
        whole = viewer.get(f"api/v1/{address}", run="ours", name="features:00003")
        etag = whole.headers["Etag"]
        again = viewer.get(f"api/v1/{address}", headers={"If-None-Match": etag}, run="ours", name="features:00003")
        assert (whole.status, again.status, again.body) == (200, 304, b"")
    with pytest.warns(EventLogWarning, match="was there already"):
        write_ours(logdir / "ours")
    again = viewer.get("api/v1/embedding_points", headers={"If-None-Match": etag}, run="ours", name="features:00003")
    assert again.status == 200


def test_no_path_leads_out_of_the_directory(viewer: Any) -> None:
    for name in ("up", "root", "link"):
        for what in ("points", "labels", "sprite", "picture", "bookmarks"):
            answer = viewer.get(f"api/v1/embedding_{what}", run="escape", name=name)
            assert answer.status == 404
            assert "outside" in answer.json()["error"]


def test_a_file_that_is_none_of_points_is_gone_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"1\t2\n" * 100 + b"3" * 5000 + b"\n"
    configure(tmp_path, 'embeddings { tensor_name: "w" tensor_path: "w.tsv" }', **{"w.tsv": content})
    embedding = find_embeddings(tmp_path)["w"]
    monkeypatch.setattr(point_files, "_MAX_LINE", 1000)
    monkeypatch.setattr(point_files, "_PIECE", 1000)
    store = PointStore()
    problem, spent = store.measure(embedding, 1 << 20)
    assert problem == "'w.tsv' has a line of more than 1000 bytes"
    assert spent == len(content)
    monkeypatch.setattr(Embedding, "measure", None)
    assert store.measure(embedding, 1 << 20) == (problem, 0)


def test_what_cannot_be_shown_says_why(viewer: Any) -> None:
    for name, what, words in [
        ("ragged", "points", "row 2, 1 numbers where the first row has 2"),
        ("missing", "points", "No such file"),
        ("many", "sprite", "no pictures"),
        ("raw", "labels", "no labels"),
        ("raw", "bookmarks", "no bookmarks"),
        ("huge", "sprite", "too many for a page"),
        ("torn", "sprite", "damaged"),
        ("page", "sprite", "neither a PNG nor a JPEG"),
        ("nothing", "points", "no embedding"),
    ]:
        answer = viewer.get(f"api/v1/embedding_{what}", run="keras", name=name)
        assert answer.status == 404
        assert words in answer.json()["error"]


def test_embeddings_of_a_running_training_are_found(start: Callable[..., Any], tmp_path: Path) -> None:
    viewer = start(tmp_path, "--reload_interval", "0.1")
    viewer.ready()
    assert viewer.get("api/v1/runs", compact=1).json()["has"]["embeddings"] is False
    with SummaryWriter(tmp_path) as writer:
        for step in range(2):
            before = viewer.get("api/v1/status", now=1).json()
            writer.add_embedding(POINTS[: step + 5], global_step=step)
            after = viewer.get("api/v1/status", now=1).json()
            assert after["revision"] > before["revision"]
            found = listed(viewer)
            assert found[".", f"default:{step:05}"]["shape"] == [step + 5, DIMS]
    assert viewer.get("api/v1/runs", compact=1).json()["has"]["embeddings"] is True


def test_embeddings_without_a_run_are_something_to_see(start: Callable[..., Any], tmp_path: Path) -> None:
    viewer = start(tmp_path, "--reload_interval", "0.1")
    assert viewer.ready()["state"] == "empty"
    place = tmp_path / "deep" / "plugins" / "org_tensorflow_tensorboard_projector"
    configure(place, 'embeddings { tensor_name: "w:0" tensor_path: "w.tsv" }', **{"w.tsv": b"1\t2\n3\t4\n"})
    said = viewer.get("api/v1/status", now=1).json()
    assert (said["state"], said["runs"]) == ("ready", 0)
    assert listed(viewer)["deep", "w"]["shape"] == [2, 2]
    assert points(viewer, "deep", "w")[2].tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_several_directories_have_theirs_below_their_names(start: Callable[..., Any], tmp_path: Path) -> None:
    for name in "ab":
        with SummaryWriter(tmp_path / name / "run") as writer:
            writer.add_embedding(POINTS)
        configure(tmp_path / name, 'embeddings { tensor_name: "own" tensor_path: "own.tsv" }', **{"own.tsv": b"1\t2\n"})
    viewer = start(None, "--logdir_spec", f"first:{tmp_path / 'a'},second:{tmp_path / 'b'}")
    viewer.ready()
    names = [
        (run, name)
        for first in ("first", "second")
        for run, name in [(first, "own"), (f"{first}/run", "default:00000")]
    ]
    assert list(listed(viewer)) == names
    assert points(viewer, "second", "own")[2].tolist() == [[1.0, 2.0]]
