"""Boards in a real IPython kernel: what reaches the page, during a cell and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

Run = Callable[[Sequence[str]], Any]

WRITE = """
import numpy as np
from cellboard import SummaryWriter
writer = SummaryWriter("logs/first")
def log(step):
    writer.add_scalar("loss", 1 / (step + 1), step)
    writer.add_histogram("weights", np.linspace(0, 1, 50) + step, step)
    writer.add_image("samples", np.full((4, 5), step % 256, np.uint8), step, dataformats="HW")
    writer.add_text("note", f"step {step}", step)
    writer.flush()
for step in range(3):
    log(step)
"""

THREADS = "print([t.name for t in __import__('threading').enumerate() if t.name.startswith('cellboard')])"


@pytest.mark.parametrize("magic", [True, False])
def test_boards_reach_the_page(kernel: Run, magic: bool) -> None:
    kinds = ("scalars", "images", "histograms", "text")
    shows = [
        f"%board {kind} --logdir logs" if magic else f"import cellboard.widgets\ncellboard.widgets.{kind}('logs')"
        for kind in kinds
    ]
    done = kernel([WRITE, "%load_ext cellboard", *shows])
    for cell in range(2, 6):
        forms, picture = done.forms(cell)
        assert "application/vnd.jupyter.widget-view+json" in forms
        assert "data:image/" in picture["text/html"] or "step 2" in picture["text/html"]
        assert len(forms["text/plain"]) <= 111
    (line,) = [state for state in done.of("LinesModel") if state["labels"] == ["first"]]
    assert done.floats(line["x"]).tolist() == [0, 1, 2]
    assert done.floats(line["y"]) == pytest.approx([1, 1 / 2, 1 / 3])
    assert len(done.of("ImageModel")) == 1
    assert done.of("ImageModel")[0]["value"].startswith(b"\x89PNG")
    (bars,) = [state for state in done.of("BarsModel") if state["tooltip"] is None]
    assert done.floats(bars["y"]).sum() == pytest.approx(50)
    assert any("step 2" in state["value"] for state in done.of("HTMLModel"))


def test_a_board_grows_while_another_cell_trains(kernel: Run) -> None:
    train = """
import time
seen = set()
for step in range(3, 40):
    log(step)
    time.sleep(0.08)
    seen.add(len(board.charts["loss"].lines["first"].x))
print(sorted(seen))
"""
    done = kernel([WRITE, "import cellboard.widgets as w; board = w.scalars('logs'); board", train])
    seen = [int(number) for number in done.text(2).strip("[]\n").split(",")]
    assert len(seen) > 3
    (line,) = done.of("LinesModel")
    # No cell ran after the training: what the page has came from the thread, while the kernel was busy.
    assert len(done.floats(line["x"])) >= seen[-1] > 10


def test_every_kind_grows_while_a_cell_trains(kernel: Run) -> None:
    show = (
        "import cellboard.widgets as w\nfor kind in ('images', 'histograms', 'text'): display(getattr(w, kind)('logs'))"
    )
    done = kernel([WRITE, show, "import time\nfor step in range(3, 30):\n    log(step)\n    time.sleep(0.1)"])
    steps = [slider["max"] for slider in done.of("IntSliderModel")]
    assert len(steps) == 3
    assert min(steps) > 10


def test_running_the_cell_again_ends_the_board_it_showed(kernel: Run) -> None:
    again = "%board scalars --logdir logs"
    rerun = f"get_ipython().run_cell({again!r}, store_history=True); {THREADS}"
    count = (
        "from cellboard.widgets.lifetime import _cells\nprint(sum(map(len, _cells.values())))\n"
        "import ipywidgets; print(sum(type(w).__name__ == 'ScalarBoard' for w in __import__('gc').get_objects() "
        "if isinstance(w, ipywidgets.Widget) and w.comm is not None))"
    )
    done = kernel([WRITE, "%load_ext cellboard", again, rerun, rerun, count, THREADS])
    assert done.text(5).split() == ["1", "1"]
    assert done.text(6).count("cellboard-live") == 1


def test_a_board_in_a_variable_pauses_and_resumes_with_its_cell(kernel: Run) -> None:
    show = "board"
    rerun = "get_ipython().run_cell('board', store_history=True); print(board.live)"
    info = "type('Info', (), {'raw_cell': 'board', 'cell_id': None})"
    other = f"get_ipython().events.trigger('pre_run_cell', {info}); print(board.live)"
    make = "import cellboard.widgets as w; board = w.scalars('logs')"
    done = kernel([WRITE, make, show, other, THREADS, rerun, THREADS, "board.close()", THREADS])
    assert "False" in done.text(3)
    assert done.text(4).strip() == "[]"
    assert "True" in done.text(5)
    assert "cellboard-live" in done.text(6)
    assert done.text(8).strip() == "[]"


def test_bad_patterns_and_missing_logdirs_are_said_plainly(kernel: Run) -> None:
    done = kernel(["%load_ext cellboard", "%board scalars --logdir logs --tags '('", "%board scalars --logdir nowhere"])
    assert "is not a regular expression" in done.text(1)
    assert "Traceback" not in done.text(1)
    assert any("There is no directory" in state["value"] for state in done.of("HTMLModel"))


def test_the_state_of_a_million_points_is_small(kernel: Run) -> None:
    write = """
from cellboard import SummaryWriter
with SummaryWriter("logs/first") as writer:
    for step in range(1_000_000):
        writer.add_scalar("loss", step % 101, step)
"""
    done = kernel([write, "import cellboard.widgets as w\nboard = w.scalars('logs', smoothing=0.6)\nboard"])
    (line,) = done.of("LinesModel")
    assert np.prod(line["y"]["shape"]) <= 2000
    buffers = [
        buffer["data"]
        for entry in done.notebook.metadata.widgets.values()
        for state in entry["state"].values()
        for buffer in state.get("buffers", [])
    ]
    assert sum(map(len, buffers)) < 100_000
