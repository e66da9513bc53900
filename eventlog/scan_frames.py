"""Where the records of a buffer begin and end, and how to go on behind damage.

A record's header is 12 bytes that depend on the payload's length alone, so a header that was checked once is known by
its bytes: framing a record is one look-up.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .crc32c import crc32c, crc32c_rows, mask
from .records import FOOTER, HEADER, Damage
from .scan_repair import Repair, Repaired

__all__ = ["BAD_PAYLOAD", "MAX_PAYLOAD", "Frames", "Records", "find_frames", "payload_checks"]

MAX_PAYLOAD = (1 << 31) - 1
"""Longest payload that is believed, in bytes: protobuf has no longer messages."""

BAD_PAYLOAD = "a record whose content fails its checksum"
_BAD_LENGTH = "the length of a record fails its checksum; its content is intact and was read"
_BAD_RECORD = "a record whose length and content fail their checksums"
_BAD_HEADER = "no record begins here: the length fails its checksum"
_TORN = "a record that was never finished"

_HEADER = struct.Struct("<QI")
_CRC = struct.Struct("<I")
_BLOCK = 1 << 18
_PATIENCE = 1 << 20
_UNCLEAR, _BAD = 0, -1
_AROUND = HEADER + FOOTER


@dataclass(slots=True)
class Frames:
    """The records found in a buffer.

    Parameters
    ----------
    begins, lengths
        Where each payload begins in the buffer, and its length, in bytes. Its CRC is yet to be checked.
    damage
        What was passed over between them.
    end
        Where to go on once there is more.
    needed
        Bytes from `end` that the next record takes, if it fits into the file but not into the buffer; else 0.
    """

    begins: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    end: int = 0
    needed: int = 0


class Records(Protocol):
    """What goes from record to record for `find_frames`, and does with them what it likes."""

    def follow(self, at: int) -> int:
        """Take in record after record from `at` on; return where the first one begins that is damaged or incomplete."""

    def take(self, at: int, length: int) -> None:
        """Take in the record at `at` of which only the header is damaged, and whose payload has `length` bytes."""

    def take_back(self, checks: Callable[[int, int], bool]) -> int | None:
        """Forget the last record if its payload fails; return where it began, or None if it is as it should be.

        `checks` says whether the payload of so many bytes at an offset has its CRC.
        """


def find_frames(data: bytes | memoryview, available: int, records: Records | None = None) -> Frames:
    """Return the records of `data`, a window into a file that begins where a record does.

    A header that fails its CRC is passed over alone if it can be told how long the record is (see `scan_repair`).
    Else the next record is searched whose header and payload both check; the search
    begins within the record before if its payload fails too, for then it was probably never finished. A record that
    claims more bytes than the file has is a torn tail, to be tried again when there are more, unless a record that
    checks lies within it. Damage that reaches the end of the file is reported, and `end` stays where it begins: more
    bytes may show where it ends.

    Parameters
    ----------
    data
        Bytes of the file.
    available
        How many bytes the file has from where `data` begins.
    records
        What takes in the records, instead of the lists in `Frames`.
    """
    frames, search, at, passed = Frames(), _Search(data, available), 0, 0
    records = records or _Listed(data, frames)
    while True:
        at = records.follow(at)
        size = _claimed_size(data, at)
        if size == _UNCLEAR or len(data) < at + size <= available:
            frames.end, frames.needed = at, size
            return frames
        is_torn = size != _BAD
        if not is_torn and search.repair.is_cut_off(at):
            frames.end = at
            return frames
        repaired = None if is_torn else search.repair.of(at)
        if repaired:
            at = passed = _pass(frames, at, repaired, records)
            continue
        taken_back = None if is_torn or at == passed > 0 else records.take_back(search.checks)
        begin = at if taken_back is None else taken_back  # a record that fails as well was probably never finished
        found = search.next_record(begin + 1)
        if found is None:
            return _with_rest(frames, begin, is_torn, len(data), available)
        frames.damage.append(Damage(begin, found - begin, _TORN if is_torn or begin < at else _BAD_HEADER))
        at = found


def payload_checks(data: bytes | memoryview, begin: int, length: int) -> bool:
    """Return whether the payload of `length` bytes at `begin` has the CRC that follows it."""
    end = begin + length
    crc = mask(crc32c(memoryview(data)[begin:end]))
    return bool(_CRC.unpack_from(data, end)[0] == crc)


def _claimed_size(data: bytes | memoryview, at: int) -> int:
    """Bytes of the record at `at`, going by its header; 0 if that is incomplete, -1 if it is none."""
    if at + HEADER > len(data):
        return _UNCLEAR
    length, crc = _HEADER.unpack_from(data, at)
    if length > MAX_PAYLOAD or mask(crc32c(data[at : at + 8])) != crc:
        return _BAD
    return int(length) + HEADER + FOOTER


def _pass(frames: Frames, at: int, repaired: Repaired, records: Records) -> int:
    """Pass over the record at `at`, whose header is damaged; return where it ends."""
    whole = HEADER + repaired.length + FOOTER
    if repaired.is_intact:
        records.take(at, repaired.length)
        frames.damage.append(Damage(at, HEADER, _BAD_LENGTH))
    else:
        frames.damage.append(Damage(at, whole, _BAD_RECORD))
    return at + whole


def _with_rest(frames: Frames, begin: int, is_torn: bool, size: int, available: int) -> Frames:
    """Return `frames` when no record checks behind `begin`."""
    frames.end = begin
    if is_torn:
        return frames
    if size < available:  # the next window goes on with what may be the beginning of a header
        frames.end = max(size - HEADER + 1, begin + 1)
    stop = size if size >= available else frames.end
    frames.damage.append(Damage(begin, stop - begin, _BAD_HEADER))
    return frames


class _Listed:
    """Takes records into the lists of `frames`, going by their headers alone."""

    def __init__(self, data: bytes | memoryview, frames: Frames) -> None:
        self._data, self._frames = data, frames
        self._known: dict[bytes, int] = {}

    def follow(self, at: int) -> int:
        data, known, size = self._data, self._known, len(self._data)
        begins, lengths = self._frames.begins, self._frames.lengths
        while True:
            header = bytes(data[at : at + HEADER])
            length = known.get(header)
            if length is None:
                claimed = _claimed_size(data, at)
                if claimed <= 0:
                    return at
                length = known[header] = claimed - _AROUND
            end = at + _AROUND + length
            if end > size:
                return at
            begins.append(at + HEADER)
            lengths.append(length)
            at = end

    def take(self, at: int, length: int) -> None:
        self._frames.begins.append(at + HEADER)
        self._frames.lengths.append(length)

    def take_back(self, checks: Callable[[int, int], bool]) -> int | None:
        begins, lengths = self._frames.begins, self._frames.lengths
        if not begins or checks(begins[-1], lengths[-1]):
            return None
        lengths.pop()
        return begins.pop() - HEADER


class _Search:
    """The search for records in a damaged buffer.

    It stays linear in the size of the buffer, whatever is in there: all headers are found at once, and payloads that
    fail use up its patience.
    """

    def __init__(self, data: bytes | memoryview, available: int) -> None:
        self._data, self._available = data, available
        self._patience = 4 * len(data) + _PATIENCE
        self.repair = Repair(data, available, self)

    def from_on(self, start: int) -> npt.NDArray[np.int64]:
        """Return where headers are that check, from `start` on."""
        return self._headers[int(np.searchsorted(self._headers, start)) :]

    def next_record(self, start: int) -> int | None:
        """Offset of the first record from `start` on that checks, or that does not end within the buffer."""
        for at in map(int, self.from_on(start)):
            length = int.from_bytes(self._data[at : at + 8], "little")
            end = at + HEADER + length + FOOTER
            if end > self._available:
                continue
            if end > len(self._data) or self.checks(at + HEADER, length):
                return at
            if self._patience <= 0:
                return None
        return None

    def checks(self, begin: int, length: int) -> bool:
        """Return whether a payload has its CRC; True without a look once too much time went into failing ones."""
        if self._patience <= 0 or payload_checks(self._data, begin, length):
            return True
        self._patience -= length + HEADER
        return False

    @cached_property
    def _headers(self) -> npt.NDArray[np.int64]:
        """Offsets at which the CRC of a length checks. An empty payload is no event, so it is not looked for."""
        found = [self._headers_between(start, start + _BLOCK) for start in range(0, len(self._data), _BLOCK)]
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def _headers_between(self, start: int, stop: int) -> npt.NDArray[np.int64]:
        octets = np.frombuffer(self._data, np.uint8)[start : stop + HEADER - 1]
        if len(octets) < HEADER:
            return np.empty(0, np.int64)
        rows = np.lib.stride_tricks.sliding_window_view(octets, HEADER)
        low = rows[:, 0] | rows[:, 1] | rows[:, 2] | rows[:, 3]
        high = rows[:, 4] | rows[:, 5] | rows[:, 6] | rows[:, 7] | (rows[:, 3] & 0x80)
        plausible = np.flatnonzero((low != 0) & (high == 0))
        headers = rows[plausible]
        stored = np.ascontiguousarray(headers[:, 8:]).view("<u4").ravel()
        found: npt.NDArray[np.int64] = plausible[mask(crc32c_rows(headers[:, :8])) == stored] + start
        return found
