"""Thinning keeps what the eye would see."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cellboard.eventlog import thin
from hypothesis import given
from hypothesis import strategies as st

numbers = st.one_of(
    st.integers(-20, 20).map(float), st.floats(-1e6, 1e6), st.sampled_from([math.nan, math.inf, -math.inf])
)
places = st.one_of(st.integers(-20, 20).map(float), st.floats(-1e6, 1e6), st.just(math.nan))
curves = st.lists(st.tuples(places, numbers), max_size=120)


def plain_thin(x, y, width, lo, hi):
    """What `thin` returns, point by point."""
    finite = [at for at in x if math.isfinite(at)]
    low = lo if lo is not None else min(finite, default=0.0)
    high = hi if hi is not None else max(finite, default=0.0)
    inside = [i for i, at in enumerate(x) if low <= at <= high]
    if not inside:
        crossing = [i for i in range(len(x) - 1) if (x[i] < low) != (x[i + 1] < low)]
        return [crossing[0], crossing[0] + 1] if crossing else []
    kept = set(inside)
    if len(inside) > 4 * width:
        columns = {}
        for i in inside:
            share = (x[i] - low) / (high - low) if high > low else 0.0
            columns.setdefault(min(int(share * width), width - 1), []).append(i)
        kept = set()
        for members in columns.values():
            kept |= {members[0], members[-1]}
            real = [i for i in members if math.isfinite(y[i])]
            if real:
                kept |= {min(real, key=lambda i: (y[i], i)), min(real, key=lambda i: (-y[i], i))}
    kept |= {i for i in (inside[0] - 1, inside[-1] + 1) if 0 <= i < len(x)}
    return sorted(kept)


@given(curves, st.integers(1, 8), st.one_of(st.none(), st.floats(-30, 0)), st.one_of(st.none(), st.floats(0, 30)))
def test_same_as_its_plain_twin(points, width, lo, hi):
    x, y = [x for x, _ in points], [y for _, y in points]
    found = thin(x, y, width, lo, hi)
    assert found.dtype == np.int64
    assert found.tolist() == plain_thin(x, y, width, lo, hi)
    assert len(found) <= 4 * width + 2


@given(
    st.lists(st.one_of(st.integers(-40, 40).map(lambda at: at / 7), st.floats(-1e6, 1e6)), max_size=120),
    st.integers(1, 12),
    st.one_of(st.none(), st.floats(-30, 0)),
    st.one_of(st.none(), st.floats(0, 30)),
)
def test_same_as_its_plain_twin_where_x_rises(places, width, lo, hi):
    x = sorted(places)
    y = [math.sin(at) for at in range(len(x))]
    assert thin(x, y, width, lo, hi).tolist() == plain_thin(x, y, width, lo, hi)


@given(st.lists(numbers, min_size=1, max_size=200), st.integers(1, 5))
def test_extremes_and_ends_of_a_sorted_curve_stay(values, width):
    y = np.array(values)
    kept = y[thin(np.arange(len(y)), y, width)]
    real = y[np.isfinite(y)]
    assert np.array_equal(kept[[0, -1]], y[[0, -1]], equal_nan=True)
    if len(real):
        assert real.min() in kept
        assert real.max() in kept


def test_a_restart_goes_back_and_both_passes_stay_in_order():
    x = np.concatenate([np.arange(1000), np.arange(500, 1000)])
    y = np.concatenate([np.zeros(1000), np.ones(500)])
    kept = thin(x, y, 10)
    assert (np.diff(kept) > 0).all()
    assert {0, 999 + 500} <= set(kept.tolist())
    assert y[kept].max() == 1


def test_a_run_of_nan_over_many_columns_keeps_its_ends():
    y = np.sin(np.arange(10_000.0))
    y[3000:6000] = math.nan
    kept = thin(np.arange(10_000), y, 100)
    missing = kept[np.isnan(y[kept])]
    assert missing[0] == 3000
    assert missing[-1] == 5999


def test_a_zoomed_view_has_a_neighbour_on_each_side():
    kept = thin(np.arange(1000), np.zeros(1000), 5, 100, 199)
    assert kept[0] == 99
    assert kept[-1] == 200
    assert thin([0, 10], [1, 2], 100, 4, 6).tolist() == [0, 1]


@pytest.mark.parametrize("extreme", [1e308, 5e-324])
def test_a_range_as_wide_or_narrow_as_floats_go(extreme):
    x = np.linspace(-1, 1, 100) * extreme
    kept = thin(x, np.arange(100.0), 3)
    assert {0, 99} <= set(kept.tolist())
    assert len(kept) <= 14


def test_what_is_no_curve():
    assert thin([], [], 10).tolist() == []
    assert thin([math.nan] * 3, [1, 2, 3], 10).tolist() == []
    with pytest.raises(ValueError, match="one length"):
        thin([1, 2], [1], 10)
    with pytest.raises(ValueError, match="at least one column"):
        thin([1], [1], 0)
