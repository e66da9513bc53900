"""Walks over the fields of a protobuf message in memory without parsing it.

A hostile message of a few megabytes may hold millions of nodes, and parsing makes large objects of all of them. What is
walked over first can be counted, and parsed one part at a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import SummaryError

__all__ = ["fields", "without_large"]

_FIXED = {1: 8, 5: 4}  # sizes of the wire types of one size


def fields(data: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """Yield each field's number, the whole of it, and its content; that of a number is its bytes.

    Raises
    ------
    SummaryError
        If the bytes are no message.
    """
    place, end = 0, len(data)
    while place < end:
        first = place
        tag, place = _varint(data, place)
        kind = tag & 7
        if kind == 2:
            size, place = _varint(data, place)
        elif kind == 0:
            size = _varint(data, place)[1] - place
        else:
            size = _FIXED.get(kind, -1)
        if size < 0 or place + size > end or not tag >> 3:
            raise SummaryError(f"no graph: damaged at byte {first}")
        yield tag >> 3, data[first : place + size], data[place : place + size]
        place += size


def without_large(data: memoryview, most: int) -> tuple[bytes, int]:
    """Return a message without those of its fields that are larger than `most`, and how many these are."""
    kept, left_out = bytearray(), 0
    for _, whole, content in fields(data):
        if len(content) > most:
            left_out += 1
        else:
            kept += whole
    return bytes(kept), left_out


def _varint(data: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    for octet in data[place : place + 10]:
        place += 1
        if octet < 0x80:
            return value | octet << shift, place
        value |= (octet & 0x7F) << shift
        shift += 7
    raise SummaryError(f"no graph: damaged at byte {place}")
