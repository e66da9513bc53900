"""What the HTTP API computes over all points of scalars: smoothing, another scalar as axis, statistics, groups."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import last_at_or_before, smoothed, spread

POINTS = 2000
RUNS = ("a/1", "a/2", "b")
KINDS = {"ema": 0.9, "halflife": 12.5, "mean": 25, "median": 25, "gaussian": 7.5, "gaussian_x": 40}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("logs")
    rng = np.random.default_rng(7)
    for number, name in enumerate(RUNS):
        with SummaryWriter(root / name) as writer:
            step = 0
            for point in range(POINTS):
                step += int(rng.integers(1, 5)) + number
                loss = math.nan if point % 97 == 5 else rng.normal(number, 0.1)
                writer.add_scalar("loss", loss, step, walltime=1.7e9 + step / 4 + number)
                if point % 10 == 3 and name != "b":
                    writer.add_scalar("epoch", point // 100, step)
    return root


def unpack(body: bytes) -> tuple[dict[str, Any], np.ndarray]:
    length = int.from_bytes(body[:4], "little")
    assert (4 + length) % 8 == 0
    return json.loads(body[4 : 4 + length]), np.frombuffer(body, "<f8", offset=4 + length)


def curves(body: bytes, names: tuple[str, ...]) -> dict[str, dict[str, np.ndarray]]:
    header, numbers = unpack(body)
    found, at = {}, 0
    for head in header["series"]:
        found[head["run"]] = dict(
            zip(names, numbers[at : at + head["n"] * len(names)].reshape(len(names), -1), strict=True)
        )
        at += head["n"] * len(names)
    assert at == len(numbers)
    return found


def test_every_kind_of_smoothing_is_over_all_points(viewer: Any, log: LogDir) -> None:
    for kind, amount in KINDS.items():
        for axis in ("step", "relative"):
            got = viewer.get("api/v1/scalars", tag="loss", kind=kind, smoothing=amount, width=16, x=axis)
            found = curves(got.body, ("step", "wall_time", "value", "smoothed"))
            assert list(found) == list(RUNS)
            for name, curve in found.items():
                series = log.runs[name].scalars["loss"]
                x = series.step if axis == "step" else series.wall_time - series.wall_time[0]
                at = np.searchsorted(series.step, curve["step"])
                assert len(at) < POINTS / 10
                np.testing.assert_allclose(curve["smoothed"], smoothed(x, series.value, kind, amount)[at], rtol=1e-9)


def test_another_scalar_as_axis(viewer: Any, log: LogDir) -> None:
    got = viewer.get("api/v1/scalars", tag="loss", x="tag", x_tag="epoch", width=8192, **{"from": 3, "to": 5})
    found = curves(got.body, ("step", "wall_time", "value", "x"))
    assert list(found) == ["a/1", "a/2", "b"]
    assert not len(found["b"]["x"])
    for name in ("a/1", "a/2"):
        loss, epoch = (log.runs[name].scalars[tag] for tag in ("loss", "epoch"))
        x = last_at_or_before(loss.step, epoch.step, epoch.value)
        assert np.isnan(x[:3]).all()
        inside = np.flatnonzero((x >= 3) & (x <= 5))
        inside = np.append(np.append(inside[0] - 1, inside), inside[-1] + 1)
        assert found[name]["x"].tolist() == x[inside].tolist()
        assert found[name]["step"].tolist() == loss.step[inside].tolist()


def test_values_at_a_step(viewer: Any, log: LogDir) -> None:
    said = viewer.get("api/v1/scalar_stats", tag="loss", at=1001.4, kind="mean", smoothing=9).json()
    assert [row["run"] for row in said["rows"]] == list(RUNS)
    for row in said["rows"]:
        series = log.runs[row["run"]].scalars["loss"]
        best = np.argmin(np.abs(series.step - 1001.4))
        assert row["at"] == {
            "x": series.step[best],
            "step": series.step[best],
            "wall_time": series.wall_time[best],
            "relative": series.wall_time[best] - series.wall_time[0],
            "value": pytest.approx(series.value[best]),
            "smoothed": pytest.approx(smoothed(series.step, series.value, "mean", 9)[best]),
        }


def test_values_over_a_range(viewer: Any, log: LogDir) -> None:
    for query in ({}, {"x": "relative", "from": 100, "to": 300.5}, {"x": "step", "from": 1000, "to": 2000}):
        for row in viewer.get("api/v1/scalar_stats", tag="loss", **query).json()["rows"]:
            series = log.runs[row["run"]].scalars["loss"]
            x = series.wall_time - series.wall_time[0] if query.get("x") == "relative" else series.step
            inside = (x >= query.get("from", -math.inf)) & (x <= query.get("to", math.inf))
            step, value = series.step[inside], series.value[inside]
            assert (row["count"], row["not_finite"]) == (len(value), np.isnan(value).sum())
            assert (row["first"]["step"], row["last"]["step"]) == (step[0], step[-1])
            assert row["min"]["value"] == np.nanmin(value)
            assert row["min"]["step"] == step[np.nanargmin(value)]
            assert row["max"]["value"] == np.nanmax(value)
            assert row["max"]["step"] == step[np.nanargmax(value)]
            assert row["mean"] == pytest.approx(np.nanmean(value))
            assert row["change"] == pytest.approx(value[-1] - value[0])
            assert row["change_percent"] == pytest.approx(100 * (value[-1] - value[0]) / abs(value[0]))
    nothing = viewer.get("api/v1/scalar_stats", tag="loss", run="b", **{"from": -9, "to": -8}).json()["rows"]
    assert [(row["count"], row["first"], row["mean"]) for row in nothing] == [(0, None, None)]


def test_groups_of_runs(viewer: Any, log: LogDir) -> None:
    groups = [json.dumps(["a/1", "a/2"]), json.dumps(["b", "gone"])]
    for center, band, width in (("mean", "std", 16), ("median", "ci95", 8192), ("mean", "minmax", 64)):
        query = {"center": center, "band": band, "width": width, "kind": "gaussian_x", "smoothing": 12}
        if band == "minmax":
            query |= {"from": 500, "to": 1500}
        got = viewer.get("api/v1/scalar_groups", tag="loss", group=[groups[0], '["b"]'], **query)
        header, numbers = unpack(got.body)
        assert [group["runs"] for group in header["groups"]] == [2, 1]
        at = 0
        for group, names in zip(header["groups"], (("a/1", "a/2"), ("b",)), strict=True):
            members = []
            for name in names:
                series = log.runs[name].scalars["loss"]
                members.append((series.step, smoothed(series.step, series.value, "gaussian_x", 12)))
            wanted = spread(members, center, band, width, query.get("from"), query.get("to"))
            found = numbers[at : at + 5 * group["n"]].reshape(5, -1)
            at += 5 * group["n"]
            expected = np.stack([wanted.x, wanted.center, wanted.low, wanted.high, wanted.count])
            np.testing.assert_allclose(found, expected, rtol=1e-9)
        assert at == len(numbers)
    assert viewer.get("api/v1/scalar_groups", tag="loss", group=groups).status == 404


@pytest.mark.parametrize("route", ["scalars", "scalar_stats", "scalar_groups"])
def test_bad_parameters_are_refused(viewer: Any, route: str) -> None:
    base = {"tag": "loss", "group": '["b"]'}
    assert viewer.get(f"api/v1/{route}", **base).status == 200
    for bad in (
        *({"kind": "nope", "smoothing": 1}, {"kind": "ema", "smoothing": 1.5}, {"kind": "mean", "smoothing": -1}),
        *({"kind": "gaussian", "smoothing": "nan"}, {"x": "tag"}, {"x": "epoch"}, {"from": 5, "to": 1}),
    ):
        got = viewer.get(f"api/v1/{route}", **base, **bad)
        assert (got.status, bool(got.json()["error"])) == (400, True), bad
    assert viewer.get(f"api/v1/{route}", **(base | {"tag": "../loss"})).status == 404
    if route == "scalar_groups":
        for group in ("", "b", "[]", "[1]", "{}", "[" * 5000):
            assert viewer.get(f"api/v1/{route}", tag="loss", group=group).status == 400
        assert viewer.get(f"api/v1/{route}", tag="loss").status == 400
    if route == "scalar_stats":
        assert viewer.get(f"api/v1/{route}", tag="loss", at="inf").status == 400
