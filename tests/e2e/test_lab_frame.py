"""The HTML form of a viewer's output, which pages without our own renderer show: it finds its way by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cellboard.magics import frame
from cellboard.viewer.registry import ViewerRecord

if TYPE_CHECKING:
    from playwright.sync_api import Page

START = """
import dataclasses
from IPython.display import HTML, display
from cellboard import SummaryWriter
from cellboard.magics import frame
from cellboard.viewer.launch import ensure, stop
from cellboard.viewer.options import ViewerOptions

with SummaryWriter("framed/run") as writer:
    for step in range(5):
        writer.add_scalar("loss", step, step)
record, _ = ensure(ViewerOptions("framed", port=0))
frame._PATIENCE = 3
print(record.address)
"""

SHOW = "display(HTML(frame.markup(record, 420)))"

# Nobody answers to this id behind the Jupyter server: what is left is the viewer's own port.
DIRECT = "display(HTML(frame.markup(dataclasses.replace(record, id='000000000000'), 420)))"

PROXIED = "display(HTML(frame.markup(record, 420, proxy='/proxy/%d/' % record.port)))"


SILENT = """
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

class Refusing(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(403)
        self.end_headers()
        self.wfile.write(b"no")
    def log_message(self, *said): pass

frame._PATIENCE = 1
server = HTTPServer(("127.0.0.1", 0), Refusing)
Thread(target=server.serve_forever, daemon=True).start()
silent = dataclasses.replace(record, id="000000000000", port=server.server_port, logdir="my runs")
display(HTML(frame.markup(silent, 420, reachable=True, host="vscode")))
"""

SAY = "() => window.postMessage({cellboard: 'ready'}, '*')"


@pytest.mark.parametrize("base_url", ["/", "/hub/user/ada/"])
def test_the_page_finds_the_viewer(start_lab: Any, page: Page, base_url: str) -> None:
    lab = start_lab(base_url=base_url)
    notebook = lab.open(page, [START, SHOW, DIRECT, PROXIED, "stop(record)", SHOW, SILENT])
    notebook.run(0)
    address = notebook.text(0).strip()
    notebook.run(1)
    shown = notebook.output(1).locator("iframe")
    shown.wait_for()
    assert shown.bounding_box()["height"] == 420
    notebook.output(1).frame_locator("iframe").get_by_text("loss").first.wait_for()

    notebook.run(2)
    notebook.output(2).frame_locator("iframe").get_by_text("loss").first.wait_for()
    assert notebook.output(2).locator("iframe").get_attribute("src") == address
    link = notebook.output(2).get_by_role("link", name="Open in a tab")
    assert link.get_attribute("href") == address

    notebook.run(3)
    notebook.output(3).locator("iframe").wait_for()
    port = address.split(":")[2].split("/")[0]
    origin = page.evaluate("() => window.location.origin")
    assert notebook.output(3).locator("iframe").get_attribute("src") == f"{origin}/proxy/{port}/"

    notebook.run(4)
    notebook.run(5)
    notebook.output(5).get_by_text("does not run any more. Run the cell to start it again.").wait_for()
    assert not notebook.output(5).locator("iframe").is_visible()

    # A proxy's page of refusal comes as well as the viewer would, and says nothing.
    notebook.run(6)
    note = notebook.output(6).locator("p")
    note.filter(has_text="forward port").wait_for()
    assert note.locator("code").inner_text() == "%board inline --logdir 'my runs'"
    # The frame to which nobody has come in three seconds says so; those of the viewer have nothing to explain.
    notebook.output(3).locator("p").filter(has_text="a proxy refuses frames").wait_for()
    assert [notebook.output(cell).locator("p").inner_text() for cell in (1, 2)] == ["Open in a tab"] * 2


@pytest.mark.parametrize("comes", [False, True])
def test_a_frame_of_colab_that_stays_empty_is_explained(page: Page, comes: bool, monkeypatch: Any) -> None:
    monkeypatch.setattr(frame, "_PATIENCE", 1)
    page.goto("about:blank")
    record = ViewerRecord("abc123def456", 1, 1.0, "here", 1, "127.0.0.1", 6007, "t", "", "/data/runs", "0", 0.0)
    page.set_content(frame.watch(record, "colab"))
    if comes:
        page.evaluate(SAY)
        page.wait_for_function("() => document.querySelector('p').dataset.came")
        page.wait_for_timeout(1200)
        assert page.locator("p").inner_text() == ""
    else:
        page.locator("p").filter(has_text="third-party cookies").wait_for()
        assert page.locator("code").inner_text() == "%board inline --logdir /data/runs"
