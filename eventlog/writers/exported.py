"""The points that `export_scalars_to_json` writes, read back from the event files: nothing is kept in memory for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import SummaryError
from ..messages import parse
from ..records import Record, iter_records
from ..summaries import scalar

__all__ = ["Point", "new_points"]

Point = list["float | int | str"]
"""Wall time in seconds, step, value."""


def new_points(paths: Iterable[Path], read: Mapping[Path, int]) -> tuple[list[Point], dict[Path, int]]:
    """Return the scalars in event files, and how far these were read, in bytes.

    Parameters
    ----------
    paths
        The files, in order. One that was removed is passed over.
    read
        How far each was read before.
    """
    points: list[Point] = []
    reached = dict(read)
    for path in paths:
        if path.exists():
            content = path.read_bytes()
            for item in iter_records(content, read.get(path, 0)):
                reached[path] = item.end
                points += _points(item.payload) if isinstance(item, Record) else []
    return points, reached


def _points(payload: memoryview) -> list[Point]:
    try:
        event = parse(payload)
        return [[event.wall_time, event.step, _json(scalar.decode(value))] for value in event.summary.value]
    except SummaryError:
        return []


def _json(number: float) -> float | str:
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
