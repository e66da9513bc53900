"""From an array of any number type to the samples of a sound."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from ..arrays import as_array
from ..errors import BadValueError

__all__ = ["to_samples"]

Array = npt.NDArray[Any]
Samples = npt.NDArray[np.int16]

_CHANNELS = (1, 2)
_MAX = 32767


def to_samples(tag: str, sound: Any, notice: Callable[[str], None]) -> Samples:
    """Return int16[frames, channels].

    Parameters
    ----------
    tag
        For messages.
    sound
        One channel, [frames], or 1 or 2 of them, [frames, channels] or [channels, frames]; further axes of length 1
        are passed over. Floats are in -1..1; integers are PCM of the width of their type (uint8 centred at 128), and
        those wider than 32 bits PCM of 16 bits.
    notice
        Told what had to be changed.

    Raises
    ------
    NotANumberError
        If it is no array of numbers.
    BadValueError
        If it is empty, or of another shape.
    """
    array = _frames_first(tag, as_array(tag, sound))
    if not array.size:
        raise BadValueError(f"tag {tag!r}: a sound of no frames")
    return _from_floats(array, notice) if array.dtype.kind == "f" else _from_integers(array, notice)


def _frames_first(tag: str, sound: Array) -> Array:
    if sound.ndim == 2 and sound.shape[0] != 1 and sound.shape[1] in _CHANNELS:
        return sound
    array = sound.squeeze()
    if array.ndim < 2:
        return array.reshape(-1, 1)
    if array.ndim == 2 and array.shape[1] in _CHANNELS:
        return array
    if array.ndim == 2 and array.shape[0] in _CHANNELS:
        return array.T
    raise BadValueError(
        f"tag {tag!r}: a sound has the shape [frames], [frames, channels] or [channels, frames] with 1 or 2 channels, "
        f"not {list(sound.shape)}"
    )


def _from_floats(array: Array, notice: Callable[[str], None]) -> Samples:
    array = array.astype(np.float64 if array.dtype.itemsize > 4 else np.float32, copy=False)
    low, high = float(array.min()), float(array.max())
    if math.isnan(low):
        notice("NaN samples are silence")
        array = np.nan_to_num(array, nan=0.0, posinf=1.0, neginf=-1.0)
    elif low < -1 or high > 1:
        notice(f"samples from {low:g} to {high:g} were clipped to -1..1")
    # By truncation, as torch does: the same samples for the same array.
    return (array.clip(-1, 1) * _MAX).astype(np.int16)


def _from_integers(array: Array, notice: Callable[[str], None]) -> Samples:
    if array.dtype.itemsize > 4 or array.dtype.kind == "b":
        low, high = array.min(), array.max()
        if low < -_MAX - 1 or high > _MAX:
            notice(f"samples from {low} to {high} were clipped to 16 bits")
        return array.clip(-_MAX - 1, _MAX).astype(np.int16)
    bits = 8 * array.dtype.itemsize
    centred = array.astype(np.int64) - (1 << bits - 1 if array.dtype.kind == "u" else 0)
    return (centred << 16 >> bits).astype(np.int16)
