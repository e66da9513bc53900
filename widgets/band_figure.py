"""How the values of a histogram are spread, step by step: bands around the median, and what they are at the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import bqplot
import numpy as np

from ..eventlog import percentiles
from ..eventlog.shares import NORMAL_SHARES
from . import axis_format, shown
from .figure import axis, axis_shown, figure, label, set_left
from .hover import Hover
from .progress import XAxis, places, ticks
from .theme import put
from .value_scale import ValueScale, extent

if TYPE_CHECKING:
    from ..eventlog import HistogramSample

    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["BandFigure"]

_HEIGHT = 220
_OPACITY = 0.17
_PAIRS = len(NORMAL_SHARES) // 2
_LINEAR = ValueScale()


class BandFigure:
    """Bands of one run and tag.

    Attributes
    ----------
    figure : bqplot.Figure
        The widget.
    bands : bqplot.Lines
        Row i of `x` and `y` is the outline of the band between the i-th share and the i-th from the end, of
        `eventlog.shares.NORMAL_SHARES`.
    values : float64[steps, shares]
        The percentiles that are drawn.
    hover : Hover
        What fills the tooltip.
    """

    def __init__(self) -> None:
        self._x, self._y = bqplot.LinearScale(), bqplot.LinearScale()
        scales = {"x": self._x, "y": self._y}
        self._x_axis, self._y_axis = axis(self._x), axis(self._y, vertical=True, grid=True)
        self.bands = bqplot.Lines(
            x=[], y=[], scales=scales, fill="inside", close_path=True, stroke_width=0, enable_hover=False
        )
        self._median = bqplot.Lines(x=[], y=[], scales=scales, stroke_width=1.6, enable_hover=False)
        self.hover = Hover(self._say)
        marks = [self.bands, self._median, self.hover.mark]
        self.figure = figure(marks, [self._x_axis, self._y_axis], height=_HEIGHT)
        self.figure.add_class("cb-hover")
        self.values: Floats = np.empty((0, len(NORMAL_SHARES)))
        self._at: Floats = np.empty(0)
        self._samples: list[HistogramSample] = []
        self._color, self._x_name = "#000000", ""

    def draw(self, samples: Sequence[HistogramSample], x_axis: XAxis, color: str) -> None:
        """Draw *samples*, in the order of their steps."""
        values = percentiles(samples, NORMAL_SHARES)
        some = np.all(np.isfinite(values), axis=1)
        self._samples = [samples[index] for index in np.flatnonzero(some).tolist()]
        self.values, self._color, self._x_name = values[some], color, x_axis
        self._at = places(x_axis, [one.step for one in self._samples], [one.wall_time for one in self._samples])
        x, y = self._outlines()
        with self.bands.hold_sync():
            self.bands.x, self.bands.y = x, y
            self.bands.colors = self.bands.fill_colors = [color] * _PAIRS
            self.bands.fill_opacities, self.bands.opacities = [_OPACITY] * _PAIRS, [1.0] * _PAIRS
        with self._median.hold_sync():
            self._median.x, self._median.y, self._median.colors = self._at, self.values[:, _PAIRS], [color]
        self._range(x_axis)

    def shown(self) -> shown.Chart:
        """Return what is drawn."""
        marks: list[shown.Mark] = []
        if len(self._at):
            for pair in range(_PAIRS):
                low, high = self.values[:, pair], self.values[:, -1 - pair]
                marks.append(shown.Band(self._at, low, high, self._color, _OPACITY))
            marks.append(shown.Curve(self._at, self.values[:, _PAIRS], self._color, label="median"))
        return shown.Chart(axis_shown(self._x_axis, self._x_name), axis_shown(self._y_axis), tuple(marks), _HEIGHT)

    def _outlines(self) -> tuple[Floats, Floats]:
        if not len(self._at):
            return np.empty(0), np.empty(0)
        x = np.concatenate([self._at, self._at[::-1]])
        rows = [np.concatenate([self.values[:, pair], self.values[::-1, -1 - pair]]) for pair in range(_PAIRS)]
        return np.tile(x, (_PAIRS, 1)), np.stack(rows)

    def _range(self, x_axis: XAxis) -> None:
        low, high = extent([self._at])
        if high == low:
            low, high = low - 0.5, high + 0.5
        bottom, top = _LINEAR.range([self.values])
        put(self._x, min=low, max=high)
        put(self._y, min=bottom, max=top)
        label(self._x_axis, *ticks(x_axis, low, high))
        heights, texts = _LINEAR.ticks(bottom, top)
        label(self._y_axis, heights, texts)
        set_left(self.figure, axis_format.margin(texts))

    def _say(self, share: float) -> str:
        if not len(self._at):
            return ""
        at = int(np.abs(self._at - (self._x.min + share * (self._x.max - self._x.min))).argmin())
        sample = self._samples[at]
        head = f"step {sample.step:,} · {sample.total:,.0f} values · {axis_format.clock(sample.wall_time)}"
        rows = "".join(
            f'<tr><td class="cb-name">{name}</td><td>{escape(axis_format.number(float(value)))}</td></tr>'
            for name, value in zip(_NAMES, self.values[at][::-1], strict=True)
        )
        return f'<div class="cb-sub cb-mono">{escape(head)}</div><table class="cb-legend">{rows}</table>'


def _name(share: float) -> str:
    return {0.0: "least", 0.5: "median", 1.0: "greatest"}.get(share, f"{100 * share:.0f} %")


_NAMES = [_name(share) for share in reversed(NORMAL_SHARES)]
