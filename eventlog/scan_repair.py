"""Records whose header is damaged: how long they are all the same, and whether their content is intact.

A payload has a checksum of its own, so a length that is only supposed can be tried. Three are: the one that is there
(the header's checksum may be what is damaged), those that differ from it in one byte and have the checksum that is
there, and those that would let a header that checks follow. What is found so is known to be one record, and is not
searched for others: a log that was logged as a text is not taken for what it looks like.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .crc32c import crc32c, distance_tables, mask, unmask
from .records import FOOTER, HEADER

__all__ = ["Repair", "Repaired"]

_HEADER = struct.Struct("<QI")
_CRC = struct.Struct("<I")
_AHEAD = 1024  # headers up to which a payload may reach of whose length nothing is left
_PATIENCE = 1 << 20  # bytes


class Headers(Protocol):
    """Where headers are that check."""

    def from_on(self, start: int) -> npt.NDArray[np.int64]:
        """Offsets of them, from `start` on."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A record whose header is damaged: the length of its payload in bytes, and whether that is intact."""

    length: int
    is_intact: bool


class Repair:
    """Looks for the lengths of records in a buffer.

    What it does is linear in the size of the buffer: trials use up its patience.

    Parameters
    ----------
    data, available
        As for `find_frames`.
    headers
        Those in `data`.
    """

    def __init__(self, data: bytes | memoryview, available: int, headers: Headers) -> None:
        self._data, self._available, self._headers = memoryview(data), available, headers
        self._patience = 2 * len(data) + _PATIENCE

    def is_cut_off(self, at: int) -> bool:
        """Say whether the record at `at` may go on behind the buffer, and all of it is in one that begins there."""
        half = len(self._data) // 2
        ends = [at + HEADER + length + FOOTER for length in _lengths(bytes(self._data[at : at + HEADER]))]
        return at >= half and any(len(self._data) < end <= min(self._available, at + half) for end in ends)

    def of(self, at: int) -> Repaired | None:
        """Return what is known of the record at `at`, whose header fails; None if nothing is."""
        supposed = _lengths(bytes(self._data[at : at + HEADER]))
        begin = at + HEADER
        lengths = [length for length in supposed if begin + length + FOOTER <= len(self._data)]
        for length in lengths:
            if self._spend(length) and self._has_crc(crc32c(self._data[begin : begin + length]), begin + length):
                return Repaired(length, True)
        for length in lengths:
            if self._is_followed(begin + length + FOOTER):
                return Repaired(length, False)
        return self._up_to_a_header(begin)

    def _up_to_a_header(self, begin: int) -> Repaired | None:
        """Try all lengths with which a header would follow, or the end of the file."""
        ends = self._headers.from_on(begin + FOOTER + 1)[:_AHEAD].tolist()
        if len(ends) < _AHEAD and len(self._data) == self._available:
            ends.append(self._available)
        crc, at = 0, begin
        for end in ends:
            stop = end - FOOTER
            if stop <= at:
                continue
            if not self._spend(stop - at):
                return None
            crc = crc32c(self._data[at:stop], crc)
            if self._has_crc(crc, stop):
                return Repaired(stop - begin, True)
            at = stop
        return None

    def _spend(self, size: int) -> bool:
        """Say whether there is patience for the checksum of so many bytes, before it is taken."""
        self._patience -= size + HEADER
        return self._patience > 0

    def _has_crc(self, crc: int, at: int) -> bool:
        """Say whether `crc` is the one stored at `at`."""
        return bool(mask(crc) == _CRC.unpack_from(self._data, at)[0])

    def _is_followed(self, end: int) -> bool:
        """Say whether the file ends at `end`, or a record begins there."""
        following = self._headers.from_on(end)
        return end == self._available or bool(len(following) and following[0] == end)


def _lengths(header: bytes) -> list[int]:
    """Return the lengths that a header may have had of which one byte is wrong, or only the checksum."""
    if len(header) < HEADER:
        return []
    length, stored = _HEADER.unpack(header)
    change = _changes().get(unmask(stored) ^ crc32c(header[:8]), 0)
    return [supposed for supposed in dict.fromkeys((length ^ change, length)) if supposed]


@cache
def _changes() -> dict[int, int]:
    """What one byte of a length, when it changes, does to the CRC, and how it changed."""
    tables = distance_tables(8)
    return {int(tables[7 - place, change]): change << 8 * place for place in range(8) for change in range(1, 256)}
