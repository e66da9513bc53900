"""What is left of a board in a saved notebook: reopened without a kernel, exported, with and without scripts."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

WRITE = """
import numpy as np
from cellboard import SummaryWriter
get_ipython().run_line_magic("load_ext", "cellboard")
evil = "<img src=x onerror=window.cellboardOwned=1>"
for name in ("baseline", evil.replace("/", "")):
    with SummaryWriter(f"ROOT/{name}") as writer:
        for step in range(40):
            for tag in ("train/loss", "train/accuracy", evil):
                writer.add_scalar(tag, np.exp(-step / 10) + len(tag) / 50, step)
        picture = np.add.outer(np.arange(12), np.arange(16)).astype(np.uint8) * 8
        writer.add_image("samples", picture, 0, dataformats="HW")
        writer.add_histogram("weights", np.random.default_rng(0).normal(size=300), 0)
        writer.add_text("note", "# A note " + evil, 0)
"""
KINDS = ("scalars", "images", "histograms", "text")
SHOWS = [f"%board {kind} --logdir ROOT" for kind in KINDS]

# The images of a picture that are decoded and on the page; without a promise, which no page without scripts would keep.
IMAGES = """element => [...element.querySelectorAll('.cellboard-picture img')]
  .filter(image => image.complete && image.naturalWidth > 0 && image.checkVisibility()).length"""


def cells(root: str) -> list[str]:
    return [source.replace("ROOT", root) for source in (WRITE, *SHOWS)]


def eventually(read: Callable[[], Any], wanted: Callable[[Any], bool], seconds: float = 30) -> Any:
    """Read until the value is as wanted; fail with the last one if it never is."""
    deadline = time.monotonic() + seconds
    while not wanted(value := read()):
        assert time.monotonic() < deadline, value
        time.sleep(0.1)
    return value


def assert_the_picture_is_there(output: Locator, kind: str) -> None:
    picture = output.locator(".cellboard-picture")
    picture.wait_for()
    wanted = {"scalars": 3, "images": 2, "histograms": 4, "text": 0}[kind]
    eventually(lambda: output.evaluate(IMAGES), lambda found: found >= wanted)
    assert "baseline" in picture.inner_text()
    assert "<img src=x onerror=window.cellboardOwned=1>" in picture.inner_text()
    assert picture.locator("img[src='x'], script, iframe, svg, a[href^='javascript']").count() == 0
    said = output.inner_text()
    assert "Loading widget" not in said
    assert "Error displaying widget" not in said
    assert "Board('" not in said


def test_a_notebook_reopened_without_its_kernel_shows_the_pictures(lab: Any, page: Page, screenshots: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 1800})
    name = lab.write(cells("saved-logs"))
    notebook = lab.open(page, name)
    for index in range(len(KINDS) + 1):
        notebook.run(index)
    for index in range(1, len(KINDS) + 1):
        notebook.output(index).locator(".cellboard").first.wait_for()
        eventually(
            lambda index=index: notebook.output(index).locator(".cellboard-picture").is_visible(), lambda seen: not seen
        )
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    path = lab.root / name
    eventually(path.read_text, lambda text: text.count("cellboard-picture") > 8)
    text = path.read_text()
    assert len(text) < 200_000 * len(KINDS)
    for app, trusted in (("lab", True), ("lab", False), ("notebook", True)):
        content = json.loads(text)
        content["metadata"]["kernelspec"] = {"name": "no-such-kernel", "display_name": "None", "language": "python"}
        if not trusted:
            content["metadata"]["written"] = "on another machine"
        again = f"reopened-{app}-{trusted}.ipynb"
        (lab.root / again).write_text(json.dumps(content))
        if trusted:
            command = [sys.executable, "-m", "jupyter", "trust", lab.root / again]
            subprocess.run(command, env=lab.env, check=True, capture_output=True, timeout=60)
        place = f"lab/workspaces/{app}{trusted}/tree" if app == "lab" else "notebooks"
        page.goto(f"{lab.server.address}{place}/{again}?token={lab.server.token}", wait_until="commit")
        for index, kind in enumerate(KINDS, 1):
            output = page.locator(".jp-Cell").nth(index).locator(".jp-Cell-outputArea")
            output.wait_for()
            eventually(lambda output=output: output.inner_text(), lambda said: "Loading widget" not in said)
            assert_the_picture_is_there(output, kind)
        assert page.evaluate("() => window.cellboardOwned") is None
        page.screenshot(path=screenshots / f"lab-saved-{app}-{'trusted' if trusted else 'untrusted'}.png")
        if app == "lab" and trusted:
            page.evaluate(
                "() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })"
            )
            page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
            page.screenshot(path=screenshots / "lab-saved-dark.png")
            page.evaluate(
                "() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })"
            )


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The notebook executed by nbclient, which stores the widgets' state, and exported with and without that."""
    import nbclient
    import nbformat

    folder = tmp_path_factory.mktemp("exported")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells("logs")])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nbclient.NotebookClient(notebook, timeout=90, resources={"metadata": {"path": str(folder)}}).execute()
    made = {}
    for name, theme in (("state", "light"), ("plain", "light"), ("dark", "dark")):
        if name == "plain":
            notebook.metadata.pop("widgets")
        nbformat.write(notebook, folder / f"{name}.ipynb")
        command = [sys.executable, "-m", "nbconvert", "--to", "html", "--theme", theme, folder / f"{name}.ipynb"]
        subprocess.run(command, check=True, capture_output=True, timeout=90)
        made[name] = folder / f"{name}.html"
    return made


@pytest.mark.parametrize("name", ["state", "plain", "dark"])
def test_an_export_without_scripts_shows_the_pictures(
    exported: dict[str, Path], browser: Browser, screenshots: Path, name: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.goto(exported[name].as_uri(), wait_until="commit")
        for index, kind in enumerate(KINDS, 1):
            assert_the_picture_is_there(page.locator(".jp-Cell").nth(index).locator(".jp-OutputArea").first, kind)
        page.screenshot(path=screenshots / f"export-{name}.png", full_page=True)
    finally:
        context.close()
