"""One point of a series that is no scalar, as it was logged."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from .summaries import histogram, image, text

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["HistogramSample", "ImageSample", "TextSample"]

Floats = npt.NDArray[np.float64]

# Enough for everything that writers use; Pillow would run some of its other formats' data as programs.
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")


@dataclass(frozen=True, slots=True)
class ImageSample:
    """Images logged at a step, usually one.

    Parameters
    ----------
    step, wall_time
        When; the time in seconds since the epoch.
    width, height
        In pixels, as the log says.
    all_encoded
        The bytes of each image as they were logged.
    """

    step: int
    wall_time: float
    width: int
    height: int
    all_encoded: tuple[bytes, ...]

    @classmethod
    def of(cls, value: Any, step: int, wall_time: float) -> ImageSample:
        """Return the sample of a Summary.Value."""
        images = image.decode(value)
        return cls(step, wall_time, images.width, images.height, images.encoded)

    @property
    def count(self) -> int:
        """How many images there are."""
        return len(self.all_encoded)

    @property
    def encoded(self) -> bytes:
        """Bytes of the first image, b"" if there is none."""
        return self.all_encoded[0] if self.all_encoded else b""

    @property
    def mime(self) -> str:
        """Content type of the first image, by its bytes: ``image/png`` and so on, or ``application/octet-stream``."""
        return image.mime(self.encoded)

    def pil(self, item: int = 0) -> Image:
        """Return an image decoded by Pillow; of an animation, the first frame.

        Raises
        ------
        OSError
            If the bytes are no image in a format that browsers show, or are damaged.
        """
        from PIL import Image

        encoded = self.all_encoded[item] if self.count else b""
        try:
            decoded = Image.open(io.BytesIO(encoded), formats=_FORMATS)
            decoded.load()
        except OSError:
            raise
        except Exception as error:  # whatever Pillow's decoders make of hostile bytes: ValueError, SyntaxError, its own
            raise OSError(f"an image that cannot be decoded: {error}") from error
        return decoded

    def array(self, item: int = 0) -> npt.NDArray[Any]:
        """Return an image as uint8[height, width] or uint8[height, width, channels] (uint16 for 16-bit images).

        Raises
        ------
        OSError
            See `pil`.
        """
        decoded = self.pil(item)
        if decoded.mode == "P":
            decoded = decoded.convert("RGBA" if "transparency" in decoded.info else "RGB")
        elif decoded.mode == "1":
            decoded = decoded.convert("L")
        return np.asarray(decoded)


@dataclass(frozen=True, slots=True, eq=False)
class HistogramSample:
    """A histogram logged at a step.

    Parameters
    ----------
    step, wall_time
        When; the time in seconds since the epoch.
    edges
        float64[k+1], not decreasing.
    counts
        float64[k].
    min, max, sum, sum_squares
        Of all values that were logged; NaN where the log does not say.
    """

    step: int
    wall_time: float
    edges: Floats
    counts: Floats
    min: float
    max: float
    sum: float
    sum_squares: float

    @classmethod
    def of(cls, value: Any, step: int, wall_time: float) -> HistogramSample:
        """Return the sample of a Summary.Value."""
        found = histogram.decode(value)
        return cls(step, wall_time, found.edges, found.counts, found.min, found.max, found.sum, found.sum_squares)

    @property
    def total(self) -> float:
        """Sum of the counts."""
        return float(self.counts.sum())


@dataclass(frozen=True, slots=True, eq=False)
class TextSample:
    """Strings logged at a step, usually one.

    Parameters
    ----------
    step, wall_time
        When; the time in seconds since the epoch.
    cells
        Object array of str, with the shape that was logged: one string is [] or [1], a table [rows, columns].
    """

    step: int
    wall_time: float
    cells: npt.NDArray[np.object_]

    @classmethod
    def of(cls, value: Any, step: int, wall_time: float) -> TextSample:
        """Return the sample of a Summary.Value."""
        return cls(step, wall_time, text.decode(value))

    @property
    def text(self) -> str:
        """The string; of several, a line for each row, with tabs between its cells."""
        if self.cells.ndim < 2:
            return "\n".join(self.cells.ravel().tolist())
        rows = self.cells.reshape(-1, self.cells.shape[-1]) if self.cells.size else self.cells[:0].reshape(0, 0)
        return "\n".join("\t".join(row) for row in rows.tolist())
