"""From an array of any layout and number type to the pixels of one picture."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import as_array
from .errors import BadTypeError, BadValueError

__all__ = ["grid", "to_bytes", "to_pixels"]

Array = npt.NDArray[Any]
Pixels = npt.NDArray[np.uint8]
Notice = Callable[[str], None]

_COLUMNS = 8  # pictures in a row of a grid, as in torch
_TOLERANCE = 0.5 / 255  # what rounding may add to 0..1 before it is worth a warning


def to_pixels(tag: str, image: Any, dataformats: str, notice: Notice) -> Pixels:
    """Return uint8[height, width, 1..4 channels but not 1]: the picture, or the grid of pictures, in `image`.

    Parameters
    ----------
    tag
        For messages.
    image
        Floats in 0..1; integers in 0..255 (0 and 1 if there is nothing above 1); bool; or a picture of PIL.
    dataformats
        A letter per axis, in any order and case: H and W, and C and N where there are channels or several pictures.
        Pictures become a grid, 8 in a row, without gaps.
    notice
        Told what had to be changed.

    Raises
    ------
    BadTypeError, BadValueError
        If there is no picture in it. The message names `tag` and the shape.
    """
    if hasattr(image, "getbands"):
        array, dataformats = _from_pil(image)
    else:
        array = as_array(tag, image)
    axes = _axes(tag, array, dataformats)
    if not array.size:
        raise BadValueError(f"tag {tag!r}: an image of shape {list(array.shape)} has no pixels")
    return _colored(tag, _arranged(to_bytes(array, notice), axes))


def _from_pil(image: Any) -> tuple[Array, str]:
    if image.mode not in ("L", "LA", "RGB", "RGBA"):
        image = image.convert("RGBA" if "A" in image.mode or "transparency" in image.info else "RGB")
    array = np.asarray(image)
    return array, "HWC" if array.ndim == 3 else "HW"


def _axes(tag: str, array: Array, dataformats: str) -> str:
    if not isinstance(dataformats, str):
        raise BadTypeError(f"tag {tag!r}: dataformats must be a str such as 'CHW', not {dataformats!r}")
    axes = dataformats.upper()
    if len(set(axes)) != len(axes) or not set("HW") <= set(axes) <= set("NCHW"):
        raise BadValueError(f"tag {tag!r}: dataformats {dataformats!r} is no arrangement of the letters N, C, H, W")
    if len(axes) != array.ndim:
        shape = list(array.shape)
        raise BadValueError(f"tag {tag!r}: an image of shape {shape} does not fit dataformats {dataformats!r}")
    return axes


def to_bytes(array: Array, notice: Notice) -> Pixels:
    """Return an array of any number type and shape as uint8, by the rules of `to_pixels`."""
    if array.dtype == np.uint8:
        return array
    if array.dtype.kind == "b":
        return array.astype(np.uint8) * np.uint8(255)
    low, high = array.min(), array.max()
    if array.dtype.kind in "iu":
        if low >= 0 and high <= 1:
            return array.astype(np.uint8) * np.uint8(255)
        if low < 0 or high > 255:
            notice(f"integers from {low} to {high} were clipped to 0..255")
        return array.clip(0, 255).astype(np.uint8)
    return _floats_to_bytes(array, float(low), float(high), notice)


def _floats_to_bytes(array: Array, low: float, high: float, notice: Notice) -> Pixels:
    if math.isnan(low):
        notice("NaN pixels are shown black")
        array = np.nan_to_num(array, nan=0.0, posinf=1.0, neginf=0.0)
    elif low < -_TOLERANCE or high > 1 + _TOLERANCE:
        hint = "; give integers for pixels in 0..255" if low >= 0 and 2 < high <= 255 else ""
        notice(f"floats from {low:g} to {high:g} were clipped to 0..1{hint}")
    # Through float32 and by truncation, as torch does: the same pixels for the same array.
    with np.errstate(over="ignore"):
        scaled = np.multiply(array.astype(np.float32, copy=False), np.float32(255))
    pixels: Pixels = np.clip(scaled, 0, 255, out=scaled).astype(np.uint8)
    return pixels


def _arranged(pixels: Pixels, axes: str) -> Pixels:
    """Return the pixels as one picture, [height, width, channels]."""
    missing = [letter for letter in "NC" if letter not in axes]
    for letter in missing:
        pixels, axes = pixels[..., None], axes + letter
    return grid(pixels.transpose([axes.index(letter) for letter in "NHWC"]))


def grid(pictures: Pixels, columns: int = _COLUMNS) -> Pixels:
    """Return pictures, uint8[number, height, width, channels], as one, so many in a row; what is left is black."""
    count, height, width, channels = pictures.shape
    if count == 1:
        return pictures.reshape(height, width, channels)
    columns = min(count, columns)
    rows = -(-count // columns)
    sheet = np.zeros((rows, height, columns, width, channels), np.uint8)
    for index, picture in enumerate(pictures):
        sheet[index // columns, :, index % columns] = picture
    return sheet.reshape(rows * height, columns * width, channels)


def _colored(tag: str, picture: Pixels) -> Pixels:
    channels = picture.shape[2]
    if channels > 4:
        raise BadValueError(f"tag {tag!r}: an image has 1 to 4 channels, not {channels}; is dataformats right?")
    return np.repeat(picture, 3, axis=2) if channels == 1 else picture
