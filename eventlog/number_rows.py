"""Rows of numbers as text: a line for each row, a tab between two numbers; lines without anything are no rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from .native import kernel

__all__ = ["BadRowError", "count_python", "count_rows", "parse_python", "parse_rows"]

_SHOWN = 40
_AT_ONCE = 1 << 16  # cells: of a piece without a number there may be millions


class BadRowError(ValueError):
    """A row that is not made of so many numbers; `row` says which, from 0."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(reason)
        self.row, self.reason = row, reason


def count_rows(data: bytes) -> int:
    """Return how many rows there are in whole lines."""
    return count_python(data) if kernel is None else int(kernel.count_rows(data))


def count_python(data: bytes) -> int:
    """Return what `count_rows` returns: its readable twin."""
    return sum(1 for _ in _lines(data))


def parse_rows(data: bytes, dims: int, rows: npt.NDArray[np.int64] | None, out: npt.NDArray[np.float32]) -> None:
    """Fill `out`, float32[n, dims], with the first n rows in `data`, or with those that `rows` says.

    Each number is the double next to what is written, made a float.

    Parameters
    ----------
    rows
        int64[n], from 0, ascending.

    Raises
    ------
    BadRowError
        If a row has more numbers or fewer, or something else than numbers; or if there are not so many rows.
    """
    odd = None if kernel is None else kernel.parse_rows(data, dims, rows, out)
    if odd is None:
        parse_python(data, dims, rows, out)
        return
    flat = out.reshape(-1)
    with np.errstate(over="ignore"):
        cells = np.frombuffer(odd, np.int64).reshape(-1, 3)
        for first in range(0, len(cells), _AT_ONCE):
            for offset, length, index in cells[first : first + _AT_ONCE].tolist():
                at, column = divmod(index, dims)
                flat[index] = _number(data[offset : offset + length], at if rows is None else int(rows[at]), column)


def parse_python(data: bytes, dims: int, rows: npt.NDArray[np.int64] | None, out: npt.NDArray[np.float32]) -> None:
    """Do what `parse_rows` does: its readable twin."""
    wanted = iter(range(len(out)) if rows is None else rows.tolist()[: len(out)])
    place, row = 0, next(wanted, -1)
    for at, line in enumerate(_lines(data)):
        if row < 0:
            return
        if at != row:
            continue
        cells = line.split(b"\t")
        if len(cells) != dims:
            if len(cells) == 1:
                _text(line, row, 0)
            raise BadRowError(row, f"{len(cells)} numbers where the first row has {dims}")
        with np.errstate(over="ignore"):
            out[place] = _numbers(cells, row)
        place, row = place + 1, next(wanted, -1)
    if row >= 0:
        raise BadRowError(row, "it is not there")


def _lines(data: bytes) -> Iterator[bytes]:
    return (line for raw in data.split(b"\n") if (line := raw.rstrip(b"\r")))


def _numbers(cells: list[bytes], row: int) -> list[float]:
    try:
        found = list(map(float, cells))
    except ValueError:
        found = []
    if found and not any(b"_" in cell for cell in cells):
        return found
    return [_number(cell, row, column) for column, cell in enumerate(cells)]


def _number(cell: bytes, row: int, column: int) -> float:
    try:
        if b"_" in cell:  # which Python takes, and nobody else
            raise ValueError
        return float(cell)
    except ValueError:
        said = repr(_text(cell, row, column)[:_SHOWN])
        raise BadRowError(row, f"column {column + 1} is {said}, which is no number") from None


def _text(cell: bytes, row: int, column: int) -> str:
    try:
        return cell.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRowError(row, f"column {column + 1} is no text in UTF-8") from None
