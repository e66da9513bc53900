"""Segments: the points of a series that are in one file, and which of them are void because logging began anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import View

__all__ = ["Segment"]

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """The points of a series that are in one file.

    Parameters
    ----------
    path
        The file.
    columns
        Read-only arrays by name, as long as there are points.
    superseded
        Pairs (n, step): of the first n points, those at that step or later are void, because logging began anew.
    kind
        As the scan noted it: a plugin, or "" for a tensor of which nothing was known.
    replaces
        Whether a point makes void what came before it at its step or later.
    is_void
        Whether the points are those that are void, instead of the others.
    """

    path: str
    columns: Mapping[str, Array]
    superseded: tuple[tuple[int, int], ...] = ()
    kind: str = ""
    replaces: bool = False
    is_void: bool = False

    def __len__(self) -> int:
        return self.columns.rows if isinstance(self.columns, View) else len(self.columns["step"])

    @property
    def may_lack(self) -> bool:
        """Whether there may be points that do not count."""
        return bool(self.superseded) or self.replaces or self.is_void

    def valid(self) -> Mapping[str, Array]:
        """Return the columns of the points that count."""
        kept = self._kept() if self.may_lack else None
        if self.is_void:
            kept = np.zeros(len(self), bool) if kept is None else ~kept
        if kept is None:
            return self.columns
        return {name: column[kept] for name, column in self.columns.items()}

    def void(self) -> Segment:
        """Return the same segment with those points that do not count."""
        return replace(self, is_void=not self.is_void)

    def _kept(self) -> npt.NDArray[np.bool_] | None:
        """Return which points are not void; None if all are."""
        step = self.columns["step"]
        kept = None
        if self.replaces and not (step[1:] > step[:-1]).all():
            lowest_after = np.minimum.accumulate(step[:0:-1])[::-1]
            kept = np.append(step[:-1] < lowest_after, True)
        if self.superseded:
            begun_anew = self._not_begun_anew()
            kept = begun_anew if kept is None else kept & begun_anew
        return None if kept is None or kept.all() else kept

    def _not_begun_anew(self) -> npt.NDArray[np.bool_]:
        """Return which points `superseded` leaves: all pairs are looked at together, for there may be many."""
        pairs = np.array(sorted(self.superseded), np.int64)
        lowest = np.minimum.accumulate(pairs[::-1, 1])[::-1]  # of a pair and those for more points
        step = self.columns["step"]
        pair = np.searchsorted(pairs[:, 0], np.arange(len(step)), side="right")  # the first that is for this point
        kept: npt.NDArray[np.bool_] = (pair == len(pairs)) | (step < lowest[np.minimum(pair, len(pairs) - 1)])
        return kept
