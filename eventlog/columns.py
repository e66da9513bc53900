"""Growable columns: numpy arrays that are appended to while others read them.

A reader gets read-only views of what is there. Appending writes behind the end of every view, or moves to a larger
buffer and leaves the old one to its views: a view never changes.

There may be hundreds of thousands of them with a row or two each, so all that is kept of one is where its rows are:
arrays are made when somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Columns", "Room", "View"]

Array = npt.NDArray[Any]

_SLACK = 8  # columns that grow again get room for an eighth more
_WORD = 8  # bytes at a multiple of which each column begins


class Room:
    """Memory for the columns of several series, in one block.

    The system hands out a large block by large pages, which takes a third of the time.

    Parameters
    ----------
    size
        In bytes. Whoever asks for more than is left gets memory of its own.
    """

    def __init__(self, size: int = 0) -> None:
        self._block, self._at = np.empty(size, np.uint8), 0

    def take(self, size: int) -> Array:
        """Return uint8[size] that nobody else has."""
        begin, end = self._at, self._at + size
        if end > len(self._block):
            return np.empty(size, np.uint8)
        self._at = end
        return self._block[begin:end]


class View(Mapping[str, Array]):
    """The rows of `Columns` as they were at one time: read-only arrays by name.

    Parameters
    ----------
    buffers
        Arrays by name, of which nobody changes those rows.
    begin, length
        Which rows.
    """

    __slots__ = ("_begin", "_buffers", "_length")

    def __init__(self, buffers: Mapping[str, Array], begin: int, length: int) -> None:
        self._buffers, self._begin, self._length = buffers, begin, length

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self._length

    def __getitem__(self, name: str) -> Array:
        view = self._buffers[name][self._begin : self._begin + self._length]
        view.flags.writeable = False
        return view

    def __iter__(self) -> Iterator[str]:
        return iter(self._buffers)

    def __len__(self) -> int:
        return len(self._buffers)


class Columns:
    """Named columns of one length, in one block of memory.

    Parameters
    ----------
    dtypes
        numpy type of each column, by name.
    """

    __slots__ = ("_begin", "_buffers", "_length", "_room")

    def __init__(self, dtypes: Mapping[str, npt.DTypeLike]) -> None:
        self._buffers = _empty(tuple(dtypes.items()))
        self._begin = self._length = self._room = 0

    def __len__(self) -> int:
        return self._length

    def extend(self, columns: Mapping[str, Array], rows: slice, more: float = 0, room: Room | None = None) -> None:
        """Append rows.

        Parameters
        ----------
        columns
            An array per column. They are kept, and not copied, if these are the first rows and no others are expected;
            nobody may write to them.
        rows
            Which of their rows, from one number to another.
        more
            How many rows are yet to be expected, as a multiple of those that are there then.
        room
            Where to take memory from.
        """
        begin, end = self._length, self._length + rows.stop - rows.start
        if not self._room and not more:
            self._buffers, self._begin, self._length, self._room = columns, rows.start, end, end
            return
        if end > self._room:
            self._grow(end, end + int(end * more), room or Room())
        for name, values in columns.items():
            self._buffers[name][begin:end] = values[rows]
        self._length = end

    def _grow(self, needed: int, expected: int, memory: Room) -> None:
        # Only what grows again gets room to spare.
        spare = max(needed // _SLACK, 2 * self._room - needed if needed < 4096 else 0) if self._room else 0
        self._room = room = max(needed + spare, expected)
        sizes = {name: -(-room * old.itemsize // _WORD) * _WORD for name, old in self._buffers.items()}
        block, at, buffers = memory.take(sum(sizes.values())), 0, {}
        for name, old in self._buffers.items():
            larger = buffers[name] = block[at : at + room * old.itemsize].view(old.dtype)
            larger[: self._length] = old[self._begin : self._begin + self._length]
            at += sizes[name]
        self._buffers, self._begin = buffers, 0

    def view(self) -> View:
        """Return all rows so far."""
        return View(self._buffers, self._begin, self._length)


@cache
def _empty(dtypes: tuple[tuple[str, npt.DTypeLike], ...]) -> Mapping[str, Array]:
    return {name: np.empty(0, dtype) for name, dtype in dtypes}
