"""Distributions inline: percentiles of histograms over the steps, as bands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets
import numpy as np

from . import controls, shown
from .band_figure import BandFigure
from .caption import Caption, CaptionedCard, problem
from .grid_board import GridBoard
from .progress import ABOUT_X_AXES, X_AXES, XAxis
from .sample_cache import SampleCache, spread

if TYPE_CHECKING:
    import os

    from ..eventlog import HistogramSample, LogDir, Run

__all__ = ["MAX_BAND_STEPS", "DistributionBoard", "DistributionCard", "distributions"]

MAX_BAND_STEPS = 200
"""Steps in one chart, at most; evenly chosen, the newest always."""


class DistributionCard(CaptionedCard):
    """The distribution of one run and tag.

    Attributes
    ----------
    bands : BandFigure
        What is drawn.
    """

    def __init__(self, run: Run, x_axis: XAxis) -> None:
        self._run, self.x_axis = run, x_axis
        self._state: tuple[Any, ...] | None = None
        self._cache: SampleCache[HistogramSample] = SampleCache()
        self.bands = BandFigure()
        super().__init__([self.bands.figure])

    def update(self, series: Sequence[HistogramSample]) -> None:
        """Draw the steps of *series*."""
        step = series.step  # type: ignore[attr-defined]
        state = (len(series), int(step[-1]) if len(step) else None, self._run.color, self.x_axis)
        if state == self._state:
            return
        self._state = state
        try:
            self._draw(series)
        except (OSError, ValueError, LookupError) as error:
            self.say(problem(error))

    def shown(self) -> shown.Card:
        """Return what it shows, but for what the board wrote above it."""
        return self.shown_as(self.bands.shown())

    def _draw(self, series: Sequence[HistogramSample]) -> None:
        order = np.argsort(series.step, kind="stable").tolist()  # type: ignore[attr-defined]
        chosen = spread(order, MAX_BAND_STEPS)
        samples = self._cache.get(series, chosen)
        if not samples and chosen:
            series[chosen[-1]]  # says why it cannot be read
        self.bands.draw([samples[one] for one in chosen if one in samples], self.x_axis, self._run.color)
        drawn, steps = len(self.bands.values), len(series)
        self.say(Caption(f"{drawn:,} of {steps:,} steps drawn" if drawn < steps else f"{steps:,} steps"))


class DistributionBoard(GridBoard[DistributionCard]):
    """Distributions of a logdir: bands between the least and greatest value, 7 and 93 %, 16 and 84 %, 31 and 69 % of
    the values of each step, and a line for the median.

    Parameters
    ----------
    logdir, tags, runs, hidden_runs, live
        See `Board`.
    x_axis
        "step", "relative" (time since the first histogram of the run) or "wall" (the kernel's clock).
    """

    kind = "histograms"
    title = "Distributions"

    def __init__(
        self, logdir: str | os.PathLike[str] | LogDir = "runs", *, x_axis: XAxis = "step", **options: Any
    ) -> None:
        controls.one_of("x_axis", x_axis, X_AXES)
        self._x_axis = controls.choice(X_AXES, x_axis, "x axis", ABOUT_X_AXES)
        super().__init__(logdir, **options)
        self._x_axis.observe(lambda _: self.redraw(), "value")

    @property
    def x_axis(self) -> XAxis:
        """What the x axis shows."""
        chosen: XAxis = self._x_axis.value
        return chosen

    @x_axis.setter
    def x_axis(self, name: XAxis) -> None:
        self._x_axis.value = name

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands."""
        return super().options() | ({} if self.x_axis == "step" else {"x_axis": self.x_axis})

    def _controls(self) -> list[ipywidgets.Widget]:
        return [self._x_axis]

    def _make_card(self, tag: str, run: Run) -> DistributionCard:
        return DistributionCard(run, self.x_axis)

    def _fill(self) -> None:
        for key, card in self.cards.items():
            card.x_axis = self.x_axis
            card.update(self._series_of(key))


def distributions(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> DistributionBoard:
    """Show how the histograms of *logdir* are spread; the options are those of `DistributionBoard`."""
    return DistributionBoard(logdir, **options)
