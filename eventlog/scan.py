"""The scan: from the bytes of an event file to columns.

Scalars come out as columns of tag, step, wall time and value; of everything else the scan notes what it is and where,
and leaves it on disk. It is a pure function of the bytes, the place they come from, and what is known of the tags, so
that files can be scanned side by side, and a faster implementation can be held against this one.

There are two of them that give the same: `scan_python`, the one to read, and `scan_native`, which has the bulk of the
work done in C; `native` says which is used. `scan_columns` has what comes out.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import scan_native, scan_python
from .native import kernel
from .scan_columns import EntryColumns, ScalarColumns, Scan, Start
from .scan_events import Metadata

__all__ = ["EntryColumns", "Metadata", "ScalarColumns", "Scan", "Start", "scan"]


def scan(
    data: bytes | memoryview,
    offset: int = 0,
    *,
    available: int | None = None,
    plugins: Mapping[str, str] | None = None,
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
    size = len(data) if available is None else max(available, len(data))
    if kernel is None:
        return scan_python.scan(data, offset, size, plugins or {})
    return scan_native.scan(data, offset, size, plugins or {})
