"""``%%board`` over a cell that trains, in JupyterLab: what grows and answers meanwhile, and how it ends."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

SET_UP = """
import os, threading, time
from cellboard import SummaryWriter
get_ipython().run_line_magic("load_ext", "cellboard")
def threads():
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("cellboard-live")]
"""

# A loop that holds the main thread until it is told to end.
TRAIN = """%%board --logdir NAME --tags 'loss|acc'
writer, step = SummaryWriter("NAME/first"), 0
while not os.path.exists("NAME.stop"):
    for tag in ("loss", "acc", "lr"):
        writer.add_scalar(tag, 1 / (step + 1), step)
    writer.flush()
    step += 1
    time.sleep(0.03)
print("steps", step)
"""

VERTICES = """element => [...element.querySelectorAll('.bqplot .lines path.line, .bqplot path.line')]
  .map(path => (path.getAttribute('d') || '').split(/[ML]/).length - 1).filter(count => count > 0)"""


def eventually(read: Callable[[], Any], wanted: Callable[[Any], bool], seconds: float = 30) -> Any:
    """Read until the value is as wanted; fail with the last one if it never is."""
    deadline = time.monotonic() + seconds
    while not wanted(value := read()):
        assert time.monotonic() < deadline, value
        time.sleep(0.05)
    return value


def picture(notebook: Any, index: int) -> str:
    """The picture that would be saved with a board's cell."""
    html = notebook.outputs(index)[1]["data"]["text/html"]
    return html if isinstance(html, str) else "".join(html)


def runs(page: Page, index: int) -> bool:
    """Is a started cell still at work."""
    return bool(page.evaluate("index => window.cellboardTestDone[index] === false", index))


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_charts_grow_and_controls_answer_while_a_cell_trains(
    lab: Any, page: Page, page_errors: list[str], app: str
) -> None:
    name = f"live-{app}"
    cells = [SET_UP, TRAIN.replace("NAME", name), "print(threads())", "print(threads())"]
    notebook = lab.open(page, cells, app=app)
    notebook.run(0)
    page_errors.clear()  # what the application complained of while it started
    notebook.start(1)
    board = notebook.output(1).locator(".cellboard").first
    first = eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 2 and found[0] > 5)
    eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 2 and found[0] > first[0] + 10)
    # A slider, a tick and a filter, each answered by new drawings before the cell ends.
    handle = board.locator(".noUi-handle, .ui-slider-handle").first.bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 4)
    board.get_by_placeholder("filter tags (regex)").fill("acc")
    page.keyboard.press("Enter")
    eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 2)
    assert runs(page, 1), "the cell ended before the controls had answered"
    (lab.root / f"{name}.stop").touch()
    notebook.wait(1)
    steps = int(notebook.text(1).split("steps")[1])
    eventually(lambda: board.evaluate(VERTICES), lambda found: found == [steps] * 2)
    assert f">{steps - 1:,}<" in picture(notebook, 1), "who saves the notebook now, saves the last state"
    assert "loss" not in picture(notebook, 1)
    board.get_by_placeholder("filter tags (regex)").fill("")
    page.keyboard.press("Enter")
    eventually(lambda: picture(notebook, 1), lambda html: "loss" in html)
    notebook.run(2)
    assert notebook.text(2).count("cellboard-live") == 1, "other writers may still hold events back"
    page.evaluate(
        """() => {
      const content = window.jupyterapp.shell.currentWidget.content;
      content.deselectAll();
      content.activeCellIndex = 1;
      return window.jupyterapp.commands.execute('notebook:clear-cell-output');
    }"""
    )
    eventually(lambda: (notebook.run(3), notebook.text(3))[1], lambda text: text.strip() == "[]")
    assert not page_errors


def test_a_cell_that_is_interrupted_or_whose_kernel_dies_leaves_its_board(lab: Any, page: Page) -> None:
    settled = "from cellboard.widgets.lifetime import _cells\n[board] = [b for bs in _cells.values() for b in bs]"
    cells = [
        SET_UP + "print(os.getpid())",
        TRAIN.replace("NAME", "interrupted"),
        "print('steps', step)",
        f"{settled}\nprint(board.live, board._settling)\nboard.close()",
        TRAIN.replace("NAME", "killed"),
    ]
    notebook = lab.open(page, cells)
    notebook.run(0)
    notebook.start(1)
    board = notebook.output(1).locator(".cellboard").first
    eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 2 and found[0] > 10)
    notebook.interrupt()
    notebook.wait(1)
    assert notebook.outputs(1)[-1]["ename"] == "KeyboardInterrupt"
    notebook.run(2)
    steps = int(notebook.text(2).split()[1])
    # The step that was interrupted may be logged in part.
    found = eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 2 and min(found) >= steps)
    assert max(found) <= steps + 1
    notebook.run(3)
    assert notebook.text(3).split() == ["True", "True"]
    # A board that is closed leaves its picture in its place.
    still = notebook.output(1).locator(".cellboard-picture")
    still.wait_for()
    assert still.locator("img").count() == 2
    assert not board.is_visible()

    notebook.start(4)
    board = notebook.output(4).locator(".cellboard").first
    eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 2 and found[0] > 10)
    eventually(lambda: picture(notebook, 4), lambda html: html.count("data:image/svg") == 2)
    os.kill(int(notebook.text(0).split()[-1]), signal.SIGKILL)
    page.get_by_text("Kernel Restarting").wait_for()
    page.get_by_role("button", name="Ok", exact=True).click()
    notebook.wait_idle()
    assert picture(notebook, 4).count("data:image/svg") == 2
    notebook.run(0)
