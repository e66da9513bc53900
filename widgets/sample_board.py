"""What the boards of images, histograms and texts share: one step slider over all cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import ipywidgets

from .grid_board import GridBoard, HeadedCard, Key
from .step_slider import StepSlider, Track

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir

__all__ = ["SampleBoard", "SampleCard"]


class SampleCard(HeadedCard, Protocol):
    """The card of one run and tag, which shows one step."""

    def update(self, series: Sequence[Any], index: int | None) -> None:
        """Show sample *index* of *series*; None when nothing is logged so early."""


CardT = TypeVar("CardT", bound=SampleCard)


class SampleBoard(GridBoard[CardT]):
    """Base of boards with a card for each run and tag, which shows a sample of it.

    Parameters
    ----------
    logdir, tags, runs, hidden_runs, live
        See `Board`.
    step
        The step to show: of each series the newest sample not after it. None follows the newest.
    """

    def __init__(
        self, logdir: str | os.PathLike[str] | LogDir = "runs", *, step: int | None = None, **options: Any
    ) -> None:
        self._slider = StepSlider(self.redraw, step, play=True)
        self._tracks: dict[Key, tuple[tuple[int, ...], Track]] = {}
        super().__init__(logdir, **options)

    @property
    def step(self) -> int | None:
        """The step shown; None while the newest is. Set it to go there."""
        return self._slider.step

    @step.setter
    def step(self, step: int | None) -> None:
        self._slider.step = step

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands."""
        return super().options() | ({} if self.step is None else {"step": self.step})

    def _controls(self) -> list[ipywidgets.Widget]:
        return [self._slider.box]

    def _fill(self) -> None:
        cards = self._grid.cards
        tracks = {key: self._track(key) for key in cards}
        self._slider.update(moment for track in tracks.values() for moment in track.moments)
        moment = self._slider.moment
        for key, card in cards.items():
            card.update(self._series_of(key), None if moment is None else tracks[key].at_or_before(moment))

    def _track(self, key: Key) -> Track:
        step = self._series_of(key).step
        state = (len(step), int(step[-1])) if len(step) else (0,)
        known = self._tracks.get(key)
        if known is None or known[0] != state:
            known = self._tracks[key] = state, Track(step)
        return known[1]
