"""What a scan gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .records import Damage
from .scan_events import Metadata

__all__ = ["EntryColumns", "ScalarColumns", "Scan", "Start"]

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ScalarColumns:
    """Scalars, in the order they were logged: int32 index into `Scan.tags`, int64, float64 seconds, float64."""

    tag: Int32
    step: Int64
    wall_time: Float64
    value: Float64


@dataclass(frozen=True, slots=True, eq=False)
class EntryColumns:
    """Everything else, in the order it was logged: int32 indices into `Scan.kinds` and `Scan.tags`, int64, float64
    seconds, int64 offset of the record's payload in the file and its length in bytes, int32 number of the Value in
    the event's summary."""

    kind: Int32
    tag: Int32
    step: Int64
    wall_time: Float64
    offset: Int64
    length: Int64
    item: Int32


@dataclass(frozen=True, slots=True)
class Start:
    """A session that began anew at `step`: how many scalars and entries of the scan came before it."""

    step: int
    wall_time: float
    scalars: int
    entries: int


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What a piece of an event file holds.

    Parameters
    ----------
    tags, kinds
        What the columns refer to: the tags in the order of their first scalars, then those that have entries alone, in
        the order of these; the kinds likewise. A kind is the name of a plugin (``images``, ``histograms``, ``text``
        ...); "" is a tensor of which nothing is known.
    scalars, entries
        The columns.
    starts
        Where logging began anew.
    metadata
        What was first said of a tag, by tag.
    first_wall_time, last_wall_time
        Earliest and latest wall time above zero of all scalars and entries, in seconds; plus and minus infinity if
        there is none.
    damage
        What was passed over: offsets in the file, bytes, why. Damage from `offset` on reaches the end of the file,
        and is looked at again when there is more.
    events
        How many intact events there were.
    offset
        Where in the file to go on.
    needed
        Bytes from `offset` that the next record takes, if it is in the file but not in the piece; else 0.
    """

    tags: list[str]
    kinds: list[str]
    scalars: ScalarColumns
    entries: EntryColumns
    starts: list[Start]
    metadata: dict[str, Metadata]
    first_wall_time: float
    last_wall_time: float
    damage: list[Damage]
    events: int
    offset: int
    needed: int
