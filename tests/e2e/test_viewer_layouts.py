"""Custom scalars in a real browser: layouts that were logged, and charts made on the page."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog.messages import Summary
from cellboard.eventlog.summaries import custom_scalars
from cellboard.eventlog.summaries.custom_scalars import Category, Chart, Layout, Margin

STEPS = 40
SLOW = "a" * 40 + "b"
LOGGED = {
    "Training": {
        "losses": ["Multiline", ["loss/.*"]],
        "band": ["Margin", ["acc/mean", "acc/low", "acc/high"]],
    },
}
HOSTILE = Layout(
    (
        Category(
            "Odd <b>",
            (
                Chart("slow", ("(a+)+$", "loss/train")),
                Chart("missing", ("loss/train", "nothing/here")),
                Chart("broken", ("loss/(", "[z-a]")),
                Chart("half a band", margins=(Margin("acc/mean", "acc/low", "no/such"),)),
            ),
        ),
        Category("Closed", (Chart("hidden", ("loss/val",)),), is_closed=True),
    )
)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import tensorboardX
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    folder = tmp_path_factory.mktemp("layouts")
    for run, make in (("torch", TorchWriter), ("x", tensorboardX.SummaryWriter)):
        writer = make(str(folder / run))
        writer.add_custom_scalars(LOGGED)
        for step in range(STEPS):
            for tag, scale in (("loss/train", 1.0), ("loss/val", 1.3), ("Loss/other", 9.0)):
                writer.add_scalar(tag, scale * math.exp(-step / 10) + len(run) / 100, step)
            for tag, shift in (("acc/mean", 0.0), ("acc/low", -0.1), ("acc/high", 0.2)):
                writer.add_scalar(tag, 1 - math.exp(-step / 12) + shift, step)
        writer.close()
    with SummaryWriter(str(folder / "odd")) as odd:
        odd.add_scalar(SLOW, 1, 0)
        odd.add_scalar("loss/train", 2, 0)
        odd.file_writer.add_summary(Summary(value=[custom_scalars.encode(HOSTILE)]), 0)
    return folder


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("settings")


@pytest.fixture(scope="module")
def address(logdir: Path, config: Path, serve: Callable[[Path], str]) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(config))
        return serve(logdir)


@pytest.fixture
def viewer(open_viewer: Callable[..., Any], logdir: Path, address: str, page_errors: list[str]) -> Iterator[Any]:
    yield lambda state="#custom_scalars": open_viewer(logdir, state, address)
    assert page_errors == []


@pytest.fixture
def no_charts(config: Path) -> None:
    """Nothing is left of what an earlier test made."""
    for file in config.rglob("*.json"):
        file.unlink()


def drawn(board: Any, title: str, until: Callable[[Any], Any] = bool) -> Any:
    """The chart of that title, as soon as what it has drawn satisfies `until`."""
    card = board.page.locator(f'[data-testid=custom-card][data-title="{title}"]').first
    card.wait_for()
    return board.wait(
        lambda: board.ask("chart", card.get_attribute("data-chart")), lambda found: found["lines"] and until(found)
    )


def remarks(board: Any, title: str) -> str:
    card = board.page.locator(f'[data-testid=custom-card][data-title="{title}"]').first
    card.get_by_test_id("remarks").wait_for()
    return str(card.get_by_test_id("remarks").inner_text())


def titles(board: Any, section: str = "My charts") -> list[str]:
    found: list[str] = board.page.locator(f'[data-section="{section}"] [data-testid=custom-card]').evaluate_all(
        "(cards) => cards.map((card) => card.dataset.title)"
    )
    return found


def test_a_logged_chart_has_a_line_for_each_run_and_matching_tag(viewer: Any, log: LogDir) -> None:
    board = viewer()
    chart = drawn(board, "losses", lambda found: len(found["lines"]) == 5)
    wanted = {(run, tag) for run in log.runs for tag in log.runs[run].scalars if tag.startswith("loss/")}
    assert {(line["run"], line["tag"]) for line in chart["lines"]} == wanted
    for line in chart["lines"]:
        series = log.runs[line["run"]].scalars[line["tag"]]
        np.testing.assert_array_equal(line["x"], series.step)
        np.testing.assert_allclose(line["y"], series.value)
    rows = board.page.locator('[data-testid=custom-card][data-title=losses] .legend-row[data-run="torch"]')
    assert sorted(rows.evaluate_all("(rows) => rows.map((row) => row.dataset.lineTag)")) == ["loss/train", "loss/val"]
    strokes = rows.locator("line").evaluate_all("(lines) => lines.map((line) => line.getAttribute('stroke-dasharray'))")
    assert len(set(strokes)) == 2
    colors = {line["run"]: line["color"] for line in chart["lines"]}
    assert colors == {run: log.runs[run].color for run in colors}


def test_a_margin_chart_has_the_band_that_was_logged(viewer: Any, log: LogDir) -> None:
    board = viewer()
    chart = drawn(
        board, "band", lambda found: len(found["lines"]) == 2 and all(line["band"] for line in found["lines"])
    )
    for line in chart["lines"]:
        scalars = log.runs[line["run"]].scalars
        np.testing.assert_allclose(line["y"], scalars["acc/mean"].value)
        np.testing.assert_allclose(line["band"]["low"], scalars["acc/low"].value)
        np.testing.assert_allclose(line["band"]["high"], scalars["acc/high"].value)


def test_a_pattern_that_never_ends_stalls_nothing_and_is_explained(viewer: Any) -> None:
    board = viewer()
    board.page.evaluate(
        """() => { window.longest = 0; let last = performance.now();
          const tick = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - last);
            last = now; window.ticks = (window.ticks ?? 0) + 1; requestAnimationFrame(tick); };
          requestAnimationFrame(tick); }"""
    )
    assert "takes too long" in remarks(board, "slow")
    chart = drawn(board, "slow")
    assert {line["tag"] for line in chart["lines"]} == {"loss/train"}
    # The page went on drawing while the pattern ran; a pattern on its own thread would have held it for ever.
    assert board.page.evaluate("window.ticks") > 3


def test_what_is_missing_or_no_pattern_is_said_on_the_card(viewer: Any) -> None:
    board = viewer()
    assert re.search("nothing/here.*no scalar has such a tag", remarks(board, "missing"))
    assert {line["tag"] for line in drawn(board, "missing")["lines"]} == {"loss/train"}
    broken = remarks(board, "broken")
    assert broken.count("Not a regular expression") == 2
    assert "no/such" in remarks(board, "half a band")
    assert all(line["band"] is None for line in drawn(board, "half a band")["lines"])


def test_categories_may_start_closed_and_names_are_text(viewer: Any) -> None:
    board = viewer()
    drawn(board, "losses")
    assert titles(board, "Odd <b>") == ["slow", "missing", "broken", "half a band"]
    assert titles(board, "Closed") == []
    board.page.locator("[data-section=Closed] [data-testid=group-toggle]").click()
    drawn(board, "hidden")
    board.page.locator("[data-section=Training] [data-testid=group-toggle]").click()
    board.wait(lambda: titles(board, "Training"), lambda found: found == [])
    board.wait(lambda: board.page.evaluate("location.hash"), lambda found: "csfold=" in found)


def make(board: Any, title: str, *patterns: str, section: str = "") -> None:
    board.get("new-chart").click()
    fill(board, title, patterns, section)


def fill(board: Any, title: str, patterns: tuple[str, ...], section: str = "") -> None:
    board.get("chart-title").fill(title)
    board.get("chart-section").fill(section)
    board.get("chart-patterns").fill("\n".join(patterns))
    board.get("chart-save").click()
    board.get("chart-dialog").wait_for(state="detached")


def choose(board: Any, title: str, what: str) -> None:
    card = board.page.locator(f'[data-section] [data-testid=custom-card][data-title="{title}"]').first
    card.get_by_test_id("chart-menu").click()
    board.get(what).click()


@pytest.mark.usefixtures("no_charts")
def test_charts_are_made_changed_moved_and_deleted(viewer: Any, logdir: Path, config: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in logdir.rglob("*"))
    board = viewer()
    make(board, "First", "loss/train")
    assert {line["tag"] for line in drawn(board, "First")["lines"]} == {"loss/train"}
    make(board, "Second", "acc/.*")
    drawn(
        board, "Second", lambda found: {line["tag"] for line in found["lines"]} == {"acc/mean", "acc/low", "acc/high"}
    )
    make(board, "Third", "Loss/.*", section="Elsewhere")
    drawn(board, "Third", lambda found: {line["tag"] for line in found["lines"]} == {"Loss/other"})
    assert (titles(board), titles(board, "Elsewhere")) == (["First", "Second"], ["Third"])

    choose(board, "Second", "chart-before")
    board.wait(lambda: titles(board), lambda found: found == ["Second", "First"])
    choose(board, "First", "chart-edit")
    fill(board, "Renamed", ("loss/val",))
    drawn(board, "Renamed", lambda found: {line["tag"] for line in found["lines"]} == {"loss/val"})
    choose(board, "Second", "chart-delete")
    board.wait(lambda: titles(board), lambda found: found == ["Renamed"])
    board.get("take-back").click()
    board.wait(lambda: titles(board), lambda found: found == ["Second", "Renamed"])

    board.goto("#custom_scalars")
    drawn(board, "Renamed")
    assert (titles(board), titles(board, "Elsewhere")) == (["Second", "Renamed"], ["Third"])
    (file,) = config.rglob("*.json")
    assert file.parent == config / "cellboard" / "layouts"
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted((path, path.stat().st_mtime_ns) for path in logdir.rglob("*")) == before


@pytest.mark.usefixtures("no_charts")
def test_a_band_is_made_on_the_page_and_a_logged_chart_is_copied(viewer: Any) -> None:
    board = viewer()
    board.get("new-chart").click()
    board.get("chart-title").fill("Mine")
    board.get("chart-save").click()
    board.wait(lambda: board.get("chart-said").inner_text(), bool)
    board.get("chart-kind").locator("[data-value=bands]").click()
    for part, tag in (("value", "acc/mean"), ("lower", "acc/low"), ("upper", "acc/high")):
        board.get(f"margin-{part}").fill(tag)
    board.get("chart-save").click()
    drawn(board, "Mine", lambda found: all(line["band"] for line in found["lines"]))
    choose(board, "losses", "chart-copy")
    board.get("chart-save").click()
    board.wait(lambda: titles(board), lambda found: found == ["Mine", "losses"])


@pytest.mark.usefixtures("no_charts")
def test_what_was_changed_elsewhere_is_not_lost(viewer: Any, browser: Any, address: str) -> None:
    board = viewer()
    make(board, "Here", "loss/train")
    drawn(board, "Here")
    other = browser.new_page()
    other.goto(address + "#custom_scalars")
    other.locator('[data-title="Here"]').wait_for()
    make(board, "Later", "loss/val")
    board.wait(lambda: titles(board), lambda found: found == ["Here", "Later"])
    # The other page has not asked again yet, or has: its change is kept only if it knows of the one here.
    other.evaluate("() => fetch('api/v1/layout')")
    said = other.evaluate(
        """() => fetch('api/v1/layout', { method: 'PUT', headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ charts: [], version: 'old' }) }).then(answer => answer.status)"""
    )
    other.close()
    assert said == 409
    board.goto("#custom_scalars")
    drawn(board, "Later")
    assert titles(board) == ["Here", "Later"]


@pytest.mark.usefixtures("no_charts")
def test_where_nothing_can_be_kept_the_page_says_why(viewer: Any, config: Path) -> None:
    board = viewer()
    drawn(board, "losses")
    board.page.route("**/api/v1/layout", lambda route: refuse(route))
    board.get("new-chart").click()
    board.get("chart-title").fill("Lost")
    board.get("chart-patterns").fill("loss/.*")
    board.get("chart-save").click()
    board.get("chart-said").filter(has_text="could not be kept").wait_for()
    board.get("chart-dialog-close").click()
    assert "only the proxy says no" in board.get("layout-trouble").inner_text()
    assert titles(board) == []
    assert not list(config.rglob("*.json"))


def refuse(route: Any) -> None:
    if route.request.method == "GET":
        route.continue_()
    else:
        route.fulfill(status=403, json={"error": "only the proxy says no", "hint": ""})


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.usefixtures("no_charts")
def test_pictures(viewer: Any, screenshots: Path, theme: str) -> None:
    board = viewer(f"#custom_scalars&theme={theme}")
    make(board, "Both losses", "loss/train", "loss/val")
    drawn(board, "Both losses")
    for size, (width, height) in {"wide": (1400, 900), "narrow": (900, 700)}.items():
        board.page.set_viewport_size({"width": width, "height": height})
        board.page.wait_for_timeout(200)  # only for the picture: the cards take the new size
        board.page.screenshot(path=screenshots / f"layouts-{theme}-{size}.png")
        board.assert_nothing_sticks_out()
    choose(board, "Both losses", "chart-edit")
    board.get("chart-dialog").wait_for()
    board.page.screenshot(path=screenshots / f"layouts-dialog-{theme}.png")
    board.get("chart-kind").locator("[data-value=bands]").click()
    board.page.screenshot(path=screenshots / f"layouts-dialog-bands-{theme}.png")
    board.get("chart-dialog-close").click()
    board.page.mouse.wheel(0, 900)
    board.page.wait_for_timeout(300)
    board.page.screenshot(path=screenshots / f"layouts-below-{theme}.png")
