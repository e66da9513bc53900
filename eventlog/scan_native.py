"""The scan in C, driven from Python.

The kernel walks over records that are as they should be and fills columns. It stops at a record that it does not
understand, which `read_event` then reads; at one whose payload fails its CRC; and where no record begins, so that
`find_frames` says how to go on behind damage. All it does in between is done without the GIL.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .errors import SummaryError
from .messages import SummaryMetadata, parse
from .native import kernel
from .records import FOOTER, HEADER, Damage, without_overlaps
from .scan_columns import EntryColumns, ScalarColumns, Scan, Start
from .scan_events import EventNotes, Metadata, Scalar, metadata_of, read_event
from .scan_frames import BAD_PAYLOAD, Frames, find_frames

__all__ = ["scan"]

_KEY = os.urandom(16)  # of the hash tables, so that no log can be made to fill them badly

_SCALAR_TYPES = (np.int32, np.int64, np.float64, np.float64)
_ENTRY_TYPES = (np.int32, np.int32, np.int64, np.float64, np.int64, np.int64, np.int32)


def scan(data: bytes | memoryview, offset: int, available: int, plugins: Mapping[str, str]) -> Scan:
    """Return what `data` holds; see `cellboard.eventlog.scan.scan`."""
    known = [(_octets(tag), _octets(plugin)) for tag, plugin in plugins.items()]
    records = _Records(data, offset, kernel.begin_walk(data, offset, known, _KEY))
    return records.as_scan(find_frames(data, available, records))


@dataclass(slots=True)
class _Records:
    """The records of `data`, as far as the kernel has walked over them, and what it left over."""

    data: bytes | memoryview
    offset: int
    walk: Any
    damage: list[Damage] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    metadata: dict[str, Metadata] = field(default_factory=dict)
    events: int = 0
    failed: tuple[int, int] | None = None
    """Beginning and length of the last record's payload, if that failed its CRC."""

    def follow(self, at: int) -> int:
        """See `scan_frames.Records`."""
        while True:
            verdict, stop, length = self.walk.follow(at)
            if verdict == kernel.STOPPED:
                self.failed = self.failed if stop == at else None
                return int(stop)
            at = stop + HEADER + length + FOOTER
            self.failed = (stop + HEADER, length) if verdict == kernel.BAD_PAYLOAD else None
            if self.failed:
                self._add_damage(stop, length, BAD_PAYLOAD)
            else:
                self._read(stop, length)

    def take(self, at: int, length: int) -> None:
        """See `scan_frames.Records`."""
        self.failed = None
        self._read(at, length)

    def take_back(self, checks: Callable[[int, int], bool]) -> int | None:
        """See `scan_frames.Records`."""
        if self.failed is None or checks(*self.failed):
            return None
        begin = self.failed[0] - HEADER
        self.failed = None
        self.damage.pop()
        return begin

    def _add_damage(self, begin: int, length: int, reason: str) -> None:
        self.damage.append(Damage(self.offset + begin, HEADER + length + FOOTER, reason))

    def _read(self, begin: int, length: int) -> None:
        payload = memoryview(self.data)[begin + HEADER : begin + HEADER + length]
        try:
            event = read_event(payload, lambda tag: _text(self.walk.plugin_of(_octets(tag))))
        except SummaryError as error:
            self._add_damage(begin, length, str(error))
            return
        self.events += 1
        self._add_event(event, begin + HEADER, length)
        if event.trouble:
            self._add_damage(begin, length, event.trouble)

    def _add_event(self, event: EventNotes, begin: int, length: int) -> None:
        for tag, metadata in (event.metadata or {}).items():
            if self.walk.add_metadata(_octets(tag), _octets(metadata.plugin)):
                self.metadata[tag] = metadata
        if event.is_start:
            self.starts.append(Start(event.step, event.wall_time, *self.walk.rows()))
        for found in event.found:
            name, when = _octets(found.tag), (event.step, event.wall_time)
            if isinstance(found, Scalar):
                self.walk.add_scalar(name, *when, found.value)
            else:
                self.walk.add_entry(_octets(found.kind), name, *when, begin, length, found.item)

    def as_scan(self, frames: Frames) -> Scan:
        """Return everything; the walk is over then."""
        tags, kinds, scalars, entries, metadata, first, last, events = self.walk.finish()
        passed_over = [Damage(self.offset + part.offset, part.size, part.reason) for part in frames.damage]
        return Scan(
            tags=tags,
            kinds=kinds,
            scalars=ScalarColumns(*map(np.frombuffer, scalars, _SCALAR_TYPES)),
            entries=EntryColumns(*map(np.frombuffer, entries, _ENTRY_TYPES)),
            starts=self.starts,
            metadata={**self.metadata, **_parsed(metadata)},
            first_wall_time=first,
            last_wall_time=last,
            damage=without_overlaps(self.damage + passed_over),
            events=events + self.events,
            offset=self.offset + frames.end,
            needed=frames.needed,
        )


def _parsed(metadata: list[tuple[str, bytes]]) -> dict[str, Metadata]:
    """Return the metadata of each tag. Many tags have the same, so those are parsed once."""
    known = {octets: metadata_of(parse(octets, SummaryMetadata)) for octets in {octets for _, octets in metadata}}
    return {tag: known[octets] for tag, octets in metadata}


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogatepass")
