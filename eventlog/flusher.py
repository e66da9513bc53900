"""The thread that writes what the writers of this process have pending.

One daemon thread serves all of them, and it starts with the first event. Encoding and writing happen on it alone: a
KeyboardInterrupt, which a notebook user sends often, is raised in the main thread only, and so can never hit between
writing bytes and noting that they were written. While nothing is pending the thread sleeps.

A forked child has no threads but the one that forked, so it begins anew. When the interpreter shuts down, or where
there are no threads at all (Pyodide), the work is done by the caller.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from typing import Protocol

__all__ = ["Flusher", "flusher"]


class _Drains(Protocol):
    def drain(self) -> None:
        """Write what is pending; must not raise."""


class _Errand:
    """A call to be made on the thread, which somebody waits for."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.call, self.done = call, threading.Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.call()
        except BaseException as error:
            self.error = error
        self.done.set()


class Flusher:
    """Runs calls on its own thread: `later` for what is pending, `now` for what a caller waits for."""

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget everything, thread included: for a forked child."""
        self._changed = threading.Condition()
        self._due: dict[weakref.ref[_Drains], float] = {}
        self._errands: deque[_Errand] = deque()
        self._thread: threading.Thread | None = None
        self._inline = False

    @property
    def threaded(self) -> bool:
        """Whether there is a thread, or can be one."""
        return not self._inline

    def later(self, writer: _Drains, seconds: float) -> None:
        """Drain `writer` in `seconds` at the latest, unless it is gone by then; at once where there is no thread."""
        due = time.monotonic() + seconds
        with self._changed:
            if self._start():
                key = weakref.ref(writer)
                self._due[key] = min(due, self._due.get(key, due))
                self._changed.notify()
                return
        writer.drain()

    def now(self, call: Callable[[], None]) -> None:
        """Make `call` on the thread and wait for it; raises what it raises."""
        errand = _Errand(call)
        with self._changed:
            threaded = self._start() and threading.current_thread() is not self._thread
            if threaded:
                self._errands.append(errand)
                self._changed.notify()
        if threaded:
            errand.done.wait()
        else:
            errand.run()
        if errand.error is not None:
            raise errand.error

    def stop_threading(self) -> None:
        """Do the work in the callers from here on: for a process that shuts down."""
        self._inline = True

    def _start(self) -> bool:
        """Start the thread if need be and say whether there is one."""
        if self._inline:
            return False
        if self._thread is None:
            thread = threading.Thread(target=self._run, name="cellboard-flusher", daemon=True)
            try:
                thread.start()
            except RuntimeError:  # no threads here, or no more of them at shutdown
                self._inline = True
                return False
            self._thread = thread
        return True

    def _run(self) -> None:
        while True:
            errands, writers = self._wait()
            for errand in errands:
                errand.run()
            for reference in writers:
                writer = reference()
                if writer is not None:
                    _drain(writer)
                del writer  # else the thread would keep the last one alive while it sleeps
            errands.clear()

    def _wait(self) -> tuple[list[_Errand], list[weakref.ref[_Drains]]]:
        with self._changed:
            while not self._errands:
                now = time.monotonic()
                ripe = [key for key, due in self._due.items() if due <= now]
                if ripe:
                    break
                self._changed.wait(min(self._due.values()) - now if self._due else None)
            else:
                ripe = []
            for key in ripe:
                del self._due[key]
            errands = list(self._errands)
            self._errands.clear()
        return errands, ripe


def _drain(writer: _Drains) -> None:
    try:
        writer.drain()
    except Exception:  # a fault in one writer must not end the logging of all
        sys.excepthook(*sys.exc_info())


flusher = Flusher()
"""The flusher of this process."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=flusher.begin_anew)
