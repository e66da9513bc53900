"""How numbers are written on axes and in legends: enough digits to tell neighbours apart, and no more."""

from __future__ import annotations

import math
from datetime import datetime

__all__ = ["clock", "number", "step_format", "time_unit", "value_format", "value_margin"]

_TICKS = 5


def number(value: float) -> str:
    """Write a value for a legend: five significant digits; NaN and infinities by name."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Inf" if value > 0 else "−Inf"
    return f"{value:.5g}".replace("-", "−")


def clock(seconds: float) -> str:
    """Write a wall time (seconds since the epoch) in the kernel's time zone."""
    try:
        return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, OSError, ValueError):
        return "no time"


def value_format(low: float, high: float) -> str:
    """Return the d3 format of a value axis from *low* to *high*: as many significant digits as its ticks need."""
    return f".{_digits(low, high)}~g"


def value_margin(low: float, high: float) -> int:
    """Return the room in pixels that the tick labels of a value axis from *low* to *high* need."""
    digits = _digits(low, high)
    longest = max(len(f"{low + (high - low) * part / _TICKS:.{digits}g}") for part in range(_TICKS + 1))
    return max(40, 14 + 7 * longest)


def step_format(low: float, high: float) -> str:
    """Return the d3 format of a step axis: whole numbers while they are short, then 20k, 1.5M."""
    if max(abs(low), abs(high)) < 10_000:
        return ",d"
    return f".{_digits(low, high)}~s"


def time_unit(seconds: float) -> tuple[float, str]:
    """Return the unit in which a span of *seconds* reads best, as (seconds in the unit, its name)."""
    for size, name in ((86_400.0, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= 2 * size:
            return size, name
    return 1.0, "seconds"


def _digits(low: float, high: float) -> int:
    """Return how many significant digits tell apart the ticks between *low* and *high*."""
    largest, spacing = max(abs(low), abs(high)), (high - low) / _TICKS
    if not (math.isfinite(largest) and spacing > 0 and largest > 0):
        return 3
    return min(9, max(2, math.floor(math.log10(largest)) - math.floor(math.log10(spacing)) + 1))
