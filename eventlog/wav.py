"""WAV files: what their header says, and their samples.

Source: Microsoft's RIFF WAVE format: little-endian chunks of an id, a size and so many bytes, padded to even sizes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Wav", "read_header", "read_samples"]

_FORMAT = struct.Struct("<HHIIHH")  # format, channels, frames a second, bytes a second, bytes a frame, bits a sample
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_SUBFORMAT = slice(24, 26)  # where the extensible format says what it really is


@dataclass(frozen=True, slots=True)
class Wav:
    """What a WAV file says of itself.

    Parameters
    ----------
    sample_rate
        Frames a second.
    channels
        Samples a frame.
    frames
        How many are there, whatever the header claims.
    is_float, bits
        How a sample is coded.
    begin, end
        Where the samples are, in bytes.
    """

    sample_rate: int
    channels: int
    frames: int
    is_float: bool
    bits: int
    begin: int
    end: int


def read_header(octets: bytes) -> Wav | None:
    """Return what a WAV file says of itself; None if it is none, or holds something else than plain samples."""
    if octets[:4] != b"RIFF" or octets[8:12] != b"WAVE":
        return None
    chunks = {name: (begin, end) for name, begin, end in reversed(list(_chunks(octets)))}
    if b"fmt " not in chunks or b"data" not in chunks:
        return None
    said = octets[slice(*chunks[b"fmt "])]
    if len(said) < _FORMAT.size:
        return None
    code, channels, rate, _, _, bits = _FORMAT.unpack_from(said)
    if code == _EXTENSIBLE:
        code = int.from_bytes(said[_SUBFORMAT], "little")
    if code not in (_PCM, _FLOAT) or bits not in ((8, 16, 24, 32) if code == _PCM else (32, 64)) or not channels:
        return None
    begin, end = chunks[b"data"]
    frames = (end - begin) // (channels * bits // 8)
    return Wav(rate, channels, frames, code == _FLOAT, bits, begin, begin + frames * channels * bits // 8)


def _chunks(octets: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = 12
    while at + 8 <= len(octets):
        name, size = octets[at : at + 4], int.from_bytes(octets[at + 4 : at + 8], "little")
        end = min(at + 8 + size, len(octets))  # a stream's header claims as much as it can
        yield name, at + 8, end
        at = end + size % 2
        if name == b"data":
            return


def read_samples(octets: bytes, wav: Wav) -> npt.NDArray[np.float32]:
    """Return float32[frames, channels]: samples of integers in [-1, 1), floats as they are."""
    data = octets[wav.begin : wav.end]
    if wav.is_float:
        samples = np.frombuffer(data, f"<f{wav.bits // 8}")
    elif wav.bits == 8:
        samples = (np.frombuffer(data, np.uint8).astype(np.float32) - 128) / 128
    elif wav.bits == 24:
        wide = np.zeros((len(data) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        samples = wide.view("<i4").ravel() / np.float64(1 << 31)
    else:
        samples = np.frombuffer(data, f"<i{wav.bits // 8}") / np.float64(1 << (wav.bits - 1))
    return samples.astype(np.float32).reshape(-1, wav.channels)
