"""Percentiles of histograms, and the area under precision-recall curves, beside plain twins and their peers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import average_precision, percentiles
from cellboard.eventlog.shares import NORMAL_SHARES
from hypothesis import given
from hypothesis import strategies as st


@dataclass
class Sample:
    edges: np.ndarray
    counts: np.ndarray
    min: float = np.nan
    max: float = np.nan


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    edges = draw(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=9))
    counts = draw(st.lists(st.integers(0, 50), min_size=len(edges) - 1, max_size=len(edges) - 1))
    return Sample(np.array(sorted(edges)), np.array(counts, np.float64))


def plain(sample: Sample, share: float) -> float:
    """Walk over the buckets until the share is reached."""
    total, below = sample.counts.sum(), 0.0
    for left, right, count in zip(sample.edges[:-1], sample.edges[1:], sample.counts, strict=True):
        if count and below + count >= share * total * (1 - 1e-12):
            return left + (right - left) * max(share * total - below, 0) / count
        below += count
    raise AssertionError("beyond the last bucket")


@given(samples())
def test_each_share_lies_where_walking_over_the_buckets_leads(sample: Sample) -> None:
    (row,) = percentiles([sample])
    if not sample.counts.any():
        assert np.isnan(row).all()
        return
    assert (np.diff(row) >= 0).all()
    np.testing.assert_allclose(row, [plain(sample, share) for share in NORMAL_SHARES], rtol=1e-6, atol=1e-6)


def test_counts_whose_sum_is_beyond_any_float() -> None:
    edges = np.array([0.0, 1.0, 2.0, 3.0])
    huge, small = percentiles([Sample(edges, np.full(3, 1e308)), Sample(edges, np.ones(3))])
    np.testing.assert_allclose(huge, small)


def test_they_are_near_the_percentiles_of_the_logged_values(tmp_path: Path) -> None:
    values = np.random.default_rng(1).normal(2, 3, 20_000)
    with SummaryWriter(tmp_path) as writer:
        writer.add_histogram("w", values, 0, bins=2000)
    with LogDir(tmp_path) as log:
        (row,) = percentiles(list(log.runs["."].histograms["w"]))
    np.testing.assert_allclose(row, np.quantile(values, NORMAL_SHARES), atol=0.02)
    assert (row[0], row[-1]) == (values.min(), values.max())


def test_they_are_those_that_tensorboard_shows(tmp_path: Path) -> None:
    compressor = pytest.importorskip("tensorboard.plugins.distribution.compressor")
    with SummaryWriter(tmp_path) as writer:
        for step in range(5):
            writer.add_histogram("w", np.random.default_rng(step).normal(step, 1 + step, 500), step)
    with LogDir(tmp_path) as log:
        found = list(log.runs["."].histograms["w"])
    for sample, row in zip(found, percentiles(found), strict=True):
        buckets = np.stack([sample.edges[:-1], sample.edges[1:], sample.counts], axis=1)
        theirs = [value for _, value in compressor.compress_histogram(buckets)]
        np.testing.assert_allclose(row, theirs, rtol=1e-9)


def test_what_the_log_says_of_extremes_counts_where_it_is_a_number() -> None:
    edges, counts = np.array([0.0, 1.0, 2.0]), np.array([1.0, 1.0])
    assert percentiles([Sample(edges, counts, -3, 5)])[0, [0, -1]].tolist() == [-3, 5]
    assert percentiles([Sample(edges, counts, -np.inf, np.inf)])[0, [0, -1]].tolist() == [0, 2]
    assert percentiles([Sample(edges, counts, 0.5, 1.5)])[0, [0, -1]].tolist() == [0, 2]


@dataclass
class Curve:
    precision: np.ndarray
    recall: np.ndarray
    true_positives: np.ndarray
    false_positives: np.ndarray


def curve_of(labels: np.ndarray, scores: np.ndarray, thresholds: np.ndarray) -> Curve:
    taken = scores[None, :] >= thresholds[:, None]
    hits, misses = (taken & labels).sum(axis=1).astype(float), (taken & ~labels).sum(axis=1).astype(float)
    precision = np.divide(hits, hits + misses, out=np.zeros(len(hits)), where=hits + misses > 0)
    return Curve(precision, hits / labels.sum(), hits, misses)


def test_the_area_is_the_average_precision() -> None:
    rng = np.random.default_rng(5)
    labels = rng.random(300) < 0.4
    scores = np.clip(np.round(labels * 0.3 + rng.random(300) * 0.7, 2), 0, 1)
    metrics = pytest.importorskip("sklearn.metrics")
    thresholds = np.unique(scores)
    assert average_precision(curve_of(labels, scores, thresholds)) == pytest.approx(
        metrics.average_precision_score(labels, scores), abs=1e-9
    )


def test_a_threshold_that_nothing_reaches_adds_nothing() -> None:
    curve = Curve(*(np.array(row, float) for row in ([0.5, 1, 0], [1, 0.5, 0], [2, 1, 0], [2, 0, 0])))
    assert average_precision(curve) == 0.5 * 1 + 0.5 * 0.5


@pytest.mark.parametrize(
    ("precision", "recall"), [([0.5, np.nan], [1, 0.5]), ([1, 1], [0.2, 0.9]), ([np.inf, 1], [1, 0.5])]
)
def test_what_is_no_curve_has_no_area(precision: list[float], recall: list[float]) -> None:
    assert np.isnan(average_precision(Curve(np.array(precision), np.array(recall), np.ones(2), np.ones(2))))


def test_a_curve_of_nothing_has_no_area() -> None:
    assert np.isnan(average_precision(Curve(np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(3))))
