"""What the viewer answers about distributions, single histograms, PR curves and steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import average_precision, percentiles

COLUMNS = ("thresholds", "precision", "recall", "true_positives", "false_positives", "true_negatives")


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("curves")
    rng = np.random.default_rng(7)
    for name, count in (("a", 300), ("b", 4)):
        with SummaryWriter(root / name) as writer:
            for step in range(count):
                writer.add_histogram("w", rng.normal(step / 10, 1, 200), step * 10, walltime=1e9 + step)
            for step in range(3 if name == "a" else 2):
                labels = rng.random(100) < 0.5
                scores = np.clip(labels * 0.4 + rng.random(100) * 0.6, 0, 1)
                writer.add_pr_curve("pr", labels, scores, step * 100, num_thresholds=51, walltime=1e9 + step)
    with SummaryWriter(root / "b") as writer:
        writer.add_pr_curve("fine", rng.random(50) < 0.5, rng.random(50), 0, num_thresholds=5000)
    return root


def test_distributions_are_the_percentiles_of_the_logged_histograms(viewer: Any, log: LogDir) -> None:
    said = viewer.get("api/v1/distributions", run="a", tag="w", limit=1000).json()
    series = log.runs["a"].histograms["w"]
    assert (said["total_steps"], said["steps"]) == (300, series.step.tolist())
    assert said["shares"] == [0, 0.0668, 0.1587, 0.3085, 0.5, 0.6915, 0.8413, 0.9332, 1]
    np.testing.assert_array_equal(said["values"], percentiles(list(series)))
    assert said["wall_times"] == series.wall_time.tolist()
    few = viewer.get("api/v1/distributions", run="a", tag="w", limit=3).json()
    assert few["steps"] == [0, 1500, 2990]
    assert len(viewer.get("api/v1/distributions", run="a", tag="w").json()["steps"]) == 200


def test_every_single_histogram_comes_as_it_was_logged(viewer: Any, log: LogDir) -> None:
    series = log.runs["a"].histograms["w"]
    for index, at in ((0, 0), (123, 123), (-1, 299)):
        said = viewer.get("api/v1/histogram", run="a", tag="w", index=index).json()
        sample = series[at]
        assert (said["index"], said["of"], said["step"]) == (at, 300, at * 10)
        np.testing.assert_array_equal(said["edges"], sample.edges)
        np.testing.assert_array_equal(said["counts"], sample.counts)
        assert (said["min"], said["max"], said["total"]) == (sample.min, sample.max, 200)
    assert viewer.get("api/v1/histogram", run="a", tag="w", index=300).status == 404


def test_steps_of_any_kind(viewer: Any, log: LogDir) -> None:
    for kind, tag in (("histograms", "w"), ("pr_curves", "pr")):
        said = viewer.get("api/v1/steps", kind=kind, run="a", tag=tag).json()
        series = getattr(log.runs["a"], kind)[tag]
        assert (said["step"], said["wall_time"]) == (series.step.tolist(), series.wall_time.tolist())
    assert viewer.get("api/v1/steps", kind="pr_curves", run="a", tag="w").status == 404
    assert viewer.get("api/v1/steps", kind="hparams", run="a", tag="w").status == 400


def test_pr_curves_of_all_runs_at_their_last_step(viewer: Any, log: LogDir) -> None:
    said = viewer.get("api/v1/pr_curves", tag="pr").json()
    assert [(curve["run"], curve["index"]) for curve in said["curves"]] == [("a", 2), ("b", 1)]
    for curve in said["curves"]:
        sample = log.runs[curve["run"]].pr_curves["pr"][-1]
        for column in COLUMNS:
            np.testing.assert_array_equal(curve[column], getattr(sample, column))
        assert curve["average_precision"] == pytest.approx(average_precision(sample))
        assert (curve["thresholds_logged"], curve["error"]) == (51, None)


def test_pr_curves_at_a_step_an_index_or_of_one_run(viewer: Any) -> None:
    def at(**query: Any) -> list[tuple[str, int]]:
        curves = viewer.get("api/v1/pr_curves", tag="pr", **query).json()["curves"]
        return [(curve["run"], curve["steps"][curve["index"]]) for curve in curves]

    assert at(step=0) == [("a", 0), ("b", 0)]
    assert at(step=170) == [("a", 200), ("b", 100)]
    assert at(run="a", index=1) == [("a", 100)]
    assert at(run="a", index=-99) == [("a", 0)]
    assert at(run=["b", "a"], step=100) == [("b", 100), ("a", 100)]


def test_of_many_thresholds_a_thousand_are_sent(viewer: Any, log: LogDir) -> None:
    (curve,) = viewer.get("api/v1/pr_curves", tag="fine").json()["curves"]
    assert (len(curve["recall"]), curve["thresholds_logged"]) == (1000, 5000)
    assert (curve["thresholds"][0], curve["thresholds"][-1]) == (0, 1)
    assert curve["average_precision"] == pytest.approx(average_precision(log.runs["b"].pr_curves["fine"][0]))


def test_a_curve_that_is_none_does_not_take_the_others_away(start: Any, tmp_path: Path) -> None:
    from cellboard.eventlog.messages import Event, Summary
    from cellboard.eventlog.records import frame
    from cellboard.eventlog.summaries import tensor

    with SummaryWriter(tmp_path / "good") as writer:
        writer.add_pr_curve("pr", np.array([0, 1]), np.array([0.2, 0.8]), 0)
    value = Summary.Value(tag="pr", tensor=tensor.encode(np.zeros((2, 3), np.float32)))
    value.metadata.plugin_data.plugin_name = "pr_curves"
    (tmp_path / "bad").mkdir()
    record = frame(Event(wall_time=1e9, step=0, summary=Summary(value=[value])).SerializeToString())
    (tmp_path / "bad" / "events.out.tfevents.1.host").write_bytes(record)
    viewer = start(tmp_path)
    viewer.ready()
    bad, good = sorted(viewer.get("api/v1/pr_curves", tag="pr").json()["curves"], key=lambda curve: str(curve["run"]))
    assert "PR curve" in bad["error"]
    assert (bad["precision"], bad["average_precision"]) == ([], None)
    assert good["average_precision"] == 1


def test_bad_parameters_and_unknown_names(viewer: Any) -> None:
    for path, query in (
        ("distributions", {"run": "a", "tag": "w", "limit": 0}),
        ("distributions", {"run": "a"}),
        ("histogram", {"run": "a", "tag": "w"}),
        ("pr_curves", {}),
        ("pr_curves", {"tag": "pr", "step": "x"}),
        ("steps", {"run": "a"}),
    ):
        got = viewer.get(f"api/v1/{path}", **query)
        assert (got.status, bool(got.json()["hint"])) == (400, True), (path, query)
    for path, tag in (("distributions", "w"), ("histogram", "w"), ("pr_curves", "pr"), ("steps", "w")):
        assert viewer.get(f"api/v1/{path}", run="a", tag=tag, index=0).status == 200
        for name in ("nothing", "..", "../../etc/passwd", "\x00", "x" * 5000):
            for query in ({"run": name, "tag": tag}, {"run": "a", "tag": name}):
                assert viewer.get(f"api/v1/{path}", index=0, **query).status == 404, query
