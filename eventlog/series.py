"""Series: the points of one tag in one run.

A series is what had been read when it was looked up, and never changes: its arrays always fit each other, whatever is
read meanwhile. Look it up again to see what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from .errors import SummaryError
from .messages import parse
from .records import FOOTER, HEADER, read_record
from .samples import HistogramSample, ImageSample, TextSample
from .scan import Metadata
from .tail import open_regular

__all__ = ["HistogramSeries", "ImageSeries", "ScalarSeries", "Segment", "Series", "TextSeries"]

Array = npt.NDArray[Any]
Sample = TypeVar("Sample")


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
    """

    path: str
    columns: Mapping[str, Array]
    superseded: tuple[tuple[int, int], ...] = ()

    def __len__(self) -> int:
        return len(self.columns["step"])

    def valid(self) -> Mapping[str, Array]:
        """Return the columns without what is void."""
        if not self.superseded:
            return self.columns
        step = self.columns["step"]
        keep = np.ones(len(step), bool)
        for count, first_void in self.superseded:
            keep[:count] &= step[:count] < first_void
        return {name: column[keep] for name, column in self.columns.items()}


class Series:
    """What all series have in common.

    Parameters
    ----------
    tag
        As it was logged.
    segments
        The points, in order.
    metadata
        What the log says of the tag, if anything.
    """

    def __init__(self, tag: str, segments: Sequence[Segment], metadata: Metadata | None = None) -> None:
        self.tag = tag
        self._segments = tuple(segments)
        self._metadata = metadata or Metadata()

    @property
    def display_name(self) -> str:
        """The name to show: the tag, unless the log says otherwise."""
        return self._metadata.display_name or self.tag

    @property
    def description(self) -> str:
        """What the log says about the tag, in Markdown; "" if it says nothing. Not to be trusted as HTML."""
        return self._metadata.description

    @property
    def step(self) -> npt.NDArray[np.int64]:
        """int64[n], read-only, in the order of logging."""
        return self._columns["step"]

    @property
    def wall_time(self) -> npt.NDArray[np.float64]:
        """float64[n], read-only: seconds since the epoch."""
        return self._columns["wall_time"]

    def __len__(self) -> int:
        if any(segment.superseded for segment in self._segments):
            return len(self.step)
        return sum(map(len, self._segments))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.tag!r}: {len(self)} points>"

    @cached_property
    def _columns(self) -> Mapping[str, Array]:
        parts = [segment.valid() for segment in self._segments]
        if len(parts) == 1:
            merged = dict(parts[0])
        else:
            merged = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        for column in merged.values():
            column.flags.writeable = False
        return merged


class ScalarSeries(Series):
    """Numbers over steps."""

    @property
    def value(self) -> npt.NDArray[np.float64]:
        """float64[n], read-only; NaN and infinities as they were logged."""
        return self._columns["value"]


class _MediaSeries(Series, Sequence[Sample], Generic[Sample]):
    """Samples that stay on disk, and are read when somebody looks."""

    _decode: Callable[[Any, int, float], Sample]

    @overload
    def __getitem__(self, index: int) -> Sample: ...

    @overload
    def __getitem__(self, index: slice) -> list[Sample]: ...

    def __getitem__(self, index: int | slice) -> Sample | list[Sample]:
        """Read a sample, or a list of them.

        Raises
        ------
        IndexError
            If there is no such sample.
        OSError
            If the file cannot be read any more.
        RecordError
            If the file was changed since.
        SummaryError
            If the record does not hold what it should.
        """
        if isinstance(index, slice):
            return [self._read(at) for at in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"there are {len(self)} samples of {self.tag!r}, none has the number {index}")
        return self._read(at)

    def __iter__(self) -> Iterator[Sample]:
        return map(self._read, range(len(self)))

    @cached_property
    def _file_ends(self) -> list[int]:
        ends: list[int] = np.cumsum([len(segment.valid()["step"]) for segment in self._segments]).tolist()
        return ends

    def _read(self, at: int) -> Sample:
        offset, length, item = (int(self._columns[name][at]) for name in ("offset", "length", "item"))
        path = self._segments[int(np.searchsorted(self._file_ends, at, side="right"))].path
        with open_regular(path) as file:
            payload = read_record(file, offset - HEADER, length + HEADER + FOOTER, path=path)
        values = parse(payload).summary.value
        if item >= len(values):
            raise SummaryError(f"{path}: the record at byte {offset} is not the one that was there before")
        return type(self)._decode(values[item], int(self.step[at]), float(self.wall_time[at]))


class ImageSeries(_MediaSeries[ImageSample]):
    """Images over steps."""

    _decode = ImageSample.of


class HistogramSeries(_MediaSeries[HistogramSample]):
    """Histograms over steps."""

    _decode = HistogramSample.of


class TextSeries(_MediaSeries[TextSample]):
    """Texts over steps."""

    _decode = TextSample.of
