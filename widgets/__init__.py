"""Inline renderers: ipywidgets and bqplot, nothing else in the page.

Two doors. ``widgets.scalars("runs")`` is for people in a hurry; it only builds a `ScalarBoard`, which can as well be
built by hand, put into a layout of one's own, driven (``board.smoothing = 0.8``) and asked for its state
(``board.options()``).

`widgets.inline("runs")` has all of them in tabs.

How the parts fit: a *board* (`board.Board`) shows one kind of summary of one logdir. It subscribes to the logdir's
*refresher* (`live.Refresher`), one thread that polls the `LogDir` and lets every board push what is new over the
kernel's comm. `lifetime` knows which cell shows which board and stops boards whose output is gone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .distribution_board import DistributionBoard, distributions
    from .histogram_board import HistogramBoard, histograms
    from .hparam_board import HParamBoard, hparams
    from .image_board import ImageBoard, images
    from .inline_board import InlineBoard, inline
    from .pr_board import PrCurveBoard, pr_curves
    from .scalar_board import ScalarBoard, scalars
    from .text_board import TextBoard, text, texts

__all__ = [
    "DistributionBoard",
    "HParamBoard",
    "HistogramBoard",
    "ImageBoard",
    "InlineBoard",
    "PrCurveBoard",
    "ScalarBoard",
    "TextBoard",
    "distributions",
    "histograms",
    "hparams",
    "images",
    "inline",
    "pr_curves",
    "scalars",
    "text",
    "texts",
]

_HOMES = {
    "DistributionBoard": "distribution_board",
    "HParamBoard": "hparam_board",
    "HistogramBoard": "histogram_board",
    "ImageBoard": "image_board",
    "InlineBoard": "inline_board",
    "PrCurveBoard": "pr_board",
    "ScalarBoard": "scalar_board",
    "TextBoard": "text_board",
    "distributions": "distribution_board",
    "histograms": "histogram_board",
    "hparams": "hparam_board",
    "images": "image_board",
    "inline": "inline_board",
    "pr_curves": "pr_board",
    "scalars": "scalar_board",
    "text": "text_board",
    "texts": "text_board",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
