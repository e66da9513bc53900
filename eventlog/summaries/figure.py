"""Figures of matplotlib: drawn to pixels, and logged as images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import BadTypeError, BadValueError

__all__ = ["to_pixels"]

Pixels = npt.NDArray[np.uint8]


def to_pixels(tag: str, figures: Any, *, close: bool = True) -> Pixels:
    """Draw one figure, or several of one size, and return uint8[number, height, width, 3].

    Parameters
    ----------
    tag
        For messages.
    figures
        A ``matplotlib.figure.Figure``, or a list of them. What is transparent becomes white.
    close
        Have pyplot forget the figures afterwards.

    Raises
    ------
    BadTypeError
        If there is something else among them.
    BadValueError
        If there are none, or their sizes differ.
    """
    drawn = figures if isinstance(figures, Sequence) else [figures]
    for figure in drawn:
        if not hasattr(figure, "canvas"):
            raise BadTypeError(f"tag {tag!r}: {type(figure).__name__} {figure!r} is no matplotlib figure")
    pictures = [_draw(figure) for figure in drawn]
    if close:
        _close(drawn)
    if len({picture.shape for picture in pictures}) != 1:
        sizes = [f"{picture.shape[1]}x{picture.shape[0]}" for picture in pictures]
        raise BadValueError(
            f"tag {tag!r}: figures to log together must have one size, not {', '.join(sizes) or 'none'}"
        )
    return np.stack(pictures)


def _draw(figure: Any) -> Pixels:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    shown_on = figure.canvas
    try:
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        rgba = np.asarray(canvas.buffer_rgba())
        return _on_white(rgba)
    finally:
        figure.set_canvas(shown_on)  # a figure that stays open belongs to its window still


def _on_white(rgba: Pixels) -> Pixels:
    color, alpha = rgba[..., :3], rgba[..., 3:]
    if (alpha == 255).all():
        return color.copy()
    weight = alpha.astype(np.float32) / 255
    return (color * weight + 255 * (1 - weight) + 0.5).astype(np.uint8)


def _close(figures: Sequence[Any]) -> None:
    import matplotlib.pyplot as plt

    for figure in figures:
        plt.close(figure)
