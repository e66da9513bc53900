"""Images: encoded pictures at a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import gif, png
from ..errors import SummaryError
from ..messages import SummaryValue
from . import tensor

__all__ = ["PLUGIN", "EncodedImages", "decode", "encode", "encode_animation", "mime"]

PLUGIN = "images"

_MAX_SIDE = 1 << 31


@dataclass(frozen=True, slots=True)
class EncodedImages:
    """Pictures logged together: their width and height in pixels, as the log says, and the bytes of each as logged."""

    width: int
    height: int
    encoded: tuple[bytes, ...]


def encode(tag: str, pixels: npt.NDArray[np.uint8]) -> Any:
    """Return the Summary.Value of one picture, uint8[height, width, 1..4 channels], as PNG."""
    value = SummaryValue(tag=tag)
    value.image.height, value.image.width, value.image.colorspace = pixels.shape
    value.image.encoded_image_string = png.encode(pixels)
    return value


def encode_animation(tag: str, frames: npt.NDArray[np.uint8], fps: float) -> Any:
    """Return the Summary.Value of an animation, uint8[frames, height, width, 1..4 channels], as GIF."""
    value = SummaryValue(tag=tag)
    value.image.height, value.image.width, value.image.colorspace = frames.shape[1:]
    value.image.encoded_image_string = gif.encode(frames, fps)
    return value


def decode(value: Any) -> EncodedImages:
    """Return the pictures of a Summary.Value, undecoded: an ``image``, or strings [width, height, picture, ...].

    Raises
    ------
    SummaryError
        If it is neither.
    """
    if value.HasField("image"):
        image = value.image
        return EncodedImages(max(image.width, 0), max(image.height, 0), (image.encoded_image_string,))
    strings = tensor.decode_strings(value.tensor)
    if strings.ndim != 1 or len(strings) < 2:
        raise SummaryError(f"images that are a tensor of shape {list(strings.shape)}, not [width, height, image...]")
    width, height, *encoded = strings
    return EncodedImages(_side(width), _side(height), tuple(encoded))


def _side(decimal: bytes) -> int:
    if not (decimal.isdigit() and len(decimal) <= 10 and int(decimal) < _MAX_SIDE):
        raise SummaryError(f"images whose width or height is {decimal[:20]!r}")
    return int(decimal)


def mime(encoded: bytes) -> str:
    """Return the content type of a picture by its first bytes; ``application/octet-stream`` if it is none we know.

    Only formats that hold nothing but pixels are known: no SVG.
    """
    if encoded.startswith(b"RIFF") and encoded[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _MAGIC.items() if encoded.startswith(magic)), "application/octet-stream")


_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"BM": "image/bmp",
}
