"""Histograms: how many of a tensor's values fall between which edges, at a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import default_bins
from ..default_bins import default_edges
from ..errors import BadValueError, SummaryError
from ..messages import SummaryValue
from . import tensor

__all__ = ["PLUGIN", "Histogram", "decode", "encode", "encode_raw"]

PLUGIN = "histograms"

Floats = npt.NDArray[np.float64]
Statistics = tuple[float, float, float, float, float]
"""Of the values that are counted: minimum, maximum, number, sum, sum of squares."""


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """A histogram of k buckets.

    Parameters
    ----------
    edges
        float64[k+1], not decreasing. Buckets may have no width: all values were equal.
    counts
        float64[k], not negative; `counts[i]` values lie in [edges[i], edges[i+1]).
    num
        How many values were logged, those that no bucket holds (NaN, infinities) included.
    min, max, sum, sum_squares
        Over all values. NaN where the log does not say.
    """

    edges: Floats
    counts: Floats
    num: float
    min: float
    max: float
    sum: float
    sum_squares: float

    @property
    def total(self) -> float:
        """Sum of the counts."""
        return float(self.counts.sum())


def encode(tag: str, values: npt.NDArray[Any], bins: Any = "tensorflow", max_bins: int | None = None) -> Any:
    """Return the Summary.Value of the histogram of `values`, laid out as torch's writer does.

    Parameters
    ----------
    tag
        As logged.
    values
        Real numbers of any shape and type, at least one. NaN and what lies outside the bins counts in `num`, `min`,
        `max` and the sums only.
    bins
        ``"tensorflow"`` for `default_edges`; anything else goes to ``numpy.histogram``.
    max_bins
        Join neighbouring bins if there are more than so many.

    Raises
    ------
    BadValueError
        If there are no values, or numpy can make no such bins.
    """
    if not values.size:
        raise BadValueError(f"tag {tag!r}: a histogram of no values (shape {list(values.shape)})")
    counted, edges = default_bins.count(values), default_edges()
    if not (isinstance(bins, str) and bins == "tensorflow"):
        counts, edges = _numpy_bins(tag, values, bins)
    else:
        counts = counted.counts
    if max_bins is not None and len(counts) > max_bins:
        counts, edges = _coarser(counts, edges, len(counts) // max(int(max_bins), 1))
    said = counted.min, counted.max, counted.num, counted.sum, counted.sum_squares
    return _value(tag, said, *_trimmed(counts, edges))


def encode_raw(tag: str, said: Statistics, limits: Floats, counts: Floats) -> Any:
    """Return the Summary.Value of a histogram that the caller has computed, as it stands.

    Parameters
    ----------
    tag
        As logged.
    said
        Minimum, maximum, number, sum and sum of squares of the values.
    limits
        float64[k], right edges of the bins.
    counts
        float64[k].
    """
    return _value(tag, said, counts, limits)


def _numpy_bins(tag: str, values: npt.NDArray[Any], bins: Any) -> tuple[npt.NDArray[Any], Floats]:
    try:
        counts, edges = np.histogram(values.astype(np.float64).ravel(), bins=bins)
    except (TypeError, ValueError) as error:
        raise BadValueError(f"tag {tag!r}: bins={bins!r} does not work: {error}") from error
    return counts, edges.astype(np.float64)


def _coarser(counts: npt.NDArray[Any], edges: Floats, factor: int) -> tuple[npt.NDArray[Any], Floats]:
    padded = np.pad(counts, (0, -len(counts) % factor))
    return padded.reshape(-1, factor).sum(axis=1), np.append(edges[:-1:factor], edges[-1])


def _trimmed(counts: npt.NDArray[Any], edges: Floats) -> tuple[npt.NDArray[Any], Floats]:
    """Return counts and right edges from the first bin to the last that holds anything, and of an empty one before.

    That empty one's right edge is where the first that holds anything begins.
    """
    held = np.flatnonzero(counts)
    if not len(held):
        return np.zeros(1), np.array([np.finfo(np.float64).max])
    first, last = held[0], held[-1]
    return np.append(0, counts[first : last + 1]), edges[first : last + 2]


def _value(tag: str, said: Statistics, counts: npt.NDArray[Any], limits: Floats) -> Any:
    value = SummaryValue(tag=tag)
    histo = value.histo
    histo.min, histo.max, histo.num, histo.sum, histo.sum_squares = said
    histo.bucket_limit.extend(limits.tolist())
    histo.bucket.extend(counts.tolist())
    return value


def decode(value: Any) -> Histogram:
    """Return the histogram of a Summary.Value: a ``histo``, or a tensor of shape [k, 3] of (left, right, count).

    Empty buckets at both ends are dropped. In a ``histo`` the first bucket that is left then begins at the minimum,
    and the last one ends at the maximum: its own edges would be the next powers of 1.1, or infinitely far.

    Raises
    ------
    SummaryError
        If it is neither, or edges decrease, or counts are negative or not finite.
    """
    return _from_histo(value.histo) if value.HasField("histo") else _from_tensor(tensor.decode(value.tensor))


def _from_histo(histo: Any) -> Histogram:
    limits, counts = np.array(histo.bucket_limit, np.float64), np.array(histo.bucket, np.float64)
    if len(limits) != len(counts):
        raise SummaryError(f"a histogram of {len(counts)} counts and {len(limits)} limits")
    _check(limits, counts)
    held = np.flatnonzero(counts)
    if not len(held):
        return Histogram(np.zeros(1), np.zeros(0), histo.num, histo.min, histo.max, histo.sum, histo.sum_squares)
    first, last = held[0], held[-1]
    edges = np.concatenate([limits[first - 1 : first] if first else [-np.inf], limits[first : last + 1]])
    edges[0] = _outermost(histo.min, edges[0], edges[1], inner=edges[1])
    edges[-1] = _outermost(histo.max, edges[-2], edges[-1], inner=edges[-2])
    if not np.isfinite(edges).all():
        raise SummaryError("a histogram with an edge that is not finite")
    held_counts = counts[first : last + 1]
    return Histogram(edges, held_counts, histo.num, histo.min, histo.max, histo.sum, histo.sum_squares)


def _outermost(extreme: float, low: float, high: float, *, inner: float) -> float:
    """Return the outer edge of the bucket [low, high]: the extreme value if it lies there, else the edge itself."""
    if low <= extreme <= high:
        return extreme
    outer = low if inner == high else high
    return outer if abs(outer) < np.finfo(np.float64).max else inner


def _from_tensor(rows: npt.NDArray[Any]) -> Histogram:
    if rows.ndim != 2 or rows.shape[1] != 3 or rows.dtype.kind not in "fiu":
        raise SummaryError(f"a histogram that is a tensor of shape {list(rows.shape)} and type {rows.dtype}")
    rows = rows.astype(np.float64)
    held = np.flatnonzero(rows[:, 2])
    if not len(held):
        return Histogram(np.zeros(1), np.zeros(0), 0.0, np.nan, np.nan, np.nan, np.nan)
    left, right, counts = rows[held[0] : held[-1] + 1].T
    edges, counts = _joined(left, right, counts)
    _check(edges, counts)
    if not np.isfinite(edges).all():
        raise SummaryError("a histogram with an edge that is not finite")
    return Histogram(edges, counts, float(counts.sum()), edges[0], edges[-1], np.nan, np.nan)


def _joined(left: Floats, right: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Edges and counts of buckets that may leave gaps: a gap becomes an empty bucket."""
    gaps = np.flatnonzero(left[1:] > right[:-1])
    edges = np.insert(np.append(left, right[-1]), gaps + 1, right[gaps])
    return edges, np.insert(counts, gaps + 1, 0.0)


def _check(edges: Floats, counts: Floats) -> None:
    if not (np.diff(edges) >= 0).all() or np.isnan(edges).any():
        raise SummaryError("a histogram whose edges do not rise")
    if not (np.isfinite(counts).all() and (counts >= 0).all()):
        raise SummaryError("a histogram with a count that is no number of values")
