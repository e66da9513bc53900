"""What the HTTP API says about scalars in a few numbers and about hyperparameters, beside what `LogDir` says."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog.scalar_stats import value_at

ODD = 'ev/il <img src=x onerror="alert(1)"> &a=b'


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("logs")
    rng = np.random.default_rng(5)
    for at in range(4):
        with SummaryWriter(root / f"run {at}") as writer:
            for step in range(50):
                writer.add_scalar("loss", float(rng.normal()), step)
                if at % 2:
                    writer.add_scalar(ODD, [1.0, math.nan, math.inf, -math.inf, math.nan][step % 5], step)
            sweep = {"lr": 10.0**-at, "net": ["cnn", "mlp"][at % 2], "drop": at > 1, "odd": math.inf, ODD: "x" * 2000}
            metrics = {"score": float(at)} if at else {}
            writer.add_hparams(sweep, metrics, hparam_domain_discrete={"net": ["cnn", "mlp", "rnn"]})
    return root


def as_json(value: float | None) -> Any:
    if value is None or math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


class TestMetrics:
    def test_every_run_in_a_few_numbers(self, viewer: Any, log: LogDir) -> None:
        said = viewer.get("api/v1/metrics", tag=["loss", ODD], step=7).json()
        assert (said["tags"], said["runs"]) == (["loss", ODD], list(log.runs))
        assert set(said["values"]) == {"first", "last", "min", "max", "mean", "at"}
        assert set(said["steps"]) == {"last", "min", "max"}
        for tag, *columns in zip(said["tags"], *said["values"].values(), strict=True):
            for run, *values in zip(log.runs.values(), *columns, strict=True):
                found = dict(zip(said["values"], values, strict=True))
                series = run.scalars.get(tag)
                if series is None:
                    assert set(values) == {None}
                    continue
                expected = {kind: getattr(series.stats, kind) for kind in found if kind != "at"}
                expected["at"] = value_at(series, 7)
                assert found == {kind: as_json(value) for kind, value in expected.items()}
        for kind, rows in said["steps"].items():
            expected_steps = [getattr(run.scalars["loss"].stats, f"{kind}_step") for run in log.runs.values()]
            assert rows[0] == expected_steps

    def test_only_what_is_asked_for(self, viewer: Any) -> None:
        said = viewer.get("api/v1/metrics", tag="loss", of=["mean", "min"]).json()
        assert (list(said["values"]), list(said["steps"])) == (["mean", "min"], ["min"])

    def test_a_tag_that_no_run_has_is_empty(self, viewer: Any) -> None:
        said = viewer.get("api/v1/metrics", tag=["loss", "../.."], step=-5).json()
        assert said["values"]["last"][1] == [None] * 4
        assert said["values"]["at"][0] == [None] * 4

    def test_unchanged_is_304(self, viewer: Any) -> None:
        got = viewer.get("api/v1/metrics", tag="loss")
        again = viewer.get("api/v1/metrics", tag="loss", headers={"If-None-Match": got.headers["ETag"]})
        assert (again.status, again.body) == (304, b"")

    @pytest.mark.parametrize(
        "query",
        [{}, {"tag": "loss", "of": "median"}, {"tag": "loss", "step": "1.5"}, {"tag": list(map(str, range(257)))}],
    )
    def test_bad_parameters_are_explained(self, viewer: Any, query: dict[str, Any]) -> None:
        got = viewer.get("api/v1/metrics", **query)
        assert got.status == 400
        assert all(got.json()[part] for part in ("error", "hint"))

    def test_new_points_are_counted(self, start: Any, tmp_path: Path, wait_until: Any) -> None:
        with SummaryWriter(tmp_path) as writer:
            writer.add_scalar("x", 1.0, 0)
            writer.flush()
            viewer = start(tmp_path)
            viewer.ready()
            assert viewer.get("api/v1/metrics", tag="x").json()["values"]["max"] == [[1.0]]
            writer.add_scalar("x", 3.0, 1)
        wait_until(
            lambda: (
                viewer.get("api/v1/status") and viewer.get("api/v1/metrics", tag="x").json()["values"]["max"] == [[3.0]]
            )
        )


class TestHParams:
    def test_sessions_side_by_side(self, viewer: Any, log: LogDir) -> None:
        said, experiment = viewer.get("api/v1/hparams").json(), log.hparams
        assert experiment is not None
        assert [info["name"] for info in said["hparams"]] == [info.name for info in experiment.hparams]
        assert [info["differs"] for info in said["hparams"]] == [info.differs for info in experiment.hparams]
        assert [(metric["tag"], metric["group"]) for metric in said["metrics"]] == [("score", "")]
        assert [session["run"] for session in said["sessions"]] == list(experiment.sessions)
        first = said["sessions"][0]
        assert first["values"] == {
            "lr": 1.0,
            "net": "cnn",
            "drop": False,
            "odd": "Infinity",
            ODD: "x" * 1000 + "…",
        }
        assert (first["status"], first["group"]) == ("success", "")
        infos = {info["name"]: info for info in said["hparams"]}
        assert infos["net"]["domain"] == {"values": ["cnn", "mlp", "rnn"]}
        assert [infos[name]["type"] for name in ("lr", "net", "drop")] == ["float", "string", "bool"]

    def test_nothing_logged_is_empty_lists(self, start: Any, tmp_path: Path) -> None:
        with SummaryWriter(tmp_path) as writer:
            writer.add_scalar("x", 1, 0)
        viewer = start(tmp_path)
        viewer.ready()
        said = viewer.get("api/v1/hparams").json()
        assert (said["hparams"], said["metrics"], said["sessions"]) == ([], [], [])

    def test_a_sweep_of_keras(self, start: Any) -> None:
        folder = os.environ.get("CELLBOARD_TEST_DATA")
        if not folder:
            pytest.skip("CELLBOARD_TEST_DATA is not set")
        viewer = start(Path(folder) / "keras-hparams")
        viewer.ready()
        said = viewer.get("api/v1/hparams").json()
        with LogDir(Path(folder) / "keras-hparams") as log:
            assert log.hparams is not None
            assert {one["run"]: one["values"] for one in said["sessions"]} == {
                run: dict(session.values) for run, session in log.hparams.sessions.items()
            }
        assert len(said["sessions"]) == 4

    def test_unchanged_is_304(self, viewer: Any) -> None:
        got = viewer.get("api/v1/hparams")
        again = viewer.get("api/v1/hparams", headers={"If-None-Match": got.headers["ETag"]})
        assert (again.status, again.body) == (304, b"")
