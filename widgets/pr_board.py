"""Precision-recall curves inline: one chart a tag, each run at a step of its own or all at one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from . import shown
from .board import Board
from .cards import CardGrid, by_prefix
from .pr_card import PrCard
from .step_slider import StepSlider

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir, Run

__all__ = ["PrCurveBoard", "pr_curves"]


class PrCurveBoard(Board):
    """Precision-recall curves of a logdir.

    Parameters
    ----------
    logdir, tags, runs, hidden_runs, live
        See `Board`.
    step
        The step to show: of each run the newest not after it. None follows the newest.
    """

    kind = "pr_curves"
    title = "PR curves"

    def __init__(
        self, logdir: str | os.PathLike[str] | LogDir = "runs", *, step: int | None = None, **options: Any
    ) -> None:
        self._slider = StepSlider(self._on_step, step, label="All at step", width=320, play=True)
        self._grid: CardGrid[str, PrCard] = CardGrid(self._make, self.redraw, 400, widen=False)
        super().__init__(logdir, **options)

    @property
    def cards(self) -> dict[str, PrCard]:
        """The cards on the page, by tag."""
        return self._grid.cards

    @property
    def step(self) -> int | None:
        """The step that all runs were moved to; None while they follow the newest. Set it to go there."""
        return self._slider.step

    @step.setter
    def step(self, step: int | None) -> None:
        self._slider.step = step

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands, but for steps of single runs."""
        return super().options() | ({} if self.step is None else {"step": self.step})

    def _controls(self) -> list[ipywidgets.Widget]:
        return [self._slider.box]

    def _body(self) -> ipywidgets.Widget:
        return self._grid.box

    def _groups(self) -> tuple[shown.Group, ...]:
        return self._grid.shown(lambda _, card: card.shown())

    def _make(self, tag: str) -> PrCard:
        return PrCard(tag, self.redraw)

    def _on_step(self) -> None:
        moment = self._slider.moment
        for card in self.cards.values():
            card.go_to(None if self.step is None or moment is None else moment[0])
        self.redraw()

    def _show(self, runs: list[Run], tags: list[str]) -> None:
        cards = self._grid.show(by_prefix(tags))
        steps = {
            int(step)
            for run in runs
            for card in cards
            if card.tag in run.pr_curves
            for step in run.pr_curves[card.tag].step.tolist()
        }
        self._slider.update((step, 0) for step in steps)
        for card in cards:
            card.update([run for run in runs if card.tag in run.pr_curves], self.step)


def pr_curves(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> PrCurveBoard:
    """Show the precision-recall curves of *logdir*; the options are those of `PrCurveBoard`."""
    return PrCurveBoard(logdir, **options)
