"""Embeddings: points in many dimensions, in files beside the event files.

``projector_config.pbtxt`` says what there is; paths in it are relative to its directory and never lead out of it. Files
are read when somebody looks, no more of them than is asked for.

Source: TensorBoard's projector plugin.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from .errors import SummaryError
from .listing import CONFIG, PLUGIN
from .point_files import PointSample, Which, measure_text, read_raw, read_text
from .summaries import embedding
from .tail import open_regular

__all__ = ["Embedding", "LabelSample", "Labels", "find_embeddings"]

_PLACES = ("", "/".join(PLUGIN))
_MOST = 100_000  # points, if not told otherwise
_MOST_NUMBERS = 1 << 26
_MAX_CONFIG = 4 << 20  # of which each MiB takes a second to parse
_MAX_SPRITE = 256 << 20
_MAX_BOOKMARKS = 16 << 20
_MAX_LINE = 16 << 20
_MAX_LABELS = 1 << 30  # bytes of memory that the labels which are asked for take, about
_CELL = 60  # bytes of an entry, but for its letters
_SAMPLE = 1 << 16  # bytes by which text is told from numbers


@dataclass(frozen=True, slots=True)
class Labels:
    """What is known of each point.

    Parameters
    ----------
    names
        Of the columns; ("",) if there is one column, which has no name then.
    rows
        A tuple of str for each point, in their order; as long as the file has them.
    """

    names: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LabelSample(Labels):
    """What is known of some points.

    Parameters
    ----------
    names
        Of the columns; "" for those that have none.
    rows
        Of those points, as far as the file has them.
    total
        For how many points the file has something, as far as it was looked into: a little beyond the last point.
    """

    total: int


@dataclass(frozen=True, slots=True)
class Embedding:
    """Points in many dimensions, in files.

    Parameters
    ----------
    name
        As the configuration says; torch's writer puts tag and step in it.
    directory
        Where the configuration is.
    tensor_path, metadata_path, sprite_path, bookmarks_path
        Files in it, as the configuration says; "" if there is none.
    tensor_shape
        Points and dimensions, if the configuration says; else ().
    sprite_size
        Width and height of a point's picture in pixels, if there is one; else (0, 0).
    """

    name: str
    directory: Path
    tensor_path: str = ""
    metadata_path: str = ""
    sprite_path: str = ""
    tensor_shape: tuple[int, ...] = ()
    sprite_size: tuple[int, int] = (0, 0)
    bookmarks_path: str = ""

    def points(self, limit: int | None = _MOST) -> npt.NDArray[np.float32]:
        """Return float32[n, d]: the first `limit` points, or all of them if that is None.

        Raises
        ------
        SummaryError
            If the file holds something else, lies outside of the directory, or is a checkpoint of TensorFlow.
        OSError
            If it cannot be read.
        """
        with self._open_points() as file:
            most = sys.maxsize if limit is None else limit
            return self._read(file, "first", lambda _dims: most).values

    def sample(self, limit: int = _MOST, numbers: int = _MOST_NUMBERS) -> PointSample:
        """Return points that lie evenly over the whole file, the first and the last among them; all if they are few.

        Parameters
        ----------
        limit, numbers
            How many points at most, and how many numbers in all.

        Raises
        ------
        SummaryError, OSError
            As `points` does.
        """
        with self._open_points() as file:
            return self._read(file, "even", lambda dims: min(limit, self._room(dims, numbers)))

    def measure(self, most: int | None = None) -> tuple[int, int] | None:
        """Return how many points and dimensions there are; None if the file is a text of more than `most` bytes.

        Raises
        ------
        SummaryError, OSError
            As `points` does, but for what is wrong in the midst of the file.
        """
        with self._open_points() as file:
            if not _is_text(file):
                return self._raw_shape()
            if most is not None and os.fstat(file.fileno()).st_size > most:
                return None
            return measure_text(self.tensor_path, file)

    def size(self) -> int:
        """Return how many bytes the file of points has; 0 if it cannot be told."""
        try:
            return os.stat(self.directory / self.tensor_path).st_size if self.tensor_path else 0
        except (OSError, ValueError):
            return 0

    def stamp(self) -> str:
        """Return a text that is another one when one of the files is."""
        said = []
        for path in (self.tensor_path, self.metadata_path, self.sprite_path, self.bookmarks_path):
            try:
                now = os.stat(self.directory / path) if path else None
            except (OSError, ValueError):
                now = None
            said.append(f"{now.st_ino:x}.{now.st_size:x}.{now.st_mtime_ns:x}" if now else "")
        return "-".join(said)

    def labels(self, limit: int | None = _MOST) -> Labels | None:
        """Return what is known of the first `limit` points, or of all if that is None; None if there is no such file.

        Raises
        ------
        SummaryError
            If the file is no text, or lies outside of the directory.
        OSError
            If it cannot be read.
        """
        if not self.metadata_path:
            return None
        with self._open(self.metadata_path) as file:
            lines = _lines(self.metadata_path, file, None if limit is None else limit + 1)
            rows = [tuple(line.split("\t")) for line in lines]
        if rows and len(rows[0]) > 1:
            return Labels(rows[0], rows[1:])
        return Labels(("",), rows[:limit])

    def labels_of(self, rows: npt.NDArray[np.int64] | None, total: int) -> LabelSample | None:
        """Return what is known of some points of `total`: those at `rows`, int64[n], ascending, or the first `total`.

        Which line the names of the columns are in, if any, is told by how many lines there are: with one more than
        points, they are in the first one; with as many, there are none. Else as `labels` has it: in the first one if
        there are several columns.

        Raises
        ------
        SummaryError, OSError
            As `labels` does.
        """
        if not self.metadata_path:
            return None
        with self._open(self.metadata_path) as file:
            filled = 0  # lines up to the last one that has something in it
            width = 0
            for at, line in enumerate(_lines(self.metadata_path, file, total + 2)):
                width = width or (line.count("\t") + 1 if at == 0 else 0)
                filled = at + 1 if line else filled
            has_names = filled == total + 1 or (width > 1 and filled != total)
            file.seek(0)
            lines = _lines(self.metadata_path, file, None)
            names = tuple(next(lines, "").split("\t")) if has_names else ("",) * width
            wanted = iter(range(total) if rows is None else rows.tolist())
            found, place, left = [], next(wanted, -1), _MAX_LABELS
            for at, line in enumerate(lines):
                if place < 0:
                    break
                if at == place:
                    left -= len(line) + _CELL * (line.count("\t") + 1)
                    if left < 0:
                        raise SummaryError(f"{self.metadata_path!r:.200} has too much text for so many points")
                    found.append(tuple(line.split("\t")))
                    place = next(wanted, -1)
        return LabelSample(names, found, filled - has_names)

    def sprite(self) -> bytes | None:
        """Return the encoded picture in which every point has a small one, row by row; None if there is none.

        Raises
        ------
        SummaryError
            If it is larger than 256 MiB, or lies outside of the directory.
        OSError
            If it cannot be read.
        """
        if not self.sprite_path:
            return None
        with self._open(self.sprite_path) as file:
            encoded = file.read(_MAX_SPRITE + 1)
        if len(encoded) > _MAX_SPRITE:
            raise SummaryError(f"{self.sprite_path!r:.200} is no picture of at most {_MAX_SPRITE} bytes")
        return encoded

    def bookmarks(self) -> bytes | None:
        """Return the file of views that somebody kept, as it is; None if there is none.

        Raises
        ------
        SummaryError
            If it is larger than 16 MiB, or lies outside of the directory.
        OSError
            If it cannot be read.
        """
        if not self.bookmarks_path:
            return None
        with self._open(self.bookmarks_path) as file:
            text = file.read(_MAX_BOOKMARKS + 1)
        if len(text) > _MAX_BOOKMARKS:
            raise SummaryError(f"{self.bookmarks_path!r:.200} is larger than {_MAX_BOOKMARKS} bytes")
        return text

    def _open(self, said: str) -> io.BufferedReader:
        base = os.path.realpath(self.directory)
        try:
            path = os.path.realpath(os.path.join(base, said))
            is_inside = os.path.commonpath([base, path]) == base
        except ValueError:  # no path at all, or one on another drive
            is_inside = False
        if not is_inside:
            raise SummaryError(f"{said!r:.200} lies outside of {self.directory}")
        return io.BufferedReader(open_regular(path))

    def _open_points(self) -> io.BufferedReader:
        if not self.tensor_path:
            raise SummaryError(f"embedding {self.name!r:.200} is in a checkpoint, which only TensorFlow can read")
        return self._open(self.tensor_path)

    def _read(self, file: io.BufferedReader, which: Which, most: Callable[[int], int]) -> PointSample:
        if _is_text(file):
            return read_text(self.tensor_path, file, which, most)
        return read_raw(self.tensor_path, file, self._raw_shape(), which, most)

    def _room(self, dims: int, numbers: int) -> int:
        if dims > numbers:
            raise SummaryError(f"{self.tensor_path!r:.200} has points of {dims} dimensions, more than {numbers}")
        return numbers // dims

    def _raw_shape(self) -> tuple[int, int]:
        if len(self.tensor_shape) != 2 or not self.tensor_shape[1]:
            raise SummaryError(f"{self.tensor_path!r:.200} is no text, and nothing says what shape its numbers have")
        return self.tensor_shape[0], self.tensor_shape[1]


def find_embeddings(directory: Path) -> Mapping[str, Embedding]:
    """Return the embeddings that the configuration in a directory names, by name, in its order.

    Raises
    ------
    SummaryError
        If it is no such configuration.
    OSError
        If it cannot be read.
    """
    found: dict[str, Embedding] = {}
    for place in _PLACES:
        base = directory / place
        try:
            with open_regular(str(base / CONFIG)) as file:
                text = file.read(_MAX_CONFIG + 1)
        except (FileNotFoundError, NotADirectoryError):
            continue
        if len(text) > _MAX_CONFIG:
            raise SummaryError(f"{base / CONFIG} is larger than {_MAX_CONFIG} bytes")
        found.update({made.name: made for said in embedding.decode_config(text) for made in [_embedding(said, base)]})
    return MappingProxyType(found)


def _embedding(said: Any, base: Path) -> Embedding:
    size = tuple(said.sprite.single_image_dim)
    return Embedding(
        name=said.tensor_name.removesuffix(":0"),
        directory=base,
        tensor_path=said.tensor_path,
        metadata_path=said.metadata_path,
        sprite_path=said.sprite.image_path,
        tensor_shape=tuple(said.tensor_shape),
        sprite_size=(size[0], size[1]) if len(size) == 2 else (0, 0),
        bookmarks_path=said.bookmarks_path,
    )


def _is_text(file: io.BufferedReader) -> bool:
    octets = file.read(_SAMPLE)
    file.seek(0)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(octets)
    except UnicodeDecodeError:
        return False
    return b"\0" not in octets


def _lines(path: str, file: io.BufferedReader, limit: int | None) -> Iterator[str]:
    """Yield the lines of a text file without their ends, at most `limit`."""
    count = 0
    while (limit is None or count < limit) and (line := file.readline(_MAX_LINE)):
        if len(line) == _MAX_LINE:
            raise SummaryError(f"{path!r:.200} has a line of more than {_MAX_LINE} bytes")
        count += 1
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise SummaryError(f"{path!r:.200} is no text in UTF-8") from None
