"""Smoothing of a curve by windows: mean or median of the points around each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["running_mean", "running_median"]

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


def running_mean(value: npt.ArrayLike, size: int) -> Floats:
    """Return the mean of the `size` points around each point.

    The window has the point in its middle (of an even number, one more before it than behind it); at the ends of the
    curve it holds the points that there are. Points that are not finite come back as they are and are in no window.

    Sums are of blocks, never differences of running totals, so a huge value spoils no window but its own (the prefixes
    and suffixes of van Herk 1992 and Gil & Werman 1993, with sums instead of maxima).

    Parameters
    ----------
    value
        float[n].
    size
        Points of a window, at least 1.

    Returns
    -------
    float64[n]

    Raises
    ------
    ValueError
        If `size` is below 1.
    """
    values = np.array(value, np.float64)
    finite = np.isfinite(values)
    known = values[finite]
    first, stop = _windows(np.arange(len(known)), len(known), size)
    if len(known):
        values[finite] = _window_sums(known, min(size, 2 * len(known) - 1)) / (stop - first)
    return values


def running_median(value: npt.ArrayLike, size: int, at: Indices | None = None) -> Floats:
    """Return the median of the `size` points around each point, or around some.

    Windows are those of `running_mean`; of an even number of points the median is the mean of the two in the middle.

    Parameters
    ----------
    value
        float[n].
    size
        Points of a window, at least 1.
    at
        Indices of the points that are wanted; by default all.

    Returns
    -------
    float64[n], or float64[len(at)]

    Raises
    ------
    ValueError
        If `size` is below 1.
    """
    values = np.array(value, np.float64)
    wanted = np.arange(len(values)) if at is None else np.asarray(at, np.int64)
    finite = np.isfinite(values)
    known, place = values[finite], np.cumsum(finite) - 1
    results: Floats = values[wanted]
    smoothed = finite[wanted]
    first, stop = _windows(place[wanted][smoothed], len(known), size)
    low = _of_rank(known, first, stop, (stop - first - 1) // 2)
    results[smoothed] = low
    even = np.flatnonzero((stop - first) % 2 == 0)
    if len(even):
        high = _of_rank(known, first[even], stop[even], (stop - first)[even] // 2)
        results[np.flatnonzero(smoothed)[even]] = low[even] / 2 + high / 2
    return results


def _windows(place: Indices, count: int, size: int) -> tuple[Indices, Indices]:
    """Where the window around each place begins and where it ends."""
    if size < 1:
        raise ValueError(f"a window holds at least one point, not {size}")
    return np.maximum(place - size // 2, 0), np.minimum(place + (size - 1) // 2 + 1, count)


def _window_sums(values: Floats, size: int) -> Floats:
    blocks = -(-(len(values) + size) // size)
    padded = np.zeros(blocks * size)
    padded[size // 2 : size // 2 + len(values)] = values
    by_block = padded.reshape(blocks, size)
    prefix = np.cumsum(by_block, axis=1).reshape(-1)
    suffix = np.cumsum(by_block[:, ::-1], axis=1)[:, ::-1]
    suffix[:, 0] = 0  # a window that is a whole block: its prefix is all
    sums: Floats = suffix.reshape(-1)[: len(values)] + prefix[size - 1 : size - 1 + len(values)]
    return sums


def _of_rank(values: Floats, first: Indices, stop: Indices, rank: Indices) -> Floats:
    """Return of each range the value that has `rank` smaller ones, 0 being the smallest.

    All ranges are asked at once, bit by bit of the answer's place among all values, and what one costs does not depend
    on its size (the wavelet matrix of Claude, Navarro & Ordonez 2015).
    """
    order = np.argsort(values, kind="stable")
    places = np.empty(len(values), np.int32)
    places[order] = np.arange(len(values), dtype=np.int32)
    first, stop, rank = first.copy(), stop.copy(), rank.copy()
    found = np.zeros(len(first), np.int64)
    for bit in reversed(range(max(len(values) - 1, 0).bit_length())):
        high = (places >> bit) & 1 == 1
        lows_before = np.concatenate([[0], np.cumsum(~high)])
        low_first, low_stop = lows_before[first], lows_before[stop]
        goes_high = rank >= low_stop - low_first
        found |= goes_high.astype(np.int64) << bit
        rank = np.where(goes_high, rank - (low_stop - low_first), rank)
        first = np.where(goes_high, lows_before[-1] + first - low_first, low_first)
        stop = np.where(goes_high, lows_before[-1] + stop - low_stop, low_stop)
        places = np.concatenate([places[~high], places[high]])
    answers: Floats = values[order[found]] if len(values) else np.empty(0)
    return answers
