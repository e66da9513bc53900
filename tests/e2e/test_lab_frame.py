"""The HTML form of a viewer's output, which pages without our own renderer show: it finds its way by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

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
print(record.address)
"""

SHOW = "display(HTML(frame.markup(record, 420)))"

# Nobody answers to this id behind the Jupyter server: what is left is the viewer's own port.
DIRECT = "display(HTML(frame.markup(dataclasses.replace(record, id='000000000000'), 420)))"

PROXIED = "display(HTML(frame.markup(record, 420, proxy='/proxy/%d/' % record.port)))"


@pytest.mark.parametrize("base_url", ["/", "/hub/user/ada/"])
def test_the_page_finds_the_viewer(start_lab: Any, page: Page, base_url: str) -> None:
    lab = start_lab(base_url=base_url)
    notebook = lab.open(page, [START, SHOW, DIRECT, PROXIED, "stop(record)", SHOW, "print('end')"])
    notebook.run(0)
    address = notebook.text(0).strip()
    notebook.run(1)
    frame = notebook.output(1).locator("iframe")
    frame.wait_for()
    assert frame.bounding_box()["height"] == 420
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
