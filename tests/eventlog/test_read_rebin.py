"""Histograms on common bins lose nothing."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from cellboard.eventlog import rebin
from hypothesis import given
from hypothesis import strategies as st


@dataclass
class Sample:
    edges: np.ndarray
    counts: np.ndarray


@st.composite
def samples(draw):
    edges = sorted(
        draw(st.lists(st.one_of(st.integers(-5, 5).map(float), st.floats(-1e3, 1e3)), min_size=1, max_size=9))
    )
    counts = draw(st.lists(st.integers(0, 50), min_size=len(edges) - 1, max_size=len(edges) - 1))
    return Sample(np.array(edges), np.array(counts, np.float64))


def plain_split(sample, bins):
    """Share of each bin, bucket by bucket."""
    shares = np.zeros(len(bins) - 1)
    for left, right, count in zip(sample.edges[:-1], sample.edges[1:], sample.counts, strict=True):
        for at, (low, high) in enumerate(itertools.pairwise(bins)):
            is_last = at == len(shares) - 1
            if left == right:
                shares[at] += count if low <= left < high or (is_last and left == high) else 0
            elif count:
                shares[at] += count * max(0.0, min(right, high) - max(left, low)) / (right - left)
    return shares


@given(st.lists(samples(), max_size=4), st.integers(1, 12))
def test_same_as_its_plain_twin(found, bins):
    edges, counts = rebin(found, bins)
    assert edges.shape == (bins + 1,)
    assert counts.shape == (len(found), bins)
    assert (np.diff(edges) >= 0).all()
    for row, sample in zip(counts, found, strict=True):
        assert row.sum() == pytest.approx(sample.counts.sum(), abs=1e-6)
        np.testing.assert_allclose(row, plain_split(sample, edges), atol=1e-6)


def test_empty_buckets_at_the_ends_do_not_widen_the_range():
    edges, counts = rebin([Sample(np.array([-100.0, 0.0, 1.0, 100.0]), np.array([0.0, 4.0, 0.0]))], 2)
    assert edges.tolist() == [0.0, 0.5, 1.0]
    assert counts.tolist() == [[2.0, 2.0]]


@pytest.mark.parametrize("value", [3.0, 0.0, -10.0, -1000.0])
def test_one_single_value(value):
    edges, counts = rebin([Sample(np.array([value, value]), np.array([5.0]))], 30)
    assert edges[0] < value < edges[-1]
    assert counts.sum() == 5


def test_nothing_to_show():
    edges, counts = rebin([], 3)
    assert edges.tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert counts.shape == (0, 3)
    with pytest.raises(ValueError, match="at least one bin"):
        rebin([], 0)


def test_a_range_wider_than_a_float_can_say():
    edges, counts = rebin([Sample(np.array([-1.7e308, 1.7e308]), np.array([6.0]))], 3)
    assert np.isfinite(edges).all()
    assert counts.sum() == pytest.approx(6)
