"""What the methods of every kind of summary stand on.

A family of methods (`ScalarMethods`, `ImageMethods`, ...) is a class that derives from `WriterBase`, has no `__init__`
of its own, and hands what it made to `_add_value`, `_add_values` or `_add_event`. `SummaryWriter` is all of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any, TypeVar

from ..arrays import as_step, as_wall_time
from ..event_file_writer import EventFileWriter
from ..messages import Event
from ..notices import warn

__all__ = ["WriterBase"]

_START = 1  # SessionLog.status

Self = TypeVar("Self", bound="WriterBase")


class WriterBase:
    """The event files of a run and of its sub-runs: made, flushed and closed together.

    Parameters
    ----------
    log_dir
        Directory of the run; made if it is missing.
    purge_step, max_queue, flush_secs, filename_suffix
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
    ) -> None:
        self.log_dir = log_dir
        self.purge_step, self.max_queue, self.flush_secs = purge_step, max_queue, flush_secs
        self.filename_suffix = filename_suffix
        self._noticed: set[str] = set()
        self._warn_of_disk = _WarnOnce()
        self._writers: dict[str, EventFileWriter] = {}
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

    def flush(self) -> None:
        """Return when the operating system has all that was logged."""
        for writer in list(self._writers.values()):
            writer.flush()

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

    def _writer_for(self, directory: str) -> EventFileWriter:
        """Return the writer of a run or sub-run."""
        known = self._writers.get(directory)
        if known is not None:
            return known
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
        event.step, event.wall_time = as_step(tag, global_step), self._when(tag, walltime)
        self._events.add_event(event)

    def _when(self, tag: str, walltime: float | None) -> float:
        return time.time() if walltime is None else as_wall_time(tag, walltime)

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
