"""The frame around the dashboards: tabs and their menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import SummaryWriter


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("shell") / "runs"
    for run in ("first", "second"):
        with SummaryWriter(str(folder / run)) as writer:
            for step in range(30):
                for tag in ("train/loss", "train/accuracy", "val/loss"):
                    writer.add_scalar(tag, 1 / (step + 1), step)
            writer.add_image("picture", np.full((1, 8, 8), 128, np.uint8), 0)
            writer.add_text("note", "A note.", 0)
    return serve(folder)


@pytest.fixture
def board(open_viewer: Callable[..., Any], address: str, page_errors: list[str]) -> Iterator[Callable[..., Any]]:
    def open_(state: str = "", width: int = 1400, height: int = 900) -> Any:
        view = open_viewer(Path(), "#", address)
        view.page.set_viewport_size({"width": width, "height": height})
        view.goto(state)
        return view

    yield open_
    assert page_errors == []


def bar(view: Any) -> dict[str, Any]:
    """What stands in the bar of tabs, and whether it fits."""
    found: dict[str, Any] = view.page.evaluate(
        """() => {
          const bar = document.querySelector('nav.tabs');
          const end = document.querySelector('.topbar-end').getBoundingClientRect().left;
          const shown = [...bar.querySelectorAll(':scope > button, :scope > .menu')];
          return {
            tabs: shown.map(tab => tab.dataset.testid ?? 'more'),
            fits: shown.every(tab => tab.getBoundingClientRect().right <= end),
            current: bar.querySelector('[aria-current]')?.dataset.testid,
          };
        }"""
    )
    return found


def test_tabs_are_those_that_have_data_and_the_others_are_in_the_menu(board: Callable[..., Any]) -> None:
    view = board()
    view.chart("train/loss")
    with_data = view.tabs()
    assert {"scalars", "images", "texts"} <= set(with_data)
    assert "histograms" not in with_data
    view.get("more-tabs").click()
    view.page.locator("[role=menu] [data-testid=tab-histograms].dim").click()
    view.get("no-tags").wait_for()
    view.wait(lambda: bar(view), lambda now: now["current"] == "tab-histograms")
    assert view.get("tab-histograms").count() == 1


@pytest.mark.parametrize("width", [900, 600, 280])
def test_tabs_that_do_not_fit_are_in_the_menu_and_the_current_one_is_seen(
    board: Callable[..., Any], width: int
) -> None:
    view = board("#texts", width)
    view.page.locator("main[data-tab=texts]").wait_for()
    with_data = view.tabs()
    at = view.wait(lambda: bar(view), lambda now: now["fits"] and now["current"] == "tab-texts")
    shown = [name.removeprefix("tab-") for name in at["tabs"] if name != "more"]
    assert shown == [name for name in with_data if name in shown]
    view.get("more-tabs").click()
    listed = view.page.locator("[role=menu] [role=menuitem]:not(.dim)").evaluate_all(
        "i => i.map(e => e.dataset.testid)"
    )
    assert sorted([*shown, *(name.removeprefix("tab-") for name in listed)]) == sorted(with_data)
    for name in with_data:
        if f"tab-{name}" not in listed:
            continue
        view.get(f"tab-{name}").click()
        view.wait(lambda: bar(view), lambda now, name=name: now["fits"] and now["current"] == f"tab-{name}")
        return
    assert width > 280


def test_the_menu_is_used_by_keyboard_alone(board: Callable[..., Any]) -> None:
    view = board()
    view.chart("train/loss")
    focused = lambda: view.page.evaluate("document.activeElement.dataset.testid")  # noqa: E731
    press = view.page.keyboard.press
    view.get("more-tabs").focus()
    press("Enter")
    view.page.locator("[role=menu]").wait_for()
    items = view.page.locator("[role=menuitem]").evaluate_all("i => i.map(e => e.dataset.testid)")
    view.wait(focused, lambda now: now == items[0])
    press("ArrowUp")
    assert focused() == items[-1]
    press("ArrowDown")
    press("End")
    assert focused() == items[-1]
    press("Escape")
    view.page.locator("[role=menu]").wait_for(state="detached")
    assert focused() == "more-tabs"
    press("ArrowDown")
    view.wait(focused, lambda now: now == items[0])
    press("h")
    assert focused() == "tab-histograms"
    press("Enter")
    view.page.locator("main[data-tab=histograms]").wait_for()
    view.open_tab("scalars")
    view.get("more-tabs").click()
    view.page.mouse.click(700, 600)
    view.page.locator("[role=menu]").wait_for(state="detached")
