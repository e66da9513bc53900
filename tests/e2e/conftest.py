"""Real browsers and real Jupyter servers for the end-to-end tests.

``page`` is a fresh Chromium page, ``page_errors`` what its scripts threw, ``lab`` a running JupyterLab (Notebook 7
answers on the same server), ``start_lab`` starts others, for example under a base URL. ``lab.open(page, cells)`` gives
a :class:`NotebookPage`, which runs cells and reads what they show. ``open_viewer(page, logdir)`` starts a viewer and
gives a :class:`ViewerPage`, which says what its charts have drawn; a module with a ``logdir`` has ``viewer(state)`` and
``log`` of it.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cellboard import LogDir
    from playwright.sync_api import Browser, Error, Locator, Page, Playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOW_TO_GET_CHROMIUM = (
    "no Chromium found: install it (Debian, Ubuntu: apt-get install chromium) or set CELLBOARD_CHROMIUM"
)

# Output areas far from the view are not drawn in Lab's other modes; news and update checks would go to the network.
LAB_SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}

# Scripts of the application itself; extensions, among them the widgets and ours, come from .../extensions/...
JUPYTERS_OWN = re.compile(r"/static/(lab|notebook)/")

CURRENT_PANEL = "const panel = window.jupyterapp.shell.currentWidget;"
KERNEL_IDLE = """() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  return panel?.sessionContext?.session?.kernel?.status === 'idle' && panel.content?.model?.cells?.length > 0;
}"""
START_CELL = f"""(index) => {{
  {CURRENT_PANEL}
  const done = (window.cellboardTestDone ??= {{}});
  done[index] = false;
  panel.content.deselectAll();
  panel.content.activeCellIndex = index;
  window.jupyterapp.commands.execute('notebook:run-cell').finally(() => {{ done[index] = true; }});
}}"""


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; without one the test is skipped, or fails where browser tests are required."""
    named = os.environ.get("CELLBOARD_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found and Path(found).exists():
        return found
    pytest.skip(HOW_TO_GET_CHROMIUM)


# One browser a module, not a session: Playwright keeps an event loop running in this thread while it is open, and other
# rooms' tests call asyncio.run.
@pytest.fixture(scope="module")
def playwright_driver(chromium: str) -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(playwright_driver: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright_driver.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS), headless=True)
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own browser context, 1400 × 900."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.fixture
def page_errors(page: Page) -> list[str]:
    """Exceptions that no script of the page caught, as they happen; those of Jupyter's own application left out."""
    errors: list[str] = []

    def note(error: Error) -> None:
        scripts = re.findall(r"https?://[^\s)]+", error.stack or "")
        if not scripts or not all(JUPYTERS_OWN.search(script) for script in scripts):
            errors.append(str(error))

    page.on("pageerror", note)
    return errors


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """The folder where tests leave pictures to look at."""
    folder = Path(os.environ.get("CELLBOARD_SCREENSHOTS", Path(__file__).parents[2] / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass
class ViewerPage:
    """The viewer's web app in a page, with what it has drawn as numbers."""

    page: Page
    address: str

    def goto(self, state: str = "") -> None:
        """Open the page anew with `state` behind the ``#`` of its address."""
        self.page.goto("about:blank")
        self.page.goto(self.address + state)

    def ask(self, expression: str, *arguments: Any) -> Any:
        """What a function of ``window.cellboard`` returns."""
        return self.page.evaluate(f"(args) => window.cellboard?.{expression}(...args)", list(arguments))

    def chart(self, tag: str, until: Callable[[dict[str, Any]], Any] = bool, seconds: float = 15) -> dict[str, Any]:
        """The scalar chart of a tag, as soon as what it has drawn satisfies `until`."""
        found: dict[str, Any] = self.wait(lambda: self.ask("chart", tag), until, seconds)
        return found

    def histogram(self, run: str, tag: str, seconds: float = 15) -> dict[str, Any]:
        """The histograms of a run and tag, as soon as they are drawn."""
        found: dict[str, Any] = self.wait(lambda: self.ask("histogram", run, tag), bool, seconds)
        return found

    def wait(self, look: Callable[[], Any], until: Callable[[Any], Any] = bool, seconds: float = 15) -> Any:
        """Look again until what is found is not None and satisfies `until`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = look()
            if found is not None and until(found):
                return found
            self.page.wait_for_timeout(30)
        pytest.fail(f"not within {seconds} s; last found: {str(found)[:2000]}")

    def get(self, test_id: str) -> Locator:
        """What carries this ``data-testid``."""
        return self.page.get_by_test_id(test_id)

    def assert_nothing_sticks_out(self) -> None:
        """No box is wider than the window or than the part of the page that it belongs to."""
        wide = self.page.evaluate(
            """() => [...document.querySelectorAll(
                'html, main, .topbar, .toolbar, .groups, .card, .card-head, .step-line, .pr-row')]
              .filter(box => box.scrollWidth > box.clientWidth + 1)
              .map(box => `${box.className || box.tagName} ${box.scrollWidth} > ${box.clientWidth}`)"""
        )
        assert wide == []

    def open_tab(self, dashboard: str) -> None:
        """Open a dashboard by its tab, or by the menu "More" if it has none there."""
        self.page.locator("[data-testid=more-tabs], nav .tab").first.wait_for()
        if not self.get(f"tab-{dashboard}").count():
            self.get("more-tabs").click()
        self.get(f"tab-{dashboard}").click()
        self.page.locator(f"main[data-tab={dashboard}]").wait_for()

    def tabs(self) -> list[str]:
        """The dashboards that have something to show, in the bar or in the menu."""
        self.page.locator("nav.tabs[data-with-data]").wait_for()
        return (self.page.locator("nav.tabs").get_attribute("data-with-data") or "").split()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Start viewers as a notebook does, in a private runtime directory: ``serve(logdir)`` gives the address."""
    from cellboard.viewer import launch
    from cellboard.viewer.options import ViewerOptions

    started = []

    def start(logdir: Path) -> str:
        started.append(launch.launch(ViewerOptions(str(logdir), port=0)))
        return started[-1].address

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        yield start
        for record in started:
            launch.stop(record)


@pytest.fixture
def open_viewer(page: Page, serve: Callable[[Path], str]) -> Callable[..., ViewerPage]:
    """Open ``open_viewer(logdir, state)`` in the page."""

    def open_(logdir: Path, state: str = "", address: str | None = None) -> ViewerPage:
        viewer = ViewerPage(page, address or serve(logdir))
        viewer.goto(state)
        return viewer

    return open_


# For modules with one log for all their tests, `logdir`; where more has to be said, a module has fixtures of its own.
@pytest.fixture(scope="module")
def address(logdir: Path, serve: Callable[[Path], str]) -> str:
    """The module's viewer."""
    return serve(logdir)


@pytest.fixture(scope="module")
def log(logdir: Path) -> Iterator[LogDir]:
    """What the module's log says, to be compared with what a page shows."""
    from cellboard import LogDir

    with LogDir(logdir) as opened:
        yield opened


@pytest.fixture
def viewer(
    open_viewer: Callable[..., ViewerPage], address: str, page_errors: list[str]
) -> Iterator[Callable[[str], ViewerPage]]:
    """Open a page of the module's viewer, ``viewer("#images")``; an exception in it fails the test."""
    yield lambda state: open_viewer(Path(), state, address)
    assert page_errors == []


@dataclass
class NotebookPage:
    """A notebook open in JupyterLab, or in Notebook 7."""

    page: Page

    def wait_idle(self, seconds: float = 60) -> None:
        """Wait for a connected, idle kernel; cells that run before that are lost."""
        self.page.wait_for_function(KERNEL_IDLE, timeout=seconds * 1000, polling=100)

    def start(self, index: int) -> None:
        """Begin to run a cell and return at once."""
        self.page.evaluate(START_CELL, index)

    def wait(self, index: int, seconds: float = 60) -> None:
        """Wait for a started cell to end."""
        self.page.wait_for_function(
            "(index) => window.cellboardTestDone?.[index] === true", arg=index, timeout=seconds * 1000, polling=50
        )

    def run(self, index: int, seconds: float = 60) -> None:
        """Run one cell to its end; an exception in it fails the test."""
        self.start(index)
        self.wait(index, seconds)
        self.assert_no_error(index)

    def run_all(self, seconds: float = 120) -> None:
        """Run every code cell, top to bottom."""
        for index, cell in enumerate(self.cells()):
            if cell["cell_type"] == "code":
                self.run(index, seconds)

    def cells(self) -> list[dict[str, Any]]:
        """The cells as they would be saved."""
        script = f"() => {{ {CURRENT_PANEL} return panel.content.widgets.map(w => w.model.sharedModel.toJSON()); }}"
        cells: list[dict[str, Any]] = self.page.evaluate(script)
        return cells

    def outputs(self, index: int) -> list[dict[str, Any]]:
        """The outputs of one cell as they would be saved."""
        outputs: list[dict[str, Any]] = self.cells()[index]["outputs"]
        return outputs

    def text(self, index: int) -> str:
        """What one cell printed, standard output and error together."""
        streams = [output["text"] for output in self.outputs(index) if output["output_type"] == "stream"]
        return "".join(text if isinstance(text, str) else "".join(text) for text in streams)

    def assert_no_error(self, index: int) -> None:
        for output in self.outputs(index):
            if output["output_type"] == "error":
                pytest.fail(
                    f"cell {index} raised {output['ename']}: {output['evalue']}\n" + "\n".join(output["traceback"])
                )

    def cell(self, index: int) -> Locator:
        """The cell in the page."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    def output(self, index: int) -> Locator:
        """The output area of the cell in the page."""
        return self.cell(index).locator(".jp-Cell-outputArea")

    def interrupt(self) -> None:
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.interrupt()")

    def restart(self) -> None:
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        self.wait_idle()


@dataclass
class Lab:
    """A running JupyterLab server with private configuration, runtime and data directories."""

    server: Any
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def root(self) -> Path:
        """The folder that the file browser shows."""
        root: Path = self.server.root
        return root

    @property
    def env(self) -> dict[str, str]:
        """The server's environment, for commands that are to see the same viewers."""
        env: dict[str, str] = self.server.env
        return env

    def write(self, cells: Sequence[str], name: str | None = None) -> str:
        """Save a notebook of code cells below the server's root and return its name."""
        import nbformat

        name = name or f"test-{next(self._numbers)}.ipynb"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.root / name)
        return name

    def open(self, page: Page, notebook: str | Sequence[str], *, app: str = "lab") -> NotebookPage:
        """Open a notebook (its name below the root, or its code cells) in the app ``lab`` or ``notebook``."""
        name = notebook if isinstance(notebook, str) else self.write(notebook)
        place = f"lab/workspaces/{secrets.token_hex(4)}/tree" if app == "lab" else "notebooks"
        page.goto(f"{self.server.address}{place}/{name}?token={self.server.token}", wait_until="commit")
        opened = NotebookPage(page)
        opened.wait_idle()
        return opened


def write_lab_settings(folder: Path) -> Path:
    """Write `LAB_SETTINGS` into ``folder/settings``, and return that."""
    for name, value in LAB_SETTINGS.items():
        file = folder / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value))
    return folder / "settings"


@pytest.fixture(scope="session")
def lab_settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with JupyterLab's settings for tests."""
    return write_lab_settings(tmp_path_factory.mktemp("lab-settings"))


@pytest.fixture(scope="session")
def notebook_in() -> Callable[[Page], NotebookPage]:
    """What reads the notebook that a page has opened, once its kernel is there."""

    def opened(page: Page) -> NotebookPage:
        notebook = NotebookPage(page)
        notebook.wait_idle()
        return notebook

    return opened


@pytest.fixture(scope="session")
def start_lab(start_jupyter: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Lab]:
    """Start further JupyterLab servers: ``start_lab(base_url="/user/x/", arguments=[...])``."""
    shown = [
        *("--expose-app-in-browser", "--JupyterNotebookApp.expose_app_in_browser=True"),
        "--LabApp.extension_manager=readonly",
    ]

    def start(base_url: str = "/", arguments: Sequence[str] = ()) -> Lab:
        folder = tmp_path_factory.mktemp("lab-settings")
        write_lab_settings(folder)
        env = {f"JUPYTERLAB_{name.upper()}_DIR": str(folder / name) for name in ("settings", "workspaces")}
        return Lab(start_jupyter("jupyterlab", base_url, [*shown, *arguments], env))

    return start


@pytest.fixture(scope="session")
def lab(start_lab: Callable[..., Lab]) -> Lab:
    """One JupyterLab for all tests that need nothing special of it."""
    return start_lab()
