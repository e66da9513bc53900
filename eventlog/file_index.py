"""What was read of an event file, as bytes to keep, and back.

    magic · CRC-32 of the rest of the head · device, inode, size, times of change of the event file · when these were
    looked at · time of its first event · sizes of what follows · CRC-32 of it ‖ JSON: tags, metadata, marks, damage,
    checksum of what was read ‖ columns

Whoever can write here is not trusted more than whoever writes logs: everything is checked, nothing is executed, and no
more memory is taken than there are bytes.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .file_content import ENTRY_TYPES, SCALAR_TYPES, SCALARS, ContentState, Key
from .marks import Mark
from .prefix_check import PrefixCheck
from .records import HEADER, Damage
from .scan import Metadata

__all__ = ["HEAD_SIZE", "FileState", "Head", "Stamp", "decode", "encode", "read_head"]

_VERSION = 3  # to be raised with every change of what is kept, or of what a scan makes of a file
_HEAD = struct.Struct("<8sI QQqqqqd QQI")
_MAGIC = b"cellb\xf8i" + bytes([_VERSION])
_CHECKED = 12  # bytes of a head before those that its CRC is of
_LARGEST = 1 << 62
_TICK = 3_000_000_000  # nanoseconds within which two changes of a file may have the same time (FAT: two seconds)

HEAD_SIZE = _HEAD.size
"""Bytes of the first part."""

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file is known, and by what it is told that it has changed."""

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Return the stamp of a file."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    @property
    def is_kept(self) -> bool:
        """Whether the system numbers its files, so that this one is known again."""
        return 0 < self.inode < 1 << 64 and 0 <= self.device < 1 << 64

    def is_settled(self, now_ns: int) -> bool:
        """Say whether any change after `now_ns`, in nanoseconds since the epoch, has another time than the last one."""
        return now_ns - max(self.modified_ns, self.changed_ns) > _TICK

    def is_same_file(self, other: Stamp) -> bool:
        """Say whether both are of one file, which may have changed between them."""
        return (self.device, self.inode) == (other.device, other.inode)

    def may_have_become(self, now: Stamp) -> bool:
        """Say whether the file is as it was, or has grown since, as far as this tells."""
        has_grown = now.size > self.size and now.modified_ns >= self.modified_ns
        return self == now or (self.is_same_file(now) and has_grown)


@dataclass(frozen=True, slots=True, eq=False)
class FileState:
    """What was read of a file.

    Parameters
    ----------
    path
        The file.
    stamp
        From before it was read.
    stamped_ns
        When the file was seen to have that, in nanoseconds since the epoch; 0 if that proves nothing, as of one that
        grew while it was watched.
    begin
        Time of its first event in seconds since the epoch; infinite if that has none.
    prints
        Some of its bytes, and where they are, by which what was read is known again.
    check
        The checksum of all that was read.
    content
        What was read.
    """

    path: str
    stamp: Stamp
    stamped_ns: int
    begin: float
    prints: list[tuple[int, bytes]]
    check: PrefixCheck
    content: ContentState

    def is_of(self, now: Stamp) -> bool:
        """Say whether a file that has the stamp `now` is certainly the one that was read, with nothing more in it."""
        return self.stamp == now and self.stamp.is_settled(self.stamped_ns)


@dataclass(frozen=True, slots=True)
class Head:
    """The first part: what can be known of a file without the rest."""

    stamp: Stamp
    stamped_ns: int
    begin: float
    words: int
    columns: int
    crc: int


def encode(state: FileState) -> list[memoryview]:
    """Return what is to be kept, in pieces that follow each other."""
    words = json.dumps(_as_json(state), separators=(",", ":")).encode()
    columns = [octets for columns in state.content.series.values() for octets in _padded(columns)]
    crc = zlib.crc32(words)
    for octets in columns:
        crc = zlib.crc32(octets, crc)
    stamp = state.stamp
    known = (stamp.device, stamp.inode, stamp.size, stamp.modified_ns, stamp.changed_ns)
    head = _HEAD.pack(_MAGIC, 0, *known, state.stamped_ns, state.begin, len(words), sum(map(len, columns)), crc)
    check = struct.pack("<I", zlib.crc32(head[_CHECKED:]))
    return [memoryview(head[:8] + check + head[_CHECKED:]), memoryview(words), *columns]


def read_head(octets: bytes) -> Head | None:
    """Return what the first `HEAD_SIZE` bytes say; None if they are damaged, or of another version."""
    if len(octets) < HEAD_SIZE or octets[: len(_MAGIC)] != _MAGIC:
        return None
    _, check, device, inode, size, modified, changed, stamped, begin, words, columns, crc = _HEAD.unpack_from(octets)
    if check != zlib.crc32(octets[_CHECKED:HEAD_SIZE]):
        return None
    return Head(Stamp(device, inode, size, modified, changed), stamped, begin, words, columns, crc)


def decode(head: Head, rest: npt.NDArray[np.uint8]) -> FileState | None:
    """Return what was kept; None if it is damaged or makes no sense.

    Parameters
    ----------
    head
        The first part.
    rest
        uint8[n]: all that follows it. The columns will be views of it.
    """
    if len(rest) != head.words + head.columns or zlib.crc32(rest.data) != head.crc:
        return None
    try:
        said = json.loads(rest[: head.words].tobytes())
        return _of_json(head, said, rest[head.words :])
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _as_json(state: FileState) -> dict[str, Any]:
    content = state.content
    numbers = {key: at for at, key in enumerate(content.series)}
    return {
        "path": state.path,
        "prints": [[offset, octets.hex()] for offset, octets in state.prints],
        "check": [state.check.kind, state.check.size, state.check.crc],
        "series": [[kind, tag, len(columns["step"])] for (kind, tag), columns in content.series.items()],
        "metadata": [
            [tag, said.plugin, said.content.hex(), said.display_name, said.description, said.data_class]
            for tag, said in content.metadata.items()
        ],
        "marks": [[mark.step, mark.wall_time] for mark in content.marks],
        "turns": [[numbers[key], turns] for key, turns in content.turns.items()],
        "times": [content.first_wall_time, content.last_wall_time],
        "offset": content.offset,
        "damage": [[part.offset, part.size, part.reason] for part in content.damage],
        "damage_at_end": [[part.offset, part.size, part.reason] for part in content.damage_at_end],
        "counts": [content.damage_count, content.events],
    }


def _padded(columns: Mapping[str, Array]) -> Iterator[memoryview]:
    """Yield the bytes of the columns of a series, whole words of each."""
    for array in columns.values():
        plain = np.ascontiguousarray(array).view(np.uint8)
        yield plain.data
        yield memoryview(bytes(-len(plain) % 8))


def _of_json(head: Head, said: dict[str, Any], columns: npt.NDArray[np.uint8]) -> FileState:
    offset = _whole(said["offset"])
    series = _series(said["series"], columns, offset)
    keys = list(series)
    content = ContentState(
        series=series,
        metadata={_text(tag): _metadata(*rest) for tag, *rest in said["metadata"]},
        marks=[Mark(_step(step), float(time)) for step, time in said["marks"]],
        turns={keys[_whole(at)]: [(_whole(m), _whole(n)) for m, n in turns] for at, turns in said["turns"]},
        first_wall_time=float(said["times"][0]),
        last_wall_time=float(said["times"][1]),
        offset=offset,
        damage=[_damage(*part) for part in said["damage"]],
        damage_at_end=[_damage(*part) for part in said["damage_at_end"]],
        damage_count=_whole(said["counts"][0]),
        events=_whole(said["counts"][1]),
    )
    if not len(content.damage) <= content.damage_count <= _LARGEST * bool(content.damage):
        raise ValueError("damage that is nowhere")
    prints = [(_whole(at, offset), bytes.fromhex(octets)) for at, octets in said["prints"]]
    kind, size, crc = said["check"]
    check = PrefixCheck(_text(kind), _whole(size), _whole(crc))
    return FileState(_text(said["path"]), head.stamp, head.stamped_ns, head.begin, prints, check, content)


def _series(said: list[Any], columns: npt.NDArray[np.uint8], end: int) -> dict[Key, Mapping[str, Array]]:
    series: dict[Key, Mapping[str, Array]] = {}
    at = 0
    for kind, tag, rows in said:
        types = SCALAR_TYPES if kind == SCALARS else ENTRY_TYPES
        found: dict[str, Array] = {}
        series[_text(kind), _text(tag)] = found
        for name, dtype in types.items():
            size = _whole(rows) * np.dtype(dtype).itemsize
            found[name] = columns[at : at + size].view(dtype)
            if len(found[name]) != rows:
                raise ValueError("columns that are too short")
            at += -(-size // 8) * 8
        if kind != SCALARS:
            _check_entries(found, end)
    if at != len(columns) or len(series) != len(said):
        raise ValueError("columns that belong to nothing")
    return series


def _check_entries(columns: Mapping[str, Array], end: int) -> None:
    """Raise ValueError unless the entries are within the part of the file that was read."""
    offset, length, item = columns["offset"], columns["length"], columns["item"]
    is_within = (offset >= HEADER) & (offset <= end) & (length >= 0) & (length <= end - offset) & (item >= 0)
    if not is_within.all():
        raise ValueError("entries that are not in the file")


def _metadata(plugin: str, content: str, display_name: str, description: str, data_class: int) -> Metadata:
    octets = bytes.fromhex(content)
    return Metadata(_text(plugin), octets, _text(display_name), _text(description), _whole(data_class))


def _damage(offset: int, size: int, reason: str) -> Damage:
    return Damage(_whole(offset), _whole(size), _text(reason))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _whole(value: Any, most: int = _LARGEST) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("no number from 0 on")
    return value


def _step(value: Any) -> int:
    if type(value) is not int or not -(1 << 63) <= value < 1 << 63:
        raise ValueError("no step")
    return value
