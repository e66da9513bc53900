"""Thinning: which points of a long curve a view of so many pixels needs."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["thin"]

Floats = npt.NDArray[np.float64]
_WIDE = np.finfo(np.float64).max / 8

Indices = npt.NDArray[np.int64]


def thin(x: npt.ArrayLike, y: npt.ArrayLike, width: int, lo: float | None = None, hi: float | None = None) -> Indices:
    """Return the indices of the points that a view of `width` columns needs to look as if all were drawn.

    The range [lo, hi] is cut into `width` columns of one breadth. Each gives its first and its last point and its
    lowest and its highest finite one, so no peak is lost; a run of NaN or infinities that reaches over columns keeps
    its ends. One point more on each side, the one before the first and the one after the last, lets the line leave the
    view. Points are taken in the order they have: x may go back, as after a restart. If there are no more than
    ``4 * width`` points in the range, it is all of them.

    Parameters
    ----------
    x, y
        float[n]. A point whose x is NaN is in no column.
    width
        Number of columns, at least 1.
    lo, hi
        The range of x, both ends included; by default from the least to the greatest finite x.

    Returns
    -------
    int64[m]
        Rising, m <= 4 * width + 2.

    Raises
    ------
    ValueError
        If `x` and `y` differ in length, or `width` is below 1.
    """
    across, values = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if across.ndim != 1 or across.shape != values.shape:
        raise ValueError(f"x and y must be of one length, not of shapes {across.shape} and {values.shape}")
    if width < 1:
        raise ValueError(f"a view needs at least one column, not {width}")
    low, high = _range(across, lo, hi)
    if _rises(across):
        first, stop = np.searchsorted(across, low, "left"), np.searchsorted(across, high, "right")
        inside = slice(first, max(first, stop))
        kept = first + _of_rising(across[inside], values[inside], width, low, high)
    else:
        members = np.flatnonzero((across >= low) & (across <= high))
        kept = members[_of_any(across[members], values[members], width, low, high)]
    if not len(kept):
        return _around_nothing(across, low)
    before, after = kept[:1] - 1, kept[-1:] + 1
    return np.concatenate([before[before >= 0], kept, after[after < len(across)]])


def _range(x: Floats, lo: float | None, hi: float | None) -> tuple[float, float]:
    if lo is not None and hi is not None:
        return lo, hi
    least, greatest = (x.min(), x.max()) if len(x) else (0.0, 0.0)
    if not (np.isfinite(least) and np.isfinite(greatest)):
        finite = x[np.isfinite(x)]
        least, greatest = (finite.min(), finite.max()) if len(finite) else (0.0, 0.0)
    return least if lo is None else lo, greatest if hi is None else hi


def _rises(x: Floats) -> bool:
    # NaN compares false.
    return bool((x[1:] >= x[:-1]).all()) and not np.isnan(x[:1]).any()


def _around_nothing(x: Floats, low: float) -> Indices:
    """No point lies in the range: the two whose connecting line crosses it, if there are such."""
    if len(x) < 2:
        return np.empty(0, np.int64)
    is_left = x < low
    crossing = np.flatnonzero(is_left[1:] != is_left[:-1])
    return np.unique(np.concatenate([crossing[:1], crossing[:1] + 1])).astype(np.int64)


def _of_rising(x: Floats, y: Floats, width: int, low: float, high: float) -> Indices:
    """What to keep of points in the range whose x rises: columns are found by bisection."""
    if len(x) <= 4 * width:
        return np.arange(len(x))
    wanted = np.arange(1, width)
    share = wanted / width
    begins = np.searchsorted(x, low * (1 - share) + high * share)
    # The edges are rounded otherwise than the columns of points: move on, or back, by one place at a time.
    while True:
        early = begins < len(x)
        early[early] = _columns(x[begins[early]], width, low, high) < wanted[early]
        late = begins > 0
        late[late] = _columns(x[begins[late] - 1], width, low, high) >= wanted[late]
        if not (early.any() or late.any()):
            break
        begins[early] = np.searchsorted(x, x[begins[early]], "right")
        begins[late] = np.searchsorted(x, x[begins[late] - 1], "left")
    begins = np.unique(np.append(begins, 0))
    return _of_segments(y, begins[begins < len(x)])


def _of_any(x: Floats, y: Floats, width: int, low: float, high: float) -> Indices:
    """What to keep of points in the range in any order: they are brought into the order of their columns."""
    if len(x) <= 4 * width:
        return np.arange(len(x))
    column = _columns(x, width, low, high)
    order = np.argsort(column, kind="stable")
    column = column[order]
    begins = np.concatenate([[0], np.flatnonzero(column[1:] != column[:-1]) + 1])
    return np.sort(order[_of_segments(y[order], begins)])


def _columns(x: Floats, width: int, low: float, high: float) -> npt.NDArray[Any]:
    if high / 4 - low / 4 > _WIDE:
        x, low, high = x / 4, low / 4, high / 4
    share = (x - low) / (high - low) if high > low else np.zeros(len(x))
    # In the narrow type numpy sorts by radix, which is several times as fast.
    narrow = np.uint16 if width <= 1 << 16 else np.int64
    return np.asarray(np.minimum(share * width, width - 1), narrow)


def _of_segments(y: Floats, begins: Indices) -> Indices:
    """First, last, lowest and highest point of each segment; the first of several that are as low or high."""
    ends = np.append(begins[1:], len(y))
    finite = np.isfinite(y)
    is_clean = finite.all()
    kept = [begins, ends - 1]
    for ufunc, worst in ((np.minimum, np.inf), (np.maximum, -np.inf)):
        values = y if is_clean else np.where(finite, y, worst)
        best = np.flatnonzero(values == np.repeat(ufunc.reduceat(values, begins), ends - begins))
        chosen = best[np.searchsorted(best, begins)]
        kept.append(chosen if is_clean else chosen[finite[chosen]])
    return np.unique(np.concatenate(kept))
