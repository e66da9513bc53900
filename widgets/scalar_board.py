"""Scalars inline: one chart a tag, all runs in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
from ipywidgets import Layout

from . import controls, shown, theme
from .board import Board
from .cards import CardGrid, by_prefix
from .controls import one_of
from .errors import OptionError
from .names import Names
from .progress import ABOUT_X_AXES, X_AXES, XAxis
from .scalar_chart import ScalarChart
from .scalar_figure import POINTERS, Pointer, View
from .scalar_values import VALUES, Values
from .value_scale import Y_SCALES, YScale

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir, Run

__all__ = ["ScalarBoard", "scalars"]

_USUAL = {"smoothing": 0.0, "x_axis": "step", "y_scale": "linear", "pointer": "hover", "values": "last", "zoom": {}}
_ABOUT_Y = ("Evenly", "By the logarithm; without values that are not positive", "By a logarithm with a place for zero")
_ABOUT_POINTER = (
    "Values at the pointer",
    "Drag over a range to see it with all its points; click to see everything",
    "Drag to move the range, turn the wheel to scale it",
)
_ABOUT_VALUES = ("The last value of each run", "Also the least, the greatest and the mean")
_FEW_POINTS = 400_000
_COLUMN = {"last": 340, "all": 480}


class ScalarBoard(Board):
    """Charts of scalars.

    Parameters
    ----------
    logdir, tags, runs, hidden_runs, live
        See `Board`.
    smoothing
        Weight of the exponential average, 0 (off) to 0.999. The line as logged stays, faint, beneath.
    x_axis
        "step", "relative" (time since the run's first point) or "wall" (the kernel's clock).
    y_scale
        "linear", "log" (values that are not positive are left out) or "symlog" (which has a place for them).
    pointer
        What the pointer does over a chart: "hover" asks for values, "zoom" chooses a range by dragging (a click shows
        all again), "pan" moves the range by dragging and scales it by the wheel.
    values
        Of the table under each chart: "last", or "all" for least, greatest and mean as well.
    zoom
        Range of x of single charts, by tag.
    """

    kind = "scalars"
    title = "Scalars"

    def __init__(
        self,
        logdir: str | os.PathLike[str] | LogDir = "runs",
        *,
        tags: Names = None,
        runs: Names = None,
        hidden_runs: list[str] | tuple[str, ...] = (),
        smoothing: float = 0.0,
        x_axis: XAxis = "step",
        y_scale: YScale = "linear",
        pointer: Pointer = "hover",
        values: Values = "last",
        zoom: Mapping[str, tuple[float, float]] | None = None,
        live: bool = True,
    ) -> None:
        if not 0 <= smoothing <= 0.999:
            raise OptionError(f"smoothing is {smoothing!r}; it goes from 0 (off) to 0.999")
        one_of("x_axis", x_axis, X_AXES)
        one_of("y_scale", y_scale, Y_SCALES)
        one_of("pointer", pointer, POINTERS)
        one_of("values", values, VALUES)
        self._windows = dict(zoom or {})
        self._smoothing = ipywidgets.FloatSlider(
            value=smoothing,
            min=0,
            max=0.999,
            step=0.01,
            description="Smoothing",
            style={"description_width": "initial"},
            readout_format=".2f",
            layout=Layout(width="236px", margin="0"),
        )
        self._x_axis = controls.choice(X_AXES, x_axis, "x axis", ABOUT_X_AXES)
        self._y_scale = controls.choice(Y_SCALES, y_scale, "y axis", _ABOUT_Y)
        self._pointer = controls.choice(POINTERS, pointer, "Pointer", _ABOUT_POINTER)
        self._values = controls.choice(VALUES, values, "Values", _ABOUT_VALUES)
        self._grid: CardGrid[str, ScalarChart] = CardGrid(self._make, self.redraw, _COLUMN[values])
        super().__init__(logdir, tags=tags, runs=runs, hidden_runs=hidden_runs, live=live)
        self._x_axis.observe(lambda _: self._windows.clear(), "value")
        self._values.observe(lambda change: self._grid.set_column(_COLUMN[change["new"]]), "value")
        for control in (self._smoothing, self._x_axis, self._y_scale, self._pointer, self._values):
            control.observe(lambda _: self.redraw(), "value")

    @property
    def charts(self) -> dict[str, ScalarChart]:
        """The charts on the page, by tag."""
        return self._grid.cards

    @property
    def smoothing(self) -> float:
        """Weight of the exponential average, 0 to 0.999."""
        return float(self._smoothing.value)

    @smoothing.setter
    def smoothing(self, weight: float) -> None:
        self._smoothing.value = weight

    @property
    def x_axis(self) -> XAxis:
        """What the x axis shows."""
        chosen: XAxis = self._x_axis.value
        return chosen

    @x_axis.setter
    def x_axis(self, name: XAxis) -> None:
        self._x_axis.value = name

    @property
    def y_scale(self) -> YScale:
        """How values lie along the y axis."""
        chosen: YScale = self._y_scale.value
        return chosen

    @y_scale.setter
    def y_scale(self, name: YScale) -> None:
        self._y_scale.value = name

    @property
    def pointer(self) -> Pointer:
        """What the pointer does over a chart."""
        chosen: Pointer = self._pointer.value
        return chosen

    @pointer.setter
    def pointer(self, name: Pointer) -> None:
        self._pointer.value = name

    @property
    def values(self) -> Values:
        """Which columns the tables have."""
        chosen: Values = self._values.value
        return chosen

    @values.setter
    def values(self, name: Values) -> None:
        self._values.value = name

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands."""
        zoom = {tag: chart.window for tag, chart in self.charts.items() if chart.window}
        options = {
            "smoothing": self.smoothing,
            "x_axis": self.x_axis,
            "y_scale": self.y_scale,
            "pointer": self.pointer,
            "values": self.values,
            "zoom": {**self._windows, **zoom},
        }
        return super().options() | {name: value for name, value in options.items() if value != _USUAL[name]}

    def _controls(self) -> list[ipywidgets.Widget]:
        return [self._smoothing, self._x_axis, self._y_scale, self._pointer, self._values]

    def _body(self) -> ipywidgets.Widget:
        return self._grid.box

    def _groups(self) -> tuple[shown.Group, ...]:
        return self._grid.shown(lambda _, chart: chart.shown())

    def _make(self, tag: str) -> ScalarChart:
        return ScalarChart(tag, self._view(), self._on_zoom, self._windows.get(tag))

    def _view(self) -> View:
        return View(self.x_axis, self.smoothing, self.y_scale, self.pointer)

    def _show(self, runs: list[Run], tags: list[str]) -> None:
        charts = self._grid.show(by_prefix(tags))
        for chart in charts:
            self._draw(chart, runs)
        # Smoothing goes over every point: with many, the slider says where it was let go, not every place on the way.
        points = sum(chart.points for chart in charts)
        theme.put(self._smoothing, continuous_update=points <= _FEW_POINTS)

    def _draw(self, chart: ScalarChart, runs: list[Run]) -> None:
        chart.update([run for run in runs if chart.tag in run.scalars], self._view(), self.values)

    def _on_zoom(self, chart: ScalarChart) -> None:
        """Draw one chart anew: while its range is dragged, this is called for every place on the way."""
        with self.lock:
            self._windows.pop(chart.tag, None)
            if chart.window:
                self._windows[chart.tag] = chart.window
            if not self._closed:
                self._draw(chart, self.run_list.chosen())
                self._redrawn()


def scalars(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> ScalarBoard:
    """Show the scalars of *logdir*; the options are those of `ScalarBoard`."""
    return ScalarBoard(logdir, **options)
