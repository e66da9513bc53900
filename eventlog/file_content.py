"""What was read of one event file, series by series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import Columns, Room
from .grouping import group
from .marks import Mark, Turns, extended, marks_before
from .problems import MAX_PER_FILE
from .records import Damage
from .scan import Metadata, Scan

__all__ = ["ENTRY_TYPES", "SCALARS", "SCALAR_TYPES", "ContentState", "FileContent", "Key"]

Array = npt.NDArray[Any]
Key = tuple[str, str]
"""Kind and tag."""

SCALARS = "scalars"

# By column.
SCALAR_TYPES = {"step": np.int64, "wall_time": np.float64, "value": np.float64}
ENTRY_TYPES = {"step": np.int64, "wall_time": np.float64, "offset": np.int64, "length": np.int64, "item": np.int32}
_MOST_AHEAD = 1 << 30  # bytes of a file for whose points room is made before they are read
_LARGE_PAGES = 4 << 20  # bytes from which on numpy asks for large pages
_UNCLEAR = ("", SCALARS)  # kinds of points of which nothing was said when they came
_FEW = 8  # rows of each tag in one piece of a file
_NO_LOG = "not an event log: there is no record in it"


@dataclass(frozen=True, slots=True, eq=False)
class ContentState:
    """All of a `FileContent` at one moment; arrays are read-only views."""

    series: dict[Key, Mapping[str, Array]]
    metadata: dict[str, Metadata]
    marks: list[Mark]
    turns: dict[Key, Turns]
    first_wall_time: float
    last_wall_time: float
    offset: int
    damage: list[Damage]
    damage_at_end: list[Damage]
    damage_count: int
    events: int


class FileContent:
    """The series, metadata, marks and damage of a file, gathered from scans of its pieces."""

    def __init__(self) -> None:
        self.series: dict[Key, Columns] = {}
        self.metadata: dict[str, Metadata] = {}
        self.marks: list[Mark] = []
        self.turns: dict[Key, Turns] = {}
        """Of the series that have points behind a mark; the others have all before the first one."""
        self.first_wall_time = np.inf
        self.last_wall_time = -np.inf
        self.offset = 0
        self.reinterpreted = 0
        """Grows with what changes the meaning of points that came before: a mark, what is said of a tag later."""
        self._damage: list[Damage] = []
        self._damage_at_end: list[Damage] = []
        self._damage_count = 0
        self._events = 0

    @classmethod
    def of(cls, state: ContentState) -> FileContent:
        """Return what a state says; the arrays in it are kept."""
        content = cls()
        for key, columns in state.series.items():
            content._columns(key, {}).extend(columns, slice(0, len(columns["step"])))
        content.metadata, content.marks, content.turns = dict(state.metadata), list(state.marks), dict(state.turns)
        content.first_wall_time, content.last_wall_time = state.first_wall_time, state.last_wall_time
        content.offset, content._events = state.offset, state.events
        content._damage, content._damage_at_end = list(state.damage), list(state.damage_at_end)
        content._damage_count = state.damage_count
        return content

    def state(self) -> ContentState:
        """Return what there is now."""
        return ContentState(
            series={key: columns.view() for key, columns in self.series.items()},
            metadata=dict(self.metadata),
            marks=list(self.marks),
            turns=dict(self.turns),
            first_wall_time=self.first_wall_time,
            last_wall_time=self.last_wall_time,
            offset=self.offset,
            damage=list(self._damage),
            damage_at_end=list(self._damage_at_end),
            damage_count=self._damage_count,
            events=self._events,
        )

    def take(self, scanned: Scan, rest: int = 0) -> set[Key]:
        """Add what a scan found; return the series it added to.

        `rest` is how many bytes the file has behind it: what is there so far tells what room to make for them.
        """
        if self.marks or scanned.starts:
            self._note_turns(scanned)
        self.reinterpreted += len(scanned.starts)
        for tag, metadata in scanned.metadata.items():
            if tag not in self.metadata:
                self.metadata[tag] = metadata
                self.reinterpreted += any((kind, tag) in self.series for kind in _UNCLEAR)
        more = min(rest, _MOST_AHEAD) / max(scanned.offset, 1)
        changed = self._take_scalars(scanned, more)
        entries = self._take_entries(scanned, more)
        self.first_wall_time = min(self.first_wall_time, scanned.first_wall_time)
        self.last_wall_time = max(self.last_wall_time, scanned.last_wall_time)
        self._take_damage(scanned)
        self._events += scanned.events
        self.offset = scanned.offset
        return changed | entries

    def damage(self) -> list[Damage]:
        """Return what was passed over: the first `MAX_PER_FILE` places, and a word on the others."""
        damage = self._damage + self._damage_at_end
        if damage and not self._events:
            return [Damage(0, sum(part.size for part in damage), _NO_LOG)]
        unsaid = self._damage_count - len(self._damage)
        if unsaid:
            damage.append(Damage(damage[-1].end, 0, f"{unsaid} more places behind this one are damaged"))
        return damage

    @property
    def last_damage(self) -> int:
        """Size of the damage that ends where reading goes on, in bytes; 0 if there is none."""
        last = self._damage[-1] if self._damage else None
        return last.size if last and last.end == self.offset else 0

    def skip_to(self, offset: int) -> None:
        """Pass over everything up to `offset`, as part of the damage that ends where reading would go on."""
        last = self._damage[-1]
        self._damage[-1] = Damage(last.offset, offset - last.offset, last.reason)
        self.offset = offset

    def _take_scalars(self, scanned: Scan, more: float) -> set[Key]:
        columns, ends = group(scanned.scalars, len(scanned.tags))
        changed: set[Key] = set()
        if len(columns["step"]) < _FEW * len(scanned.tags):
            more = 0  # of these tags hardly anything follows, if others go on to come
        room = None if self.series else _room(len(scanned.scalars.tag), len(scanned.tags), more)
        begin = 0
        for tag, end in zip(scanned.tags, ends.tolist(), strict=True):
            if end == begin:
                break  # tags without scalars come last
            self._columns((SCALARS, tag), SCALAR_TYPES).extend(columns, slice(begin, end), more, room)
            changed.add((SCALARS, tag))
            begin = end
        return changed

    def _take_entries(self, scanned: Scan, more: float) -> set[Key]:
        changed: set[Key] = set()
        for key, rows in _entries_by_key(scanned):
            parts = {name: getattr(scanned.entries, name)[rows] for name in ENTRY_TYPES}
            self._columns(key, ENTRY_TYPES).extend(parts, slice(0, len(rows)), more)
            changed.add(key)
        return changed

    def _note_turns(self, scanned: Scan) -> None:
        """Note which of the points that come now are before which marks, and these."""
        scalars = (((SCALARS, scanned.tags[tag]), rows) for tag, rows in _groups(scanned.scalars.tag))
        of_scalars = [start.scalars for start in scanned.starts], len(scanned.scalars.tag)
        of_entries = [start.entries for start in scanned.starts], len(scanned.entries.tag)
        for found, (places, count) in ((scalars, of_scalars), (_entries_by_key(scanned), of_entries)):
            marks = marks_before(len(self.marks), places, count)
            for key, rows in found:
                points = len(self.series.get(key, ()))
                self.turns[key] = extended(self.turns.get(key), points, marks[rows])
        self.marks += [Mark(start.step, start.wall_time) for start in scanned.starts]

    def _columns(self, key: Key, dtypes: Mapping[str, npt.DTypeLike]) -> Columns:
        found = self.series.get(key)
        if found is None:
            found = self.series[key] = Columns(dtypes)
        return found

    def _take_damage(self, scanned: Scan) -> None:
        self._damage_at_end = [part for part in scanned.damage if part.offset >= scanned.offset]
        for part in scanned.damage:
            if part.offset >= scanned.offset:
                continue
            last = self._damage[-1] if self._damage else None
            if last and last.end == part.offset and last.reason == part.reason:
                self._damage[-1] = Damage(last.offset, last.size + part.size, last.reason)
                continue
            self._damage_count += 1
            if len(self._damage) < MAX_PER_FILE:
                self._damage.append(part)


def _room(scalars: int, tags: int, more: float) -> Room | None:
    """Return memory for so many scalars and those that are yet to be expected, if they are many."""
    size = (int(scalars * (1 + more)) + tags) * 8 * len(SCALAR_TYPES)
    return Room(size) if size >= _LARGE_PAGES else None


def _entries_by_key(scanned: Scan) -> Iterator[tuple[Key, npt.NDArray[np.int64]]]:
    """Yield the series that have entries, and the rows of each."""
    columns, tags = scanned.entries, scanned.tags
    for number, rows in _groups(columns.kind.astype(np.int64) * len(tags) + columns.tag):
        kind, tag = divmod(number, len(tags))
        yield (scanned.kinds[kind], tags[tag]), rows


def _groups(numbers: npt.NDArray[np.integer]) -> list[tuple[int, npt.NDArray[np.int64]]]:
    """Rows of each number, in order."""
    if not len(numbers):
        return []
    narrow = numbers.astype(np.uint16) if numbers.max() < 1 << 16 else numbers
    order = np.argsort(narrow, kind="stable")
    cuts = np.flatnonzero(np.diff(numbers[order])) + 1
    return [(int(numbers[rows[0]]), rows) for rows in np.split(order, cuts)]
