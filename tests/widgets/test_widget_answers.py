"""What the page says to a board: alone, whatever thread it comes on, and on the thread that the page asked for."""

from __future__ import annotations

import threading
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cellboard import SummaryWriter, widgets
from cellboard.widgets.answers import Answers
from cellboard.widgets.teardown import walk

pytestmark = pytest.mark.usefixtures("no_thread_left")


class Comm:
    """A comm of ipykernel 7.4, as far as a board goes."""

    def __init__(self) -> None:
        self.taken: Callable[[Any], None] | None = None

    def on_msg(self, take: Callable[[Any], None]) -> None:
        self.taken = take

    def _reply_subshell_for(self, data: Any, default: str | None) -> str | None:
        return None


@pytest.fixture
def board(small_log: Path) -> Any:
    board = widgets.scalars(small_log, live=False)
    yield board
    board.close()


def heard(board: Any) -> Comm:
    """The comm of the smoothing slider, listened to; ipywidgets 7 would take no such comm."""
    part = types.SimpleNamespace(comm=Comm(), _handle_msg=board._smoothing.set_state)
    Answers(board, board.lock)._listen(part)
    return part.comm


def test_a_message_waits_until_nobody_draws(board: Any) -> None:
    comm = heard(board)
    assert comm.taken is not None
    sender = threading.Thread(target=comm.taken, args=({"value": 0.5},))
    with board.lock:
        sender.start()
        sender.join(0.2)
        assert sender.is_alive()
        assert board.smoothing == 0
    sender.join(10)
    assert board.smoothing == 0.5
    assert board.charts["lr"].lines["alpha"].y.ndim == 2


def test_the_page_says_which_subshell_answers(board: Any) -> None:
    assert Comm()._reply_subshell_for({}, "subshell-1") is None
    assert heard(board)._reply_subshell_for({}, "subshell-1") == "subshell-1"


def test_parts_made_later_are_heard_too(board: Any, small_log: Path) -> None:
    found: list[str] = []
    answers = Answers(board, board.lock)
    answers._listen = lambda part: found.append(part.model_id)  # type: ignore[method-assign]
    answers.widen()
    first = len(found)
    answers.widen()
    assert len(found) == first == len([part for part in walk(board) if part.comm is not None])
    if not first:
        pytest.skip("ipywidgets 7 opens no comms without a kernel")
    with SummaryWriter(str(small_log / "gamma")) as writer:
        writer.add_scalar("accuracy", 1.0, 0)
    board.refresh()
    answers.widen()
    assert len(found) > first
    assert len(set(found)) == len(found)


def test_a_board_that_no_page_shows_any_more_rests_until_one_does(small_log: Path) -> None:
    board = widgets.scalars(small_log)
    assert board.get_state()["_view_count"] == 0
    board._view_count = 1
    assert board.live
    board._view_count = 0
    assert not board.live
    assert "paused" in repr(board)
    board._view_count = 1
    assert board.live
    board.pause()
    board._view_count = 2
    assert not board.live, "who paused it wants it so"
    board.close()


def test_a_page_opened_anew_counts_from_nothing(board: Any) -> None:
    board._view_count = 1
    assert board.get_state()["_view_count"] == 0
    assert board.get_state("_view_count") == {"_view_count": 1}
