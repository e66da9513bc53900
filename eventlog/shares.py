"""Percentiles of histograms: which value lies above a share of all values, as far as buckets tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["NORMAL_SHARES", "percentiles"]

Floats = npt.NDArray[np.float64]

NORMAL_SHARES = (0.0, 0.0668, 0.1587, 0.3085, 0.5, 0.6915, 0.8413, 0.9332, 1.0)
"""What lies below -1.5, -1, -0.5, 0, 0.5, 1 and 1.5 standard deviations of a normal distribution, between least and
greatest: the bands that TensorBoard's distributions have."""


class _Histogram(Protocol):
    @property
    def edges(self) -> Floats: ...

    @property
    def counts(self) -> Floats: ...

    @property
    def min(self) -> float: ...

    @property
    def max(self) -> float: ...


def percentiles(samples: Sequence[_Histogram], shares: Sequence[float] = NORMAL_SHARES) -> Floats:
    """Return the value below which each share of a histogram's values lies.

    Values are taken to lie evenly within a bucket. With C(i) for how many of all n values lie below the bucket i, from
    a to b, the percentile of the share p lies in the first bucket with C(i + 1) >= p n, at
    a + (b - a) (p n - C(i)) / (C(i + 1) - C(i)). TensorBoard compresses histograms for its distributions by the same
    rule. Shares of 0 and 1 are the least and the greatest value that were logged, where the log says them, else the
    outer edges of the buckets.

    Parameters
    ----------
    samples
        Things with `edges` float64[k+1], `counts` float64[k], `min` and `max`; k may differ.
    shares
        From 0 to 1, rising.

    Returns
    -------
    float64[len(samples), len(shares)]
        Each row rises; NaN for a histogram of nothing.
    """
    found = np.full((len(samples), len(shares)), np.nan)
    wanted = np.asarray(shares, np.float64)
    for row, sample in zip(found, samples, strict=True):
        held = np.flatnonzero(sample.counts)
        if len(held):
            row[:] = _of(sample, wanted, slice(held[0], held[-1] + 1))
    return found


def _of(sample: _Histogram, shares: Floats, held: slice) -> Floats:
    counts, edges = np.asarray(sample.counts, np.float64)[held], np.asarray(sample.edges, np.float64)
    left, right = edges[:-1][held], edges[1:][held]
    if counts.max() > np.finfo(np.float64).max / len(counts):
        counts = counts / counts.max()  # shares are the same of all counts by one factor, and these have a sum
    above = np.cumsum(counts)
    target = np.minimum(shares * above[-1], above[-1])
    at = np.searchsorted(above, target, side="left")
    below = above[at] - counts[at]
    # Counts above zero alone are met: an empty bucket ends where the one before it does.
    part = np.clip((target - below) / np.where(counts[at] > 0, counts[at], 1.0), 0.0, 1.0)
    values = left[at] * (1 - part) + right[at] * part  # unlike a + part (b - a), right for any floats
    least = min(sample.min, values[0]) if np.isfinite(sample.min) else values[0]
    greatest = max(sample.max, values[-1]) if np.isfinite(sample.max) else values[-1]
    values = np.where(shares <= 0, least, np.where(shares >= 1, greatest, values))
    return np.maximum.accumulate(values)
