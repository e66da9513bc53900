"""What the HTTP API says about a log, beside what `LogDir` says."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import ema, png
from cellboard.eventlog.messages import Event, Summary
from cellboard.eventlog.records import frame
from cellboard.eventlog.summaries.tensor import encode_strings

ODD = 'ev/il <img src=x onerror="alert(1)"> ü/.. \x01 &a=b'
STEPS = 300


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs with everything, one of them with odd names and odd numbers."""
    root = tmp_path_factory.mktemp("logs")
    rng = np.random.default_rng(7)
    with SummaryWriter(root / "run 1") as writer:
        for step in range(STEPS):
            writer.add_scalar("loss", math.exp(-step / 50) + rng.normal() / 50, step)
            writer.add_scalar("layer10/w", step, step)
            writer.add_scalar("layer2/w", step, step)
        for step in range(70):
            writer.add_histogram("w", rng.normal(step / 10, 1, 500), step)
            writer.add_text("note", f"# step {step}\n<b>bold</b>", step)
        for step in range(5):
            writer.add_image("digits", np.full((3, 4, 6), step * 40, np.uint8), step)
    with SummaryWriter(root / "ødd & <b>") as writer:
        for step, value in enumerate([1.0, math.nan, math.inf, -math.inf, 2.0, math.nan]):
            writer.add_scalar("loss", value, step)
            writer.add_scalar(ODD, value, step)
    return root


def unpack(body: bytes) -> tuple[dict[str, Any], dict[str, dict[str, np.ndarray]]]:
    """Read `Scalars` as docs/http-api.md describes it."""
    length = int.from_bytes(body[:4], "little")
    assert (4 + length) % 8 == 0
    header = json.loads(body[4 : 4 + length])
    numbers = np.frombuffer(body, "<f8", offset=4 + length)
    series, at = {}, 0
    for head in header["series"]:
        names = ["step", "wall_time", "value", *(["smoothed"] if head["smoothed"] else [])]
        series[head["run"]] = {}
        for name in names:
            series[head["run"]][name] = numbers[at : at + head["n"]]
            at += head["n"]
    assert at == len(numbers)
    return header, series


class TestStatus:
    def test_it_says_how_the_log_stands(self, viewer: Any, logdir: Path) -> None:
        said = viewer.ready()
        assert said["state"] == "ready"
        assert said["logdir"] == str(logdir.resolve())
        assert (said["runs"], said["problem_count"], said["problems"]) == (2, 0, [])
        assert said["revision"] >= 1
        assert said["loaded_at"] > 1e9

    def test_problems_name_file_and_offset(self, start: Any, tmp_path: Path) -> None:
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub" / "events.out.tfevents.1.host").write_bytes(b"this is no event log" * 10)
        said = start(tmp_path).ready()
        assert said["problem_count"] == 1
        [problem] = said["problems"]
        assert problem["run"] == "sub"
        assert problem["file"] == "sub/events.out.tfevents.1.host"
        assert problem["reason"]

    def test_the_title(self, start: Any, logdir: Path) -> None:
        assert start(logdir, "--window_title", "<my> runs").ready()["window_title"] == "<my> runs"


class TestRuns:
    def test_names_colours_and_tags(self, viewer: Any, log: LogDir) -> None:
        said = viewer.get("api/v1/runs").json()
        assert [run["name"] for run in said["runs"]] == list(log.runs)
        assert [run["color"] for run in said["runs"]] == [run.color for run in log.runs.values()]
        assert [run["started"] for run in said["runs"]] == [run.started for run in log.runs.values()]
        for kind, tags in said["tags"].items():
            for described, run in zip(said["runs"], log.runs.values(), strict=True):
                assert [tags[index] for index in described[kind]] == list(getattr(run, kind))

    def test_tags_are_in_natural_order_and_as_logged(self, viewer: Any) -> None:
        tags = viewer.get("api/v1/runs").json()["tags"]["scalars"]
        assert tags.index("layer2/w") < tags.index("layer10/w")
        assert ODD in tags

    def test_unchanged_is_304(self, viewer: Any) -> None:
        got = viewer.get("api/v1/runs")
        again = viewer.get("api/v1/runs", headers={"If-None-Match": got.headers["ETag"]})
        assert (again.status, again.body) == (304, b"")
        assert viewer.get("api/v1/runs", headers={"If-None-Match": '"other"'}).status == 200

    def test_json_is_gzipped_for_those_who_unpack_it(self, start: Any, tmp_path: Path) -> None:
        with SummaryWriter(tmp_path) as writer:
            for tag in range(200):
                writer.add_scalar(f"a/long/name/of/tag/{tag}", 1, 0)
        viewer = start(tmp_path)
        viewer.ready()
        plain, packed = viewer.get("api/v1/runs"), viewer.get("api/v1/runs", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert plain.headers["Content-Encoding"] is None
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) < len(plain.body) / 4


class TestScalars:
    def test_all_points_of_a_short_curve(self, viewer: Any, log: LogDir) -> None:
        got = viewer.get("api/v1/scalars", tag="loss")
        assert got.headers["Content-Type"] == "application/octet-stream"
        header, series = unpack(got.body)
        assert header["tag"] == "loss"
        assert list(series) == list(log.runs)
        for name, columns in series.items():
            curve = log.runs[name].scalars["loss"]
            np.testing.assert_array_equal(columns["step"], curve.step)
            np.testing.assert_array_equal(columns["wall_time"], curve.wall_time)
            np.testing.assert_array_equal(columns["value"], curve.value)

    def test_heads_hold_the_last_value_exactly(self, viewer: Any, log: LogDir) -> None:
        header, _ = unpack(viewer.get("api/v1/scalars", tag="loss").body)
        one, odd = header["series"]
        curve = log.runs["run 1"].scalars["loss"]
        assert (one["n"], one["total"], one["start"]) == (STEPS, STEPS, curve.wall_time[0])
        assert one["last"] == {"step": STEPS - 1, "wall_time": curve.wall_time[-1], "value": curve.value[-1]}
        assert odd["last"]["value"] == "NaN"

    def test_a_tag_exactly_as_logged(self, viewer: Any) -> None:
        header, series = unpack(viewer.get("api/v1/scalars", tag=ODD).body)
        assert header["tag"] == ODD
        [columns] = series.values()
        np.testing.assert_array_equal(columns["value"], [1, math.nan, math.inf, -math.inf, 2, math.nan])

    def test_chosen_runs_in_the_order_asked_for(self, viewer: Any) -> None:
        header, _ = unpack(viewer.get("api/v1/scalars", tag="loss", run=["ødd & <b>", "run 1", "run 1"]).body)
        assert [head["run"] for head in header["series"]] == ["ødd & <b>", "run 1"]
        header, series = unpack(viewer.get("api/v1/scalars", tag=ODD, run="run 1").body)
        assert (header["series"], series) == ([], {})

    def test_smoothing_is_of_all_points(self, viewer: Any, log: LogDir) -> None:
        _, series = unpack(viewer.get("api/v1/scalars", tag="loss", run="run 1", smoothing=0.9, width=16).body)
        curve = log.runs["run 1"].scalars["loss"]
        columns = series["run 1"]
        assert 16 <= len(columns["step"]) < STEPS
        np.testing.assert_array_equal(columns["smoothed"], ema(curve.value, 0.9)[columns["step"].astype(int)])
        np.testing.assert_array_equal(columns["value"], curve.value[columns["step"].astype(int)])

    def test_a_range_and_one_neighbour_on_each_side(self, viewer: Any) -> None:
        _, series = unpack(viewer.get("api/v1/scalars", tag="loss", run="run 1", **{"from": 10, "to": 20}).body)
        assert series["run 1"]["step"].tolist() == list(range(9, 22))

    @pytest.mark.parametrize("x", ["wall", "relative"])
    def test_a_range_of_time(self, viewer: Any, log: LogDir, x: str) -> None:
        time = log.runs["run 1"].scalars["loss"].wall_time
        lo, hi = (time[[100, 200]] - (time[0] if x == "relative" else 0)).tolist()
        query = {"from": repr(lo), "to": repr(hi)}
        _, series = unpack(viewer.get("api/v1/scalars", tag="loss", run="run 1", x=x, **query).body)
        assert {100, 200} <= set(series["run 1"]["step"].tolist())
        assert len(series["run 1"]["step"]) < STEPS

    def test_a_spike_is_never_thinned_away(self, start: Any, tmp_path: Path) -> None:
        with SummaryWriter(tmp_path) as writer:
            for step in range(20_000):
                writer.add_scalar("x", 100.0 if step == 12_345 else 0.0, step)
        viewer = start(tmp_path)
        viewer.ready()
        _, series = unpack(viewer.get("api/v1/scalars", tag="x", width=16).body)
        [columns] = series.values()
        assert len(columns["step"]) <= 4 * 16 + 2
        assert columns["step"][columns["value"] == 100.0].tolist() == [12_345]
        assert columns["step"][[0, -1]].tolist() == [0, 19_999]

    def test_unchanged_is_304(self, viewer: Any) -> None:
        got = viewer.get("api/v1/scalars", tag="loss")
        again = viewer.get("api/v1/scalars", tag="loss", headers={"If-None-Match": got.headers["ETag"]})
        assert (again.status, again.body) == (304, b"")


class TestImages:
    def test_all_steps(self, viewer: Any, log: LogDir) -> None:
        said = viewer.get("api/v1/images", run="run 1", tag="digits").json()
        series = log.runs["run 1"].images["digits"]
        assert said["step"] == series.step.tolist()
        assert said["wall_time"] == series.wall_time.tolist()
        assert said["count"] == 1

    @pytest.mark.parametrize("index", [0, 4, -1, -5])
    def test_one_as_logged(self, viewer: Any, log: LogDir, index: int) -> None:
        got = viewer.get("api/v1/image", run="run 1", tag="digits", index=index)
        assert got.body == log.runs["run 1"].images["digits"][index].encoded
        assert got.headers["Content-Type"] == "image/png"
        assert "sandbox" in got.headers["Content-Security-Policy"]
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        again = viewer.get(
            "api/v1/image", run="run 1", tag="digits", index=index, headers={"If-None-Match": got.headers["ETag"]}
        )
        assert again.status == 304

    @pytest.mark.parametrize("query", [{"index": 5}, {"index": -6}, {"index": 0, "item": 1}])
    def test_there_is_no_such(self, viewer: Any, query: dict[str, int]) -> None:
        assert viewer.get("api/v1/image", run="run 1", tag="digits", **query).status == 404

    def test_how_many_a_step_holds(self, start: Any, tmp_path: Path) -> None:
        """As TensorFlow 2 writes batches: strings [width, height, picture, picture, ...]."""
        steps = [[png.encode(np.full((2, 3, 1), level, np.uint8)) for level in range(count)] for count in (4, 3)]
        records = []
        for step, pictures in enumerate(steps):
            value = Summary.Value(tag="batch", tensor=encode_strings([b"3", b"2", *pictures], (2 + len(pictures),)))
            value.metadata.plugin_data.plugin_name = "images"
            event = Event(wall_time=1.0, step=step, summary=Summary(value=[value]))
            records.append(frame(event.SerializeToString()))
        (tmp_path / "events.out.tfevents.1.host").write_bytes(b"".join(records))
        viewer = start(tmp_path)
        viewer.ready()
        assert viewer.get("api/v1/images", run=".", tag="batch").json()["count"] == 3
        for step, pictures in enumerate(steps):
            for item, picture in enumerate(pictures):
                got = viewer.get("api/v1/image", run=".", tag="batch", index=step, item=item)
                assert (got.body, got.headers["Cellboard-Image-Count"]) == (picture, str(len(pictures)))

    @pytest.mark.parametrize(
        "content", [b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"<html><script>", b""]
    )
    def test_what_is_no_picture_is_never_shown(self, start: Any, tmp_path: Path, content: bytes) -> None:
        from torch.utils.tensorboard import SummaryWriter as TorchWriter
        from torch.utils.tensorboard.summary import Summary

        with TorchWriter(str(tmp_path)) as writer:
            image = Summary.Image(height=1, width=1, colorspace=3, encoded_image_string=content)
            writer._get_file_writer().add_summary(Summary(value=[Summary.Value(tag="x", image=image)]), 0)
        viewer = start(tmp_path)
        viewer.ready()
        got = viewer.get("api/v1/image", run=".", tag="x", index=0)
        assert (got.status, got.body) == (200, content)
        assert got.headers["Content-Type"] == "application/octet-stream"
        assert got.headers["Content-Disposition"].startswith("attachment")


class TestHistograms:
    def test_evenly_chosen_steps_on_common_bins(self, viewer: Any, log: LogDir) -> None:
        said = viewer.get("api/v1/histograms", run="run 1", tag="w", limit=7, bins=12).json()
        assert said["total_steps"] == 70
        assert (said["steps"][0], said["steps"][-1], len(said["steps"])) == (0, 69, 7)
        assert (len(said["edges"]), {len(row) for row in said["counts"]}) == (13, {12})
        series = log.runs["run 1"].histograms["w"]
        for row, step, total, low, high in zip(
            said["counts"], said["steps"], said["totals"], said["min"], said["max"], strict=True
        ):
            assert sum(row) == pytest.approx(series[step].total)
            assert (total, low, high) == (series[step].total, series[step].min, series[step].max)

    def test_all_of_few(self, viewer: Any) -> None:
        assert len(viewer.get("api/v1/histograms", run="run 1", tag="w", limit=1000).json()["steps"]) == 70
        assert viewer.get("api/v1/histograms", run="run 1", tag="w", limit=1).json()["steps"] == [69]
        assert len(viewer.get("api/v1/histograms", run="run 1", tag="w").json()["steps"]) == 50


class TestTexts:
    def test_the_last_ones_by_default(self, viewer: Any, log: LogDir) -> None:
        [tag] = log.runs["run 1"].texts
        said = viewer.get("api/v1/texts", run="run 1", tag=tag).json()
        assert (said["total"], said["start"], len(said["samples"])) == (70, 20, 50)
        series = log.runs["run 1"].texts[tag]
        for sample, logged in zip(said["samples"], series[20:], strict=True):
            assert sample["cells"] == [logged.text]
            assert (sample["step"], sample["wall_time"]) == (logged.step, logged.wall_time)
            assert sample["shape"] == list(logged.cells.shape)

    def test_a_part(self, viewer: Any, log: LogDir) -> None:
        [tag] = log.runs["run 1"].texts
        said = viewer.get("api/v1/texts", run="run 1", tag=tag, start=3, limit=2).json()
        assert [sample["step"] for sample in said["samples"]] == [3, 4]
        beyond = viewer.get("api/v1/texts", run="run 1", tag=tag, start=100).json()
        assert (beyond["samples"], beyond["total"]) == ([], 70)


BAD = [
    ("scalars", {}),
    ("scalars", {"tag": "loss", "width": "15"}),
    ("scalars", {"tag": "loss", "width": "8193"}),
    ("scalars", {"tag": "loss", "width": "1e3"}),
    ("scalars", {"tag": "loss", "x": "epoch"}),
    ("scalars", {"tag": "loss", "from": "nan"}),
    ("scalars", {"tag": "loss", "from": "2", "to": "1"}),
    ("scalars", {"tag": "loss", "smoothing": "1"}),
    ("scalars", {"tag": "loss", "smoothing": "-0.1"}),
    ("scalars", {"tag": b"\xff"}),
    ("images", {"tag": "digits"}),
    ("images", {"run": "run 1"}),
    ("image", {"run": "run 1", "tag": "digits"}),
    ("image", {"run": "run 1", "tag": "digits", "index": "first"}),
    ("image", {"run": "run 1", "tag": "digits", "index": "9" * 30}),
    ("image", {"run": "run 1", "tag": "digits", "index": "0", "item": "-1"}),
    ("histograms", {"run": "run 1", "tag": "w", "limit": "0"}),
    ("histograms", {"run": "run 1", "tag": "w", "bins": "1001"}),
    ("texts", {"run": "run 1", "tag": "note/text_summary", "limit": "1001"}),
    ("texts", {"run": "run 1", "tag": "note/text_summary", "start": "-1"}),
]

UNKNOWN = ["nothing", "", "..", "../../etc/passwd", "/etc/passwd", "\x00", "<script>", "x" * 5000]


def test_bad_parameters_are_explained(viewer: Any) -> None:
    for path, query in BAD:
        got = viewer.get(f"api/v1/{path}", **query)
        assert got.status == 400, (path, query)
        assert all(got.json()[part] for part in ("error", "hint"))


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("scalars", "loss"),
        ("images", "digits"),
        ("image", "digits"),
        ("histograms", "w"),
        ("texts", "note/text_summary"),
    ],
)
def test_unknown_names_are_404(viewer: Any, path: str, tag: str) -> None:
    assert viewer.get(f"api/v1/{path}", run="run 1", tag=tag, index=0).status == 200
    for name in UNKNOWN:
        for query in ({"run": name, "tag": tag}, {"run": "run 1", "tag": name}):
            got = viewer.get(f"api/v1/{path}", index=0, **query)
            assert got.status == 404, query
            assert len(got.body) < 1000
            assert all(got.json()[part] for part in ("error", "hint"))
