"""``%board list`` in a notebook: the viewers that run, each with a link and a button that ends it."""

from __future__ import annotations

import json
import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets
from ipywidgets import Layout

from ..viewer import launch, registry
from ..widgets.theme import CLASS, html, link, style_sheet
from .viewer_words import age, count, lines, size

if TYPE_CHECKING:
    from ..viewer.registry import ViewerRecord

__all__ = ["ViewerTable"]

_COLUMNS = "minmax(0, 1fr) 88px 112px 80px 64px"
_HEADINGS = ("logdir", "port", "started", "memory", "")


class ViewerTable(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets is not annotated
    """A table of running viewers. It tells what was so when it was made; *refresh* looks again."""

    def __init__(self) -> None:
        self._rows = ipywidgets.GridBox(layout=Layout(grid_template_columns=_COLUMNS, grid_gap="0 16px", width="100%"))
        self._note = html()
        again = link("refresh", self.refresh)
        super().__init__(
            [style_sheet(), self._rows, ipywidgets.HBox([self._note, again], layout=Layout(align_items="center"))],
            layout=Layout(width="100%", max_width="960px", grid_gap="4px", padding="4px 2px 8px"),
        )
        self.add_class(CLASS)
        self._said = ""
        self.refresh()

    def __repr__(self) -> str:
        return self._said

    def refresh(self) -> None:
        """Show the viewers that run now."""
        records = registry.running()
        self._said = "\n".join(lines(records))
        self._note.value = f'<span class="cb-note">{escape(count(len(records)))}</span>'
        gone = self._rows.children
        cells = [_heading(text) for text in _HEADINGS] if records else []
        self._rows.children = cells + [cell for record in records for cell in self._row(record)]
        for widget in gone:
            widget.close()

    def _row(self, record: ViewerRecord) -> list[ipywidgets.Widget]:
        logdir, address = escape(record.logdir, quote=True), escape(_address(record), quote=True)
        port = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{record.port}</a>'
        stop = link("stop", lambda: self._stop(record))
        stop.tooltip = f"End the viewer on port {record.port}"
        return [
            html(f'<span class="cb-clip" title="{logdir}">{logdir}</span>', min_width="0"),
            html(f'<span class="cb-mono">{port}</span>'),
            html(f'<span class="cb-mono">{escape(age(record.started))}</span>'),
            html(f'<span class="cb-mono">{escape(size(record))}</span>'),
            stop,
        ]

    def _stop(self, record: ViewerRecord) -> None:
        launch.stop(record)
        self.refresh()


def _heading(text: str) -> ipywidgets.HTML:
    return html(f'<span class="cb-sub">{text}</span>')


def _address(record: ViewerRecord) -> str:
    """Return the viewer's address below the Jupyter server this kernel belongs to; without one, its own.

    A server writes where it is into ``jpserver-<pid>.json`` in the runtime directory, and its number into the
    environment of its kernels.
    """
    from jupyter_core.paths import jupyter_runtime_dir

    server = os.environ.get("JPY_PARENT_PID", "")
    if not server.isdecimal():
        return record.address
    try:
        said: Any = json.loads(Path(jupyter_runtime_dir(), f"jpserver-{server}.json").read_text(encoding="utf-8"))
        base = said["base_url"]
    except (OSError, ValueError, KeyError, TypeError):
        return record.address
    return f"{base}cellboard/v/{record.id}/" if isinstance(base, str) and base.startswith("/") else record.address
