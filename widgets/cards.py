"""Cards in a grid: grouped, folded, and never more at once than a page carries."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from html import escape
from typing import Any, Generic, Protocol, TypeVar

import ipywidgets
from ipywidgets import Layout

from . import shown, theme
from .pager import PAGE, Pager
from .teardown import close_tree

__all__ = ["PAGE", "Card", "CardGrid", "by_prefix"]

_GAP = 12
"""Pixels between two cards."""


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
        Called when the user unfolds a group or turns a page.
    column
        Least width of a column in pixels; as many columns as fit share the width.
    widen
        Whether few cards share the whole width, as charts should; pictures should not grow with the page.
    """

    def __init__(
        self, make: Callable[[Key], CardT], changed: Callable[[], None], column: int = 340, *, widen: bool = True
    ) -> None:
        self._make, self._changed, self._column, self._widen = make, changed, column, widen
        self._most = 0
        self._cards: dict[Key, CardT] = {}
        self._groups: dict[str, _Group] = {}
        self._layout: dict[str, tuple[list[Key], int]] = {}
        self.pager = Pager(changed)
        self.box = ipywidgets.VBox([self.pager.box], layout=Layout(width="100%", margin="0", grid_gap="8px"))

    @property
    def cards(self) -> dict[Key, CardT]:
        """The cards on the page, by key."""
        return dict(self._cards)

    def set_column(self, column: int) -> None:
        """Set the least width of a column, in pixels."""
        self._column = column
        for group in self._groups.values():
            group.set_columns(self._columns())

    def show(self, groups: Mapping[str, Sequence[Key]]) -> list[CardT]:
        """Lay out these keys under these headings ("" has none) and return the cards on the page, in order."""
        here = self._page(groups)
        kept = {key for keys in here.values() for key in keys}
        gone: list[ipywidgets.Widget] = [self._cards.pop(key).widget for key in list(self._cards) if key not in kept]
        for title in [title for title in self._groups if title not in here]:
            # Its cards may live on under another heading.
            gone.append(self._groups.pop(title).emptied())
        self._most = max(map(len, groups.values()), default=0)
        for title, keys in here.items():
            group = self._groups.get(title) or self._add_group(title)
            group.set_columns(self._columns())
            group.fill([self._card(key).widget for key in keys], len(groups[title]))
        theme.put(self.box, children=(*(self._groups[title].box for title in here), self.pager.box))
        for widget in gone:
            close_tree(widget)
        self._layout = {title: (keys, len(groups[title]) - len(keys)) for title, keys in here.items()}
        return [self._cards[key] for keys in here.values() for key in keys]

    def shown(self, describe: Callable[[Key, CardT], shown.Card]) -> tuple[shown.Group, ...]:
        """Return what is on the page; *describe* returns what a card shows."""
        return tuple(
            shown.Group(title, tuple(describe(key, self._cards[key]) for key in keys), left_out)
            for title, (keys, left_out) in self._layout.items()
        )

    def _page(self, groups: Mapping[str, Sequence[Key]]) -> dict[str, list[Key]]:
        """Return what is on the page: of the groups that are not folded, those on it; those that are, without keys."""
        open_groups = {title: keys for title, keys in groups.items() if not self._folded(title)}
        self.pager.update(sum(map(len, open_groups.values())))
        here: dict[str, list[Key]] = {}
        place = 0
        for title, keys in groups.items():
            if title not in open_groups:
                here[title] = []
                continue
            first, stop = self.pager.first - place, self.pager.first + PAGE - place
            place += len(keys)
            on_page = list(keys[max(first, 0) : max(stop, 0)])
            if on_page:
                here[title] = on_page
        return here

    def _folded(self, title: str) -> bool:
        return title in self._groups and self._groups[title].folded

    def _card(self, key: Key) -> CardT:
        if key not in self._cards:
            self._cards[key] = self._make(key)
        return self._cards[key]

    def _add_group(self, title: str) -> _Group:
        self._groups[title] = group = _Group(title, self._changed)
        return group

    def _columns(self) -> str:
        """Return the columns of every group as CSS: alike, so that the cards of one group stand under another's."""
        least = f"min({self._column}px, 100%)"
        if self._widen and self._most:
            # A pixel less than the share, so that rounding does not push the last card into the next row.
            least = f"max({least}, calc((100% - {_GAP * (self._most - 1) + 1}px) / {self._most}))"
        return f"repeat(auto-fill, minmax({least}, 1fr))"


class _Group:
    """A heading that folds, and the grid under it."""

    def __init__(self, title: str, changed: Callable[[], None]) -> None:
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
        self._grid = ipywidgets.GridBox(layout=Layout(width="100%", grid_gap=f"{_GAP}px", margin="0"))
        self.box = ipywidgets.VBox([head, self._grid], layout=Layout(width="100%", margin="0", grid_gap="4px"))

    def set_columns(self, columns: str) -> None:
        theme.put(self._grid.layout, grid_template_columns=columns)

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
