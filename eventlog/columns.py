"""Growable columns: numpy arrays that are appended to while others read them.

A reader gets read-only views of what is there. Appending writes behind the end of every view, or moves to a larger
buffer and leaves the old one to its views: a view never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Columns"]

Array = npt.NDArray[Any]

_SLACK = 8  # columns that grow again get room for an eighth more
_WORD = 8  # bytes at a multiple of which each column begins


class Columns:
    """Named columns of one length, in one block of memory.

    Parameters
    ----------
    dtypes
        numpy type of each column, by name.
    """

    __slots__ = ("_buffers", "_length", "_room")

    def __init__(self, dtypes: Mapping[str, npt.DTypeLike]) -> None:
        self._buffers: dict[str, Array] = {name: np.empty(0, dtype) for name, dtype in dtypes.items()}
        self._length = self._room = 0

    def __len__(self) -> int:
        return self._length

    def extend(self, more: float = 0, **columns: Array) -> None:
        """Append rows: one array per column, all of one length.

        `more` says how many rows are yet to be expected, as a multiple of those that are there then.
        """
        begin, end = self._length, self._length + len(next(iter(columns.values())))
        if end > self._room:
            self._grow(end, end + int(end * more))
        for name, values in columns.items():
            self._buffers[name][begin:end] = values
        self._length = end

    def _grow(self, needed: int, expected: int) -> None:
        # What is read first is often all there is, so only what grows again gets room to spare.
        spare = max(needed // _SLACK, 2 * self._room - needed if needed < 4096 else 0) if self._room else 0
        self._room = room = max(needed + spare, expected)
        # One large block takes fewer pages, and so less time, than several smaller ones.
        sizes = {name: -(-room * old.itemsize // _WORD) * _WORD for name, old in self._buffers.items()}
        block, at = np.empty(sum(sizes.values()), np.uint8), 0
        for name, old in self._buffers.items():
            larger = block[at : at + room * old.itemsize].view(old.dtype)
            larger[: self._length] = old[: self._length]
            self._buffers[name] = larger
            at += sizes[name]

    def view(self) -> dict[str, Array]:
        """Return read-only views of all rows so far, by column."""
        views = {}
        for name, buffer in self._buffers.items():
            view = buffer[: self._length]
            view.flags.writeable = False
            views[name] = view
        return views
