"""Series: the points of one tag in one run.

A series is what had been read when it was looked up, and never changes: its arrays always fit each other, whatever is
read meanwhile. Look it up again to see what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from .audio_sample import AudioSample
from .errors import SummaryError
from .messages import parse
from .numeric_samples import PrCurveSample, TensorSample
from .records import FOOTER, HEADER, read_record
from .samples import HistogramSample, ImageSample, TextSample
from .scalar_stats import ScalarStats, stats_of
from .scan import Metadata
from .segments import Segment
from .tail import open_regular

__all__ = [
    "AudioSeries",
    "HistogramSeries",
    "ImageSeries",
    "PrCurveSeries",
    "SampleSeries",
    "ScalarSeries",
    "Series",
    "TensorSeries",
    "TextSeries",
    "ValueSeries",
]

_NO_METADATA = Metadata()

Array = npt.NDArray[Any]
Self = TypeVar("Self", bound="Series")
Sample = TypeVar("Sample")


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
        self._metadata = metadata or _NO_METADATA

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

    @property
    def superseded(self: Self) -> Self:
        """The points that are left out because a restart made them void; see `LogDir`."""
        return type(self)(self.tag, [segment.void() for segment in self._segments], self._metadata)

    @property
    def is_whole(self) -> bool:
        """Whether no restart has made points void."""
        if not any(segment.may_lack for segment in self._segments):
            return True
        return len(self) == sum(map(len, self._segments))

    def __len__(self) -> int:
        if any(segment.may_lack for segment in self._segments):
            return len(self.step)
        return sum(map(len, self._segments))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.tag!r}: {len(self)} points>"

    @cached_property
    def _parts(self) -> list[Mapping[str, Array]]:
        return [segment.valid() for segment in self._segments]

    @cached_property
    def _columns(self) -> Mapping[str, Array]:
        parts = self._parts
        if len(parts) == 1:
            merged = dict(parts[0])
        else:
            merged = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        for column in merged.values():
            column.flags.writeable = False
        return merged


class ScalarSeries(Series):
    """Numbers over steps."""

    _stats: ScalarStats | None = None

    @property
    def value(self) -> npt.NDArray[np.float64]:
        """float64[n], read-only; NaN and infinities as they were logged."""
        return self._columns["value"]

    @property
    def stats(self) -> ScalarStats | None:
        """First, last, lowest, highest and mean value; None if there are no points."""
        if self._stats is None:
            stats_of([self])
        return self._stats


class SampleSeries(Series, Sequence[Sample], Generic[Sample]):
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
    def _part_ends(self) -> list[int]:
        ends: list[int] = np.cumsum([len(part["step"]) for part in self._parts]).tolist()
        return ends

    def _read(self, at: int) -> Sample:
        offset, length, item = (int(self._columns[name][at]) for name in ("offset", "length", "item"))
        segment = self._segments[int(np.searchsorted(self._part_ends, at, side="right"))]
        with open_regular(segment.path) as file:
            payload = read_record(file, offset - HEADER, length + HEADER + FOOTER, path=segment.path)
        return self._sample(parse(payload), item, segment.kind, int(self.step[at]), float(self.wall_time[at]))

    def _sample(self, event: Any, item: int, kind: str, step: int, wall_time: float) -> Sample:
        values = event.summary.value
        if item >= len(values):
            raise SummaryError(f"the record of {self.tag!r} at step {step} is not the one that was there before")
        return type(self)._decode(values[item], step, wall_time)


class ImageSeries(SampleSeries[ImageSample]):
    """Images over steps."""

    _decode = ImageSample.of


class HistogramSeries(SampleSeries[HistogramSample]):
    """Histograms over steps."""

    _decode = HistogramSample.of


class TextSeries(SampleSeries[TextSample]):
    """Texts over steps."""

    _decode = TextSample.of


class AudioSeries(SampleSeries[AudioSample]):
    """Sounds over steps."""

    _decode = AudioSample.of


class PrCurveSeries(SampleSeries[PrCurveSample]):
    """Precision-recall curves over steps."""

    _decode = PrCurveSample.of


class TensorSeries(SampleSeries[TensorSample]):
    """Tensors over steps: those that were logged as such, and those of plugins that are not known here."""

    _decode = TensorSample.of

    @property
    def plugin(self) -> str:
        """The plugin that the log names for the tag; "" if none."""
        return self._metadata.plugin

    @property
    def content(self) -> bytes:
        """What the log keeps for that plugin beside the tag."""
        return self._metadata.content


class ValueSeries(SampleSeries[Any]):
    """Summary.Value messages over steps, for what is read as a whole."""

    _decode = staticmethod(lambda value, step, wall_time: value)
