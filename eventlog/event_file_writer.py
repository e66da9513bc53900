"""Events on their way to a file: what the training loop pays for is one append to a list.

`add_scalar` and `add_event` put an event on the list of what is pending. The flusher's thread takes the list, encodes
it in one go and writes it. It does so a second after the first event that waits, or when `flush` asks; a caller that
logs faster than that waits once `MAX_PENDING` events are there, so memory stays bounded.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import threading
import weakref
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from . import scalar_batch
from .event_file import EventFile
from .flusher import flusher
from .native import kernel
from .records import frame

__all__ = ["EventFileWriter", "flush_all"]

MAX_PENDING = 8192
"""Events that may wait before a call waits for them to be written."""

MAX_PENDING_BYTES = 32 << 20
"""The same in bytes, for events other than scalars."""

_PATIENCE = 1.0  # seconds an event waits at most: a board beside the training cell follows within two
_RETRY = 5.0  # seconds between attempts on a disk that takes nothing


class EventFileWriter:
    """Writes events to a file of its own in `log_dir`. Safe to use from several threads, and on both sides of a fork.

    Parameters
    ----------
    log_dir
        Directory of the file; made if it is missing.
    max_queue
        Events other than scalars that may wait before they are written without delay.
    flush_secs
        Longest time in seconds that an event waits; more than one second has no effect.
    filename_suffix
        Appended to the file's name as it is.
    on_trouble
        Told of the first error of the disk, in the thread of the next caller.
    """

    def __init__(
        self,
        log_dir: str | os.PathLike[str],
        max_queue: int = 10,
        flush_secs: float = 120,
        filename_suffix: str = "",
        on_trouble: Callable[[OSError], None] = lambda error: None,
    ) -> None:
        self._file = EventFile(log_dir, filename_suffix)
        self._max_queue = max(int(max_queue), 1)
        self._patience = min(max(float(flush_secs), 0.0), _PATIENCE)
        self._on_trouble = on_trouble
        self._begin_anew()
        with _live_lock:
            _live.add(self)

    def _begin_anew(self) -> None:
        self._told = False
        self._writing = threading.Lock()
        self._pending: list[scalar_batch.Scalar | bytes] = []
        self._queued = self._queued_bytes = 0  # of the pending events that are bytes; a hint, not a count to rely on
        self._attend_at = 0  # number of pending events at which an add looks after them: at once if nobody will

    @property
    def path(self) -> Path | None:
        """The file that is, or was last, written to."""
        return self._file.path

    @property
    def lost(self) -> int:
        """Number of events that were given up because the disk did not take them."""
        return self._file.lost

    def open(self) -> None:
        """Create the file now and not with the first event.

        Raises
        ------
        OSError
            If the directory or the file cannot be created.
        """
        flusher.now(self._file.open)
        self._tell()

    def add_scalar(self, tag: str, value: float, step: int, wall_time: float) -> None:
        """Log one number; `step` must be within int64."""
        pending = self._pending
        pending.append((tag, value, step, wall_time))
        if len(pending) >= self._attend_at:
            self._attend()

    def add_event(self, event: Any) -> None:
        """Log an Event message."""
        payload: bytes = event.SerializeToString()
        self._pending.append(payload)
        self._queued += 1
        self._queued_bytes += len(payload)
        if self._queued >= self._max_queue:
            flusher.later(self, 0)
        if len(self._pending) >= self._attend_at or self._queued_bytes >= MAX_PENDING_BYTES:
            self._attend()

    @property
    def paths(self) -> list[Path]:
        """All files that were written to, in order."""
        return list(self._file.paths)

    def flush(self, *, fsync: bool = False) -> None:
        """Return when the operating system has every event logged so far, as far as it takes them.

        With `fsync`: when the disk has them.
        """
        flusher.now(self._drain_and_sync if fsync else self.drain)
        self._tell()

    def close(self) -> None:
        """Flush and close the file; an event logged later opens a new one."""
        flusher.now(self._write_and_close)
        self._tell()

    def drain(self) -> None:
        """Write what is pending, in the calling thread."""
        self._write()
        if self._file.backlog and flusher.threaded:
            flusher.later(self, _RETRY)

    def begin_anew_in_child(self) -> None:
        """Leave file and pending events to the parent process; a forked child gets a file of its own."""
        self._begin_anew()
        self._file.abandon()

    def _write(self) -> None:
        with self._writing:
            self._attend_at = 0
            self._queued = self._queued_bytes = 0
            events = self._pending[:]
            if events or self._file.backlog:
                del self._pending[: len(events)]
                self._file.append(encode(events), len(events))

    def _drain_and_sync(self) -> None:
        self.drain()
        with self._writing:
            self._file.sync()

    def _write_and_close(self) -> None:
        self._write()
        with self._writing:
            self._file.close()

    def _attend(self) -> None:
        self._tell()
        _see_to_the_exit()
        if len(self._pending) >= MAX_PENDING or self._queued_bytes >= MAX_PENDING_BYTES:
            flusher.now(self.drain)
            return
        try:
            self._attend_at = MAX_PENDING  # first: the flusher may be done before `later` returns
            flusher.later(self, self._patience)
        except BaseException:  # an interrupt: then the next add looks after them
            self._attend_at = 0
            raise

    def _tell(self) -> None:
        if self._file.trouble is not None and not self._told:
            self._told = True
            self._on_trouble(self._file.trouble)

    def __del__(self) -> None:
        # Nobody can log here any more. A log that was removed meanwhile is not brought back.
        with contextlib.suppress(AttributeError, TypeError, OSError):  # half made, or at the end of the interpreter
            if self._file.was_removed():
                self._file.abandon()
            else:
                self._write_and_close()


def encode(events: list[scalar_batch.Scalar | bytes]) -> bytes:
    """Return the records of `events`, in their order: scalars, and serialized Events."""
    if kernel is None:
        return encode_python(events)
    records: bytes = kernel.frame_events(events)
    return records


def encode_python(events: list[scalar_batch.Scalar | bytes]) -> bytes:
    """Return what `encode` returns, without the help of C."""
    parts: list[bytes] = []
    for kind, group in groupby(events, type):
        run: list[Any] = list(group)
        parts.append(b"".join(map(frame, run)) if kind is bytes else scalar_batch.encode(run))
    return b"".join(parts)


_live: weakref.WeakSet[EventFileWriter] = weakref.WeakSet()
_live_lock = threading.Lock()
_exit_seen_to = os.getpid()


def flush_all() -> None:
    """Return when the operating system has every event that this process logged so far, as far as it takes them."""
    for writer in _writers():
        writer.flush()


def _close_all() -> None:
    for writer in _writers():
        writer.close()


def _writers() -> list[EventFileWriter]:
    with _live_lock:
        return list(_live)


def _at_exit() -> None:
    _close_all()
    flusher.stop_threading()


def _see_to_the_exit() -> None:
    """Have a child of multiprocessing close its files: it ends without running what atexit holds."""
    global _exit_seen_to
    if _exit_seen_to == os.getpid():
        return
    _exit_seen_to = os.getpid()
    process = sys.modules.get("multiprocessing.process")
    if process is not None and process.parent_process() is not None:
        from multiprocessing.util import Finalize

        Finalize(None, _close_all, exitpriority=0)


def _after_fork_in_child() -> None:
    global _live_lock
    _live_lock = threading.Lock()
    for writer in list(_live):
        writer.begin_anew_in_child()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    # No other thread may be changing the set of writers while the process is copied.
    os.register_at_fork(
        before=lambda: _live_lock.acquire(),
        after_in_parent=lambda: _live_lock.release(),
        after_in_child=_after_fork_in_child,
    )
