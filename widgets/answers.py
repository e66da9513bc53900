"""What the page says to a board: one thing at a time, and while a cell runs where that can be.

A message from the page is taken in by the kernel's main thread, between cells; where kernel and front end have
subshells (ipykernel 7, JupyterLab 4.4), by a thread of its own, at any time. A board is pushed to from another thread,
so whatever comes from the page waits for the board's lock: no callback sees a board that is half drawn.

ipykernel 7.4 sends a message to the thread that last published on its comm, which for a board made in a cell is the
main thread: a slider would wait until training is over, although the front end named a subshell. Here the front end is
taken at its word, as in every other version.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import ipywidgets

from .teardown import walk

__all__ = ["Answers"]


class Answers:
    """Takes in what the page says to the widgets of one board.

    Parameters
    ----------
    root
        The board.
    lock
        Held while a message is taken in.
    """

    def __init__(self, root: ipywidgets.Widget, lock: AbstractContextManager[Any]) -> None:
        self._root, self._lock = root, lock
        self._known: set[str] = set()
        self._newest: str | None = None

    def widen(self, leave: Sequence[ipywidgets.Widget] = ()) -> None:
        """Take in the messages of parts that are new since the last time, except of those to *leave* (other boards)."""
        newest = _newest_widget()
        if newest is not None and newest == self._newest:
            return
        self._newest = newest
        parts = {part.model_id: part for part in walk(self._root, leave) if part.comm is not None}
        for model in parts.keys() - self._known:
            self._listen(parts[model])
        self._known = set(parts)

    def _listen(self, part: ipywidgets.Widget) -> None:
        comm = part.comm
        if hasattr(comm, "on_msg"):
            comm.on_msg(_one_at_a_time(part._handle_msg, self._lock))
        if hasattr(comm, "_reply_subshell_for"):
            comm._reply_subshell_for = _as_the_page_asked


def _one_at_a_time(take: Callable[[Any], None], lock: AbstractContextManager[Any]) -> Callable[[Any], None]:
    def take_alone(message: Any) -> None:
        with lock:
            take(message)

    return take_alone


def _as_the_page_asked(data: Any, subshell: str | None) -> str | None:
    return subshell


def _newest_widget() -> str | None:
    """Return the id of the widget made last in this kernel, whoever made it; None if that cannot be told now."""
    from ipywidgets.widgets import widget

    known = getattr(widget, "_instances", None)
    if known is None:  # ipywidgets 7
        known = ipywidgets.Widget.widgets
    try:
        return next(reversed(known), None)
    except RuntimeError:  # another thread makes one at this moment
        return None
