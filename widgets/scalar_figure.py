"""The drawing of one scalar chart: axes, a line for each run, marks for the points a line cannot show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import bqplot
import ipywidgets
import numpy as np

from . import axis_format
from .figure import axis, figure, label, set_left
from .scalar_lines import Line, XAxis, columns, line
from .theme import put

if TYPE_CHECKING:
    from ..eventlog import Run, ScalarSeries

    Range = tuple[float, float]

__all__ = ["ScalarFigure", "View"]

_FAINT = 0.28
_MARGIN = 0.06


@dataclass(frozen=True, slots=True)
class View:
    """How the charts of a board are shown."""

    x_axis: XAxis = "step"
    smoothing: float = 0.0
    log_y: bool = False


class ScalarFigure:
    """A figure for one tag and one kind of axes.

    Parameters
    ----------
    tag
        The tag.
    view
        What the axes show; `x_axis` and `log_y` stay as they are for the life of the figure.
    brushed
        Called with the range of x (in the units of `scalar_lines.positions`) that the user dragged over.

    Attributes
    ----------
    figure : bqplot.Figure
        The widget.
    lines : dict[str, bqplot.Lines]
        The mark of each run; `y` is float64[m], or float64[2, m] when smoothed: the values and the smoothed values.
    drawn : dict[str, Line]
        The same before units were applied.
    bytes_sent : int
        Bytes of points sent to the page since the figure was made.
    """

    def __init__(self, tag: str, view: View, brushed: Callable[[Range], None]) -> None:
        self.tag, self._view, self._brushed = tag, view, brushed
        self.lines: dict[str, bqplot.Lines] = {}
        self.drawn: dict[str, Line] = {}
        self.bytes_sent = 0
        self._states: dict[str, tuple[Any, ...]] = {}
        self._x = bqplot.LinearScale()
        self._y = bqplot.LogScale() if view.log_y else bqplot.LinearScale()
        scales = {"x": self._x, "y": self._y}
        self._scales = scales
        self._x_axis, self._y_axis = axis(self._x), axis(self._y, vertical=True, grid=True)
        self._lone = bqplot.Scatter(x=[], y=[], scales=scales, default_size=18, enable_hover=False)
        self._odd = bqplot.Scatter(x=[], y=[], scales=scales, default_size=40, marker="triangle-up", enable_hover=False)
        self._brush = bqplot.interacts.BrushIntervalSelector(scale=self._x)
        self._brush.observe(self._on_brush, "brushing")
        self.figure = figure([self._lone, self._odd], [self._x_axis, self._y_axis], interaction=self._brush)

    def draw(self, runs: Sequence[Run], smoothing: float, window: Range | None) -> None:
        """Bring the lines in line with *runs*; only what changed is sent."""
        width = columns(len(runs), 2 if smoothing else 1)
        for run in runs:
            self._draw_run(run, smoothing, width, window)
        self._drop([name for name in self.lines if name not in {run.name for run in runs}])
        self._scale(window)
        self._mark_points(runs)
        marks = [*(self.lines[run.name] for run in runs), self._lone, self._odd]
        if self.figure.marks != marks:
            self.figure.marks = marks

    # lines

    def _draw_run(self, run: Run, smoothing: float, width: int, window: Range | None) -> None:
        series = run.scalars[self.tag]
        state = (*_fingerprint(series), run.color, smoothing, width, window)
        if self._states.get(run.name) == state:
            return
        view = self._view
        made = line(series, x_axis=view.x_axis, smoothing=smoothing, log_y=view.log_y, width=width, window=window)
        mark = self.lines.get(run.name)
        if mark is None:
            mark = self.lines[run.name] = bqplot.Lines(
                scales=self._scales, labels=[run.name], enable_hover=False, stroke_width=1.6
            )
        y = made.y if made.smooth is None else np.vstack([made.y, made.smooth])
        with mark.hold_sync():
            mark.x, mark.y = made.x, y
            mark.colors = [run.color] * y.ndim
            mark.opacities = [1.0] if made.smooth is None else [_FAINT, 1.0]
        self.bytes_sent += made.x.nbytes + y.nbytes
        self.drawn[run.name], self._states[run.name] = made, state

    def _drop(self, names: list[str]) -> None:
        if names:
            gone = [self.lines[name] for name in names]
            self.figure.marks = [mark for mark in self.figure.marks if all(mark is not one for one in gone)]
        for name in names:
            # only the mark goes: its scales are the figure's
            ipywidgets.Widget.close(self.lines.pop(name))
            del self.drawn[name], self._states[name]

    def _mark_points(self, runs: Sequence[Run]) -> None:
        """Draw points without neighbours as dots, NaN and infinities as triangles: a line shows neither."""
        for mark, which, heights in ((self._lone, "lone", _own_heights), (self._odd, "odd", Line.odd_heights)):
            drawn = [(run.color, self.drawn[run.name]) for run in runs]
            x = np.concatenate([made.x[getattr(made, which)] for _, made in drawn] or [np.empty(0)])
            y = np.concatenate([heights(made) for _, made in drawn] or [np.empty(0)])
            colors = [color for color, made in drawn for _ in getattr(made, which)]
            if not (len(x) or len(mark.x)):
                continue
            with mark.hold_sync():
                mark.x, mark.y, mark.colors = x, y, colors or ["#80868f"]

    # axes

    def _scale(self, window: Range | None) -> None:
        """Set ranges and ticks here rather than in the page, so that every front end shows the same."""
        low, high = window or _extent([made.x for made in self.drawn.values()])
        bottom, top = self._heights()
        if high == low:
            low, high = low - 0.5, high + 0.5
        put(self._x, min=low, max=high)
        put(self._y, min=bottom, max=top)
        label(self._x_axis, *self._x_ticks(low, high))
        heights = axis_format.log_ticks(bottom, top) if self._view.log_y else axis_format.nice_ticks(bottom, top)
        texts = [axis_format.number(height) for height in heights] if self._view.log_y else axis_format.labels(heights)
        label(self._y_axis, heights, texts)
        set_left(self.figure, axis_format.margin(texts))

    def _x_ticks(self, low: float, high: float) -> tuple[list[float], list[str]]:
        if self._view.x_axis == "relative":
            return axis_format.span_ticks(low, high)
        if self._view.x_axis == "wall":
            return axis_format.date_ticks(low, high, 4)
        ticks = axis_format.nice_ticks(low, high, least=1.0)
        return ticks, axis_format.labels(ticks)

    def _heights(self) -> Range:
        bottom, top = _extent([made.y for made in self.drawn.values()])
        if self._view.log_y:
            bottom, top = (bottom, top) if bottom > 0 else (0.1, 10.0)
            room = (top / bottom) ** _MARGIN if top > bottom else 2.0
            return bottom / room, top * room
        room = (top - bottom) * _MARGIN or abs(top) * 0.1 or 1.0
        return (0.0 if bottom >= 0 > bottom - room else bottom - room), top + room

    # zoom

    def _on_brush(self, change: dict[str, Any]) -> None:
        if change["new"] or self._brush.selected is None or len(self._brush.selected) != 2:
            return
        low, high = sorted(float(end) for end in self._brush.selected)
        self._brush.reset()
        if high > low:
            self._brushed((low, high))


def _fingerprint(series: ScalarSeries) -> tuple[Any, ...]:
    """Return what changes whenever the points of *series* change."""
    step, wall, value = series.step, series.wall_time, series.value
    return (len(step), repr((step[-1], wall[0], wall[-1], value[-1]))) if len(step) else (0,)


def _own_heights(made: Line) -> np.ndarray[Any, Any]:
    return made.y[made.lone]


def _extent(arrays: list[np.ndarray[Any, Any]]) -> tuple[float, float]:
    finite = [array[np.isfinite(array)] for array in arrays]
    filled = [array for array in finite if len(array)]
    if not filled:
        return 0.0, 1.0
    low, high = min(float(array.min()) for array in filled), max(float(array.max()) for array in filled)
    return low, high
