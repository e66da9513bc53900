"""Windows, Gaussians and averages by distance are what their plain twins say, computed fast."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cellboard.eventlog import ema, ema_by_distance, gaussian, running_mean, running_median, smoothed
from cellboard.eventlog.smooth import SMOOTHINGS
from hypothesis import given
from hypothesis import strategies as st

values = st.lists(st.one_of(st.floats(-1e6, 1e6), st.sampled_from([math.nan, math.inf, -math.inf])), max_size=60)
sizes = st.integers(1, 80)
AMOUNTS = {"ema": 0.9, "halflife": 12.5, "mean": 9, "median": 9, "gaussian": 4, "gaussian_x": 30}


@st.composite
def curves(draw):
    """Values with places that mostly rise, unevenly, and may go back."""
    y = draw(values)
    gaps = draw(
        st.lists(st.sampled_from([0.0, 0.1, 1.0, 1.0, 7.5, 300.0, -2.0, math.nan]), min_size=len(y), max_size=len(y))
    )
    return [float(np.nansum(gaps[: i + 1])) if not math.isnan(gap) else gap for i, gap in enumerate(gaps)], y


def is_known(*numbers):
    return all(math.isfinite(number) for number in numbers)


def plain_by_distance(x, y, half_life):
    results, total, weight, last = [], 0.0, 0.0, 0.0
    for place, value in zip(x, y, strict=True):
        if not is_known(place, value):
            results.append(value)
            continue
        decay = 0.5 ** (abs(place - last) / half_life) if weight else 0.0
        total, weight, last = decay * total + value, decay * weight + 1, place
        results.append(total / weight)
    return results


def plain_window(y, size, take):
    known = [value for value in y if is_known(value)]
    at, results = 0, []
    for value in y:
        if not is_known(value):
            results.append(value)
            continue
        results.append(take(known[max(0, at - size // 2) : at + (size - 1) // 2 + 1]))
        at += 1
    return results


def plain_gaussian(x, y, sigma):
    results = []
    for place, value in zip(x, y, strict=True):
        if not is_known(place, value):
            results.append(value)
            continue
        pairs = [
            (math.exp(-((place - other) ** 2) / (2 * sigma**2)), known)
            for other, known in zip(x, y, strict=True)
            if is_known(other, known)
        ]
        results.append(sum(weight * known for weight, known in pairs) / sum(weight for weight, _ in pairs))
    return results


def assert_same(found, wanted, y, rtol=1e-9):
    size = max([abs(value) for value in y if math.isfinite(value)] or [0.0])
    np.testing.assert_allclose(found, wanted, rtol=rtol, atol=rtol * size)


@given(curves(), st.sampled_from([0.01, 1.0, 25.0, 1e6]))
def test_averages_by_distance(curve, half_life):
    x, y = curve
    assert_same(ema_by_distance(x, y, half_life), plain_by_distance(x, y, half_life), y)


@given(values, sizes)
def test_means_of_windows(y, size):
    assert_same(running_mean(y, size), plain_window(y, size, np.mean), y)


@given(values, sizes)
def test_medians_of_windows(y, size):
    assert_same(running_median(y, size), plain_window(y, size, np.median), y, rtol=1e-15)


@given(curves(), st.sampled_from([0.3, 1.0, 25.0, 1e4]))
def test_gaussians_over_distances(curve, sigma):
    x, y = curve
    assert_same(gaussian(y, sigma, x=x), plain_gaussian(x, y, sigma), y, rtol=1e-6)


@given(values, st.sampled_from([0.4, 3.0, 40.0]))
def test_gaussians_over_points(y, sigma):
    places = np.cumsum(np.isfinite(y)).tolist()
    assert_same(gaussian(y, sigma), plain_gaussian(places, y, sigma), y, rtol=1e-6)


def test_on_even_steps_the_average_by_distance_is_the_one_by_points():
    y = np.random.default_rng(1).normal(size=5000)
    # Absolute beside the values, which are about 1: an average near 0 has lost digits in either way of summing.
    by_points = ema(y, 0.5 ** (1 / 7))
    np.testing.assert_allclose(ema_by_distance(np.arange(5000) * 10, y, 70), by_points, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("kind", SMOOTHINGS)
@pytest.mark.parametrize("count", [1, 2, 33, 64, 5000])
def test_a_constant_stays_what_it_is(kind, count):
    x = np.cumsum(np.random.default_rng(count).exponential(5, count))
    np.testing.assert_allclose(smoothed(x, np.full(count, 7.3), kind, AMOUNTS[kind]), 7.3, rtol=1e-12)


def test_two_points():
    x, y = [0.0, 10.0], [1.0, 3.0]
    np.testing.assert_allclose(smoothed(x, y, "ema", 0.5), [1, 1 / 3 + 2], rtol=1e-15)
    np.testing.assert_allclose(smoothed(x, y, "halflife", 10), [1, 3.5 / 1.5], rtol=1e-15)
    np.testing.assert_allclose(smoothed(x, y, "mean", 3), [2, 2], rtol=1e-15)
    np.testing.assert_allclose(smoothed(x, y, "median", 3), [2, 2], rtol=1e-15)
    bell = math.exp(-0.5)
    ends = [(1 + 3 * bell) / (1 + bell), (3 + bell) / (1 + bell)]
    np.testing.assert_allclose(smoothed(x, y, "gaussian", 1), ends, rtol=1e-10)
    np.testing.assert_allclose(smoothed(x, y, "gaussian_x", 10), ends, rtol=1e-10)


@pytest.mark.parametrize("kind", SMOOTHINGS)
def test_some_points_are_smoothed_over_all(kind):
    rng = np.random.default_rng(3)
    x, y = np.cumsum(rng.exponential(5, 3000)), rng.normal(size=3000)
    y[::17] = math.nan
    at = np.array([0, 1, 17, 18, 1500, 2999])
    whole = smoothed(x, y, kind, AMOUNTS[kind])
    np.testing.assert_allclose(smoothed(x, y, kind, AMOUNTS[kind], at), whole[at], rtol=1e-12)
    assert np.array_equal(smoothed(x, y, kind, 0, at), y[at], equal_nan=True)


def test_a_huge_value_spoils_no_window_but_its_own():
    y = np.ones(1000)
    y[500] = 1e30
    far = np.abs(np.arange(1000) - 500) > 60
    for kind in ("mean", "median", "gaussian"):
        assert smoothed(np.arange(1000), y, kind, 9)[far] == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize("count", [65, 4097, 20_000])
def test_long_curves(count):
    rng = np.random.default_rng(count)
    x, y = np.cumsum(rng.exponential(1, count)), (50 + rng.normal(size=count)).tolist()
    assert_same(ema_by_distance(x, y, 20), plain_by_distance(x, y, 20), y)
    assert_same(running_mean(y, 100), plain_window(y, 100, np.mean), y)
    assert_same(running_median(y, 100), plain_window(y, 100, np.median), y)


@pytest.mark.parametrize(
    ("kind", "amount"),
    [
        ("halflife", -1),
        ("halflife", math.nan),
        ("mean", -3),
        ("median", -3),
        ("gaussian", -1),
        ("gaussian_x", math.inf),
    ],
)
def test_an_amount_out_of_range(kind, amount):
    with pytest.raises(ValueError, match=r"must be|at least"):
        smoothed([1.0], [1.0], kind, amount)


def test_an_unknown_kind():
    with pytest.raises(ValueError, match="no smoothing"):
        smoothed([1.0], [1.0], "nope", 1)
