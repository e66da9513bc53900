"""Thinning: which points of a long curve a view of so many pixels needs."""

from __future__ import annotations

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
    inside = np.flatnonzero((across >= low) & (across <= high))
    if not len(inside):
        return _around_nothing(across, low)
    kept = inside if len(inside) <= 4 * width else _of_columns(across, values, inside, width, low, high)
    before = inside[:1][inside[:1] > 0] - 1
    after = inside[-1:][inside[-1:] < len(across) - 1] + 1
    return np.concatenate([before, kept, after])


def _range(x: Floats, lo: float | None, hi: float | None) -> tuple[float, float]:
    if lo is not None and hi is not None:
        return lo, hi
    least, greatest = (x.min(), x.max()) if len(x) else (0.0, 0.0)
    if not (np.isfinite(least) and np.isfinite(greatest)):
        finite = x[np.isfinite(x)]
        least, greatest = (finite.min(), finite.max()) if len(finite) else (0.0, 0.0)
    return least if lo is None else lo, greatest if hi is None else hi


def _around_nothing(x: Floats, low: float) -> Indices:
    """No point lies in the range: the two whose connecting line crosses it, if there are such."""
    if len(x) < 2:
        return np.empty(0, np.int64)
    is_left = x < low
    crossing = np.flatnonzero(is_left[1:] != is_left[:-1])
    return np.unique(np.concatenate([crossing[:1], crossing[:1] + 1])).astype(np.int64)


def _of_columns(x: Floats, y: Floats, inside: Indices, width: int, low: float, high: float) -> Indices:
    """First, last, lowest and highest point of each column, by index."""
    everything = len(inside) == len(x)
    y, column = (y, _columns(x, width, low, high)) if everything else (y[inside], _columns(x[inside], width, low, high))
    order = None
    if (column[1:] < column[:-1]).any():
        order = np.argsort(column, kind="stable")
        y, column = y[order], column[order]
    begins = np.concatenate([[0], np.flatnonzero(column[1:] != column[:-1]) + 1])
    kept = np.unique(np.concatenate([begins, np.append(begins[1:], len(y)) - 1, _extremes(y, begins)]))
    if order is not None:
        kept = np.sort(order[kept])
    return kept if everything else inside[kept]


def _columns(x: Floats, width: int, low: float, high: float) -> npt.NDArray[np.uint16] | npt.NDArray[np.int64]:
    if high / 4 - low / 4 > _WIDE:
        x, low, high = x / 4, low / 4, high / 4
    share = (x - low) / (high - low) if high > low else np.zeros(len(x))
    # In the narrow type numpy sorts by radix, which is several times as fast.
    narrow = np.uint16 if width <= 1 << 16 else np.int64
    return np.minimum(share * width, width - 1).astype(narrow)


def _extremes(y: Floats, begins: Indices) -> Indices:
    """The first lowest and the first highest finite value of each segment; none of a segment that has none."""
    finite = np.isfinite(y)
    clean = finite.all()
    lows = y if clean else np.where(finite, y, np.inf)
    highs = y if clean else np.where(finite, y, -np.inf)
    sizes = np.diff(np.append(begins, len(y)))
    segment = np.repeat(np.arange(len(begins)), sizes)
    found = []
    for values, ufunc in ((lows, np.minimum), (highs, np.maximum)):
        best = np.flatnonzero(values == np.repeat(ufunc.reduceat(values, begins), sizes))
        first_of_segment = np.concatenate([[True], segment[best][1:] != segment[best][:-1]])
        found.append(best[first_of_segment])
    chosen = np.concatenate(found)
    return chosen if clean else chosen[finite[chosen]]
