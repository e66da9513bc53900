from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.widgets import live, pace, scalars

pytestmark = pytest.mark.usefixtures("no_thread_left")

Wait = Callable[[Callable[[], bool]], None]


class Counter:
    def __init__(self, error: Exception | None = None) -> None:
        self.pushes = 0
        self.error = error

    def push(self) -> None:
        self.pushes += 1
        if self.error:
            raise self.error


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("cellboard-live")]


def test_one_thread_serves_every_board_of_a_logdir(small_log: Path) -> None:
    boards = [scalars(small_log), scalars(str(small_log)), scalars(small_log / ".." / small_log.name)]
    assert len(threads()) == 1
    assert threads()[0].daemon
    assert len({id(board.logdir) for board in boards}) == 1
    boards[0].close()
    boards[1].close()
    assert len(threads()) == 1
    boards[2].close()
    assert not threads()
    assert not live.refreshers()


def test_an_open_log_is_shared_and_stays_open(small_log: Path) -> None:
    with LogDir(small_log) as log:
        board = scalars(log)
        assert board.logdir is log
        board.close()
        log.refresh()
        assert len(log.runs["alpha"].scalars["lr"]) == 10


def test_pushes_are_throttled_and_follow_the_log(small_log: Path, wait_for: Wait) -> None:
    counter = Counter()
    refresher = live.refresher(small_log, counter)
    started = time.monotonic()
    refresher.subscribe(counter)
    with SummaryWriter(str(small_log / "alpha")) as writer:
        while time.monotonic() < started + 1.5:
            writer.add_scalar("lr", 1.0, 100)
            writer.flush()
            time.sleep(0.01)
    refresher.release(counter)
    assert 1 <= counter.pushes <= pace.MAX_RATE * (time.monotonic() - started) + 1


def test_a_failing_board_does_not_stop_the_others(
    small_log: Path, wait_for: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = Counter(RuntimeError("no such trait")), Counter()
    refresher = live.refresher(small_log, good)
    refresher.subscribe(bad)
    refresher.subscribe(good)
    wait_for(lambda: good.pushes >= 2)
    live.stop_all()
    refresher.release(good)
    assert "no such trait" in caplog.text
    assert not refresher.running


def test_a_board_can_leave_from_within_its_push(small_log: Path, wait_for: Wait) -> None:
    class Leaver(Counter):
        def push(self) -> None:
            super().push()
            refresher.release(self)

    leaver = Leaver()
    refresher = live.refresher(small_log, leaver)
    refresher.subscribe(leaver)
    wait_for(lambda: not threads())
    assert leaver.pushes == 1


def test_the_log_stays_open_for_a_board_that_stands_still(small_log: Path) -> None:
    still, moving = scalars(small_log, live=False), scalars(small_log)
    moving.close()
    assert live.refreshers()
    with SummaryWriter(str(small_log / "alpha")) as writer:
        writer.add_scalar("lr", 1.0, 100)
    still.refresh()
    assert len(still.charts["lr"].lines["alpha"].x) == 11
    still.close()
    assert not live.refreshers()


def test_a_logdir_can_be_shown_again_after_its_last_board_closed(small_log: Path) -> None:
    for _ in range(3):
        board = scalars(small_log)
        assert len(board.charts["lr"].lines["alpha"].x) == 10
        board.close()


def test_the_interpreter_ends_with_a_board_open(small_log: Path) -> None:
    script = f"from cellboard.widgets import scalars; board = scalars({str(small_log)!r}); print(board)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert "live" in done.stdout
    assert "Traceback" not in done.stderr
