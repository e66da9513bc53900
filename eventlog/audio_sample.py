"""Sounds of a step, as they were logged."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .summaries import audio
from .wav import Wav, read_header, read_samples

__all__ = ["AudioSample"]


@dataclass(frozen=True, slots=True)
class AudioSample:
    """Sounds logged at a step, usually one.

    Parameters
    ----------
    step, wall_time
        When; the time in seconds since the epoch.
    all_encoded
        The bytes of each sound as they were logged, usually a WAV file.
    labels
        What the log says about each, in Markdown; "" if nothing. Not to be trusted as HTML.
    logged_rate
        In Hz, as the log says beside the bytes; NaN if it does not.
    """

    step: int
    wall_time: float
    all_encoded: tuple[bytes, ...]
    labels: tuple[str, ...]
    logged_rate: float

    @classmethod
    def of(cls, value: Any, step: int, wall_time: float) -> AudioSample:
        """Return the sample of a Summary.Value."""
        found = audio.decode(value)
        return cls(step, wall_time, found.encoded, found.labels, found.sample_rate)

    @property
    def count(self) -> int:
        """How many sounds there are."""
        return len(self.all_encoded)

    @property
    def encoded(self) -> bytes:
        """Bytes of the first sound, b"" if there is none."""
        return self.all_encoded[0] if self.all_encoded else b""

    @property
    def label(self) -> str:
        """What the log says about the first sound, in Markdown; "" if nothing."""
        return self.labels[0] if self.labels else ""

    @property
    def mime(self) -> str:
        """Content type of the first sound, by its bytes: ``audio/wav`` and so on, or ``application/octet-stream``."""
        return audio.mime(self.encoded)

    @property
    def sample_rate(self) -> float:
        """Frames a second of the first sound, in Hz: that of its WAV file, else what the log says; NaN if unknown."""
        wav = read_header(self.encoded)
        return float(wav.sample_rate) if wav else self.logged_rate

    @property
    def duration(self) -> float:
        """Length of the first sound in seconds; NaN if it is no WAV file."""
        wav = read_header(self.encoded)
        return wav.frames / wav.sample_rate if wav and wav.sample_rate else math.nan

    def array(self, item: int = 0) -> npt.NDArray[np.float32]:
        """Return a sound as float32[frames, channels], within [-1, 1] unless it was logged as floats beyond.

        Raises
        ------
        OSError
            If the bytes are no WAV file, or one of compressed samples. `encoded` has them as they are.
        """
        encoded = self.all_encoded[item] if self.count else b""
        return read_samples(encoded, _wav(encoded))


def _wav(encoded: bytes) -> Wav:
    wav = read_header(encoded)
    if wav is None:
        raise OSError("a sound that is no WAV file of plain samples")
    return wav
