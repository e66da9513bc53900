"""Histograms inline: how a distribution moves over the steps, and one step bar by bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets
import numpy as np
from ipywidgets import Layout

from ..eventlog import rebin
from . import axis_format, shown
from .caption import NOTHING_YET, Caption, CaptionedCard, caption, problem
from .errors import OptionError
from .histogram_figures import BarFigure, RidgeFigure
from .sample_board import SampleBoard

if TYPE_CHECKING:
    import os

    from ..eventlog import HistogramSample, LogDir, Run

__all__ = ["MAX_RIDGES", "HistogramBoard", "HistogramCard", "histograms"]

MAX_RIDGES = 40
"""Steps drawn as ridges, at most; evenly chosen, first and last always."""

_MAX_BINS = 200


class HistogramCard(CaptionedCard):
    """The histograms of one run and tag: ridges over the steps, bars of one step.

    Attributes
    ----------
    bars : BarFigure
        The step that the slider stands at.
    ridges : RidgeFigure
        Up to `MAX_RIDGES` steps.
    """

    def __init__(self, run: Run, bins: int) -> None:
        self._run, self._bins = run, bins
        self._shown: tuple[Any, ...] | None = None
        self._samples: dict[int, HistogramSample] = {}
        self.bars, self.ridges = BarFigure(), RidgeFigure()
        for drawing in (self.ridges, self.bars):
            drawing.figure.layout.flex = "1 1 240px"
        figures = ipywidgets.Box(
            [self.ridges.figure, self.bars.figure],
            layout=Layout(display="flex", flex_flow="row wrap", margin="0", width="auto"),
        )
        super().__init__([figures])

    def update(self, series: Sequence[HistogramSample], index: int | None) -> None:
        """Draw sample *index* of *series* as bars, and steps from first to last as ridges."""
        step = series.step  # type: ignore[attr-defined]
        state = (index, len(series), int(step[-1]) if len(step) else None, self._run.color)
        if state == self._shown:
            return
        self._shown = state
        try:
            self._draw(series, index)
        except (OSError, ValueError, LookupError) as error:
            self.say(problem(error))

    def shown(self) -> shown.Card:
        """Return what it shows, but for what the board wrote above it."""
        return self.shown_as(self.ridges.shown(), self.bars.shown())

    def _draw(self, series: Sequence[HistogramSample], index: int | None) -> None:
        order = np.argsort(series.step, kind="stable")  # type: ignore[attr-defined]
        chosen = order[
            np.unique(np.linspace(0, len(order) - 1, min(len(order), MAX_RIDGES)).round().astype(int))
        ].tolist()
        wanted = {*chosen} if index is None else {*chosen, index}
        self._samples = {one: self._samples.get(one) or series[one] for one in wanted}
        rows = [self._samples[one] for one in chosen]
        edges, counts = rebin([*rows, *([] if index is None else [self._samples[index]])], self._bins)
        self.ridges.draw([row.step for row in rows], edges, counts[: len(rows)], self._run.color)
        if index is None:
            self.bars.clear()
            self.say(NOTHING_YET)
            return
        self.bars.draw(edges, counts[-1], self._run.color)
        self.say(_caption(self._samples[index], len(chosen), len(series)))


class HistogramBoard(SampleBoard[HistogramCard]):
    """Histograms of a logdir.

    Parameters
    ----------
    logdir, tags, runs, hidden_runs, step, live
        See `SampleBoard`.
    bins
        Bars of one step, 2 to 200. Logged buckets are split over them in proportion; their sum stays the logged count.
    """

    kind = "histograms"
    title = "Histograms"
    column = 460

    def __init__(self, logdir: str | os.PathLike[str] | LogDir = "runs", *, bins: int = 30, **options: Any) -> None:
        if not 2 <= bins <= _MAX_BINS:
            raise OptionError(f"bins is {bins!r}; it goes from 2 to {_MAX_BINS}")
        self._bins = bins
        super().__init__(logdir, **options)

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands."""
        return super().options() | ({} if self._bins == 30 else {"bins": self._bins})

    def _make_card(self, tag: str, run: Run) -> HistogramCard:
        return HistogramCard(run, self._bins)


def histograms(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> HistogramBoard:
    """Show the histograms of *logdir*; the options are those of `HistogramBoard`."""
    return HistogramBoard(logdir, **options)


def _caption(sample: HistogramSample, drawn: int, steps: int) -> Caption:
    some = f"{drawn} of {steps:,} steps as ridges" if drawn < steps else f"{steps:,} steps"
    extent = f"{axis_format.number(sample.min)} … {axis_format.number(sample.max)}"
    return caption(sample.step, sample.wall_time, f"{sample.total:,.0f} values", extent, some)
