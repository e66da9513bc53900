"""One event file on disk, and what happens when the disk does not take it.

Records that cannot be written are kept, up to a bound, and are tried again; a record that was written in part goes on
where it stopped, so the file holds whole records or an incomplete last one, never damage. A file that somebody removed
is not brought back: once its directory exists again, writing goes on in a new file there.
"""

from __future__ import annotations

import errno
import itertools
import os
import platform
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from .messages import Event
from .records import frame, whole_records

__all__ = ["MAX_BACKLOG", "EventFile"]

MAX_BACKLOG = 64 << 20
"""Bytes of records that are kept while they cannot be written."""

_uids = itertools.count()


@dataclass(slots=True)
class _Chunk:
    records: bytes
    events: int


class EventFile:
    """The file that a writer appends to: created by `open` or with the first records, and again when it was lost.

    Parameters
    ----------
    directory
        Created with the first file, if it is missing.
    suffix
        Appended to the file's name as it is.
    """

    def __init__(self, directory: str | os.PathLike[str], suffix: str = "") -> None:
        self.directory, self.suffix = Path(directory), suffix
        self.path: Path | None = None
        self.paths: list[Path] = []  # all that were written to, this one last
        self.lost = 0  # events that were given up
        self.trouble: OSError | None = None  # the first one, ever
        self._descriptor: int | None = None
        self._chunks: deque[_Chunk] = deque()
        self._written = 0  # bytes of the first chunk that are in the file
        self._head = b""  # what is still to be written of the event that opens a file
        self._may_make_directory = True

    @property
    def backlog(self) -> int:
        """Bytes that are kept because they could not be written."""
        return len(self._head) + sum(len(chunk.records) for chunk in self._chunks) - self._written

    def was_removed(self) -> bool:
        """Say whether somebody removed the file."""
        if self.path is None:
            return False
        linked = self._descriptor is not None and os.fstat(self._descriptor).st_nlink
        return not linked and not self.path.exists()

    def open(self) -> None:
        """Create the file and write its first event.

        Raises
        ------
        OSError
            If the directory or the file cannot be created.
        """
        self._open()
        self.retry()

    def append(self, records: bytes, events: int) -> None:
        """Append whole records, or keep them for later; never raises.

        Parameters
        ----------
        records
            Records end to end.
        events
            How many they are.
        """
        if events:
            self._chunks.append(_Chunk(records, events))
        if not self.retry() and self.backlog > MAX_BACKLOG and len(self._chunks) > 1:
            self.lost += self._chunks.pop().events

    def retry(self) -> bool:
        """Write what is kept, as far as the disk takes it, and say whether all of it is written; never raises."""
        try:
            self._check_that_it_is_there()
            if self._descriptor is None and self._chunks:
                self._open()
            self._write()
        except OSError as error:
            self.trouble = self.trouble or error
        return not self.backlog

    def close(self) -> None:
        """Close the file; what could not be written is given up, and an incomplete record is cut off."""
        if self._descriptor is not None:
            self._cut_incomplete_record(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None
        self.lost += sum(chunk.events for chunk in self._chunks)
        self._forget()

    def sync(self) -> None:
        """Have the disk itself hold what was written, and the file's name; never raises."""
        try:
            if self._descriptor is not None:
                os.fsync(self._descriptor)
                _sync_directory(self.directory)
        except OSError as error:
            self.trouble = self.trouble or error

    def abandon(self) -> None:
        """Let go of a file that belongs to the parent process, and of what the parent will write itself."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self.lost = 0
        self.trouble = None
        self.paths = []
        self._forget()

    def _forget(self) -> None:
        self._chunks.clear()
        self._written, self._head, self._may_make_directory = 0, b"", True

    def _open(self) -> None:
        if self._may_make_directory:
            self.directory.mkdir(parents=True, exist_ok=True)
        self._descriptor, self.path = _create(self.directory, self.suffix)
        self.paths.append(self.path)
        self._may_make_directory, self._written = False, 0
        first = Event(wall_time=time.time(), file_version="brain.Event:2")
        first.source_metadata.writer = "cellboard.eventlog"
        self._head = frame(first.SerializeToString())

    def _write(self) -> None:
        if self._descriptor is None:
            return
        while self._head:
            self._head = self._head[os.write(self._descriptor, self._head) :]
        while self._chunks:
            records = self._chunks[0].records
            while self._written < len(records):
                self._written += os.write(self._descriptor, memoryview(records)[self._written :])
            self._chunks.popleft()
            self._written = 0

    def _check_that_it_is_there(self) -> None:
        """Let go of a file that was removed: it would take all that we write, and nobody would ever see it."""
        if self._descriptor is not None and self.was_removed():
            os.close(self._descriptor)
            self._descriptor, self._written, self._head = None, 0, b""
            error = FileNotFoundError(errno.ENOENT, "the event file was removed", str(self.path))
            self.trouble = self.trouble or error

    def _cut_incomplete_record(self, descriptor: int) -> None:
        if not self._written:
            return
        chunk = self._chunks[0]
        size, events = whole_records(chunk.records, self._written)
        chunk.events -= events
        try:
            os.ftruncate(descriptor, os.lseek(descriptor, 0, os.SEEK_END) - (self._written - size))
        except OSError as error:
            self.trouble = self.trouble or error


def _create(directory: Path, suffix: str) -> tuple[int, Path]:
    """Create a file that nobody else has: its name holds time, host, process and a number of our own."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        # Padded, so that files of one second are read in the order in which they were made.
        ours = f"{os.getpid()}.{next(_uids):04d}"
        name = f"events.out.tfevents.{int(time.time()):010d}.{platform.node()}.{ours}{suffix}"
        try:
            return os.open(directory / name, flags, 0o666), directory / name
        except FileExistsError:
            if not (directory / name).exists():
                raise


def _sync_directory(directory: Path) -> None:
    if os.name == "posix":  # elsewhere a directory cannot be opened, and need not be
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
