"""The viewer in a frame, as notebooks show it: hidden at first, below the fold, and small."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from cellboard import SummaryWriter

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

SPACER = "<div style='height:5000px'></div>"
FRAME = "<iframe src='{address}' style='{style};border:0;width:700px;height:480px'></iframe>"
TAGS = ("loss", "train/accuracy", "train/loss", "val/accuracy", "val/loss")
HAS_INK = """canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) colours.add(data.slice(i, i + 3).join());
  return colours.size > 1;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("framed")
    for run in ("a", "b"):
        with SummaryWriter(str(folder / run)) as writer:
            for step in range(50):
                for tag in TAGS:
                    writer.add_scalar(tag, 1 / (step + 1), step)
    return serve(folder)


@pytest.fixture
def other_origin(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and where a server of another site serves it."""
    handler = partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield tmp_path, f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the test's output is for failures."""


@pytest.fixture
def framed(page: Page, address: str, other_origin: tuple[Path, str], page_errors: list[str]) -> Iterator[Any]:
    """Open a page of the viewer's own origin, as behind Jupyter, or of another one, that frames the viewer."""
    folder, other = other_origin

    def open_(origin: str, before: str = "", style: str = "") -> Frame:
        html = before + FRAME.format(address=address, style=style)
        (folder / "outer.html").write_text(html)
        own = f"http://{urlsplit(address).netloc}"
        page.route(f"{own}/outer.html", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(f"{own if origin == 'own' else other}/outer.html")
        return next(frame for frame in page.frames if frame.parent_frame)

    yield open_
    assert page_errors == []


def wait_for_charts(page: Page, frame: Frame) -> None:
    """Every chart that can be seen in the frame has a line for each run, and ink on its canvas."""
    for tag in ("loss", "train/loss"):
        chart = frame.locator(f'[data-testid=scalar-chart][data-tag="{tag}"][data-lines="2"]')
        chart.wait_for(timeout=15_000)
        chart.scroll_into_view_if_needed()
        page.wait_for_timeout(100)
        assert chart.locator("canvas").first.evaluate(HAS_INK)


@pytest.mark.parametrize("origin", ["own", "other"])
def test_a_frame_that_is_scrolled_to_later_draws_its_charts(page: Page, framed: Any, origin: str) -> None:
    frame = framed(origin, before=SPACER)
    page.wait_for_timeout(1500)
    page.locator("iframe").scroll_into_view_if_needed()
    wait_for_charts(page, frame)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(500)
    page.evaluate("scrollTo(0, 5200)")
    wait_for_charts(page, frame)


@pytest.mark.parametrize("origin", ["own", "other"])
@pytest.mark.parametrize("hidden", ["display:none", "visibility:hidden", "height:0"])
def test_a_frame_that_was_hidden_draws_its_charts(page: Page, framed: Any, hidden: str, origin: str) -> None:
    frame = framed(origin, before=f"<style>.hidden iframe {{ {hidden} !important }}</style><body class='hidden'>")
    page.wait_for_timeout(1500)
    page.evaluate("document.body.className = ''")
    wait_for_charts(page, frame)
    page.evaluate("document.body.className = 'hidden'")
    page.wait_for_timeout(300)
    page.evaluate("document.body.className = ''")
    wait_for_charts(page, frame)


def test_a_chart_whose_data_did_not_come_asks_again(page: Page, framed: Any) -> None:
    failed = []

    def fail(route: Any) -> None:
        failed.append(route.request.url)
        if len(failed) > len(TAGS):
            route.continue_()
        else:
            route.fulfill(status=502, body="bad gateway")

    page.route("**/api/v1/scalars?*", fail)
    wait_for_charts(page, framed("own"))


def test_a_small_frame_gives_its_room_to_the_charts(page: Page, framed: Any, screenshots: Path) -> None:
    frame = framed("own")
    wait_for_charts(page, frame)
    frame.locator("main").evaluate("main => main.scrollTo(0, 0)")
    page.screenshot(path=screenshots / "viewer-framed-small.png")
    assert frame.locator("[data-testid=sidebar]").count() == 0
    assert frame.locator(".toolbar").evaluate("bar => bar.offsetHeight") < 48
    chart = frame.locator("[data-testid=scalar-chart]").first
    top, bottom = chart.evaluate("chart => { const b = chart.getBoundingClientRect(); return [b.top, b.bottom]; }")
    assert top < 160
    assert bottom <= 480
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_list_of_runs_opened_in_a_window_stays_closed_in_a_small_frame(
    page: Page, address: str, framed: Any
) -> None:
    page.goto(address)
    for _ in range(2):
        page.locator("[data-testid=toggle-sidebar]").click()
    page.locator("[data-testid=sidebar]").wait_for()
    frame = framed("own")
    wait_for_charts(page, frame)
    assert frame.locator("[data-testid=sidebar]").count() == 0
