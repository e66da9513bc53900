"""The viewer's scalar page in a real browser: what is drawn is what was logged."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import ema

RUNS = ("lr=0.1/adam", "lr=0.1/sgd", "lr=0.01/adam")
POINTS = 300


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scalars")
    noise = np.random.default_rng(7)
    for number, name in enumerate(RUNS):
        with SummaryWriter(str(folder / name)) as writer:
            for step in range(POINTS):
                at = 1_700_000_000 + 1000 * number + 2.0 * step
                loss = math.exp(-step / 80) + 0.05 * noise.standard_normal() - 0.1 * number
                writer.add_scalar("train/loss", loss, step, walltime=at)
                writer.add_scalar("train/rate", 10.0 ** (-step / 100), step, walltime=at)
            writer.add_scalar("val/best", 0.5 + number, 17, walltime=at)
    with SummaryWriter(str(folder / RUNS[0])) as writer:
        values = [1.0, math.nan, 2.0, math.inf, -3.0, -math.inf, 4.0]
        for step, value in enumerate(values):
            writer.add_scalar("odd/values", value, step, walltime=1_700_000_000.0 + step)
    return folder


@pytest.fixture
def viewer(open_viewer: Callable[..., Any], logdir: Path, address: str, page_errors: list[str]) -> Iterator[Any]:
    yield open_viewer(logdir, address=address)
    assert page_errors == []


def by_run(chart: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {line["run"]: line for line in chart["lines"]}


def data_of(viewer: Any, selector: str) -> list[dict[str, str]]:
    """The ``data-`` attributes of elements, all at one moment."""
    found: list[dict[str, str]] = viewer.page.locator(selector).evaluate_all(
        "rows => rows.map(row => ({ ...row.dataset }))"
    )
    return found


def has_lines(count: int) -> Callable[[dict[str, Any]], bool]:
    return lambda chart: len(chart["lines"]) == count


def test_every_run_is_a_line_with_every_point(viewer: Any, log: LogDir) -> None:
    lines = by_run(viewer.chart("train/loss", has_lines(len(RUNS))))
    assert list(lines) == list(log.runs)
    for name, run in log.runs.items():
        series = run.scalars["train/loss"]
        assert lines[name]["x"] == series.step.tolist()
        assert lines[name]["y"] == series.value.tolist()
        assert lines[name]["points"] == lines[name]["total"] == POINTS
        assert lines[name]["color"] == run.color
        assert lines[name]["last"]["value"] == series.value[-1]


def test_the_canvas_holds_the_runs_colours(viewer: Any, log: LogDir) -> None:
    viewer.chart("train/loss", has_lines(len(RUNS)))
    found = viewer.page.evaluate(
        """() => {
          const chart = document.querySelector('[data-testid=scalar-chart][data-tag="train/loss"]');
          const canvas = chart.querySelector('.chart-layer canvas');
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          const colors = new Set();
          for (let i = 0; i < data.length; i += 4)
            if (data[i + 3] === 255) colors.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
          return [...colors];
        }"""
    )
    assert {int(run.color[1:], 16) for run in log.runs.values()} <= set(found)


def test_legend_shows_the_last_value_of_each_run(viewer: Any, log: LogDir) -> None:
    viewer.chart("train/loss", has_lines(len(RUNS)))
    rows = data_of(viewer, '[data-testid=scalar-card][data-tag="train/loss"] .legend-row')
    shown = {row["run"]: float(row["last"]) for row in rows}
    assert shown == {name: run.scalars["train/loss"].value[-1] for name, run in log.runs.items()}


def test_unticking_a_run_takes_its_line_away_without_asking_the_viewer(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(3))
    viewer.page.wait_for_timeout(300)
    asked: list[str] = []
    viewer.page.on("request", lambda request: asked.append(request.url))
    row = viewer.page.locator(f'[data-testid=run-row][data-run="{RUNS[1]}"]')
    row.locator("input").uncheck()
    lines = by_run(viewer.chart("train/loss", has_lines(2)))
    assert RUNS[1] not in lines
    row.locator("input").check()
    viewer.chart("train/loss", has_lines(3))
    assert not [url for url in asked if "api/v1/scalars" in url]


def test_double_click_shows_one_run_alone_and_all_again(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(3))
    row = viewer.page.locator(f'[data-testid=run-row][data-run="{RUNS[2]}"]')
    row.locator(".name").dblclick()
    assert list(by_run(viewer.chart("train/loss", has_lines(1)))) == [RUNS[2]]
    viewer.get("select-all").check()
    viewer.chart("train/loss", has_lines(3))
    viewer.get("select-all").uncheck()
    viewer.get("no-runs").wait_for()


def test_run_filter_takes_a_regex(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(3))
    viewer.get("run-filter").fill("^lr=0.1/(adam|sgd)$")
    assert set(by_run(viewer.chart("train/loss", has_lines(2)))) == {"lr=0.1/adam", "lr=0.1/sgd"}
    viewer.page.wait_for_function("() => document.querySelectorAll('[data-testid=run-row]').length === 2")


def test_an_invalid_regex_is_explained_and_changes_nothing(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(3))
    viewer.get("run-filter").fill("adam(")
    error = viewer.get("run-filter-error")
    error.filter(has_text="Not a regular expression").wait_for()
    assert len(viewer.chart("train/loss")["lines"]) == 3
    viewer.get("run-filter").fill("adam")
    viewer.chart("train/loss", has_lines(2))
    assert error.text_content() == ""


def test_tag_filter_keeps_matching_cards(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(3))
    viewer.page.keyboard.press("/")
    viewer.page.keyboard.type("rate$|best")
    viewer.wait(lambda: cards(viewer), lambda tags: tags == ["train/rate", "val/best"])
    viewer.get("tag-filter").fill("no such tag")
    viewer.get("no-match").wait_for()


def cards(viewer: Any) -> list[str]:
    found: list[str] = viewer.page.eval_on_selector_all(
        "[data-testid=scalar-card]", "cards => cards.map(card => card.dataset.tag)"
    )
    return found


def test_smoothing_is_the_debiased_average_over_the_faint_logged_line(viewer: Any, log: LogDir) -> None:
    viewer.chart("train/loss", has_lines(3))
    viewer.get("smoothing-number").fill("0.9")
    viewer.get("smoothing-number").press("Enter")
    chart = viewer.chart("train/loss", lambda chart: chart["lines"][0]["raw"])
    for name, line in by_run(chart).items():
        value = log.runs[name].scalars["train/loss"].value
        np.testing.assert_allclose(line["y"], ema(value, 0.9), rtol=1e-12)
        assert line["raw"] == value.tolist()


@pytest.mark.parametrize("axis", ["relative", "wall"])
def test_axes_of_time(viewer: Any, log: LogDir, axis: str) -> None:
    viewer.chart("train/loss", has_lines(3))
    viewer.get("x-axis").locator(f"[data-value={axis}]").click()
    for name, line in by_run(viewer.chart("train/loss", lambda chart: chart["axis"] == axis)).items():
        wall = log.runs[name].scalars["train/loss"].wall_time
        np.testing.assert_allclose(line["x"], wall - (wall[0] if axis == "relative" else 0), rtol=0, atol=1e-6)


def test_log_y_masks_what_is_not_positive(viewer: Any, log: LogDir) -> None:
    viewer.chart("train/loss", has_lines(3))
    viewer.get("log-y").check()
    chart = viewer.chart("train/loss", lambda chart: chart["log"])
    for name, line in by_run(chart).items():
        value = log.runs[name].scalars["train/loss"].value
        assert line["points"] == (value > 0).sum()
        assert line["masked"] == (value <= 0).sum()
    assert chart["y"][0] > 0


def test_nan_and_infinities_are_marked_and_break_the_line(viewer: Any) -> None:
    line = viewer.chart("odd/values")["lines"][0]
    assert (line["points"], line["marks"]) == (4, 3)


def test_a_single_point_is_drawn(viewer: Any, log: LogDir) -> None:
    viewer.page.locator('[data-testid=scalar-card][data-tag="val/best"]').scroll_into_view_if_needed()
    chart = viewer.chart("val/best", has_lines(3))
    assert [line["points"] for line in chart["lines"]] == [1, 1, 1]
    assert chart["x"][0] < 17 < chart["x"][1]


def drag(viewer: Any, tag: str, x: tuple[float, float], y: tuple[float, float]) -> None:
    box = viewer.page.locator(f'[data-testid=scalar-chart][data-tag="{tag}"] .u-over').bounding_box()
    places = [(box["x"] + box["width"] * x[i], box["y"] + box["height"] * y[i]) for i in (0, 1)]
    viewer.page.mouse.move(*places[0])
    viewer.page.mouse.down()
    viewer.page.mouse.move(*places[1], steps=5)
    viewer.page.mouse.up()


def test_drag_zooms_and_double_click_resets(viewer: Any, log: LogDir) -> None:
    before = viewer.chart("train/loss", has_lines(3))
    asked: list[str] = []
    viewer.page.on("request", lambda request: asked.append(request.url))
    drag(viewer, "train/loss", (0.25, 0.5), (0.5, 0.52))
    zoomed = viewer.chart("train/loss", lambda chart: chart["x"] != before["x"])
    breadth = before["x"][1] - before["x"][0]
    assert zoomed["x"] == pytest.approx([before["x"][0] + 0.25 * breadth, before["x"][0] + 0.5 * breadth], abs=2)
    fine = viewer.chart("train/loss", lambda chart: len(chart["lines"][0]["x"]) < POINTS)
    inside = fine["lines"][0]
    assert any("from=" in url and "to=" in url for url in asked)
    series = log.runs[inside["run"]].scalars["train/loss"]
    within = (series.step >= fine["x"][0]) & (series.step <= fine["x"][1])
    assert set(series.step[within].tolist()) <= set(inside["x"])
    # The vertical axis follows what is in the range.
    assert fine["y"][1] - fine["y"][0] < before["y"][1] - before["y"][0]
    box = viewer.page.locator('[data-testid=scalar-chart][data-tag="train/loss"] .u-over')
    box.dblclick(position={"x": 40, "y": 40})
    after = viewer.chart("train/loss", lambda chart: chart["x"] == before["x"])
    assert (after["y"], after["x"]) == (before["y"], before["x"])


def test_a_tall_drag_zooms_both_axes(viewer: Any) -> None:
    before = viewer.chart("train/loss", has_lines(3))
    drag(viewer, "train/loss", (0.2, 0.6), (0.2, 0.8))
    chart = viewer.chart("train/loss", lambda chart: chart["y"] != before["y"])
    height = before["y"][1] - before["y"][0]
    assert chart["y"] == pytest.approx([before["y"][1] - 0.8 * height, before["y"][1] - 0.2 * height], abs=height / 50)
    viewer.get("reset-zoom").click()
    viewer.chart("train/loss", lambda chart: chart["y"] == before["y"])


@pytest.mark.parametrize("place", [0.02, 0.5, 0.98])
def test_tooltip_lists_every_run_inside_the_window(viewer: Any, log: LogDir, place: float) -> None:
    chart = viewer.chart("train/loss", has_lines(3))
    box = viewer.page.locator('[data-testid=scalar-chart][data-tag="train/loss"] .u-over').bounding_box()
    viewer.page.mouse.move(box["x"] + box["width"] * place, box["y"] + box["height"] / 2)
    viewer.get("tooltip").wait_for()
    rows = data_of(viewer, "[data-testid=tooltip] tbody tr")
    shown = {row["run"]: float(row["value"]) for row in rows}
    step = int(rows[0]["step"])
    assert step == pytest.approx(chart["x"][0] + place * (chart["x"][1] - chart["x"][0]), abs=2)
    expected = {name: run.scalars["train/loss"].value[step] for name, run in log.runs.items()}
    assert shown == expected
    assert list(shown) == sorted(expected, key=lambda name: -expected[name])
    assert viewer.page.locator("[data-testid=tooltip] tr.closest").count() == 1
    around = viewer.get("tooltip").bounding_box()
    assert around["x"] >= 0
    assert around["y"] >= 0
    assert around["x"] + around["width"] <= 1400
    assert around["y"] + around["height"] <= 900
    viewer.page.mouse.move(5, 5)
    viewer.get("tooltip").wait_for(state="detached")


def test_full_width_and_closed_groups(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(3))
    card = viewer.page.locator('[data-testid=scalar-card][data-tag="train/loss"]')
    before = card.bounding_box()["width"]
    card.get_by_test_id("toggle-wide").click()
    viewer.wait(lambda: card.bounding_box()["width"], lambda width: width > 2 * before)
    viewer.page.locator("[data-testid=tag-group][data-group=train]").get_by_test_id("group-toggle").click()
    card.wait_for(state="detached")
    assert "train/loss" not in cards(viewer)


def test_what_an_earlier_link_shows_is_shown_again(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(3))
    viewer.get("run-filter").fill("adam")
    viewer.chart("train/loss", has_lines(2))
    viewer.page.locator(f'[data-testid=run-row][data-run="{RUNS[0]}"] input').uncheck()
    viewer.get("x-axis").locator("[data-value=relative]").click()
    viewer.get("log-y").check()
    viewer.get("smoothing-number").fill("0.5")
    viewer.get("smoothing-number").press("Enter")
    viewer.get("tag-filter").fill("loss|rate")
    viewer.get("settings").click()
    viewer.get("theme").locator("[data-value=light]").click()
    viewer.page.keyboard.press("Escape")
    viewer.wait(lambda: viewer.page.evaluate("location.hash"), lambda text: "theme=light" in text)
    link = viewer.page.evaluate("location.hash")

    def restored() -> None:
        chart = viewer.chart("train/loss", lambda chart: chart["lines"] and chart["lines"][0]["raw"])
        assert [line["run"] for line in chart["lines"]] == [RUNS[2]]
        assert (chart["axis"], chart["log"]) == ("relative", True)
        viewer.wait(lambda: cards(viewer), lambda tags: tags == ["train/loss", "train/rate"])
        assert viewer.get("run-filter").input_value() == "adam"
        assert viewer.page.evaluate("document.documentElement.dataset.theme") == "light"

    viewer.page.reload()
    restored()
    viewer.page.evaluate("localStorage.clear(); sessionStorage.clear()")
    viewer.goto(link)
    restored()
    assert viewer.page.evaluate("location.hash") == link
