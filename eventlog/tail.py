"""One event file that may still grow: reads what is new, and notices when it was cut or replaced.

The file is opened for each look and closed at once, so a log of thousands of files never holds more than one handle.
"""

from __future__ import annotations

import contextlib
import os
import stat as modes
import struct
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import FileIO
from typing import TYPE_CHECKING, Any

import numpy as np

from . import scratch
from .crc32c import crc32c, mask
from .file_content import FileContent, Key
from .file_index import FileState, Stamp
from .prefix_check import PrefixCheck
from .scan import scan

if TYPE_CHECKING:
    from .index_cache import IndexCache

__all__ = ["EventFile"]

_WINDOW = scratch.BUFFER  # bytes read and scanned at once
_PRINT, _PRINTS = 64, 16  # bytes by which what was read is known again, and how often
_GIVE_UP = 64 << 20  # bytes of damage without a break after which nothing is expected in the rest of what is there

_FIRST_EVENT = struct.Struct("<QIBd")  # length and its CRC; the key of the wall time, which comes first; the wall time
_WALL_TIME = 0x09


class EventFile:
    """One event file.

    Parameters
    ----------
    path
        Where it is.
    index
        Where to look first for what was read of it, if anywhere.
    """

    def __init__(self, path: str, index: IndexCache | None = None) -> None:
        self.path = path
        self.content = FileContent()
        self.trouble = ""
        """Why the file cannot be read at all; "" if it can."""
        self._begin = np.inf
        self._stamp: Stamp | None = None
        self._stamped = 0  # when the file was seen to have it, in nanoseconds; 0 if that proves nothing
        self._check = PrefixCheck()  # of what was read; only kept up where there is an index
        self._prints: list[tuple[int, bytes]] = []
        self._index, self._indexed = index, 0  # how many bytes the index knows

    @property
    def first_wall_time(self) -> float:
        """Time of the first event in seconds, or if that has none, of the earliest one; infinite if none is known."""
        return self.content.first_wall_time if np.isinf(self._begin) else self._begin

    def meet(self, status: os.stat_result) -> None:
        """Learn the time of the first event, from the index or from the file, and no more."""
        begin = self._index.begin_of(self.path, Stamp.of(status)) if self._index else None
        if begin is None:
            self.peek()
        else:
            self._begin = begin

    def peek(self) -> None:
        """Read no more than the time of the first event."""
        self._begin = np.inf
        with contextlib.suppress(OSError), open_regular(self.path) as file:  # if it fails, reading will tell
            self._note_begin(file)

    def _note_begin(self, file: FileIO) -> None:
        self._begin = np.inf
        file.seek(0)
        octets = file.read(_FIRST_EVENT.size)
        if len(octets) == _FIRST_EVENT.size:
            _, crc, key, wall_time = _FIRST_EVENT.unpack(octets)
            if key == _WALL_TIME and wall_time > 0 and crc == mask(crc32c(octets[:8])):
                self._begin = wall_time

    def unread(self, status: os.stat_result) -> int:
        """Return how many bytes are new, going by the size of the file."""
        return max(status.st_size - self.content.offset, 0)

    def refresh(
        self, status: os.stat_result, publish: Callable[[set[Key]], None], turn: AbstractContextManager[Any]
    ) -> set[Key] | None:
        """Read what is new.

        Parameters
        ----------
        status
            Of the file, now.
        publish
            Called while a large file is read, with the series that have new points.
        turn
            Held while `content` changes and `publish` is called, for the sake of files that are read side by side.

        Returns
        -------
        The series that have new points; None if more than that changed.
        """
        stamp = Stamp.of(status)
        if stamp == self._stamp:
            return set()
        is_recalled = self._stamp is None and self._recall(stamp, turn)
        if stamp == self._stamp:
            return None
        trouble, was_other = self.trouble, self._stamp is None or not self._stamp.is_same_file(stamp)
        try:
            with open_regular(self.path) as file:
                was_other = was_other or not self._is_known(file)
                with turn:
                    if was_other:
                        self._forget()
                    begin, meaning = self.first_wall_time, self.content.reinterpreted
                    if np.isinf(self._begin) or was_other:
                        self._note_begin(file)
                # What grew while it was watched is compared once more when it is recalled.
                self._stamped = _time_of(stamp, file) if was_other else 0
                changed = self._read(file, publish, turn)
        except OSError as error:
            self.trouble = f"cannot be read: {error.strerror or error}"
            return None if is_recalled else set()
        self.trouble = ""
        self._stamp = stamp
        is_otherwise = begin != self.first_wall_time or meaning != self.content.reinterpreted
        return None if was_other or is_recalled or trouble or is_otherwise else changed

    def _recall(self, stamp: Stamp, turn: AbstractContextManager[Any]) -> bool:
        """Take what was read of the file from the index; return whether it was there."""
        state = self._index.load(self.path, stamp) if self._index else None
        if state is None:
            return False
        stamped, indexed = state.stamped_ns, state.content.offset
        if not state.is_of(stamp):
            try:
                with open_regular(self.path) as file:
                    now = _time_of(stamp, file)
                    if not state.check.holds_for(file, state.content.offset):
                        return False
            except OSError:
                return False  # reading will tell
            if state.stamp == stamp:
                stamped, indexed = now, 0  # so that the index learns that it is certain now
        with turn:
            self.content = FileContent.of(state.content)
            self._stamp, self._begin, self._prints, self._check = state.stamp, state.begin, state.prints, state.check
            self._stamped, self._indexed = stamped, indexed
        return True

    def _forget(self) -> None:
        self.content, self._prints, self._check, self._indexed = FileContent(), [], PrefixCheck(), 0

    def unindexed(self, least: int) -> FileState | None:
        """Return what was read, for the index, if that does not know `least` bytes of it and a quarter of what it has.

        To be called while nobody reads.
        """
        news = self.content.offset - self._indexed
        if self._stamp is None or self.trouble or news < max(least, self._indexed // 4):
            return None
        self._indexed = self.content.offset
        prints = list(self._prints)
        return FileState(self.path, self._stamp, self._stamped, self._begin, prints, self._check, self.content.state())

    def _is_known(self, file: FileIO) -> bool:
        """Return whether the file still has what was read of it."""
        for offset, octets in self._prints:
            file.seek(offset)
            if file.read(len(octets)) != octets:
                return False
        return True

    def _read(self, file: FileIO, publish: Callable[[set[Key]], None], turn: AbstractContextManager[Any]) -> set[Key]:
        size = os.fstat(file.fileno()).st_size
        changed: set[Key] = set()
        window = _WINDOW
        while self.content.offset < size:
            offset = self.content.offset
            buffer = scratch.take(min(window, size - offset))
            file.seek(offset)
            data = buffer[: file.readinto(buffer[:window])]
            scanned = scan(data, offset, available=size - offset, plugins=self._plugins())
            self._remember(offset, data, scanned.offset - offset)
            if self._index and self._check.size == offset:  # else a part was passed over without a look
                self._check = self._check.extended(data[: scanned.offset - offset])
            scratch.give(buffer)
            with turn:
                changed |= self.content.take(scanned, size - scanned.offset)
                if scanned.offset == offset and scanned.needed <= window:
                    break  # the rest is incomplete, or the file has become shorter meanwhile
                window = max(scanned.needed, _WINDOW)
                if self.content.last_damage > _GIVE_UP:
                    self.content.skip_to(size)
                publish(changed)
        return changed

    def _plugins(self) -> dict[str, str]:
        return {tag: metadata.plugin for tag, metadata in self.content.metadata.items()}

    def _remember(self, offset: int, data: memoryview, read: int) -> None:
        """Keep a few bytes of what was read: the first ones of the file, the last, and some in between."""
        if not read:
            return
        begin = max(read - _PRINT, 0)
        prints = self._prints or [(offset, bytes(data[:_PRINT][:read]))]
        if len(prints) > _PRINTS:
            prints = prints[:1] + prints[1::2]
        self._prints = [*prints, (offset + begin, bytes(data[begin:read]))]


def _time_of(stamp: Stamp, file: FileIO) -> int:
    """Return the time, in nanoseconds, at which a file still has a stamp; 0 if it has another one by now."""
    now = time.time_ns()
    return now if Stamp.of(os.fstat(file.fileno())) == stamp else 0


def open_regular(path: str) -> FileIO:
    """Open a file to read, without waiting on a pipe of that name.

    Raises
    ------
    OSError
        If it cannot be opened, or is no regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    number = os.open(path, flags)
    file = os.fdopen(number, "rb", buffering=0)
    if not modes.S_ISREG(os.fstat(number).st_mode):
        file.close()
        raise OSError("it is no regular file")
    return file
