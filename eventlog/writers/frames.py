"""From a video tensor of any layout to the frames of one animation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import pixels
from ..arrays import as_array
from ..errors import BadTypeError, BadValueError

__all__ = ["to_frames"]

Pixels = npt.NDArray[np.uint8]


def to_frames(tag: str, video: Any, dataformats: str, notice: Callable[[str], None]) -> Pixels:
    """Return uint8[time, height, width, channels]: the frames of the video, or of several videos side by side.

    Several stand in a grid of 2^k places, as torch's writer arranges them; places that are left stay black.

    Parameters
    ----------
    tag
        For messages.
    video
        As for `pixels.to_pixels`, but with an axis of time.
    dataformats
        A letter per axis: N, T, C, H, W in any order and case; N and C may be missing.
    notice
        Told what had to be changed.

    Raises
    ------
    BadTypeError, BadValueError
        If there is no video in it.
    """
    array = as_array(tag, video)
    axes = _axes(tag, array, dataformats)
    if not array.size:
        raise BadValueError(f"tag {tag!r}: a video of shape {list(array.shape)} has no pixels")
    octets = pixels.to_bytes(array, notice)
    for letter in (letter for letter in "NC" if letter not in axes):
        octets, axes = octets[..., None], axes + letter
    videos = octets.transpose([axes.index(letter) for letter in "NTHWC"])
    if videos.shape[-1] > 4:
        raise BadValueError(f"tag {tag!r}: a video has 1 to 4 channels, not {videos.shape[-1]}; is dataformats right?")
    return _side_by_side(videos)


def _axes(tag: str, array: npt.NDArray[Any], dataformats: str) -> str:
    if not isinstance(dataformats, str):
        raise BadTypeError(f"tag {tag!r}: dataformats must be a str such as 'NTCHW', not {dataformats!r}")
    axes = dataformats.upper()
    if len(set(axes)) != len(axes) or not set("THW") <= set(axes) <= set("NTCHW"):
        raise BadValueError(f"tag {tag!r}: dataformats {dataformats!r} is no arrangement of the letters N, T, C, H, W")
    if len(axes) != array.ndim:
        shape = list(array.shape)
        raise BadValueError(f"tag {tag!r}: a video of shape {shape} does not fit dataformats {dataformats!r}")
    return axes


def _side_by_side(videos: Pixels) -> Pixels:
    count, time, height, width, channels = videos.shape
    places = 1 << (count - 1).bit_length()
    rows = 1 << (count.bit_length() - 1) // 2
    grid = np.zeros((places, time, height, width, channels), np.uint8)
    grid[:count] = videos
    grid = grid.reshape(rows, places // rows, time, height, width, channels).transpose(2, 0, 3, 1, 4, 5)
    return grid.reshape(time, rows * height, places // rows * width, channels)
