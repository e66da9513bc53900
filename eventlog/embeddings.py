"""Embeddings: points in many dimensions, in files beside the event files.

``projector_config.pbtxt`` says what there is; paths in it are relative to its directory and never lead out of it. Files
are read when somebody looks, no more of them than is asked for.

Source: TensorBoard's projector plugin.
"""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from .errors import SummaryError
from .summaries import embedding
from .tail import open_regular

__all__ = ["Embedding", "Labels", "find_embeddings"]

CONFIG = "projector_config.pbtxt"
_PLACES = ("", "plugins/org_tensorflow_tensorboard_projector")
_MOST = 100_000  # points, if not told otherwise
_MAX_CONFIG = 16 << 20
_MAX_SPRITE = 256 << 20
_MAX_LINE = 16 << 20
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
class Embedding:
    """Points in many dimensions, in files.

    Parameters
    ----------
    name
        As the configuration says; torch's writer puts tag and step in it.
    directory
        Where the configuration is.
    tensor_path, metadata_path, sprite_path
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

    def points(self, limit: int | None = _MOST) -> npt.NDArray[np.float32]:
        """Return float32[n, d]: the first `limit` points, or all of them if that is None.

        Raises
        ------
        SummaryError
            If the file holds something else, lies outside of the directory, or is a checkpoint of TensorFlow.
        OSError
            If it cannot be read.
        """
        if not self.tensor_path:
            raise SummaryError(f"embedding {self.name!r} is in a checkpoint, which only TensorFlow can read")
        with self._open(self.tensor_path) as file:
            if _is_text(file):
                return _parse_points(self.tensor_path, file, limit)
            return self._raw_points(file, limit)

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

    def _raw_points(self, file: io.BufferedReader, limit: int | None) -> npt.NDArray[np.float32]:
        if len(self.tensor_shape) != 2 or not self.tensor_shape[1]:
            raise SummaryError(f"{self.tensor_path!r:.200} is no text, and nothing says what shape its numbers have")
        count, dimensions = self.tensor_shape
        count = count if limit is None else min(count, limit)
        size = os.fstat(file.fileno()).st_size
        if count * dimensions * 4 > size:
            raise SummaryError(
                f"{self.tensor_path!r:.200} has {size} bytes, too few for {count} x {dimensions} numbers"
            )
        octets = file.read(count * dimensions * 4)
        return np.frombuffer(octets, "<f4", len(octets) // 4 // dimensions * dimensions).reshape(-1, dimensions)


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


def _parse_points(path: str, file: io.BufferedReader, limit: int | None) -> npt.NDArray[np.float32]:
    lines = (line for line in _lines(path, file, limit) if line)
    first = next(lines, None)
    if first is None:
        return np.empty((0, 0), np.float32)
    try:
        with np.errstate(over="ignore"):
            rows = np.loadtxt(_chain(first, lines), np.float32, comments=None, delimiter="\t", ndmin=2)
    except SummaryError:
        raise
    except ValueError as error:
        raise SummaryError(f"{path!r:.200} holds something else than rows of numbers: {error}") from None
    return rows


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines
