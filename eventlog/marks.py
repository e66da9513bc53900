"""Marks: where logging began anew in a file, and which points of each series came before.

A file may have as many marks as points, and as many series, so nothing here grows with the product of two of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

__all__ = ["Mark", "Turns", "extended", "lowest_steps", "marks_before", "void_from"]

Turns = Sequence[tuple[int, int]]
"""Of a series, pairs (m, n): the points before number n, and behind the pair before, came after m marks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Logging began anew at `step`, at that time in seconds since the epoch."""

    step: int
    wall_time: float


def marks_before(begin: int, places: Sequence[int], rows: int) -> npt.NDArray[np.int64]:
    """Return int64[rows]: how many marks came before each row.

    Parameters
    ----------
    begin
        Marks before all of them.
    places
        Of each mark among them, how many rows come before it; not decreasing.
    rows
        How many rows there are.
    """
    return begin + np.searchsorted(np.asarray(places, np.int64), np.arange(rows), side="right")


def extended(turns: Turns | None, points: int, marks: npt.NDArray[np.int64]) -> Turns:
    """Return the turns of a series that has got more points.

    Parameters
    ----------
    turns
        As they were; None if no mark came before any point so far.
    points
        How many points it had.
    marks
        int64[n]: how many marks came before each of the new ones; not decreasing.
    """
    found = list(turns or ([(0, points)] if points else []))
    ends = np.append(np.flatnonzero(np.diff(marks)) + 1, len(marks))
    for end, count in zip(ends.tolist(), marks[ends - 1].tolist(), strict=True):
        if found and found[-1][0] == count:
            found.pop()
        found.append((count, points + end))
    return found


def lowest_steps(marks: Sequence[Mark]) -> list[int]:
    """Return of each mark the lowest step of it and those after it."""
    return list(accumulate((mark.step for mark in reversed(marks)), min))[::-1]


def void_from(turns: Turns, lowest: Sequence[int]) -> list[tuple[int, int]]:
    """Return pairs (n, step): of the first n points of a series, those at that step or later are void.

    Parameters
    ----------
    turns
        Of the series.
    lowest
        Of the marks; see `lowest_steps`.
    """
    return [(end, lowest[count]) for count, end in turns if count < len(lowest)]
