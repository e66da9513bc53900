"""Which page of many cards or rows is shown: "13–24 of 240", one back, one on."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets
from ipywidgets import Layout

from . import theme

__all__ = ["PAGE", "Pager"]

PAGE = 12
"""Cards in the page at once."""


class Pager:
    """A line to turn pages with; it takes no room while one page is enough.

    Parameters
    ----------
    changed
        Called when the user turned a page.
    page
        How many there are on a page.

    Attributes
    ----------
    first : int
        Which one is the first of the page, from 0.
    """

    def __init__(self, changed: Callable[[], None], page: int = PAGE) -> None:
        self._changed, self._page, self._total = changed, page, 0
        self.first = 0
        self.back, self.on = theme.link("‹ previous", lambda: self.turn(-1)), theme.link("next ›", lambda: self.turn(1))
        self._place = theme.html()
        self.box = ipywidgets.HBox(
            [self.back, self._place, self.on],
            layout=Layout(align_items="center", justify_content="center", grid_gap="8px", margin="0", display="none"),
        )

    def turn(self, pages: int) -> None:
        """Go so many pages on, or back."""
        self.first += pages * self._page
        self.update(self._total)
        self._changed()

    def update(self, total: int) -> None:
        """Take how many cards there are now; a page behind the last becomes the last."""
        self._total = total
        last = (total - 1) // self._page * self._page if total else 0
        self.first = min(max(self.first, 0), last)
        theme.put(self.back, disabled=self.first == 0)
        theme.put(self.on, disabled=self.first == last)
        stop = min(self.first + self._page, total)
        theme.put(self._place, value=f'<span class="cb-sub cb-mono">{self.first + 1:,}–{stop:,} of {total:,}</span>')
        theme.put(self.box.layout, display=None if total > self._page else "none")
