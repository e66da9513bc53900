"""Samples of one series that were read from disk, kept while they are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from ..eventlog import EventLogError

__all__ = ["SampleCache", "spread"]

Sample = TypeVar("Sample")


class SampleCache(Generic[Sample]):
    """What was read of a series.

    A sample is known by its index, step and time: what a restart made void moves the others on.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, float], Sample | None] = {}

    def get(self, series: Sequence[Sample], indices: Iterable[int]) -> dict[int, Sample]:
        """Return these samples by index, and forget all others; what cannot be read is left out."""
        wanted = {index: _identity(series, index) for index in indices}
        self._known = {key: self._known[key] for key in wanted.values() if key in self._known}
        for index, key in wanted.items():
            if key not in self._known:
                self._known[key] = _read(series, index)
        found = {index: self._known[key] for index, key in wanted.items()}
        return {index: sample for index, sample in found.items() if sample is not None}


def spread(order: Sequence[int], most: int) -> list[int]:
    """Return at most *most* of *order*, evenly, the last always.

    Every n-th is taken, so that a series that grows keeps what was taken, until n does.
    """
    every = -(-len(order) // most) if order else 1
    # Counted from the first: what is taken stays, and only the last one goes on.
    taken = [order[place] for place in range(0, len(order), every)]
    if taken and taken[-1] != order[-1]:
        taken = [*taken[: most - 1], order[-1]]
    return taken


def _identity(series: Any, index: int) -> tuple[int, int, float]:
    return index, int(series.step[index]), float(series.wall_time[index])


def _read(series: Sequence[Sample], index: int) -> Sample | None:
    try:
        return series[index]
    except (EventLogError, OSError, ValueError, LookupError):
        return None
