"""Moving through the steps of an image: from the key to the picture on the screen."""

from __future__ import annotations

import contextlib
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from .measure import OURS, Line, compare
from .peers import VIEWERS, running
from .viewing import _browser

STEPS = 60
SIDE = 256

# Each page says how to find its picture and how to move its slider by steps. TensorBoard keeps ten steps of an image,
# in elements behind shadow roots. Shown is a picture that is decoded, after the frame that has it.
MOVE = """async ([ours, count]) => {
  const deep = (root, selector) => {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const element of root.querySelectorAll('*')) {
      const inside = element.shadowRoot && deep(element.shadowRoot, selector);
      if (inside) return inside;
    }
    return null;
  };
  const image = () =>
    ours ? document.querySelector('[data-testid=image]') : deep(document, '#main-image-container img');
  const move = (to) => {
    const slider = ours ? document.querySelector('[data-testid=step-slider]') : deep(document, '#steps');
    slider.value = to;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    slider.dispatchEvent(new Event('immediate-value-change', { bubbles: true, composed: true }));
  };
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  }));
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const taken = [];
  for (let i = 0; i < count; i++) {
    const before = image().src;
    const start = performance.now();
    move(at(i));
    while (image().src === before || !image().complete || !image().naturalWidth) await frame();
    await image().decode();
    await painted();
    taken.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 150));
  }
  return taken;
}"""
THERE = """() => {
  const deep = (root, selector) => root.querySelector(selector) ||
    [...root.querySelectorAll('*')].map((e) => e.shadowRoot && deep(e.shadowRoot, selector)).find(Boolean);
  const image = document.querySelector('[data-testid=image]') || deep(document, '#main-image-container img');
  return image && image.complete && image.naturalWidth > 0;
}"""


@contextlib.contextmanager
def _logdir() -> Iterator[Path]:
    from cellboard import SummaryWriter

    with tempfile.TemporaryDirectory() as folder:
        noise = np.random.default_rng(5)
        with SummaryWriter(folder) as writer:
            for step in range(STEPS):
                writer.add_image("picture", noise.integers(0, 255, (SIDE, SIDE, 3), np.uint8), step, dataformats="HWC")
        yield Path(folder)


def _steps(what: str, path: dict[str, str], count: int) -> Line:
    """The median of `count` moves of the slider; `path` says where the i-th one goes."""
    with _logdir() as logdir, _browser() as browser:

        def take(name: str) -> float:
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            with running(name, logdir) as viewer:
                page.goto(viewer.answers() + "#images")
                page.wait_for_function(THERE, polling=50, timeout=60_000)
                script = MOVE.replace("at(i)", path[name])
                taken = page.evaluate(script, [name == OURS, count])
                page.context.close()
                return statistics.median(taken) / 1000

        return compare(what, "s", {name: _of(take, name) for name in VIEWERS}, rounds=3, budget="60 ms")


def image_step() -> Line:
    """To the step before, 256 x 256 of noise, a key every 150 ms as a person holds it; TensorBoard has 10 steps."""
    return _steps("next step of an image shown", {OURS: f"{STEPS} - 2 - i", "tensorboard": "8 - i"}, 8)


def image_jump() -> Line:
    """To a step far away, of which nothing was read before."""
    there = f"(i * 23 + 11) % {STEPS}"
    return _steps("far step of an image shown", {OURS: there, "tensorboard": "[5, 1, 8, 3, 6, 0, 4, 7][i]"}, 8)


def _of(take: Any, name: str) -> Any:
    return lambda: take(name)


LINES = {"image_step": image_step, "image_jump": image_jump}
