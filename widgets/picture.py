"""The picture of a board in the notebook, kept up to date so that what is saved shows what was seen.

A board that is shown leaves two outputs: the widget, and below it a picture (see `snapshot`) that is hidden by a style
sheet inside the board for as long as the board is on the page. Without a kernel, in an export, or once the board was
closed, there is no board to hide it. The two are apart because an output whose bundle changes is drawn anew, and a
widget would lose its place with each new picture.

The picture follows the board at a distance: drawing it costs time, sending it makes the notebook unsaved. It is
certain to be current when a cell ends.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import busy

if TYPE_CHECKING:
    from .shown import Shown

__all__ = ["Picture"]

_EVERY_BUSY = 10.0
"""Seconds between two pictures while a cell runs."""

_EVERY_IDLE = 2.0
"""Seconds between two pictures while none runs: time to move a slider on."""

_SHARE = 0.002
"""Share of one processor that pictures take, at most, while a cell runs."""


class Picture:
    """The picture of one board.

    Parameters
    ----------
    shown
        Says what the board shows now.
    """

    def __init__(self, shown: Callable[[], Shown]) -> None:
        self._shown = shown
        self._name = f"cellboard-of-{secrets.token_hex(6)}"
        self._lock = threading.Lock()
        self._last: dict[str, str] | None = None
        self._stale, self._next = False, 0.0
        self._timer: threading.Timer | None = None

    @property
    def hiding(self) -> str:
        """The style that hides the picture, for the board to carry."""
        return f".{self._name},.jp-OutputArea-child:has(.{self._name}){{display:none}}"

    def show(self) -> None:
        """Put the picture below the output that was just made."""
        if _publisher() is None:
            return
        from IPython.display import publish_display_data

        with self._lock:
            self._last, self._stale = self._draw(), False
            publish_display_data(self._last, transient={"display_id": self._name})

    def changed(self, *, alone: bool = False) -> None:
        """Note that the board shows something else now.

        Parameters
        ----------
        alone
            Nobody calls `follow` later: it is done by itself, in a moment.
        """
        self._stale = True
        if alone and self._last is not None and (self._timer is None or not self._timer.is_alive()):
            self._timer = threading.Timer(_EVERY_IDLE, self.follow, kwargs={"at_once": True})
            self._timer.daemon = True
            self._timer.start()

    def follow(self, *, at_once: bool = False) -> None:
        """Bring the picture up to date if it is time for that, or *at_once*."""
        if self._last is None or not self._stale or (not at_once and time.monotonic() < self._next):
            return
        publisher = _publisher()
        if publisher is None:
            return
        with self._lock:
            self._stale, cost = False, time.thread_time()
            made = self._draw()
            if made != self._last:
                self._last = made
                publisher.publish(data=made, metadata={}, transient={"display_id": self._name}, update=True)
            cost = time.thread_time() - cost
            pause = max(_EVERY_BUSY, cost / _SHARE) if busy.is_busy() else _EVERY_IDLE
            self._next = time.monotonic() + pause

    def drop(self) -> None:
        """The board is closed: what was drawn last stays."""
        self._stale = False
        if self._timer is not None:
            self._timer.cancel()

    def _draw(self) -> dict[str, str]:
        from .snapshot.page import bundle

        return bundle(self._shown(), self._name)


def _publisher() -> Any:
    """Return what sends outputs to the page; None in a terminal, and while a cell's output is captured."""
    from IPython import get_ipython

    publisher = getattr(get_ipython(), "display_pub", None)
    return publisher if hasattr(publisher, "pub_socket") else None
