"""Cards in a grid: grouped, folded, and never more at once than a page carries."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from html import escape
from typing import Any, Generic, Protocol, TypeVar

import ipywidgets
from ipywidgets import Layout

from . import theme
from .teardown import close_tree

__all__ = ["PAGE", "Card", "CardGrid", "by_prefix"]

PAGE = 12
"""Cards shown at first, and added by each "show more"."""


class Card(Protocol):
    """One card: a chart, an image, a text."""

    @property
    def widget(self) -> ipywidgets.Widget:
        """What is laid out in the grid."""


Key = TypeVar("Key", bound=Hashable)
CardT = TypeVar("CardT", bound=Card)


class CardGrid(Generic[Key, CardT]):
    """A grid of cards under group headings.

    Parameters
    ----------
    make
        Makes the card of a key; called when the card first comes onto the page.
    changed
        Called when the user unfolds a group or asks for more cards.
    column
        Least width of a column in pixels; as many columns as fit share the width.
    """

    def __init__(self, make: Callable[[Key], CardT], changed: Callable[[], None], column: int = 340) -> None:
        self._make, self._changed, self._column = make, changed, column
        self._cards: dict[Key, CardT] = {}
        self._groups: dict[str, _Group] = {}
        self._limit = PAGE
        self._more = ipywidgets.Button(layout=Layout(width="auto", margin="4px 0", display="none"))
        self._more.add_class("cb-link")
        self._more.on_click(self._on_more)
        self.box = ipywidgets.VBox([self._more], layout=Layout(width="100%", margin="0", grid_gap="8px"))

    @property
    def cards(self) -> dict[Key, CardT]:
        """The cards on the page, by key."""
        return dict(self._cards)

    def set_column(self, column: int) -> None:
        """Set the least width of a column, in pixels."""
        self._column = column
        for group in self._groups.values():
            group.set_column(column)

    def show(self, groups: Mapping[str, Sequence[Key]]) -> list[CardT]:
        """Lay out these keys under these headings ("" has none) and return the cards on the page, in order."""
        shown, left = self._page(groups)
        kept = {key for keys in shown.values() for key in keys}
        gone: list[ipywidgets.Widget] = [self._cards.pop(key).widget for key in list(self._cards) if key not in kept]
        for title in [title for title in self._groups if title not in shown]:
            # Its cards may live on under another heading.
            gone.append(self._groups.pop(title).emptied())
        for title, keys in shown.items():
            group = self._groups.get(title) or self._add_group(title)
            group.fill([self._card(key).widget for key in keys], len(groups[title]))
        self._arrange([self._groups[title].box for title in shown], left)
        for widget in gone:
            close_tree(widget)
        return [self._cards[key] for keys in shown.values() for key in keys]

    def _page(self, groups: Mapping[str, Sequence[Key]]) -> tuple[dict[str, list[Key]], int]:
        shown: dict[str, list[Key]] = {}
        room, left = self._limit, 0
        for title, keys in groups.items():
            folded = title in self._groups and self._groups[title].folded
            here = [] if folded else list(keys[:room])
            room -= len(here)
            left += 0 if folded else len(keys) - len(here)
            if here or folded:
                shown[title] = here
        return shown, left

    def _card(self, key: Key) -> CardT:
        if key not in self._cards:
            self._cards[key] = self._make(key)
        return self._cards[key]

    def _add_group(self, title: str) -> _Group:
        self._groups[title] = group = _Group(title, self._changed, self._column)
        return group

    def _arrange(self, boxes: list[ipywidgets.Widget], left: int) -> None:
        children = (*boxes, self._more)
        theme.put(self.box, children=children)
        if left:
            theme.put(self._more, description=f"Show {min(PAGE, left)} more ({left:,} left)")
        theme.put(self._more.layout, display=None if left else "none")

    def _on_more(self, _: Any) -> None:
        self._limit += PAGE
        self._changed()


class _Group:
    """A heading that folds, and the grid under it."""

    def __init__(self, title: str, changed: Callable[[], None], column: int) -> None:
        self.folded = False
        self._changed, self._title = changed, title
        self._button = ipywidgets.Button(
            description="▾", tooltip="Fold or unfold", layout=Layout(width="24px", height="24px", margin="0")
        )
        self._button.add_class("cb-group")
        self._button.on_click(self._on_fold)
        self._heading = theme.html()
        head = ipywidgets.HBox(
            [self._button, self._heading],
            layout=Layout(align_items="center", margin="0", display=None if title else "none"),
        )
        self._grid = ipywidgets.GridBox(layout=Layout(width="100%", grid_gap="12px", margin="0"))
        self.set_column(column)
        self.box = ipywidgets.VBox([head, self._grid], layout=Layout(width="100%", margin="0", grid_gap="4px"))

    def set_column(self, column: int) -> None:
        self._grid.layout.grid_template_columns = f"repeat(auto-fill, minmax(min({column}px, 100%), 1fr))"

    def fill(self, children: list[ipywidgets.Widget], total: int) -> None:
        heading = f'<span class="cb-card-title">{escape(self._title)}</span> <span class="cb-note">{total:,}</span>'
        theme.put(self._heading, value=heading)
        theme.put(self._grid, children=tuple(children))
        theme.put(self._grid.layout, display="grid" if children else "none")

    def emptied(self) -> ipywidgets.Widget:
        """Let go of the cards; returns what is left to be closed."""
        self._grid.children = ()
        return self.box

    def _on_fold(self, _: Any) -> None:
        self.folded = not self.folded
        self._button.description = "▸" if self.folded else "▾"
        self._changed()


def by_prefix(tags: Sequence[str]) -> dict[str, list[str]]:
    """Group tags by what stands before their first "/"; tags without one come first, under "", and so do few tags."""
    if len(tags) <= PAGE // 2:
        return {"": list(tags)}
    groups: dict[str, list[str]] = {}
    for tag in tags:
        prefix, slash, _ = tag.partition("/")
        groups.setdefault(prefix if slash else "", []).append(tag)
    return {"": groups.pop(""), **groups} if "" in groups else groups
