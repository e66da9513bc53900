"""Pictures of the pages of images, audio and texts in their various states, to be looked at; accessible in each."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import SummaryWriter

SIZES = {"wide": (1400, 900), "narrow": (900, 700)}
LOOKS = [("light", "wide"), ("dark", "narrow")]
AXE = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
# Of each state: its address, what is clicked, what is then there.
STATES = {
    "linked": ("images&media-link=1&media-step=30", None, "[data-testid=step-wanted]"),
    "difference": ("images&image-compare=difference", None, "[data-testid=difference][data-drawn]"),
    "swipe": ("images&image-compare=swipe", None, "[data-testid=swipe-line]"),
    "large": ("images", "[data-testid=image-enlarge]", "[data-testid=large-view] img[style]"),
    "adjust": ("images&image-brightness=1.5", "[data-testid=image-adjust]", "[data-testid=image-reset]"),
    "audio": ("audio&media-link=1", None, "[data-testid=wave][data-drawn]"),
    "find": ("texts&text-find=loss", "[data-testid=text-find]", "[data-testid=text-match]"),
}
STICKING_OUT = """() => [...document.querySelectorAll(
    'html, main, .toolbar, .groups, .card, .card-head, .step-line, .clip-facts, .pair, .large-view, .large-head, .found'
  )].filter(box => box.scrollWidth > box.clientWidth + 1)
  .map(box => `${box.className || box.tagName} ${box.scrollWidth} > ${box.clientWidth}`)"""


NONE_AWAITED = """() => [...document.querySelectorAll('[data-busy]')]
  .every(box => box.getBoundingClientRect().top > innerHeight)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("screens") / "voices"
    rows, columns = np.mgrid[0:48, 0:64]
    seconds = np.arange(12_000) / 8000
    for number, run in enumerate(("baseline/lr=0.01", "baseline/lr=0.1", "wavenet/lr=0.01-dropout")):
        with SummaryWriter(folder / run) as writer:
            for step in range(0, 60, 10 + 2 * (number == 1)):
                x, y = 32 + 20 * math.cos(step / 20 + number), 24 + 14 * math.sin(step / 20 + number)
                spot = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / 120)
                writer.add_image("samples/spot", np.stack([spot, spot**2, 1 - spot]), step)
                writer.add_image("samples/mask", (spot > 0.4)[None].astype(np.float32), step)
                decay = np.exp(-seconds * (number + 1)) * (1 + np.sin(seconds * 12)) / 2
                writer.add_audio("speech/sample", np.sin(seconds * 2000) * decay, step, sample_rate=8000)
                writer.add_text("notes", f"Validation loss **{1 / (step + 1):.3f}**, *lower* than before.", step)
    return serve(folder)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
@pytest.mark.parametrize("state", STATES)
def test_pictures_of_media(
    open_viewer: Callable[..., Any], address: str, screenshots: Path, state: str, theme: str, size: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    where, click, there = STATES[state]
    view = open_viewer(Path(), "#", address)
    view.page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    view.goto(f"#{where}&theme={theme}")
    if click:
        view.page.locator(click).first.click()
    view.page.locator(there).first.wait_for()
    view.wait(lambda: view.page.evaluate(NONE_AWAITED))
    view.page.screenshot(path=screenshots / f"viewer-media-{state}-{theme}-{size}.png")
    assert view.page.evaluate(STICKING_OUT) == []
    found = Axe().run(view.page, options=AXE).response["violations"]
    assert [
        (fault["id"], node["html"][:200], node["failureSummary"][:200])
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:3]
    ] == []
