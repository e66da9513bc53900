"""Text out of a log becomes HTML that can do nothing.

A text summary is Markdown written by anybody. Here it is rendered with raw HTML switched off and the result is passed
through an allow-list: no scripts, no event handlers, no styles, no classes, no images (their address alone would tell a
server that somebody looked), links only to absolute http, https and mailto addresses, opened elsewhere and without a
referrer.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    import numpy as np
    from markdown_it import MarkdownIt

__all__ = ["MAX_CELLS", "MAX_CHARACTERS", "cells_html", "markdown_html"]

MAX_CHARACTERS = 50_000
MAX_CELLS = 400

_TEXT = {"b", "code", "del", "em", "i", "s", "strong", "sub", "sup", "a", "br"}
_BLOCKS = {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
_TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
_TAGS = _TEXT | _BLOCKS | _TABLES
_ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])


def _absolute_links_only(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href" and not value.lower().startswith(tuple(f"{scheme}:" for scheme in _SCHEMES)):
        return None
    return value


def markdown_html(text: str) -> str:
    """Render Markdown (CommonMark with tables and strikethrough) as harmless HTML.

    Text longer than `MAX_CHARACTERS` is cut there, and the result says so.
    """
    rest = len(text) - MAX_CHARACTERS
    html = _markdown().render(text[:MAX_CHARACTERS])
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        attribute_filter=_absolute_links_only,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return clean + (f"<p><em>… {rest:,} more characters are not shown.</em></p>" if rest > 0 else "")


def cells_html(cells: np.ndarray) -> str:
    """Render a text tensor: one cell as Markdown, a vector or matrix as a table, more dimensions as a list of cells.

    Parameters
    ----------
    cells
        Object array of str with the logged shape. At most `MAX_CELLS` cells are rendered; the result says how many are
        left out.
    """
    if cells.size == 1:
        return markdown_html(str(cells.reshape(-1)[0]))
    columns = cells.shape[1] if cells.ndim == 2 else 1
    rows = cells.reshape(-1, columns) if columns else cells.reshape(0, 1)
    shown = rows[: max(1, MAX_CELLS // max(columns, 1))]
    budget = MAX_CHARACTERS // max(shown.size, 1)
    body = "".join(
        "<tr>" + "".join(f"<td>{markdown_html(str(cell)[:budget])}</td>" for cell in row[:MAX_CELLS]) + "</tr>"
        for row in shown
    )
    left = cells.size - shown[:, :MAX_CELLS].size
    note = f"<p><em>{escape(f'{left:,} more cells are not shown.')}</em></p>" if left > 0 else ""
    return f"<table>{body}</table>{note}"
