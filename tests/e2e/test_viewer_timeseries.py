"""The page of time series in a real browser: what it shows is what was logged."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import last_at_or_before, smoothed, spread

RUNS = ("base/0", "base/1", "wide/0", "wide/1")
POINTS = 400
MANY = 30


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("series")
    noise = np.random.default_rng(7)
    for number, name in enumerate(RUNS):
        with SummaryWriter(str(folder / name)) as writer:
            for point in range(POINTS):
                step = point * (number + 1)
                at = 1_700_000_000 + 1000 * number + 2.0 * point
                loss = math.exp(-point / 80) + 0.05 * noise.standard_normal() + 0.1 * number
                writer.add_scalar("train/loss", math.nan if point == 50 else loss, step, walltime=at)
                writer.add_scalar("train/accuracy", 1 - loss / 2, step, walltime=at)
                if point % 20 == 0:
                    writer.add_scalar("epoch", point // 20, step, walltime=at)
                    writer.add_scalar("val/loss", loss * 1.1, step, walltime=at)
                if point % 100 == 0:
                    writer.add_image("train/samples", np.full((3, 8, 8), point // 2, np.uint8), step, walltime=at)
                    writer.add_histogram("train/weights", noise.normal(0, 1, 100), step, walltime=at)
            writer.add_hparams({"lr": 1.0 if number in (1, 2) else 0.1}, {}, run_name=".")
            for tag in range(MANY):
                writer.add_scalar(f"zoo/tag{tag:02}", tag, 0, walltime=at)
    return folder


@pytest.fixture
def viewer(open_viewer: Callable[..., Any], logdir: Path, address: str, page_errors: list[str]) -> Iterator[Any]:
    yield open_viewer(logdir, address=address)
    assert page_errors == []


def has_lines(count: int) -> Callable[[dict[str, Any]], bool]:
    return lambda chart: len(chart["lines"]) == count


LAID_OUT = """() => Object.fromEntries([...document.querySelectorAll('[data-testid=tag-group], [data-testid=pinned]')]
  .map(group => [group.dataset.group ?? 'pinned', [...group.querySelectorAll('.card')].map(card =>
    [card.dataset.testid.replace('-card', ''), card.dataset.tag, card.dataset.run].filter(Boolean).join(' '))]))"""


def cards(viewer: Any, until: Callable[[dict[str, list[str]]], Any] = bool) -> dict[str, list[str]]:
    """Cards of each group, as kind, tag and run."""
    found: dict[str, list[str]] = viewer.wait(lambda: viewer.page.evaluate(LAID_OUT), until)
    return found


def card(viewer: Any, tag: str, kind: str = "scalar") -> Any:
    return viewer.page.locator(f'[data-testid={kind}-card][data-tag="{tag}"]')


def test_scalars_images_and_histograms_stand_in_one_group(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(len(RUNS)))
    assert viewer.page.evaluate("document.querySelector('main').dataset.tab") == "timeseries"
    group = viewer.page.locator("[data-testid=tag-group][data-group=train]")
    group.scroll_into_view_if_needed()
    viewer.wait(lambda: viewer.get("waiting-card").count(), lambda count: count == 0)
    wanted = ["scalar train/accuracy", "scalar train/loss"]
    wanted += [f"image train/samples {run}" for run in RUNS] + [f"histogram train/weights {run}" for run in RUNS]
    assert cards(viewer)["train"] == wanted
    assert viewer.histogram(RUNS[0], "train/weights")["steps"]
    viewer.get("image").first.wait_for()


def test_code_of_images_and_histograms_comes_when_it_is_needed(viewer: Any) -> None:
    asked: list[str] = []
    viewer.page.goto("about:blank")  # the page that the fixture opened asks for what it shows
    viewer.page.on("request", lambda request: asked.append(request.url))
    viewer.goto("#timeseries&types=scalars")
    viewer.chart("train/loss", has_lines(len(RUNS)))
    viewer.get("tab-texts").count()
    assert not [url for url in asked if "Card" in url]
    viewer.get("kinds").locator("[data-value=all]").click()
    viewer.page.locator("[data-testid=tag-group][data-group=train] .images-cards").scroll_into_view_if_needed()
    viewer.get("image").first.wait_for()
    assert [url for url in asked if "ImageCard" in url]


def test_kinds_can_be_chosen_and_groups_closed(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(len(RUNS)))
    viewer.get("kinds").locator("[data-value=histograms]").click()
    cards(viewer, lambda groups: groups == {"train": [f"histogram train/weights {run}" for run in RUNS]})
    viewer.get("kinds").locator("[data-value=scalars]").click()
    groups = cards(viewer, lambda groups: set(groups) == {"", "train", "val", "zoo"})
    assert groups["train"] == ["scalar train/accuracy", "scalar train/loss"]
    viewer.get("fold-groups").click()
    cards(viewer, lambda groups: not any(groups.values()))
    viewer.page.locator("[data-testid=tag-group][data-group=val]").get_by_test_id("group-toggle").click()
    assert cards(viewer, lambda groups: groups["val"]) == {key: [] for key in groups} | {"val": ["scalar val/loss"]}
    viewer.get("fold-groups").click()
    viewer.get("fold-groups").click()
    viewer.chart("val/loss")


def test_cards_are_pinned_moved_and_let_go(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(len(RUNS)))
    viewer.page.locator("[data-testid=histogram-card]").first.scroll_into_view_if_needed()
    card(viewer, "val/loss").get_by_test_id("pin").click()
    card(viewer, "train/loss").get_by_test_id("pin").click()
    viewer.page.locator(f'.card[data-tag="train/weights"][data-run="{RUNS[1]}"]').get_by_test_id("pin").click()
    pinned = ["scalar val/loss", "scalar train/loss", f"histogram train/weights {RUNS[1]}"]
    viewer.page.locator("main").evaluate("main => main.scrollTo(0, 0)")
    groups = cards(viewer, lambda groups: groups.get("pinned") == pinned)
    assert "scalar train/loss" not in groups["train"]
    assert len(viewer.chart("train/loss")["lines"]) == len(RUNS)
    card(viewer, "train/loss").get_by_test_id("pin-earlier").click()
    pinned[:2] = pinned[1::-1]
    cards(viewer, lambda groups: groups["pinned"] == pinned)
    viewer.wait(lambda: viewer.page.evaluate("location.hash"), lambda text: "train/loss&pin=scalars:val/loss" in text)
    viewer.page.evaluate("sessionStorage.clear()")
    # Neither the filter nor the choice of kinds takes a pinned card away.
    viewer.goto(viewer.page.evaluate("location.hash") + "&tags=accuracy&types=images")
    cards(viewer, lambda groups: groups["pinned"] == pinned)
    card(viewer, "val/loss").get_by_test_id("pin").click()
    cards(viewer, lambda groups: groups["pinned"] == [pinned[0], pinned[2]])
    viewer.get("clear-pins").click()
    cards(viewer, lambda groups: "pinned" not in groups)


def test_long_groups_have_pages(viewer: Any) -> None:
    viewer.goto("#timeseries&tags=zoo")
    tags = [f"scalar zoo/tag{tag:02}" for tag in range(MANY)]
    cards(viewer, lambda groups: groups == {"zoo": tags[:24]})
    viewer.get("pager-next").click()
    cards(viewer, lambda groups: groups == {"zoo": tags[24:]})
    viewer.wait(lambda: viewer.page.evaluate("location.hash"), lambda text: "page=2:zoo" in text)
    viewer.page.reload()
    cards(viewer, lambda groups: groups == {"zoo": tags[24:]})
    viewer.goto("#timeseries&tags=zoo&cards=10&page=2:zoo")
    cards(viewer, lambda groups: groups == {"zoo": tags[10:20]})


def test_every_kind_of_smoothing_is_on_all_points_over_the_logged_line(viewer: Any, log: LogDir) -> None:
    viewer.chart("train/loss", has_lines(len(RUNS)))
    for kind, amount in (("halflife", 30), ("mean", 15), ("median", 15), ("gaussian", 4.5), ("gaussian_x", 12)):
        viewer.get("smoothing-kind").click()
        viewer.get(f"smoothing-{kind}").click()
        viewer.get("smoothing-number").fill(str(amount))
        viewer.get("smoothing-number").press("Enter")
        series = {name: run.scalars["train/loss"] for name, run in log.runs.items()}
        wanted = {name: smoothed(one.step, one.value, kind, amount) for name, one in series.items()}

        def is_it(chart: dict[str, Any], wanted: Any = wanted) -> bool:
            lines = {line["run"]: line["y"] for line in chart["lines"] if line["raw"]}
            return list(lines) == list(wanted) and all(
                np.allclose(numbers(lines[name]), wanted[name], rtol=1e-9, equal_nan=True) for name in wanted
            )

        chart = viewer.chart("train/loss", is_it)
        for line in chart["lines"]:
            np.testing.assert_array_equal(numbers(line["raw"]), series[line["run"]].value)
        assert [line["marks"] for line in chart["lines"]] == [1] * len(RUNS)
    viewer.wait(lambda: viewer.page.evaluate("location.hash"), lambda text: "smoothing=gaussian_x:12" in text)
    viewer.get("smoothing-off").click()
    viewer.chart("train/loss", lambda chart: not any(line["raw"] for line in chart["lines"]))
    viewer.get("smoothing-off").click()
    viewer.chart("train/loss", lambda chart: all(line["raw"] for line in chart["lines"]))


def numbers(values: list[Any]) -> np.ndarray:
    """NaN of the page comes as None."""
    return np.array([math.nan if value is None else value for value in values], np.float64)


def test_another_scalar_is_the_horizontal_axis(viewer: Any, log: LogDir) -> None:
    viewer.chart("train/loss", has_lines(len(RUNS)))
    viewer.get("x-tag").click()
    viewer.get("x-tags-search").fill("epo")
    viewer.page.locator("[data-testid=x-tags] [data-tag=epoch]").click()
    chart = viewer.chart("train/loss", lambda chart: chart["axis"] == "tag")
    for line in chart["lines"]:
        loss, epoch = (log.runs[line["run"]].scalars[tag] for tag in ("train/loss", "epoch"))
        assert line["x"] == last_at_or_before(loss.step, epoch.step, epoch.value).tolist()
    assert chart["x"] == [0, 19]
    viewer.wait(lambda: viewer.page.evaluate("location.hash"), lambda text: "xtag=epoch" in text)
    viewer.page.reload()
    viewer.chart("train/loss", lambda chart: chart["axis"] == "tag" and has_lines(len(RUNS))(chart))
    viewer.get("x-axis").locator("[data-value=step]").click()
    viewer.chart("train/loss", lambda chart: chart["axis"] == "step")


def members(log: LogDir, names: list[str], tag: str = "train/loss") -> list[tuple[Any, Any]]:
    return [(log.runs[name].scalars[tag].step, log.runs[name].scalars[tag].value) for name in names]


def is_group(chart: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether the lines of a chart are these groups, numbers and all."""
    lines = {line["run"]: line for line in chart["lines"] if line["band"]}
    return list(lines) == list(wanted) and all(
        len(line["x"]) == len(wanted[key].x)
        and all(
            np.allclose(numbers(found), expected, rtol=1e-9)
            for found, expected in (
                (line["x"], wanted[key].x),
                (line["y"], wanted[key].center),
                (line["band"]["low"], wanted[key].low),
                (line["band"]["high"], wanted[key].high),
                (line["band"]["count"], wanted[key].count),
            )
        )
        for key, line in lines.items()
    )


def test_groups_of_runs_have_a_line_and_a_band(viewer: Any, log: LogDir) -> None:
    viewer.goto("#timeseries&tags=train/loss&wide=train/loss")
    viewer.chart("train/loss", has_lines(len(RUNS)))
    viewer.get("groups").click()
    viewer.get("group-by").locator("[data-value=folder]").click()
    folders = {"base": ["base/0", "base/1"], "wide": ["wide/0", "wide/1"]}
    width = 4096
    wanted = {key: spread(members(log, names), width=width) for key, names in folders.items()}
    chart = viewer.chart("train/loss", lambda chart: is_group(chart, wanted))
    assert [line["color"] for line in chart["lines"]] == [log.runs[name].color for name in ("base/0", "wide/0")]
    assert [line["label"] for line in chart["lines"]] == ["base (2 runs)", "wide (2 runs)"]
    viewer.get("group-center").locator("[data-value=median]").click()
    viewer.get("group-band").select_option("minmax")
    wanted = {key: spread(members(log, names), "median", "minmax", width) for key, names in folders.items()}
    viewer.chart("train/loss", lambda chart: is_group(chart, wanted))
    viewer.get("group-members").check()
    chart = viewer.chart("train/loss", has_lines(len(RUNS) + 2))
    beneath = [line for line in chart["lines"] if line["isMember"]]
    assert [line["run"] for line in beneath] == list(RUNS)
    assert chart["lines"][-1]["band"]
    rows = viewer.page.locator("[data-testid=scalar-card] .legend-row")
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.run)") == ["base", "wide"]
    viewer.page.keyboard.press("Escape")
    box = card(viewer, "train/loss").locator(".u-over").bounding_box()
    viewer.page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + 40)
    bands = viewer.wait(
        lambda: viewer.page.eval_on_selector_all(
            "[data-testid=tooltip] tbody tr",
            "rows => rows.map(row => [row.dataset.run, ...[...row.cells].map(c => c.innerText)])",
        ),
        lambda rows: len(rows) == 2,
    )
    assert {row[0] for row in bands} == {"base", "wide"}
    assert all("…" in row[4] and row[5] == "2" for row in bands)


def test_groups_by_pattern_and_by_hyperparameter(viewer: Any, log: LogDir) -> None:
    viewer.goto("#timeseries&tags=train/loss")
    viewer.chart("train/loss", has_lines(len(RUNS)))
    viewer.get("groups").click()
    viewer.get("group-by").locator("[data-value=regex]").click()
    viewer.get("group-pattern").fill("/(\\d")
    viewer.get("group-error").filter(has_text="Not a regular expression").wait_for()
    viewer.get("group-pattern").fill("(a+)+$|/(0)$")
    viewer.get("group-pattern").fill("/(\\d)")
    by_number = {"0": ["base/0", "wide/0"], "1": ["base/1", "wide/1"]}
    wanted = {key: spread(members(log, names), width=4096) for key, names in by_number.items()}
    viewer.chart("train/loss", lambda chart: is_group(chart, wanted))
    viewer.get("group-by").locator("[data-value=hparam]").click()
    viewer.get("group-hparam").wait_for()
    wanted = {
        "lr=0.1": spread(members(log, ["base/0", "wide/1"]), width=4096),
        "lr=1": spread(members(log, ["base/1", "wide/0"]), width=4096),
    }
    viewer.chart("train/loss", lambda chart: is_group(chart, wanted))
    viewer.wait(lambda: viewer.page.evaluate("location.hash"), lambda text: "group=hparam&group=lr" in text)
    viewer.page.reload()
    viewer.chart("train/loss", lambda chart: is_group(chart, wanted))


def test_several_tags_stand_on_one_chart(viewer: Any, log: LogDir) -> None:
    viewer.goto("#timeseries&types=scalars")
    viewer.chart("train/loss", has_lines(len(RUNS)))
    card(viewer, "train/loss").get_by_test_id("add-tag").click()
    viewer.get("add-tags-search").fill("val/")
    viewer.get("add-tags-search").press("Enter")
    lines = viewer.chart("panel:1", has_lines(2 * len(RUNS)))["lines"]
    assert [(line["tag"], line["run"]) for line in lines] == [(t, r) for t in ("train/loss", "val/loss") for r in RUNS]
    for line in lines:
        assert line["label"] == f"{line['run']} · {line['tag']}"
        assert line["color"] == log.runs[line["run"]].color
        np.testing.assert_array_equal(numbers(line["y"]), log.runs[line["run"]].scalars[line["tag"]].value)
    dashes = (
        card(viewer, "panel:1")
        .locator(".legend-row line")
        .evaluate_all("lines => lines.map(line => line.getAttribute('stroke-dasharray'))")
    )
    assert len(set(dashes[: len(RUNS)])) == len(set(dashes[len(RUNS) :])) == 1
    assert dashes[0] != dashes[-1]
    card(viewer, "panel:1").get_by_test_id("edit-panel").click()
    viewer.get("panel-name").fill("Losses")
    viewer.get("panel-match").fill("accuracy$")
    viewer.chart("panel:1", has_lines(3 * len(RUNS)))
    viewer.page.locator('[data-testid=panel-tags] [data-tag="val/loss"]').click()
    viewer.chart("panel:1", has_lines(2 * len(RUNS)))
    viewer.page.keyboard.press("Escape")
    assert card(viewer, "panel:1").locator("h3").text_content() == "Losses"
    viewer.wait(lambda: viewer.page.evaluate("location.hash"), lambda text: "Losses" in text and "val" not in text)
    viewer.page.reload()
    lines = viewer.chart("panel:1", has_lines(2 * len(RUNS)))["lines"]
    assert {line["tag"] for line in lines} == {"train/loss", "train/accuracy"}


def test_a_new_chart_is_empty_until_it_has_tags(viewer: Any) -> None:
    viewer.chart("train/loss", has_lines(len(RUNS)))
    viewer.get("new-panel").click()
    viewer.get("panel-match").fill("(a+)+$")
    # The editor stays while a pattern is typed, although its first letters match tags.
    viewer.get("panel-match").fill("")
    viewer.get("panel-match").press_sequentially("^(train|val)/loss$")
    viewer.get("panel-match").press("Enter")
    viewer.chart("panel:1", has_lines(2 * len(RUNS)))
    card(viewer, "panel:1").get_by_test_id("pin").click()
    cards(viewer, lambda groups: "pinned" not in groups)


TABLE = """(chart) => {
  const table = document.querySelector(`[data-testid=scalar-card][data-tag="${chart}"] [data-testid=value-table]`);
  if (!table) return null;
  const rows = [...table.querySelectorAll('tbody tr')].map(row => [row.dataset.run, Object.fromEntries(
    [...row.querySelectorAll('td')].map(cell => [cell.dataset.column, cell.dataset.value]))]);
  return { from: Number(table.dataset.from), to: table.dataset.to && Number(table.dataset.to), rows };
}"""


def values(viewer: Any, chart: str, until: Callable[[dict[str, Any]], Any]) -> dict[str, dict[str, float]]:
    """The table below a chart, by run, in its order."""

    def complete(table: dict[str, Any]) -> bool:
        return (
            bool(table["rows"])
            and all(row.get("step") or row.get("count") for _, row in table["rows"])
            and until(table)
        )

    table = viewer.wait(lambda: viewer.page.evaluate(TABLE, chart), lambda found: found and complete(found))
    return {run: {name: float(text) for name, text in row.items() if text is not None} for run, row in table["rows"]}


def rail(viewer: Any, chart: str, *shares: float) -> None:
    """Press on the rail below a chart, and drag if there is a second place."""
    rail = card(viewer, chart).get_by_test_id("place-rail")
    rail.scroll_into_view_if_needed()
    box = rail.bounding_box()
    places = [(box["x"] + box["width"] * share, box["y"] + 4) for share in shares]
    viewer.page.mouse.move(*places[0])
    viewer.page.mouse.down()
    for place in places[1:]:
        viewer.page.mouse.move(*place, steps=4)
    viewer.page.mouse.up()


def test_values_at_a_step_are_listed_below_all_charts(viewer: Any, log: LogDir) -> None:
    viewer.goto("#timeseries&types=scalars&smoothing=mean:9")
    chart = viewer.chart("train/loss", has_lines(len(RUNS)))
    rail(viewer, "train/loss", 0.25)
    shown = values(viewer, "train/loss", bool)
    at = int(card(viewer, "train/loss").get_by_test_id("place-from").get_attribute("data-at"))
    assert at == pytest.approx(chart["x"][0] + 0.25 * (chart["x"][1] - chart["x"][0]), abs=3)
    assert list(shown) == list(RUNS)
    for name, row in shown.items():
        series = log.runs[name].scalars["train/loss"]
        best = np.flatnonzero(np.abs(series.step - at) == np.abs(series.step - at).min())[-1]
        assert row["step"] == series.step[best]
        assert row["value"] == series.value[best]
        assert row["relative"] == pytest.approx(series.wall_time[best] - series.wall_time[0])
        assert row["smoothed"] == pytest.approx(smoothed(series.step, series.value, "mean", 9)[best])
    assert values(viewer, "train/accuracy", lambda table: table["from"] == at)
    grip = card(viewer, "train/loss").get_by_test_id("place-from")
    grip.focus()
    grip.press("ArrowRight")
    steps = sorted({step for name in RUNS for step in log.runs[name].scalars["train/loss"].step.tolist()})
    after = next(step for step in steps if step > at)
    values(viewer, "train/loss", lambda table: table["from"] == after)
    grip.press("Home")
    values(viewer, "train/loss", lambda table: table["from"] == 0)
    viewer.wait(lambda: viewer.page.evaluate("location.hash"), lambda text: "at=0" in text)
    grip.press("Delete")
    viewer.get("value-table").first.wait_for(state="detached")


def test_a_range_is_dragged_typed_sorted_and_copied(viewer: Any, log: LogDir) -> None:
    viewer.goto("#timeseries&types=scalars&wide=train/loss")
    viewer.chart("train/loss", has_lines(len(RUNS)))
    rail(viewer, "train/loss", 0.2, 0.6)
    values(viewer, "train/loss", lambda table: table["to"])
    field = card(viewer, "train/loss").get_by_test_id("place-from-field")
    field.fill("40")
    field.press("Enter")
    field = card(viewer, "train/loss").get_by_test_id("place-to-field")
    field.fill("333")
    field.press("Enter")
    shown = values(viewer, "train/loss", lambda table: (table["from"], table["to"]) == (40, 333))
    for name, row in shown.items():
        series = log.runs[name].scalars["train/loss"]
        inside = (series.step >= 40) & (series.step <= 333)
        step, value = series.step[inside], series.value[inside]
        assert row["count"] == inside.sum()
        assert row["min"] == np.nanmin(value)
        assert row["max"] == np.nanmax(value)
        assert row["mean"] == pytest.approx(np.nanmean(value))
        assert (row["first"], row["last"]) == (value[0], value[-1])
        assert row["change"] == pytest.approx(value[-1] - value[0])
        assert row["percent"] == pytest.approx(100 * (value[-1] - value[0]) / abs(value[0]))
        assert (row["min_step"], row["max_step"]) == (step[np.nanargmin(value)], step[np.nanargmax(value)])
    sort = card(viewer, "train/loss").get_by_test_id("sort-mean")
    sort.click()
    by_mean = sorted(shown, key=lambda name: shown[name]["mean"])
    values(viewer, "train/loss", lambda table: [run for run, _ in table["rows"]] == by_mean)
    sort.click()
    values(viewer, "train/loss", lambda table: [run for run, _ in table["rows"]] == by_mean[::-1])
    viewer.page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    card(viewer, "train/loss").get_by_test_id("copy-values").click()
    copied = viewer.wait(lambda: viewer.page.evaluate("window.copied"))
    head, *lines = [line.split("\t") for line in copied.split("\n")]
    assert head[:5] == ["Run", "Tag", "Min", "Max", "Mean"]
    assert [line[0] for line in lines] == by_mean[::-1]
    assert [float(line[4]) for line in lines] == [shown[name]["mean"] for name in by_mean[::-1]]
    viewer.get("values").click()
    viewer.get("link-places").uncheck()
    viewer.page.keyboard.press("Escape")
    rail(viewer, "train/accuracy", 0.5)
    values(viewer, "train/accuracy", lambda table: table["to"] is None)
    assert card(viewer, "train/loss").get_by_test_id("value-table").count() == 0


def test_images_and_histograms_follow_the_step(viewer: Any, log: LogDir) -> None:
    viewer.goto(f"#timeseries&tags=train&at=250&select=only&select={RUNS[1]}")
    viewer.page.locator(".images-cards").scroll_into_view_if_needed()
    # 250 lies between the images of this run at 200 and at 400.
    viewer.page.locator("[data-testid=image][data-step='200']").wait_for()
    found = viewer.wait(
        lambda: viewer.ask("histogram", RUNS[1], "train/weights"),
        lambda drawn: drawn.get("single") and drawn["single"]["step"] == 200,
    )
    assert found["mode"] == "bars"


def test_all_of_it_is_live(open_viewer: Callable[..., Any], tmp_path: Path, page_errors: list[str]) -> None:
    writers = {name: SummaryWriter(str(tmp_path / name)) for name in ("a/1", "a/2")}

    def add(step: int) -> None:
        for number, writer in enumerate(writers.values()):
            writer.add_scalar("loss", step + number, step)
            writer.add_scalar("other", -step, step)
            writer.add_scalar("epoch", step // 2, step)
            writer.flush()

    for step in range(4):
        add(step)
    panel = "pin=panel:%5B1,%22%22,%22%22,%22loss%22,%22other%22%5D"
    view = open_viewer(tmp_path, f"#timeseries&group=folder&at=0,100&smoothing=median:3&xtag=epoch&{panel}")
    view.goto(f"#timeseries&group=folder&at=0,100&smoothing=median:3&xtag=epoch&{panel}")
    last = lambda chart: chart["lines"] and chart["lines"][0]["x"][-1]  # noqa: E731
    assert view.chart("loss", lambda chart: last(chart) == 1)["lines"][0]["band"]
    view.chart("panel:1", lambda chart: len(chart["lines"]) == 2 and last(chart) == 1)
    assert {row["count"] for row in values(view, "loss", bool).values()} == {4}
    for step in range(4, 8):
        add(step)
    view.chart("loss", lambda chart: last(chart) == 3)
    view.chart("panel:1", lambda chart: last(chart) == 3)
    values(view, "loss", lambda table: {float(row["count"]) for _, row in table["rows"]} == {8})
    for writer in writers.values():
        writer.close()
    assert page_errors == []
