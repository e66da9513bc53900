"""What the boards with a card for each run and tag share: the grid, its headings, the order of the cards."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import ipywidgets

from . import shown, theme
from .board import Board
from .cards import CardGrid, by_prefix
from .names import Names

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir, Run

__all__ = ["GridBoard", "HeadedCard", "Key"]

Key = tuple[str, str]
"""Tag and run."""


class HeadedCard(Protocol):
    """The card of one run and tag."""

    @property
    def widget(self) -> ipywidgets.Widget:
        """What is laid out in the grid."""

    @property
    def head(self) -> ipywidgets.HTML:
        """Its heading, written by the board."""

    def shown(self) -> shown.Card:
        """Return what it shows, but for what the board wrote above it."""


CardT = TypeVar("CardT", bound=HeadedCard)


class GridBoard(Board, Generic[CardT]):
    """Base of boards with a card for each run and tag; the parameters are those of `Board`."""

    column = 340
    widen = True

    def __init__(
        self,
        logdir: str | os.PathLike[str] | LogDir = "runs",
        *,
        tags: Names = None,
        runs: Names = None,
        hidden_runs: list[str] | tuple[str, ...] = (),
        live: bool = True,
    ) -> None:
        self._compares = False
        self._grid: CardGrid[Key, CardT] = CardGrid(self._make, self.redraw, self.column, widen=self.widen)
        super().__init__(logdir, tags=tags, runs=runs, hidden_runs=hidden_runs, live=live)

    @property
    def cards(self) -> dict[Key, CardT]:
        """The cards on the page, by (tag, run)."""
        return self._grid.cards

    def _label(self, tag: str) -> str:
        """Return what to call a tag on screen."""
        return tag

    def _make_card(self, tag: str, run: Run) -> CardT:
        raise NotImplementedError

    def _fill(self) -> None:
        """Bring the cards on the page in line with the log."""
        raise NotImplementedError

    def _series_of(self, key: Key) -> Any:
        return self._series(self.logdir.runs[key[1]])[key[0]]

    def _make(self, key: Key) -> CardT:
        return self._make_card(key[0], self.logdir.runs[key[1]])

    def _body(self) -> ipywidgets.Widget:
        return self._grid.box

    def _groups(self) -> tuple[shown.Group, ...]:
        return self._grid.shown(self._describe)

    def _describe(self, key: Key, card: CardT) -> shown.Card:
        title, run = "" if self._compares else self._label(key[0]), self.logdir.runs[key[1]]
        return replace(card.shown(), title=title, run=run.name, color=run.color)

    def _show(self, runs: list[Run], tags: list[str]) -> None:
        # Several runs: a row of runs for each tag, to compare. One run: its tags side by side.
        self._compares = len(runs) > 1
        by_heading = {self._label(tag): [tag] for tag in tags} if self._compares else by_prefix(tags)
        groups = {
            heading: [(tag, run.name) for tag in under for run in runs if tag in self._series(run)]
            for heading, under in by_heading.items()
        }
        self._grid.show({heading: keys for heading, keys in groups.items() if keys})
        for (tag, run), card in self._grid.cards.items():
            theme.put(card.head, value=_title("" if self._compares else self._label(tag), self.logdir.runs[run]))
        self._fill()


def _title(tag: str, run: Run) -> str:
    """Return the heading of a card as HTML: the tag, unless it stands above already, and the run with its colour."""
    tag, name = escape(tag, quote=True), escape(run.name, quote=True)
    first = f'<span class="cb-card-title cb-clip" title="{tag}">{tag}</span>' if tag else ""
    return f'{first}<span class="cb-sub cb-clip" title="{name}">{theme.swatch(run.color)} {name}</span>'
