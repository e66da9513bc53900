"""Scalars inline: one chart a tag, all runs in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
from ipywidgets import Layout

from .board import Board
from .cards import CardGrid, by_prefix
from .errors import OptionError
from .names import Names
from .scalar_chart import ScalarChart
from .scalar_figure import View
from .scalar_lines import X_AXES, XAxis

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir, Run

__all__ = ["ScalarBoard", "scalars"]


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
    log_y
        Logarithmic value axis; values that are not positive are left out.
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
        log_y: bool = False,
        zoom: Mapping[str, tuple[float, float]] | None = None,
        live: bool = True,
    ) -> None:
        if not 0 <= smoothing <= 0.999:
            raise OptionError(f"smoothing is {smoothing!r}; it goes from 0 (off) to 0.999")
        if x_axis not in X_AXES:
            raise OptionError(f"x_axis is {x_axis!r}; it is one of {', '.join(map(repr, X_AXES))}")
        self._windows = dict(zoom or {})
        self._smoothing = ipywidgets.FloatSlider(
            value=smoothing,
            min=0,
            max=0.999,
            step=0.01,
            description="Smoothing",
            style={"description_width": "initial"},
            readout_format=".2f",
            layout=Layout(width="280px", margin="0"),
        )
        self._x_axis = ipywidgets.ToggleButtons(
            options=list(X_AXES), value=x_axis, layout=Layout(width="auto", margin="0")
        )
        self._x_axis.style.button_width = "72px"
        self._log_y = ipywidgets.Checkbox(
            value=log_y, description="log y", indent=False, layout=Layout(width="auto", margin="0")
        )
        self._grid: CardGrid[str, ScalarChart] = CardGrid(self._make, self.redraw)
        super().__init__(logdir, tags=tags, runs=runs, hidden_runs=hidden_runs, live=live)
        for control in (self._smoothing, self._x_axis, self._log_y):
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
    def log_y(self) -> bool:
        """Is the value axis logarithmic."""
        return bool(self._log_y.value)

    @log_y.setter
    def log_y(self, on: bool) -> None:
        self._log_y.value = on

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands."""
        zoom = {tag: chart.window for tag, chart in self.charts.items() if chart.window}
        options = {"smoothing": self.smoothing, "x_axis": self.x_axis, "log_y": self.log_y, "zoom": zoom}
        return super().options() | {name: value for name, value in options.items() if value not in (0.0, "step", {})}

    def _controls(self) -> list[ipywidgets.Widget]:
        return [self._smoothing, self._x_axis, self._log_y]

    def _body(self) -> ipywidgets.Widget:
        return self._grid.box

    def _make(self, tag: str) -> ScalarChart:
        return ScalarChart(tag, self._view(), self.redraw, self._windows.get(tag))

    def _view(self) -> View:
        return View(self.x_axis, self.smoothing, self.log_y)

    def _show(self, runs: list[Run], tags: list[str]) -> None:
        view = self._view()
        for chart in self._grid.show(by_prefix(tags)):
            chart.update([run for run in runs if chart.tag in run.scalars], view)


def scalars(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> ScalarBoard:
    """Show the scalars of *logdir*; the options are those of `ScalarBoard`."""
    return ScalarBoard(logdir, **options)
