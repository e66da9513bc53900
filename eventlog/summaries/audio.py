"""Audio: sounds at a step, encoded, usually as WAV."""

from __future__ import annotations

import io
import math
import wave
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import SummaryError
from ..messages import SummaryValue
from . import tensor

__all__ = ["PLUGIN", "EncodedAudio", "decode", "encode", "mime"]

PLUGIN = "audio"


@dataclass(frozen=True, slots=True)
class EncodedAudio:
    """Sounds logged together.

    Parameters
    ----------
    encoded
        The bytes of each as logged.
    labels
        What the log says about each, in Markdown; "" if nothing.
    sample_rate
        In Hz, as the log says beside the bytes; NaN if it does not.
    """

    encoded: tuple[bytes, ...]
    labels: tuple[str, ...]
    sample_rate: float


def encode(tag: str, samples: npt.NDArray[np.int16], sample_rate: int) -> Any:
    """Return the Summary.Value of a sound, int16[frames, channels], as WAV."""
    frames, channels = samples.shape
    value = SummaryValue(tag=tag)
    value.audio.sample_rate, value.audio.num_channels, value.audio.length_frames = sample_rate, channels, frames
    value.audio.encoded_audio_string = _wav(samples, sample_rate)
    value.audio.content_type = "audio/wav"
    return value


def _wav(samples: npt.NDArray[np.int16], sample_rate: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(samples.shape[1])
        writer.setsampwidth(2)
        writer.setframerate(sample_rate)
        writer.writeframes(samples.astype("<i2").tobytes())
    return file.getvalue()


def decode(value: Any) -> EncodedAudio:
    """Return the sounds of a Summary.Value, undecoded: an ``audio``, or strings [k] or [k, 2] of sound and label.

    Raises
    ------
    SummaryError
        If it is neither.
    """
    if value.HasField("audio"):
        audio = value.audio
        rate = audio.sample_rate
        return EncodedAudio(
            (audio.encoded_audio_string,), ("",), rate if rate > 0 and math.isfinite(rate) else math.nan
        )
    strings = tensor.decode_strings(value.tensor)
    if strings.ndim == 2 and strings.shape[1] == 2:
        labels = tuple(label.decode("utf-8", "replace") for label in strings[:, 1])
        return EncodedAudio(tuple(strings[:, 0]), labels, math.nan)
    if strings.ndim > 1:
        raise SummaryError(f"sounds that are a tensor of shape {list(strings.shape)}, not [k, 2]")
    encoded = tuple(strings.ravel())
    return EncodedAudio(encoded, ("",) * len(encoded), math.nan)


def mime(encoded: bytes) -> str:
    """Return the content type of a sound by its first bytes; ``application/octet-stream`` if it is none we know.

    What the log says the type is is not believed.
    """
    if encoded.startswith(b"RIFF") and encoded[8:12] == b"WAVE":
        return "audio/wav"
    if len(encoded) > 1 and encoded[0] == 0xFF and encoded[1] & 0xE6 == 0xE2:  # MPEG audio, layer III
        return "audio/mpeg"
    return next((kind for magic, kind in _MAGIC.items() if encoded.startswith(magic)), "application/octet-stream")


_MAGIC = {b"fLaC": "audio/flac", b"OggS": "audio/ogg", b"ID3": "audio/mpeg"}
