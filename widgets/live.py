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

_SHARE = 9.0
"""A round that took t seconds is followed by a pause of 9 t, so that training keeps nine tenths of the time, …"""

_FRESH = 1.5
"""… but of no more than these seconds for that reason alone: new points are to be seen within two."""

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
        Close the log when nobody holds it any more.
    """

    def __init__(self, log: LogDir, *, owned: bool) -> None:
        self.log = log
        self._owned = owned
        self._lock = threading.Lock()
        self._holders: list[Subscriber] = []
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
            self._subscribers = [*_without(self._subscribers, subscriber), subscriber]
            if not self.running or self._stop.is_set():
                self._stop = threading.Event()
                name = f"cellboard-live {self.log.path.name}"
                self._thread = threading.Thread(target=self._run, args=(self._stop,), name=name, daemon=True)
                self._thread.start()

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Remove a subscriber; with the last one the thread ends. The log stays open while it is held."""
        with self._lock:
            self._subscribers = _without(self._subscribers, subscriber)
            if self._subscribers:
                return
        self.stop()

    def release(self, holder: Subscriber) -> None:
        """Let go of the log; with the last holder it is closed, if it was opened here."""
        self.unsubscribe(holder)
        with _registry_lock:
            self._holders = _without(self._holders, holder)
            if self._holders:
                return
            _forget(self)
        if self._owned:
            self.log.close()

    def stop(self) -> None:
        """End the thread now, whoever is subscribed."""
        with self._lock:
            self._subscribers = []
            self._stop.set()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=5)

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
    """Return how long to wait: within the rate, leaving training its time, longer while nothing changes."""
    shortest = max(1 / MAX_RATE, min(_SHARE * spent, _FRESH), 2 * spent)
    return shortest if changed else max(shortest, min(pause * 1.5, _QUIET))


_registry: dict[object, Refresher] = {}
_registry_lock = threading.Lock()


def refresher(logdir: str | os.PathLike[str] | LogDir, holder: Subscriber) -> Refresher:
    """Return the one refresher of *logdir*, held by *holder* until it calls `Refresher.release`.

    A path is opened by its first holder and closed after the last. A `LogDir` that the caller opened is never closed
    here.
    """
    from ..eventlog import LogDir

    key = id(logdir) if isinstance(logdir, LogDir) else Path(logdir).expanduser().resolve()
    with _registry_lock:
        known = _registry.get(key)
        if known is None:
            owned = not isinstance(logdir, LogDir)
            log = logdir if isinstance(logdir, LogDir) else LogDir(Path(logdir))
            known = _registry[key] = Refresher(log, owned=owned)
        known._holders.append(holder)
        return known


def refreshers() -> list[Refresher]:
    """Return the refreshers in use."""
    with _registry_lock:
        return list(_registry.values())


def _forget(gone: Refresher) -> None:
    for key in [key for key, known in _registry.items() if known is gone]:
        del _registry[key]


def _without(some: list[Subscriber], one: Subscriber) -> list[Subscriber]:
    # By identity: widgets may compare as they like.
    return [known for known in some if known is not one]


def stop_all() -> None:
    """End every thread of this module (also done when the interpreter exits)."""
    for known in refreshers():
        known.stop()


atexit.register(stop_all)
