"""The heat map of a histogram's steps: a row a step, and the more values a bin holds the fuller its colour.

The cells are one small image, a pixel each, stretched over the axes: thousands of them weigh nothing in the page. What
is empty is transparent, so that it looks right on light and on dark pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bqplot
import ipywidgets
import numpy as np

from ..eventlog.png import encode
from . import axis_format, shown
from .figure import axis, axis_shown, figure, label, set_left, span
from .theme import put

if TYPE_CHECKING:
    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["HeatFigure", "heat_png"]

_HEIGHT = 190
_TICKS = 5


class HeatFigure:
    """Many steps: one row each, the newest below.

    Attributes
    ----------
    figure : bqplot.Figure
        The widget.
    image : bqplot.Image
        Its `image` holds the cells as PNG, a pixel each.
    cells : shown.Cells or None
        What is drawn.
    """

    def __init__(self) -> None:
        self._x, self._y = bqplot.LinearScale(), bqplot.LinearScale()
        self._x_axis, self._y_axis = axis(self._x), axis(self._y, vertical=True)
        self.cells: shown.Cells | None = None
        empty = ipywidgets.Image(value=heat_png(np.zeros((1, 1)), "#000000"), format="png")
        self.image = bqplot.Image(image=empty, scales={"x": self._x, "y": self._y}, enable_hover=False)
        self.figure = figure([self.image], [self._x_axis, self._y_axis], height=_HEIGHT)

    def draw(self, steps: list[int], edges: Floats, counts: Floats, color: str) -> None:
        """Draw *counts* float64[n, bins] of *steps* (oldest first) over *edges* float64[bins+1]."""
        rows = max(len(steps), 1)
        totals = counts.sum(axis=1, keepdims=True)
        shares = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
        shares = shares / (shares.max(initial=0) or 1.0)
        # Upwards from the newest, as places on the axis go.
        self.cells = shown.Cells(edges, np.arange(rows + 1, dtype=np.float64), shares[::-1], color)
        old = self.image.image
        with self.image.hold_sync():
            self.image.image = ipywidgets.Image(value=heat_png(shares, color), format="png")
            self.image.x, self.image.y = [edges[0], edges[-1]], [0.0, float(rows)]
        old.close()
        span(self._x, self._x_axis, edges)
        put(self._y, min=0.0, max=float(rows))
        every = -(-rows // _TICKS)
        heights = {place + 0.5: f"{steps[-1 - place]:,}" for place in range(0, len(steps), every)}
        label(self._y_axis, list(heights), list(heights.values()))
        set_left(self.figure, axis_format.margin(list(heights.values())))

    def shown(self) -> shown.Chart:
        """Return what is drawn."""
        marks = () if self.cells is None else (self.cells,)
        return shown.Chart(axis_shown(self._x_axis), axis_shown(self._y_axis, "step"), marks, _HEIGHT)


def heat_png(shares: Floats, color: str) -> bytes:
    """Return a PNG of *shares* float64[rows, columns], 0 (transparent) to 1 (*color*, "#rrggbb"), a pixel each."""
    pixels = np.empty((*shares.shape, 4), np.uint8)
    pixels[..., :3] = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
    pixels[..., 3] = np.round(np.clip(shares, 0, 1) * 255)
    return encode(pixels)
