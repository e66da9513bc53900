"""Hyperparameters inline: a table of training sessions with what they were begun with and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
from ipywidgets import Layout

from . import shown, theme
from .board import Board
from .hparam_grid import HParamGrid
from .hparam_table import MAX_COLUMNS, Column, columns_of, sorted_rows, text
from .pager import Pager

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir, Run

__all__ = ["ROWS", "HParamBoard", "hparams"]

ROWS = 50
"""Rows on a page."""


class HParamBoard(Board):
    """A table of the training sessions of a logdir.

    Parameters
    ----------
    logdir, runs, hidden_runs, live
        See `Board`.
    tags
        Which columns to show: hyperparameters and metrics, by name.
    sort
        The column to sort by, "run", or with "-" before it, from the greatest down; None leaves the runs' own order.
    """

    kind = "hparams"
    title = "HParams"
    unit = "column"

    def __init__(
        self, logdir: str | os.PathLike[str] | LogDir = "runs", *, sort: str | None = None, **options: Any
    ) -> None:
        self._all: list[Column] = []
        self._sorted_by: str | None = None
        self._down = False
        self._set_sort(sort)
        self._grid = HParamGrid(self._on_sort)
        self._pager = Pager(self.redraw, ROWS)
        self._left_out = theme.html()
        self._table = shown.Table((), ())
        super().__init__(logdir, **options)

    @property
    def sort(self) -> str | None:
        """The column sorted by, "run" for that of the runs, with "-" before it from the greatest down."""
        if self._sorted_by is None:
            return None
        return ("-" if self._down else "") + (self._sorted_by or "run")

    @sort.setter
    def sort(self, name: str | None) -> None:
        self._set_sort(name)
        self.redraw()

    @property
    def table(self) -> shown.Table:
        """What is on the page."""
        return self._table

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands."""
        return super().options() | ({} if self.sort is None else {"sort": self.sort})

    def _set_sort(self, name: str | None) -> None:
        self._down = name is not None and name.startswith("-")
        bare = None if name is None else name.removeprefix("-")
        self._sorted_by = "" if bare == "run" else bare

    def _on_sort(self, name: str) -> None:
        """A click sorts by a column, from the least up; another one from the greatest down."""
        self._down = not self._down if self._sorted_by == name else False
        self._sorted_by = name
        self.redraw()

    def _controls(self) -> list[ipywidgets.Widget]:
        return []

    def _body(self) -> ipywidgets.Widget:
        self._box = ipywidgets.VBox(
            [self._grid.box, self._left_out, self._pager.box], layout=Layout(width="100%", margin="0", grid_gap="4px")
        )
        return self._box

    def _tags_of(self, run: Run) -> list[str]:
        found = run.hparams
        return [run.name] if found is not None and found.is_session else []

    def _tags(self, runs: list[Run]) -> list[str]:
        experiment = self.logdir.hparams
        self._all = [] if experiment is None else columns_of(experiment, self._accepts)
        return [column.name for column in self._all]

    def _groups(self) -> tuple[shown.Group, ...]:
        return (shown.Group("", (shown.Card("", content=(self._table,)),)),) if self._table.rows else ()

    def _show(self, runs: list[Run], tags: list[str]) -> None:
        columns, names = self._all[:MAX_COLUMNS], [run.name for run in runs]
        chosen = self._sorted_by and next((one for one in self._all if one.name == self._sorted_by), None)
        order = sorted_rows(names, chosen or None, down=self._down)
        if self._sorted_by == "":
            order = sorted(names, reverse=self._down)
        self._pager.update(len(order))
        colors = {run.name: run.color for run in runs}
        rows = [(name, colors[name]) for name in order[self._pager.first : self._pager.first + ROWS]]
        self._grid.show(columns, rows, "\0" if self._sorted_by is None else self._sorted_by, down=self._down)
        more = len(self._all) - len(columns)
        note = f"{more:,} more columns are not shown: filter by name" if more else ""
        theme.put(self._left_out, value=f'<div class="cb-note">{note}</div>' if note else "")
        theme.put(self._box.layout, display=None if rows else "none")
        self._table = _table(columns, rows, note)


def hparams(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> HParamBoard:
    """Show the hyperparameters of *logdir* as a table; the options are those of `HParamBoard`."""
    return HParamBoard(logdir, **options)


def _table(columns: list[Column], rows: list[tuple[str, str]], note: str) -> shown.Table:
    cells = tuple(
        (run, *(text(column.values[run]) if run in column.values else "–" for column in columns)) for run, _ in rows
    )
    return shown.Table(("run", *(column.title for column in columns)), cells, tuple(color for _, color in rows), note)
