"""Histograms inline: how a distribution moves over the steps, and one step bar by bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import ipywidgets
import numpy as np
from ipywidgets import Layout

from ..eventlog import rebin
from . import axis_format, controls, shown
from .caption import NOTHING_YET, Caption, CaptionedCard, caption, problem
from .errors import OptionError
from .heat_figure import HeatFigure
from .histogram_figures import BarFigure, RidgeFigure
from .sample_board import SampleBoard
from .sample_cache import SampleCache, spread
from .teardown import close_tree

if TYPE_CHECKING:
    import os

    from ..eventlog import HistogramSample, LogDir, Run

__all__ = ["MAX_HEAT_ROWS", "MAX_RIDGES", "VIEWS", "HistogramBoard", "HistogramCard", "HistogramView", "histograms"]

MAX_RIDGES = 40
"""Steps drawn as ridges, at most; evenly chosen, the newest always."""

MAX_HEAT_ROWS = 120
"""Steps in a heat map, at most."""

HistogramView = Literal["ridges", "heat", "bars"]
"""What shows the steps beside the bars of one: ridges behind each other, a heat map, or nothing."""

VIEWS: tuple[HistogramView, ...] = get_args(HistogramView)

_ABOUT_VIEWS = ("Steps behind each other, the newest in front", "Rows of colour, the newest below", "One step alone")
_MAX_BINS = 200


class HistogramCard(CaptionedCard):
    """The histograms of one run and tag: the steps in one picture, and bars of one step.

    Attributes
    ----------
    bars : BarFigure
        The step that the slider stands at.
    steps : RidgeFigure, HeatFigure or None
        Up to `MAX_RIDGES` or `MAX_HEAT_ROWS` steps.
    """

    def __init__(self, run: Run, bins: int, view: HistogramView) -> None:
        self._run, self._bins, self._view = run, bins, view
        self._state: tuple[Any, ...] | None = None
        self._cache: SampleCache[HistogramSample] = SampleCache()
        self.bars = BarFigure()
        self.steps = _steps_figure(view)
        self._figures = ipywidgets.Box(layout=Layout(display="flex", flex_flow="row wrap", margin="0", width="auto"))
        super().__init__([self._figures])
        self._lay_out()

    def look(self, view: HistogramView) -> None:
        """Show the steps in another way; `update` draws them."""
        if view == self._view:
            return
        self._view, self._state, old = view, None, self.steps
        self.steps = _steps_figure(view)
        self._lay_out()
        if old is not None:
            close_tree(old.figure)

    def update(self, series: Sequence[HistogramSample], index: int | None) -> None:
        """Draw sample *index* of *series* as bars, and steps from first to last beside them."""
        step = series.step  # type: ignore[attr-defined]
        state = (index, len(series), int(step[-1]) if len(step) else None, self._run.color)
        if state == self._state:
            return
        self._state = state
        try:
            self._draw(series, index)
        except (OSError, ValueError, LookupError) as error:
            self.say(problem(error))

    def shown(self) -> shown.Card:
        """Return what it shows, but for what the board wrote above it."""
        steps = [] if self.steps is None else [self.steps.shown()]
        return self.shown_as(*steps, self.bars.shown())

    def _lay_out(self) -> None:
        figures = [one.figure for one in (self.steps, self.bars) if one is not None]
        for figure in figures:
            figure.layout.flex = "1 1 240px"
        self._figures.children = tuple(figures)

    def _draw(self, series: Sequence[HistogramSample], index: int | None) -> None:
        order = np.argsort(series.step, kind="stable").tolist()  # type: ignore[attr-defined]
        most = {"ridges": MAX_RIDGES, "heat": MAX_HEAT_ROWS, "bars": 1}[self._view]
        chosen = spread(order, most)
        wanted = chosen if index is None else [*chosen, index]
        samples = self._cache.get(series, wanted)
        if index is not None and index not in samples:
            series[index]  # says why it cannot be read
        drawn = [one for one in wanted if one in samples]
        edges, counts = rebin([samples[one] for one in drawn], self._bins)
        rows = [one for one in chosen if one in samples]
        if self.steps is not None:
            self.steps.draw([samples[one].step for one in rows], edges, counts[: len(rows)], self._run.color)
        if index is None:
            self.bars.clear()
            self.say(NOTHING_YET)
            return
        self.bars.draw(edges, counts[-1], self._run.color)
        self.say(_caption(samples[index], len(rows), len(series), self._view))


class HistogramBoard(SampleBoard[HistogramCard]):
    """Histograms of a logdir.

    Parameters
    ----------
    logdir, tags, runs, hidden_runs, step, live
        See `SampleBoard`.
    view
        Beside the bars of one step: "ridges" of the steps, a "heat" map of them, or just the "bars".
    bins
        Bars of one step, 2 to 200. Logged buckets are split over them in proportion; their sum stays the logged count.
    """

    kind = "histograms"
    title = "Histograms"
    column = 460

    def __init__(
        self,
        logdir: str | os.PathLike[str] | LogDir = "runs",
        *,
        view: HistogramView = "ridges",
        bins: int = 30,
        **options: Any,
    ) -> None:
        if not 2 <= bins <= _MAX_BINS:
            raise OptionError(f"bins is {bins!r}; it goes from 2 to {_MAX_BINS}")
        controls.one_of("view", view, VIEWS)
        self._bins = bins
        self._view = controls.choice(VIEWS, view, "Steps as", _ABOUT_VIEWS)
        super().__init__(logdir, **options)
        self._view.observe(lambda _: self.redraw(), "value")

    @property
    def view(self) -> HistogramView:
        """What shows the steps beside the bars of one."""
        chosen: HistogramView = self._view.value
        return chosen

    @view.setter
    def view(self, name: HistogramView) -> None:
        self._view.value = name

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands."""
        view = {} if self.view == "ridges" else {"view": self.view}
        return super().options() | view | ({} if self._bins == 30 else {"bins": self._bins})

    def _controls(self) -> list[ipywidgets.Widget]:
        return [*super()._controls(), self._view]

    def _make_card(self, tag: str, run: Run) -> HistogramCard:
        return HistogramCard(run, self._bins, self.view)

    def _show(self, runs: list[Run], tags: list[str]) -> None:
        for card in self.cards.values():
            card.look(self.view)
        super()._show(runs, tags)


def histograms(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> HistogramBoard:
    """Show the histograms of *logdir*; the options are those of `HistogramBoard`."""
    return HistogramBoard(logdir, **options)


def _steps_figure(view: HistogramView) -> RidgeFigure | HeatFigure | None:
    if view == "bars":
        return None
    return RidgeFigure() if view == "ridges" else HeatFigure()


def _caption(sample: HistogramSample, drawn: int, steps: int, view: HistogramView) -> Caption:
    some = f"{drawn:,} of {steps:,} steps drawn" if drawn < steps and view != "bars" else f"{steps:,} steps"
    extent = f"{axis_format.number(sample.min)} … {axis_format.number(sample.max)}"
    return caption(sample.step, sample.wall_time, f"{sample.total:,.0f} values", extent, some)
