"""Records of one length, read together: their checksums, and the scalars in them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from .crc32c import crc32c, distance_tables, mask
from .errors import SummaryError
from .scan_events import EventNotes, Scalar, read_event
from .scan_frames import BAD_PAYLOAD
from .scan_notes import Notes
from .scan_patterns import ScalarRows, pattern_of, read_matching

__all__ = ["read_batch"]

_FEW = 24  # records below which it does not pay
_LONGEST = 1024  # bytes of a record above which it does not pay
_MISSES = 4  # patterns that may fail before the rest of a batch goes through protobuf
_UNKNOWN = "?"

Indices = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


def read_batch(data: bytes, begins: Indices, lengths: Indices, notes: Notes) -> Indices:
    """Note the scalars that are read faster together, and damage among them; return the records that are left over.

    Parameters
    ----------
    data
        The buffer.
    begins, lengths
        int64[n]: the payload of each record.
    notes
        Where to note what is found.
    """
    left = [members for length, members in _by_length(lengths) if not _is_batch(length, members)]
    for length, members in _by_length(lengths):
        if _is_batch(length, members):
            left.append(_read_group(data, begins, length, members, notes))
    return np.sort(np.concatenate(left)) if left else np.empty(0, np.int64)


def _is_batch(length: int, members: Indices) -> bool:
    return len(members) >= _FEW and length <= _LONGEST


def _by_length(lengths: Indices) -> Iterator[tuple[int, Indices]]:
    order = np.argsort(lengths, kind="stable")
    cuts = np.flatnonzero(np.diff(lengths[order])) + 1
    for members in np.split(order, cuts):
        if len(members):
            yield int(lengths[members[0]]), members


def _read_group(data: bytes, begins: Indices, length: int, members: Indices, notes: Notes) -> Indices:
    """Read records of one length; return those that are left over."""
    octets = np.frombuffer(data, np.uint8)
    width = -(-(length + 4) // 8) * 8  # a payload with its checksum, in whole words
    fits = begins[members] + width <= len(octets)
    left = [members[~fits]]
    members = members[fits]
    if len(members):
        rows = np.lib.stride_tricks.sliding_window_view(octets, width)[begins[members]]
        intact = _crcs(rows[:, :length]) == np.ascontiguousarray(rows[:, length : length + 4]).view("<u4").ravel()
        for record in members[~intact].tolist():
            notes.add_damage(record, BAD_PAYLOAD)
        left.append(_read_scalars(rows[intact], length, members[intact], notes))
    return np.concatenate(left)


def _crcs(rows: Bytes) -> npt.NDArray[np.uint32]:
    """Masked CRC-32C of each row. Rows of one length differ in their CRC by what the bytes add in which they differ."""
    length = rows.shape[1]
    tables = distance_tables(length)
    differ = rows ^ rows[0]
    crcs = np.full(len(rows), crc32c(rows[0].tobytes()), np.uint32)
    for column in np.flatnonzero(np.bitwise_or.reduce(differ, axis=0)).tolist():
        crcs ^= tables[length - 1 - column].take(differ[:, column])
    masked: npt.NDArray[np.uint32] = mask(crcs)
    return masked


def _read_scalars(rows: Bytes, length: int, members: Indices, notes: Notes) -> Indices:
    """Note the scalars among `members`, pattern by pattern; return the records that are none."""
    misses, left = 0, []
    while len(members) >= _FEW and misses < _MISSES:
        found = _first_pattern(rows, length)
        if found is None:
            misses += 1
            left.append(members[:1])
            rows, members = rows[1:], members[1:]
            continue
        event, scalars = found
        left.append(_note_scalars(members, event, scalars, notes))
        others = np.ones(len(rows), bool)
        others[scalars.rows] = False
        rows, members = rows[others], members[others]
    return np.concatenate([*left, members])


def _first_pattern(rows: Bytes, length: int) -> tuple[EventNotes, ScalarRows] | None:
    """Take the first event apart, in both ways, and read the others like it; None if it is no plain scalar."""
    payload = rows[0, :length].tobytes()
    pattern = pattern_of(payload)
    if pattern is None:
        return None
    try:
        event = read_event(payload, lambda _: _UNKNOWN)
    except SummaryError:
        return None
    scalars = read_matching(rows, pattern)
    return (event, scalars) if _agree(event, scalars) else None


def _agree(event: EventNotes, scalars: ScalarRows) -> bool:
    if len(event.found) != 1 or event.trouble or not isinstance(event.found[0], Scalar):
        return False
    numbers = [event.step, event.wall_time, event.found[0].value]
    read = [int(scalars.step[0]), float(scalars.wall_time[0]), float(scalars.value[0])]
    return event.found[0].tag.encode() == scalars.tag[0] and np.array_equal(numbers, read, equal_nan=True)


def _note_scalars(members: Indices, event: EventNotes, scalars: ScalarRows, notes: Notes) -> Indices:
    """Note `scalars`; return those of `members` whose tag is no text."""
    ids = {tag: _tag_id(tag, notes) for tag in dict.fromkeys(scalars.tag)}
    records = members[scalars.rows]
    tags = np.fromiter(map(ids.__getitem__, scalars.tag), np.int32, len(records))
    for metadata in (event.metadata or {}).values():
        for first in np.unique(tags, return_index=True)[1].tolist():
            if tags[first] >= 0:
                notes.add_metadata(int(records[first]), scalars.tag[first].decode(), metadata)
    good = tags >= 0
    notes.add_scalars(records[good], tags[good], scalars.step[good], scalars.wall_time[good], scalars.value[good])
    return records[~good]


def _tag_id(tag: bytes, notes: Notes) -> int:
    try:
        return notes.tag_id(tag.decode())
    except UnicodeDecodeError:
        return -1
