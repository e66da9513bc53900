"""The scan: from the bytes of an event file to columns.

Scalars come out as columns of tag, step, wall time and value; of everything else the scan notes what it is and where,
and leaves it on disk. It is a pure function of the bytes, the place they come from, and what is known of the tags, so
that files can be scanned side by side, and a faster implementation can be held against this one.

`scan_frames` finds the records, `scan_batch` reads the scalars that come by the thousand (with `scan_patterns`),
`scan_events` all else, and `scan_notes` gathers it. `scan_columns` has what comes out.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .errors import SummaryError
from .scan_batch import read_batch
from .scan_columns import EntryColumns, ScalarColumns, Scan, Start
from .scan_events import Metadata, read_event
from .scan_frames import BAD_PAYLOAD, find_frames, payload_checks
from .scan_notes import Notes

__all__ = ["EntryColumns", "Metadata", "ScalarColumns", "Scan", "Start", "scan"]


def scan(
    data: bytes, offset: int = 0, *, available: int | None = None, plugins: Mapping[str, str] | None = None
) -> Scan:
    """Return what `data` holds.

    Every length and every payload is checked against its CRC. Damaged records are passed over and reported. An
    incomplete record at the end is neither read nor reported: `Scan.offset` is where it begins. A length that is larger
    than the file is taken for one, unless it is beyond what protobuf can hold (2 GiB), or intact records lie
    within the part that is there.

    Parameters
    ----------
    data
        Bytes of an event file, beginning where a record does.
    offset
        Where in the file they come from.
    available
        How many bytes the file has from there on; by default as many as there are in `data`.
    plugins
        Plugin of each tag whose metadata came before `offset`.
    """
    frames = find_frames(data, len(data) if available is None else max(available, len(data)))
    begins, lengths = np.array(frames.begins, np.int64), np.array(frames.lengths, np.int64)
    notes = Notes(offset, begins, lengths, dict(plugins or {}))
    for record in read_batch(data, begins, lengths, notes).tolist():
        _read_one(data, record, notes)
    return notes.as_scan(frames)


def _read_one(data: bytes, record: int, notes: Notes) -> None:
    begin, length = int(notes.begins[record]), int(notes.lengths[record])
    if not payload_checks(data, begin, length):
        notes.add_damage(record, BAD_PAYLOAD)
        return
    try:
        event = read_event(memoryview(data)[begin : begin + length], lambda tag: notes.plugin_of(tag, record))
    except SummaryError as error:
        notes.add_damage(record, str(error))
    else:
        notes.add_event(record, event)
