"""Restarts: what of a run's earlier points is void once logging went on from an earlier step.

A run's files, in the order in which they were begun, are one log. A file that is still written to when another one is
begun belongs to a writer that works at the same time: nothing in the other file makes its points void.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, Protocol, get_args

from .columns import Columns
from .file_content import Key
from .marks import Mark, Turns, lowest_steps, void_from
from .segments import Segment

__all__ = ["POLICIES", "LogFile", "Policy", "Restarts"]

Policy = Literal["latest", "all", "last-step"]

POLICIES: tuple[Policy, ...] = get_args(Policy)
"""What may be done about restarts; `LogDir` explains."""

_ONCE = frozenset({"graphs", "hparams", "custom_scalars"})  # kinds that say what holds for a run, at any step


class LogFile(Protocol):
    """What is to be known of a file that was read."""

    path: str

    @property
    def first_wall_time(self) -> float:
        """Seconds since the epoch; infinite if none is known."""

    @property
    def content(self) -> Content:
        """What was read."""


class Content(Protocol):
    """See `FileContent`."""

    series: dict[Key, Columns]
    marks: list[Mark]
    turns: dict[Key, Turns]
    last_wall_time: float


class Restarts:
    """What restarts make void in the files of a run.

    Parameters
    ----------
    files
        In the order in which they were begun.
    policy
        What to do.
    """

    def __init__(self, files: Sequence[LogFile], policy: Policy) -> None:
        self._files, self._policy = files, policy
        self._has_marks = policy == "latest" and any(file.content.marks for file in files)
        # Of each file, the step from which on a later beginning makes it void.
        self._ends = _ends(files) if self._has_marks else []
        self._lowest = [lowest_steps(file.content.marks) for file in files] if self._has_marks else []
        # Of each file, the number of the first one that was begun after it had ended: all behind that were, too.
        begins = [file.first_wall_time for file in files]
        self._heirs = [max(at + 1, bisect_left(begins, files[at].content.last_wall_time)) for at in range(len(files))]

    @property
    def reach_over_files(self) -> bool:
        """Whether a point in one file may bring back, or make void, points of other series in another file."""
        return self._has_marks or (self._policy == "last-step" and len(self._files) > 1)

    def segments(self, kind: str, keys: Sequence[Key]) -> list[Segment]:
        """Return the segments of the series `keys`, which are one of a kind to the user, in order."""
        found = []
        for at, file in enumerate(self._files):
            for key in keys:
                columns = file.content.series.get(key)
                if columns:
                    found.append((at, key, Segment(file.path, columns.view(), kind=key[0])))
        if kind in _ONCE:
            return [segment for _, _, segment in found]
        if self._has_marks:
            return [self._marked(at, key, segment) for at, key, segment in found]
        if self._policy == "last-step":
            return self._replaced([(at, segment) for at, _, segment in found])
        return [segment for _, _, segment in found]

    def _marked(self, at: int, key: Key, segment: Segment) -> Segment:
        content = self._files[at].content
        void = void_from(content.turns.get(key, [(0, len(segment))]), self._lowest[at])
        end = self._ends[at]
        if end is not None:
            void.append((len(segment), end))
        return replace(segment, superseded=tuple(void))

    def _replaced(self, found: Sequence[tuple[int, Segment]]) -> list[Segment]:
        after: list[int] = []  # minus the numbers of the files so far, from the last one on
        lowest: list[int] = []  # the lowest step in these files
        replaced = []
        for at, segment in reversed(found):
            heirs = bisect_right(after, -self._heirs[at])
            void = ((len(segment), lowest[heirs - 1]),) if heirs else ()
            replaced.append(replace(segment, superseded=void, replaces=True))
            least = int(segment.columns["step"].min())
            after.append(-at)
            lowest.append(min([least, *lowest[-1:]]))
        return replaced[::-1]


def _ends(files: Sequence[LogFile]) -> list[int | None]:
    """Return of each file the lowest step at which another one begins anew after it had ended; None if none does."""
    marks = [
        (math.inf if math.isnan(mark.wall_time) else mark.wall_time, mark.step, at)
        for at, file in enumerate(files)
        for mark in file.content.marks
    ]
    marks.sort(reverse=True)
    times = [-wall_time for wall_time, _, _ in marks]
    lowest: list[dict[int, int]] = [{}]  # of the first marks: the two files that begin lowest, and where
    for _, step, at in marks:
        best = dict(lowest[-1])
        best[at] = min(step, best.get(at, step))
        lowest.append(dict(sorted(best.items(), key=lambda item: item[1])[:2]))
    ends = []
    for at, file in enumerate(files):
        later = lowest[bisect_right(times, -file.content.last_wall_time)]
        ends.append(min((step for other, step in later.items() if other != at), default=None))
    return ends
