"""The frame around the dashboards: tabs, settings, keys, full screen, links."""

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


@pytest.mark.parametrize("width", [900, 600, 380])
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
    assert width > 380


def test_back_leads_to_the_tab_before(board: Callable[..., Any]) -> None:
    view = board("#scalars&tags=loss")
    view.chart("train/loss")
    view.open_tab("images")
    view.wait(lambda: view.page.evaluate("location.hash"), lambda text: text.startswith("#images"))
    view.page.go_back()
    view.page.locator("main[data-tab=scalars]").wait_for()
    assert view.page.evaluate("location.hash") == "#scalars&tags=loss"
    view.page.go_forward()
    view.page.locator("main[data-tab=images]").wait_for()


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


def settings_of(view: Any) -> dict[str, Any]:
    found: dict[str, Any] = view.page.evaluate(
        """() => {
          const at = id => document.querySelector(`[data-testid=${id}]`);
          return {
            reload: at('reload-on').checked,
            period: at('reload-period').value,
            cards: at('cards-per-page').value,
            theme: at('theme').querySelector('[aria-checked=true]').dataset.value,
          };
        }"""
    )
    return found


DEFAULTS = {"reload": True, "period": "1", "cards": "24", "theme": "system"}


def type_into(view: Any, field: str, text: str) -> None:
    view.get(field).fill(text)
    view.get(field).press("Enter")


def test_settings_are_remembered_by_the_browser_and_can_be_restored(board: Callable[..., Any]) -> None:
    view = board()
    view.get("settings").click()
    assert settings_of(view) == DEFAULTS
    view.get("reload-on").uncheck()
    view.get("theme").locator("[data-value=dark]").click()
    type_into(view, "cards-per-page", "7.4")
    view.get("reload-on").check()
    type_into(view, "reload-period", "0,01")
    changed = {"reload": True, "period": "0.5", "cards": "7", "theme": "dark"}
    view.wait(lambda: settings_of(view), lambda now: now == changed)
    view.page.keyboard.press("Escape")
    view.get("settings-panel").wait_for(state="detached")
    assert view.page.evaluate("document.activeElement.dataset.testid") == "settings"
    # A new page of this browser, without anything in its address.
    view.page.evaluate("sessionStorage.clear()")
    view.goto()
    view.get("settings").click()
    view.wait(lambda: settings_of(view), lambda now: now == changed)
    view.get("restore-defaults").click()
    view.wait(lambda: settings_of(view), lambda now: now == DEFAULTS)


def test_reloading_can_be_switched_off_and_done_by_hand(
    open_viewer: Callable[..., Any], page_errors: list[str], tmp_path: Path
) -> None:
    writer = SummaryWriter(str(tmp_path / "run"))
    writer.add_scalar("loss", 1.0, 0)
    writer.flush()
    view = open_viewer(tmp_path)
    view.chart("loss")
    state = lambda: view.get("live").get_attribute("data-state")  # noqa: E731
    view.wait(state, lambda now: now == "live")
    view.get("settings").click()
    view.get("reload-on").uncheck()
    view.page.keyboard.press("Escape")
    view.wait(state, lambda now: now == "paused")
    asked: list[str] = []
    view.page.on("request", lambda request: asked.append(request.url))
    writer.add_scalar("loss", 2.0, 1)
    writer.flush()
    view.page.wait_for_timeout(1600)
    assert asked == []
    view.page.keyboard.press("r")
    view.chart("loss", lambda chart: chart["lines"][0]["points"] == 2)
    assert [url.rsplit("/", 1)[-1] for url in asked if "status" in url] == ["status?now=1"]
    view.wait(state, lambda now: now == "paused")
    writer.add_scalar("loss", 3.0, 2)
    writer.close()
    view.get("live").click()
    view.chart("loss", lambda chart: chart["lines"][0]["points"] == 3)
    view.get("settings").click()
    view.get("reload-on").check()
    view.page.keyboard.press("Escape")
    view.wait(state, lambda now: now == "live")
    assert page_errors == []


def card(view: Any) -> dict[str, Any]:
    """The card that has the focus: its tag, whether it is in the window and whether it fills it."""
    found: dict[str, Any] = view.page.evaluate(
        """() => {
          const card = document.activeElement.closest('.card');
          const main = document.querySelector('main').getBoundingClientRect();
          const box = card?.getBoundingClientRect();
          const center = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          return {
            tag: card?.dataset.tag,
            label: card?.getAttribute('aria-label'),
            seen: Boolean(box && box.top >= main.top && box.bottom <= innerHeight && card.contains(center)),
            full: Boolean(box && box.width === innerWidth && box.height === innerHeight && card.contains(center)),
            ring: card === document.activeElement && card.matches(':focus-visible'),
          };
        }"""
    )
    return found


TAGS = ["train/accuracy", "train/loss", "val/loss"]


def test_keys_go_from_chart_to_chart(board: Callable[..., Any]) -> None:
    view = board("#scalars", width=900, height=600)
    for tag in TAGS[:2]:
        view.chart(tag)
    press = view.page.keyboard.press
    for tag in TAGS:
        press("j")
        view.wait(lambda: card(view), lambda now, tag=tag: now["tag"] == tag and now["ring"] and now["seen"])
    press("j")
    assert card(view)["tag"] == TAGS[-1]
    press("k")
    view.wait(lambda: card(view), lambda now: now["tag"] == TAGS[1] and now["seen"])
    assert card(view)["label"] == "train/loss"
    press("/")
    assert view.page.evaluate("document.activeElement.dataset.testid") == "tag-filter"
    press("j")
    assert view.get("tag-filter").input_value() == "j"


@pytest.mark.parametrize("screen", ["granted", "refused"])
def test_a_chart_fills_the_screen_and_gives_it_back(board: Callable[..., Any], page: Any, screen: str) -> None:
    if screen == "refused":
        page.add_init_script("Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused'))")
    view = board()
    for tag in TAGS:
        view.chart(tag)
    height = "document.querySelector('[data-tag=\"train/loss\"] .chart').clientHeight"
    small = page.evaluate(height)
    press = page.keyboard.press
    press("j")
    press("j")
    press("f")
    view.wait(lambda: card(view), lambda now: now["full"] and now["tag"] == "train/loss")
    view.wait(lambda: page.evaluate(height), lambda now: now > 2 * small)
    view.wait(
        lambda: page.evaluate("Boolean(document.fullscreenElement)"), lambda given: given == (screen == "granted")
    )
    # What lies beneath cannot be reached, a tooltip can be seen.
    assert page.evaluate("document.querySelector('[data-testid=tag-filter]').closest('[inert]') !== null")
    page.mouse.move(600, 300)
    page.mouse.move(610, 305)
    view.get("tooltip").wait_for()
    assert "train/loss" in view.get("tooltip").get_attribute("data-tag")
    press("j")
    view.wait(lambda: card(view), lambda now: now["full"] and now["tag"] == "val/loss")
    press("Escape")
    if screen == "granted":
        # The browser itself takes Escape there; what it does is done here.
        page.evaluate("document.fullscreenElement && document.exitFullscreen()")
    view.wait(lambda: card(view), lambda now: not now["full"] and now["tag"] == "val/loss")
    assert page.evaluate("document.querySelectorAll('[inert]').length") == 0
    view.get("full-screen").first.click()
    view.wait(lambda: page.locator(".card.full").count(), bool)
    view.page.locator(".card.full [data-testid=full-screen]").click()
    page.locator(".card.full").wait_for(state="detached")


def test_help_lists_the_keys_and_keeps_the_focus(board: Callable[..., Any]) -> None:
    view = board()
    view.chart("train/loss")
    view.page.keyboard.press("?")
    view.get("help").wait_for()
    keys = view.page.locator("[data-testid=key] kbd").all_text_contents()
    assert {"/", "j", "k", "f", "?", "[", "r"} <= set(keys)
    for _ in range(4):
        view.page.keyboard.press("Tab")
        assert view.page.evaluate(
            "!document.querySelector('.app').contains(document.activeElement)"
            " || document.activeElement.closest('dialog') !== null"
        )
    view.page.keyboard.press("[")
    view.page.keyboard.press("Escape")
    view.get("help").wait_for(state="detached")
    view.get("sidebar").wait_for()
    view.page.keyboard.press("[")
    view.get("sidebar").wait_for(state="detached")


def test_a_copied_link_shows_the_same_in_another_browser(board: Callable[..., Any], browser: Any, page: Any) -> None:
    view = board()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view.chart("train/loss")
    view.get("run-filter").fill("first")
    view.get("tag-filter").fill("loss")
    view.get("log-y").check()
    view.get("settings").click()
    type_into(view, "cards-per-page", "5")
    view.get("theme").locator("[data-value=dark]").click()
    page.keyboard.press("Escape")
    # At once: what the address does not hold yet is in the link.
    view.get("copy-link").click()
    view.page.locator("[data-testid=copy-link][data-said=Copied]").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    other = browser.new_context()
    try:
        there = other.new_page()
        there.goto(link)
        there.locator("[data-testid=scalar-chart][data-points]").first.wait_for()
        there.wait_for_function("() => window.cellboard.chart('train/loss')?.lines.length === 1")
        shown = there.evaluate(
            """() => ({
              runs: document.querySelector('[data-testid=run-filter]').value,
              tags: document.querySelector('[data-testid=tag-filter]').value,
              log: window.cellboard.chart('train/loss').log,
              lines: window.cellboard.chart('train/loss').lines.map(line => line.run),
              theme: document.documentElement.dataset.theme,
            })"""
        )
        assert shown == {"runs": "first", "tags": "loss", "log": True, "lines": ["first"], "theme": "dark"}
        there.get_by_test_id("settings").click()
        assert there.get_by_test_id("cards-per-page").input_value() == "5"
    finally:
        other.close()


def test_a_link_is_copied_where_the_clipboard_is_refused(board: Callable[..., Any], page: Any) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error()) } });"
        "document.addEventListener('copy', () => { window.copied = document.activeElement.value; });"
    )
    view = board("#images")
    view.get("copy-link").click()
    view.page.locator("[data-testid=copy-link][data-said=Copied]").wait_for()
    assert page.evaluate("window.copied") == page.evaluate("location.href")


def spoil(file: Path, places: int) -> None:
    """Write a wrong checksum into so many records of a file, every other one: neighbours are one place."""
    content = bytearray(file.read_bytes())
    at = number = spoiled = 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 8], "little")
        number += 1
        if number % 2 == 0 and spoiled < places:
            content[at + 12 + length] ^= 0xFF
            spoiled += 1
        at += 16 + length
    assert spoiled == places
    file.write_bytes(bytes(content))


def test_problems_say_what_where_and_how_much_and_can_be_copied(
    open_viewer: Callable[..., Any], page: Any, tmp_path: Path, screenshots: Path
) -> None:
    for run in ("a", "b"):
        with SummaryWriter(str(tmp_path / run)) as writer:
            for step in range(300):
                writer.add_scalar("loss", 1.0, step)
        spoil(next((tmp_path / run).glob("events.*")), 70)
    view = open_viewer(tmp_path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view.wait(
        lambda: view.get("problems").inner_text() if view.get("problems").count() else None,
        lambda text: text == "140 problems",
    )
    view.get("problems").click()
    assert view.get("problem").count() == 100
    first = view.get("problem").first.inner_text().split("\n")
    facts = dict(zip(first[1::2], first[2::2], strict=True))
    assert facts["Run"] == "a"
    assert facts["File"] == f"a/{next((tmp_path / 'a').glob('events.*')).name}"
    assert facts["At byte"].isdigit()
    assert facts["Passed over"].endswith(" B")
    page.screenshot(path=screenshots / "shell-problems-light.png")
    assert "and 40 more" in view.get("problems-more").inner_text()
    view.get("copy-problems").click()
    view.page.locator("[data-testid=copy-problems][data-said=Copied]").wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0].split("\t") == ["run", "file", "offset", "bytes", "reason"]
    assert len(lines) == 101
    assert lines[1].split("\t")[:3] == ["a", facts["File"], facts["At byte"]]


def test_a_missing_logdir_is_a_problem(open_viewer: Callable[..., Any], tmp_path: Path) -> None:
    view = open_viewer(tmp_path / "nowhere")
    view.get("problems").click()
    assert view.get("problem").count() == 1
    assert str(tmp_path / "nowhere") in view.get("problem").inner_text()


SLOW_READER = """
import os, time
from cellboard.eventlog.tail import EventFile

read = EventFile.refresh

def slowly(self, *arguments):
    while "slow" in self.path and not os.path.exists(os.environ["CELLBOARD_TEST_GO_ON"]):
        time.sleep(0.02)
    return read(self, *arguments)

EventFile.refresh = slowly
"""


def test_a_log_that_takes_long_is_shown_as_it_is_read(
    open_viewer: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    page_errors: list[str],
    screenshots: Path,
) -> None:
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "sitecustomize.py").write_text(SLOW_READER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    monkeypatch.setenv("CELLBOARD_TEST_GO_ON", str(tmp_path / "go on"))
    logdir = tmp_path / "runs"
    for run in ("quick", "slow"):
        with SummaryWriter(str(logdir / run)) as writer:
            for step in range(200):
                writer.add_scalar("loss", 1.0, step)
    sizes = {file.parent.name: file.stat().st_size for file in logdir.rglob("events.*")}
    view = open_viewer(logdir)
    view.chart("loss", lambda chart: [line["run"] for line in chart["lines"]] == ["quick"])
    bar = view.get("loading")
    view.wait(lambda: bar.get_attribute("aria-valuenow"), lambda read: read == str(sizes["quick"]))
    assert bar.get_attribute("aria-valuemax") == str(sum(sizes.values()))
    view.page.screenshot(path=screenshots / "shell-loading-light.png")
    assert "1 of 2 files" in view.get("loading-words").inner_text()
    assert view.get("live").get_attribute("data-state") == "busy"
    (tmp_path / "go on").touch()
    view.chart("loss", lambda chart: len(chart["lines"]) == 2)
    bar.wait_for(state="detached")
    view.wait(lambda: view.get("live").get_attribute("data-state"), lambda now: now == "live")
    assert page_errors == []


@pytest.mark.parametrize(("theme", "width", "height"), [("light", 1400, 900), ("dark", 900, 700)])
def test_pictures_of_what_opens_over_the_page(
    board: Callable[..., Any], page: Any, screenshots: Path, theme: str, width: int, height: int
) -> None:
    view = board(f"#scalars&theme={theme}", width, height)
    view.chart("train/loss")

    def picture(name: str) -> None:
        page.screenshot(path=screenshots / f"shell-{name}-{theme}.png")
        outside = page.evaluate(
            """() => [...document.querySelectorAll('.popover, dialog, .card.full')]
              .map(box => box.getBoundingClientRect())
              .filter(({ left, top, right, bottom }) =>
                left < 0 || top < 0 || right > innerWidth || bottom > innerHeight).length"""
        )
        assert outside == 0

    for opener, opened, name in (
        ("more-tabs", "tab-histograms", "more"),
        ("settings", "settings-panel", "settings"),
        ("out-menu", "out-export", "out"),
    ):
        view.get(opener).click()
        view.get(opened).wait_for()
        picture(name)
        page.keyboard.press("Escape")
    view.get("out-menu").click()
    view.get("out-export").click()
    view.get("export-download").wait_for()
    picture("export")
    page.keyboard.press("Escape")
    view.get("export").wait_for(state="detached")
    page.keyboard.press("?")
    view.get("help").wait_for()
    picture("help")
    page.keyboard.press("Escape")
    view.get("help").wait_for(state="detached")
    page.keyboard.press("j")
    view.wait(lambda: card(view), lambda now: now["ring"])
    page.keyboard.press("f")
    view.wait(lambda: card(view), lambda now: now["full"])
    page.wait_for_timeout(300)
    picture("full")
