"""From a scalar series to the few numbers that a chart needs: smoothed on every point, then thinned for the page."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..eventlog import ema, thin
from .progress import XAxis, places

if TYPE_CHECKING:
    from ..eventlog import ScalarSeries

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Ints = np.ndarray[Any, np.dtype[np.int64]]

__all__ = ["MAX_FIGURE_POINTS", "MAX_POINTS", "Line", "columns", "line", "positions"]

MAX_POINTS = 1000
"""Points of one line in the page, at most."""

MAX_FIGURE_POINTS = 50_000
"""Points of all lines of one figure in the page, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One run in one chart.

    Attributes
    ----------
    x, y : float64[m]
        The points to draw; where *y* cannot be drawn (NaN, infinite, not positive on a log axis) it is NaN.
    smooth : float64[m] or None
        The smoothed values at the same points.
    lone : int64[k]
        Which points have no neighbour to be joined to: a line alone would not show them.
    odd : int64[k]
        Where NaN or infinite values begin: the first of each stretch of them.
    step, wall_time, value : int64[m], float64[m], float64[m]
        The same points as they were logged.
    started : float
        Wall time of the first point of the series.
    total : int
        How many points the series has.
    """

    x: Floats
    y: Floats
    smooth: Floats | None
    lone: Ints
    odd: Ints
    step: Ints
    wall_time: Floats
    value: Floats
    started: float
    total: int

    def odd_heights(self) -> Floats:
        """Return where to mark the odd points, float64[k]: at the last value drawn before each, else the first."""
        drawn = np.flatnonzero(np.isfinite(self.y))
        if not len(drawn):
            return np.zeros(len(self.odd))
        before = np.searchsorted(drawn, self.odd) - 1
        heights: Floats = self.y[drawn[np.maximum(before, 0)]]
        return heights

    def nearest(self, x: float) -> int | None:
        """Return which of the points stands nearest to *x*, the last of several; None if there is none."""
        if not len(self.x):
            return None
        away = np.abs(self.x - x)[::-1]
        return len(self.x) - 1 - int(np.nanargmin(away)) if np.isfinite(away).any() else None


def columns(lines: int, curves: int) -> int:
    """Return the width to thin for, so that *lines* runs of *curves* curves each keep within the limits of a figure."""
    points = min(MAX_POINTS, MAX_FIGURE_POINTS // max(lines * curves, 1))
    return max(4, (points - 2) // 4)


def positions(series: ScalarSeries, x_axis: XAxis) -> Floats:
    """Return where the points of *series* stand on the x axis, float64[n]; `progress.places` explains."""
    return places(x_axis, series.step, series.wall_time)


def line(
    series: ScalarSeries,
    *,
    x_axis: XAxis = "step",
    smoothing: float = 0.0,
    log_y: bool = False,
    width: int = 249,
    window: tuple[float, float] | None = None,
) -> Line:
    """Prepare one run for a chart.

    Parameters
    ----------
    series
        Every point logged.
    x_axis
        What the x axis shows.
    smoothing
        Weight of the exponential average, 0 to 0.999; computed on every point before any is left out. 0 draws no
        smoothed line.
    log_y
        Leave out what a logarithmic axis cannot show.
    width
        Columns to keep first, last, min and max of.
    window
        Range of x to show; None shows all.
    """
    x, value = positions(series, x_axis), np.asarray(series.value, np.float64)
    low, high = window or (None, None)
    kept = thin(x, value, width, low, high)
    logged = value[kept]
    odd = ~np.isfinite(logged)
    y = np.where(odd | (log_y & (logged <= 0)), np.nan, logged)
    smooth = _masked(_smoothed(value, smoothing)[kept], log_y) if smoothing > 0 else None
    begins = np.flatnonzero(odd & ~np.concatenate([[False], odd[:-1]]))
    step, wall = np.asarray(series.step), np.asarray(series.wall_time)
    started = float(wall[0]) if len(wall) else 0.0
    return Line(x[kept], y, smooth, _lone(y), begins, step[kept], wall[kept], logged, started, len(value))


class _Smoothed:
    """The last smoothed curves, so that a zoom does not smooth a million points anew.

    Curves are known by the array that they were made of, which is held on to: a new array is never at its address.
    """

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._lock = threading.Lock()
        self._curves: OrderedDict[tuple[int, float], tuple[Floats, Floats]] = OrderedDict()

    def get(self, value: Floats, weight: float) -> Floats:
        """Return the smoothed curve of *value*."""
        key = (id(value), weight)
        with self._lock:
            known = self._curves.get(key)
            if known is not None:
                self._curves.move_to_end(key)
                return known[1]
        made: Floats = ema(value, weight)
        with self._lock:
            if key not in self._curves:
                self._curves[key] = value, made
                self._held += len(made)
            while self._held > self._most:
                _, (_, oldest) = self._curves.popitem(last=False)
                self._held -= len(oldest)
        return made


_FEW = 20_000
_curves = _Smoothed(most=8_000_000)


def _smoothed(value: Floats, weight: float) -> Floats:
    # Of short series there may be thousands, and they take no time.
    return ema(value, weight) if len(value) < _FEW else _curves.get(value, weight)


def _masked(y: Floats, log_y: bool) -> Floats:
    return np.where(np.isfinite(y) & ((y > 0) | (not log_y)), y, np.nan)


def _lone(y: Floats) -> Ints:
    finite = np.concatenate([[False], np.isfinite(y), [False]])
    return np.flatnonzero(finite[1:-1] & ~finite[:-2] & ~finite[2:])
