"""The card of one tag: its chart, and under it what its runs come to in numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import ipywidgets
from ipywidgets import Layout

from . import shown, theme
from .scalar_figure import ScalarFigure, View
from .scalar_values import Values, heading, tooltip_html, value_table
from .tables import legend_html
from .teardown import close_tree

if TYPE_CHECKING:
    import bqplot

    from ..eventlog import Run

__all__ = ["MAX_RUNS", "ScalarChart"]

MAX_RUNS = 50
"""Runs drawn in one chart, at most; the card says how many are left out."""

_LEGEND_HEIGHT = "132px"
_REACH = 0.02


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
        self,
        tag: str,
        view: View,
        changed: Callable[[ScalarChart], None],
        window: tuple[float, float] | None = None,
    ) -> None:
        self.tag, self.window = tag, window
        self._view, self._changed = view, changed
        self._runs: list[Run] = []
        self._table = shown.Table((), ())
        self._drawing = ScalarFigure(tag, view, self.zoom, self._say)
        self._reset = theme.link("reset zoom", lambda: self.zoom(None))
        self._reset.layout.visibility = "visible" if window else "hidden"
        self._legend = theme.html(max_height=_LEGEND_HEIGHT, overflow="auto", width="auto")
        self._head = ipywidgets.HBox(
            [theme.html(heading(tag), flex="1 1 0", min_width="0"), self._reset],
            layout=Layout(width="auto", align_items="center", margin="0"),
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
    def points(self) -> int:
        """Points logged of the runs drawn, in the page or not."""
        return sum(line.total for line in self._drawing.drawn.values())

    @property
    def bytes_sent(self) -> int:
        """Bytes of points sent to the page by the figure in the card."""
        return self._drawing.bytes_sent

    def zoom(self, window: tuple[float, float] | None) -> None:
        """Show only x in *window*, at its own resolution; None shows everything."""
        if window != self.window:
            self.window = window
            self._changed(self)

    def point_at(self, share: float) -> str:
        """Return what the tooltip says, as HTML, when the pointer is this far to the right, from 0 to 1."""
        self._drawing.hover.point_at(share)
        return self._drawing.hover.said

    def update(self, runs: Sequence[Run], view: View, values: Values = "last") -> None:
        """Draw *runs*, all of which have the tag; only what changed is sent."""
        if (view.x_axis, view.y_scale) != (self._view.x_axis, self._view.y_scale):
            self.window = self.window if view.x_axis == self._view.x_axis else None
            self._new_figure(view)
        self._view = view
        self._drawing.point(view.pointer)
        theme.put(self._reset.layout, visibility="visible" if self.window else "hidden")
        self._runs = list(runs[:MAX_RUNS])
        self._drawing.draw(self._runs, view.smoothing, self.window)
        self._table = value_table(
            self.tag,
            self._runs,
            self._drawing.drawn,
            values=values,
            smoothed=view.smoothing > 0,
            left_out=len(runs) - len(self._runs),
        )
        theme.put(self._legend, value=legend_html(self._table))

    def shown(self) -> shown.Card:
        """Return what the card shows."""
        return shown.Card(self.tag, content=(self._drawing.shown(), self._table))

    def _new_figure(self, view: View) -> None:
        old = self.figure
        self._drawing = ScalarFigure(self.tag, view, self.zoom, self._say)
        self.widget.children = (self._head, self.figure, self._legend)
        close_tree(old)

    def _say(self, x: float, breadth: float) -> str:
        return tooltip_html(x, self._runs, self._drawing.drawn, _REACH * breadth)
