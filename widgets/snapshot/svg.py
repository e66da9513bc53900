"""A few lines of SVG, and how they get into a page: as the address of an image, which no sanitiser has to look into."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np

if TYPE_CHECKING:
    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["address", "element", "path", "text"]

_FAR = 30_000
"""Points further away than this, in the units of a path, are drawn at that distance: no number grows long."""

_PLAIN = "/:=;,.-~!*()'?@$+"


def element(name: str, content: str = "", **attributes: Any) -> str:
    """Return an element; `stroke_width` is written ``stroke-width``, values are escaped, *content* is markup."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}='{escape(str(value), quote=True)}'" for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(content: str, **attributes: Any) -> str:
    """Return a line of text; *content* is escaped."""
    return element("text", escape(content), **attributes)


def path(x: Floats, y: Floats, *, close: bool = False) -> str:
    """Return what a path draws through x, y float64[n]: whole numbers, relative, broken where one is no number."""
    finite = np.isfinite(x) & np.isfinite(y)
    places = np.stack([x, y], axis=1)
    parts = []
    for start, stop in _stretches(finite):
        points = np.clip(np.rint(places[start:stop]), -_FAR, _FAR).astype(np.int64)
        steps = np.diff(points, axis=0)
        moved = steps[np.any(steps != 0, axis=1)].tolist() or [[0, 0]]
        first = points[0].tolist()
        parts.append(f"M{first[0]:+d}{first[1]:+d}l" + "".join(f"{dx:+d}{dy:+d}" for dx, dy in moved))
    return "".join(part + ("z" if close else "") for part in parts)


def address(drawing: str) -> str:
    """Return *drawing* as a ``data:`` address; nothing in it has to be escaped in an attribute."""
    return "data:image/svg+xml," + quote(drawing, safe=_PLAIN.replace("'", ""))


def _stretches(finite: np.ndarray[Any, np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
