"""A log directory: every run in it, and what is new.

    LogDir ▸ Run ▸ EventFile ▸ scan
       │       └─ publishes Series, which views hold
       └─ lists the directory, lets each run read, counts revisions

One thread at a time refreshes; any number may read meanwhile. What they are handed out never changes: a refresh puts
new objects in place of old ones.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING

import numpy as np

from . import scratch
from .colors import ColorBook
from .crew import Crew
from .embeddings import Embedding, find_embeddings
from .errors import BadValueError
from .experiment import Experiment, experiment_of
from .index_cache import WORTHWHILE, IndexCache
from .layouts import merged_layout
from .listing import EmbeddingPlace, Listing, RunFiles, common_path, list_roots
from .names import Names
from .natural import natural_key
from .problems import Problem
from .restarts import POLICIES, Policy
from .run import Run
from .scalar_table import scalars_frame
from .summaries.custom_scalars import Layout
from .tail import EventFile

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LogDir"]


class LogDir:
    """A directory of event logs, and those below it.

    Parameters
    ----------
    path
        The directory. It need not exist yet. Or several by name, shown as one: the runs of each are below its name,
        and `path` is the directory that they share.
    load
        Whether to read it at once; otherwise `refresh` does, and `runs` fills while that is under way.
    restarts
        What to do about points that were logged before a restart. ``"latest"``: where a writer says that logging
        begins anew at some step (``purge_step``), points at that step or later are left out if they were logged before.
        ``"last-step"``: whatever writers say, a point takes the place of those that were logged before with its tag at
        its step or later. ``"all"``: every point stays. Either way only points are left out that came before in the
        same file, or are in files whose writers had ended by then: writers that work at the same time are no
        restarts. What is left out can be had: `Run.superseded`, ``superseded`` of a series.
    index
        Whether what is read of large files is kept in the user's cache directory, so that nothing is read a second
        time; see `cellboard.eventlog.index_cache`.

    Raises
    ------
    BadValueError
        If `restarts` is none of these, or there is no directory.

    Examples
    --------
    >>> with LogDir("runs") as log:  # doctest: +SKIP
    ...     log.runs["exp1"].scalars["train/loss"].value
    """

    def __init__(
        self,
        path: str | Path | Mapping[str, str | Path],
        *,
        load: bool = True,
        restarts: Policy = "latest",
        index: bool = True,
    ) -> None:
        if restarts not in POLICIES:
            known = ", ".join(map(repr, POLICIES))
            raise BadValueError(f"restarts must be one of {known}, not {restarts!r}")
        if isinstance(path, Mapping) and not path:
            raise BadValueError("a LogDir needs a directory, or several by name")
        named = path if isinstance(path, Mapping) else {"": path}
        self.roots: Mapping[str, Path] = MappingProxyType(
            {name: Path(root).expanduser().absolute() for name, root in named.items()}
        )
        """The directories by the name that their runs stand below; one alone has the name ""."""
        self.path = common_path(self.roots.values())
        """The directory."""
        self.exists = False
        """Whether it, or one of several, was there at the last refresh."""
        self.revision = 0
        """Grows each time that something new can be seen; several times in a long refresh."""
        self._restarts: Policy = restarts
        self._index = IndexCache.default() if index else None
        self._colors = ColorBook()
        self._runs: Mapping[str, Run] = MappingProxyType({})
        self._places: Mapping[str, EmbeddingPlace] = {}
        self._trouble: list[Problem] = []
        self._lock, self._counting = threading.Lock(), threading.Lock()
        self._sizes: Mapping[str, int] = {}
        self._is_closed = False
        if load:
            self.refresh()

    def __repr__(self) -> str:
        return f"<LogDir {str(self.path)!r}: {len(self._runs)} runs>"

    def __enter__(self) -> LogDir:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def runs(self) -> Mapping[str, Run]:
        """Runs by name, in order of first appearance (first wall time, then natural order of names)."""
        return self._runs

    @property
    def hparams(self) -> Experiment | None:
        """Training sessions side by side: what they were begun with, and what came of them; None if none is logged."""
        return experiment_of(self._runs)

    @property
    def custom_scalars(self) -> Layout | None:
        """Which scalars to draw together, the layouts of all runs in one; None if there is none."""
        return merged_layout(self._runs[name].custom_scalars for name in sorted(self._runs, key=natural_key))

    @property
    def embeddings(self) -> Mapping[str, Embedding]:
        """Embeddings of the directory itself, which need not be a run; see `Run.embeddings`.

        Of several directories, each embedding stands below the name of its own.
        """
        found = {name: find_embeddings(root) for name, root in self.roots.items()}
        return {
            f"{name}/{embedding}" if name else embedding: what
            for name, embeddings in found.items()
            for embedding, what in embeddings.items()
        }

    @property
    def embedding_places(self) -> Mapping[str, Path]:
        """Directories that name embeddings, as of the last refresh, by the name that a run there has.

        They need not be runs: programs that log to directories below one may describe their embeddings there.
        """
        return {name: place.path for name, place in self._places.items()}

    def scalars_frame(self, tags: Names = None, runs: Names = None) -> pd.DataFrame:
        """Return all points of all scalars as a table of pandas, a row each.

        Columns are ``run`` and ``tag`` (str), ``step`` (int64), ``wall_time`` (float64, seconds since the epoch) and
        ``value`` (float64); rows are run by run, tag by tag, in the order of logging.

        Parameters
        ----------
        tags, runs
            Which: a regular expression that is searched for anywhere in the name, exact names, or None for all.

        Raises
        ------
        MissingPackageError
            If pandas is not installed.
        BadValueError
            If one of them is no regular expression.
        """
        return scalars_frame(self, tags, runs)

    @property
    def bytes_read(self) -> int:
        """How many bytes of its event files are read so far."""
        return sum(run.bytes_read for run in self._runs.values())

    @property
    def bytes_found(self) -> int:
        """How many bytes its event files had when they were listed last."""
        return sum(self._sizes.values())

    @property
    def files_read(self) -> int:
        """How many of its event files are read to where they ended when they were listed last."""
        return sum(run.files_read(self._sizes) for run in self._runs.values())

    @property
    def files_found(self) -> int:
        """How many event files it had when they were listed last."""
        return len(self._sizes)

    @property
    def problems(self) -> list[Problem]:
        """What could not be read, over all runs."""
        return [*self._trouble, *(problem for run in self._runs.values() for problem in run.problems)]

    def refresh(self) -> bool:
        """Read what is new, and let go of what is gone.

        Safe to call from several threads; each call returns when all that was there at its begin has been read.

        Returns
        -------
        Whether anything changed. False once the log directory is closed.
        """
        with self._lock:
            if self._is_closed:
                return False
            before = self.revision
            listing = list_roots(self.roots)
            self._sizes = {path: now.st_size for run in listing.runs.values() for path, now in run.files.items()}
            self._note_state(listing)
            self._note_embeddings(listing)
            self._meet_and_part(listing.runs)
            self._read({name: found.files for name, found in listing.runs.items()})
            self._put_in_order()
            self._keep(WORTHWHILE)
            return self.revision != before

    def close(self) -> None:
        """Stop reading. What was read stays; files are open only while they are looked at."""
        self._is_closed = True
        if self._index and self._lock.acquire(blocking=False):  # else somebody reads, and keeps it then
            try:
                self._keep(WORTHWHILE // 4)
            finally:
                self._lock.release()
            self._index.wait()

    def _keep(self, least: int) -> None:
        """Have the index know what was read of large files, if it does not know that many bytes of one."""
        if self._index:
            self._index.save([state for run in self._runs.values() for state in run.unindexed(least)])

    def _read(self, files: Mapping[str, Mapping[str, os.stat_result]]) -> None:
        def read(name: str, run: Run) -> None:
            if not self._is_closed:
                run.update(files[name], self._changed, crew)

        try:
            with Crew() as crew:
                crew.do((run.unread(files[name]), partial(read, name, run)) for name, run in self._runs.items())
        finally:
            scratch.release()

    def _changed(self) -> None:
        with self._counting:
            self.revision += 1

    def _note_state(self, listing: Listing) -> None:
        trouble = [Problem("", path, 0, 0, reason) for path, reason in sorted(listing.trouble.items())]
        if (listing.exists, trouble) != (self.exists, self._trouble):
            self.exists, self._trouble = listing.exists, trouble
            self._changed()

    def _note_embeddings(self, listing: Listing) -> None:
        if listing.embeddings != self._places:
            self._places = dict(sorted(listing.embeddings.items(), key=lambda item: natural_key(item[0])))
            self._changed()

    def _meet_and_part(self, found: Mapping[str, RunFiles]) -> None:
        """Take in new runs, each with its colour before anything of it is read, and drop those that are gone."""
        kept = {name: run for name, run in self._runs.items() if name in found and found[name].path == run.path}
        new = {name: self._met(files) for name, files in found.items() if name not in kept}
        if not new and len(kept) == len(self._runs):
            return
        for name in sorted(new, key=lambda name: (_begin(new[name]), natural_key(name))):
            color = self._colors.color_of(name)
            kept[name] = Run(name, found[name].path, color, new[name], restarts=self._restarts, index=self._index)
        self._runs = MappingProxyType(kept)
        self._put_in_order()
        self._changed()

    def _met(self, run: RunFiles) -> list[EventFile]:
        files = [EventFile(path, self._index) for path in run.files]
        for file in files:
            file.meet(run.files[file.path])
        return files

    def _put_in_order(self) -> None:
        names = sorted(self._runs, key=lambda name: (self._runs[name].begin, natural_key(name)))
        if names != list(self._runs):
            self._runs = MappingProxyType({name: self._runs[name] for name in names})
            self._changed()


def _begin(files: list[EventFile]) -> float:
    return min((file.first_wall_time for file in files), default=np.inf)
