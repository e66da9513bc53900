"""The scan in Python: the reference, and what reads event files where there is no C.

`scan_frames` finds the records, `scan_batch` reads the scalars that come by the thousand (with `scan_patterns`),
`scan_events` all else, and `scan_notes` gathers it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .errors import SummaryError
from .scan_batch import read_batch
from .scan_columns import Scan
from .scan_events import read_event
from .scan_frames import BAD_PAYLOAD, find_frames, payload_checks
from .scan_notes import Notes

__all__ = ["scan"]


def scan(data: bytes | memoryview, offset: int, available: int, plugins: Mapping[str, str]) -> Scan:
    """Return what `data` holds; see `cellboard.eventlog.scan.scan`."""
    data = bytes(data)
    frames = find_frames(data, available)
    begins, lengths = np.array(frames.begins, np.int64), np.array(frames.lengths, np.int64)
    notes = Notes(offset, begins, lengths, plugins)
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
