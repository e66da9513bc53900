"""GIF animations from arrays.

A GIF has 256 colours a frame. Frames that have no more keep theirs; others are brought down to the 256 that serve best.
"""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["MAX_FPS", "encode"]

Pixels = npt.NDArray[np.uint8]

MAX_FPS = 50
"""Frames a second that browsers show: they take a shorter delay than 0.02 s for one of 0.1 s."""

_COLORS = 256


def encode(frames: Pixels, fps: float) -> bytes:
    """Return a GIF that repeats for ever.

    Parameters
    ----------
    frames
        uint8[number, height, width, channels], with 1 to 4 channels. What is transparent becomes white.
    fps
        Frames a second, at most `MAX_FPS`. Delays are multiples of 0.01 s, so they vary to keep the time on average.
    """
    pictures = [_picture(frame) for frame in frames]
    ends = [round(100 * number / fps) for number in range(len(frames) + 1)]
    delays = [10 * (after - before) for before, after in itertools.pairwise(ends)]  # in ms
    file = io.BytesIO()
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=delays, loop=0, optimize=False)
    return file.getvalue()


def _picture(frame: Pixels) -> Image.Image:
    from PIL import Image

    channels = frame.shape[2]
    if channels in (2, 4):
        frame, channels = _on_white(frame), channels - 1
    if channels == 1:
        return Image.fromarray(frame[..., 0])
    packed = frame.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    colors, indices = np.unique(packed, return_inverse=True)
    if len(colors) > _COLORS:
        return Image.fromarray(frame).quantize(_COLORS)
    picture = Image.fromarray(indices.reshape(packed.shape).astype(np.uint8), "P")
    picture.putpalette(np.stack([colors >> 16, colors >> 8 & 255, colors & 255], axis=1).astype(np.uint8).tobytes())
    return picture


def _on_white(frame: Pixels) -> Pixels:
    alpha = frame[..., -1:].astype(np.float32) / 255
    return (frame[..., :-1] * alpha + 255 * (1 - alpha) + 0.5).astype(np.uint8)
