"""Thousands of scalars to records at once.

Events that agree in the length of their tag and of their step differ in a few bytes only, so a batch becomes one matrix
of bytes per such group, filled column by column; and since a CRC is linear, the checksum of a row is that of its tag's
template XOR what the bytes of wall time, step and value add to it. `encode_plain` is the readable twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .crc32c import crc32c_rows, distance_tables, mask
from .records import FOOTER, HEADER, frame
from .summaries import scalar

__all__ = ["Scalar", "encode", "encode_plain"]

Scalar: TypeAlias = "tuple[str, float, int, float]"
"""Tag, value, step and wall time of one scalar."""

Bytes = npt.NDArray[np.uint8]

_FEW = 80  # events below which numpy's overhead costs more than it saves
_LONG_TAG = 400  # bytes; the tables of a longer tag would not pay
_VARINT_LIMITS = 1 << (7 * np.arange(1, 9, dtype=np.int64))  # a step below limit i takes i + 1 bytes


def encode(events: Sequence[Scalar]) -> bytes:
    """Return the records of `events`, in their order."""
    if len(events) < _FEW:
        return encode_plain(events)
    tags, values, steps, times = zip(*events, strict=True)
    suffixes = {tag: _suffix(tag) for tag in dict.fromkeys(tags)}
    wall_time = np.array(times, "<f8")
    if not wall_time.view("<u8").all() or max(map(len, suffixes.values())) > _LONG_TAG:
        return encode_plain(events)  # a wall time of zero is left out of the event
    with np.errstate(over="ignore", invalid="ignore"):
        value = np.array(values, np.float64).astype("<f4")
    return _Batch(suffixes, tags, value, np.array(steps, np.int64), wall_time).encode()


def encode_plain(events: Sequence[Scalar]) -> bytes:
    """Return what `encode` returns, one event at a time."""
    encoded = [scalar.encode_event(utf8(tag), value, step, wall_time) for tag, value, step, wall_time in events]
    return b"".join(map(frame, encoded))


def utf8(tag: str) -> bytes:
    """Return `tag` in UTF-8; what UTF-8 cannot hold (lone surrogates) becomes a question mark."""
    return tag.encode("utf-8", "replace")


def _suffix(tag: str) -> bytes:
    """Return what follows the step in an event, up to its last four bytes: the value."""
    return scalar.encode_event(utf8(tag), 0.0, 0, 0.0)[:-4]


class _Batch:
    """Columns of a batch, one entry an event."""

    def __init__(
        self,
        suffixes: dict[str, bytes],
        tags: tuple[str, ...],
        value: npt.NDArray[np.float32],
        step: npt.NDArray[np.int64],
        wall_time: npt.NDArray[np.float64],
    ) -> None:
        order = {tag: index for index, tag in enumerate(suffixes)}
        self.suffixes = list(suffixes.values())
        self.tag = np.fromiter(map(order.__getitem__, tags), np.intp, len(tags))
        self.value, self.wall_time, self.step = value.view(np.uint8).reshape(-1, 4), wall_time.view(np.uint8), step
        self.wall_time = self.wall_time.reshape(-1, 8)
        self.step_size = np.searchsorted(_VARINT_LIMITS, step, "right") + 1
        self.step_size[step < 0] = 10
        self.step_size[step == 0] = 0

    def encode(self) -> bytes:
        suffix_size = np.array([len(suffix) for suffix in self.suffixes])[self.tag]
        keys = suffix_size * 16 + self.step_size
        found = np.unique(keys)
        if len(found) == 1:
            return self._rows(np.arange(len(keys)), int(keys[0]) & 15).tobytes()
        sizes = HEADER + 9 + suffix_size + 4 + FOOTER + self.step_size + (self.step_size > 0)
        matrix = np.empty((len(keys), sizes.max()), np.uint8)
        for key in found:
            group = np.flatnonzero(keys == key)
            rows = self._rows(group, int(key) & 15)
            matrix[group, : rows.shape[1]] = rows
        return matrix[np.arange(matrix.shape[1]) < sizes[:, None]].tobytes()

    def _rows(self, group: npt.NDArray[np.intp], step_size: int) -> Bytes:
        """Return the records of the events `group`, whose tags and steps are equally long: one a row."""
        used, tag = np.unique(self.tag[group], return_inverse=True)
        suffixes = np.frombuffer(b"".join([self.suffixes[index] for index in used]), np.uint8).reshape(len(used), -1)
        prefix = 9 + (step_size + 1 if step_size else 0)
        templates = np.zeros((len(used), prefix + suffixes.shape[1] + 4), np.uint8)
        templates[:, 0] = 0x09
        templates[:, 9:10] = 0x10  # the step's key, or the first byte of the suffix, which comes next
        templates[:, prefix:-4] = suffixes
        size = templates.shape[1]
        rows = np.empty((len(group), HEADER + size + FOOTER), np.uint8)
        rows[:, :HEADER] = np.frombuffer(frame(bytes(size))[:HEADER], np.uint8)
        payload = rows[:, HEADER:-FOOTER]
        payload[:] = templates[tag]
        payload[:, 1:9] = self.wall_time[group]
        payload[:, -4:] = self.value[group]
        _write_varints(payload[:, 10 : 10 + step_size], self.step[group])
        varying = [*range(1, 9), *range(10, 10 + step_size), *range(size - 4, size)]
        crc = mask(crc32c_rows(templates)[tag] ^ _added(payload, varying))
        rows[:, -FOOTER:] = crc.astype("<u4").view(np.uint8).reshape(-1, 4)
        return rows


def _write_varints(columns: Bytes, numbers: npt.NDArray[np.int64]) -> None:
    rest, last = numbers.view(np.uint64), columns.shape[1] - 1
    for index in range(columns.shape[1]):
        more = 0x80 if index < last else 0
        columns[:, index] = (rest >> np.uint64(7 * index)).astype(np.uint8) & 0x7F | more


def _added(payload: Bytes, varying: list[int]) -> Any:
    """Return uint32[n]: what the bytes of the columns `varying`, zero in the template, add to the CRC of each row."""
    size = payload.shape[1]
    tables = distance_tables(size)
    added = np.zeros(len(payload), np.uint32)
    for column in varying:
        added ^= tables[size - 1 - column].take(payload[:, column])
    return added
