"""Boards in JupyterLab itself: launcher, palette, file browser, tabs, the list of what runs; and in Notebook 7."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cellboard import SummaryWriter

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, FrameLocator, Locator, Page

START = """\
import sys
from cellboard.viewer.launch import launch
from cellboard.viewer.options import ViewerOptions
launch(ViewerOptions(sys.argv[1], port=0))
"""
STOP_ALL = "from cellboard.cli import main; main(['stop', 'all'])"
VIEWERS = """async () => {
  const base = JSON.parse(document.getElementById('jupyter-config-data').textContent).baseUrl;
  return (await (await fetch(base + 'cellboard/api/viewers')).json()).viewers;
}"""
# The boards that a workspace keeps on the server, with what the layout names.
KEPT = """async (name) => {
  const base = JSON.parse(document.getElementById('jupyter-config-data').textContent).baseUrl;
  const answer = await fetch(`${base}lab/api/workspaces/${name}`, {cache: 'no-store'});
  const data = answer.ok ? (await answer.json()).data : {};
  const layout = JSON.stringify(data['layout-restorer:data'] ?? null);
  return Object.entries(data)
    .filter(([key]) => key.startsWith('cellboard:') && layout.includes(key))
    .map(([, kept]) => kept.data);
}"""
MOVE = """() => {
  const { shell } = window.jupyterapp;
  const tab = shell.currentWidget;
  shell.add(tab, 'main', { mode: 'split-right', ref: [...shell.widgets('main')].find((other) => other !== tab).id });
}"""


def in_python(lab: Any, source: str, *arguments: str) -> None:
    """Run a program as the server's user would in a terminal."""
    subprocess.run([sys.executable, "-c", source, *arguments], env=lab.env, check=True, timeout=60, capture_output=True)


@dataclass
class Desk:
    """JupyterLab in a page, with what is to be found in it."""

    page: Page
    lab: Any
    screenshots: Path

    def open(self, workspace: str = "") -> str:
        """Open a workspace, a fresh one by default; returns its name."""
        name = workspace or secrets.token_hex(4)
        server = self.lab.server
        self.page.goto(f"{server.address}lab/workspaces/{name}?token={server.token}", wait_until="commit")
        self.wait_for_lab()
        return name

    def wait(self, look: Callable[[], Any], until: Callable[[Any], Any] = bool, seconds: float = 20) -> Any:
        """Look again until what is found satisfies `until`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = look()
            if until(found):
                return found
            self.page.wait_for_timeout(50)
        pytest.fail(f"not within {seconds} s; last found: {found}")

    def kept(self, workspace: str) -> list[dict[str, Any]]:
        """What the server keeps of the boards of a workspace."""
        found: list[dict[str, Any]] = self.page.evaluate(KEPT, workspace)
        return found

    def wait_for_lab(self) -> None:
        self.page.wait_for_function("() => window.jupyterapp !== undefined")
        self.page.evaluate("() => window.jupyterapp.restored.then(() => undefined)")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")

    def execute(self, command: str, **arguments: Any) -> None:
        """Begin a command, and do not wait for it: it may ask something."""
        self.page.evaluate(
            "([id, args]) => { void window.jupyterapp.commands.execute(id, args); }", [command, arguments]
        )

    def close(self) -> None:
        """Close the tab that was opened last."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.close()")

    def theme(self, name: str) -> None:
        self.page.evaluate(
            "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", f"JupyterLab {name}"
        )
        self.page.locator(f"body[data-jp-theme-name='JupyterLab {name}']").wait_for(state="attached")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")

    def shoot(self, name: str) -> None:
        """Leave a picture."""
        self.page.screenshot(path=self.screenshots / f"lab-{name}.png")

    def labels(self) -> list[str]:
        """The labels of the open boards."""
        boards = "[...window.jupyterapp.shell.widgets('main')].filter((tab) => tab.id.startsWith('cellboard-'))"
        found: list[str] = self.page.evaluate(f"() => {boards}.map((tab) => tab.title.label)")
        return found

    def tab(self) -> Locator:
        """The content of the board that can be seen."""
        return self.page.locator(".cellboard-tab:visible")

    def board(self) -> FrameLocator:
        """The viewer's page in it."""
        return self.page.frame_locator(".cellboard-tab:visible iframe")

    def viewers(self) -> list[dict[str, Any]]:
        """What the server says of the running viewers."""
        found: list[dict[str, Any]] = self.page.evaluate(VIEWERS)
        return found


@pytest.fixture(scope="module")
def server(start_lab: Callable[..., Any]) -> Any:
    """A JupyterLab with logs: runs/a, deep/er/b, and a file that is none."""
    lab = start_lab(base_url="/hub/user/ada/")
    for run in ("runs/a", "deep/er"):
        with SummaryWriter(lab.root / run) as writer:
            for step in range(10):
                writer.add_scalar("loss", 1 / (step + 1), step)
    (lab.root / "note.txt").write_text("nothing")
    return lab


@pytest.fixture
def desk(server: Any, page: Page, page_errors: list[str], screenshots: Path) -> Iterator[Desk]:
    yield Desk(page, server, screenshots)
    assert page_errors == []
    in_python(server, STOP_ALL)


def test_a_board_is_opened_from_the_launcher_and_comes_back_with_the_workspace(desk: Desk, page: Page) -> None:
    workspace = desk.open()
    card = page.locator(".jp-LauncherCard[title='Show training logs']")
    card.wait_for()
    desk.shoot("launcher")
    card.click()
    field = page.get_by_label("Log directory")
    assert field.input_value() == "."
    desk.shoot("new-board")
    field.fill("note.txt")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.get_by_text("note.txt is a file without events. Open the directory").wait_for()
    assert field.input_value() == "note.txt"
    desk.shoot("new-board-problem")
    field.fill("runs")
    field.press("Enter")
    desk.board().get_by_text("loss").first.wait_for()
    assert desk.labels() == ["runs"]
    desk.board().locator("html[data-theme=light]").wait_for()
    desk.shoot("tab-light")
    desk.theme("Dark")
    desk.board().locator("html[data-theme=dark]").wait_for()
    desk.shoot("tab-dark")
    desk.theme("Light")
    desk.board().locator("html[data-theme=light]").wait_for()

    # What is looked at is kept, wherever the tab goes and when the page is loaded anew.
    desk.board().get_by_test_id("tab-scalars").click()
    desk.board().locator("main[data-tab=scalars]").wait_for()
    desk.wait(lambda: desk.kept(workspace), lambda kept: [one["hash"] for one in kept] == ["#scalars"])
    page.evaluate(MOVE)
    desk.board().locator("main[data-tab=scalars]").wait_for()
    assert desk.tab().bounding_box()["x"] > 500  # type: ignore[index]
    page.reload(wait_until="commit")
    desk.wait_for_lab()
    desk.board().locator("main[data-tab=scalars]").wait_for()
    assert desk.labels() == ["runs"]
    (before,) = desk.viewers()

    # The viewer has gone when the workspace comes back: nothing is started before somebody says so.
    in_python(desk.lab, STOP_ALL)
    desk.tab().get_by_text("This viewer is no longer running.").wait_for()
    page.reload(wait_until="commit")
    desk.wait_for_lab()
    desk.tab().get_by_text("This viewer is no longer running.").wait_for()
    assert desk.viewers() == []
    desk.shoot("gone")
    desk.tab().get_by_role("button", name="Start it again").click()
    desk.board().locator("main[data-tab=scalars]").wait_for()
    (after,) = desk.viewers()
    assert after["logdir"] == before["logdir"]
    assert after["id"] != before["id"]


def test_the_list_of_what_runs(desk: Desk, page: Page) -> None:
    desk.open()
    desk.execute("running:show-panel")
    items = page.locator(".jp-RunningSessions .cellboard-running")
    # One that was started elsewhere, and one from here.
    in_python(desk.lab, START, str(desk.lab.root / "runs"))
    items.first.wait_for()
    desk.execute("cellboard:open", logdir="deep/er")
    desk.board().get_by_text("loss").first.wait_for()
    desk.wait(items.count, lambda count: count == 2)
    assert items.locator(".jp-RunningSessions-itemLabel").all_inner_texts() == ["runs", "er"]
    titles = [item.get_attribute("title") for item in items.locator(".jp-RunningSessions-itemLabel").all()]
    assert titles[0].startswith(f"{desk.lab.root.resolve()}/runs\nStarted by a program that has ended\n")
    assert "Started from JupyterLab" in titles[1]
    assert re.fullmatch(r"\d+ s, \d+ MB", items.first.locator(".jp-RunningSessions-itemDetail").inner_text())
    desk.shoot("running")

    items.first.locator(".jp-RunningSessions-itemLabel").click()
    desk.wait(desk.labels, lambda labels: labels == ["er", "runs"])
    desk.board().get_by_text("loss").first.wait_for()
    # The same again shows the tab that is there.
    items.first.locator(".jp-RunningSessions-itemLabel").click()
    items.nth(1).locator(".jp-RunningSessions-itemLabel").click()
    page.locator(".lm-mod-current .lm-TabBar-tabLabel", has_text="er").wait_for()
    assert desk.labels() == ["er", "runs"]

    items.nth(1).hover()
    items.nth(1).locator(".jp-RunningSessions-itemShutdown").click()
    desk.tab().get_by_text("This viewer is no longer running.").wait_for()
    desk.wait(items.count, lambda count: count == 1)
    assert [viewer["logdir"].rpartition("/")[2] for viewer in desk.viewers()] == ["runs"]
    page.locator(".lm-AccordionPanel-title", has_text="Boards").locator(".jp-RunningSessions-shutdownAll").click()
    page.locator(".jp-Dialog").get_by_text("Are you sure you want to stop all boards?").wait_for()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    desk.wait(items.count, lambda count: count == 0)
    assert desk.viewers() == []


def test_the_file_browser_opens_folders_and_event_files(desk: Desk, page: Page) -> None:
    desk.open()
    entry = page.locator(".lm-Menu-item", has_text="Open in Board")
    page.locator(".jp-DirListing-item", has_text="note.txt").click(button="right")
    page.locator(".lm-Menu-item", has_text="Rename").wait_for()
    assert entry.count() == 0
    page.keyboard.press("Escape")
    page.locator(".jp-DirListing-item", has_text="runs").click(button="right")
    entry.wait_for()
    desk.shoot("context")
    entry.click()
    desk.board().get_by_text("loss").first.wait_for()
    assert desk.labels() == ["runs"]
    page.evaluate("() => window.jupyterapp.commands.execute('filebrowser:go-to-path', {path: '/deep/er'})")
    events = page.locator(".jp-DirListing-item[data-file-type=cellboard-events]")
    events.locator("[data-icon='cellboard:board']").wait_for()
    desk.shoot("files")
    events.click(button="right")
    entry.click()
    desk.wait(desk.labels, lambda labels: labels == ["runs", "er"])
    assert [viewer["logdir"] for viewer in desk.viewers()] == [
        str(desk.lab.root.resolve() / name) for name in ("runs", "deep/er")
    ]
    # The folder that is shown is what a new board is offered.
    desk.execute("cellboard:new")
    assert page.get_by_label("Log directory").input_value() == "deep/er"
    page.keyboard.press("Escape")
    desk.execute("cellboard:open", path="../..")
    page.locator(".jp-Dialog").get_by_text("is outside of the server's root").wait_for()


@pytest.fixture
def settings(server: Any) -> Iterator[Path]:
    """The file of the user's settings; what a test writes there is gone afterwards."""
    file = Path(server.env["JUPYTERLAB_SETTINGS_DIR"], "cellboard", "plugin.jupyterlab-settings")
    file.parent.mkdir(exist_ok=True)
    yield file
    file.unlink(missing_ok=True)


def test_the_palette_and_the_settings(desk: Desk, page: Page, settings: Path) -> None:
    settings.write_text(json.dumps({"placement": "split-right", "logdir": "runs", "height": 333}))
    desk.open()
    page.locator(".jp-LauncherCard").first.wait_for()
    desk.execute("apputils:activate-command-palette")
    page.locator(".lm-CommandPalette-input").fill("board")
    group = page.locator(".lm-CommandPalette-item[data-command^='cellboard:'] .lm-CommandPalette-itemLabel")
    wanted = ["Board Settings", "New Board…", "Open Running Board…", "Stop All Boards…"]
    desk.wait(lambda: sorted(group.all_inner_texts()), lambda found: found == wanted)
    desk.shoot("palette")
    group.get_by_text("New Board…").click()
    field = page.get_by_label("Log directory")
    assert field.input_value() == "runs"
    field.press("Enter")
    desk.board().get_by_text("loss").first.wait_for()
    assert desk.tab().bounding_box()["x"] > 600  # type: ignore[index]

    desk.execute("cellboard:open")
    options = page.locator(".jp-Dialog option")
    options.first.wait_for(state="attached")
    assert [text.partition(" (")[0] for text in options.all_inner_texts()] == ["runs"]
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.locator(".jp-Dialog").wait_for(state="detached")
    assert desk.labels() == ["runs"]

    desk.execute("cellboard:settings")
    form = page.locator(".jp-SettingsPanel")
    form.get_by_text("Height in a cell", exact=True).wait_for()
    desk.shoot("settings")
    assert form.locator("option:checked").all_inner_texts() == ["To the right"]

    desk.close()
    desk.execute("cellboard:stop-all")
    page.locator(".jp-Dialog").get_by_text("Stop 1 running board?").wait_for()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    desk.tab().get_by_text("This viewer is no longer running.").wait_for()
    assert desk.viewers() == []


def test_a_cell_whose_viewer_has_gone_starts_it_again(desk: Desk, page: Page, settings: Path) -> None:
    settings.write_text(json.dumps({"height": 420}))
    notebook = desk.lab.open(page, ["%load_ext cellboard\n%board --logdir runs"])
    notebook.run(0)
    output = notebook.output(0)
    inside = output.frame_locator("iframe.cellboard-frame")
    inside.get_by_test_id("tab-scalars").click()
    page.wait_for_function("() => /#scalars/.test(document.querySelector('iframe').contentWindow.location.hash)")
    (viewer,) = desk.viewers()
    assert viewer["owner"]["kind"] == "kernel"
    assert viewer["owner"]["path"].endswith(".ipynb")
    desk.shoot("cell")
    # In a tab as well, in the state that it is in.
    output.get_by_role("button", name="Open as tab").click()
    desk.board().locator("main[data-tab=scalars]").wait_for()
    desk.close()

    notebook.restart()
    in_python(desk.lab, STOP_ALL)
    output.get_by_text("This viewer is no longer running.").wait_for()
    desk.shoot("cell-gone")
    output.get_by_role("button", name="Start it again").click()
    inside.get_by_text("loss").first.wait_for()
    assert output.locator("iframe").bounding_box()["height"] == pytest.approx(420, abs=1)  # type: ignore[index]
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    # The saved output names the first viewer. Another one of the same logs is as good, wherever it was started.
    in_python(desk.lab, STOP_ALL)
    page.reload(wait_until="commit")
    output.get_by_text("This viewer is no longer running.").wait_for()
    desk.wait_for_lab()
    desk.execute("cellboard:open", logdir="runs")
    # The board's tab may hide the notebook's.
    inside.get_by_text("loss").first.wait_for(state="attached")
    assert len(desk.viewers()) == 1


def test_notebook_7_has_what_it_has_place_for(desk: Desk, page: Page) -> None:
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "cellboard" in message.text + str(message.location):
            said.append(message.text)

    page.on("console", note)
    server = desk.lab.server
    page.goto(f"{server.address}tree?token={server.token}", wait_until="commit")
    page.locator(".jp-DirListing-item", has_text="runs").click(button="right")
    with page.expect_popup() as opened:
        page.locator(".lm-Menu-item", has_text="Open in Board").click()
    opened.value.get_by_text("loss").first.wait_for()
    assert "/hub/user/ada/cellboard/v/" in opened.value.url
    opened.value.close()
    page.get_by_role("tab", name="Running").click()
    page.locator(".cellboard-running").wait_for()
    page.screenshot(path=desk.screenshots / "notebook-running.png")
    assert said == []

    notebook = desk.lab.open(page, ["%load_ext cellboard\n%board --logdir runs --height 420"], app="notebook")
    notebook.run(0)
    inside = notebook.output(0).frame_locator("iframe.cellboard-frame")
    inside.get_by_text("loss").first.wait_for()
    assert not notebook.output(0).get_by_role("button", name="Open as tab").is_visible()
    assert said == []
    in_python(desk.lab, STOP_ALL)
    notebook.output(0).get_by_role("button", name="Start it again").click(timeout=30_000)
    inside.get_by_text("loss").first.wait_for()
    page.screenshot(path=desk.screenshots / "notebook-cell.png")
