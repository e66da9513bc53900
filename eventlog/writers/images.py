"""Logging pictures."""

from __future__ import annotations

from typing import Any

from .. import pixels
from ..arrays import as_tag
from ..summaries import figure as figures
from ..summaries import image
from .base import WriterBase

__all__ = ["ImageMethods"]


class ImageMethods(WriterBase):
    """`add_image`, `add_images` and `add_figure`."""

    def add_image(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        dataformats: str = "CHW",
    ) -> None:
        """Log a picture.

        Floats are pixels in 0..1, bools 0 and 1, integers 0..255; integers of a wider type than uint8 that are 0 and 1
        throughout are taken for a mask. What lies outside is clipped, with one warning a tag.

        Parameters
        ----------
        tag
            Name of the series.
        img_tensor
            An array with 1 to 4 channels, or a picture of PIL (for which `dataformats` is known).
        global_step, walltime
            See the class.
        dataformats
            A letter an axis: CHW, HWC, HW, or any other order.
        """
        tag = as_tag(tag)
        picture = pixels.to_pixels(tag, img_tensor, dataformats, lambda text: self._notice(tag, text))
        self._add_value(image.encode(tag, picture), global_step, walltime)

    def add_images(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        dataformats: str = "NCHW",
    ) -> None:
        """Log several pictures of one size as a grid, 8 in a row; see `add_image`.

        Parameters
        ----------
        tag
            Name of the series.
        img_tensor
            An array, or a list of arrays of one shape.
        global_step, walltime
            See the class.
        dataformats
            A letter an axis; a list of pictures has the axis N in front.
        """
        if isinstance(img_tensor, (list, tuple)) and isinstance(dataformats, str) and "N" not in dataformats.upper():
            dataformats = f"N{dataformats}"
        self.add_image(tag, img_tensor, global_step, walltime, dataformats)

    def add_figure(
        self,
        tag: str,
        figure: Any,
        global_step: Any = None,
        close: bool = True,
        walltime: float | None = None,
    ) -> None:
        """Draw a matplotlib figure, or a list of figures of one size as a grid, and log the picture.

        Parameters
        ----------
        tag
            Name of the series.
        figure
            The figure or figures.
        global_step, walltime
            See the class.
        close
            Have pyplot forget them afterwards.
        """
        self.add_image(tag, figures.to_pixels(as_tag(tag), figure, close=close), global_step, walltime, "NHWC")
