"""A table in the page whose columns can be sorted by a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets
from ipywidgets import Layout

from . import theme
from .hparam_table import Column, text
from .teardown import close_tree

__all__ = ["HParamGrid"]

_ARROWS = {None: "↕", False: "↑", True: "↓"}


class HParamGrid:
    """Columns side by side, of rows of one height: a heading with a button to sort by, and below it the cells.

    Parameters
    ----------
    sort
        Called with the name of the column to sort by; "" is that of the runs.
    """

    def __init__(self, sort: Callable[[str], None]) -> None:
        self._sort = sort
        self._columns: dict[str, _Column] = {}
        self.box = ipywidgets.HBox(layout=Layout(overflow="auto", margin="0"))
        self.box.add_class("cb-grid")

    def show(self, columns: Sequence[Column], rows: Sequence[tuple[str, str]], sorted_by: str, *, down: bool) -> None:
        """Show *columns* of *rows*, each a run and its colour."""
        names = ["", *(column.name for column in columns)]
        for name in [name for name in self._columns if name not in names]:
            close_tree(self._columns.pop(name).box)
        first = self._column("")
        first.fill("run", [f"{theme.swatch(color)} {escape(run)}" for run, color in rows], [run for run, _ in rows])
        for column in columns:
            cells = [text(column.values[run]) if run in column.values else "–" for run, _ in rows]
            widget = self._column(column.name)
            widget.fill(column.title, [escape(cell) for cell in cells], cells)
            widget.look(is_number=column.is_number, is_metric=column.is_metric)
        for name, widget in self._columns.items():
            widget.mark(_ARROWS[down if name == sorted_by else None], is_sorted=name == sorted_by)
        theme.put(self.box, children=tuple(self._columns[name].box for name in names))

    def _column(self, name: str) -> _Column:
        if name not in self._columns:
            self._columns[name] = _Column(lambda: self._sort(name))
        return self._columns[name]


class _Column:
    def __init__(self, clicked: Callable[[], None]) -> None:
        self._title, self._cells = theme.html(flex="1 1 auto", min_width="0"), theme.html(width="auto")
        self._button = ipywidgets.Button(
            description="↕", tooltip="Sort by this column", layout=Layout(width="22px", height="22px", margin="0")
        )
        self._button.add_class("cb-sort")
        self._button.on_click(lambda _: clicked())
        head = ipywidgets.HBox([self._title, self._button], layout=Layout(align_items="center", margin="0"))
        head.add_class("cb-grid-head")
        self.box = ipywidgets.VBox([head, self._cells], layout=Layout(flex="0 0 auto", margin="0", max_width="280px"))

    def fill(self, title: str, cells: Sequence[str], plain: Sequence[str]) -> None:
        """Write a title (escaped here) and cells (escaped already), with their plain text as tooltips."""
        name = escape(title, quote=True)
        theme.put(self._title, value=f'<span class="cb-clip" title="{name}">{name}</span>')
        rows = "".join(
            f'<div class="cb-cell" title="{escape(full, quote=True)}">{cell}</div>'
            for cell, full in zip(cells, plain, strict=True)
        )
        theme.put(self._cells, value=rows)

    def look(self, *, is_number: bool, is_metric: bool) -> None:
        """Numbers stand to the right; metrics are set off from hyperparameters."""
        classes = [*(["cb-number"] if is_number else []), *(["cb-metric"] if is_metric else [])]
        for name in ("cb-number", "cb-metric"):
            (self.box.add_class if name in classes else self.box.remove_class)(name)

    def mark(self, arrow: str, *, is_sorted: bool) -> None:
        """Say how the rows are sorted."""
        theme.put(self._button, description=arrow)
        (self.box.add_class if is_sorted else self.box.remove_class)("cb-sorted")
