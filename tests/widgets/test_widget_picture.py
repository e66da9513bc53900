"""A board's picture in the notebook: when it is drawn anew, and that it is current when a cell has ended."""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from cellboard import widgets
from cellboard.widgets import busy, picture
from cellboard.widgets.picture import Picture
from cellboard.widgets.shown import Shown
from cellboard.widgets.teardown import walk

pytestmark = pytest.mark.usefixtures("no_thread_left")

Run = Callable[[Sequence[str]], Any]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, bool]]:
    """The pictures that reach the page: id, text, whether in place of the one before."""
    found: list[tuple[str, str, bool]] = []

    def publish(data: dict[str, str], metadata: Any = None, *, transient: Any, update: bool = False) -> None:
        found.append((transient["display_id"], data["text/plain"], update))

    monkeypatch.setattr(picture, "_publisher", lambda: types.SimpleNamespace(publish=publish))
    monkeypatch.setattr("IPython.display.publish_display_data", publish)
    return found


class Counting:
    """A board that shows something else each time."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self) -> Shown:
        self.drawn += 1
        return Shown("Board", "runs", str(self.drawn))


def test_the_picture_follows_at_a_distance(sent: list[tuple[str, str, bool]], monkeypatch: pytest.MonkeyPatch) -> None:
    board, now = Counting(), [100.0]
    monkeypatch.setattr(picture, "time", types.SimpleNamespace(monotonic=lambda: now[0], thread_time=lambda: 0.0))
    monkeypatch.setattr(busy, "is_busy", lambda: True)
    kept = Picture(board)
    kept.changed()
    kept.follow(at_once=True)
    assert not sent, "it is not shown yet"
    kept.show()
    kept.follow(at_once=True)
    assert len(sent) == 1, "nothing changed"
    for wait, number in ((0, 2), (5, 2), (4, 2), (2, 3), (1, 3)):
        now[0] += wait
        kept.changed()
        kept.follow()
        assert len(sent) == number
    kept.follow(at_once=True)
    assert [update for _, _, update in sent] == [False, True, True, True]
    assert len({display for display, _, _ in sent}) == 1
    assert sent[-1][1] == "Board of runs: 4"


def test_costly_pictures_are_drawn_less_often(
    sent: list[tuple[str, str, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(1000))
    fake = types.SimpleNamespace(monotonic=lambda: 0.0, thread_time=lambda: next(clock) / 10)
    monkeypatch.setattr(picture, "time", fake)
    monkeypatch.setattr(busy, "is_busy", lambda: True)
    kept = Picture(Counting())
    kept.show()
    kept.changed()
    kept.follow()
    assert kept._next == pytest.approx(0.1 / picture._SHARE)


def test_what_is_clicked_while_nobody_follows_is_drawn_in_a_moment(
    sent: list[tuple[str, str, bool]], monkeypatch: pytest.MonkeyPatch, wait_for: Callable[[Callable[[], bool]], None]
) -> None:
    monkeypatch.setattr(picture, "_EVERY_IDLE", 0.1)
    kept = Picture(Counting())
    kept.show()
    for _ in range(5):
        kept.changed(alone=True)
    wait_for(lambda: len(sent) == 2)
    kept.changed(alone=True)
    kept.drop()
    assert kept._timer is not None
    kept._timer.join(10)
    assert len(sent) == 2


def test_a_board_in_tabs_shares_the_picture_and_answers_for_itself(
    small_log: Path, sent: list[tuple[str, str, bool]]
) -> None:
    board = widgets.inline(small_log, live=False)
    (scalars,) = board.boards.values()
    inner = {part.model_id for part in walk(scalars) if part.comm is not None}
    assert not board._answers._known & inner
    assert scalars._answers._known == inner
    board._picture.show()
    scalars.smoothing = 0.5
    board._picture.follow(at_once=True)
    assert [update for _, _, update in sent] == [False, True]
    assert board._picture._last is not None
    assert "smoothed" in board._picture._last["text/html"]
    board.close()
    assert not board.boards


def test_a_closed_board_draws_no_more(small_log: Path, sent: list[tuple[str, str, bool]]) -> None:
    board = widgets.scalars(small_log, live=False)
    board._picture.show()
    board.smoothing = 0.5
    board.close()
    assert len(sent) == 2, "what was seen last"
    board._picture.follow(at_once=True)
    assert len(sent) == 2


TRAIN = """
from cellboard import SummaryWriter
writer = SummaryWriter("logs/first")
for step in range(1234):
    writer.add_scalar("loss", 1 / (step + 1), step)
"""


@pytest.mark.parametrize("kind", ["scalars", "inline"])
def test_the_picture_is_current_when_a_cell_has_ended(kernel: Run, kind: str) -> None:
    with_nothing = "print('no picture of a board that is closed', board.close())"
    show = f"import cellboard.widgets as w; board = w.{kind}('logs'); board"
    done = kernel([show, TRAIN, with_nothing])
    _, kept = done.forms(0)
    assert ">1,233<" in kept["text/html"]
    assert "data:image/svg+xml," in kept["text/html"]
    assert kept["text/plain"].startswith(("Scalars of", "Board of"))


def test_captured_output_is_left_alone(kernel: Run) -> None:
    show = "import cellboard.widgets as w; board = w.scalars('logs'); board"
    capture = (
        "%%capture kept\n" + TRAIN.strip() + "\nwriter.flush(); board.refresh(); board._picture.follow(at_once=True)"
    )
    done = kernel([show, capture, "print(len(kept.outputs))"])
    assert done.text(2).strip() == "0"
    _, picture = done.forms(0)
    assert ">1,233<" in picture["text/html"]


def test_a_board_without_a_kernel_is_its_name(small_log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = widgets.scalars(small_log, live=False)
    board._ipython_display_()
    assert capsys.readouterr().out.startswith("ScalarBoard(")
    assert board._picture._last is None
    board.close()
