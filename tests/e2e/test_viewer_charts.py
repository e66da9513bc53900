"""The scalar charts' engine in a real browser: axes, bounds, zoom, tooltip, restarts, pictures."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from cellboard import SummaryWriter

POINTS = 200
HOSTILE = "exp_seed=1_</script><img src=x onerror=alert(1)>"
RUNS = (HOSTILE, "exp_seed=2_adam", "exp_seed=3_sgd")
TAG = "train/loss"


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    noise = np.random.default_rng(3)
    for number, name in enumerate(RUNS):
        with SummaryWriter(str(folder / f"run{number}")) as writer:
            for step in range(POINTS):
                at = 1_700_000_000 + 2.0 * step
                loss = 10.0 ** (-step / 60) * (1 + 0.1 * noise.standard_normal()) + 0.2 * number
                spike = 1e6 if step == 77 and number == 0 else loss
                writer.add_scalar(TAG, spike, step, walltime=at)
                writer.add_scalar("val/loss", loss, step, walltime=at)
                writer.add_scalar("signed", math.sin(step / 20) * 10.0 ** (step / 50), step, walltime=at)
        (folder / f"run{number}").rename(folder / name.replace("/", "∕"))  # no slash in a directory's name
    begun = SummaryWriter(str(folder / "again"))
    for step in range(100):
        begun.add_scalar("once", float(step), step, walltime=1_700_000_000.0 + step)
    begun.close()
    with SummaryWriter(str(folder / "again"), purge_step=60) as writer:
        for step in range(60, 120):
            writer.add_scalar("once", step / 2, step, walltime=1_700_001_000.0 + step)
    return folder


@pytest.fixture
def view(open_viewer: Callable[..., Any], logdir: Path, address: str, page_errors: list[str]) -> Iterator[Any]:
    yield open_viewer(logdir, "#scalars", address)
    assert page_errors == []


def three(chart: dict[str, Any]) -> bool:
    return len(chart["lines"]) == 3


def card(view: Any, tag: str = TAG) -> Any:
    return view.page.locator(f'[data-testid=scalar-card][data-tag="{tag}"]')


def plot_box(view: Any, tag: str = TAG) -> dict[str, float]:
    found: dict[str, float] = card(view, tag).locator(".u-over").bounding_box()
    return found


def open_axes(view: Any, tag: str = TAG) -> None:
    card(view, tag).get_by_test_id("card-menu").click()
    view.get("open-axes").click()
    view.get("axes-panel").wait_for()


def point_at(view: Any, x: float, y: float = 0.5, tag: str = TAG) -> None:
    box = plot_box(view, tag)
    view.page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    view.page.mouse.move(box["x"] + box["width"] * x + 1, box["y"] + box["height"] * y)
    view.get("tooltip").wait_for()


def rows(view: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = view.page.eval_on_selector_all(
        "[data-testid=tooltip] tbody tr",
        """rows => rows.map(row => ({run: row.dataset.run, value: Number(row.dataset.value),
            name: row.querySelector('.tooltip-run').textContent, closest: row.className === 'closest',
            step: Number(row.dataset.step)}))""",
    )
    return found


def test_scales_of_all_charts_are_log_and_symlog_and_in_the_address(view: Any) -> None:
    view.chart(TAG, three)
    view.get("view-options").click()
    view.get("x-scale").locator("[data-value=log]").click()
    view.get("y-scale").locator("[data-value=symlog]").click()
    chart = view.chart("signed", lambda chart: chart["xScale"] == "log" and chart["yScale"] == "symlog")
    # Step 0 has no place; zero and negative values have.
    assert chart["x"] == [1, POINTS - 1]
    assert chart["y"][0] < 0 < chart["y"][1]
    assert {line["points"] for line in chart["lines"]} == {POINTS - 1}
    assert card(view, "signed").get_by_test_id("chart-note").text_content() == "3 ≤ 0"
    state = lambda: view.page.evaluate("location.hash")  # noqa: E731
    link = view.wait(state, lambda text: "step,log" in text and "y,symlog" in text)
    view.goto(link)
    view.chart("signed", lambda chart: chart["xScale"] == "log" and chart["yScale"] == "symlog")


def test_a_log_axis_says_what_has_no_place(view: Any) -> None:
    view.chart("signed", three)
    view.get("log-y").check()
    chart = view.chart("signed", lambda chart: chart["yScale"] == "log")
    masked = sum(line["masked"] for line in chart["lines"])
    assert masked > 0
    assert chart["y"][0] > 0
    note = card(view, "signed").get_by_test_id("chart-note")
    assert note.text_content() == f"{masked} ≤ 0"


def test_bounds_are_typed_for_a_chart_a_pattern_and_all(view: Any) -> None:
    view.chart(TAG, three)
    open_axes(view)
    view.get("axes-y-min").fill("-1.5")
    view.get("axes-y-max").fill("4")
    view.get("axes-y-max").press("Enter")
    view.get("axes-x-max").fill("50")
    view.get("axes-x-max").press("Enter")
    chart = view.chart(TAG, lambda chart: chart["y"] == [-1.5, 4] and chart["x"] == [0, 50])
    assert view.chart("val/loss")["y"] != [-1.5, 4]
    assert max(chart["lines"][0]["x"]) <= POINTS
    view.get("axes-scope").locator("[data-value=match]").click()
    view.get("axes-pattern").fill("^(train|val)/lo.s$")
    view.get("axes-pattern").press("Enter")
    view.get("axes-from-zero").click()
    assert view.chart("val/loss", lambda chart: chart["y"][0] == 0)["y"][0] == 0
    assert view.chart(TAG)["y"] == [-1.5, 4]
    assert view.chart("signed")["y"][0] != 0
    view.get("axes-scope").locator("[data-value=all]").click()
    view.get("axes-y-max").fill("123")
    view.get("axes-y-max").press("Enter")
    view.chart("signed", lambda chart: chart["y"][1] == 123)
    assert view.chart(TAG)["y"] == [-1.5, 4]
    link = view.wait(lambda: view.page.evaluate("location.hash"), lambda text: "123" in text)
    view.goto(link)
    view.chart(TAG, lambda chart: chart["y"] == [-1.5, 4] and chart["x"] == [0, 50])
    view.chart("val/loss", lambda chart: chart["y"] == [0, 123])
    view.get("view-options").click()
    view.get("reset-axes").click()
    view.chart("signed", lambda chart: chart["y"][1] != 123)


def test_a_pattern_that_never_ends_stalls_nothing(view: Any) -> None:
    view.chart(TAG, three)
    open_axes(view)
    view.get("axes-scope").locator("[data-value=match]").click()
    view.get("axes-pattern").fill("(.*.*.*.*.*.*.*.*.*.*.*.*)*$x|(")
    view.get("axes-pattern").press("Enter")
    view.get("axes-from-zero").click()
    view.get("axes-error").filter(has_text="Not a regular expression").wait_for()
    assert view.chart(TAG)["y"][0] != 0


def test_outliers_are_left_out_if_asked_and_it_is_said(view: Any) -> None:
    assert view.chart(TAG, three)["y"][1] > 1e6
    view.get("view-options").click()
    view.get("outliers").check()
    chart = view.chart(TAG, lambda chart: chart["y"][1] < 10)
    outside = sum(
        1 for line in chart["lines"] for y in line["y"] if not chart["y"][0] <= y <= chart["y"][1] and math.isfinite(y)
    )
    assert chart["outside"] == outside > 0
    assert card(view).get_by_test_id("chart-note").text_content() == f"{outside} outside"


def test_drag_with_shift_pans_and_the_lines_come_along(view: Any) -> None:
    view.goto("#scalars&zoom=50,100:train/loss")
    before = view.chart(TAG, lambda chart: chart["x"] == [50, 100])
    box = plot_box(view)
    view.page.keyboard.down("Shift")
    view.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 60)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60, steps=6)
    moved = view.chart(TAG, lambda chart: chart["x"][0] > 60)
    assert moved["x"][1] - moved["x"][0] == pytest.approx(50)
    # While it is dragged, the canvas with the lines is moved, not drawn.
    shift = view.page.evaluate(
        """(tag) => new DOMMatrix(getComputedStyle(document.querySelector(
            `[data-testid=scalar-chart][data-tag="${tag}"] .chart-layer canvas`)).transform).e""",
        TAG,
    )
    assert shift == pytest.approx(-0.3 * box["width"], abs=2)
    view.page.mouse.up()
    view.page.keyboard.up("Shift")
    after = view.chart(TAG, lambda chart: chart["x"] != before["x"])
    assert after["x"] == pytest.approx([65, 115], abs=0.5)
    settled = view.wait(
        lambda: view.page.evaluate(
            """(tag) => document.querySelector(`[data-testid=scalar-chart][data-tag="${tag}"] .chart-layer canvas`)
                .style.transform""",
            TAG,
        ),
        lambda transform: transform == "",
    )
    assert settled == ""
    assert card(view).get_by_test_id("reset-zoom").count() == 1


def test_wheel_zooms_at_the_pointer_with_alt_alone(view: Any) -> None:
    before = view.chart(TAG, three)["x"]
    box = plot_box(view)
    view.page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 60)
    view.page.keyboard.down("Alt")
    view.page.mouse.wheel(0, -300)
    view.page.keyboard.up("Alt")
    after = view.chart(TAG, lambda chart: chart["x"] != before)["x"]
    fixed = before[0] + 0.25 * (before[1] - before[0])
    assert after[0] > before[0]
    assert after[1] < before[1]
    assert (fixed - after[0]) / (after[1] - after[0]) == pytest.approx(0.25, abs=0.02)


def test_linked_zoom_shows_the_same_part_of_all_charts(view: Any) -> None:
    view.chart(TAG, three)
    view.get("view-options").click()
    view.get("link-zoom").check()
    view.page.keyboard.press("Escape")
    box = plot_box(view)
    view.page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 60)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 62, steps=4)
    view.page.mouse.up()
    zoomed = view.chart(TAG, lambda chart: chart["x"][1] < POINTS - 1)["x"]
    assert view.chart("val/loss", lambda chart: chart["x"] == zoomed)["x"] == zoomed
    assert view.chart("signed", lambda chart: chart["x"] == zoomed)["x"] == zoomed
    link = view.wait(lambda: view.page.evaluate("location.hash"), lambda text: "zoomx=" in text)
    view.goto(link)
    again = view.chart("signed", lambda chart: chart["x"][1] < POINTS - 1)["x"]
    assert again == pytest.approx(zoomed, abs=0.01)
    # Panning one moves the others along, while the hand moves and after it.
    box = plot_box(view)
    view.page.keyboard.down("Shift")
    view.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 60)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 60, steps=4)
    moving = view.chart(TAG, lambda chart: chart["x"][0] > again[0] + 1)["x"]
    view.chart("signed", lambda chart: chart["x"] == moving)
    view.page.mouse.up()
    view.page.keyboard.up("Shift")
    moved = view.wait(lambda: view.page.evaluate("location.hash"), lambda text: "zoomx=" in text and text != link)
    rest = view.chart(TAG, lambda chart: chart["x"][0] > again[0] + 1)["x"]
    assert rest[1] - rest[0] == pytest.approx(again[1] - again[0], abs=0.02)
    assert float(moved.split("zoomx=")[1].split(",")[0]) == pytest.approx(rest[0], abs=0.02)
    # Two clicks show everything again, and leave no tooltip behind.
    view.page.mouse.dblclick(box["x"] + box["width"] * 0.5, box["y"] + 60)
    view.chart("signed", lambda chart: chart["x"] == [0, POINTS - 1])
    assert view.page.locator("[data-testid=tooltip][data-pinned]").count() == 0
    view.goto(moved)
    view.chart("signed", lambda chart: chart["x"][1] < POINTS - 1)
    view.get("view-options").click()
    view.get("reset-zooms").click()
    view.chart("signed", lambda chart: chart["x"] == [0, POINTS - 1])
    view.chart(TAG, lambda chart: chart["x"] == [0, POINTS - 1])


def test_keys_of_a_chart_move_zoom_and_point(view: Any) -> None:
    view.chart("val/loss", three)
    chart = card(view, "val/loss").get_by_test_id("scalar-chart")
    chart.focus()
    for _ in range(3):
        view.page.keyboard.press("ArrowRight")
    first = view.wait(lambda: [row for row in rows(view) if row["closest"]], bool)[0]
    assert first["step"] == 2
    view.page.keyboard.press("ArrowUp")
    other = view.wait(lambda: [row for row in rows(view) if row["closest"] and row["run"] != first["run"]], bool)[0]
    assert other["step"] == 2
    view.page.keyboard.press("+")
    zoomed = view.chart("val/loss", lambda chart: chart["x"][1] < POINTS - 1)["x"]
    view.page.keyboard.press("Shift+ArrowRight")
    panned = view.chart("val/loss", lambda chart: chart["x"][0] > zoomed[0])["x"]
    assert panned[1] - panned[0] == pytest.approx(zoomed[1] - zoomed[0])
    view.page.keyboard.press("0")
    view.chart("val/loss", lambda chart: chart["x"] == [0, POINTS - 1])
    view.page.keyboard.press("p")
    view.page.locator("[data-testid=tooltip][data-pinned]").wait_for()
    view.page.keyboard.press("Escape")
    view.page.locator("[data-testid=tooltip][data-pinned]").wait_for(state="detached")


def test_tooltip_sorts_folds_names_and_says_how_many_more(view: Any) -> None:
    view.goto("#scalars&tooltip=low&tooltip-rows=2&tags=val/loss")
    view.chart("val/loss", three)
    point_at(view, 0.9, tag="val/loss")
    shown = rows(view)
    assert len(shown) == 2
    assert shown[0]["value"] < shown[1]["value"]
    view.get("tooltip").get_by_text("and 1 more").wait_for()
    assert view.get("tooltip-common").text_content() == "exp_seed=…"
    assert [row["name"] for row in shown] == [row["run"].removeprefix("exp_seed=") for row in shown]


def test_a_pinned_tooltip_is_copied_acts_on_runs_and_closes(view: Any) -> None:
    view.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view.goto("#scalars&tags=val/loss")
    chart = view.chart("val/loss", three)
    point_at(view, 0.5, tag="val/loss")
    view.page.mouse.down()
    view.page.mouse.up()
    view.page.locator("[data-testid=tooltip][data-pinned]").wait_for()
    view.page.mouse.move(5, 5)
    shown = rows(view)
    assert {row["run"] for row in shown} == {line["run"] for line in chart["lines"]}
    view.get("tooltip-copy").click()
    view.page.get_by_label("Copied").wait_for()
    table = [line.split("\t") for line in view.page.evaluate("navigator.clipboard.readText()").splitlines()]
    assert table[0] == ["run", "value", "step", "time", "relative"]
    assert [(name, float(value), int(step)) for name, value, step, *_ in table[1:]] == [
        (row["run"], row["value"], row["step"]) for row in shown
    ]
    view.get("tooltip-order").select_option("name")
    assert [row["run"] for row in rows(view)] == sorted(row["run"] for row in shown)
    view.page.locator(f'[data-testid=tooltip] tr[data-run="{RUNS[1]}"]').click()
    view.get("run-color").fill("#12ab34")
    view.chart("val/loss", lambda chart: "#12ab34" in [line["color"] for line in chart["lines"]])
    view.get("hide-run").click()
    view.chart("val/loss", lambda chart: RUNS[1] not in [line["run"] for line in chart["lines"]])
    assert view.page.locator("[data-testid=tooltip][data-pinned]").count() == 0
    point_at(view, 0.5, tag="val/loss")
    view.page.keyboard.press("Escape")
    view.page.mouse.down()
    view.page.mouse.up()
    view.get("only-run").click()
    view.chart("val/loss", lambda chart: len(chart["lines"]) == 1)


def test_restarts_are_marked_and_what_they_replaced_can_be_seen(view: Any) -> None:
    line = view.chart("once")["lines"][0]
    assert line["restarts"] == [{"x": 60, "step": 60, "last": 99, "count": 40}]
    assert line["old"] is None
    assert line["total"] == 120
    button = card(view, "once").get_by_test_id("restarts")
    assert button.text_content() == "1 restart"
    point_at(view, 60 / 119, tag="once")
    said = view.get("tooltip-notes").text_content()
    assert said == "restarted here: 40 points of steps 60–99 superseded"
    button.click()
    line = view.chart("once", lambda chart: chart["lines"][0]["old"])["lines"][0]
    assert line["old"] == {"x": list(range(60, 100)), "y": [float(step) for step in range(60, 100)]}
    assert line["y"][60:63] == [30, 30.5, 31]
    view.get("x-axis").locator("[data-value=relative]").click()
    line = view.chart("once", lambda chart: chart["axis"] == "relative")["lines"][0]
    assert line["restarts"][0]["x"] == 1060


def save(view: Any, tag: str, what: str) -> Path:
    card(view, tag).get_by_test_id("card-menu").click()
    with view.page.expect_download() as caught:
        view.get(what).click()
    assert Path(caught.value.suggested_filename).stem == tag.replace("/", "-")
    return Path(caught.value.path())


def test_a_chart_is_saved_as_svg_and_png(view: Any) -> None:
    view.goto("#scalars&theme=light")
    view.chart("val/loss", three)
    text = save(view, "val/loss", "save-svg").read_text()
    assert "<script" not in text
    assert "</script" not in text
    root = ElementTree.fromstring(text)
    names = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "val/loss" in names
    assert all(any((name or "").startswith(run.replace("/", "∕")) for name in names) for run in RUNS)
    lines = [e.get("d") for e in root.iter("{http://www.w3.org/2000/svg}path") if e.get("stroke-linejoin")]
    assert [line.count("L") + 1 for line in lines] == [POINTS] * 3
    view.goto("#scalars&theme=dark")
    view.chart("val/loss", three)
    dark, light = (save(view, "val/loss", what).read_text() for what in ("save-svg", "save-svg-light"))
    assert light == text
    assert dark != text
    png = save(view, "val/loss", "save-png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    size = [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)]
    assert size == [2 * int(root.get("width") or 0), 2 * int(root.get("height") or 0)]


def test_axes_follow_new_data_unless_zoomed(open_viewer: Callable[..., Any], tmp_path: Path) -> None:
    writer = SummaryWriter(str(tmp_path / "run"))
    for step in range(10):
        writer.add_scalar("live", step, step)
        writer.add_scalar("held", step, step)
    writer.flush()
    view = open_viewer(tmp_path, "#scalars&zoom=2,6:held")
    view.chart("held", lambda chart: chart["x"] == [2, 6])
    assert view.chart("live")["x"] == [0, 9]
    for step in range(10, 30):
        writer.add_scalar("live", step, step)
        writer.add_scalar("held", step, step)
    writer.close()
    assert view.chart("live", lambda chart: chart["x"][1] == 29)["y"][1] > 29
    held = view.chart("held", lambda chart: chart["lines"][0]["total"] == 30)
    assert held["x"] == [2, 6]


STATES = {
    "symlog": "axes=y,symlog,,:tag:signed&axes=step,symlog,,:all:&superseded=1",
    "log-outliers": "axes=y,log,,:all:&outliers=1",
    "restarts": "tags=once&superseded=1",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_of_the_states(view: Any, screenshots: Path, theme: str) -> None:
    for name, state in STATES.items():
        view.goto(f"#scalars&theme={theme}&{state}")
        view.chart("once")
        view.page.screenshot(path=screenshots / f"charts-{name}-{theme}.png")
    view.goto(f"#scalars&theme={theme}&tags=train")
    view.chart(TAG, three)
    open_axes(view)
    view.page.screenshot(path=screenshots / f"charts-axes-{theme}.png")
    view.page.keyboard.press("Escape")
    view.get("view-options").click()
    view.page.screenshot(path=screenshots / f"charts-options-{theme}.png")
    view.page.keyboard.press("Escape")
    point_at(view, 0.4)
    view.page.mouse.down()
    view.page.mouse.up()
    view.page.locator("[data-testid=tooltip][data-pinned]").wait_for()
    view.page.screenshot(path=screenshots / f"charts-pinned-{theme}.png")
    inside = view.get("tooltip").bounding_box()
    assert inside["x"] >= 0
    assert inside["x"] + inside["width"] <= 1400
    view.page.set_viewport_size({"width": 900, "height": 700})
    view.goto(f"#scalars&theme={theme}&outliers=1&superseded=1")
    view.chart(TAG, three)
    view.page.screenshot(path=screenshots / f"charts-narrow-{theme}.png")
    assert view.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
