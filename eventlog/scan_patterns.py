"""Thousands of scalar events at once.

Training logs the same few scalars over and over: their events differ in wall time, step, tag and value and have every
other byte in common. So one of them is taken apart, and all others of its length that share those bytes are read as
columns. Whatever does not fit the pattern goes the long way through protobuf.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Pattern", "ScalarRows", "pattern_of", "read_matching"]

Bytes = npt.NDArray[np.uint8]

_WALL_TIME, _STEP, _SUMMARY, _VALUE = 0x09, 0x10, 0x2A, 0x0A
_TAG, _SIMPLE_VALUE, _TENSOR, _METADATA = 0x0A, 0x15, 0x42, 0x4A
_DTYPE, _SHAPE = 0x08, 0x12
_FLOAT, _DOUBLE = 1, 2

# How a tensor of one element may hold it: data type, the bytes before the element.
_ELEMENTS = (
    (_FLOAT, b"\x22\x04"),  # tensor_content
    (_FLOAT, b"\x2a\x04"),  # float_val, packed
    (_FLOAT, b"\x2d"),  # float_val, unpacked
    (_DOUBLE, b"\x22\x08"),
    (_DOUBLE, b"\x32\x08"),
    (_DOUBLE, b"\x31"),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where a scalar event has its wall time (always from byte 1 on), step, tag and value.

    Parameters
    ----------
    length
        Of the event, in bytes.
    step
        First and last+1 byte of the step; the same if it is absent (0).
    tag
        First and last+1 byte of the tag.
    value
        First byte of the value.
    dtype
        numpy type of the value.
    """

    length: int
    step: tuple[int, int]
    tag: tuple[int, int]
    value: int
    dtype: str

    def mask(self, width: int) -> Bytes:
        """Return uint8[width]: the bits that events of this pattern have in common."""
        common = np.zeros(width, np.uint8)
        common[: self.length] = 0xFF
        common[1:9] = 0
        # Of a step's bytes the highest bit says whether there are more. A tenth byte would hold the sign alone.
        common[self.step[0] : min(self.step[1], self.step[0] + 9)] = 0x80
        common[slice(*self.tag)] = 0
        common[self.value : self.value + np.dtype(self.dtype).itemsize] = 0
        return common


@dataclass(frozen=True, slots=True, eq=False)
class ScalarRows:
    """Columns of scalar events: which rows they are, and int64, float64, bytes and float64 of each."""

    rows: npt.NDArray[np.int64]
    step: npt.NDArray[np.int64]
    wall_time: npt.NDArray[np.float64]
    tag: list[bytes]
    value: npt.NDArray[np.float64]


def pattern_of(event: bytes) -> Pattern | None:
    """Return the pattern of a serialized event of one scalar, or None if it is anything else, or unusual.

    Only the layout is looked at: whether the event means a scalar is for protobuf to say, once for each pattern.
    """
    if len(event) < 20 or event[0] != _WALL_TIME:
        return None
    step = (10, _varint_end(event, 10)) if event[9] == _STEP else (9, 9)
    summary = _message_body(event, step[1], _SUMMARY)
    value = summary and _message_body(event, summary, _VALUE)
    tag_begin = value and _begin(event, value, _TAG)
    if not tag_begin:
        return None
    tag = (tag_begin, tag_begin + event[tag_begin - 1])
    found = _element(event, tag[1])
    return found and Pattern(len(event), step, tag, *found)


def _varint_end(event: bytes, at: int) -> int:
    while event[at] & 0x80 and at < len(event) - 1 and at < 19:
        at += 1
    return at + 1


def _begin(event: bytes, at: int, key: int) -> int:
    """Where the content of the field `key` at `at` begins; 0 if it is not there or over 127 bytes long."""
    if at + 2 > len(event) or event[at] != key or event[at + 1] > 0x7F or at + 2 + event[at + 1] > len(event):
        return 0
    return at + 2


def _message_body(event: bytes, at: int, key: int) -> int:
    """Where the content of the message field `key` at `at` begins, if it is the last one of `event`; else 0."""
    if at >= len(event) or event[at] != key:
        return 0
    end = _varint_end(event, at + 1) if at + 1 < len(event) else 0
    if not end or end > at + 3:
        return 0
    size = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(event[at + 1 : end]))
    return end if end + size == len(event) else 0


def _element(event: bytes, at: int) -> tuple[int, str] | None:
    """Where the value is, and its type: behind the tag, with nothing but metadata around it."""
    found = None
    while at < len(event):
        if event[at] == _SIMPLE_VALUE and found is None:
            found, at = (at + 1, "<f4"), at + 5
        elif begin := _begin(event, at, _TENSOR):
            if found is not None:
                return None
            at = begin + event[begin - 1]
            found = _tensor_element(event[begin:at], begin)
            if found is None:
                return None
        elif end := _skipped(event, at, _METADATA):
            at = end
        else:
            return None
    return found if at == len(event) else None


def _skipped(event: bytes, at: int, key: int) -> int:
    """Where the length-delimited field `key` at `at` ends; 0 if it is not there."""
    if event[at] != key or at + 1 >= len(event):
        return 0
    end = _varint_end(event, at + 1)
    size = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(event[at + 1 : end]))
    return end + size if end + size <= len(event) else 0


def _tensor_element(tensor: bytes, base: int) -> tuple[int, str] | None:
    at = 4 if tensor[2:4] == bytes((_SHAPE, 0)) else 2
    for number, before in _ELEMENTS:
        dtype = "<f4" if number == _FLOAT else "<f8"
        begin = at + len(before)
        if tensor[:2] == bytes((_DTYPE, number)) and tensor[at:begin] == before:
            return (base + begin, dtype) if begin + np.dtype(dtype).itemsize == len(tensor) else None
    return None


def read_matching(rows: Bytes, pattern: Pattern) -> ScalarRows:
    """Return those of `rows` that have `pattern`, as the first of them does.

    Parameters
    ----------
    rows
        uint8[n, width], an event each; width is a multiple of 8, at least the length of the events.
    """
    words = rows.view("<u8")
    differ = (words ^ words[0]) & pattern.mask(rows.shape[1]).view("<u8")
    matching = np.flatnonzero(np.bitwise_or.reduce(differ, axis=1) == 0)
    rows = rows[matching]
    begin, end = pattern.tag
    tags = rows[:, begin:end].tobytes()
    size = end - begin
    return ScalarRows(
        matching,
        _varints(rows[:, slice(*pattern.step)]),
        _floats(rows, 1, "<f8"),
        [tags[at : at + size] for at in range(0, len(tags), size)] if size else [b""] * len(rows),
        _floats(rows, pattern.value, pattern.dtype),
    )


def _varints(octets: Bytes) -> npt.NDArray[np.int64]:
    numbers = np.zeros(len(octets), np.uint64)
    for place in range(octets.shape[1]):
        numbers |= (octets[:, place] & 0x7F).astype(np.uint64) << np.uint64(7 * place)
    return numbers.view(np.int64)


def _floats(rows: Bytes, begin: int, dtype: str) -> npt.NDArray[np.float64]:
    octets = np.ascontiguousarray(rows[:, begin : begin + np.dtype(dtype).itemsize])
    with np.errstate(invalid="ignore"):  # signalling NaNs
        return octets.view(dtype).ravel().astype(np.float64)
