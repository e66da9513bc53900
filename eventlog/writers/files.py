"""Files beside the event files, written so that nobody ever reads half of one."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

__all__ = ["open_atomically", "write_atomically"]

_numbers = itertools.count()


@contextlib.contextmanager
def open_atomically(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` when the block ends well, and is removed if it does not."""
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.{next(_numbers)}")
    try:
        with open(temporary, "wb") as file:
            yield file
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def write_atomically(path: str | os.PathLike[str], content: bytes) -> None:
    """Make `content` the whole of the file at `path`."""
    with open_atomically(path) as file:
        file.write(content)
