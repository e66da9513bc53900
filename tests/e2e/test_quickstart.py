"""The quickstart notebook, run top to bottom in JupyterLab; what is drawn is compared with what was logged."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from cellboard import LogDir

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Locator, Page

QUICKSTART = Path(__file__).parents[2] / "examples" / "quickstart.ipynb"
RUNS = ["lr=0.05", "lr=0.5"]
STEPS = 200

# Each drawn line as the number of corners of its path.
CORNERS = """board => [...board.querySelectorAll('.bqplot path.line')]
  .map(path => (path.getAttribute('d') ?? '').split(/[ML]/).length - 1).filter(corners => corners > 1)"""

# The pictures of a board, each as [width, height, red, red, ...] of what the page decoded.
PICTURES = """async board => {
  const pictures = [];
  for (const image of board.querySelectorAll('.cb-image img, img.cb-image')) {
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    pictures.push([canvas.width, canvas.height, ...data.filter((_, index) => index % 4 === 0)]);
  }
  return pictures;
}"""

# The bar charts of a board: heights of the bars and, to turn pixels into counts, the ticks of the vertical axis.
BARS = """board => [...board.querySelectorAll('.bqplot')].map(figure => {
  const bars = [...figure.querySelectorAll('.bargroup rect, rect.bar')].map(bar => bar.getBoundingClientRect().height);
  const ticks = [...figure.querySelectorAll('.axis .tick')].map(tick => {
    const [x, y] = tick.getAttribute('transform').match(/-?[0-9.]+/g).map(Number);
    return { x, y, text: tick.textContent };
  });
  return { bars, ticks: ticks.filter(tick => tick.x === 0) };
}).filter(chart => chart.bars.length > 0)"""


def eventually(read: Callable[[], Any], wanted: Callable[[Any], bool], seconds: float = 20) -> Any:
    """Read until the value is as wanted; fail with the last one if it never is."""
    deadline = time.monotonic() + seconds
    while not wanted(value := read()):
        assert time.monotonic() < deadline, value
        time.sleep(0.1)
    return value


class Quickstart:
    """The notebook after it ran, with its parts found by what their cells say."""

    def __init__(self, lab: Any, page: Page) -> None:
        shutil.copy(QUICKSTART, lab.root / "quickstart.ipynb")
        page.set_viewport_size({"width": 1400, "height": 1800})
        self.lab = lab
        self.notebook = lab.open(page, "quickstart.ipynb")
        self.notebook.run_all()
        self.log = LogDir(lab.root / "runs")

    def index(self, source: str) -> int:
        """Return the place of the cell that begins like this."""
        sources = [cell["source"] for cell in self.notebook.cells()]
        (found,) = [place for place, text in enumerate(sources) if text.startswith(source)]
        return found

    def board(self, kind: str) -> Locator:
        """Return the inline board of a kind, in the page."""
        board: Locator = self.notebook.output(self.index(f"%board {kind}")).locator(".cellboard").first
        board.scroll_into_view_if_needed()
        return board

    def viewer(self) -> FrameLocator:
        """Return the inside of the viewer's frame."""
        frame: FrameLocator = self.notebook.output(self.index("%board --logdir")).frame_locator("iframe")
        return frame

    def viewer_pids(self) -> list[int]:
        """Return the process numbers of the viewers that run."""
        script = (
            "import json; from cellboard.viewer import registry as r; print(json.dumps([v.pid for v in r.running()]))"
        )
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, env=self.lab.env, capture_output=True, check=True, timeout=60)
        pids: list[int] = json.loads(done.stdout)
        return pids


@pytest.fixture
def quickstart(start_lab: Callable[..., Any], page: Page) -> Quickstart:
    return Quickstart(start_lab(), page)


def test_what_is_drawn_is_what_was_logged(
    quickstart: Quickstart, page: Page, page_errors: list[str], screenshots: Path
) -> None:
    assert list(quickstart.log.runs) == RUNS
    check_lines(quickstart)
    check_pictures(quickstart)
    check_bars(quickstart)
    check_viewer(quickstart)
    check_numbers(quickstart)
    page.screenshot(path=screenshots / "quickstart.png")
    assert page_errors == []


def check_lines(quickstart: Quickstart) -> None:
    """Every point of both tags in both runs is a corner of a line."""
    assert [len(run.scalars["loss"]) for run in quickstart.log.runs.values()] == [STEPS, STEPS]
    board = quickstart.board("scalars")
    eventually(lambda: board.evaluate(CORNERS), lambda corners: corners == [STEPS] * 4)


def check_pictures(quickstart: Quickstart) -> None:
    """The page shows the logged pixels, and those are the misread digits themselves."""
    from sklearn.datasets import load_digits

    logged = [run.images["misread"][-1].array() for run in quickstart.log.runs.values()]
    expected = [[*array.shape[1::-1], *array[..., 0].ravel().tolist()] for array in logged]
    board = quickstart.board("images")
    eventually(lambda: sorted(board.evaluate(PICTURES)), lambda shown: shown == sorted(expected))
    digits = {np.round(digit / 16 * 255).astype(np.uint8).tobytes() for digit in load_digits().images}
    first = logged[0][:8, :8, 0]
    assert any(np.abs(np.frombuffer(digit, np.uint8).reshape(8, 8) - first.astype(int)).max() <= 1 for digit in digits)


def check_bars(quickstart: Quickstart) -> None:
    """The heights of each chart's bars, read off its own axis, sum to the number of weights."""
    totals = {run.histograms["weights/first layer"][-1].total for run in quickstart.log.runs.values()}
    assert totals == {64 * 32}
    board = quickstart.board("histograms")
    charts = eventually(lambda: board.evaluate(BARS), lambda found: len(found) >= 2)
    for chart in charts:
        low, high = min(chart["ticks"], key=lambda t: t["y"]), max(chart["ticks"], key=lambda t: t["y"])
        per_pixel = (count(low["text"]) - count(high["text"])) / (high["y"] - low["y"])
        assert sum(chart["bars"]) * per_pixel == pytest.approx(64 * 32, rel=0.01)


def count(text: str) -> float:
    """Read an axis label: "1,500", "1.5k"."""
    text = text.replace(",", "")
    return float(text[:-1]) * 1000 if text.endswith("k") else float(text)


def check_viewer(quickstart: Quickstart) -> None:
    """The chart in the viewer's frame ends where the log does, in every run."""
    viewer = quickstart.viewer()
    for name, run in quickstart.log.runs.items():
        viewer.locator(f".legend-row[data-run='{name}']").first.wait_for()
        chart = viewer.locator("body").evaluate("() => window.cellboard.chart('loss')")
        (line,) = [line for line in chart["lines"] if line["run"] == name]
        loss = run.scalars["loss"]
        assert line["last"]["value"] == line["y"][-1] == loss.value[-1]
        assert line["total"] == len(loss)


def check_numbers(quickstart: Quickstart) -> None:
    """The last cell prints what LogDir reads."""
    printed = quickstart.notebook.text(quickstart.index("from cellboard import LogDir"))
    for name, run in quickstart.log.runs.items():
        loss = run.scalars["loss"].value
        assert f"{name}: loss {loss[0]:.3f} → {loss[-1]:.3f} in {STEPS} steps" in printed


def test_a_killed_viewer_is_replaced_by_the_same_cell(quickstart: Quickstart, page: Page) -> None:
    cell = quickstart.index("%board --logdir")
    quickstart.viewer().locator("[data-testid=legend]").first.wait_for()
    (pid,) = quickstart.viewer_pids()
    os.kill(pid, signal.SIGKILL)
    quickstart.notebook.start(cell)
    quickstart.notebook.wait(cell)
    quickstart.viewer().locator("[data-testid=legend] .legend-row").first.wait_for()
    (new,) = quickstart.viewer_pids()
    assert new != pid
    assert "Started a viewer" in quickstart.notebook.text(cell)
