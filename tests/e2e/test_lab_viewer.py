"""A viewer in a cell of real Jupyter applications, through the lab extension and the server part."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOG = """\
from cellboard import SummaryWriter
with SummaryWriter("runs/a") as writer:
    for step in range(10):
        writer.add_scalar("loss", 1 / (step + 1), step)
"""
CELLS = [LOG, "%load_ext cellboard", "%board --logdir runs --height 480"]
FIND = "import json; from cellboard.viewer import registry; print(json.dumps([r.pid for r in registry.running()]))"


def viewer_pids(lab: Any) -> list[int]:
    """Return the process numbers of the viewers that the lab's user runs."""
    done = subprocess.run([sys.executable, "-c", FIND], env=lab.env, capture_output=True, check=True, timeout=60)
    pids: list[int] = json.loads(done.stdout)
    return pids


def make_chart(page: Page) -> None:
    """Make a chart in the viewer's page: it is kept through Jupyter's server, which wants its XSRF cookie named."""
    frame = next(frame for frame in page.frames if "/cellboard/v/" in frame.url)
    frame.evaluate("() => { location.hash = '#custom_scalars'; }")
    frame.get_by_test_id("new-chart").click()
    frame.get_by_test_id("chart-title").fill("Mine")
    frame.get_by_test_id("chart-patterns").fill("loss")
    frame.get_by_test_id("chart-save").click()
    frame.get_by_test_id("chart-dialog").wait_for(state="detached")
    kept = frame.evaluate("() => fetch('api/v1/layout').then((answer) => answer.json())")
    assert [chart["title"] for chart in kept["charts"]] == ["Mine"]


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_board_shows_a_viewer_below_the_base_url(start_lab: Callable[..., Any], page: Page, app: str) -> None:
    lab = start_lab(base_url="/hub/user/ada/")
    notebook = lab.open(page, CELLS, app=app)
    notebook.run_all()
    frame = notebook.output(2).locator("iframe.cellboard-frame")
    frame.wait_for()
    assert "/hub/user/ada/cellboard/v/" in (frame.get_attribute("src") or "")
    assert frame.bounding_box()["height"] == pytest.approx(480, abs=1)  # type: ignore[index]
    inside = notebook.output(2).frame_locator("iframe.cellboard-frame")
    inside.get_by_text("loss").first.wait_for()
    saved = json.dumps(notebook.outputs(2))
    assert lab.server.token not in saved
    if app == "lab":
        make_chart(page)

    (pid,) = viewer_pids(lab)
    os.kill(pid, signal.SIGKILL)
    notebook.output(2).get_by_text("This viewer is no longer running.").wait_for(timeout=20_000)
    assert notebook.output(2).locator("code").inner_text().startswith("%board --logdir ")


def test_viewers_are_listed_and_ended_from_a_cell(
    start_lab: Callable[..., Any], page: Page, page_errors: list[str], screenshots: Path
) -> None:
    lab = start_lab(base_url="/hub/user/eve/")
    live = "%%board --logdir runs\n" + LOG.replace("runs/a", "runs/b") + "print('trained')"
    notebook = lab.open(page, [*CELLS, "%board list", live])
    notebook.run_all()
    table = notebook.output(3).locator(".cellboard")
    link = table.locator("a")
    link.wait_for()
    assert link.get_attribute("href").startswith("/hub/user/eve/cellboard/v/")  # type: ignore[union-attr]
    assert table.locator("text=/^\\d+ MB$/").count() == 1
    grown = notebook.output(4)
    grown.locator(".bqplot path.line").first.wait_for()
    # The title stands in the picture that is kept in the notebook as well.
    chart, printed = (
        one.bounding_box() for one in (grown.locator(".cb-title").first, grown.get_by_text("trained", exact=True))
    )
    assert chart["y"] < printed["y"]  # type: ignore[index]
    for theme in ("Light", "Dark"):
        page.evaluate(f"window.jupyterapp.commands.execute('apputils:change-theme', {{theme: 'JupyterLab {theme}'}})")
        page.locator(f"body[data-jp-theme-name='JupyterLab {theme}']").wait_for(state="attached")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        table.scroll_into_view_if_needed()
        page.screenshot(path=screenshots / f"lab-list-{theme.lower()}.png")
    table.get_by_role("button", name="stop").click()
    table.get_by_text("No viewers are running.").wait_for()
    assert viewer_pids(lab) == []
    assert page_errors == []


def test_a_viewer_takes_jupyters_theme_and_a_new_height(
    start_lab: Callable[..., Any], page: Page, screenshots: Path
) -> None:
    lab = start_lab()
    notebook = lab.open(page, CELLS)
    notebook.run_all()
    inside = notebook.output(2).frame_locator("iframe.cellboard-frame")
    inside.locator("html[data-theme=light]").wait_for()
    page.screenshot(path=screenshots / "lab-viewer-light.png")
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    inside.locator("html[data-theme=dark]").wait_for()
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.screenshot(path=screenshots / "lab-viewer-dark.png")

    handle = notebook.output(2).locator(".cellboard-handle")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 4)
    page.mouse.down()
    # Over the frame, whose document would take the pointer if the handle had not captured it.
    page.mouse.move(box["x"] + 200, box["y"] - 76, steps=4)
    page.mouse.up()
    frame = notebook.output(2).locator("iframe.cellboard-frame")
    assert frame.evaluate("frame => frame.offsetHeight") == 400
