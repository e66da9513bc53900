"""What a chart says where the pointer stands.

bqplot tells the kernel of no pointer but over marks. So a chart carries a mark that nobody sees, columns from top to
bottom over its whole width: the page says which one is pointed at, and shows a tooltip beside the pointer, which is
filled here. The style sheet makes the column under the pointer the hairline.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import bqplot
import ipywidgets
import numpy as np

from . import theme
from .figure import RULE

__all__ = ["COLUMNS", "Hover"]

COLUMNS = 100
"""Columns over the width of a chart."""

_TOOLTIP = {
    "opacity": 1,
    "background": "var(--jp-layout-color1, var(--vscode-editorHoverWidget-background, Canvas))",
    "color": "var(--jp-ui-font-color1, var(--vscode-editorHoverWidget-foreground, CanvasText))",
    "border": "1px solid var(--jp-border-color1, rgba(128, 134, 143, .5))",
    "border-radius": "6px",
    "box-shadow": "0 2px 8px rgba(0, 0, 0, .25)",
    "padding": "4px 8px",
    "margin": "0 12px",
    "max-width": "560px",
}


class Hover:
    """The columns of one chart.

    Parameters
    ----------
    say
        Returns what to say of a place, as HTML: given how far to the right it is, from 0 to 1.

    Attributes
    ----------
    mark : bqplot.Bars
        To be the last of the figure's marks.
    said : str
        What the tooltip says, as HTML.
    """

    def __init__(self, say: Callable[[float], str]) -> None:
        self._say = say
        self._tooltip = ipywidgets.HTML(layout=ipywidgets.Layout(margin="0"))
        self._tooltip.add_class("cb-tooltip")
        self._x, self._y = bqplot.LinearScale(min=0, max=COLUMNS), bqplot.LinearScale(min=0, max=1)
        self.mark = bqplot.Bars(
            x=np.arange(COLUMNS) + 0.5,
            y=np.ones(COLUMNS),
            scales={"x": self._x, "y": self._y},
            colors=[RULE],
            opacities=[0.0],
            padding=0.0,
            tooltip=self._tooltip,
            tooltip_style=_TOOLTIP,
            tooltip_location="mouse",
        )
        self.mark.on_hover(self._on_hover)

    @property
    def said(self) -> str:
        """What the tooltip says, as HTML."""
        return str(self._tooltip.value)

    def point_at(self, share: float) -> None:
        """Fill the tooltip for a place: how far to the right it is, from 0 to 1."""
        theme.put(self._tooltip, value=self._say(share))

    def _on_hover(self, _: Any, message: dict[str, Any]) -> None:
        data = message.get("data") or {}
        try:
            index = int(data.get("index", data.get("x", 0)))
        except (TypeError, ValueError):
            return
        self.point_at((min(max(index, 0), COLUMNS - 1) + 0.5) / COLUMNS)
