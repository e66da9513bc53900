"""Inline renderers: ipywidgets and bqplot, nothing else in the page.

Two doors. ``widgets.scalars("runs")`` is for people in a hurry; it only builds a `ScalarBoard`, which can as well be
built by hand, put into a layout of one's own, driven (``board.smoothing = 0.8``) and asked for its state
(``board.options()``).

How the parts fit: a *board* (`board.Board`) shows one kind of summary of one logdir. It subscribes to the logdir's
*refresher* (`live.Refresher`), one thread that polls the `LogDir` and lets every board push what is new over the
kernel's comm. `lifetime` knows which cell shows which board and stops boards whose output is gone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .histogram_board import HistogramBoard, histograms
    from .image_board import ImageBoard, images
    from .scalar_board import ScalarBoard, scalars
    from .text_board import TextBoard, text

__all__ = [
    "HistogramBoard",
    "ImageBoard",
    "ScalarBoard",
    "TextBoard",
    "histograms",
    "images",
    "scalars",
    "text",
]

_HOMES = {
    "HistogramBoard": "histogram_board",
    "ImageBoard": "image_board",
    "ScalarBoard": "scalar_board",
    "TextBoard": "text_board",
    "histograms": "histogram_board",
    "images": "image_board",
    "scalars": "scalar_board",
    "text": "text_board",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
