"""The list of runs above a board: a checkbox and the colour of each, a filter, all, none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar

import ipywidgets
from ipywidgets import Layout

from . import theme
from .errors import PatternError
from .names import matcher
from .teardown import close_tree

if TYPE_CHECKING:
    from ..eventlog import Run

    RunT = TypeVar("RunT", bound=Run)

__all__ = ["MAX_ROWS", "RunList"]

MAX_ROWS = 50
"""Rows in the page, at most; the filter reaches the others."""


class RunList:
    """Which runs are shown.

    Parameters
    ----------
    changed
        Called when the user ticked, unticked or filtered runs.
    hidden
        Names of runs that start unticked.
    pattern
        Regular expression that the names of shown runs must match ("" matches all).

    Attributes
    ----------
    tools, rows : ipywidgets.Box
        The filter with its links, and the list.
    """

    def __init__(self, changed: Callable[[], None], *, hidden: Sequence[str] = (), pattern: str = "") -> None:
        self._changed = changed
        self._runs: list[Run] = []
        self._hidden = set(hidden)
        self._rows: dict[tuple[str, str], tuple[ipywidgets.HBox, ipywidgets.Checkbox]] = {}
        self._quiet = False
        self._matches = matcher(pattern or None, "runs")
        self._filter = ipywidgets.Text(
            value=pattern,
            placeholder="filter runs (regex)",
            continuous_update=False,
            layout=Layout(width="170px", margin="0"),
        )
        self._filter.observe(self._on_filter, "value")
        self._note = theme.html()
        everything, nothing = theme.link("all", self._tick_all), theme.link("none", self._tick_none)
        self.tools = ipywidgets.HBox(
            [self._filter, everything, nothing, self._note],
            layout=Layout(align_items="center", grid_gap="4px", flex_flow="row wrap"),
        )
        self.rows = ipywidgets.Box(
            layout=Layout(display="flex", flex_flow="row wrap", max_height="104px", overflow="auto", grid_gap="0 16px")
        )

    @property
    def hidden(self) -> list[str]:
        """The names of the unticked runs, sorted."""
        return sorted(self._hidden)

    @property
    def pattern(self) -> str:
        """The filter, as typed."""
        return str(self._filter.value)

    def update(self, runs: Sequence[Run]) -> None:
        """Take the runs that the log has now; new ones start ticked."""
        self._runs = list(runs)
        self._lay_out()

    def chosen(self) -> list[Run]:
        """Return the runs to show, in the log's order: ticked, and matched by the filter."""
        return [run for run in self._runs if run.name not in self._hidden and self._matches(run.name)]

    def show_only(self, names: Sequence[str]) -> None:
        """Tick exactly the runs of these names."""
        keep = set(names)
        self._set_hidden({run.name for run in self._runs if run.name not in keep})

    def take(self, other: RunList) -> None:
        """Take over what another list of the same log has ticked and filtered; whoever made this one is not told."""
        self._hidden, self._matches = set(other._hidden), other._matches
        self._quiet = True
        try:
            self._filter.value = other.pattern
            for (name, _), (_, box) in self._rows.items():
                box.value = name not in self._hidden
        finally:
            self._quiet = False

    def _lay_out(self) -> None:
        matching = [run for run in self._runs if self._matches(run.name)]
        keys = [(run.name, run.color) for run in matching[:MAX_ROWS]]
        for key in [key for key in self._rows if key not in set(keys)]:
            close_tree(self._rows.pop(key)[0])
        children = tuple(self._row(*key)[0] for key in keys)
        if self.rows.children != children:
            self.rows.children = children
        more = len(matching) - len(keys)
        self._say(
            f"{len(matching):,} of {len(self._runs):,} runs"
            + (f"; {more:,} more are not listed: filter by name" if more > 0 else "")
        )
        self.tools.layout.display = "none" if len(self._runs) < 2 and not self.pattern else None

    def _row(self, name: str, color: str) -> tuple[ipywidgets.HBox, ipywidgets.Checkbox]:
        known = self._rows.get((name, color))
        if known is not None:
            return known
        box = ipywidgets.Checkbox(value=name not in self._hidden, indent=False, layout=Layout(width="auto", margin="0"))
        if box.has_trait(
            "description_allow_html"
        ):  # ipywidgets 8 escapes by default, 7 never does: markup, escaped by us, is right in both
            box.description_allow_html = True
        box.description = escape(name) or "."
        box.observe(lambda change: self._on_tick(name, change["new"]), "value")
        row = ipywidgets.HBox(
            [theme.html(theme.swatch(color)), box], layout=Layout(align_items="center", grid_gap="6px", margin="0")
        )
        row.add_class("cb-run")
        self._rows[name, color] = row, box
        return row, box

    def _on_tick(self, name: str, ticked: bool) -> None:
        if self._quiet:
            return
        (self._hidden.discard if ticked else self._hidden.add)(name)
        self._changed()

    def _tick_all(self) -> None:
        self._set_hidden(self._hidden - {run.name for run in self._runs if self._matches(run.name)})

    def _tick_none(self) -> None:
        self._set_hidden(self._hidden | {run.name for run in self._runs if self._matches(run.name)})

    def _set_hidden(self, hidden: set[str]) -> None:
        self._hidden, self._quiet = hidden, True
        try:
            for (name, _), (_, box) in self._rows.items():
                box.value = name not in hidden
        finally:
            self._quiet = False
        self._changed()

    def _on_filter(self, change: dict[str, Any]) -> None:
        if self._quiet:
            return
        try:
            self._matches = matcher(change["new"] or None, "runs")
        except PatternError as error:
            self._note.value = f'<span class="cb-note cb-problem">{escape(str(error))}</span>'
            return
        self._lay_out()
        self._changed()

    def _say(self, text: str) -> None:
        value = f'<span class="cb-note">{escape(text)}</span>'
        if self._note.value != value:
            self._note.value = value
