"""The viewer's page as a whole: live, empty, missing, damaged, gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import SummaryWriter
from cellboard.viewer import launch
from cellboard.viewer.options import ViewerOptions


@pytest.fixture
def board(open_viewer: Callable[..., Any], page_errors: list[str]) -> Iterator[Callable[..., Any]]:
    yield open_viewer
    assert page_errors == []


def write(folder: Path, run: str, tag: str = "train/loss", steps: int = 20) -> None:
    with SummaryWriter(str(folder / run)) as writer:
        for step in range(steps):
            writer.add_scalar(tag, 1 / (step + 1), step)


def drawn_values(board: Any, tag: str) -> list[float]:
    chart = board.ask("chart", tag)
    return [] if not chart or not chart["lines"] else chart["lines"][0]["y"]


def test_new_points_runs_and_tags_appear_by_themselves(board: Callable[..., Any], tmp_path: Path) -> None:
    writer = SummaryWriter(str(tmp_path / "one"))
    writer.add_scalar("loss", 1.0, 0)
    writer.flush()
    view = board(tmp_path)
    view.chart("loss", lambda chart: chart["lines"][0]["points"] == 1)
    for step in range(1, 4):
        writer.add_scalar("loss", 1.0 + step, step)
        writer.flush()
        chart = view.chart("loss", lambda chart, step=step: chart["lines"][0]["points"] == step + 1)
        assert chart["lines"][0]["last"]["value"] == 1.0 + step
        assert chart["x"][1] == step
    writer.add_scalar("accuracy", 0.5, 0)
    writer.close()
    write(tmp_path, "two", "loss")
    view.chart("loss", lambda chart: [line["run"] for line in chart["lines"]] == ["one", "two"])
    view.chart("accuracy")


def test_a_zoomed_chart_stays_where_it_is_while_points_arrive(board: Callable[..., Any], tmp_path: Path) -> None:
    writer = SummaryWriter(str(tmp_path / "one"))
    for step in range(100):
        writer.add_scalar("loss", float(step), step)
    writer.flush()
    view = board(tmp_path)
    whole = view.chart("loss")
    box = view.page.locator(".u-over").bounding_box()
    middle = box["y"] + box["height"] / 2
    view.page.mouse.move(box["x"] + 0.2 * box["width"], middle)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + 0.6 * box["width"], middle + 2, steps=4)
    view.page.mouse.up()
    zoomed = view.chart("loss", lambda chart: chart["x"] != whole["x"])
    revision = view.page.evaluate("window.cellboard.revision")
    writer.add_scalar("loss", 500.0, 100)
    writer.close()
    view.wait(lambda: view.page.evaluate("window.cellboard.revision"), lambda now: now > revision)
    rows = view.page.locator(".legend-row")
    view.wait(lambda: rows.get_attribute("data-last"), lambda last: last == "500")
    assert view.chart("loss")["x"] == zoomed["x"]
    view.get("reset-zoom").click()
    view.chart("loss", lambda chart: chart["x"][1] == 100)


def test_a_zoom_is_there_again_after_a_reload(board: Callable[..., Any], tmp_path: Path) -> None:
    for tag in ("train/loss", "other"):
        write(tmp_path, "one", tag, 100)
    view = board(tmp_path)
    whole = view.chart("other")
    box = view.page.locator('[data-tag="train/loss"] .u-over').bounding_box()
    view.page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 0.3 * box["height"])
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.8 * box["height"], steps=4)
    view.page.mouse.up()
    at = lambda: view.page.evaluate("location.hash")  # noqa: E731
    view.wait(at, lambda hash_: "zoom=" in hash_ and hash_.endswith(":train/loss"))
    zoomed = view.chart("train/loss")
    assert len(at()) < 60
    view.page.reload()
    again = view.chart("train/loss")
    for axis in ("x", "y"):
        assert again[axis] == pytest.approx(zoomed[axis], rel=1e-3)
    assert view.chart("other")["x"] == whole["x"]
    assert view.get("reset-zoom").count() == 1
    view.get("reset-zoom").click()
    view.chart("train/loss", lambda chart: chart["x"] == whole["x"])
    view.wait(at, lambda hash_: "zoom" not in hash_)


def test_images_follow_the_latest_until_another_is_chosen(board: Callable[..., Any], tmp_path: Path) -> None:
    writer = SummaryWriter(str(tmp_path / "one"))

    def add(step: int) -> None:
        writer.add_image("x", np.full((1, 4, 4), step * 20, np.uint8), step)
        writer.flush()

    add(0)
    view = board(tmp_path, "#images")
    step = lambda: view.get("image").get_attribute("data-step")  # noqa: E731
    view.get("image").wait_for()
    add(1)
    view.wait(step, lambda shown: shown == "1")
    view.get("step-slider").focus()
    view.get("step-slider").press("Home")
    view.wait(step, lambda shown: shown == "0")
    add(2)
    view.wait(lambda: view.get("step-slider").get_attribute("data-count"), lambda count: count == "3")
    assert step() == "0"
    writer.close()


def test_a_missing_logdir_is_said_to_be_missing_and_watched(board: Callable[..., Any], tmp_path: Path) -> None:
    logdir = tmp_path / "not yet"
    view = board(logdir)
    view.get("log-missing").wait_for()
    assert str(logdir) in view.get("log-missing").text_content()
    assert "SummaryWriter" in view.get("log-missing").text_content()
    logdir.mkdir()
    view.get("log-empty").wait_for()
    write(logdir, "first")
    view.chart("train/loss")


def test_pages_without_data_say_how_to_get_some(board: Callable[..., Any], tmp_path: Path) -> None:
    write(tmp_path, "run")
    view = board(tmp_path, "#histograms")
    view.get("no-tags").wait_for()
    assert "add_histogram" in view.get("no-tags").text_content()
    assert "dim" in view.get("tab-histograms").get_attribute("class").split()
    assert "dim" not in view.get("tab-scalars").get_attribute("class").split()
    assert "scalars" in view.tabs()
    assert "histograms" not in view.tabs()


def test_damage_is_listed(board: Callable[..., Any], tmp_path: Path) -> None:
    write(tmp_path, "run")
    file = next((tmp_path / "run").glob("events.*"))
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    file.write_bytes(bytes(damaged))
    view = board(tmp_path)
    view.get("problems").click()
    view.get("problem").first.wait_for()
    assert file.name in view.get("problem").first.text_content()
    view.page.keyboard.press("Escape")
    view.get("problem-list").wait_for(state="detached")


def test_a_viewer_that_has_gone_is_missed_and_found_again(board: Callable[..., Any], tmp_path: Path) -> None:
    write(tmp_path, "run")
    record = launch.launch(ViewerOptions(str(tmp_path), port=0))
    view = board(tmp_path, address=record.address)
    view.chart("train/loss")
    os.kill(record.pid, signal.SIGSTOP)
    try:
        view.page.route("**/api/v1/**", lambda route: route.abort())
        view.get("banner").wait_for()
        banner = view.get("banner").text_content()
        assert f"cellboard --logdir {tmp_path}" in banner
        assert "%board" in banner
        # What was drawn stays.
        assert drawn_values(view, "train/loss")
    finally:
        os.kill(record.pid, signal.SIGCONT)
    view.page.unroute("**/api/v1/**")
    view.get("retry").click()
    view.get("banner").wait_for(state="detached")
    launch.stop(record)
    view.get("banner").wait_for()


def test_a_regex_that_never_ends_does_not_freeze_the_page(board: Callable[..., Any], tmp_path: Path) -> None:
    write(tmp_path, "a" * 40 + "!")
    write(tmp_path, "b")
    view = board(tmp_path)
    view.chart("train/loss", lambda chart: len(chart["lines"]) == 2)
    view.get("run-filter").fill("(a+)+$")
    view.get("run-filter-error").filter(has_text="takes too long").wait_for()
    view.get("run-filter").fill("b$")
    view.chart("train/loss", lambda chart: [line["run"] for line in chart["lines"]] == ["b"])


def test_script_and_style_of_the_scalar_page_stay_small(board: Callable[..., Any], page: Any, tmp_path: Path) -> None:
    write(tmp_path, "run")
    replies: list[Any] = []
    page.on("response", lambda reply: replies.append(reply))
    view = board(tmp_path)
    view.chart("train/loss")
    parts = [reply for reply in replies if reply.request.resource_type in ("script", "stylesheet", "document")]
    assert {reply.request.resource_type for reply in parts} == {"script", "stylesheet", "document"}
    assert sum(len(reply.body()) for reply in parts) < 350_000
    assert sum(reply.request.sizes()["responseBodySize"] for reply in parts) < 130_000


def test_a_hidden_page_asks_for_nothing(board: Callable[..., Any], page: Any, tmp_path: Path) -> None:
    write(tmp_path, "run")
    view = board(tmp_path)
    view.chart("train/loss")
    page.evaluate(
        """() => {
          Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    page.wait_for_timeout(1500)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2500)
    assert asked == []
    write(tmp_path, "later")
    page.evaluate(
        """() => {
          Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    view.chart("train/loss", lambda chart: len(chart["lines"]) == 2)


def test_the_sidebar_is_resized_hidden_and_remembered(board: Callable[..., Any], page: Any, tmp_path: Path) -> None:
    write(tmp_path, "run")
    view = board(tmp_path)
    view.chart("train/loss")
    edge = view.get("sidebar-edge")
    box = edge.bounding_box()
    page.mouse.move(box["x"] + 3, 400)
    page.mouse.down()
    page.mouse.move(400, 400, steps=4)
    page.mouse.up()
    view.wait(lambda: view.get("sidebar").bounding_box()["width"], lambda width: abs(width - 400) < 3)
    edge.focus()
    edge.press("ArrowLeft")
    view.wait(lambda: view.get("sidebar").bounding_box()["width"], lambda width: abs(width - 384) < 3)
    page.reload()
    view.wait(lambda: view.get("sidebar").bounding_box()["width"], lambda width: abs(width - 384) < 3)
    page.keyboard.press("[")
    view.get("sidebar").wait_for(state="detached")
    view.get("toggle-sidebar").click()
    view.get("sidebar").wait_for()


def test_a_thousand_runs_can_be_listed_and_filtered(board: Callable[..., Any], page: Any, tmp_path: Path) -> None:
    for number in range(1000):
        write(tmp_path, f"run{number:04}", steps=2)
    view = board(tmp_path)
    view.chart("train/loss", lambda chart: len(chart["lines"]) == 1000, seconds=60)
    assert page.get_by_test_id("run-row").count() < 100
    page.locator(".rows").evaluate("rows => rows.scrollTo(0, rows.scrollHeight)")
    page.locator("[data-testid=run-row][data-run=run0999]").wait_for()
    view.get("run-filter").fill("run0[0-4]5.$")
    view.chart("train/loss", lambda chart: len(chart["lines"]) == 50)


def test_a_viewer_that_fails_or_refuses_says_why(board: Callable[..., Any], page: Any, tmp_path: Path) -> None:
    write(tmp_path, "run")
    view = board(tmp_path)
    view.chart("train/loss")

    def answer(status: int, said: str) -> None:
        body = {"error": said, "hint": ""}
        page.route("**/api/v1/status", lambda route: route.fulfill(status=status, json=body))
        view.get("banner").filter(has_text=said[1:]).wait_for()
        page.unroute("**/api/v1/status")

    answer(500, "the disk is gone")
    answer(403, "this address does not hold the viewer's token")
    view.get("banner").wait_for(state="detached")
