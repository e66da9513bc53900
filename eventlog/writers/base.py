"""What the methods of every kind of summary stand on.

A family of methods (`ScalarMethods`, `ImageMethods`, ...) is a class that derives from `WriterBase`, has no `__init__`
of its own, and hands what it made to `_add_value`, `_add_values` or `_add_event`. `SummaryWriter` is all of them. A
method that has much to do before it gets there returns at once where `write_to_disk` is false.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from ..arrays import as_step, as_wall_time
from ..errors import BadValueError
from ..event_file_writer import EventFileWriter
from ..messages import Event
from ..notices import warn
from .sessions import Session
from .silent import SilentWriter

__all__ = ["WriterBase"]

_START = 1  # SessionLog.status

Self = TypeVar("Self", bound="WriterBase")


class WriterBase:
    """The event files of a run and of its sub-runs: made, flushed and closed together.

    Parameters
    ----------
    log_dir
        Directory of the run; made if it is missing.
    purge_step, max_queue, flush_secs, filename_suffix, write_to_disk
        See `SummaryWriter`.

    Raises
    ------
    OSError
        If the directory or the file cannot be created.
    """

    def __init__(
        self,
        log_dir: str,
        *,
        purge_step: int | None = None,
        max_queue: int = 10,
        flush_secs: float = 120,
        filename_suffix: str = "",
        write_to_disk: bool = True,
    ) -> None:
        self.log_dir = log_dir
        self.purge_step, self.max_queue, self.flush_secs = purge_step, max_queue, flush_secs
        self.filename_suffix, self.write_to_disk = filename_suffix, write_to_disk
        self._clock: Callable[[], float] = time.time
        self._default_step = 0
        self._noticed: set[str] = set()
        self._exported: dict[str, dict[Path, int]] = {}  # runs of `add_scalars`: how far their files were exported
        self._layout: dict[str, dict[str, Any]] = {}  # charts of custom scalars by title, by category
        self._sessions: dict[str, Session] = {}  # what `add_hparams` was told, by the directory of the run
        self._warn_of_disk = _WarnOnce()
        self._writers: dict[str, EventFileWriter | SilentWriter] = {}
        self._events = self._writer_for(self.log_dir)
        self._events.open()
        if purge_step is not None:
            self._add_purge(as_step("purge_step", purge_step))

    def get_logdir(self) -> str:
        """Return the directory of the run."""
        return self.log_dir

    @property
    def lost_events(self) -> int:
        """Number of events that were given up because the disk did not take them."""
        return sum(writer.lost for writer in list(self._writers.values()))

    @property
    def all_writers(self) -> dict[str, EventFileWriter | SilentWriter]:
        """The writers of the event files, by the directory of their run."""
        return dict(self._writers)

    @contextmanager
    def use_metadata(self: Self, *, global_step: Any = None, walltime: float | None = None) -> Iterator[Self]:
        """Give what is logged within the block, by any thread, a step or a time where the call gives none.

        Parameters
        ----------
        global_step, walltime
            As for `add_scalar`; at least one of them.

        Raises
        ------
        BadValueError
            If neither is given.
        """
        if global_step is None and walltime is None:
            raise BadValueError("use_metadata needs global_step or walltime")
        step = as_step("use_metadata", self._default_step if global_step is None else global_step)
        when = None if walltime is None else as_wall_time("use_metadata", walltime)
        before = self._default_step, self._clock
        self._default_step = step
        if when is not None:
            self._clock = lambda: when
        try:
            yield self
        finally:
            self._default_step, self._clock = before

    def flush(self, *, fsync: bool = False) -> None:
        """Return when the operating system has all that was logged; with `fsync`, when the disk has it."""
        for writer in list(self._writers.values()):
            writer.flush(fsync=fsync)

    def close(self) -> None:
        """Flush, and close the files. Logging may go on, in new files."""
        for writer in list(self._writers.values()):
            writer.close()

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _writer_for(self, directory: str) -> EventFileWriter | SilentWriter:
        """Return the writer of a run or sub-run."""
        known = self._writers.get(directory)
        if known is not None:
            return known
        new: EventFileWriter | SilentWriter = SilentWriter()
        if self.write_to_disk:
            new = EventFileWriter(directory, self.max_queue, self.flush_secs, self.filename_suffix, self._warn_of_disk)
        return self._writers.setdefault(directory, new)  # another thread may have been quicker

    def _add_value(self, value: Any, global_step: Any = None, walltime: float | None = None) -> None:
        """Log one Summary.Value as an event of the run."""
        self._add_values(value.tag, [value], global_step, walltime)

    def _add_values(
        self, tag: str, values: Iterable[Any], global_step: Any = None, walltime: float | None = None
    ) -> None:
        """Log several Summary.Values as one event; `tag` is for messages."""
        event = Event()
        event.summary.value.extend(values)
        self._add_event(tag, event, global_step, walltime)

    def _add_event(self, tag: str, event: Any, global_step: Any = None, walltime: float | None = None) -> None:
        """Log an Event, given its step and wall time; `tag` is for messages."""
        event.step, event.wall_time = self._step(tag, global_step), self._when(tag, walltime)
        self._events.add_event(event)

    def _step(self, tag: str, global_step: Any) -> int:
        return self._default_step if global_step is None else as_step(tag, global_step)

    def _when(self, tag: str, walltime: float | None) -> float:
        return self._clock() if walltime is None else as_wall_time(tag, walltime)

    def _add_purge(self, step: int) -> None:
        for content in ({"file_version": "brain.Event:2"}, {"session_log": {"status": _START}}):
            self._add_event("purge_step", Event(**content), step)

    def _notice(self, tag: str, message: str) -> None:
        """Warn of what had to be changed, once a tag."""
        if tag not in self._noticed:
            self._noticed.add(tag)
            warn(f"tag {tag!r}: {message} (said once for this tag)")


class _WarnOnce:
    """Says once that the disk does not take the log, for all writers of a run."""

    def __init__(self) -> None:
        self._told = False

    def __call__(self, error: OSError) -> None:
        if not self._told:
            self._told = True
            warn(
                f"cannot write the event log: {error}. The program goes on; what it logs is kept in memory, up to a "
                "bound, and written once that is possible. `lost_events` counts what was given up."
            )
