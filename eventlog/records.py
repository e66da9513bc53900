"""Records: the frames that an event file is made of.

A record is its payload's length (uint64), the masked CRC-32C of those 8 bytes, the payload, and the masked CRC-32C of
the payload; all numbers little-endian. A file is records end to end, with nothing before, between or after them
(TensorFlow's TFRecord format).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .crc32c import crc32c, mask
from .errors import RecordError

__all__ = [
    "FOOTER",
    "HEADER",
    "Damage",
    "Record",
    "frame",
    "iter_file",
    "iter_records",
    "read_record",
    "whole_records",
    "without_overlaps",
]

HEADER = 12
"""Bytes before a payload."""

FOOTER = 4
"""Bytes after a payload."""

_LENGTH = struct.Struct("<Q")
_CRC = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Record:
    """An intact record: where it begins in its buffer or file (bytes), and its payload."""

    offset: int
    payload: memoryview

    @property
    def end(self) -> int:
        """Where the next record begins."""
        return self.offset + HEADER + len(self.payload) + FOOTER


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no intact record: where they begin, how many are skipped, and why."""

    offset: int
    size: int
    reason: str

    @property
    def end(self) -> int:
        """Where reading goes on."""
        return self.offset + self.size


def frame(payload: bytes) -> bytes:
    """Return `payload` as a record."""
    length = _LENGTH.pack(len(payload))
    return b"".join((length, _masked(length), payload, _masked(payload)))


def iter_records(
    buffer: bytes | bytearray | memoryview, start: int = 0, *, check: bool = True
) -> Iterator[Record | Damage]:
    """Yield the records of `buffer` from offset `start` on, and what is damaged between them.

    The `end` of the last item is where to go on once the file has grown: an incomplete record at the end is not
    damage, and is not reported. A payload that fails its CRC is skipped. A length that fails its own is not believed;
    the search goes on for the next header that checks, and what was passed over is one `Damage`. `Damage` that
    reaches the end of the buffer may end in an incomplete header, so at least its last 11 bytes are held back.

    Parameters
    ----------
    buffer
        Bytes of a file, from its beginning or from the beginning of any record.
    start
        Offset in `buffer` at which a record begins.
    check
        Whether to check the CRC of payloads; that of lengths is always checked.
    """
    view = memoryview(buffer).cast("B")
    offset = start
    while offset + HEADER <= len(view):
        if not _header_checks(view, offset):
            end = _next_header(view, offset + 1)
            if end > offset:
                yield Damage(offset, end - offset, "length fails its checksum")
            if end + HEADER > len(view):
                return
            offset = end
            continue
        end = offset + HEADER + _LENGTH.unpack_from(view, offset)[0] + FOOTER
        if end > len(view):
            return
        payload = view[offset + HEADER : end - FOOTER]
        if check and _masked(payload) != view[end - FOOTER : end]:
            yield Damage(offset, end - offset, "payload fails its checksum")
        else:
            yield Record(offset, payload)
        offset = end


def iter_file(path: str | Path, *, check: bool = True) -> Iterator[Record | Damage]:
    """Yield the records of the file at `path`, and what is damaged between them; see `iter_records`."""
    return iter_records(Path(path).read_bytes(), check=check)


def read_record(file: BinaryIO, offset: int, size: int, *, path: str | None = None) -> bytes:
    """Return the payload of the record of `size` bytes (header and footer included) at `offset` of `file`.

    Raises
    ------
    RecordError
        If the bytes there are not, or no longer, that record.
    """
    file.seek(offset)
    view = memoryview(file.read(size))
    if len(view) < max(size, HEADER + FOOTER):
        raise RecordError("the file ends within a record", path=path, offset=offset)
    # A header may be damaged and the payload intact; one that checks has to be of this record.
    if _header_checks(view, 0) and _LENGTH.unpack_from(view)[0] != size - HEADER - FOOTER:
        raise RecordError("no such record", path=path, offset=offset)
    if _masked(view[HEADER : size - FOOTER]) != view[size - FOOTER :]:
        raise RecordError("payload fails its checksum", path=path, offset=offset)
    return bytes(view[HEADER : size - FOOTER])


def whole_records(records: bytes, size: int) -> tuple[int, int]:
    """Return how many bytes and how many records are whole in the first `size` bytes of `records`."""
    end = count = 0
    while end + HEADER <= size:
        after = end + HEADER + _LENGTH.unpack_from(records, end)[0] + FOOTER
        if after > size:
            break
        end, count = after, count + 1
    return end, count


def without_overlaps(damage: Iterable[Damage]) -> list[Damage]:
    """Return damage in the order of the file, without what lies within other damage."""
    kept: list[Damage] = []
    for part in sorted(damage, key=lambda part: (part.offset, -part.size)):
        if not kept or part.end > kept[-1].end:
            kept.append(part)
    return kept


def _masked(data: bytes | memoryview) -> bytes:
    return _CRC.pack(mask(crc32c(data)))


def _header_checks(view: memoryview, offset: int) -> bool:
    return bytes(view[offset + 8 : offset + HEADER]) == _masked(view[offset : offset + 8])


def _next_header(view: memoryview, offset: int) -> int:
    """Offset of the next header that checks, or of the first one that is incomplete."""
    last = len(view) - HEADER
    while offset <= last and not (_length_is_sane(view, offset) and _header_checks(view, offset)):
        offset += 1
    return offset


def _length_is_sane(view: memoryview, offset: int) -> bool:
    # Before the costly checksum: no record is larger than 4 GiB.
    return not any(view[offset + 4 : offset + 8])
