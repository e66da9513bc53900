"""The files of one embedding: its vectors, what is said of each point, and a sheet of small pictures.

Source: TensorBoard's projector plugin, and the page on data formats of the standalone projector.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import pixels, png
from ..arrays import as_array
from ..errors import BadTypeError, BadValueError
from .files import open_atomically, write_atomically

__all__ = ["as_sheet", "as_table", "write_table", "write_vectors"]

Pixels = npt.NDArray[np.uint8]
Table = list[list[str]]

MAX_SHEET = 8192
"""Longest side of a sheet of pictures that the projector shows, in pixels."""

_CHUNK = 1024  # rows
_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


def write_vectors(path: Path, vectors: npt.NDArray[Any]) -> None:
    """Write numbers of shape [points, dimensions] with tabs between them, a line for each point."""
    plain = vectors.astype(np.uint8) if vectors.dtype.kind == "b" else vectors
    with open_atomically(path) as file:
        for start in range(0, len(plain), _CHUNK):
            lines = ["\t".join(map(repr, row)) + "\n" for row in plain[start : start + _CHUNK].tolist()]
            file.write("".join(lines).encode())


def as_table(tag: str, metadata: Any, header: Any, points: int) -> Table:
    """Return the lines of a table: what is said of each point, and before it the header if there are several columns.

    Parameters
    ----------
    tag
        For messages.
    metadata
        A label for each point; with a `header`, a list of them.
    header
        Names of the columns; None or empty if there is one column without a name.
    points
        Number of points.

    Raises
    ------
    BadTypeError
        If `metadata` is no list or array.
    BadValueError
        If there are not as many labels as points, or as many columns as names.
    """
    try:
        rows: list[Any] = list(metadata.tolist() if hasattr(metadata, "tolist") else metadata)
        names: list[Any] = list(header or ())
    except TypeError as error:
        raise BadTypeError(f"tag {tag!r}: metadata and metadata_header are lists: {error}") from error
    if len(rows) != points:
        raise BadValueError(f"tag {tag!r}: {len(rows)} metadata for {points} points")
    if not names:
        return [[_cell(row)] for row in rows]
    table = [[_cell(cell) for cell in (row if _is_row(row) else [row])] for row in rows]
    odd = next((row for row in table if len(row) != len(names)), None)
    if odd is not None:
        raise BadValueError(f"tag {tag!r}: metadata {odd} for {len(names)} columns {names}")
    # A single column has no header: its name would be taken for a label.
    return table if len(names) == 1 else [[_cell(name) for name in names], *table]


def _is_row(row: Any) -> bool:
    return isinstance(row, Sequence) and not isinstance(row, (str, bytes))


def _cell(value: Any) -> str:
    value = value.item() if hasattr(value, "item") and getattr(value, "size", 1) == 1 else value
    return str(value).translate(_BREAKS)


def write_table(path: Path, table: Table) -> None:
    """Write lines of cells with tabs between them."""
    lines = ["\t".join(row) + "\n" for row in table]
    write_atomically(path, "".join(lines).encode("utf-8", "replace"))


def as_sheet(tag: str, pictures: Any, points: int, notice: Callable[[str], None]) -> tuple[bytes, int, int]:
    """Return a square PNG of small pictures, row by row, and the width and height of one.

    Parameters
    ----------
    tag
        For messages.
    pictures
        [points, channels, height, width], their pixels as for `pixels.to_pixels`.
    points
        Number of points.
    notice
        Told what had to be changed.

    Raises
    ------
    BadValueError
        If the shape is another, or the sheet would be larger than the projector shows.
    """
    array = as_array(tag, pictures)
    if array.ndim != 4 or array.shape[1] not in (1, 3, 4) or not array.size:
        shape = list(array.shape)
        raise BadValueError(f"tag {tag!r}: label_img of shape {shape}, not [points, 1, 3 or 4 channels, height, width]")
    count, _, height, width = array.shape
    if count != points:
        raise BadValueError(f"tag {tag!r}: {count} pictures in label_img for {points} points")
    columns = _columns(count, height, width)
    if columns * width > MAX_SHEET:
        raise BadValueError(
            f"tag {tag!r}: label_img makes a sheet of {columns * width} pixels a side and the projector shows up to "
            f"{MAX_SHEET}; give smaller pictures, or fewer points"
        )
    octets = pixels.to_bytes(array, notice).transpose(0, 2, 3, 1)
    return png.encode(_square(np.repeat(octets, 3, axis=3) if octets.shape[3] == 1 else octets, columns)), width, height


def _columns(count: int, height: int, width: int) -> int:
    """Number of pictures in a row of a square sheet, which may have room below them but none to the right."""
    columns = math.ceil(math.sqrt(count))
    while -(-count // columns) * height > columns * width:
        columns += 1
    return columns


def _square(pictures: Pixels, columns: int) -> Pixels:
    height, width, channels = pictures.shape[1:]
    side = columns * width
    sheet = np.zeros((side, side, channels), np.uint8)
    for index, picture in enumerate(pictures):
        top, left = index // columns * height, index % columns * width
        sheet[top : top + height, left : left + width] = picture
    return sheet
