"""The index of event files that were read: kept in the user's cache directory, so that nothing is read a second time.

One file each, named for path, device and inode. It counts only for a file that is what it was, by size and times of
change; of one that has grown since, or was changed so shortly before it was read that its times prove nothing, all that
was read must have the checksum it had. Whatever is wrong with the cache, the event
files are read as if there were none; it may be deleted at any time.

What goes unused longest is deleted first once there is more than `MOST`. Where the environment variable
``CELLBOARD_NO_INDEX`` is set, there is no cache.
"""

from __future__ import annotations

import contextlib
import os
import stat as modes
import sys
import threading
import time
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

import numpy as np

from .file_index import HEAD_SIZE, FileState, Head, Stamp, decode, encode, read_head
from .native import native_available
from .tail import open_regular

__all__ = ["MOST", "WORTHWHILE", "IndexCache", "cache_directory"]

MOST = 1 << 30
"""Bytes that the cache may have."""

WORTHWHILE = 1 << 20 if native_available() else 1 << 17
"""Bytes of an event file from which on it pays: below, reading it takes hardly longer than looking here."""

_LARGEST = MOST // 2
_SUFFIX = ".index"
_PIECE = 8 << 20
_PATIENCE = 1.0  # seconds that the end of the program waits for what is being written
_ABANDONED = 3600.0  # seconds after which what was begun and never finished is deleted


def cache_directory() -> Path | None:
    """Return where the index is kept; None where the system has no place for it."""
    said = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(said):
        base = Path(said)
    elif sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        if not local:
            return None
        base = Path(local)
    else:
        try:
            home = Path.home()
        except RuntimeError:
            return None
        base = home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
    return base / "cellboard" / "index"


class IndexCache:
    """The index in a directory, which is made when there is something to keep.

    Parameters
    ----------
    directory
        Where.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._writing: threading.Thread | None = None
        self._ended = 0.0  # when the program was first seen to wait for us

    @classmethod
    def default(cls) -> IndexCache | None:
        """Return the user's; None if there is none, or shall be none."""
        if os.environ.get("CELLBOARD_NO_INDEX") or sys.byteorder != "little":
            return None
        directory = cache_directory()
        return None if directory is None else cls(directory)

    def begin_of(self, path: str, stamp: Stamp) -> float | None:
        """Return the time of the first event of a file; None if nothing is known that still counts."""
        if stamp.size < WORTHWHILE or not stamp.is_kept:
            return None
        with contextlib.suppress(OSError), self._open(path, stamp) as file:
            head = _head_for(file.read(HEAD_SIZE), stamp)
            return head.begin if head and head.stamp == stamp and stamp.is_settled(head.stamped_ns) else None
        return None

    def load(self, path: str, stamp: Stamp) -> FileState | None:
        """Return what was read of a file; None if nothing is known that may still count.

        Unless it `is_of` the stamp, that has to be compared with the file.
        """
        if stamp.size < WORTHWHILE or not stamp.is_kept:
            return None
        with contextlib.suppress(OSError, MemoryError), self._open(path, stamp) as file:
            head = _head_for(file.read(HEAD_SIZE), stamp)
            status = os.fstat(file.fileno())
            if head is None or head.words + head.columns != status.st_size - HEAD_SIZE:
                return None
            # Columns begin at whole words.
            room = np.empty(head.words + head.columns + 8, np.uint8)
            rest = room[-head.words % 8 :][: head.words + head.columns]
            if file.readinto(rest.data) != len(rest):
                return None
            state = decode(head, rest)
            if state is None or state.path != path or state.content.offset > stamp.size:
                return None
            os.utime(file.fileno() if os.utime in os.supports_fd else self._place(path, stamp))
            return state
        return None

    def save(self, states: Sequence[FileState]) -> None:
        """Keep what was read of some files; that is done on a thread, and never fails."""
        states = [state for state in states if state.stamp.is_kept]
        if not states:
            return
        self.wait()
        self._writing = threading.Thread(target=self._save, args=(states,), name="cellboard-index")
        with contextlib.suppress(RuntimeError):  # no threads here
            self._writing.start()

    def wait(self) -> None:
        """Wait until all is kept."""
        if self._writing is not None and self._writing.ident is not None:
            self._writing.join()

    def _save(self, states: Sequence[FileState]) -> None:
        with contextlib.suppress(OSError, MemoryError, _ProgramEnds):
            self._make_directory()
            for state in states:
                self._write(state)
            self._tidy()

    def _write(self, state: FileState) -> None:
        import tempfile

        pieces = encode(state)
        if sum(map(len, pieces)) > _LARGEST:
            return
        number, part = tempfile.mkstemp(dir=self._directory)
        try:
            with os.fdopen(number, "wb") as file:
                for piece in pieces:
                    for begin in range(0, len(piece), _PIECE):
                        file.write(piece[begin : begin + _PIECE])
                        self._stop_if_program_ends()
            os.replace(part, self._place(state.path, state.stamp))
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(part)
            raise

    def _stop_if_program_ends(self) -> None:
        if not threading.main_thread().is_alive():
            self._ended = self._ended or time.monotonic()
            if time.monotonic() - self._ended > _PATIENCE:
                raise _ProgramEnds

    def _make_directory(self) -> None:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._is_ours():
            raise PermissionError(f"{self._directory} does not belong to this user alone")

    def _is_ours(self) -> bool:
        """Say whether nobody else can have written here."""
        status = os.lstat(self._directory)
        if not modes.S_ISDIR(status.st_mode):
            return False
        return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)

    def _place(self, path: str, stamp: Stamp) -> Path:
        import hashlib

        known = f"{stamp.device}:{stamp.inode}:".encode() + os.fsencode(path)
        return self._directory / (hashlib.sha256(known).hexdigest()[:32] + _SUFFIX)

    def _open(self, path: str, stamp: Stamp) -> FileIO:
        if not self._is_ours():
            raise PermissionError(f"{self._directory} does not belong to this user alone")
        return open_regular(str(self._place(path, stamp)))

    def _tidy(self) -> None:
        """Delete what was used longest ago, as far as there is too much, and what was never finished."""
        found = []
        with os.scandir(self._directory) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    if entry.name.endswith(_SUFFIX):
                        found.append((status.st_mtime, status.st_size, entry.path))
                    elif status.st_mtime < time.time() - _ABANDONED and modes.S_ISREG(status.st_mode):
                        os.unlink(entry.path)
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= MOST:
                return
            with contextlib.suppress(OSError):
                os.unlink(path)
                total -= size


def _head_for(octets: bytes, stamp: Stamp) -> Head | None:
    head = read_head(octets)
    return head if head and head.stamp.may_have_become(stamp) else None


class _ProgramEnds(Exception):
    """The program has been waiting for us to end."""
