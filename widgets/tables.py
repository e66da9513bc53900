"""Small tables as HTML: the values beside a chart, the rows of a tooltip. Cells are escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from .shown import Table
from .theme import swatch

__all__ = ["legend_html", "rows_html"]


def legend_html(table: Table) -> str:
    """Return a table whose first column takes what room is left and is cut where there is too little."""
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns[1:])
    first = f'<th class="cb-name">{escape(table.columns[0])}</th>'
    note = f'<div class="cb-note">{escape(table.note)}</div>' if table.note else ""
    return f'<table class="cb-legend"><tr>{first}{head}</tr>{rows_html(table.rows, table.colors)}</table>{note}'


def rows_html(rows: Sequence[Sequence[str]], colors: Sequence[str]) -> str:
    """Return rows that begin with a run and its colour."""
    return "".join(_row(row, color) for row, color in zip(rows, colors, strict=True))


def _row(row: Sequence[str], color: str) -> str:
    name = escape(row[0], quote=True)
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
    return f'<tr><td class="cb-name" title="{name}">{swatch(color)}{name}</td>{cells}</tr>'
