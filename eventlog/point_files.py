"""Files of points: rows of numbers as text, or raw float32. All of them, the first ones, or a sample that is even.

A text is gone through twice: to find its lines in pieces, then to read what is wanted of each piece, on all cores.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt

from .crew import Crew
from .errors import SummaryError
from .number_rows import BadRowError, count_rows, parse_rows

__all__ = ["PointSample", "measure_text", "read_raw", "read_text"]

_PIECE = 4 << 20
_MAX_LINE = 16 << 20

Which = Literal["first", "even"]


@dataclass(frozen=True, slots=True)
class PointSample:
    """Points of a file.

    Parameters
    ----------
    values
        float32[n, d].
    rows
        int64[n], the place of each in the file, ascending; None if they are the first n.
    total
        How many the file has; at least so many, if only the first ones were asked for.
    """

    values: npt.NDArray[np.float32]
    rows: npt.NDArray[np.int64] | None
    total: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Whole lines: where they lie in the file, and which rows they are."""

    offset: int
    size: int
    first: int
    count: int


def read_text(path: str, file: io.BufferedReader, which: Which, most: Callable[[int], int]) -> PointSample:
    """Return points of a text.

    Parameters
    ----------
    path
        To be named in errors.
    which
        The first ones, or ones that lie evenly over all of the file.
    most
        How many at most, for a number of dimensions.

    Raises
    ------
    SummaryError
        If it holds something else than rows of numbers.
    """
    dims = _first_dims(path, file)
    if not dims:
        return PointSample(np.empty((0, 0), np.float32), None, 0)
    limit = most(dims)
    pieces = list(_pieces(path, file, limit if which == "first" else None))
    total = sum(piece.count for piece in pieces)
    rows = even_rows(total, limit) if which == "even" else None
    values = np.empty((min(total, limit) if rows is None else len(rows), dims), np.float32)
    turn = threading.Lock()

    def read(piece: _Piece) -> None:
        with turn:
            file.seek(piece.offset)
            data = file.read(piece.size)
        begin, end = _span_of(piece, len(values), rows)
        try:
            parse_rows(data, dims, None if rows is None else rows[begin:end] - piece.first, values[begin:end])
        except BadRowError as error:
            raise SummaryError(
                f"{path!r:.200} holds something else than rows of numbers: row {piece.first + error.row + 1}, "
                f"{error.reason}"
            ) from None

    with Crew() as crew:
        crew.do((piece.size, partial(read, piece)) for piece in pieces)
    return PointSample(values, rows, total)


def measure_text(path: str, file: io.BufferedReader) -> tuple[int, int]:
    """Return how many points and dimensions a text has; nothing is parsed.

    Raises
    ------
    SummaryError
        If it has lines that are too long to be rows of numbers.
    """
    dims = _first_dims(path, file)
    return sum(piece.count for piece in _pieces(path, file, None)), dims


def read_raw(
    path: str, file: io.BufferedReader, shape: tuple[int, int], which: Which, most: Callable[[int], int]
) -> PointSample:
    """Return points of a file that has `shape` float32; parameters as those of `read_text`.

    Raises
    ------
    SummaryError
        If it has fewer.
    """
    total, dims = shape
    limit = min(most(dims), total)
    size = os.fstat(file.fileno()).st_size
    needed = total if which == "even" else limit
    if needed * dims * 4 > size:
        raise SummaryError(f"{path!r:.200} has {size} bytes, too few for {needed} x {dims} numbers")
    rows = even_rows(total, limit) if which == "even" else None
    if rows is None:
        octets = file.read(limit * dims * 4)
    else:
        octets = b"".join(_raw_row(file, row * dims * 4, dims * 4) for row in rows.tolist())
    return PointSample(np.frombuffer(octets, "<f4", len(octets) // 4 // dims * dims).reshape(-1, dims), rows, total)


def even_rows(total: int, limit: int) -> npt.NDArray[np.int64] | None:
    """Return `limit` rows evenly over `total`, the first and the last among them; None if there are not more."""
    if total <= limit:
        return None
    return np.linspace(0, total - 1, limit).round().astype(np.int64)


def _raw_row(file: io.BufferedReader, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size).ljust(size, b"\0")


def _span_of(piece: _Piece, count: int, rows: npt.NDArray[np.int64] | None) -> tuple[int, int]:
    """Return from where up to where the points of a piece lie among those that are read."""
    edges = (piece.first, piece.first + piece.count)
    begin, end = edges if rows is None else np.searchsorted(rows, edges).tolist()
    return min(begin, count), min(end, count)


def _first_dims(path: str, file: io.BufferedReader) -> int:
    file.seek(0)
    while line := file.readline(_MAX_LINE):
        if len(line) == _MAX_LINE:
            raise _too_long(path)
        if kept := line.rstrip(b"\r\n"):
            return kept.count(b"\t") + 1
    return 0


def _pieces(path: str, file: io.BufferedReader, limit: int | None) -> Iterator[_Piece]:
    """Yield pieces of whole lines, as many as hold `limit` rows."""
    offset, first = 0, 0
    while limit is None or first < limit:
        file.seek(offset)
        data = file.read(_PIECE)
        if not data:
            return
        end = data.rfind(b"\n") + 1
        if not end:
            data += file.read(_MAX_LINE)
            end = data.find(b"\n") + 1 or len(data)
            if end > _MAX_LINE:
                raise _too_long(path)
        elif len(data) < _PIECE:
            end = len(data)
        piece = _Piece(offset, end, first, count_rows(data[:end]))
        yield piece
        offset, first = offset + end, first + piece.count


def _too_long(path: str) -> SummaryError:
    return SummaryError(f"{path!r:.200} has a line of more than {_MAX_LINE} bytes")
