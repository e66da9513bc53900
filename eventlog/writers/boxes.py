"""Boxes drawn on a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..arrays import as_array
from ..errors import BadValueError

__all__ = ["as_boxes", "draw"]

Pixels = npt.NDArray[np.uint8]
Boxes = npt.NDArray[np.float64]

_FAR = 1e6  # pixels; Pillow's coordinates are 32 bits wide
_LINE, _PAPER, _INK = 2, "red", "black"


def as_boxes(tag: str, values: Any) -> Boxes:
    """Return boxes, [n, 4] or one of [4], as float64[n, 4]: left, top, right, bottom, in pixels.

    Raises
    ------
    NotANumberError
        If they are no numbers.
    BadValueError
        If they have another shape, or are not finite.
    """
    boxes = as_array(tag, values).astype(np.float64)
    if boxes.size == 0:
        return np.zeros((0, 4))
    if boxes.ndim not in (1, 2) or boxes.shape[-1] != 4:
        raise BadValueError(
            f"tag {tag!r}: boxes have the shape [n, 4] (left, top, right, bottom), not {[*boxes.shape]}"
        )
    if not np.isfinite(boxes).all():
        raise BadValueError(f"tag {tag!r}: a box with an edge that is not finite")
    return boxes.reshape(-1, 4).clip(-_FAR, _FAR)


def draw(picture: Pixels, boxes: Boxes, labels: Sequence[str] | None = None, rescale: float = 1) -> Pixels:
    """Return a picture, uint8[height, width, 2..4], with red boxes on it, and below in each its label; then rescaled.

    The layout is that of torch's writer.
    """
    from PIL import Image, ImageDraw

    channels = picture.shape[2]
    image = Image.fromarray(picture) if channels > 2 else Image.fromarray(picture, "LA").convert("RGBA")
    canvas = ImageDraw.Draw(image)
    for index, (left, top, right, bottom) in enumerate(boxes.tolist()):
        canvas.line([(left, top), (left, bottom), (right, bottom), (right, top), (left, top)], _PAPER, _LINE)
        if labels is not None and labels[index]:
            _write(canvas, left, bottom, labels[index])
    if rescale != 1:
        size = max(int(image.width * rescale), 1), max(int(image.height * rescale), 1)
        image = image.resize(size, Image.Resampling.LANCZOS)
    return np.asarray(image)


def _write(canvas: Any, left: float, bottom: float, label: str) -> None:
    from PIL import ImageFont

    font = ImageFont.load_default()
    before, above, after, below = font.getbbox(label)
    width, height = after - before, below - above
    margin = np.ceil(0.05 * height)
    canvas.rectangle([(left, bottom - height - 2 * margin), (left + width, bottom)], _PAPER)
    canvas.text((left + margin, bottom - height - margin), label, _INK, font)
