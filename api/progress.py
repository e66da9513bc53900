"""A bar on the terminal for what takes long: on standard error, and only if that is a terminal.

It appears after a moment, so that nothing flickers where there is nothing to wait for, and leaves no trace.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

__all__ = ["Progress"]

_FIRST, _EVERY = 0.3, 0.1  # seconds
_WIDTH = 24
_PARTS = "▏▎▍▌▋▊▉█"
_CLEAR = "\r\x1b[K"


class Progress:
    """A bar for the time of a ``with`` block.

    Parameters
    ----------
    label
        What is done.
    state
        Asked from time to time: how much is done, and of how much (0: not known yet).
    stream
        Standard error unless told otherwise.
    """

    def __init__(self, label: str, state: Callable[[], tuple[float, float]], stream: TextIO | None = None) -> None:
        self._label, self._state = label, state
        self._stream = sys.stderr if stream is None else stream
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Progress:
        if self._stream.isatty():
            self._thread = threading.Thread(target=self._draw, name="cellboard-progress", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _draw(self) -> None:
        is_drawn = False
        pause = _FIRST
        while not self._over.wait(pause):
            room = shutil.get_terminal_size().columns - 1
            self._stream.write(f"{_CLEAR}{line(self._label, *self._state())[:room]}")
            self._stream.flush()
            is_drawn, pause = True, _EVERY
        if is_drawn:
            self._stream.write(_CLEAR)
            self._stream.flush()


def line(label: str, done: float, total: float) -> str:
    """Return what the bar looks like: a share, drawn and in percent."""
    share = min(max(done / total, 0.0), 1.0) if total else 0.0
    eighths = int(share * _WIDTH * 8)
    bar = "█" * (eighths // 8) + (_PARTS[eighths % 8 - 1] if eighths % 8 else "")
    return f"{label} {bar:<{_WIDTH}} {share:4.0%}"
