"""Events of several processes in one order: the process that made the writer counts their steps and logs them.

Every other process opens a connection of its own to it, sends an event without a step, and waits until it was taken: so
the steps of a tag rise in the file, whoever logged. A process that is killed takes only its own connection with it.
"""

from __future__ import annotations

import contextlib
import hmac  # noqa: F401 (a connection's greeting imports it: were that under way in a thread, a fork would never end it)
import os
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from typing import Any

from ..messages import Event, parse

__all__ = ["Counted", "Link", "Server"]

_TAKEN = b"taken"
_FLUSH = b"flush"
_PAUSE = 0.02  # seconds
_POLL = 1.0  # seconds between looks at whether the other process is still there


class Counted:
    """The next step of each tag, by kind of summary."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def next(self, kind: str, tag: str) -> int:
        """Return 0 for the first summary of a tag, 1 for the second and so on."""
        step = self._counts[kind, tag]
        self._counts[kind, tag] = step + 1
        return step


class Server:
    """Takes events from other processes, on threads of its own.

    Parameters
    ----------
    take
        A method that is called with the kind of a summary and its Event, which has no step yet.
    flush
        A method that is called when another process flushes.
    """

    def __init__(
        self, take: weakref.WeakMethod[Callable[[str, Any], None]], flush: weakref.WeakMethod[Callable[[], None]]
    ) -> None:
        self._take, self._flush, self._stopped = take, flush, False
        self._process = os.getpid()
        self.key = os.urandom(32)
        self._listener = Listener(authkey=self.key)
        self.address: Any = self._listener.address
        threading.Thread(target=self._accept, name="cellboard-counter", daemon=True).start()

    def stop(self) -> None:
        """Take no more connections."""
        if os.getpid() == self._process:
            self._stopped = True
            with contextlib.suppress(OSError, EOFError, AuthenticationError):
                Client(self.address, authkey=self.key).close()  # wakes the thread that waits for one

    def _accept(self) -> None:
        while not self._stopped:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError, AuthenticationError):  # somebody without the key, or gone already
                time.sleep(_PAUSE)  # or no file descriptor is left
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()
        self._listener.close()

    def _serve(self, connection: Connection) -> None:
        with contextlib.suppress(EOFError, OSError), connection:
            while True:
                message = connection.recv_bytes()
                take, flush = self._take(), self._flush()
                if take is None or flush is None:
                    return
                if message == _FLUSH:
                    flush()
                else:
                    kind, _, payload = message.partition(b"\0")
                    take(kind.decode(), parse(payload, Event))
                connection.send_bytes(_TAKEN)


class Link:
    """The way from another process to the server.

    Parameters
    ----------
    address, key
        Of the server.
    owner
        Id of the process that it is in.
    """

    def __init__(self, address: Any, key: bytes, owner: int) -> None:
        self._address, self._key, self._owner = address, key, owner
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    def send(self, kind: str, event: Any) -> None:
        """Return when the event was taken.

        Raises
        ------
        OSError, EOFError
            If the server is gone.
        """
        self._ask(kind.encode() + b"\0" + event.SerializeToString())

    def flush(self) -> None:
        """Return when the server has flushed. Raises as `send` does."""
        self._ask(_FLUSH)

    def _ask(self, message: bytes) -> None:
        with self._lock:
            if self._connection is None:
                self._check_owner()
                self._connection = Client(self._address, authkey=self._key)
            try:
                self._connection.send_bytes(message)
                while not self._connection.poll(_POLL):
                    self._check_owner()
                self._connection.recv_bytes()
            except BaseException:  # an interrupt too: the answer to this message must not be taken for another's
                self._connection.close()
                self._connection = None
                raise

    def _check_owner(self) -> None:
        # Its sockets outlive it in the processes that were forked from it, so their end is no sign of its own.
        if os.name == "posix":
            os.kill(self._owner, 0)
