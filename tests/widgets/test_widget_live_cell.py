"""``%%board`` over a cell that trains, in a real IPython kernel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

Run = Callable[[Sequence[str]], Any]

SET_UP = """
%load_ext cellboard
from cellboard import SummaryWriter
from cellboard.widgets.lifetime import _cells
writer = SummaryWriter("logs/first")
def shown():
    return [board for boards in _cells.values() for board in boards]
"""

TRAIN = """%%board --logdir logs --tags 'loss|acc'
import time
seen = set()
for step in range(40):
    writer.add_scalar("loss", 1 / (step + 1), step)
    writer.add_scalar("lr", 0.1, step)
    writer.flush()
    time.sleep(0.06)
    [board] = shown()
    seen |= {len(chart.lines["first"].x) for chart in board.charts.values() if "first" in chart.lines}
print(sorted(seen), list(board.charts), board.live)
"""


def test_charts_grow_above_the_cells_own_output_while_it_runs(kernel: Run) -> None:
    done = kernel([SET_UP, TRAIN, "print(shown()[0].live, len(shown()))"])
    first, picture, *rest = done.notebook.cells[1].outputs
    assert "application/vnd.jupyter.widget-view+json" in first["data"]
    assert "text/html" in picture["data"]
    assert [output["output_type"] for output in rest] == ["stream"]
    lengths, rest_of_it = done.text(1).split("]", 1)
    seen = [int(number) for number in lengths.strip("[").split(",")]
    assert len(seen) > 3
    assert 0 < seen[-1] <= 40
    assert rest_of_it.strip() == "['loss'] True"
    # Other writers may still hold events back, so the board is live for a while.
    assert done.text(2).split() == ["True", "1"]
    (line,) = done.of("LinesModel")
    assert len(done.floats(line["x"])) == 40


def test_tabs_come_while_the_cell_runs(kernel: Run) -> None:
    cell = """%%board inline --logdir logs --smoothing 0.5
import time
[board] = shown()
first = board.tab
writer.add_scalar("loss", 1.0, 0)
writer.flush()
while not board.boards:
    time.sleep(0.02)
writer.add_scalar("loss", 3.0, 1)
print(first, board.tab, board.boards["scalars"].smoothing)
"""
    done = kernel([SET_UP, cell])
    assert done.text(1).split() == ["None", "scalars", "0.5"]
    (line,) = done.of("LinesModel")
    assert done.floats(line["x"]).tolist() == [0, 1]
    assert done.floats(line["y"]).shape == (2, 2)


def test_a_board_settles_once_nothing_more_comes(kernel: Run) -> None:
    shorten = "import cellboard.widgets.board as b; b.SETTLED = 0.5"
    wait = """
import time, threading
[board] = shown()
deadline = time.monotonic() + 20
live = lambda: [t.name for t in threading.enumerate() if t.name.startswith("cellboard-live")]
while (board.live or live()) and time.monotonic() < deadline:
    time.sleep(0.05)
print(board.live, len(board.charts["loss"].lines["first"].x))
print(live())
"""
    done = kernel([SET_UP, shorten, "%%board --logdir logs\nwriter.add_scalar('loss', 1, 0)", wait])
    assert done.text(3).splitlines() == ["False 1", "[]"]


def test_an_error_in_the_cell_is_its_own(kernel: Run) -> None:
    cell = "%%board --logdir logs\nfirst = 1\n1 / 0"
    with pytest.raises(Exception, match="ZeroDivisionError") as failure:
        kernel([SET_UP, cell])
    said = re.sub(r"\x1b\[[\d;]*m", "", str(failure.value))
    assert "----> 3 1 / 0" in said
    assert "magics" not in said


def test_the_last_expression_is_shown_and_await_works(kernel: Run) -> None:
    done = kernel([SET_UP, "%%board --logdir logs\nimport asyncio\nawait asyncio.sleep(0)\n6 * 7"])
    assert done.notebook.cells[1].outputs[-1]["data"]["text/plain"] == "42"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("%%board", "no logdir given"),
        (
            "%%board bars --logdir logs",
            "%%board shows inline, scalars, images",
        ),
        ("%%board --logdir logs --tag x", "Did you mean --tags?"),
        ("%%board images --logdir logs --tags '('", "is not a regular expression"),
    ],
)
def test_what_is_wrong_is_said_and_the_cell_runs(kernel: Run, line: str, said: str) -> None:
    done = kernel([SET_UP, f"{line}\nprint('trained')"])
    assert said in done.text(1)
    assert "trained" in done.text(1)
    assert "Traceback" not in done.text(1)


def test_another_word_that_begins_so_is_left_alone() -> None:
    from cellboard.magics.board import live_cell

    for lines in ([], ["%%boards x\n"], [" x\n", "%%board --logdir a\n"], ["%board list\n"]):
        assert live_cell(lines) == lines
    assert live_cell(["%%board --logdir 'a b'  \n", "x\n"]) == [
        "get_ipython().run_line_magic('board', \"live --logdir 'a b'\")\n",
        "x\n",
    ]
