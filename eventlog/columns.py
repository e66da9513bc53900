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

_SLACK = 8  # a column that grows again gets room for an eighth more


class Columns:
    """Named columns of one length.

    Parameters
    ----------
    dtypes
        numpy type of each column, by name.
    """

    __slots__ = ("_buffers", "_length")

    def __init__(self, dtypes: Mapping[str, npt.DTypeLike]) -> None:
        self._buffers: dict[str, Array] = {name: np.empty(0, dtype) for name, dtype in dtypes.items()}
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def extend(self, more: float = 0, **columns: Array) -> None:
        """Append rows: one array per column, all of one length.

        `more` says how many rows are yet to be expected, as a multiple of those that are there then.
        """
        added = len(next(iter(columns.values())))
        end = self._length + added
        for name, values in columns.items():
            buffer = self._buffers[name]
            if end > len(buffer):
                buffer = self._grown(buffer, end, end + int(end * more))
                self._buffers[name] = buffer
            buffer[self._length : end] = values
        self._length = end

    def _grown(self, buffer: Array, needed: int, expected: int) -> Array:
        # What is read first is often all there is, so only what grows again gets room to spare.
        spare = max(needed + needed // _SLACK, 2 * len(buffer) if needed < 4096 else 0) if len(buffer) else needed
        larger = np.empty(max(spare, expected), buffer.dtype)
        larger[: self._length] = buffer[: self._length]
        return larger

    def view(self) -> dict[str, Array]:
        """Return read-only views of all rows so far, by column."""
        views = {}
        for name, buffer in self._buffers.items():
            view = buffer[: self._length]
            view.flags.writeable = False
            views[name] = view
        return views
