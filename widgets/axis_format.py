"""Where the ticks of an axis stand and how numbers are written: round places, enough digits to tell neighbours apart.

bqplot spreads ticks evenly over whatever the range is (-3, 48, 100, 151). These are computed here and written out, so
every front end and every version shows the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timezone
from itertools import pairwise

import numpy as np

__all__ = [
    "clock",
    "date_ticks",
    "duration",
    "label_key",
    "labels",
    "log_ticks",
    "margin",
    "nice_ticks",
    "number",
    "span_ticks",
]

_SPANS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
_DAY = 86_400


def number(value: float) -> str:
    """Write a value for a legend: five significant digits; NaN and infinities by name."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Inf" if value > 0 else "−Inf"
    return f"{value:.5g}".replace("-", "−")


def clock(seconds: float, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """Write a wall time (seconds since the epoch) in the kernel's time zone."""
    try:
        return datetime.fromtimestamp(seconds).strftime(form)
    except (OverflowError, OSError, ValueError):
        return "no time"


def duration(seconds: float) -> str:
    """Write a stretch of time with its two greatest units: "2d 3h", "4m 5s", "6.7s"."""
    if not math.isfinite(seconds):
        return "–"
    sign, seconds = ("−" if seconds < 0 else ""), abs(seconds)
    if seconds < 60:
        return f"{sign}{seconds:.3g}s"
    for size, name, less, lesser in ((_DAY, "d", 3600, "h"), (3600, "h", 60, "m"), (60, "m", 1, "s")):
        if seconds >= size:
            return f"{sign}{int(seconds // size):,}{name} {int(seconds % size // less)}{lesser}"
    return f"{sign}{seconds:.3g}s"


def nice_ticks(low: float, high: float, count: int = 5, least: float = 0.0) -> list[float]:
    """Return about *count* round places in [low, high], 1, 2 or 5 × 10ⁿ and at least *least* apart."""
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return [low] if math.isfinite(low) else []
    spacing = _round_spacing(max(high / count - low / count, least))  # high - low may be beyond any float
    first, last = math.ceil(low / spacing - 1e-9), math.floor(high / spacing + 1e-9)
    if last - first > 4 * count:
        return []
    # Rounded to the digits of the spacing: 0.30000000000000004 is 0.3.
    digits = max(0, 1 - math.floor(math.log10(spacing)))
    return [round(place * spacing, digits) for place in range(first, last + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """Return round places in [low, high] for a logarithmic axis: powers of ten, and 2 and 5 times them if few."""
    first, last = math.floor(math.log10(low)), min(math.ceil(math.log10(high)), 308)
    every = max(1, math.ceil((last - first) / 6))
    for factors in ((1,), (1, 3), (1, 2, 5)):
        places = [factor * 10.0**power for power in range(first, last + 1, every) for factor in factors]
        inside = [place for place in places if low <= place <= high]
        if len(inside) >= 3:
            return inside
    return nice_ticks(low, high, 4)


def labels(ticks: Sequence[float]) -> list[str]:
    """Write ticks that stand evenly, all with the same number of digits: 0.98, 1.00; 20k, 40k; 1e−6."""
    if not ticks:
        return []
    largest = max(abs(tick) for tick in ticks)
    spacing = min((abs(b - a) for a, b in pairwise(ticks)), default=largest) or 1.0
    unit, suffix = next((pair for pair in ((1e9, "G"), (1e6, "M"), (1e3, "k")) if largest >= 10 * pair[0]), (1.0, ""))
    if largest and (largest < 1e-3 or largest >= 1e13):
        digits = max(0, math.floor(math.log10(largest)) - math.floor(math.log10(spacing)))
        return [_short(f"{tick:.{digits}e}") if tick else "0" for tick in ticks]
    decimals = max(0, -math.floor(math.log10(spacing / unit) + 1e-9))
    return [f"{tick / unit:,.{decimals}f}{suffix if tick else ''}".replace("-", "−") for tick in ticks]


def span_ticks(low: float, high: float, count: int = 5) -> tuple[list[float], list[str]]:
    """Return places and labels for an axis of seconds: "20 s", "5 min", "2 h", "3 d"."""
    spacing = _round_span((high - low) / count)
    size, name = next((unit for unit in ((_DAY, "d"), (3600, "h"), (60, "min")) if spacing >= unit[0]), (1, "s"))
    ticks = nice_ticks(low, high, count) if size == 1 else _multiples(low, high, spacing)
    return ticks, [
        f"{label} {name}" if tick else "0" for tick, label in zip(ticks, labels([t / size for t in ticks]), strict=True)
    ]


def date_ticks(low: float, high: float, count: int = 5) -> tuple[list[float], list[str]]:
    """Return places and labels for an axis of local seconds (see `scalar_lines.positions`): "14:30", "Nov 21"."""
    spacing = _round_span((high - low) / count)
    ticks = _multiples(low, high, spacing)
    try:
        return ticks, [_date(tick, spacing) for tick in ticks]
    except (OverflowError, OSError, ValueError):
        return ticks, labels(ticks)


def _date(seconds: float, spacing: float) -> str:
    """Write a local time with what tells it from one *spacing* seconds away."""
    when = datetime.fromtimestamp(seconds, timezone.utc)
    if spacing >= _DAY:
        return when.strftime("%b %d")
    if spacing >= 60:
        return when.strftime("%H:%M")
    if spacing >= 1:
        return when.strftime("%H:%M:%S")
    return when.strftime("%M:%S.%f")[: -3 if spacing >= 1e-3 else None]


def margin(texts: Sequence[str]) -> int:
    """Return the room in pixels for tick labels beside an axis."""
    return 16 + round(6.7 * max(map(len, texts), default=1))


def label_key(value: float) -> str:
    """Write a number as JavaScript does: bqplot looks tick labels up by it."""
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        return np.format_float_positional(value, trim="-")
    return np.format_float_scientific(value, trim="-", exp_digits=1)


def _round_span(seconds: float) -> float:
    if not (math.isfinite(seconds) and seconds > 0):
        return 1.0
    if seconds < 1:
        return _round_spacing(seconds)
    for span in _SPANS:
        if span >= seconds * 0.999:
            return float(span)
    return _DAY * _round_spacing(seconds / _DAY)


def _round_spacing(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.999)


def _multiples(low: float, high: float, spacing: float) -> list[float]:
    first, last = math.ceil(low / spacing - 1e-9), math.floor(high / spacing + 1e-9)
    return [place * spacing for place in range(first, min(last, first + 20) + 1)]


def _short(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")
