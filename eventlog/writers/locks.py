"""Keeping other threads and processes out of what several of them write to."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["locked"]

_PATIENCE = 10.0  # seconds to wait for another; whoever has the lock needs milliseconds
_POLL = 0.005


@contextlib.contextmanager
def locked(directory: str | os.PathLike[str]) -> Iterator[None]:
    """Hold the lock on a directory within the block; wait for it for some seconds at most.

    Where the file system cannot lock a directory, a file ``.cellboard.lock`` in it stands for the lock.
    """
    release = _lock_directory(Path(directory)) or _make_lock_file(Path(directory) / ".cellboard.lock")
    try:
        yield
    finally:
        release()


def _lock_directory(directory: Path) -> Callable[[], None] | None:
    """Lock the directory itself and return what lets go of it; None where that is not possible."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(directory, os.O_RDONLY)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            is_taken = error.errno in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EINTR)
            if is_taken and time.monotonic() < deadline:
                time.sleep(_POLL)
                continue
            if not is_taken:
                os.close(descriptor)
                return None
        return lambda: os.close(descriptor)


def _make_lock_file(path: Path) -> Callable[[], None]:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
            return lambda: path.unlink(missing_ok=True)
        except (FileExistsError, PermissionError):  # the latter on Windows, while another removes it
            if time.monotonic() > deadline:  # left behind by a process that died
                return lambda: path.unlink(missing_ok=True)
            time.sleep(_POLL)
