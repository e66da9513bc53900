"""Charts of very many points under a person's hand: panned, let go, pointed at, with a run ticked off."""

from __future__ import annotations

import contextlib
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .logs import very_many_scalars
from .measure import OURS, Line, compare
from .peers import running
from .viewing import _browser

READY = "() => document.querySelector('[data-testid=scalar-chart][data-points]') !== null"

# The time from one frame to the next, for as long as it is asked for.
WATCH = """() => {
  window.frames_ = [];
  let last = performance.now();
  const note = (now) => { window.frames_.push(now - last); last = now; window.watching = requestAnimationFrame(note); };
  window.watching = requestAnimationFrame(note);
}"""
STOP = "() => { cancelAnimationFrame(window.watching); return window.frames_.slice(1); }"

# To the end of the first frame that begins after the click: what it changed has been drawn then.
TOGGLE = """async (row) => {
  const box = document.querySelectorAll('[data-testid=run-row] input')[row];
  const start = performance.now();
  box.click();
  await new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  }));
  return performance.now() - start;
}"""

# Letting go: to the end of the frame in which the layer lies where it was drawn again.
SETTLE = """() => new Promise((done) => {
  const canvas = document.querySelector('.chart-layer canvas');
  addEventListener('pointerup', () => {
    const start = performance.now();
    const look = () => {
      if (canvas.style.transform !== '') return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { window.settled = performance.now() - start; };
      channel.port2.postMessage(0);
    };
    requestAnimationFrame(look);
  }, { once: true, capture: true });
  done();
})"""

PANS = 80


@contextlib.contextmanager
def _page(runs: int, tags: int, points: int, state: str) -> Iterator[Any]:
    """A page of our viewer over a log of that size, with its charts drawn."""
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        logdir = very_many_scalars(Path(folder), runs, tags, points)
        with running(OURS, logdir) as viewer:
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            page.goto(viewer.answers() + state)
            page.wait_for_function(READY, timeout=60_000)
            page.wait_for_timeout(3000)
            yield page


def _plot(page: Any) -> dict[str, float]:
    box: dict[str, float] = page.locator(".u-over").first.bounding_box()
    return box


def _pan(page: Any) -> tuple[list[float], float]:
    """Drag with Shift through a third of the plot; gives the frames' times and how long letting go took, in ms."""
    box = _plot(page)
    x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.keyboard.down("Shift")
    page.mouse.down()
    page.mouse.move(x - 2, y)
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    for step in range(PANS):
        page.mouse.move(x - 4 - step * box["width"] / 3 / PANS, y)
    frames = page.evaluate(STOP)
    page.evaluate(SETTLE)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.wait_for_function("() => window.settled !== undefined")
    settled: float = page.evaluate("() => window.settled")
    return frames, settled


def _of_panning(what: str, unit: str, pick: Callable[[list[float], float], float], budget: str) -> Line:
    with _page(100, 1, 10_000, "#scalars&wide=group0/tag0&zoom=3000,6000:group0/tag0") as page:

        def take() -> float:
            value = pick(*_pan(page))
            page.evaluate("() => { delete window.settled; }")
            page.wait_for_timeout(1500)
            return value

        return compare(what, unit, {OURS: take}, rounds=3, budget=budget)


def pan_frames() -> Line:
    """Frames a second while 100 runs of 10,000 points on a full-width chart are panned (the middle frame)."""
    return _of_panning(
        "panning 100 x 10,000 points", "frames/s", lambda frames, _: 1000 / statistics.median(frames), ">= 50"
    )


def pan_settled() -> Line:
    """From letting go to the lines drawn again where they are."""
    return _of_panning("panned chart redrawn", "s", lambda _, settled: settled / 1000, "60 ms")


def toggle_run() -> Line:
    """One of 1000 runs ticked off: to the end of the frame that shows the charts on the screen without it."""
    with _page(1000, 10, 100, "#scalars") as page:
        rows = iter(range(1, 100))

        def take() -> float:
            took: float = page.evaluate(TOGGLE, next(rows))
            page.wait_for_timeout(500)
            return took / 1000

        return compare("toggling one of 1000 runs", "s", {OURS: take}, rounds=7, budget="100 ms")


def hover() -> Line:
    """The middle frame while the pointer moves over a chart of 50 runs of 1000 points, and its worst in 20."""
    with _page(50, 4, 1000, "#scalars") as page:
        worst = []

        def take() -> float:
            box = _plot(page)
            page.evaluate(WATCH)
            for step in range(100):
                page.mouse.move(
                    box["x"] + 10 + step * (box["width"] - 20) / 100, box["y"] + box["height"] / 2 + step % 7
                )
            frames = sorted(page.evaluate(STOP))
            worst.append(frames[int(len(frames) * 0.95)])
            return statistics.median(frames) / 1000

        line = compare("pointing at 50 x 1000 points", "s", {OURS: take}, rounds=3, budget="17 ms")
        note = f"95 % of frames within {statistics.median(worst):.3g} ms"
        return Line(line.what, line.unit, line.values, line.budget, note, line.rounds)


LINES = {"pan_frames": pan_frames, "pan_settled": pan_settled, "toggle_run": toggle_run, "hover": hover}
