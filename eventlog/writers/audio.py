"""Logging sounds."""

from __future__ import annotations

from typing import Any

from ..arrays import as_number, as_tag
from ..errors import BadValueError
from ..summaries import audio
from .base import WriterBase
from .sounds import to_samples

__all__ = ["AudioMethods"]


class AudioMethods(WriterBase):
    """`add_audio`."""

    def add_audio(
        self,
        tag: str,
        snd_tensor: Any,
        global_step: Any = None,
        sample_rate: int = 44100,
        walltime: float | None = None,
    ) -> None:
        """Log a sound as WAV, 16 bits a sample.

        Parameters
        ----------
        tag
            Name of the series.
        snd_tensor
            Samples of shape [frames], or of one or two channels, [frames, channels] or [channels, frames]. Floats are
            in -1..1; what lies outside is clipped, with one warning a tag. Integers are PCM of the width of their type.
        global_step, walltime
            See the class.
        sample_rate
            In Hz.
        """
        tag = as_tag(tag)
        rate = as_number(tag, sample_rate)
        if not 1 <= rate < 1 << 31:
            raise BadValueError(f"tag {tag!r}: sample_rate is {rate:g} Hz")
        if not self.write_to_disk:
            return
        samples = to_samples(tag, snd_tensor, lambda text: self._notice(tag, text))
        self._add_value(audio.encode(tag, samples, round(rate)), global_step, walltime)
