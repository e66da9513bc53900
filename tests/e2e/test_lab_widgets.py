"""Inline boards in JupyterLab: what is drawn, that it grows while a cell trains, that a hostile log runs nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Error, Locator, Page

WRITE = """
import math
import numpy as np
from cellboard import SummaryWriter

def train(name, pace, steps=60):
    noise = np.random.default_rng(len(name))
    with SummaryWriter(f"ROOT/{name}") as writer:
        for step in range(steps):
            decay = math.exp(-step / 20 * pace)
            writer.add_scalar("train/loss", 2.3 * decay + 0.05 * noise.random(), step)
            writer.add_scalar("train/accuracy", 1 - decay + 0.02 * noise.standard_normal(), step)
            writer.add_scalar("lr", 0.01 * 0.97**step, step)
            if step % 10 == 0:
                picture = np.add.outer(np.arange(12), np.arange(16)) * 6 + step
                writer.add_image("samples", picture.astype(np.uint8), step, dataformats="HW")
                writer.add_histogram("dense/weights", noise.normal(step / 20, 1, 500), step)
                note = f"# Step {step}\\n\\nThe loss is **{decay:.3f}**.\\n\\n|a|b|\\n|-|-|\\n|1|2|"
                writer.add_text("note", note, step)
                score = noise.random(200)
                writer.add_pr_curve("pr", score + noise.normal(0, 0.5 - step / 200, 200) > 0.5, score, step)
        writer.add_hparams({"pace": float(pace), "optimizer": name.split("-")[0]}, {})

train("baseline", 1)
train("momentum-0.9", 2)
"""

HOSTILE = """
import numpy as np
from cellboard import SummaryWriter
evil = "<img src=x onerror=window.cellboardOwned=1>"
for name in (evil, "\\"><svg onload=window.cellboardOwned=2>"):
    with SummaryWriter(f"hostile/{name}") as writer:
        for tag in (evil, "'><script>window.cellboardOwned=3<" + "/script>"):
            for step in range(3):
                writer.add_scalar(tag, step, step)
                writer.add_histogram(tag, np.arange(9.0), step)
                writer.add_image(tag, np.zeros((4, 4), np.uint8), step, dataformats="HW")
                writer.add_text(tag, evil + "[x](javascript:window.cellboardOwned=4)", step)
                writer.add_pr_curve(tag, [0, 1], [0.2, 0.8], step)
        writer.add_hparams({evil: evil, "rate": 1.0}, {})
"""

KINDS = ("scalars", "images", "histograms", "distributions", "texts", "pr_curves", "hparams", "inline")

# The points of every line drawn under an element, as the number of vertices of its path.
VERTICES = """element => [...element.querySelectorAll('.bqplot .lines path.line, .bqplot path.line')]
  .map(path => (path.getAttribute('d') || '').split(/[ML]/).length - 1).filter(count => count > 0)"""

TOOLTIP = """() => [...document.querySelectorAll('.bqplot_mark_tooltip')]
  .filter(box => getComputedStyle(box).display !== 'none')
  .flatMap(box => [...box.querySelectorAll('tr')].slice(1))
  .map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent.trim()))"""

IMAGE_SIZE = """async element => {
  const image = new Image();
  image.src = element.getAttribute('href');
  await image.decode();
  return [image.naturalWidth, image.naturalHeight];
}"""

COLORS = """() => Object.fromEntries([
  ['ticks', '.cellboard .bqplot .axis .tick text', 'fill'], ['rule', '.cellboard .bqplot .axis path', 'stroke'],
  ['legend', '.cellboard .cb-legend td', 'color'], ['card', '.cellboard .cb-card', 'borderTopColor'],
  ['button', '.cellboard .cb-choice button', 'color'], ['chosen', '.cellboard .cb-choice button.mod-active', 'color'],
  ['table', '.cellboard .cb-cell', 'color'], ['tab', '.cellboard .lm-TabBar-tab', 'color'],
  ['swatch', '.cellboard .cb-swatch', 'filter'], ['chart', '.cellboard .bqplot > svg', 'filter'],
  ['tooltip', '.bqplot_mark_tooltip', 'backgroundColor'], ['tooltip text', '.bqplot_mark_tooltip', 'color'],
].map(([name, where, what]) => [name, getComputedStyle(document.querySelector(where))[what]]))"""

FIRST_TICK = """element => element.querySelector('.bqplot .axis .tick text')?.textContent ?? ''"""

# Where the cards of a board begin and end, as shares of the board's width.
CARDS = """board => {
  const { left, width } = board.getBoundingClientRect();
  return [...board.querySelectorAll('.cb-card')].map(card => {
    const place = card.getBoundingClientRect();
    return [(place.left - left) / width, (place.right - left) / width].map(share => Math.round(share * 20) / 20);
  });
}"""

# Of the controls: how many labels stand almost on one line, but not quite; and by how much a row of them is cut off.
LABELS = """board => {
  const labels = [...board.querySelectorAll('.cb-choice > .widget-label, .widget-hslider > .widget-label')];
  const bottoms = labels.filter(label => label.textContent.trim()).map(label => {
    const range = document.createRange();
    range.selectNodeContents(label);
    return range.getBoundingClientRect().bottom;
  }).sort((one, other) => one - other);
  const rows = [...board.querySelectorAll('.widget-hbox')].filter(row => row.querySelector(':scope > .cb-choice'));
  const askew = bottoms.filter((bottom, i) => i && bottom - bottoms[i - 1] > 0.3 && bottom - bottoms[i - 1] < 8);
  return [askew.length, Math.max(...rows.map(row => row.scrollHeight - row.clientHeight))];
}"""

PIXELS = """async element => {
  const image = element.querySelector('.cb-image img, img.cb-image');
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return [...context.getImageData(0, 0, canvas.width, canvas.height).data].filter((_, index) => index % 4 === 0);
}"""


def eventually(read: Callable[[], Any], wanted: Callable[[Any], bool], seconds: float = 20) -> Any:
    """Read until the value is as wanted; fail with the last one if it never is."""
    deadline = time.monotonic() + seconds
    while not wanted(value := read()):
        assert time.monotonic() < deadline, value
        time.sleep(0.1)
    return value


@pytest.fixture(scope="module")
def notebook(lab: Any, browser: Browser) -> Iterator[Any]:
    """A notebook whose first cells wrote two runs and loaded the extension; then a cell for each kind of board."""
    context = browser.new_context(viewport={"width": 1280, "height": 1800})
    page = context.new_page()
    page.set_default_timeout(30_000)
    shows = [f"%board {kind} --logdir logs-shared" for kind in KINDS]
    opened = lab.open(page, [WRITE.replace("ROOT", "logs-shared"), "%load_ext cellboard", *shows])
    opened.run(0)
    opened.run(1)
    yield opened
    context.close()


@pytest.fixture
def errors(notebook: Any) -> Iterator[list[str]]:
    """Exceptions in the shared page; one fails the test."""
    found: list[str] = []

    def note(error: Error) -> None:
        found.append(str(error))

    notebook.page.on("pageerror", note)
    yield found
    notebook.page.remove_listener("pageerror", note)
    assert found == []


def show(notebook: Any, kind: str) -> Locator:
    """Run the cell of one kind, anew, and return its board in the page."""
    index = 2 + KINDS.index(kind)
    notebook.run(index)
    board = notebook.output(index).locator(".cellboard").first
    board.wait_for()
    return board


def test_scalars_are_drawn_in_notebook_7(lab: Any, page: Page, page_errors: list[str]) -> None:
    cells = [WRITE.replace("ROOT", "logs-7"), "%load_ext cellboard", "%board scalars --logdir logs-7"]
    notebook = lab.open(page, cells, app="notebook")
    notebook.run(0)
    page_errors.clear()  # what the application complained of while it started
    notebook.run(1)
    notebook.run(2)
    board = notebook.output(2).locator(".cellboard").first
    counts = eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 6)
    assert counts == [60] * 6
    assert board.locator(".cb-legend tr").count() == 9
    assert not page_errors


@pytest.mark.usefixtures("errors")
def test_every_point_is_drawn_and_controls_change_what_is(notebook: Any) -> None:
    page, board = notebook.page, show(notebook, "scalars")
    assert eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 6) == [60] * 6
    assert board.locator(".cb-legend tr").count() == 9
    board.get_by_text("momentum-0.9", exact=True).first.click()
    eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 3)
    board.locator(".noUi-handle, .ui-slider-handle").first.focus()
    page.keyboard.press("ArrowRight")
    eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 6)
    board.get_by_role("button", name="relative").click()
    board.locator("text=/^[0-9]+(\\.[0-9]+)? s$/").first.wait_for()


@pytest.mark.usefixtures("errors")
def test_the_pointer_reads_zooms_and_pans(notebook: Any) -> None:
    page, board = notebook.page, show(notebook, "scalars")
    eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) == 6)
    figure = board.locator(".bqplot").first
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    assert box is not None

    def at(share: float) -> tuple[float, float]:
        return box["x"] + box["width"] * share, box["y"] + box["height"] / 2

    def drag(start: float, stop: float) -> None:
        page.mouse.move(*at(start))
        page.mouse.down()
        page.mouse.move(*at((start + stop) / 2), steps=5)
        page.mouse.move(*at(stop), steps=5)
        page.mouse.up()

    # Over the chart: a tooltip, filled by the kernel, with the values of the series at the pointer.
    page.mouse.move(*at(0.4))
    page.mouse.move(*at(0.5))
    said = eventually(lambda: page.evaluate(TOOLTIP), lambda found: len(found) == 2)
    assert [row[0] for row in said] == ["baseline", "momentum-0.9"]
    for _, value, step, *_ in said:
        assert float(value) == pytest.approx(0.01 * 0.97 ** int(step), rel=1e-3)

    # Zoom: a drag shows its range, a click everything.
    board.get_by_role("button", name="zoom").first.click()
    board.locator(".brushintsel").first.wait_for(state="attached")
    drag(0.4, 0.6)
    counts = eventually(lambda: board.evaluate(VERTICES), lambda found: found[0] < 40)
    assert counts[0] == counts[1] >= 5
    assert counts[2:] == [60] * 4
    page.mouse.click(*at(0.7))
    eventually(lambda: board.evaluate(VERTICES), lambda found: found == [60] * 6)

    # Pan: the wheel scales the range, a drag moves it, and the kernel sends what it shows.
    board.get_by_role("button", name="pan", exact=True).click()
    board.locator(".brushintsel").first.wait_for(state="detached")
    page.mouse.move(*at(0.9))
    page.mouse.wheel(0, -900)
    near = eventually(lambda: board.evaluate(FIRST_TICK), lambda found: found not in ("0", ""))
    drag(0.4, 0.9)
    eventually(lambda: board.evaluate(FIRST_TICK), lambda found: found not in (near, ""))
    assert board.evaluate(VERTICES)[0] < 60
    board.get_by_role("button", name="reset zoom").first.click()
    eventually(lambda: board.evaluate(VERTICES), lambda found: found == [60] * 6)


@pytest.mark.usefixtures("errors")
def test_images_are_the_logged_pixels_at_every_step(notebook: Any) -> None:
    page, board = notebook.page, show(notebook, "images")
    picture = np.add.outer(np.arange(12), np.arange(16)) * 6
    eventually(lambda: board.evaluate(PIXELS), lambda found: found == (picture + 50).ravel().tolist())
    board.locator(".noUi-handle, .ui-slider-handle").first.focus()
    for step in (40, 30):
        page.keyboard.press("ArrowLeft")
        wanted = (picture + step).ravel().tolist()
        eventually(lambda: board.evaluate(PIXELS), lambda found, wanted=wanted: found == wanted)


@pytest.mark.usefixtures("errors")
def test_histograms_and_texts_are_drawn(notebook: Any) -> None:
    board = show(notebook, "histograms")
    eventually(lambda: board.locator(".bqplot .bargroup rect, .bqplot .bar_rect").count(), lambda found: found >= 60)
    assert board.locator(".bqplot path.line").count() >= 12
    assert board.locator("text=/500 values/").count() == 2

    board = show(notebook, "texts")
    board.locator("h1", has_text="Step 50").first.wait_for()
    assert board.locator(".cb-text table td").count() == 4


@pytest.mark.usefixtures("errors")
def test_few_charts_share_the_whole_width_and_controls_stand_on_one_line(notebook: Any) -> None:
    board = show(notebook, "distributions")
    eventually(lambda: board.evaluate(CARDS), lambda found: found == [[0, 0.5], [0.5, 1]])
    eventually(lambda: board.evaluate(LABELS), lambda found: found == [0, 0])
    board.get_by_text("baseline", exact=True).first.click()
    eventually(lambda: board.evaluate(CARDS), lambda found: found == [[0, 1]])
    # Pictures do not grow with the page.
    board = show(notebook, "images")
    eventually(lambda: [right for _, right in board.evaluate(CARDS)], lambda found: found and max(found) < 0.8)
    board = show(notebook, "scalars")
    eventually(lambda: board.evaluate(LABELS), lambda found: found == [0, 0])


@pytest.mark.usefixtures("errors")
def test_everything_is_in_tabs_that_are_drawn_when_opened(notebook: Any) -> None:
    page, board = notebook.page, show(notebook, "inline")
    tabs = board.get_by_role("tab")
    eventually(lambda: board.evaluate(VERTICES), lambda found: found == [60] * 6)
    assert tabs.all_inner_texts() == [
        *("Scalars", "Images", "Histograms", "Distributions", "Text", "PR curves", "HParams")
    ]
    assert board.locator(".cb-image, .bargroup .bar_rect, .cb-grid").count() == 0
    # What is ticked in one tab is ticked in the next.
    board.get_by_text("baseline", exact=True).first.click()
    eventually(lambda: board.evaluate(VERTICES), lambda found: found == [60] * 3)

    def opened(name: str) -> Locator:
        tabs.filter(has_text=name).click()
        return board.locator(".widget-tab-contents > .lm-Widget:not(.lm-mod-hidden)").first

    histograms = opened("Histograms")
    histograms.get_by_role("button", name="heat").click()
    cells = histograms.locator("svg image")
    cells.wait_for()
    assert cells.evaluate(IMAGE_SIZE) == [30, 6]
    bands = opened("Distributions")
    eventually(lambda: bands.locator(".bqplot path.line").count(), lambda found: found == 5)
    curves = opened("PR curves")
    eventually(lambda: curves.evaluate(VERTICES), lambda found: len(found) == 1 and found[0] > 20)
    before = curves.locator(".bqplot path.line").first.get_attribute("d")
    curves.locator(".cb-card .noUi-handle").first.focus()
    page.keyboard.press("ArrowLeft")
    curves.locator(".cb-card", has_text="40").first.wait_for()
    eventually(lambda: curves.locator(".bqplot path.line").first.get_attribute("d"), lambda found: found != before)
    sessions = opened("HParams")
    sessions.get_by_text("all", exact=True).click()
    names = sessions.locator(".cb-grid > :first-child .cb-cell")
    eventually(names.all_inner_texts, lambda found: len(found) == 2)
    sort = sessions.locator(".cb-grid > *", has_text="pace").locator("button.cb-sort")
    sort.click()
    eventually(lambda: [one.strip() for one in names.all_inner_texts()], lambda found: found[0] == "baseline")
    sort.click()
    eventually(lambda: [one.strip() for one in names.all_inner_texts()], lambda found: found[0] == "momentum-0.9")
    images = opened("Images")
    images.locator("img.cb-image").nth(1).wait_for()
    play = images.locator(".widget-play button").first
    play.click()
    eventually(lambda: images.locator(".widget-hslider + *").first.inner_text(), lambda found: found.startswith("30"))
    opened("Scalars")
    eventually(lambda: board.evaluate(VERTICES), lambda found: len(found) >= 6)


def test_boards_grow_while_a_cell_trains(lab: Any, page: Page) -> None:
    train = """
import time
with SummaryWriter("growing/run") as writer:
    for step in range(80):
        writer.add_scalar("loss", 1 / (step + 1), step)
        writer.add_image("samples", np.full((4, 4), step, np.uint8), step, dataformats="HW")
        writer.flush()
        time.sleep(0.1)
"""
    shows = [f"%board {kind} --logdir growing" for kind in ("scalars", "images")]
    notebook = lab.open(
        page, ["import numpy as np; from cellboard import SummaryWriter", "%load_ext cellboard", *shows, train]
    )
    for index in range(4):
        notebook.run(index)
    notebook.output(2).locator(".cellboard .cb-empty").get_by_text("There is no directory").wait_for()
    notebook.start(4)
    scalars, images = notebook.output(2).locator(".cellboard").first, notebook.output(3).locator(".cellboard").first
    done = "() => window.cellboardTestDone[4]"
    first = eventually(lambda: scalars.evaluate(VERTICES), lambda found: bool(found and found[0] > 3))
    second = eventually(lambda: scalars.evaluate(VERTICES), lambda found: found[0] > first[0] + 5)
    shade = eventually(lambda: images.evaluate(PIXELS)[0], lambda found: found > 5)
    assert not page.evaluate(done), "the cell ended before the boards had grown"
    notebook.wait(4)
    assert second[0] < 80
    eventually(lambda: scalars.evaluate(VERTICES), lambda found: found == [80])
    assert eventually(lambda: images.evaluate(PIXELS)[0], lambda found: found == 79) > shade


def test_a_hostile_log_runs_nothing(lab: Any, page: Page, page_errors: list[str]) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    notebook = lab.open(page, [HOSTILE, "%load_ext cellboard", *[f"%board {kind} --logdir hostile" for kind in KINDS]])
    for index in range(2 + len(KINDS)):
        notebook.run(index)
    for index in range(2, 2 + len(KINDS)):
        board = notebook.output(index).locator(".cellboard").first
        board.get_by_text("<img src=x onerror=window.cellboardOwned=1>").first.wait_for()
        assert board.locator("img[src='x'], svg[onload], script, a[href^='javascript']").count() == 0
    page.mouse.move(400, 400)
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.cellboardOwned") is None
    assert not dialogs
    assert not page_errors


def test_pictures_to_look_at(lab: Any, page: Page, screenshots: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 2400})
    shows = [f"%board {kind} --logdir logs-pictures" for kind in KINDS]
    smooth = "%board scalars --logdir logs-pictures --smoothing 0.9 --x-axis wall --y-scale log --values all"
    missing = "%board scalars --logdir nowhere"
    notebook = lab.open(page, [WRITE.replace("ROOT", "logs-pictures"), "%load_ext cellboard", *shows, smooth, missing])
    page.evaluate("() => { const shell = window.jupyterapp.shell; shell.collapseLeft(); shell.collapseRight(); }")
    for index in range(4 + len(KINDS)):
        notebook.run(index)
    names = [*KINDS, "scalars-smoothed", "missing"]
    colors = {}
    for theme, width in (("Light", 1280), ("Dark", 1280), ("Dark", 900)):
        page.set_viewport_size({"width": width, "height": 2400})
        page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", f"JupyterLab {theme}"
        )
        page.wait_for_timeout(800)
        for index, name in enumerate(names, 2):
            board = notebook.output(index).locator(".cellboard").first
            board.scroll_into_view_if_needed()
            page.wait_for_timeout(100)
            picture = board.screenshot(path=screenshots / f"lab-{name}-{width}-{theme.lower()}.png")
            assert len(picture) > 2000
            too_wide = board.evaluate("element => element.scrollWidth - element.clientWidth")
            assert too_wide <= 1
        colors[theme] = page.evaluate(COLORS)
    # A theme that is switched while boards are shown is followed by all that has a colour of its own.
    assert colors["Light"].keys() == colors["Dark"].keys()
    for part, light in colors["Light"].items():
        assert light != colors["Dark"][part], part
    backgrounds = page.evaluate(
        "() => [...document.querySelectorAll('.cellboard .svg-figure')].map(e => getComputedStyle(e).backgroundColor)"
    )
    assert set(backgrounds) == {"rgba(0, 0, 0, 0)"}
