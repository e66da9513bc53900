"""Histograms of many steps on common bins, to be drawn over each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["rebin"]

Floats = npt.NDArray[np.float64]


class _Histogram(Protocol):
    @property
    def edges(self) -> Floats: ...

    @property
    def counts(self) -> Floats: ...


def rebin(samples: Sequence[_Histogram], bins: int = 30) -> tuple[Floats, Floats]:
    """Return common bins for `samples` and what of each sample falls into them.

    The bins are of one width and reach from the lowest to the highest edge of a bucket that is not empty, over all
    samples (if that is one value, a tenth of it and 1 more to both sides). The count of a bucket is
    split in proportion to how much of it lies in each bin; a bucket without width goes into one bin whole.

    Parameters
    ----------
    samples
        Things with `edges` float64[k+1] and `counts` float64[k]; k may differ.
    bins
        How many, at least 1.

    Returns
    -------
    edges : float64[bins+1]
    counts : float64[len(samples), bins]
        Each row sums to the sum of its sample's counts.

    Raises
    ------
    ValueError
        If `bins` is below 1.
    """
    if bins < 1:
        raise ValueError(f"a histogram needs at least one bin, not {bins}")
    low, high = _range(samples)
    share = np.arange(bins + 1) / bins
    edges = low * (1 - share) + high * share  # unlike linspace, right for a range too wide for a float
    counts = np.zeros((len(samples), bins))
    for row, sample in zip(counts, samples, strict=True):
        row[:] = _split(np.asarray(sample.edges, np.float64), np.asarray(sample.counts, np.float64), edges)
    return edges, counts


def _range(samples: Sequence[_Histogram]) -> tuple[float, float]:
    lows, highs = [], []
    for sample in samples:
        held = np.flatnonzero(sample.counts)
        if len(held):
            lows.append(float(sample.edges[held[0]]))
            highs.append(float(sample.edges[held[-1] + 1]))
    if not lows:
        return 0.0, 1.0
    low, high = min(lows), max(highs)
    if low == high:
        around = abs(low) / 10 + 1
        return low - around, high + around
    return low, high


def _split(edges: Floats, counts: Floats, bins: Floats) -> Floats:
    """Share of `counts` in each of `bins`, which reach as far as the buckets that are not empty."""
    wide = edges[1:] > edges[:-1]
    below = np.concatenate([[0.0], np.cumsum(np.where(wide, counts, 0.0))])
    # The count below an edge grows linearly over a bucket, so the share of a bin is a difference of two.
    shares = np.diff(np.interp(bins, edges, below)) if len(counts) else np.zeros(len(bins) - 1)
    if not wide.all():
        spikes = np.searchsorted(bins, edges[:-1][~wide], side="right") - 1
        np.add.at(shares, np.clip(spikes, 0, len(shares) - 1), counts[~wide])
    return shares
