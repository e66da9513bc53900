"""The drawing of one scalar chart: axes, a line for each run, marks for the points a line cannot show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import bqplot
import ipywidgets
import numpy as np

from . import axis_format, shown
from .figure import RULE, axis, axis_shown, figure, label, set_left
from .hover import Hover
from .progress import XAxis, ticks
from .scalar_lines import Line, columns, line
from .theme import put
from .value_scale import ValueScale, YScale, extent, value_scale

if TYPE_CHECKING:
    from ..eventlog import Run, ScalarSeries

    Range = tuple[float, float]

__all__ = ["POINTERS", "Pointer", "ScalarFigure", "View"]

Pointer = Literal["hover", "zoom", "pan"]
"""What the pointer does over a chart: ask for values, choose a range to zoom to, or move the range and scale it."""

POINTERS: tuple[Pointer, ...] = get_args(Pointer)

_FAINT = 0.35
_WIDTH = 1.6


@dataclass(frozen=True, slots=True)
class View:
    """How the charts of a board are shown."""

    x_axis: XAxis = "step"
    smoothing: float = 0.0
    y_scale: YScale = "linear"
    pointer: Pointer = "hover"


class ScalarFigure:
    """A figure for one tag and one kind of axes.

    Parameters
    ----------
    tag
        The tag.
    view
        What the axes show; `x_axis` and `y_scale` stay as they are for the life of the figure.
    zoomed
        Called with the range of x (in the units of `scalar_lines.positions`) that the user chose; with None for all.
    say
        What to say of a place on the x axis, given it and how much the axis spans, as HTML.

    Attributes
    ----------
    figure : bqplot.Figure
        The widget.
    lines : dict[str, bqplot.Lines]
        The mark of each run; `y` is float64[m], or float64[2, m] when smoothed: the values and the smoothed values, as
        places of the scale.
    drawn : dict[str, Line]
        The same as values.
    hover : Hover
        What fills the tooltip.
    bytes_sent : int
        Bytes of points sent to the page since the figure was made.
    """

    def __init__(
        self, tag: str, view: View, zoomed: Callable[[Range | None], None], say: Callable[[float, float], str]
    ) -> None:
        self.tag, self._view, self._zoomed, self._say = tag, view, zoomed, say
        self.lines: dict[str, bqplot.Lines] = {}
        self.drawn: dict[str, Line] = {}
        self.bytes_sent = 0
        self._states: dict[str, tuple[Any, ...]] = {}
        self._sent: dict[str, tuple[Line, ValueScale, str]] = {}
        self._scale = ValueScale(view.y_scale)
        self._x = bqplot.LinearScale()
        self._y = bqplot.LogScale() if view.y_scale == "log" else bqplot.LinearScale()
        self._scales = scales = {"x": self._x, "y": self._y}
        self._x_axis, self._y_axis = axis(self._x), axis(self._y, vertical=True, grid=True)
        self._lone = bqplot.Scatter(x=[], y=[], scales=scales, default_size=18, enable_hover=False)
        self._odd = bqplot.Scatter(x=[], y=[], scales=scales, default_size=40, marker="triangle-up", enable_hover=False)
        self.hover = Hover(self._say_at)
        self._pointer: Pointer = "hover"
        self._moving = False
        self._x.observe(self._on_pan, ["min", "max"])
        marks = [self._lone, self._odd, self.hover.mark]
        self.figure = figure(marks, [self._x_axis, self._y_axis])
        self.figure.add_class("cb-hover")
        self.point(view.pointer)

    def point(self, pointer: Pointer) -> None:
        """Set what the pointer does."""
        if pointer == self._pointer:
            return
        old, self._pointer = self.figure.interaction, pointer
        self.figure.interaction = self._interaction(pointer)
        if old is not None:
            ipywidgets.Widget.close(old)  # it alone: its scale is the figure's

    def _interaction(self, pointer: Pointer) -> bqplot.interacts.Interaction | None:
        if pointer == "zoom":
            brush = bqplot.interacts.BrushIntervalSelector(scale=self._x)
            brush.observe(self._on_brush, "brushing")
            return brush
        return bqplot.interacts.PanZoom(scales={"x": [self._x]}) if pointer == "pan" else None

    def draw(self, runs: Sequence[Run], smoothing: float, window: Range | None) -> None:
        """Bring the lines in line with *runs*; only what changed is sent."""
        width = columns(len(runs), 2 if smoothing else 1)
        for run in runs:
            self._prepare(run, smoothing, width, window)
        self._drop([name for name in self.drawn if name not in {run.name for run in runs}])
        self._scale = value_scale(self._view.y_scale, [made.y for made in self.drawn.values()])
        for run in runs:
            self._send(run)
        self._range(window)
        self._mark_points(runs)
        marks = [*(self.lines[run.name] for run in runs), self._lone, self._odd, self.hover.mark]
        if self.figure.marks != marks:
            self.figure.marks = marks

    def shown(self) -> shown.Chart:
        """Return what is drawn."""
        marks: list[shown.Mark] = []
        for name, (made, scale, color) in self._sent.items():
            # Not from the mark: bqplot makes one of the two rows of a single point.
            curves = [(made.y, 1.0)] if made.smooth is None else [(made.y, _FAINT), (made.smooth, 1.0)]
            marks += [shown.Curve(made.x, scale.places(y), color, opacity, _WIDTH, name) for y, opacity in curves]
        for dots, shape in ((self._lone, "circle"), (self._odd, "triangle")):
            if len(dots.x):
                marks.append(shown.Dots(dots.x, dots.y, tuple(dots.colors), shape))  # type: ignore[arg-type]
        return shown.Chart(axis_shown(self._x_axis, self._view.x_axis), axis_shown(self._y_axis), tuple(marks))

    # lines

    def _prepare(self, run: Run, smoothing: float, width: int, window: Range | None) -> None:
        series = run.scalars[self.tag]
        state = (*_fingerprint(series), smoothing, width, window)
        if self._states.get(run.name) == state:
            return
        view = self._view
        self._states[run.name] = state
        self.drawn[run.name] = line(
            series,
            x_axis=view.x_axis,
            smoothing=smoothing,
            log_y=view.y_scale == "log",
            width=width,
            window=window,
        )

    def _send(self, run: Run) -> None:
        made = self.drawn[run.name]
        known = self._sent.get(run.name)
        if known is not None and known[0] is made and known[1:] == (self._scale, run.color):
            return
        mark = self.lines.get(run.name)
        if mark is None:
            mark = self.lines[run.name] = bqplot.Lines(
                scales=self._scales, labels=[run.name], enable_hover=False, stroke_width=_WIDTH
            )
        y = self._scale.places(made.y if made.smooth is None else np.vstack([made.y, made.smooth]))
        with mark.hold_sync():
            mark.x, mark.y = made.x, y
            mark.colors = [run.color] * y.ndim
            mark.opacities = [1.0] if made.smooth is None else [_FAINT, 1.0]
        self.bytes_sent += made.x.nbytes + y.nbytes
        self._sent[run.name] = made, self._scale, run.color

    def _drop(self, names: list[str]) -> None:
        if names:
            gone = [self.lines[name] for name in names]
            self.figure.marks = [mark for mark in self.figure.marks if all(mark is not one for one in gone)]
        for name in names:
            # only the mark goes: its scales are the figure's
            ipywidgets.Widget.close(self.lines.pop(name))
            del self.drawn[name], self._states[name], self._sent[name]

    def _mark_points(self, runs: Sequence[Run]) -> None:
        """Draw points without neighbours as dots, NaN and infinities as triangles: a line shows neither."""
        for mark, which, heights in ((self._lone, "lone", _own_heights), (self._odd, "odd", Line.odd_heights)):
            drawn = [(run.color, self.drawn[run.name]) for run in runs]
            x = np.concatenate([made.x[getattr(made, which)] for _, made in drawn] or [np.empty(0)])
            y = np.concatenate([self._scale.places(heights(made)) for _, made in drawn] or [np.empty(0)])
            colors = [color for color, made in drawn for _ in getattr(made, which)]
            if not (len(x) or len(mark.x)):
                continue
            with mark.hold_sync():
                mark.x, mark.y, mark.colors = x, y, colors or [RULE]

    # axes

    def _range(self, window: Range | None) -> None:
        """Set ranges and ticks here rather than in the page, so that every front end shows the same."""
        low, high = window or extent([made.x for made in self.drawn.values()])
        if high == low:
            low, high = low - 0.5, high + 0.5
        bottom, top = self._scale.range([self._scale.places(made.y) for made in self.drawn.values()])
        self._moving = True
        try:
            put(self._x, min=low, max=high)
        finally:
            self._moving = False
        put(self._y, min=bottom, max=top)
        label(self._x_axis, *ticks(self._view.x_axis, low, high))
        heights, texts = self._scale.ticks(bottom, top)
        label(self._y_axis, heights, texts)
        set_left(self.figure, axis_format.margin(texts))

    # what the pointer does

    def _on_brush(self, change: dict[str, Any]) -> None:
        brush = change["owner"]
        if change["new"]:
            return
        if brush.selected is None or len(brush.selected) != 2:
            self._zoomed(None)  # a click, or two, without a drag
            return
        low, high = sorted(float(end) for end in brush.selected)
        brush.selected = None  # its reset() does nothing in the page
        if high > low:
            self._zoomed((low, high))

    def _on_pan(self, _: dict[str, Any]) -> None:
        low, high = self._x.min, self._x.max
        if not self._moving and low is not None and high is not None and high > low:
            self._zoomed((float(low), float(high)))

    def _say_at(self, share: float) -> str:
        low, high = self._x.min, self._x.max
        return "" if low is None or high is None else self._say(low + share * (high - low), high - low)


def _fingerprint(series: ScalarSeries) -> tuple[Any, ...]:
    """Return what changes whenever the points of *series* change."""
    step, wall, value = series.step, series.wall_time, series.value
    return (len(step), repr((step[-1], wall[0], wall[-1], value[-1]))) if len(step) else (0,)


def _own_heights(made: Line) -> np.ndarray[Any, Any]:
    return made.y[made.lone]
