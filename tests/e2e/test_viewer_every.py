"""What holds for every dashboard that has something to show: accessible, harmless, and asking nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from cellboard import SummaryWriter
from cellboard.eventlog.file_writer import FileWriter
from cellboard.eventlog.graph_messages import GraphDef

HOSTILE = [
    "<img src=x onerror=window.pwned=1>",
    '"><script>window.pwned=1</script>',
    "${window.pwned=1}{{constructor.constructor('window.pwned=1')()}}",
    "javascript:window.pwned=1",
    "' onmouseover='window.pwned=1",
]
HOSTILE_TEXT = "\n\n".join(
    [
        *HOSTILE,
        "[click](javascript:window.pwned=1)",
        '![x](x" onerror="window.pwned=1)',
        "![out](https://example.com/tracker.png)",
        "<svg><script>window.pwned=1</script></svg>",
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;">',
        "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
        "<base href='https://example.com/'><form action='https://example.com'><input autofocus onfocus=window.pwned=1>",
    ]
)
LAYOUT = {"Layout": {"losses": ["Multiline", ["loss/.*"]], "margin": ["Margin", ["loss/a", "loss/b", "loss/c"]]}}
# Themes differ in colours alone, and rules of style are none of the serious ones.
AXE = {
    "light": {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "dark": {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast", "image-alt"]}},
}
# Whether a page is still waiting for something; names of what it shows come from a log.
SETTLED = """() => {
  const main = document.querySelector('main');
  const asked = performance.getEntriesByType('resource').filter(entry => !entry.name.includes('/status')).length;
  const now = `${asked} ${main.querySelectorAll('*').length}`;
  const settled = window.lastSeen === now && !main.querySelector('[aria-busy=true], .spinner');
  window.lastSeen = now;
  return settled && main.innerText.length > 0;
}"""


def write_everything(folder: Path, run: str, name: Callable[[str], str], text: str) -> None:
    """One run with something for each dashboard; `name` makes the names of its tags."""
    rng = np.random.default_rng(3)
    with SummaryWriter(str(folder / run)) as writer:
        for step in range(5):
            for tag in ("loss/a", "loss/b", "loss/c"):
                writer.add_scalar(name(tag), 1 / (step + 1), step)
            writer.add_image(name("image"), rng.integers(0, 255, (3, 12, 12), np.uint8), step)
            writer.add_histogram(name("weights"), rng.normal(size=100), step)
            writer.add_text(name("text"), text, step)
            writer.add_pr_curve(name("pr"), rng.integers(0, 2, 100), rng.random(100), step, num_thresholds=11)
        writer.add_audio(name("audio"), np.sin(np.arange(800) / 9)[None], 0, sample_rate=8000)
        writer.add_mesh(name("mesh"), rng.random((1, 8, 3)).astype(np.float32), global_step=0)
        writer.add_embedding(rng.normal(size=(12, 5)), [name(f"label {i % 3}") for i in range(12)], tag=name("points"))
        writer.add_custom_scalars({name(part): charts for part, charts in LAYOUT.items()})
        file = FileWriter(str(folder / run))
        graph = GraphDef()
        graph.node.add(name=name("input"), op=name("Placeholder"))
        graph.node.add(name=name("scope/output"), op="Relu", input=[name("input")])
        file.add_onnx_graph(graph)
        file.close()
        writer.add_hparams({name("lr"): 0.1, name("kind"): name("adam")}, {name("score"): 0.5}, run_name=".")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("every") / "runs"
    for run in ("one", "two/a"):
        write_everything(
            folder, run, str, "# Title\n\nA [link](https://example.com) and `code`.\n\n| a | b |\n|--|--|\n| 1 | 2 |"
        )
    return serve(folder)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("hostile") / "runs"
    for number, name in enumerate(HOSTILE):
        safe = name.replace("/", "∕")
        write_everything(folder, safe, lambda tag, name=name, number=number: f"{tag}{number} {name}", HOSTILE_TEXT)
    return serve(folder)


@pytest.fixture
def board(open_viewer: Callable[..., Any], page_errors: list[str]) -> Iterator[Callable[..., Any]]:
    def open_(address: str, state: str = "#") -> Any:
        view = open_viewer(Path(), state, address)
        view.page.locator("nav.tabs[data-with-data]").wait_for()
        return view

    yield open_
    assert page_errors == []


def each_tab(view: Any) -> Iterator[str]:
    """Open every dashboard that has data, each when all it shows is there."""
    found = view.tabs()
    assert {"scalars", "images", "histograms", "texts"} <= set(found)
    for name in found:
        view.open_tab(name)
        settle(view.page)
        yield name


def settle(page: Any) -> None:
    page.evaluate("window.lastSeen = ''")
    page.wait_for_function(SETTLED, polling=120, timeout=30_000)


def faults(page: Any, theme: str) -> list[str]:
    """The serious and critical faults that axe-core finds, a line each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=AXE[theme]).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node['html'][:160]} {node['failureSummary'][:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:5]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_dashboard_is_accessible_asks_no_other_server_and_breaks_no_policy(
    board: Callable[..., Any], page: Any, address: str, theme: str
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    # Without a graphics card, Chromium remarks that what was drawn in space is read back.
    page.on("console", lambda message: "GL Driver" in message.text or complaints.append(message.text))
    view = board(address, f"#theme={theme}")
    found = {}
    for name in each_tab(view):
        found[name] = faults(view.page, theme)
    view.get("settings").click()
    view.get("settings-panel").wait_for()
    found["settings"] = faults(view.page, theme)
    view.page.keyboard.press("Escape")
    view.page.keyboard.press("?")
    view.get("help").wait_for()
    found["help"] = faults(view.page, theme)
    view.page.keyboard.press("Escape")
    view.page.evaluate("document.querySelector('main').append(new Image(9, 9))")
    assert len(faults(view.page, theme)) == 1
    assert {name: some for name, some in found.items() if some} == {}
    hosts = {urlsplit(url).netloc for url in asked if url.startswith("http")}
    assert hosts == {urlsplit(view.address).netloc}
    assert complaints == []


def test_names_and_texts_run_nothing_and_load_nothing_on_any_dashboard(
    board: Callable[..., Any], page: Any, hostile: str
) -> None:
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    view = board(hostile)
    for name in each_tab(view):
        # What a name would have become, had it been taken for HTML.
        made = page.evaluate(
            "() => document.querySelectorAll('main :is(script, iframe, base, form, [onerror], [onmouseover],"
            " [onfocus], img[src=x], a[href^=javascript])').length"
        )
        assert made == 0, name
        assert "window.pwned=1" in page.evaluate("document.body.innerText"), name
        if name == "texts":
            page.locator("[data-testid=markdown] p").first.wait_for()
            rendered = page.locator("[data-testid=markdown]").first
            assert rendered.locator("img, script, svg, iframe, style, form, input, base, math").count() == 0
            assert rendered.evaluate("e => [...e.querySelectorAll('a')].map(a => a.protocol)") == []
        if name == "scalars":
            box = page.locator(".u-over").first.bounding_box()
            page.mouse.move(box["x"] + 20, box["y"] + 20)
            view.get("tooltip").wait_for()
        else:
            page.locator("main").hover()
    assert page.evaluate("window.pwned") is None
    assert {urlsplit(url).hostname for url in asked if not url.startswith(("blob:", "data:", "about:"))} == {
        "127.0.0.1"
    }
    assert refused == []


@pytest.mark.parametrize(("width", "height"), [(900, 700), (600, 480)])
def test_the_bar_holds_in_small_windows_however_many_dashboards_there_are(
    board: Callable[..., Any], page: Any, address: str, screenshots: Path, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    view = board(address)
    found = view.tabs()
    for name in (found[0], found[-1]):
        view.open_tab(name)
        settle(page)
        page.screenshot(path=screenshots / f"shell-bar-{name}-{width}.png")
        outside = page.evaluate(
            """() => [...document.querySelectorAll('html, .topbar')]
              .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.className)"""
        )
        assert outside == []
        shown = page.locator("nav.tabs > button").evaluate_all("tabs => tabs.map(tab => tab.dataset.testid.slice(4))")
        assert name in shown
        assert len(shown) < len(found)
        end = page.evaluate("document.querySelector('.topbar-end').getBoundingClientRect().left")
        box = view.get("more-tabs").bounding_box()
        assert box["x"] + box["width"] <= end
