from __future__ import annotations

import os
import time
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from cellboard.eventlog import ema
from cellboard.widgets.scalar_lines import MAX_FIGURE_POINTS, MAX_POINTS, columns, line, positions


def series(value: Any, step: Any = None, wall: Any = None) -> Any:
    value = np.asarray(value, np.float64)
    step = np.arange(len(value)) if step is None else np.asarray(step)
    wall = 1000.0 + 2.0 * step if wall is None else np.asarray(wall, np.float64)
    return SimpleNamespace(step=step.astype(np.int64), wall_time=wall, value=value)


@pytest.mark.parametrize("lines", [1, 7, 50])
@pytest.mark.parametrize("curves", [1, 2])
def test_a_million_points_stay_within_the_limits(lines: int, curves: int) -> None:
    value = np.random.default_rng(0).standard_normal(1_000_000)
    value[123_456] = 1e6
    made = line(series(value), smoothing=0.6 if curves == 2 else 0, width=columns(lines, curves))
    assert len(made.x) <= MAX_POINTS
    assert lines * curves * len(made.x) <= MAX_FIGURE_POINTS
    assert made.y.max() == 1e6
    assert (made.y[0], made.y[-1], made.y.min()) == (value[0], value[-1], value.min())


def test_a_zoom_has_its_own_resolution() -> None:
    value = np.sin(np.arange(1_000_000.0))
    window = (500_000.0, 500_200.0)
    made = line(series(value), width=249, window=window)
    inside = (made.x >= window[0]) & (made.x <= window[1])
    assert inside.sum() == 201
    assert np.array_equal(made.y[inside], value[500_000:500_201])


def test_smoothing_sees_every_point() -> None:
    value = np.random.default_rng(1).standard_normal(20_000)
    made = line(series(value), smoothing=0.9, width=50)
    assert made.smooth is not None
    assert np.array_equal(made.smooth, ema(value, 0.9)[made.x.astype(int)])
    assert np.array_equal(made.y, value[made.x.astype(int)])


def test_a_log_axis_leaves_out_what_it_cannot_show() -> None:
    made = line(series([1, 0, -1, 2, np.inf, 3]), log_y=True)
    assert np.array_equal(made.y, [1, np.nan, np.nan, 2, np.nan, 3], equal_nan=True)


def test_points_that_a_line_does_not_show_are_named() -> None:
    made = line(series([1, np.nan, np.nan, 2, np.inf, 3, 4, np.nan]))
    assert made.lone.tolist() == [0, 3]
    assert made.odd.tolist() == [1, 4, 7]
    assert made.odd_heights().tolist() == [1, 2, 4]


@pytest.mark.parametrize("value", [[], [1.0], [np.nan], [np.nan, np.inf, -np.inf]])
def test_short_and_odd_series_are_drawn(value: list[float]) -> None:
    made = line(series(value), smoothing=0.5)
    assert len(made.x) == len(made.y) == len(value)
    assert len(made.odd_heights()) == len(made.odd)


def test_relative_time_starts_at_the_first_point() -> None:
    assert positions(series([1, 2, 3], wall=[50.0, 60.0, 80.0]), "relative").tolist() == [0, 10, 30]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change the time zone of a process")
def test_wall_time_is_the_kernels_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Etc/GMT-5")
    time.tzset()
    try:
        assert positions(series([1.0], wall=[1000.0]), "wall").tolist() == [1000.0 + 5 * 3600]
    finally:
        if before is None:
            monkeypatch.delenv("TZ")
        else:
            monkeypatch.setenv("TZ", before)
        time.tzset()


def test_a_restart_keeps_the_order_of_logging() -> None:
    made = line(series([1, 2, 3, 4], step=[0, 5, 3, 6]))
    assert made.x.tolist() == [0, 5, 3, 6]
    assert made.y.tolist() == [1, 2, 3, 4]
