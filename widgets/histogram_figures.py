"""The two drawings of a histogram: one step as bars, many steps as ridges behind each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bqplot
import numpy as np

from . import axis_format, shown
from .figure import axis, axis_shown, figure, label, set_left, span
from .theme import put

if TYPE_CHECKING:
    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["BarFigure", "RidgeFigure", "ridges", "shades"]

HEIGHT = 190
"""Of both drawings, in pixels."""

_OVERLAP = 3.0
_OLD = (154, 160, 166)
_TICKS = 5


class BarFigure:
    """One step: a bar for each bin; the heights sum to the logged count.

    Attributes
    ----------
    figure : bqplot.Figure
        The widget.
    bars : bqplot.Bars
        `x` float64[bins] holds the middles of the bins, `y` float64[bins] their counts.
    """

    def __init__(self) -> None:
        self._x, self._y = bqplot.LinearScale(), bqplot.LinearScale(min=0)
        self._x_axis, self._y_axis = axis(self._x), axis(self._y, vertical=True, grid=True)
        self.bars = bqplot.Bars(scales={"x": self._x, "y": self._y}, padding=0.08, enable_hover=False)
        self.figure = figure([self.bars], [self._x_axis, self._y_axis], height=HEIGHT)

    def draw(self, edges: Floats, counts: Floats, color: str) -> None:
        """Draw *counts* float64[bins] over *edges* float64[bins+1], which are of equal width."""
        with self.bars.hold_sync():
            self.bars.x, self.bars.y, self.bars.colors = (edges[:-1] + edges[1:]) / 2, counts, [color]
        top = float(counts.max(initial=0)) * 1.06 or 1.0
        put(self._y, max=top)
        heights = axis_format.nice_ticks(0, top, 4)
        label(self._y_axis, heights, axis_format.labels(heights))
        span(self._x, self._x_axis, edges)
        set_left(self.figure, axis_format.margin(axis_format.labels(heights)))

    def shown(self) -> shown.Chart:
        """Return what is drawn."""
        x, y = axis_shown(self._x_axis), axis_shown(self._y_axis)
        edges = np.linspace(x.low, x.high, len(self.bars.y) + 1)
        marks = (shown.Bars(edges, self.bars.y, self.bars.colors[0]),) if len(self.bars.y) else ()
        return shown.Chart(x, y, marks, HEIGHT)

    def clear(self) -> None:
        """Draw nothing."""
        with self.bars.hold_sync():
            self.bars.x, self.bars.y = np.empty(0), np.empty(0)


class RidgeFigure:
    """Many steps: one ridge each, the newest in front at the bottom.

    Attributes
    ----------
    figure : bqplot.Figure
        The widget.
    ridges : bqplot.Lines
        Row i of `x` and `y` is the outline of step i, oldest first.
    """

    def __init__(self) -> None:
        self._x, self._y = bqplot.LinearScale(), bqplot.LinearScale()
        self._x_axis, self._y_axis = axis(self._x), axis(self._y, vertical=True)
        self.ridges = bqplot.Lines(
            scales={"x": self._x, "y": self._y}, fill="inside", close_path=True, stroke_width=0.8, enable_hover=False
        )
        self.figure = figure([self.ridges], [self._x_axis, self._y_axis], height=HEIGHT)

    def draw(self, steps: list[int], edges: Floats, counts: Floats, color: str) -> None:
        """Draw *counts* float64[n, bins] of *steps* (oldest first) over *edges* float64[bins+1]."""
        x, y = ridges(edges, counts)
        colors = shades(color, len(steps))
        with self.ridges.hold_sync():
            self.ridges.x, self.ridges.y = x, y
            self.ridges.fill_colors, self.ridges.colors = colors, [_mixed(one, (255, 255, 255), 0.45) for one in colors]
            self.ridges.fill_opacities, self.ridges.opacities = [1.0] * len(steps), [1.0] * len(steps)
        span(self._x, self._x_axis, edges)
        put(self._y, min=-0.15, max=max(len(steps) - 1 + _OVERLAP * 1.05, 1.0))
        self._label(steps)

    def shown(self) -> shown.Chart:
        """Return what is drawn."""
        mark = self.ridges
        rows = zip(np.atleast_2d(mark.x), np.atleast_2d(mark.y), mark.fill_colors, mark.colors, strict=False)
        marks = tuple(shown.Outline(*row) for row in rows) if np.size(mark.x) else ()
        return shown.Chart(axis_shown(self._x_axis), axis_shown(self._y_axis, "step"), marks, HEIGHT)

    def _label(self, steps: list[int]) -> None:
        every = -(-len(steps) // _TICKS)
        heights = {float(place): f"{steps[-1 - place]:,}" for place in range(0, len(steps), every)}
        label(self._y_axis, list(heights), list(heights.values()))
        set_left(self.figure, axis_format.margin(list(heights.values())))


def ridges(edges: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Return the outlines x, y float64[n, bins+2] of *counts* float64[n, bins], one above the other by 1, the last at
    0.

    The highest bin of all stands `_OVERLAP` high.
    """
    middles = np.concatenate([edges[:1], (edges[:-1] + edges[1:]) / 2, edges[-1:]])
    highest = float(counts.max(initial=0)) or 1.0
    base = np.arange(len(counts) - 1, -1, -1, dtype=np.float64)[:, None]
    y = np.pad(counts / highest * _OVERLAP, ((0, 0), (1, 1))) + base
    return np.broadcast_to(middles, y.shape).copy(), y


def shades(color: str, count: int) -> list[str]:
    """Return *count* colours from a tinted grey to *color* ("#rrggbb"), the last."""
    return [_mixed(color, _OLD, 0.7 * (1 - (index + 1) / count)) for index in range(count)]


def _mixed(color: str, other: tuple[int, int, int], share: float) -> str:
    parts = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in zip(parts, other, strict=True))
