"""Memory that is used for one piece of a file after another.

The system gives out memory a page at a time, and clears each: for what takes milliseconds to scan, that takes longer
than the scan. So large buffers are handed on from file to file, and let go of when reading is done.
"""

from __future__ import annotations

import numpy as np

from .native import kernel

__all__ = ["BUFFER", "give", "release", "take"]

BUFFER = 4 << 20
"""Bytes of a buffer that is handed on."""

_SMALL = 1 << 18  # bytes below which it does not pay

_spare: list[memoryview] = []


def take(size: int) -> memoryview:
    """Return a buffer of at least `size` bytes that nobody else uses."""
    if not _SMALL <= size <= BUFFER:
        return np.empty(size, np.uint8).data
    try:
        return _spare.pop()
    except IndexError:
        return np.empty(BUFFER, np.uint8).data


def give(buffer: memoryview) -> None:
    """Take back a buffer that its user has no more use for."""
    if len(buffer) == BUFFER:
        _spare.append(buffer)


def release() -> None:
    """Let go of all buffers, and of the memory that scans hand on to each other."""
    _spare.clear()
    if kernel is not None:
        kernel.trim()
