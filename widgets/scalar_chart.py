"""The card of one tag: its chart, and under it the latest value of each run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

import ipywidgets
from ipywidgets import Layout

from . import axis_format, theme
from .scalar_figure import ScalarFigure, View
from .teardown import close_tree

if TYPE_CHECKING:
    import bqplot

    from ..eventlog import Run

__all__ = ["MAX_RUNS", "ScalarChart"]

MAX_RUNS = 50
"""Runs drawn in one chart, at most; the card says how many are left out."""

_LEGEND_HEIGHT = "130px"


class ScalarChart:
    """The chart of one tag.

    Parameters
    ----------
    tag
        The tag.
    view
        How to show it.
    changed
        Called when the user zoomed.
    window
        The range of x to start with: steps, seconds since the run's start, or local seconds since the epoch.

    Attributes
    ----------
    widget : ipywidgets.VBox
        The card.
    window : (float, float) or None
        The range of x that the user zoomed to.
    """

    def __init__(
        self, tag: str, view: View, changed: Callable[[], None], window: tuple[float, float] | None = None
    ) -> None:
        self.tag, self.window = tag, window
        self._view, self._changed = view, changed
        self._drawing = ScalarFigure(tag, view, self.zoom)
        title = theme.html(
            f'<span class="cb-card-title cb-clip" title="{escape(tag, quote=True)}">{escape(tag)}</span>',
            flex="1 1 0",
            min_width="0",
        )
        self._reset = theme.link("reset zoom", lambda: self.zoom(None))
        self._reset.layout.visibility = "visible" if window else "hidden"
        self._legend = theme.html(max_height=_LEGEND_HEIGHT, overflow="auto", width="auto")
        self._head = ipywidgets.HBox(
            [title, self._reset], layout=Layout(width="auto", align_items="center", margin="0")
        )
        self.widget = ipywidgets.VBox(
            [self._head, self.figure, self._legend],
            layout=Layout(padding="6px 12px 8px", margin="0", min_width="0", width="auto"),
        )
        self.widget.add_class("cb-card")

    @property
    def figure(self) -> bqplot.Figure:
        """The figure in the card; another one after the kind of axes changed."""
        return self._drawing.figure

    @property
    def lines(self) -> dict[str, bqplot.Lines]:
        """The mark of each run drawn."""
        return dict(self._drawing.lines)

    @property
    def bytes_sent(self) -> int:
        """Bytes of points sent to the page by the figure in the card."""
        return self._drawing.bytes_sent

    def zoom(self, window: tuple[float, float] | None) -> None:
        """Show only x in *window*, at its own resolution; None shows everything."""
        self.window = window
        self._changed()

    def update(self, runs: Sequence[Run], view: View) -> None:
        """Draw *runs*, all of which have the tag; only what changed is sent."""
        if (view.x_axis, view.log_y) != (self._view.x_axis, self._view.log_y):
            self.window = self.window if view.x_axis == self._view.x_axis else None
            self._new_figure(view)
        self._view = view
        theme.put(self._reset.layout, visibility="visible" if self.window else "hidden")
        drawn = runs[:MAX_RUNS]
        self._drawing.draw(drawn, view.smoothing, self.window)
        theme.put(self._legend, value=self._legend_html(drawn, len(runs) - len(drawn)))

    def _new_figure(self, view: View) -> None:
        old = self.figure
        self._drawing = ScalarFigure(self.tag, view, self.zoom)
        self.widget.children = (self._head, self.figure, self._legend)
        close_tree(old)

    def _legend_html(self, runs: Sequence[Run], left_out: int) -> str:
        smoothed = self._view.smoothing > 0
        rows = "".join(self._legend_row(run, smoothed) for run in runs)
        names = [*(["smoothed"] if smoothed else []), "latest", "step"]
        head = f'<tr><th class="cb-name">run</th>{"".join(f"<th>{name}</th>" for name in names)}</tr>'
        note = (
            f'<div class="cb-note">{left_out:,} more runs are not drawn: choose fewer runs to see them.</div>'
            if left_out
            else ""
        )
        return f'<table class="cb-legend">{head}{rows}</table>{note}'

    def _legend_row(self, run: Run, smoothed: bool) -> str:
        series = run.scalars[self.tag]
        name = escape(run.name, quote=True)
        value = axis_format.number(float(series.value[-1])) if len(series) else "–"
        step = f"{int(series.step[-1]):,}" if len(series) else "–"
        last = self._drawing.drawn[run.name].smooth
        smooth = (
            f"<td>{axis_format.number(float(last[-1])) if last is not None and len(last) else '–'}</td>"
            if smoothed
            else ""
        )
        label = f'<td class="cb-name" title="{name}">{theme.swatch(run.color)}{name}</td>'
        return f"<tr>{label}{smooth}<td>{value}</td><td>{step}</td></tr>"
