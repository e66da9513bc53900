"""What is taken out of the page: files of scalars, and the page itself as one file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import SummaryWriter
from cellboard.eventlog.file_writer import FileWriter
from cellboard.eventlog.graph_messages import GraphDef

EVIL = "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
RUNS = ("first", "second", EVIL.replace("/", "∕"))
TAGS = ("train/loss", "train/accuracy", f"evil {EVIL}")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("out") / "digits"
    for number, run in enumerate(RUNS):
        with SummaryWriter(str(folder / run)) as writer:
            for step in range(3000):
                writer.add_scalar(TAGS[0], number + 1 / (step + 1), step)
            for step in range(40):
                writer.add_scalar(TAGS[1], step / 40, step)
                writer.add_scalar(TAGS[2], step, step)
            for step in range(6):
                writer.add_image("picture", np.full((3, 20, 30), 40 * step, np.uint8), step)
                writer.add_histogram("weights", np.arange(50.0) * step, step)
                writer.add_text("note", f"Step **{step}** {EVIL}", step)
    graph = GraphDef()
    for number, name in enumerate(("x", "scope/a", "scope/b", "other/c")):
        graph.node.add(name=name, op="Relu", input=[graph.node[-1].name] if number else [])
    writer = FileWriter(str(folder / RUNS[0]))
    writer.add_onnx_graph(graph)
    writer.close()
    return serve(folder)


@pytest.fixture
def board(open_viewer: Callable[..., Any], address: str, page_errors: list[str]) -> Iterator[Callable[..., Any]]:
    yield lambda state="#scalars": open_viewer(Path(), state, address)
    assert page_errors == []


def choose(view: Any, item: str) -> None:
    view.get("out-menu").click()
    view.get(item).click()


def downloaded(view: Any, button: str) -> Any:
    with view.page.expect_download() as download:
        view.get(button).click()
    return download.value


def test_what_is_shown_is_exported_in_full(board: Callable[..., Any]) -> None:
    view = board("#scalars&runs=first|second&tags=loss")
    view.chart(TAGS[0], lambda chart: len(chart["lines"]) == 2)
    choose(view, "out-export")
    view.get("export").wait_for()
    assert view.get("export-runs").get_attribute("data-count") == "2"
    assert view.get("export-tags").get_attribute("data-count") == "1"
    # What is ticked stands first, and long names keep their ends.
    rows = (
        view.get("export-tags")
        .locator(".pick-row")
        .evaluate_all("rows => rows.map(row => [row.querySelector('input').checked, row.textContent])")
    )
    assert rows[0] == [True, TAGS[0]]
    assert [ticked for ticked, _ in rows] == [True, False, False]
    file = downloaded(view, "export-download")
    assert file.suggested_filename == "digits-scalars.csv"
    table = list(csv.DictReader(Path(file.path()).read_text().splitlines()))
    assert len(table) == 6000
    assert {(row["run"], row["tag"]) for row in table} == {("first", TAGS[0]), ("second", TAGS[0])}
    assert float(table[2999]["value"]) == np.float32(1 / 3000)


def test_any_selection_is_exported_in_any_format(board: Callable[..., Any]) -> None:
    view = board()
    view.chart(TAGS[0])
    choose(view, "out-export")
    view.get("export-runs").get_by_role("button", name="None").click()
    assert view.get("export-download").get_attribute("aria-disabled") == "true"
    view.get("export-runs").get_by_label("second").check()
    view.get("export-tags").get_by_label("Find tags").fill("ACC")
    view.get("export-tags").get_by_role("button", name="None").click()
    assert view.get("export-tags").get_attribute("data-count") == "2"
    view.get("export-format").locator("[data-value=latex]").click()
    view.get("export-value").locator("[data-value=points]").click()
    assert "one tag" in view.get("export-words").inner_text()
    view.get("export-value").locator("[data-value=min]").click()
    file = downloaded(view, "export-download")
    assert file.suggested_filename == "digits-scalars.tex"
    table = Path(file.path()).read_text()
    assert r"second & $0$ & $1.00033$ \\" in table
    assert r"\textless{}" in table
    # A viewer that refuses says why in the dialog.
    view.page.route(
        "**/api/v1/export?*",
        lambda route: route.fulfill(status=400, json={"error": "Parquet needs pyarrow", "hint": "install it"}),
    )
    view.get("export-format").locator("[data-value=parquet]").click()
    view.get("export-download").click()
    view.get("export-words").filter(has_text="Parquet needs pyarrow: install it").wait_for()
    view.page.keyboard.press("Escape")
    view.get("export").wait_for(state="detached")


def save(view: Any, folder: Path) -> Path:
    """Save the page as it is, and give the file."""
    choose(view, "out-save")
    view.get("save-download").wait_for(timeout=60_000)
    assert view.page.locator("iframe").count() == 0
    file = downloaded(view, "save-download")
    target = folder / file.suggested_filename
    file.save_as(target)
    return target


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[[Path], Any]]:
    """Open a saved page from the disk in a browser without a network; it must ask for nothing and break nothing."""
    contexts = []
    asked: list[str] = []
    faults: list[str] = []

    def open_(file: Path) -> Any:
        context = browser.new_context(viewport={"width": 1000, "height": 800}, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(file.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == len(contexts)
    assert faults == []


def test_a_saved_page_opens_offline_and_is_alive(
    board: Callable[..., Any], opened: Callable[[Path], Any], tmp_path: Path, screenshots: Path
) -> None:
    view = board("#scalars&smoothing=0.6&theme=dark")
    view.page.locator('[data-testid=run-row][data-run="second"] input').uncheck()
    there = view.chart(TAGS[0], lambda chart: len(chart["lines"]) == 2 and chart["lines"][0]["raw"])
    file = save(view, tmp_path)
    assert file.name == "digits-scalars.html"
    page = opened(file)
    page.wait_for_function("tag => window.cellboard?.chart(tag)?.lines.length === 2", arg=TAGS[0])
    here = page.evaluate("tag => window.cellboard.chart(tag)", TAGS[0])
    assert [line["run"] for line in here["lines"]] == [line["run"] for line in there["lines"]]
    assert here["lines"][0]["last"] == there["lines"][0]["last"]
    assert here["lines"][0]["raw"][-1] == there["lines"][0]["raw"][-1]
    assert here["lines"][0]["y"][-1] == there["lines"][0]["y"][-1]
    assert here["lines"][0]["total"] == 3000
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_by_test_id("run-row").count() == 2
    assert '"second"' not in file.read_text()
    assert page.get_by_test_id("out-menu").count() == 0
    assert page.get_by_test_id("more-tabs").count() == 0
    # Pointing, ticking, filtering by a pattern (in a worker) and other axes work as in a viewer.
    box = page.locator(f'[data-testid=scalar-chart][data-tag="{TAGS[0]}"] .u-over').bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_test_id("tooltip").wait_for()
    page.screenshot(path=screenshots / "saved-scalars-dark.png")
    page.get_by_test_id("x-axis").locator("[data-value=relative]").click()
    page.wait_for_function("tag => window.cellboard.chart(tag)?.axis === 'relative'", arg=TAGS[0])
    page.get_by_test_id("run-filter").fill("^fi.st$")
    page.wait_for_function("tag => window.cellboard.chart(tag)?.lines.length === 1", arg=TAGS[0])
    assert page.get_by_test_id("saved-missed").count() == 0
    page.get_by_test_id("smoothing-number").fill("0.1")
    page.get_by_test_id("smoothing-number").press("Enter")
    page.get_by_test_id("saved-missed").wait_for()
    assert page.evaluate("window.pwned") is None


def test_a_saved_graph_still_opens_its_scopes(
    board: Callable[..., Any], opened: Callable[[Path], Any], tmp_path: Path
) -> None:
    view = board("#graphs")
    drawn = view.wait(lambda: view.ask("graphs"), lambda said: said["phase"] == "open" and said["isSharp"])
    page = opened(save(view, tmp_path))
    page.wait_for_function("count => window.cellboard?.graphs()?.boxCount === count", arg=drawn["boxCount"])
    page.get_by_test_id("graph-open-all").click()
    page.wait_for_function("() => window.cellboard.graphs().boxes.some(box => box.path === 'scope/b')")
    page.get_by_test_id("graph-search").fill("scope/b")
    page.keyboard.press("Enter")
    page.get_by_test_id("graph-inputs").get_by_title("scope/a").wait_for()
    assert page.get_by_test_id("saved-missed").count() == 0


@pytest.mark.parametrize("tab", ["images", "histograms", "texts"])
def test_saved_pages_of_other_kinds_show_what_was_shown(
    board: Callable[..., Any], opened: Callable[[Path], Any], tmp_path: Path, tab: str
) -> None:
    view = board(f"#{tab}")
    ready = {
        "images": "[data-testid=image][data-step='5']",
        "histograms": "[data-testid=histogram]:not([data-steps='0'])",
        "texts": "[data-testid=markdown] strong",
    }[tab]
    view.page.locator(ready).first.wait_for()
    page = opened(save(view, tmp_path))
    page.locator(ready).nth(2).wait_for()
    if tab == "images":
        page.wait_for_function(
            "() => [...document.querySelectorAll('[data-testid=image]')].every(i => i.naturalWidth === 30)"
        )
    assert page.evaluate("window.pwned") is None


def test_a_saved_projector_computes_offline(
    open_viewer: Callable[..., Any], opened: Callable[[Path], Any], tmp_path: Path
) -> None:
    points = np.random.default_rng(0).normal(size=(60, 6)) + 8 * np.eye(6)[np.arange(60) % 6]
    with SummaryWriter(tmp_path / "log") as writer:
        writer.add_embedding(points, [f"point {at}" for at in range(60)])
    view = open_viewer(tmp_path / "log", "#projector")
    complete = "key => window.cellboard.projector?.()?.complete && window.cellboard.projector().drawn?.key === key"
    view.page.wait_for_function(complete, arg="pca 3")
    shares = view.ask("projector")["shares"]
    page = opened(save(view, tmp_path))
    # The components, and a layout, are computed by workers that the file holds.
    page.wait_for_function(complete, arg="pca 3")
    assert page.evaluate("window.cellboard.projector().shares") == shares
    page.get_by_test_id("proj-view").locator("[data-value=tsne]").click()
    page.wait_for_function(complete, arg="tsne 3")
    page.wait_for_function("() => window.cellboard.projector().layout.iteration > 20")
