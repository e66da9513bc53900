"""The thread that writes what the writers of this process have pending.

One thread serves all of them, and it starts with the first event. Encoding and writing happen on it alone: a
KeyboardInterrupt, which a notebook user sends often, is raised in the main thread only, and so can never hit between
writing bytes and noting that they were written. Callers talk to it through a `SimpleQueue` and a bare lock, whose
operations an interrupt cannot break in two, as it can those of a `Condition`. While nothing is pending it sleeps.

A forked child has no threads but the one that forked, so it begins anew. When the interpreter shuts down, or where
there are no threads at all (Pyodide), the work is done by the caller.
"""

from __future__ import annotations

import _thread
import os
import sys
import time
import weakref
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Protocol

__all__ = ["Flusher", "flusher"]


class _Drains(Protocol):
    def drain(self) -> None:
        """Write what is pending."""


class _Errand:
    """A call to be made on the thread, which somebody waits for."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.call = call
        self.error: BaseException | None = None
        self._done = _thread.allocate_lock()
        self._done.acquire()

    def run(self) -> None:
        try:
            self.call()
        except BaseException as error:
            self.error = error
        self._done.release()

    def wait(self) -> None:
        self._done.acquire()


_Timer = tuple["weakref.ref[_Drains]", float]


class Flusher:
    """Runs calls on its own thread: `later` for what is pending, `now` for what a caller waits for."""

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget everything, thread included: for a forked child."""
        self._asked: SimpleQueue[_Errand | _Timer] = SimpleQueue()
        self._thread: int | None = None
        self._inline = False

    @property
    def threaded(self) -> bool:
        """Whether there is a thread, or can be one."""
        return not self._inline

    def later(self, writer: _Drains, seconds: float) -> None:
        """Drain `writer` in `seconds` at the latest, unless it is gone by then; at once where there is no thread."""
        if self._start():
            reference = weakref.ref(writer)
            hash(reference)  # now, for that of a writer that is gone cannot be had
            self._asked.put((reference, time.monotonic() + seconds))
        else:
            writer.drain()

    def now(self, call: Callable[[], None]) -> None:
        """Make `call` on the thread and wait for it; raises what it raises."""
        errand = _Errand(call)
        if self._start() and _thread.get_ident() != self._thread:
            self._asked.put(errand)
            errand.wait()
        else:
            errand.run()
        if errand.error is not None:
            raise errand.error

    def stop_threading(self) -> None:
        """Do the work in the callers from here on: for a process that shuts down."""
        self._inline = True

    def _start(self) -> bool:
        """Start the thread if need be and say whether there is one.

        Callers that come at the same time, or an interrupt, may start a second one. That does no harm.
        """
        if self._thread is None and not self._inline:
            try:
                self._thread = _thread.start_new_thread(_run, (self._asked,))
            except RuntimeError:  # no threads here, or no more of them at shutdown
                self._inline = True
        return not self._inline


def _run(asked: SimpleQueue[_Errand | _Timer]) -> None:
    due: dict[weakref.ref[_Drains], float] = {}
    while True:
        now = time.monotonic()
        for key in [key for key, when in due.items() if when <= now]:
            del due[key]
            _drain(key())
        try:
            item = asked.get(timeout=max(min(due.values()) - time.monotonic(), 0) if due else None)
        except Empty:
            continue
        if isinstance(item, _Errand):
            item.run()
        else:
            key, when = item
            due[key] = min(when, due.get(key, when))
        del item  # which may hold a writer that its user has dropped


def _drain(writer: _Drains | None) -> None:
    try:
        if writer is not None:
            writer.drain()
    except Exception:  # a fault in one writer must not end the logging of all
        sys.excepthook(*sys.exc_info())


flusher = Flusher()
"""The flusher of this process."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=flusher.begin_anew)
