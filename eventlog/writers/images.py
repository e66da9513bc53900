"""Logging pictures."""

from __future__ import annotations

from typing import Any

from .. import gif, pixels
from ..arrays import as_number, as_tag
from ..errors import BadValueError
from ..summaries import figure as figures
from ..summaries import image
from . import boxes
from .base import WriterBase
from .frames import to_frames

__all__ = ["ImageMethods"]

_MAX_RESCALE = 100


class ImageMethods(WriterBase):
    """`add_image`, `add_images`, `add_image_with_boxes`, `add_figure` and `add_video`."""

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
        if not self.write_to_disk:
            return
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

    def add_image_with_boxes(
        self,
        tag: str,
        img_tensor: Any,
        box_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        rescale: float = 1,
        dataformats: str = "CHW",
        labels: Any = None,
    ) -> None:
        """Log a picture with boxes drawn on it.

        Parameters
        ----------
        tag
            Name of the series.
        img_tensor
            As for `add_image`.
        box_tensor
            Numbers of shape [n, 4]: left, top, right and bottom of each box, in pixels.
        global_step, walltime
            See the class.
        rescale
            Factor by which the picture, with its boxes, is then enlarged or made smaller.
        dataformats
            As for `add_image`.
        labels
            A text for each box. Left out, with one warning a tag, if they are not as many as the boxes.
        """
        tag = as_tag(tag)
        found, scale = boxes.as_boxes(tag, box_tensor), as_number(tag, rescale)
        if not 0 < scale <= _MAX_RESCALE:
            raise BadValueError(f"tag {tag!r}: rescale is {scale:g}, not above 0 and up to {_MAX_RESCALE}")
        if not self.write_to_disk:
            return
        texts = None if labels is None else [str(label) for label in ([labels] if isinstance(labels, str) else labels)]
        if texts is not None and len(texts) != len(found):
            self._notice(tag, f"{len(texts)} labels for {len(found)} boxes were left out")
            texts = None
        picture = pixels.to_pixels(tag, img_tensor, dataformats, lambda text: self._notice(tag, text))
        self._add_value(image.encode(tag, boxes.draw(picture, found, texts, scale)), global_step, walltime)

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
        pictures = figures.to_pixels(as_tag(tag), figure, close=close)
        self.add_image(tag, pictures, global_step, walltime, "NHWC")

    def add_video(
        self,
        tag: str,
        vid_tensor: Any,
        global_step: Any = None,
        fps: float = 4,
        walltime: float | None = None,
        dataformats: str = "NTCHW",
    ) -> None:
        """Log a video as an animated GIF; several stand side by side.

        Pixels are as for `add_image`. A frame that is the same as the one before is not stored again but shown longer.

        Parameters
        ----------
        tag
            Name of the series.
        vid_tensor
            An array with 1 to 4 channels.
        global_step, walltime
            See the class.
        fps
            Frames a second, at most 50, which is what browsers show.
        dataformats
            A letter an axis: number, time, channel, height, width; N and C may be missing.
        """
        tag = as_tag(tag)
        rate = as_number(tag, fps)
        if not rate > 0:
            raise BadValueError(f"tag {tag!r}: fps is {rate:g}, not above 0")
        if not self.write_to_disk:
            return
        if rate > gif.MAX_FPS:
            self._notice(tag, f"{rate:g} frames a second become {gif.MAX_FPS}, which is what browsers show")
        frames = to_frames(tag, vid_tensor, dataformats, lambda text: self._notice(tag, text))
        self._add_value(image.encode_animation(tag, frames, min(rate, gif.MAX_FPS)), global_step, walltime)
