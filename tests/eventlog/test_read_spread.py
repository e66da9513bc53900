"""Groups of curves: mean or median and bands are what a plain computation says; series are paired by step."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cellboard.eventlog import last_at_or_before, spread
from hypothesis import given
from hypothesis import strategies as st

points = st.lists(
    st.tuples(st.integers(-20, 20), st.one_of(st.floats(-100, 100), st.just(math.nan))), min_size=0, max_size=30
)


def arrays(pairs):
    return np.array([x for x, _ in pairs], np.float64), np.array([y for _, y in pairs], np.float64)


def plain_members(curves, x):
    """What each curve counts with at x."""
    found = []
    for pairs in curves:
        known = dict(pair for pair in pairs if math.isfinite(pair[1]))
        before, after = [at for at in known if at <= x], [at for at in known if at >= x]
        if before and after:
            left, right = max(before), min(after)
            share = (x - left) / (right - left) if right > left else 0
            found.append(known[left] * (1 - share) + known[right] * share)
    return found


@given(st.lists(points, max_size=5), st.sampled_from(["mean", "median"]), st.sampled_from(["std", "minmax", "sem"]))
def test_unequal_steps(curves, center, band):
    found = spread([arrays(curve) for curve in curves], center, band)
    assert found.x.tolist() == sorted({x for curve in curves for x, y in curve if _counts(curve, x)})
    for at, x in enumerate(found.x.tolist()):
        members = plain_members(curves, x)
        assert found.count[at] == len(members)
        middle = np.mean(members) if center == "mean" else np.median(members)
        assert found.center[at] == pytest.approx(middle, abs=1e-9)
        deviation = np.std(members, ddof=1) if len(members) > 1 else 0
        if band == "sem":
            deviation *= (math.sqrt(math.pi / 2) if center == "median" else 1) / math.sqrt(len(members))
        low, high = (min(members), max(members)) if band == "minmax" else (middle - deviation, middle + deviation)
        assert (found.low[at], found.high[at]) == pytest.approx((low, high), abs=1e-8)


def _counts(curve, x):
    return any(at == x and math.isfinite(y) for at, y in curve)


@pytest.mark.parametrize("count", [2, 3, 10, 31, 40, 500])
def test_the_confidence_interval_is_students(count):
    stats = pytest.importorskip("scipy.stats")
    values = np.random.default_rng(count).normal(size=count)
    found = spread([(np.zeros(1), np.array([value])) for value in values], "mean", "ci95")
    low, high = stats.t.interval(0.95, count - 1, loc=values.mean(), scale=stats.sem(values))
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), rel=1e-5)


class TestColumns:
    """More places than there is width."""

    def test_each_curve_counts_once_a_column(self):
        x = np.arange(10_000.0)
        dense, sparse = (x, np.full(10_000, 1.0)), (x[::2000], np.full(5, 3.0))
        found = spread([dense, sparse], "mean", "std", width=100)
        assert len(found.x) <= 102
        inside = found.x < 8100  # the column that holds 8000, and those before it
        assert found.center[inside] == pytest.approx(2.0)
        assert set(found.count[inside].tolist()) == {2}
        assert found.center[~inside] == pytest.approx(1.0)
        assert set(found.count[~inside].tolist()) == {1}

    def test_columns_hold_the_mean_of_their_points(self):
        x, y = np.arange(1000.0), np.random.default_rng(1).normal(size=1000)
        found = spread([(x, y)], "mean", "minmax", width=50, lo=0, hi=1000)
        wanted = y.reshape(50, 20)
        assert found.x == pytest.approx(np.arange(50) * 20 + 10)
        assert found.center == pytest.approx(wanted.mean(axis=1))
        assert found.low == pytest.approx(wanted.min(axis=1))
        assert found.high == pytest.approx(wanted.max(axis=1))

    def test_no_spike_is_lost_between_least_and_greatest(self):
        x, y = np.arange(100_000.0), np.zeros(100_000)
        y[77_777] = 1e6
        assert spread([(x, y), (x, y * 0)], "mean", "minmax", width=64).high.max() == 1e6

    def test_a_range_with_a_place_more_on_each_side(self):
        x = np.arange(10_000.0)
        found = spread([(x, x)], width=100, lo=2000, hi=3000)
        assert (len(found.x), found.x[0], found.x[-1]) == (102, 1995, 3005)
        assert found.center == pytest.approx(found.x, abs=0.51)
        few = spread([(x, x)], width=100, lo=2000, hi=2010)
        assert few.x.tolist() == list(range(1999, 2012))


def test_nothing_gives_nothing():
    for curves in ([], [(np.empty(0), np.empty(0))], [(np.zeros(2), np.full(2, math.nan))]):
        found = spread(curves, "median", "ci95")
        assert [len(part) for part in (found.x, found.center, found.low, found.high, found.count)] == [0] * 5


def test_a_range_without_points():
    found = spread([(np.array([0.0, 10.0]), np.array([0.0, 10.0]))], lo=3, hi=4)
    assert found.x.tolist() == [0, 10]


steps = st.lists(st.integers(0, 30), max_size=30)


@given(steps, steps)
def test_a_series_is_paired_with_the_last_value_of_another(step, other):
    value = [float(i) for i in range(len(other))]
    wanted = []
    for at in step:
        earlier = [(there, i) for i, there in enumerate(other) if there <= at]
        wanted.append(value[max(earlier)[1]] if earlier else math.nan)
    np.testing.assert_array_equal(last_at_or_before(step, other, value), np.array(wanted, np.float64))
