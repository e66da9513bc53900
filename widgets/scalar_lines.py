"""From a scalar series to the few numbers that a chart needs: smoothed on every point, then thinned for the page."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from ..eventlog import ema, thin

if TYPE_CHECKING:
    from ..eventlog import ScalarSeries

    Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
    Ints = np.ndarray[tuple[int], np.dtype[np.int64]]

__all__ = ["MAX_FIGURE_POINTS", "MAX_POINTS", "X_AXES", "Line", "XAxis", "columns", "line", "positions"]

MAX_POINTS = 1000
"""Points of one line in the page, at most."""

MAX_FIGURE_POINTS = 50_000
"""Points of all lines of one figure in the page, at most."""

XAxis = Literal["step", "relative", "wall"]
X_AXES: tuple[XAxis, ...] = get_args(XAxis)


@dataclass(frozen=True, slots=True)
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
    """

    x: Floats
    y: Floats
    smooth: Floats | None
    lone: Ints
    odd: Ints

    def odd_heights(self) -> Floats:
        """Return where to mark the odd points, float64[k]: at the last value drawn before each, else the first."""
        drawn = np.flatnonzero(np.isfinite(self.y))
        if not len(drawn):
            return np.zeros(len(self.odd))
        before = np.searchsorted(drawn, self.odd) - 1
        heights: Floats = self.y[drawn[np.maximum(before, 0)]]
        return heights


def columns(lines: int, curves: int) -> int:
    """Return the width to thin for, so that *lines* runs of *curves* curves each keep within the limits of a figure."""
    points = min(MAX_POINTS, MAX_FIGURE_POINTS // max(lines * curves, 1))
    return max(4, (points - 2) // 4)


def positions(series: ScalarSeries, x_axis: XAxis) -> Floats:
    """Return where the points of *series* stand on the x axis, float64[n]: steps, seconds since its first point, or
    local seconds.

    Local seconds are seconds since the epoch shifted by the kernel's time zone, so that a UTC axis shows the kernel's
    clock.
    """
    if x_axis == "step":
        return np.asarray(series.step, np.float64)
    wall = np.asarray(series.wall_time, np.float64)
    if x_axis == "relative":
        return wall - wall[0] if len(wall) else wall
    return wall + (time.localtime(wall[-1]).tm_gmtoff if len(wall) and abs(wall[-1]) < 1e11 else 0)


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
    odd = ~np.isfinite(value[kept])
    y = np.where(odd | (log_y & (value[kept] <= 0)), np.nan, value[kept])
    smooth = _masked(ema(value, smoothing)[kept], log_y) if smoothing > 0 else None
    return Line(x[kept], y, smooth, _lone(y), np.flatnonzero(odd & ~np.concatenate([[False], odd[:-1]])))


def _masked(y: Floats, log_y: bool) -> Floats:
    return np.where(np.isfinite(y) & ((y > 0) | (not log_y)), y, np.nan)


def _lone(y: Floats) -> Ints:
    finite = np.concatenate([[False], np.isfinite(y), [False]])
    return np.flatnonzero(finite[1:-1] & ~finite[:-2] & ~finite[2:])
