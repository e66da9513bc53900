"""All scalars of a log in one file: CSV, JSON or Parquet, a row for each point, nothing rounded; LaTeX for papers.

Numbers are written so that they read back as the same float64. A name that a spreadsheet would take for a formula gets
an apostrophe before it in CSV, and so does one that begins with an apostrophe: taking one leading apostrophe away gives
the name back, always.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, Literal, Protocol, get_args

import numpy as np

from .errors import MissingPackageError
from .export_latex import LatexWriter, Shown
from .scalar_table import COLUMNS, Rows

__all__ = ["FORMATS", "Format", "write_table"]

Format = Literal["csv", "json", "parquet", "latex"]

FORMATS: tuple[Format, ...] = get_args(Format)
"""What `write_table` can write."""

# What makes a spreadsheet evaluate a cell: signs, their wide forms, and what it skips before them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def write_table(
    rows: Iterable[Rows],
    out: BinaryIO,
    format: Format,
    on_written: Callable[[int], None] = lambda points: None,
    shown: Shown = "last",
) -> int:
    """Write points as a table with the columns ``run, tag, step, wall_time, value``; return how many there were.

    Parameters
    ----------
    rows
        The points.
    out
        Where to; it is not closed.
    format
        ``csv``: a header and a line for each point, UTF-8, NaN and infinities as ``nan``, ``inf``, ``-inf``.
        ``json``: an array with an object for each point, a line each; as JSON has no NaN and infinities, these are the
        strings ``"NaN"``, ``"Infinity"``, ``"-Infinity"``. ``parquet``: strings, int64, float64, float64, compressed.
        ``latex``: no points but a table for a paper, runs × tags, numbers with six digits.
    on_written
        Called with the number of points so far.
    shown
        What a LaTeX table shows of a series: its ``last``, ``min``, ``max`` or ``mean`` value, or, of a single tag, its
        ``points`` by step.

    Raises
    ------
    BadValueError
        If the points of several tags, or too many, are asked for in LaTeX.
    MissingPackageError
        If Parquet is asked for without pyarrow.
    OSError
        If it cannot be written.
    """
    writer: _Writer = LatexWriter(out, shown) if format == "latex" else _WRITERS[format](out)
    points = 0
    for part in rows:
        writer.write(part)
        points += len(part)
        on_written(points)
    writer.finish()
    return points


class _Writer(Protocol):
    def write(self, rows: Rows) -> None: ...

    def finish(self) -> None: ...


class _Csv:
    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        out.write(f"{','.join(COLUMNS)}\n".encode())

    def write(self, rows: Rows) -> None:
        names = f"{_cell(rows.run)},{_cell(rows.tag)},"
        columns = (column.tolist() for column in (rows.step, rows.wall_time, rows.value))
        lines = [f"{names}{step},{time!r},{value!r}\n" for step, time, value in zip(*columns, strict=True)]
        self._out.write("".join(lines).encode("utf-8", "backslashreplace"))

    def finish(self) -> None:
        pass


def _cell(name: str) -> str:
    safe = f"'{name}" if name.startswith(_FORMULA) else name
    if any(sign in safe for sign in ',"\r\n') or safe != safe.strip():
        return '"' + safe.replace('"', '""') + '"'
    return safe


class _Json:
    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._before = "[\n"

    def write(self, rows: Rows) -> None:
        names = f'{{"run": {json.dumps(rows.run)}, "tag": {json.dumps(rows.tag)}, "step": '
        columns = rows.step.tolist(), _json_numbers(rows.wall_time), _json_numbers(rows.value)
        points = zip(*columns, strict=True)
        lines = [f'{names}{step}, "wall_time": {time}, "value": {value}}}' for step, time, value in points]
        self._out.write((self._before + ",\n".join(lines)).encode())
        self._before = ",\n"

    def finish(self) -> None:
        self._out.write(b"\n]\n" if self._before == ",\n" else b"[]\n")


def _json_numbers(column: Any) -> list[Any]:
    numbers = column.tolist()
    return numbers if np.isfinite(column).all() else [_json_number(number) for number in numbers]


def _json_number(number: float) -> Any:
    if math.isfinite(number):
        return number
    return '"NaN"' if math.isnan(number) else '"Infinity"' if number > 0 else '"-Infinity"'


class _Parquet:
    def __init__(self, out: BinaryIO) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise MissingPackageError("pyarrow", "export", "Parquet") from None
        self._pa = pa
        types = pa.string(), pa.string(), pa.int64(), pa.float64(), pa.float64()
        self._schema = pa.schema(list(zip(COLUMNS, types, strict=True)))
        self._file = pq.ParquetWriter(out, self._schema)
        self._waiting: list[Any] = []

    def write(self, rows: Rows) -> None:
        pa = self._pa
        names = [pa.array([name], pa.string()).take(pa.array(np.zeros(len(rows), np.int32))) for name in _clean(rows)]
        numbers = [pa.array(column) for column in (rows.step, rows.wall_time, rows.value)]
        self._waiting.append(pa.record_batch([*names, *numbers], schema=self._schema))
        if sum(batch.num_rows for batch in self._waiting) >= 1 << 20:
            self._flush()

    def _flush(self) -> None:
        # Small series go into a common group of rows: many groups make a file large and slow to read.
        if self._waiting:
            self._file.write_table(self._pa.Table.from_batches(self._waiting, self._schema))
            self._waiting = []

    def finish(self) -> None:
        self._flush()
        self._file.close()


def _clean(rows: Rows) -> tuple[str, str]:
    run, tag = (name.encode("utf-8", "backslashreplace").decode() for name in (rows.run, rows.tag))
    return run, tag


_WRITERS: dict[str, Callable[[BinaryIO], _Writer]] = {"csv": _Csv, "json": _Json, "parquet": _Parquet}
