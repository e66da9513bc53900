"""Sheets of small pictures that come out of a log: what is sent is a picture, and of a size that a page can hold."""

from __future__ import annotations

import io
import struct

__all__ = ["checked"]

_MOST_BYTES = 64 << 20
_MOST_SIDE = 16_384
_MOST_PIXELS = 100_000_000


def checked(encoded: bytes) -> str:
    """Return the content type of a PNG or a JPEG.

    Raises
    ------
    ValueError
        If it is neither, is damaged, or is too large; it says which.
    """
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile

    from ..eventlog.summaries.image import mime

    if len(encoded) > _MOST_BYTES:
        raise ValueError(f"the picture has more than {_MOST_BYTES} bytes")
    kind = mime(encoded)
    opener = {"image/png": PngImageFile, "image/jpeg": JpegImageFile}.get(kind)
    if opener is None:
        raise ValueError("the picture is neither a PNG nor a JPEG")
    try:
        with opener(io.BytesIO(encoded)) as picture:
            width, height = picture.size
            if max(width, height) > _MOST_SIDE or width * height > _MOST_PIXELS:
                raise ValueError(f"the picture has {width} x {height} pixels, too many for a page")
            picture.verify()
    except (OSError, SyntaxError, EOFError, LookupError, TypeError, struct.error) as error:
        raise ValueError(f"the picture is damaged: {error}"[:300]) from None
    return kind
