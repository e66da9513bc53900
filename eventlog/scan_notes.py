"""What a scan has found so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from .records import FOOTER, HEADER, Damage, without_overlaps
from .scan_columns import EntryColumns, ScalarColumns, Scan, Start
from .scan_events import EventNotes, Metadata, Scalar
from .scan_frames import Frames

__all__ = ["Notes"]

Array = npt.NDArray[Any]


class Notes:
    """Gathers what is found in the records of a buffer, in any order, and puts it in the order of the file.

    Parameters
    ----------
    offset
        Where in the file the buffer comes from.
    begins, lengths
        int64[n]: the payload of each record, in the buffer.
    plugins
        Plugin of each tag whose metadata came before.
    """

    def __init__(
        self, offset: int, begins: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64], plugins: Mapping[str, str]
    ) -> None:
        self.offset, self.begins, self.lengths = offset, begins, lengths
        self._plugins = plugins
        self._tags: dict[str, int] = {}
        self._kinds: dict[str, int] = {}
        self._batches: list[tuple[Array, ...]] = []
        self._scalars: list[tuple[int, int, int, float, float]] = []
        self._entries: list[tuple[int, int, int, int, float, int]] = []
        self._starts: list[tuple[int, int, float]] = []
        self._metadata: dict[str, tuple[int, Metadata]] = {}
        self._damage: list[Damage] = []
        self._events = 0

    def tag_id(self, tag: str) -> int:
        """Return the number of a tag, a new one if it is new."""
        return self._tags.setdefault(tag, len(self._tags))

    def plugin_of(self, tag: str, record: int) -> str:
        """Return the plugin of a tag according to what came before a record; "" if nothing did."""
        if tag in self._plugins:
            return self._plugins[tag]
        first, metadata = self._metadata.get(tag, (record, None))
        return metadata.plugin if metadata and first < record else ""

    def add_metadata(self, record: int, tag: str, metadata: Metadata) -> None:
        """Note what a record says of a tag, unless an earlier one did."""
        known = self._metadata.get(tag)
        if known is None or record < known[0]:
            self._metadata[tag] = (record, metadata)

    def add_damage(self, record: int, reason: str) -> None:
        """Note that a record could not be read."""
        begin = self.offset + int(self.begins[record]) - HEADER
        self._damage.append(Damage(begin, int(self.lengths[record]) + HEADER + FOOTER, reason))

    def add_scalars(self, record: Array, tag: Array, step: Array, wall_time: Array, value: Array) -> None:
        """Note the scalars of records that hold one each: a column for each of their parts."""
        self._batches.append((record, tag, step, wall_time, value))
        self._events += len(record)

    def add_event(self, record: int, event: EventNotes) -> None:
        """Note what `read_event` found in a record."""
        self._events += 1
        for tag, metadata in (event.metadata or {}).items():
            self.add_metadata(record, tag, metadata)
        for found in event.found:
            tag_id = self.tag_id(found.tag)
            if isinstance(found, Scalar):
                self._scalars.append((record, tag_id, event.step, event.wall_time, found.value))
            else:
                kind = self._kinds.setdefault(found.kind, len(self._kinds))
                self._entries.append((record, kind, tag_id, event.step, event.wall_time, found.item))
        if event.is_start:
            self._starts.append((record, event.step, event.wall_time))
        if event.trouble:
            self.add_damage(record, event.trouble)

    def as_scan(self, frames: Frames) -> Scan:
        """Return everything, in the order of the file."""
        scalar_records, scalars = self._scalar_columns()
        entry_records, entries = self._entry_columns()
        tags, scalars, entries = _in_order(list(self._tags), scalars, entries)
        starts = [
            Start(step, wall_time, int(np.searchsorted(scalar_records, at)), int(np.searchsorted(entry_records, at)))
            for at, step, wall_time in self._starts
        ]
        times = np.concatenate([scalars.wall_time, entries.wall_time])
        times = times[times > 0]
        passed_over = [Damage(self.offset + part.offset, part.size, part.reason) for part in frames.damage]
        return Scan(
            tags=tags,
            kinds=list(self._kinds),
            scalars=scalars,
            entries=entries,
            starts=starts,
            metadata={tag: metadata for tag, (_, metadata) in self._metadata.items()},
            first_wall_time=float(times.min(initial=np.inf)),
            last_wall_time=float(times.max(initial=-np.inf)),
            damage=without_overlaps(self._damage + passed_over),
            events=self._events,
            offset=self.offset + frames.end,
            needed=frames.needed,
        )

    def _scalar_columns(self) -> tuple[Array, ScalarColumns]:
        dtypes = (np.int64, np.int32, np.int64, np.float64, np.float64)
        singles = _columns(self._scalars, dtypes)
        parts = [np.concatenate(column) for column in zip(*self._batches, singles, strict=True)]
        order = np.argsort(parts[0], kind="stable")
        record, tag, step, wall_time, value = (part[order] for part in parts)
        return record, ScalarColumns(tag, step, wall_time, value)

    def _entry_columns(self) -> tuple[Array, EntryColumns]:
        dtypes = (np.int64, np.int32, np.int32, np.int64, np.float64, np.int32)
        record, kind, tag, step, wall_time, item = _columns(self._entries, dtypes)
        offset, length = self.begins[record] + self.offset, self.lengths[record]
        return record, EntryColumns(kind, tag, step, wall_time, offset, length, item)


def _in_order(
    tags: list[str], scalars: ScalarColumns, entries: EntryColumns
) -> tuple[list[str], ScalarColumns, EntryColumns]:
    """Number the tags in the order in which the columns have them."""
    column = np.concatenate([scalars.tag, entries.tag])
    first = np.empty(len(tags), np.int64)
    first[column[::-1]] = np.arange(len(column))[::-1]  # of those that go to one place, the last one stays
    order = np.argsort(first)
    numbers = np.empty(len(tags), np.int32)
    numbers[order] = np.arange(len(tags), dtype=np.int32)
    return (
        [tags[number] for number in order],
        replace(scalars, tag=numbers[scalars.tag]),
        replace(entries, tag=numbers[entries.tag]),
    )


def _columns(rows: Sequence[tuple[int | float, ...]], dtypes: tuple[npt.DTypeLike, ...]) -> tuple[Array, ...]:
    columns = zip(*rows, strict=True) if rows else ((),) * len(dtypes)
    return tuple(np.array(column, dtype) for column, dtype in zip(columns, dtypes, strict=True))
