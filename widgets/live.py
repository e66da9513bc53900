"""The thread that keeps boards up to date.

One logdir has one `Refresher`, however many boards show it. While at least one board is subscribed its thread reads
what is new (`LogDir.refresh`) and lets each board push; with no board left the thread ends, and the log is closed if
the refresher opened it. Everything runs in a daemon thread: training keeps the main thread, and nothing waits for the
page. How often the thread does its round, `pace` says.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from . import busy
from .pace import Pace

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir

__all__ = ["Refresher", "Subscriber", "refresher", "refreshers", "stop_all"]

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
        busy.watch()
        with self._lock:
            self._subscribers = [*_without(self._subscribers, subscriber), subscriber]
            if not self.running or self._stop.is_set():
                self._stop = threading.Event()
                name = f"cellboard-live {self.log.path.name}"
                self._thread = threading.Thread(target=self._run, args=(self._stop,), name=name, daemon=True)
                self._thread.start()

    def unsubscribe(self, subscriber: Subscriber, *, wait: bool = True) -> None:
        """Remove a subscriber; with the last one the thread ends. The log stays open while it is held.

        Who holds a lock that a push needs does not *wait* for the thread's end.
        """
        with self._lock:
            self._subscribers = _without(self._subscribers, subscriber)
            if self._subscribers:
                return
        self.stop(wait=wait)

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

    def stop(self, *, wait: bool = True) -> None:
        """End the thread now, whoever is subscribed."""
        with self._lock:
            self._subscribers = []
            self._stop.set()
            thread = self._thread
        if wait and thread is not None and thread is not threading.current_thread():
            thread.join(timeout=5)

    def _run(self, stop: threading.Event) -> None:
        pace = Pace()
        while not stop.wait(pace.pause):
            started, cost = time.monotonic(), time.thread_time()
            changed = self._refresh()
            for subscriber in self._subscribers:
                if stop.is_set():
                    return
                self._push(subscriber)
            spent, cost = time.monotonic() - started, time.thread_time() - cost
            pace.after(spent=spent, cost=cost, changed=changed, busy=busy.is_busy())

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
