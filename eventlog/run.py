"""A run: the series of all event files of one directory.

The files of a run, in the order in which they were begun, are one log. What was read is published as a whole: readers
see the series as they were before a refresh or after it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from .file_content import SCALARS, Key
from .natural import natural_key
from .problems import Problem
from .scan import Metadata
from .series import HistogramSeries, ImageSeries, ScalarSeries, Segment, Series, TextSeries
from .summaries import histogram, image, text
from .tail import EventFile

__all__ = ["Run"]

_CLASSES: dict[str, type[Series]] = {
    SCALARS: ScalarSeries,
    image.PLUGIN: ImageSeries,
    histogram.PLUGIN: HistogramSeries,
    text.PLUGIN: TextSeries,
}
_PUBLISH_EVERY = 0.25  # seconds, while a large file is read
_EMPTY: Mapping[str, Any] = MappingProxyType({})


class Run:
    """One run of a log directory; `LogDir` makes them.

    Parameters
    ----------
    name
        Directory of the run, relative to the log directory, with ``/`` between its parts; ``.`` for that itself.
    path
        The directory.
    color
        ``#rrggbb``.
    files
        Its event files, those that are known already.
    supersede
        Whether points are left out that were logged again after a restart.
    """

    def __init__(
        self, name: str, path: Path, color: str, files: Iterable[EventFile] = (), *, supersede: bool = True
    ) -> None:
        self.name, self.path, self.color = name, path, color
        self.revision = 0
        """Grows with every change."""
        self.started: float | None = None
        """First wall time, in seconds since the epoch; None if nothing was logged yet."""
        self.problems: list[Problem] = []
        """What could not be read."""
        self._supersede = supersede
        self._files = {file.path: file for file in files}
        self._series: dict[str, Mapping[str, Any]] = {}

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(series)} {kind}" for kind, series in self._series.items())
        return f"<Run {self.name!r}: {counts or 'empty'}>"

    @property
    def begin(self) -> float:
        """Time of the first event in seconds, infinite if there is none: runs are sorted by it."""
        return min((file.first_wall_time for file in self._files.values()), default=np.inf)

    @property
    def scalars(self) -> Mapping[str, ScalarSeries]:
        """Scalars by tag, in natural order."""
        return self._series.get(SCALARS, _EMPTY)

    @property
    def images(self) -> Mapping[str, ImageSeries]:
        """Images by tag, in natural order."""
        return self._series.get(image.PLUGIN, _EMPTY)

    @property
    def histograms(self) -> Mapping[str, HistogramSeries]:
        """Histograms by tag, in natural order."""
        return self._series.get(histogram.PLUGIN, _EMPTY)

    @property
    def texts(self) -> Mapping[str, TextSeries]:
        """Texts by tag, in natural order."""
        return self._series.get(text.PLUGIN, _EMPTY)

    def update(self, files: Mapping[str, os.stat_result], on_change: Callable[[], None]) -> None:
        """Read what is new. For `LogDir`, which sees to it that only one thread does so.

        Parameters
        ----------
        files
            The event files that are there now, by path.
        on_change
            Called each time that something new was published.
        """
        last_published = time.monotonic()
        pending: set[Key] = set()
        everything = self._meet(files) or self.revision == 0

        def publish_now_and_then(changed: set[Key]) -> None:
            nonlocal last_published, everything
            pending.update(changed)
            if time.monotonic() - last_published > _PUBLISH_EVERY:
                self._publish(None if everything else pending)
                on_change()
                last_published, everything = time.monotonic(), False
                pending.clear()

        for file in self._ordered():
            changed = file.refresh(files[file.path], publish_now_and_then)
            everything = everything or changed is None
            pending.update(changed or ())
        if everything or pending or self._found_problems() != self.problems:
            self._publish(None if everything else pending)
            on_change()

    def _meet(self, files: Mapping[str, os.stat_result]) -> bool:
        """Take in files that are new and let go of those that are gone; return whether there were any."""
        gone = self._files.keys() - files.keys()
        for path in gone:
            del self._files[path]
        has_news = bool(gone)
        for path in files.keys() - self._files.keys():
            file = self._files[path] = EventFile(path)
            file.peek()
            has_news = True
        return has_news

    def _ordered(self) -> list[EventFile]:
        return sorted(
            self._files.values(), key=lambda file: (file.first_wall_time, natural_key(os.path.basename(file.path)))
        )

    def _found_problems(self) -> list[Problem]:
        return [problem for file in self._ordered() for problem in _problems(self.name, file)]

    def _publish(self, changed: Iterable[Key] | None) -> None:
        """Show readers the series that have `changed`, or all of them anew if that is None."""
        files = self._ordered()
        has_marks = self._supersede and any(file.content.marks for file in files)
        # Where logging began anew, a point in one file may bring back or void points in another.
        full = changed is None or has_marks
        keys = {key for file in files for key in file.content.series} if full else set(changed or ())
        shown: dict[str, dict[str, Any]] = {} if full else {kind: dict(old) for kind, old in self._series.items()}
        for kind, tag in {(kind or _plugin_of(tag, files), tag) for kind, tag in keys}:
            if kind in _CLASSES:
                series = self._build(kind, tag, files, has_marks)
                if len(series):
                    shown.setdefault(kind, {})[tag] = series
        self._series = {kind: _sorted(found, self._series.get(kind, _EMPTY)) for kind, found in shown.items()}
        self.started = self.begin if np.isfinite(self.begin) else None
        self.problems = self._found_problems()
        self.revision += 1

    def _build(self, kind: str, tag: str, files: list[EventFile], has_marks: bool) -> Series:
        segments = []
        # Tensors whose metadata was in another file.
        keys = [(kind, tag)] if kind == SCALARS else [("", tag), (kind, tag)]
        if keys[0][0] == "" and _plugin_of(tag, files) != kind:
            del keys[0]
        for file in files:
            for key in keys:
                columns = file.content.series.get(key)
                if columns:
                    superseded = _superseded(key, len(columns), file, files) if has_marks else ()
                    segments.append(Segment(file.path, columns.view(), superseded))
        return _CLASSES[kind](tag, segments, _metadata_of(tag, files))


def _metadata_of(tag: str, files: list[EventFile]) -> Metadata | None:
    return next((file.content.metadata[tag] for file in files if tag in file.content.metadata), None)


def _plugin_of(tag: str, files: list[EventFile]) -> str:
    metadata = _metadata_of(tag, files)
    return metadata.plugin if metadata else ""


def _superseded(key: Key, count: int, file: EventFile, files: list[EventFile]) -> tuple[tuple[int, int], ...]:
    """Which points of a file are void because logging began anew.

    A mark voids what came before it in its own file, and all of every other file that had ended by then: a file that is
    still written to belongs to a writer that runs at the same time.
    """
    found = []
    for other in files:
        for mark in other.content.marks:
            if other is file:
                found.append((mark.before.get(key, 0), mark.step))
            elif not file.content.last_wall_time > mark.wall_time:
                found.append((count, mark.step))
    return tuple(found)


def _sorted(found: dict[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
    if found.keys() != before.keys():
        found = {tag: found[tag] for tag in sorted(found, key=natural_key)}
    return MappingProxyType(found)


def _problems(run: str, file: EventFile) -> list[Problem]:
    if file.trouble:
        return [Problem(run, file.path, 0, 0, file.trouble)]
    return [Problem(run, file.path, part.offset, part.size, part.reason) for part in file.content.damage()]
