"""What ``%%board`` takes from the cell under it, and how far it is behind: numpy loops that train in a real kernel.

For the first, one kernel runs the same loop turn by turn, bare and under a board. Of each turn the loop says how long
it took, how much of a processor its own thread had, and how much the rest of the process: the board's thread, and the
kernel's that send what it pushes. What those have of a processor is the most that they can take from Python's lock.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import warnings
from typing import Any

from .measure import OURS, Line

TURNS = 8
SECONDS = 6

SET_UP = """
import time
import numpy as np
from cellboard import SummaryWriter
from cellboard.widgets import live
get_ipython().run_line_magic("load_ext", "cellboard")

def train(writer, seconds, steps):
    x, w = np.random.default_rng(0).normal(size=(64, 512)), np.zeros((512, 512))
    started, own, all_ = time.perf_counter(), time.thread_time(), time.process_time()
    step = 0
    while step < steps if steps else time.perf_counter() - started < seconds:
        for _ in range(4):
            grad = x.T @ np.tanh(x @ w + 0.1)
            w -= 1e-4 * grad
            norm = sum(float(value) for value in grad[0])
        writer.add_scalar("train/loss", float(norm), step)
        writer.add_scalar("train/acc", float(w[0, 0]), step)
        step += 1
    wall, own = time.perf_counter() - started, time.thread_time() - own
    print(wall, own, time.process_time() - all_ - own, step)
    live.stop_all()

train(SummaryWriter("runs/warm"), 1, 0)
"""

# How old the newest drawn point is, looked at before each next step; the first chart has to be laid out first.
FOLLOW = """%%board --logdir runs/followed
from cellboard.widgets.lifetime import _cells
[board] = [board for boards in _cells.values() for board in boards if str(board.logdir.path).endswith("followed")]
writer, logged, behind = SummaryWriter("runs/followed/run"), {}, []
for step in range(300):
    for tag in range(TAGS):
        writer.add_scalar(f"tag{tag}", step % 7, step)
    writer.flush()
    logged[step] = time.monotonic()
    x = np.arange(64 * 512).reshape(64, 512)
    while time.monotonic() < logged[step] + 0.04:
        np.tanh(x @ x.T)
    lines = [chart.lines.get("run") for chart in board.charts.values()]
    drawn = [line.x[-1] for line in lines if line is not None and len(line.x)]
    if step >= 100 and drawn:
        behind.append(time.monotonic() - logged[int(min(drawn)) + 1] if min(drawn) < step else 0.0)
live.stop_all()
print(float(np.median(behind)), max(behind), len(behind), len(drawn))
"""

LOOP = "train(SummaryWriter('runs/{name}'), {seconds}, {steps})"


def board_over_training() -> Line:
    """The share of a training loop's time that a board of two charts over it costs."""
    bare, boarded = _turns()
    took = [with_[0] / without[0] for with_, without in zip(boarded, bare, strict=True)]
    own = statistics.median(with_[1] / without[1] for with_, without in zip(boarded, bare, strict=True))
    beside = [turn[2] / turn[0] for turn in boarded]
    beside_bare = statistics.median(turn[2] / turn[0] for turn in bare)
    note = (
        f"a loop of the same steps took {statistics.median(took):.3f} x as long and {own:.3f} x the processor; "
        f"without a board the rest of the process had {beside_bare:.2%}"
    )
    values = {OURS: 100 * (statistics.median(beside) - beside_bare)}
    rounds = {OURS: beside, "wall": took}
    return Line("a board over a cell that trains", "%", values, "2 %", note, rounds)


def board_behind_its_log() -> Line:
    """How old, at most, the newest point on a board of two charts is while a cell trains."""
    return _behind(2, "1 s")


def large_board_behind_its_log() -> Line:
    """The same of a board of twelve charts, which its budget holds back."""
    return _behind(12, "")


def _behind(tags: int, budget: str) -> Line:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SET_UP)])
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": folder}})
        with client.setup_kernel():
            client.execute_cell(notebook.cells[0], 0)
            median, most, *_ = _printed(client, notebook, FOLLOW.replace("TAGS", str(tags)))
    what = f"newest point on {tags} live charts, age"
    return Line(what, "s", {OURS: most}, budget, f"the oldest; in the middle {median:.2g} s")


def _turns() -> tuple[list[list[float]], list[list[float]]]:
    """Return wall time, the loop's own processor time and that of all else, of each turn without and with a board."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SET_UP)])
    bare, boarded = [], []
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": folder}})
        with client.setup_kernel(env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}):
            client.execute_cell(notebook.cells[0], 0)
            steps = 0
            for turn in range(TURNS):
                for name, into, head in (("bare", bare, ""), ("board", boarded, "%%board --logdir runs/{at}\n")):
                    at = f"{name}{turn}"
                    source = head.format(at=at) + LOOP.format(name=at, seconds=SECONDS, steps=steps)
                    into.append(_printed(client, notebook, source))
                    steps = steps or int(into[-1][3])
    return bare, boarded


def _printed(client: Any, notebook: Any, source: str) -> list[float]:
    import nbformat

    notebook.cells.append(nbformat.v4.new_code_cell(source))
    cell = client.execute_cell(notebook.cells[-1], len(notebook.cells) - 1)
    text = "".join(output["text"] for output in cell.outputs if output["output_type"] == "stream")
    return [float(number) for number in text.split()[-4:]]


LINES = {
    "board_over_training": board_over_training,
    "board_behind_its_log": board_behind_its_log,
    "large_board_behind_its_log": large_board_behind_its_log,
}
