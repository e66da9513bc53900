"""The table of runs and metrics, beside what `LogDir` says of the same log."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog.scalar_stats import value_at

RUNS = ["=cmd|' /C calc'!A0", "a/cnn", "a/mlp", "b & <b>", "late"]
TAGS = ["train/loss", "train/acc_1", "val/loss"]


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("table") / "runs"
    for number, name in enumerate(RUNS):
        with SummaryWriter(root / name) as writer:
            for step in range(10 * (number + 1)):
                loss = abs(math.sin(step + number)) + 0.1 * number
                writer.add_scalar("train/loss", loss, step, walltime=1000 + number)
                writer.add_scalar("train/acc_1", 1 - loss / 3, step, walltime=1000 + number)
                if number != 2:
                    writer.add_scalar("val/loss", math.nan if number == 3 else loss + 1, step, walltime=1000 + number)
    return root


def table(view: Any, until: Callable[[dict[str, Any]], Any] = bool) -> dict[str, Any]:
    """What the table shows, once values have come and it is as asked for."""
    found: dict[str, Any] = view.wait(lambda: view.ask("table"), lambda said: said["complete"] and until(said))
    return found


def shown(view: Any) -> dict[str, list[str]]:
    """The texts of the cells on the screen, row by row, by run."""
    rows: dict[str, list[str]] = view.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-testid=table] .grid-row')].map(row =>
          [row.dataset.row, [...row.querySelectorAll('[role=gridcell]')].map(cell => cell.textContent)]))"""
    )
    return rows


def expected(log: LogDir, tag: str, kind: str, rows: list[str]) -> list[float | None]:
    series = [log.runs[run].scalars.get(tag) for run in rows]
    if kind == "at":
        return [None if one is None else value_at(one, 12) for one in series]
    return [None if one is None else getattr(one.stats, kind) for one in series]


def test_every_number_is_that_of_all_points(viewer: Callable[[str], Any], log: LogDir) -> None:
    view = viewer("#table&table-step=12")
    rows, columns = (table(view)[part] for part in ("rows", "columns"))
    assert (rows, columns) == (list(log.runs), sorted(TAGS))
    assert len(shown(view)) == len(RUNS)
    for kind in ("last", "best", "min", "max", "mean", "first", "at"):
        view.get("table-kind").locator(f"[data-value={kind}]").click()
        for tag in TAGS:
            of = ("max" if "acc" in tag else "min") if kind == "best" else kind
            wanted = expected(log, tag, of, rows)
            table(view, lambda said, tag=tag, wanted=wanted: said["cells"][tag] == pytest.approx(wanted, nan_ok=True))


def test_a_heading_sorts_and_the_best_of_a_column_is_marked(viewer: Callable[[str], Any], log: LogDir) -> None:
    view = viewer("#table")
    said = table(view)
    best = {tag: (max if "acc" in tag else min) for tag in TAGS}
    for tag in TAGS:
        values = dict(zip(said["rows"], said["cells"][tag], strict=True))
        numbers = {run: value for run, value in values.items() if isinstance(value, float) and not math.isnan(value)}
        assert said["best"][tag] == [run for run, value in numbers.items() if value == best[tag](numbers.values())]
    heading = view.page.locator('[role=columnheader][data-column="train/acc_1"] .grid-sort')
    heading.click()
    said = table(view, lambda said: said["rows"] != list(log.runs))
    assert said["cells"]["train/acc_1"] == sorted(said["cells"]["train/acc_1"], reverse=True)
    assert list(shown(view)) == said["rows"]
    sort = "[role=columnheader][aria-sort=descending]"
    assert view.page.locator(sort).get_attribute("data-column") == "train/acc_1"
    heading.click()
    table(view, lambda said: said["cells"]["train/acc_1"] == sorted(said["cells"]["train/acc_1"]))
    # What is missing, and what is NaN, is last either way.
    for state in ("-val/loss", "+val/loss"):
        view.goto(f"#table&table-sort={state}")
        assert table(view, lambda said: said["rows"] != list(log.runs))["rows"][-2:] == ["b & <b>", "a/mlp"]


def test_what_is_better_can_be_said(viewer: Callable[[str], Any]) -> None:
    view = viewer("#table&table=best")
    before = table(view)["cells"]["train/loss"]
    view.page.locator('[role=columnheader][data-column="train/loss"]').hover()
    view.page.locator('[data-column="train/loss"] [data-testid=column-menu]').click()
    view.get("higher-better").click()
    higher = lambda said: all(  # noqa: E731
        high is not None and high > low for high, low in zip(said["cells"]["train/loss"], before, strict=True)
    )
    table(view, higher)
    view.wait(lambda: view.page.evaluate("decodeURIComponent(location.hash)"), lambda at: "better=+train/loss" in at)


def test_one_column_shows_something_else(viewer: Callable[[str], Any], log: LogDir) -> None:
    view = viewer("#table")
    table(view)
    view.page.locator('[role=columnheader][data-column="train/loss"]').hover()
    view.page.locator('[data-column="train/loss"] [data-testid=column-menu]').click()
    view.get("own-max").click()
    said = table(view, lambda said: said["cells"]["train/loss"] == expected(log, "train/loss", "max", said["rows"]))
    assert said["cells"]["train/acc_1"] == expected(log, "train/acc_1", "last", said["rows"])


def test_runs_beside_a_baseline(viewer: Callable[[str], Any], log: LogDir) -> None:
    view = viewer("#table")
    said = table(view)
    base = log.runs["a/cnn"].scalars["train/loss"].stats
    assert base is not None
    view.page.locator('[data-row="a/cnn"]').hover()
    view.page.get_by_role("button", name="Compare with a/cnn").click()
    values = expected(log, "train/loss", "last", said["rows"])
    change = [v if run == "a/cnn" else v - base.last for run, v in zip(said["rows"], values, strict=True) if v]
    table(view, lambda said: said["cells"]["train/loss"] == pytest.approx(change))
    view.get("table-relation").locator("[data-value=percent]").click()
    share = [v if v == base.last else 100 * (v - base.last) / base.last for v in values if v]
    table(view, lambda said: said["cells"]["train/loss"] == pytest.approx(share))
    assert shown(view)["late"][1].endswith(" %")
    view.page.get_by_role("button", name="Compare with no run").click()
    table(view, lambda said: said["cells"]["train/loss"] == pytest.approx(values))


def test_tag_filter_and_run_filter_choose_columns_and_rows(viewer: Callable[[str], Any]) -> None:
    view = viewer("#table&tags=val&runs=^(a/|late)")
    # a/mlp has no such metric.
    table(view, lambda said: (said["columns"], said["rows"]) == (["val/loss"], ["a/cnn", "late"]))


def test_a_click_ticks_and_a_double_click_shows_only_that_run(viewer: Callable[[str], Any]) -> None:
    view = viewer("#table")
    table(view)
    ticked = (
        """() => [...document.querySelectorAll('[data-testid=run-row][data-selected=true]')].map(r => r.dataset.run)"""
    )
    look = lambda: view.page.evaluate(ticked)  # noqa: E731
    everything = look()
    assert len(everything) == len(RUNS)
    cell = view.page.locator('[data-row="late"] [data-column="train/loss"]')
    cell.click()
    view.wait(look, lambda names: set(everything) - set(names) == {"late"})
    assert "off" in (view.page.locator('.grid-row[data-row="late"]').get_attribute("class") or "").split()
    view.page.locator('[data-testid=run-row][data-run="late"] input').click()
    view.wait(look, lambda names: names == everything)
    cell.dblclick()
    view.wait(look, lambda names: names == ["late"])
    view.get("ticked-only").check()
    table(view, lambda said: said["rows"] == ["late"])


def test_the_keyboard_goes_from_cell_to_cell(viewer: Callable[[str], Any]) -> None:
    view = viewer("#table")
    rows = table(view)["rows"]
    grid = view.get("table")
    grid.focus()
    active = lambda: view.page.evaluate(  # noqa: E731
        "() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent"
    )
    assert active() == "Run"
    view.page.keyboard.press("ArrowDown")
    assert str(active()).startswith(rows[0])
    view.page.keyboard.press("ArrowRight")
    view.page.keyboard.press("ArrowDown")
    assert active() == shown(view)[rows[1]][0]
    view.page.keyboard.press("Control+End")
    assert active() == shown(view)[rows[-1]][-1]
    view.page.keyboard.press(" ")
    view.page.locator(f'[data-testid=run-row][data-run="{rows[-1]}"][data-selected=false]').wait_for()
    for _ in rows:
        view.page.keyboard.press("ArrowUp")
    view.page.keyboard.press("Enter")
    table(view, lambda said: said["rows"] != rows)


def test_columns_can_be_moved_widened_and_hidden(viewer: Callable[[str], Any]) -> None:
    view = viewer("#table")
    assert table(view)["columns"] == ["train/acc_1", "train/loss", "val/loss"]
    first, last = (
        view.page.locator(f'[role=columnheader][data-column="{tag}"] .grid-sort').bounding_box()
        for tag in ("train/acc_1", "val/loss")
    )
    view.page.mouse.move(last["x"] + 20, last["y"] + 20)
    view.page.mouse.down()
    view.page.mouse.move(first["x"] + 10, first["y"] + 20, steps=6)
    view.page.mouse.up()
    table(view, lambda said: said["columns"] == ["val/loss", "train/acc_1", "train/loss"])
    column = '[role=columnheader][data-column="val/loss"]'
    box = view.page.locator(f"{column} [data-testid=column-edge]").bounding_box()
    before = view.page.locator(column).bounding_box()["width"]
    view.page.mouse.move(box["x"] + 3, box["y"] + 8)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + 63, box["y"] + 8, steps=3)
    view.page.mouse.up()
    view.wait(lambda: view.page.locator(column).bounding_box()["width"], lambda width: width == before + 60)
    view.page.locator(column).hover()
    view.page.locator(f"{column} [data-testid=column-menu]").click()
    view.get("hide-column").click()
    table(view, lambda said: said["columns"] == ["train/acc_1", "train/loss"])
    view.get("show-hidden").click()
    table(view, lambda said: len(said["columns"]) == 3)


def test_the_table_as_a_file_and_on_the_clipboard(viewer: Callable[[str], Any], log: LogDir) -> None:
    view = viewer("#table&table-sort=-train/loss")
    said = table(view, lambda said: said["rows"] != list(log.runs))
    texts = {}
    for kind in ("csv", "latex", "markdown"):
        view.get("table-export").click()
        with view.page.expect_download() as download:
            view.get(f"download-{kind}").click()
        texts[kind] = Path(download.value.path()).read_text()
        view.page.keyboard.press("Escape")
    head, *rows = csv.reader(io.StringIO(texts["csv"]))
    assert head == ["run", *said["columns"]]
    # Nothing that a spreadsheet would run, and every number in full.
    assert [row[0] for row in rows] == [f"'{run}" if run.startswith("=") else run for run in said["rows"]]
    for tag, cells in zip(head[1:], list(zip(*rows, strict=True))[1:], strict=True):
        wanted = expected(log, tag, "last", said["rows"])
        assert [float(cell) if cell else None for cell in cells] == pytest.approx(wanted, nan_ok=True)
    assert "b \\& \\textless{}b\\textgreater{} & $" in texts["latex"]
    assert "b & \\<b\\> |" in texts["markdown"]
    view.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view.get("table-export").click()
    view.get("copy-tsv").click()
    copied = view.wait(lambda: view.page.evaluate("navigator.clipboard.readText()"), lambda text: "\t" in text)
    assert [line.split("\t")[0] for line in copied.splitlines()] == ["run", *(row[0] for row in rows)]


def test_only_what_is_on_the_screen_is_read_and_drawn(
    open_viewer: Callable[..., Any], tmp_path: Path, page_errors: list[str]
) -> None:
    for run in range(60):
        with SummaryWriter(tmp_path / f"r{run}") as writer:
            for tag in range(300):
                writer.add_scalar(f"t/{tag}", run * 1000 + tag, 0, walltime=1000 + run)
    asked: list[str] = []
    view = open_viewer(tmp_path, "#table")
    view.page.on("request", lambda request: asked.append(request.url))
    view.page.reload()
    table(view, lambda said: (len(said["rows"]), len(said["columns"])) == (60, 300))
    assert view.page.locator("[role=gridcell]").count() < 60 * 30
    tags = {part for url in asked for part in url.split("?")[-1].split("&") if part.startswith("tag=")}
    assert 0 < len(tags) < 40
    grid = view.get("table")
    grid.evaluate("box => { box.scrollTop = 1e6; box.scrollLeft = 1e6; }")
    view.wait(lambda: shown(view), lambda rows: rows.get("r59", [""])[-1] == "59299")
    first = view.page.locator('[data-row="r59"] [role=rowheader]').bounding_box()
    assert first["x"] == pytest.approx(grid.bounding_box()["x"], abs=1)
    assert page_errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1400, 900), (900, 700)], ids=["wide", "narrow"])
def test_pictures(viewer: Callable[[str], Any], screenshots: Path, theme: str, size: tuple[int, int]) -> None:
    view = viewer("#")
    view.page.set_viewport_size({"width": size[0], "height": size[1]})
    view.goto(f"#table&theme={theme}&table=best&table-base=late&table-as=percent")
    table(view)
    view.page.locator('[data-row="a/cnn"]').hover()
    view.page.screenshot(path=screenshots / f"viewer-table-{theme}-{size[0]}.png")
    wide = view.page.evaluate(
        """() => [...document.querySelectorAll('html, main, .topbar, .toolbar, .table-page')]
          .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.className || box.tagName)"""
    )
    assert wide == []
