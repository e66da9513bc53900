"""Close a widget with everything it is made of; ipywidgets closes only the outermost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import ipywidgets

__all__ = ["close_tree", "walk"]


def close_tree(root: ipywidgets.Widget) -> None:
    """Close *root*, its children, layouts, styles, marks, axes and scales, so that no comm of it is left."""
    for widget in reversed(list(walk(root))):
        ipywidgets.Widget.close(widget)


def walk(root: ipywidgets.Widget, leave: Sequence[ipywidgets.Widget] = ()) -> Iterator[ipywidgets.Widget]:
    """Yield *root* and every widget that it is made of, each once; those to *leave*, and what they are made of, not."""
    yield from _walk(root, {id(widget) for widget in leave})


def _walk(value: Any, seen: set[int]) -> Iterator[ipywidgets.Widget]:
    if isinstance(value, ipywidgets.Widget):
        if id(value) in seen:
            return
        seen.add(id(value))
        yield value
        for part in list(value._trait_values.values()):
            yield from _walk(part, seen)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _walk(part, seen)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _walk(part, seen)
