"""The x axis that goes with training: steps, time since the start, or the time of day."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from . import axis_format

if TYPE_CHECKING:
    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["ABOUT_X_AXES", "X_AXES", "XAxis", "places", "ticks"]

XAxis = Literal["step", "relative", "wall"]
X_AXES: tuple[XAxis, ...] = get_args(XAxis)
ABOUT_X_AXES = ("Steps", "Time since the first point of each run", "Time of day, by the kernel's clock")


def places(x_axis: XAxis, step: Any, wall_time: Any) -> Floats:
    """Return where points stand, float64[n]: steps, seconds since the first one, or local seconds.

    Local seconds are seconds since the epoch shifted by the kernel's time zone, so that a UTC axis shows the kernel's
    clock.
    """
    if x_axis == "step":
        return np.asarray(step, np.float64)
    wall = np.asarray(wall_time, np.float64)
    if x_axis == "relative":
        return wall - wall[0] if len(wall) else wall
    return wall + (time.localtime(wall[-1]).tm_gmtoff if len(wall) and abs(wall[-1]) < 1e11 else 0)


def ticks(x_axis: XAxis, low: float, high: float) -> tuple[list[float], list[str]]:
    """Return round places in [low, high] and what to write there."""
    if x_axis == "relative":
        return axis_format.span_ticks(low, high)
    if x_axis == "wall":
        return axis_format.date_ticks(low, high, 4)
    whole = axis_format.nice_ticks(low, high, least=1.0)
    return whole, axis_format.labels(whole)
