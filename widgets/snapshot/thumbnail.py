"""A small copy of a logged image, as the address of an image in a page."""

from __future__ import annotations

import base64
import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..shown import Picture

__all__ = ["address"]

_MAX_PIXELS = 40_000_000
"""Images of more pixels are not decoded: bytes may unfold to anything."""

_SIDES = (256, 160, 112, 80, 56, 40, 28)
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_AS_LOGGED = ("image/png", "image/jpeg", "image/gif")


def address(picture: Picture, most: int) -> str:
    """Return *picture*, or a copy small enough, as a ``data:`` address of at most *most* bytes; "" if that cannot be.

    What is small as it was logged stays as it was, to the pixel.
    """
    if picture.mime in _AS_LOGGED and 4 * len(picture.content) // 3 + 40 <= most:
        return _address(picture.mime, picture.content)
    try:
        return _smaller(picture.content, most)
    except Exception:  # Pillow raises whatever its decoders do; what cannot be read is not shown
        return ""


def _smaller(content: bytes, most: int) -> str:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large images, which are refused here
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
        if image.width * image.height > _MAX_PIXELS:
            return ""
        image.draft("RGB", (_SIDES[0], _SIDES[0]))  # JPEG decodes to a part of its size at once
        clear = "A" in image.getbands() or "transparency" in image.info
        whole = image.convert("RGBA" if clear else "RGB")
    for side in _SIDES:
        small = whole.copy()
        small.thumbnail((side, side))
        encoded = io.BytesIO()
        if clear:
            small.save(encoded, "PNG", optimize=True)
        else:
            small.save(encoded, "JPEG", quality=80)
        if 4 * encoded.tell() // 3 + 40 <= most:
            return _address("image/png" if clear else "image/jpeg", encoded.getvalue())
    return ""


def _address(mime: str, content: bytes) -> str:
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"
