"""The thread that keeps boards up to date.

One logdir has one `Refresher`, however many boards show it. While at least one board is subscribed its thread reads
what is new (`LogDir.refresh`) and lets each board push; with no board left the thread ends, and the log is closed if
the refresher opened it. Boards are pushed to at most `MAX_RATE` times a second, less often when a push was costly, and
a quiet logdir is polled more slowly. Everything runs in a daemon thread: training keeps the main thread, and nothing
waits for the page.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir

__all__ = ["MAX_RATE", "Refresher", "Subscriber", "refresher", "refreshers", "stop_all"]

MAX_RATE = 4.0
"""Pushes a second, at most."""

_QUIET = 0.75
"""Longest pause in seconds between two looks at a quiet logdir."""

_logger = logging.getLogger(__name__)


class Subscriber(Protocol):
    """What a refresher keeps up to date."""

    def push(self) -> None:
        """Send what is new to the page. Called on the refresher's thread."""


class Refresher:
    """Poll one `LogDir` for its subscribers.

    Parameters
    ----------
    log
        The log to refresh.
    owned
        Close the log when the last subscriber leaves.
    """

    def __init__(self, log: LogDir, *, owned: bool) -> None:
        self.log = log
        self._owned = owned
        self._lock = threading.Lock()
        self._subscribers: list[Subscriber] = []
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    @property
    def running(self) -> bool:
        """Is the thread alive."""
        return self._thread is not None and self._thread.is_alive()

    def subscribe(self, subscriber: Subscriber) -> None:
        """Add a subscriber; the first one starts the thread."""
        with self._lock:
            if subscriber not in self._subscribers:
                self._subscribers = [*self._subscribers, subscriber]
            if not self.running or self._stop.is_set():
                self._stop = threading.Event()
                name = f"cellboard-live {self.log.path.name}"
                self._thread = threading.Thread(target=self._run, args=(self._stop,), name=name, daemon=True)
                self._thread.start()

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Remove a subscriber; with the last one the thread ends."""
        with self._lock:
            self._subscribers = [known for known in self._subscribers if known is not subscriber]
            if self._subscribers:
                return
        self.stop()

    def stop(self) -> None:
        """End the thread now, whoever is subscribed."""
        with self._lock:
            self._subscribers = []
            self._stop.set()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=5)
        _forget(self)

    def _run(self, stop: threading.Event) -> None:
        pause = 1 / MAX_RATE
        while not stop.wait(pause):
            started = time.monotonic()
            changed = self._refresh()
            for subscriber in self._subscribers:
                if stop.is_set():
                    return
                self._push(subscriber)
            spent = time.monotonic() - started
            pause = _next_pause(pause, spent, changed)

    def _refresh(self) -> bool:
        try:
            return self.log.refresh()
        except Exception:
            _logger.exception("Reading %s failed; trying again", self.log.path)
            return False

    def _push(self, subscriber: Subscriber) -> None:
        try:
            subscriber.push()
        except Exception:
            _logger.exception("Updating a board of %s failed; trying again", self.log.path)


def _next_pause(pause: float, spent: float, changed: bool) -> float:
    """Return how long to wait: within the rate, twice what the last round took, longer while nothing changes."""
    shortest = max(1 / MAX_RATE, 2 * spent)
    return shortest if changed else max(shortest, min(pause * 1.5, _QUIET))


_registry: dict[object, Refresher] = {}
_registry_lock = threading.Lock()


def refresher(logdir: str | os.PathLike[str] | LogDir) -> Refresher:
    """Return the one refresher of *logdir*; a path is opened on first use and closed again after the last board.

    A `LogDir` that the caller opened is never closed here.
    """
    from ..eventlog import LogDir

    key: object
    if isinstance(logdir, LogDir):
        key, path = id(logdir), None
    else:
        path = Path(logdir).expanduser().resolve()
        key = path
    with _registry_lock:
        known = _registry.get(key)
        if known is None:
            known = (
                Refresher(logdir, owned=False) if isinstance(logdir, LogDir) else Refresher(LogDir(path), owned=True)
            )
            _registry[key] = known
        return known


def refreshers() -> list[Refresher]:
    """Return the refreshers in use."""
    with _registry_lock:
        return list(_registry.values())


def _forget(gone: Refresher) -> None:
    with _registry_lock:
        for key in [key for key, known in _registry.items() if known is gone]:
            del _registry[key]
    if gone._owned:
        gone.log.close()


def stop_all() -> None:
    """End every thread of this module (also done when the interpreter exits)."""
    for known in refreshers():
        known.stop()


atexit.register(stop_all)
