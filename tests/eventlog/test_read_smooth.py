"""The smoothing is TensorBoard's, computed fast."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cellboard.eventlog import ema
from hypothesis import given
from hypothesis import strategies as st

weights = st.one_of(st.floats(0, 0.999), st.sampled_from([0.0, 0.6, 0.9, 0.99, 0.999]))


def plain_ema(values, weight):
    """What `ema` returns, point by point, as TensorBoard's chart does it."""
    last, count, results = 0.0, 0, []
    for value in values:
        if not math.isfinite(value):
            results.append(value)
            continue
        last = last * weight + (1 - weight) * value
        count += 1
        results.append(last / (1 - weight**count))
    return results


def assert_same(values, weight):
    found, wanted = ema(values, weight), np.array(plain_ema(values, weight), np.float64)
    size = np.abs([value for value in values if math.isfinite(value)] or [0.0]).max()
    assert np.array_equal(np.isfinite(found), np.isfinite(wanted))
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9 * size)


@given(st.lists(st.floats(-1e30, 1e30), max_size=40), weights)
def test_short_curves(values, weight):
    assert_same(values, weight)


@given(st.lists(st.sampled_from([1.0, -3.5, math.nan, math.inf, -math.inf]), max_size=40), weights)
def test_what_is_not_finite_stays_and_is_left_out(values, weight):
    assert_same(values, weight)


@pytest.mark.parametrize("weight", [0.0, 0.3, 0.9, 0.999])
@pytest.mark.parametrize("count", [63, 64, 65, 4096, 4097, 20_000])
def test_curves_over_many_blocks(count, weight):
    rng = np.random.default_rng(count)
    assert_same((100 + rng.normal(size=count)).tolist(), weight)


def test_a_constant_stays_what_it_is():
    np.testing.assert_allclose(ema(np.full(5000, 7.0), 0.98), 7.0, rtol=1e-12)


@pytest.mark.parametrize("weight", [-0.1, 1.0, 2.0, math.nan])
def test_a_weight_out_of_range(weight):
    with pytest.raises(ValueError, match="weight"):
        ema([1.0], weight)
