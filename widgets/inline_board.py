"""Everything a log has, in tabs: a board of each kind, built when its tab is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import ipywidgets
from ipywidgets import Layout

from . import theme
from .board import Board
from .errors import OptionError
from .shown import Group, Shown

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir, Run

__all__ = ["TABS", "InlineBoard", "inline"]

TABS: dict[str, tuple[str, str, str]] = {
    "scalars": ("Scalars", "scalars", "scalar_board"),
    "images": ("Images", "images", "image_board"),
    "histograms": ("Histograms", "histograms", "histogram_board"),
    "distributions": ("Distributions", "histograms", "distribution_board"),
    "texts": ("Text", "texts", "text_board"),
    "pr_curves": ("PR curves", "pr_curves", "pr_board"),
    "hparams": ("HParams", "hparams", "hparam_board"),
}
"""Title, attribute of `Run`, and module of each kind; the module has a function of the kind's name."""


class InlineBoard(Board):
    """Boards of all kinds in tabs, of which only those are there that have something to show.

    What is not on screen costs nothing: the board of a tab is built when the tab is opened, and only the open one is
    kept up to date.

    Parameters
    ----------
    logdir, tags, runs, hidden_runs, live
        See `Board`; they hold for every tab.
    tab
        The tab to open first: "scalars", "images" ... (see `TABS`). None opens the first that there is.
    options
        Options of the boards, by kind: ``{"scalars": {"smoothing": 0.6}}``.
    """

    title = "Board"

    def __init__(
        self,
        logdir: str | os.PathLike[str] | LogDir = "runs",
        *,
        tab: str | None = None,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        **shared: Any,
    ) -> None:
        for name in [*(options or {}), *([] if tab is None else [tab])]:
            if name not in TABS:
                raise OptionError(f"there is no tab {name!r}; there are {', '.join(TABS)}")
        self._wanted, self._shared = tab, shared
        self._board_options = {kind: dict(some) for kind, some in (options or {}).items()}
        self._boards: dict[str, Board] = {}
        self._kinds: list[str] = []
        self._opened: str | None = None
        self._arranging = False
        self._source = logdir
        self._tabs = ipywidgets.Tab(layout=Layout(width="100%", margin="0"))
        self._tabs.add_class("cb-tabs")
        self._tabs.observe(self._on_tab, "selected_index")
        super().__init__(logdir, **shared)

    @property
    def tab(self) -> str | None:
        """The kind of the open tab; None while there is none. Set it to open another."""
        return self._opened

    @tab.setter
    def tab(self, kind: str) -> None:
        if kind not in self._kinds:
            raise OptionError(f"there is no tab {kind!r}; there are {', '.join(self._kinds) or 'none yet'}")
        self._tabs.selected_index = self._kinds.index(kind)

    @property
    def boards(self) -> dict[str, Board]:
        """The boards that were built, by kind."""
        return dict(self._boards)

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands."""
        names = ("tags", "runs", "hidden_runs")
        every = {kind: board.options() for kind, board in self._boards.items()}
        opened = every.get(self._opened or "", {})
        own = {
            kind: {name: value for name, value in options.items() if name not in names}
            for kind, options in every.items()
        }
        own = {kind: options for kind, options in {**self._board_options, **own}.items() if options}
        said = {name: value for name, value in self._shared.items() if name in names and value not in (None, [], ())}
        return (
            {**said, **{name: opened[name] for name in names if name in opened}}
            | ({} if self._opened is None else {"tab": self._opened})
            | ({"options": own} if own else {})
        )

    def shown(self) -> Shown:
        """Return what the open tab shows, as plain data."""
        with self.lock:
            board = self._boards.get(self._opened or "")
            return super().shown() if board is None else board.shown()

    # the parts of a board

    def _controls(self) -> list[ipywidgets.Widget]:
        return []

    def _body(self) -> ipywidgets.Widget:
        return self._tabs

    def _groups(self) -> tuple[Group, ...]:
        return ()

    def _tags_of(self, run: Run) -> list[str]:
        return sorted(self._kinds_of(run))

    def _tags(self, runs: list[Run]) -> list[str]:
        found = {kind for run in runs for kind in self._kinds_of(run)}
        return [kind for kind in TABS if kind in found]

    def _list(self, runs: list[Run]) -> None:
        """The tabs have lists of their own."""

    def _kinds_of(self, run: Run) -> set[str]:
        return {kind for kind, (_, attribute, _) in TABS.items() if self._has(run, kind, attribute)}

    def _has(self, run: Run, kind: str, attribute: str) -> bool:
        found = getattr(run, attribute)
        if kind == "hparams":
            return found is not None and found.is_session
        return any(self._tag_matches(tag) for tag in found)

    def _say(self, runs: list[Run], tags: list[str]) -> None:
        self._count = f"{len(runs):,} {'run' if len(runs) == 1 else 'runs'}"
        self._say_state()
        theme.put(self._bar.layout, display="none")  # each tab has its own
        note = "" if tags else self._emptiness(runs, tags)
        theme.put(self._note, value=note)
        theme.put(self._tabs.layout, display=None if tags else "none")

    def _show(self, runs: list[Run], tags: list[str]) -> None:
        if tags != self._kinds:
            self._arrange(tags)

    # tabs

    def _arrange(self, kinds: list[str]) -> None:
        """Lay out the tabs; the open one stays open, wherever it moves."""
        wanted = self._opened or self._wanted
        self._arranging = True
        try:
            # A board keeps its widget for life; a tab that was never opened holds an empty box.
            holders = dict(zip(self._kinds, self._tabs.children, strict=True))
            children = [holders.pop(kind, None) or ipywidgets.VBox(layout=Layout(width="100%")) for kind in kinds]
            self._kinds = kinds
            self._tabs.children = children
            for index, kind in enumerate(kinds):
                self._tabs.set_title(index, TABS[kind][0])
            for kind, holder in holders.items():
                self._drop(kind, holder)
            index = kinds.index(wanted) if wanted in kinds else 0
            self._tabs.selected_index = index if kinds else None
        finally:
            self._arranging = False
        self._open(self._tabs.selected_index)

    def _drop(self, kind: str, holder: ipywidgets.Widget) -> None:
        board = self._boards.pop(kind, None)
        if board is not None:
            board.close()
        if self._opened == kind:
            self._opened = None
        holder.close()

    def _on_tab(self, change: dict[str, Any]) -> None:
        with self.lock:
            if not self._arranging and not self._closed:
                self._open(change["new"])

    def _inner(self) -> list[Board]:
        return list(self._boards.values())

    def _open(self, index: int | None) -> None:
        kind = None if index is None or index >= len(self._kinds) else self._kinds[index]
        before = self._boards.get(self._opened or "")
        if kind is None or (kind == self._opened and before is not None):
            return
        if before is not None:
            before.pause()
        self._opened = kind
        board = self._boards.get(kind)
        if board is None:
            board = self._boards[kind] = self._build(kind)
            self._tabs.children[index].children = (board,)
        if before is not None:
            board.take_choice(before)
        if self.live:
            board.resume()
        else:
            board.redraw()

    def _build(self, kind: str) -> Board:
        _, _, module = TABS[kind]
        build: Callable[..., Board] = getattr(import_module(f".{module}", __package__), kind)
        options = {**self._shared, **self._board_options.get(kind, {})}
        # By its path, a log that was not handed over open has one refresher for all boards.
        source = self.logdir if self._source is self.logdir else self.logdir.path
        board = build(source, **{**options, "live": False})
        board.inside(self)
        return board

    # life

    def refresh(self) -> None:
        """Read what is new and show it."""
        super().refresh()
        board = self._boards.get(self._opened or "")
        if board is not None:
            board.redraw()

    def catch_up(self) -> None:
        """Show what is logged by now, in the picture too; called whenever a cell has ended."""
        board = self._boards.get(self._opened or "")
        if board is not None:
            board.catch_up()
        super().catch_up()

    def pause(self) -> None:
        """Stop keeping up to date; what is drawn stays."""
        super().pause()
        for board in self.boards.values():
            board.pause()

    def _pause(self, *, wait: bool) -> None:
        super()._pause(wait=wait)
        for board in self.boards.values():
            board._pause(wait=wait)

    def _resume(self) -> None:
        super()._resume()
        board = self._boards.get(self._opened or "")
        if board is not None and not self._closed:
            board.resume()

    def close(self) -> None:
        """Stop, and remove the board and all its parts from page and kernel."""
        if self._closed:
            return
        super().close()  # from now on none is built
        for board in self._boards.values():
            board.close()
        self._boards = {}


def inline(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> InlineBoard:
    """Show all that *logdir* has, in tabs; the options are those of `InlineBoard`."""
    return InlineBoard(logdir, **options)
