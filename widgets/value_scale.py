"""How values lie along the y axis: evenly, by their logarithm, or by a logarithm that has a place for zero and below.

bqplot has no symlog scale, so its places are computed here and drawn on a linear one: asinh(value / threshold), as in
the viewer and in matplotlib.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from . import axis_format

if TYPE_CHECKING:
    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["Y_SCALES", "ValueScale", "YScale", "extent", "value_scale"]

YScale = Literal["linear", "log", "symlog"]
Y_SCALES: tuple[YScale, ...] = get_args(YScale)

_MARGIN = 0.06
_MOST_DECADES = 9
_COUNT = 5
_GREATEST = float(np.finfo(np.float64).max)
_LEAST = 5e-324
_FACTORS = ((1,), (1, 3), (1, 2, 5))


@dataclass(frozen=True, slots=True)
class ValueScale:
    """A scale of values.

    Parameters
    ----------
    kind
        What it is called.
    threshold
        Of symlog: values closer to zero than this lie almost evenly.
    """

    kind: YScale = "linear"
    threshold: float = 1.0

    def places(self, values: Floats) -> Floats:
        """Return where values are drawn, float64[...]; NaN where they have no place."""
        if self.kind == "symlog":
            return np.asarray(np.arcsinh(values / self.threshold))
        return np.where(values > 0, values, np.nan) if self.kind == "log" else values

    def range(self, places: Sequence[Floats]) -> tuple[float, float]:
        """Return the range of places to show, with some room, so that no line runs along the frame."""
        low, high = extent(places)
        if self.kind == "log":
            low, high = (low, high) if low > 0 else (0.1, 10.0)
            room = math.exp((math.log(high) - math.log(low)) * _MARGIN) if high > low else 2.0
            return max(low / room, _LEAST), min(high * room, _GREATEST)
        room = (high - low) * _MARGIN or abs(high) * 0.1 or 1.0
        if not math.isfinite(room):  # from one end of what a float holds to the other
            return low, high
        return (0.0 if low >= 0 > low - room else low - room), high + room

    def ticks(self, low: float, high: float) -> tuple[list[float], list[str]]:
        """Return places in the range [low, high] of places, and what to write there."""
        if self.kind == "linear":
            values = axis_format.nice_ticks(low, high, _COUNT)
            return values, axis_format.labels(values)
        if self.kind == "log":
            values = axis_format.log_ticks(low, high)
            return values, [axis_format.number(value) for value in values]
        values = self._symlog_ticks(low, high)
        return [math.asinh(value / self.threshold) for value in values], [axis_format.number(v) for v in values]

    def _symlog_ticks(self, low: float, high: float) -> list[float]:
        """Zero, and powers of ten from the greatest down as far as they stand apart; parts of them if those are few."""
        bottom, top = (self._value(end) for end in (low, high))
        for factors in _FACTORS:
            found = self._apart(low, high, factors, max(abs(bottom), abs(top), self.threshold))
            if len(found) >= 3:
                return found
        return axis_format.nice_ticks(bottom, top, _COUNT)

    def _value(self, place: float) -> float:
        value = self.threshold * math.sinh(min(max(place, -700.0), 700.0))
        return min(max(value, -_GREATEST), _GREATEST)

    def _apart(self, low: float, high: float, factors: Sequence[int], most: float) -> list[float]:
        gap = 0.7 * (high - low) / _COUNT
        found = {0.0: 0.0} if low <= 0 <= high else {}
        first, last = math.ceil(math.log10(self.threshold) - 1e-9), min(math.ceil(math.log10(most)), 308)
        # Powers of ten first: their parts take what room they leave.
        for factor in factors:
            for power in range(last, first - 1, -1):
                for tick in (factor * 10.0**power, -factor * 10.0**power):
                    place = math.asinh(tick / self.threshold)
                    if low <= place <= high and all(abs(other - place) >= gap for other in found.values()):
                        found[tick] = place
        return sorted(found)


def value_scale(kind: YScale, arrays: Sequence[Floats]) -> ValueScale:
    """Return the scale of a kind for these values.

    The threshold of symlog is a power of ten below nine tenths of the values, so that these lie by their logarithm.
    """
    if kind != "symlog":
        return ValueScale(kind)
    sizes = np.abs(np.concatenate([np.empty(0), *arrays]))
    sizes = sizes[np.isfinite(sizes) & (sizes > 0)]
    if not len(sizes):
        return ValueScale(kind)
    usual = np.quantile(sizes, 0.1, method="lower")
    power = max(math.floor(math.log10(usual)), math.floor(math.log10(sizes.max())) - _MOST_DECADES, -300)
    return ValueScale(kind, 10.0**power)


def extent(arrays: Sequence[Floats]) -> tuple[float, float]:
    """Return the least and the greatest finite number of all *arrays*; 0 and 1 if there is none."""
    finite = [array[np.isfinite(array)] for array in arrays]
    filled = [array for array in finite if len(array)]
    if not filled:
        return 0.0, 1.0
    return min(float(array.min()) for array in filled), max(float(array.max()) for array in filled)
