"""A run: the series of all event files of one directory.

The files of a run, in the order in which they were begun, are one log. What was read is published as a whole: readers
see the series as they were before a refresh or after it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

from .crew import Crew
from .embeddings import Embedding, find_embeddings
from .file_content import Key
from .file_index import FileState
from .graph_series import GraphSeries
from .hparams import HParams, hparams_of
from .index_cache import IndexCache
from .layouts import layout_of
from .mesh_series import MeshSeries, meshes_of
from .natural import natural_key
from .problems import Problem
from .restarts import Policy
from .series import AudioSeries, HistogramSeries, ImageSeries, PrCurveSeries, ScalarSeries, TensorSeries, TextSeries
from .series_book import SeriesBook
from .summaries.custom_scalars import Layout
from .tail import EventFile

__all__ = ["Run"]

_PUBLISH_EVERY = 0.25  # seconds, while a large file is read
_PAUSE = 5  # times as long as publishing took, before it is done again

Made = TypeVar("Made")


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
    restarts
        What becomes of points that were logged before a restart; see `LogDir`.
    index
        Where to look first for what was read of files.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        color: str,
        files: Iterable[EventFile] = (),
        *,
        restarts: Policy = "latest",
        index: IndexCache | None = None,
    ) -> None:
        self.name, self.path, self.color = name, path, color
        self.revision = 0
        """Grows with every change."""
        self.started: float | None = None
        """First wall time, in seconds since the epoch; None if nothing was logged yet."""
        self.problems: list[Problem] = []
        """What could not be read."""
        self._index = index
        self._files = {file.path: file for file in files}
        self._series = SeriesBook(restarts)
        self._makes: dict[str, tuple[Any, Any]] = {}

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {kind}" for kind, count in self._series.counts().items())
        return f"<Run {self.name!r}: {counts or 'empty'}>"

    @property
    def begin(self) -> float:
        """Time of the first event in seconds, infinite if there is none: runs are sorted by it."""
        return min((file.first_wall_time for file in self._files.values()), default=np.inf)

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of its event files, in the order in which they were begun."""
        return tuple(file.path for file in self._ordered())

    @property
    def bytes_read(self) -> int:
        """How many bytes of its event files are read so far."""
        return sum(file.content.offset for file in list(self._files.values()))

    def files_read(self, sizes: Mapping[str, int]) -> int:
        """Return how many of its event files are read as far as `sizes` says, by path."""
        files = list(self._files.values())
        return sum(file.path in sizes and file.content.offset >= sizes[file.path] for file in files)

    @property
    def scalars(self) -> Mapping[str, ScalarSeries]:
        """Scalars by tag, in natural order."""
        return self._series["scalars"]

    @property
    def images(self) -> Mapping[str, ImageSeries]:
        """Images by tag, in natural order."""
        return self._series["images"]

    @property
    def histograms(self) -> Mapping[str, HistogramSeries]:
        """Histograms by tag, in natural order."""
        return self._series["histograms"]

    @property
    def texts(self) -> Mapping[str, TextSeries]:
        """Texts by tag, in natural order."""
        return self._series["texts"]

    @property
    def audio(self) -> Mapping[str, AudioSeries]:
        """Sounds by tag, in natural order."""
        return self._series["audio"]

    @property
    def pr_curves(self) -> Mapping[str, PrCurveSeries]:
        """Precision-recall curves by tag, in natural order."""
        return self._series["pr_curves"]

    @property
    def tensors(self) -> Mapping[str, TensorSeries]:
        """Tensors by tag, in natural order: those logged as such, and those of plugins that are not known here."""
        return self._series["tensors"]

    @property
    def meshes(self) -> Mapping[str, MeshSeries]:
        """Meshes by the name they were logged under, in natural order."""
        return self._made("meshes", lambda parts: meshes_of(parts.values()))

    @property
    def graphs(self) -> Mapping[str, GraphSeries]:
        """Graphs, and what was noted while they ran, by tag, in natural order.

        A graph that was logged without a tag is under ``__run_graph__``, TensorFlow 1's MetaGraphDef under
        ``__meta_graph__``.
        """
        return self._series["graphs"]

    @property
    def hparams(self) -> HParams | None:
        """Hyperparameters, and how the training session ended; None if nothing of the kind was logged.

        Read from disk when it is asked for. `LogDir.hparams` compares runs.
        """
        return self._made("hparams", hparams_of)

    @property
    def custom_scalars(self) -> Layout | None:
        """Which scalars to draw together: the layout that was logged last; None if there is none.

        Read from disk when it is asked for. `LogDir.custom_scalars` has that of all runs together.
        """
        return self._made("custom_scalars", layout_of)

    @property
    def embeddings(self) -> Mapping[str, Embedding]:
        """Embeddings by name, as files beside the log say (``projector_config.pbtxt``), in the order they are in there.

        Looked for on disk each time.

        Raises
        ------
        SummaryError
            If what is there is no such configuration.
        OSError
            If it cannot be read.
        """
        return find_embeddings(self.path)

    @property
    def kinds(self) -> frozenset[str]:
        """What kinds of series it has (``"scalars"``, ``"images"``, ``"hparams"`` ...); nothing is read from disk."""
        return frozenset(self._series.counts())

    @property
    def superseded(self) -> Mapping[str, Mapping[str, Any]]:
        """The points that a restart made void, by kind (``"scalars"``, ``"images"`` ...) and tag; see `LogDir`."""
        return self._series.superseded()

    def _made(self, kind: str, make: Callable[[Mapping[str, Any]], Made]) -> Made:
        """Return what `make` makes of the series of a kind, the same as long as these are the same."""
        series = self._series[kind]
        known, made = self._makes.get(kind, (None, None))
        if known is not series:
            made = make(series)
            self._makes[kind] = series, made
        return cast("Made", made)

    def unread(self, files: Mapping[str, os.stat_result]) -> int:
        """Return how many bytes of `files` are new, going by their sizes."""
        known = self._files
        return sum(known[path].unread(now) if path in known else now.st_size for path, now in files.items())

    def update(self, files: Mapping[str, os.stat_result], on_change: Callable[[], None], crew: Crew) -> None:
        """Read what is new. For `LogDir`, which sees to it that it is called once at a time.

        Parameters
        ----------
        files
            The event files that are there now, by path.
        on_change
            Called each time that something new was published, in any thread.
        crew
            Whom to read several large files with.
        """
        last_published, pause = time.monotonic(), _PUBLISH_EVERY
        pending: set[Key] = set()
        everything = self._meet(files) or self.revision == 0
        turn = threading.Lock()  # whoever has it changes or publishes

        def publish_now_and_then(changed: set[Key]) -> None:
            nonlocal last_published, pause, everything
            pending.update(changed)
            begun = time.monotonic()
            if begun - last_published > pause:
                self._publish(None if everything else pending)
                on_change()
                last_published, everything = time.monotonic(), False
                pause = max(_PUBLISH_EVERY, _PAUSE * (last_published - begun))
                pending.clear()

        def read(file: EventFile) -> None:
            nonlocal everything
            changed = file.refresh(files[file.path], publish_now_and_then, turn)
            with turn:
                everything = everything or changed is None
                pending.update(changed or ())

        crew.do((file.unread(files[file.path]), partial(read, file)) for file in self._ordered())
        if everything or pending or self._found_problems() != self.problems:
            self._publish(None if everything else pending)
            on_change()

    def unindexed(self, least: int) -> list[FileState]:
        """Return what was read of files of which the index does not know `least` bytes; while nobody reads."""
        found = (file.unindexed(least) for file in self._files.values())
        return [state for state in found if state is not None]

    def _meet(self, files: Mapping[str, os.stat_result]) -> bool:
        """Take in files that are new and let go of those that are gone; return whether there were any."""
        gone = self._files.keys() - files.keys()
        for path in gone:
            del self._files[path]
        has_news = bool(gone)
        for path in files.keys() - self._files.keys():
            file = self._files[path] = EventFile(path, self._index)
            file.meet(files[path])
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
        self._series = self._series.updated(self._ordered(), changed)
        self.started = self.begin if np.isfinite(self.begin) else None
        self.problems = self._found_problems()
        self.revision += 1


def _problems(run: str, file: EventFile) -> list[Problem]:
    if file.trouble:
        return [Problem(run, file.path, 0, 0, file.trouble)]
    return [Problem(run, file.path, part.offset, part.size, part.reason) for part in file.content.damage()]
