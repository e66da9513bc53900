"""Training sessions side by side, beside what `LogDir` says of the same log."""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog.file_writer import FileWriter
from cellboard.eventlog.messages import Summary
from cellboard.eventlog.plugin_messages import HParamsPluginData

SEEDS = 3
RATES = [0.0001, 0.001, 0.01, 0.1]
NETS = ["cnn", "mlp"]
STATUS = "s:status"
LOSS = "m:::val/loss"
HOSTILE = '"><img src=x onerror=window.pwned=1>'


def loss_of(rate: float, net: str, seed: int) -> float:
    return abs(math.log10(rate) + 2) * 0.4 + (0.1 if net == "cnn" else 0.3) + seed * 0.05


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of 4 × 2 with 3 seeds each, one that failed, and a run that is no session."""
    root = tmp_path_factory.mktemp("sweep") / "runs"
    for number, (rate, net, seed) in enumerate((r, n, s) for r in RATES for n in NETS for s in range(SEEDS)):
        with SummaryWriter(root / f"{net}-{rate}/seed{seed}") as writer:
            best = loss_of(rate, net, seed)
            for step, more in enumerate([0.5, 0.0, 0.25]):
                writer.add_scalar("val/loss", best + more, step, walltime=1000 + number)
                writer.add_scalar("val/acc", 1 - (best + more) / 3, step, walltime=1000 + number)
                writer.add_scalar("train/loss", best / 2 + more, step, walltime=1000 + number)
            values = {"lr": rate, "net": net, "seed": seed, "same": 7, "note": f"{net} at {rate}"}
            writer.add_hparams(values, {"val/loss": best + 0.25, "val/acc": 1 - (best + 0.25) / 3}, global_step=2)
    with SummaryWriter(root / "zz no session") as writer:
        writer.add_scalar("val/loss", 9.0, 0, walltime=2000)
    failed = FileWriter(str(root / "failed"))
    start, end = HParamsPluginData(), HParamsPluginData()
    start.session_start_info.hparams["lr"].number_value = 1.0
    start.session_start_info.hparams["note"].string_value = "a" * 40 + "!"
    end.session_end_info.status = 2
    for name, said in (("session_start_info", start), ("session_end_info", end)):
        value = Summary.Value(tag=f"_hparams_/{name}")
        value.metadata.plugin_data.plugin_name = "hparams"
        value.metadata.plugin_data.content = said.SerializeToString()
        failed.add_summary(Summary(value=[value]), 0, walltime=1900)
    failed.close()
    return root


def sessions(view: Any, until: Callable[[dict[str, Any]], Any] = bool) -> dict[str, Any]:
    """What the page shows, once metrics have come and it is as asked for."""
    found: dict[str, Any] = view.wait(lambda: view.ask("hparams"), lambda said: said["complete"] and until(said))
    return found


def column(said: dict[str, Any], id: str) -> dict[str, Any]:
    return dict(zip(said["rows"], said["cells"][id], strict=True))


def menu(view: Any, id: str) -> None:
    heading = view.page.locator(f"[role=columnheader][data-column='{id}']")
    heading.hover()
    heading.get_by_test_id("column-menu").click()


def drag(view: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    view.page.mouse.move(*start)
    view.page.mouse.down()
    view.page.mouse.move(*end, steps=5)
    view.page.mouse.up()


def ticked(view: Any) -> list[str]:
    """Runs that are ticked in the run list."""
    names: list[str] = view.page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=run-row][data-selected=true]')].map(row => row.dataset.run)"
    )
    return names


def assert_as_in(log: LogDir, said: dict[str, Any]) -> None:
    experiment = log.hparams
    assert experiment is not None
    assert said["rows"] == list(experiment.sessions)
    for info in experiment.hparams:
        if f"h:{info.name}" in said["columns"]:
            cells = column(said, f"h:{info.name}")
            assert cells == {run: one.values.get(info.name) for run, one in experiment.sessions.items()}
    assert column(said, STATUS) == {run: one.status for run, one in experiment.sessions.items()}
    for metric in experiment.metrics[:8]:
        values = {run: found.get(metric) for run, found in experiment.values.items()}
        expected = {run: value.value if value else None for run, value in values.items()}
        assert column(said, f"m::{metric.group}:{metric.tag}") == pytest.approx(expected)


def test_every_session_with_its_values_and_the_metrics_of_its_runs(viewer: Callable[[str], Any], log: LogDir) -> None:
    view = viewer("#hparams&hp-group=0")
    said = sessions(view)
    assert_as_in(log, said)
    # What is the same everywhere has no column by itself.
    assert "h:lr" in said["columns"]
    assert said["color"] == LOSS
    for kind, of in {"best": {"val/loss": "min", "val/acc": "max"}, "mean": {}, "first": {}}.items():
        view.get("hp-kind").locator(f"[data-value={kind}]").click()
        for tag in ("val/loss", "val/acc"):
            expected = {
                run: getattr(log.runs[run].scalars[tag].stats, of.get(tag, kind))
                if tag in log.runs[run].scalars
                else None
                for run in said["rows"]
            }
            sessions(
                view, lambda said, tag=tag, expected=expected: column(said, f"m:::{tag}") == pytest.approx(expected)
            )


@pytest.mark.filterwarnings("ignore::DeprecationWarning:torch")
def test_sessions_of_other_writers(open_viewer: Callable[..., Any], tmp_path: Path, page_errors: list[str]) -> None:
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    # torch makes a run for the session below the one with the curves.
    for at, rate in enumerate((0.1, 0.01)):
        with TorchWriter(str(tmp_path / "torch" / f"exp{at}")) as writer:
            for step in range(3):
                writer.add_scalar("train/loss", rate * step, step)
            writer.add_hparams({"lr": rate, "deep": at == 1}, {"hparam/acc": 1 - rate}, run_name=f"hp{at}")
    sources = [tmp_path / "torch", Path(__file__).parents[1] / "eventlog" / "logs" / "lightning"]
    if data := os.environ.get("CELLBOARD_TEST_DATA"):
        sources.append(Path(data) / "keras-hparams")
    for source in sources:
        view = open_viewer(source, "#hparams")
        with LogDir(source) as opened:
            assert_as_in(opened, sessions(view))
    view = open_viewer(tmp_path / "torch", "#hparams&hp-add=m:min:..:train/loss")
    said = sessions(view)
    assert said["cells"]["m:min:..:train/loss"] == [0, 0]
    # The two runs of an experiment are shown and hidden together.
    view.page.locator("[data-row='exp0/hp0'] input").uncheck()
    view.wait(lambda: ticked(view), lambda names: set(names) == {"exp1", "exp1/hp1"})
    assert page_errors == []


def test_filters_of_columns(viewer: Callable[[str], Any], log: LogDir) -> None:
    view = viewer("#hparams&hp-group=0&hp-add=h:note")
    everything = sessions(view)
    menu(view, "h:net")
    view.page.locator("[data-testid=filter-value][data-value='\"mlp\"']").uncheck()
    view.page.locator("[data-testid=filter-value][data-value='null']").uncheck()
    said = sessions(view, lambda said: len(said["rows"]) == 12)
    assert set(column(said, "h:net").values()) == {"cnn"}
    view.page.keyboard.press("Escape")
    menu(view, LOSS)
    view.get("filter-highest").fill("0.7")
    view.get("filter-highest").press("Enter")
    said = sessions(view, lambda said: len(said["rows"]) < 12)
    wanted = [
        run for run, value in column(everything, LOSS).items() if value is not None and value <= 0.7 and "cnn" in run
    ]
    assert said["rows"] == wanted
    view.page.keyboard.press("Escape")
    assert view.get("hp-count").text_content() == f"{len(wanted)} of 25 sessions"
    # The address holds them.
    view.wait(lambda: view.page.evaluate("location.hash"), lambda at: at.count("hp-filter=") == 2)
    view.page.reload()
    sessions(view, lambda said: said["rows"] == wanted)
    view.get("clear-filters").click()
    sessions(view, lambda said: len(said["rows"]) == 25)
    menu(view, STATUS)
    view.page.locator("[data-testid=filter-value][data-value='\"success\"']").uncheck()
    sessions(view, lambda said: said["rows"] == ["failed"])
    view.get("clear-filter").click()
    view.page.keyboard.press("Escape")
    # Patterns run in the worker: one that never ends is stopped, and said to be slow.
    menu(view, "h:note")
    view.get("filter-pattern").fill("^mlp.*0\\.1$")
    sessions(view, lambda said: {row.split("/")[0] for row in said["rows"]} == {"mlp-0.1"})
    view.get("filter-pattern").fill("(a+)+$")
    view.page.get_by_text("takes too long").wait_for()
    view.get("filter-pattern").fill("(")
    view.page.get_by_text("Not a regular expression").wait_for()


def test_order_and_choice_of_columns(viewer: Callable[[str], Any]) -> None:
    view = viewer("#hparams&hp-group=0")
    before = sessions(view)
    view.page.locator(f"[role=columnheader][data-column='{LOSS}'] .grid-sort").click()
    said = sessions(view, lambda said: said["rows"] != before["rows"])
    numbers = [value for value in said["cells"][LOSS] if value is not None]
    assert numbers == sorted(numbers)
    assert said["rows"][-1] == "failed"
    assert "h:same" in before["columns"]  # one session has it not: it differs
    view.get("hp-columns").click()
    view.get("column-search").fill("loss")
    view.page.locator(".kind-button[data-field='m:best::val/loss']").click()
    view.page.locator("[data-testid=column-tick][data-field='m:::train/loss']").check()
    view.page.keyboard.press("Escape")
    said = sessions(view, lambda said: {"m:best::val/loss", "m:::train/loss"} <= set(said["columns"]))
    best = [loss - 0.25 for loss in said["cells"][LOSS] if loss is not None]
    assert [cell for cell in said["cells"]["m:best::val/loss"] if cell is not None] == pytest.approx(best)
    menu(view, "h:same")
    view.get("hide-column").click()
    said = sessions(view, lambda said: "h:same" not in said["columns"])
    source = view.page.locator("[role=columnheader][data-column='h:seed'] .grid-sort").bounding_box()
    target = view.page.locator("[role=columnheader][data-column='h:lr'] .grid-sort").bounding_box()
    drag(view, (source["x"] + 20, source["y"] + 20), (target["x"] + 8, target["y"] + 20))
    said = sessions(view, lambda said: said["columns"].index("h:seed") + 1 == said["columns"].index("h:lr"))
    # The axes are in that order too.
    assert [axis["id"] for axis in said["parallel"]["axes"]] == [id for id in said["columns"] if id != STATUS]


def test_repetitions_are_one_row(viewer: Callable[[str], Any]) -> None:
    view = viewer("#hparams&hp-sort=+h:lr")
    # Hyperparameters differ in the seed alone: nothing is a repetition until it is said that the seed does not count.
    sessions(view, lambda said: len(said["rows"]) == 25)
    menu(view, "h:seed")
    view.get("fold-over").check()
    view.page.keyboard.press("Escape")
    said = sessions(view, lambda said: len(said["rows"]) == 9)
    names = dict(zip(said["rows"], said["cells"]["h:net"], strict=True))
    assert "cnn-0.01 …" in names
    losses = [loss_of(0.01, "cnn", seed) + 0.25 for seed in range(SEEDS)]
    assert column(said, LOSS)["cnn-0.01 …"] == pytest.approx(np.mean(losses))
    for fold in ("median", "min", "max"):
        view.get("hp-repeats").select_option(fold)
        wanted = getattr(np, fold)(losses)
        sessions(view, lambda said, wanted=wanted: column(said, LOSS)["cnn-0.01 …"] == pytest.approx(wanted))
    row = view.page.locator(".grid-row", has_text="cnn-0.01 …")
    assert row.locator("[data-column='h:seed']").text_content() == "0 … 2"
    row.get_by_test_id("open-group").click()
    said = sessions(view, lambda said: len(said["rows"]) == 12)
    at = said["rows"].index("cnn-0.01 …")
    assert said["rows"][at + 1 : at + 4] == [f"cnn-0.01/seed{seed}" for seed in range(SEEDS)]
    assert said["cells"][LOSS][at + 1 : at + 4] == pytest.approx(losses)
    view.get("hp-repeats").select_option("each alone")
    sessions(view, lambda said: len(said["rows"]) == 25)


def test_rows_and_the_run_list_are_one_choice(viewer: Callable[[str], Any]) -> None:
    view = viewer("#hparams&hp-group=0&runs=cnn-0.1|failed")
    said = sessions(view)
    assert len(said["rows"]) == 4
    run = "cnn-0.1/seed1"
    view.page.locator(f"[data-row='{run}'] [data-column='{LOSS}']").click()
    view.wait(lambda: ticked(view), lambda names: run not in names and len(names) == 3)
    said = sessions(view, lambda said: said["parallel"]["faint"] == [run])
    view.page.locator(f"[data-testid=run-row][data-run='{run}'] input").check()
    sessions(view, lambda said: said["parallel"]["faint"] == [])
    view.page.locator(f"[data-row='{run}'] [data-column='{LOSS}']").dblclick()
    view.wait(lambda: ticked(view), lambda names: names == [run])
    view.page.locator("[data-row='cnn-0.1/seed0']").hover()
    sessions(view, lambda said: said["pointed"] == "cnn-0.1/seed0")
    view.page.locator("[data-row='cnn-0.1/seed0']").get_by_role("button", name="charts").click()
    chart = view.chart("val/loss", lambda chart: len(chart["lines"]) == 1)
    assert chart["lines"][0]["run"] == "cnn-0.1/seed0"


def test_parallel_coordinates(viewer: Callable[[str], Any]) -> None:
    view = viewer("#hparams&hp-group=0")
    said = sessions(view)
    axes = {axis["id"]: axis for axis in said["parallel"]["axes"]}
    assert {id: axes[id]["kind"] for id in ("h:lr", "h:net", "h:seed")} == {
        "h:lr": "log",
        "h:net": "category",
        "h:seed": "linear",
    }
    loss = axes[LOSS]
    values = {run: value for run, value in column(said, LOSS).items() if value is not None}
    low, high = min(values.values()), max(values.values())
    place = lambda share: loss["bottom"] - share * (loss["bottom"] - loss["top"])  # noqa: E731
    # The lower half of the axis.
    drag(view, (loss["x"], place(0.5)), (loss["x"], loss["bottom"] + 5))
    middle = (low + high) / 2
    said = sessions(view, lambda said: len(said["rows"]) < 25 and said["parallel"]["lines"] == said["rows"])
    assert said["rows"] == [run for run, value in values.items() if value <= middle]
    assert len(said["parallel"]["faint"]) == 25 - len(said["rows"])
    chip = view.get("hp-chip")
    assert chip.get_attribute("data-field") == LOSS
    # Brushing names, and the runs that are left are those that are ticked.
    view.get("hp-tick").check()
    view.wait(lambda: ticked(view), lambda names: sorted(names) == sorted(said["rows"]))
    net = axes["h:net"]
    drag(view, (net["x"], net["bottom"] + 2), (net["x"], (net["top"] + net["bottom"]) / 2 + 4))
    said = sessions(view, lambda said: set(column(said, "h:net").values()) == {"cnn"})
    view.wait(lambda: ticked(view), lambda names: sorted(names) == sorted(said["rows"]))
    view.get("hp-tick").uncheck()
    view.get("clear-filters").click()
    sessions(view, lambda said: len(said["rows"]) == 25)
    view.wait(lambda: ticked(view), lambda names: "zz no session" in names)
    # What is pointed at is told, and marked in the table; a click keeps it.
    lowest = min(values, key=lambda run: values[run])
    view.page.mouse.move(loss["x"] + 13, loss["bottom"] - 1)
    view.page.mouse.move(loss["x"] + 14, loss["bottom"] - 1)
    view.get("hp-tooltip").wait_for()
    pointed = sessions(view, lambda said: said["pointed"] is not None)["pointed"]
    assert values[pointed] == pytest.approx(low, abs=0.06), lowest
    view.page.mouse.click(loss["x"] + 14, loss["bottom"] - 1)
    assert sessions(view, lambda said: said["pinned"])["pinned"] == pointed
    view.page.locator(f".grid-row.pinned[data-row='{pointed}']").wait_for()


def test_axes_are_moved_and_rescaled(viewer: Callable[[str], Any]) -> None:
    view = viewer("#hparams&hp-group=0")
    said = sessions(view)
    axes = {axis["id"]: axis for axis in said["parallel"]["axes"]}
    title = view.page.locator("[data-testid=axis-title][data-axis='h:seed']").bounding_box()
    drag(view, (title["x"] + 10, title["y"] + 10), (axes["h:lr"]["x"] - 20, title["y"] + 10))
    said = sessions(view, lambda said: said["columns"].index("h:seed") + 1 == said["columns"].index("h:lr"))
    view.page.locator(f"[data-testid=axis-title][data-axis='{LOSS}']").click()
    view.get("axis-scale").locator("[data-value=quantile]").click()
    kinds = lambda said: {axis["id"]: axis["kind"] for axis in said["parallel"]["axes"]}  # noqa: E731
    said = sessions(view, lambda said: kinds(said)[LOSS] == "quantile")
    view.page.keyboard.press("Escape")
    # A quantile axis: its upper half holds half of the rows.
    axis = next(axis for axis in said["parallel"]["axes"] if axis["id"] == LOSS)
    drag(view, (axis["x"], (axis["top"] + axis["bottom"]) / 2 - 2), (axis["x"], axis["top"] - 5))
    said = sessions(view, lambda said: len(said["rows"]) < 25)
    assert len(said["rows"]) == 12
    # A click on the brush lets go of it.
    view.page.mouse.click(axis["x"], (axis["top"] + axis["bottom"]) / 2 - 30)
    sessions(view, lambda said: len(said["rows"]) == 25)
    view.get("hp-color").select_option("h:net")
    said = sessions(view, lambda said: said["color"] == "h:net")
    by_net = {(net, color) for net, color in zip(said["cells"]["h:net"], said["colors"], strict=True)}
    assert len(by_net) == 3
    view.get("hp-color").select_option("run")
    sessions(view, lambda said: said["color"] is None and len(set(said["colors"])) > 10)


def test_scatter_matrix(viewer: Callable[[str], Any]) -> None:
    view = viewer("#hparams&hp-group=0&hp-closed=table")
    view.get("hp-scatter").scroll_into_view_if_needed()
    plots = lambda said: {(plot["across"], plot["down"]): plot for plot in said["scatter"]["plots"]}  # noqa: E731
    said = sessions(view, lambda said: said["scatter"] and len(plots(said)) == 10)
    plot = plots(said)["h:lr", LOSS]
    values = {run: value for run, value in column(said, LOSS).items() if value is not None}
    assert {point["row"] for point in plot["points"]} == set(values)
    accuracy = plots(said)["h:seed", "m:::val/acc"]["rho"]
    assert plots(said)["h:seed", LOSS]["rho"] == pytest.approx(-accuracy)
    assert 0 < plots(said)["h:seed", LOSS]["rho"] < 1
    # The left of the plot: rates up to 0.001, and nothing said of the loss.
    left, top = plot["left"], plot["top"]
    drag(view, (left + 1, top + 1), (left + plot["width"] * 0.4, top + plot["height"] - 1))
    said = sessions(view, lambda said: len(said["rows"]) < 25 and said["parallel"]["lines"] == said["rows"])
    assert set(column(said, "h:lr").values()) == {0.0001, 0.001}
    point = plots(said)["h:lr", LOSS]["points"][0]
    view.page.mouse.move(point["x"] + 1, point["y"])
    sessions(view, lambda said: said["pointed"] == point["row"])
    view.get("hp-tooltip").wait_for()
    # A click beside the points lets go.
    view.page.mouse.click(left + plot["width"] * 0.85, top + plot["height"] / 2 + 1)
    view.get("hp-across").click()
    view.page.locator("[data-testid=hp-across-box] [data-field='h:lr']").uncheck()
    sessions(view, lambda said: ("h:lr", LOSS) not in plots(said) and len(plots(said)) == 8)


def test_what_is_shown_as_files(viewer: Callable[[str], Any], log: LogDir) -> None:
    view = viewer(f"#hparams&hp-group=0&hp-sort=+{LOSS}")
    said = sessions(view)
    view.get("hp-export").click()
    with view.page.expect_download() as download:
        view.get("download-csv").click()
    view.page.keyboard.press("Escape")
    head, *rows = csv.reader(io.StringIO(Path(download.value.path()).read_text()))
    assert (head[0], [row[0] for row in rows]) == ("session", said["rows"])
    at = head.index("val/loss")
    assert [float(row[at]) if row[at] else None for row in rows] == said["cells"][LOSS]
    for part in ("parallel", "scatter"):
        view.get(f"save-{part}").click()
        with view.page.expect_download() as download:
            view.get("save-svg").click()
        picture = Path(download.value.path()).read_text()
        assert picture.startswith("<svg")
        assert "val/loss" in picture
        assert picture.count("<path") >= 25 if part == "parallel" else picture.count("<circle") >= 25


def test_new_sessions_keys_and_values_appear_by_themselves(
    open_viewer: Callable[..., Any], tmp_path: Path, page_errors: list[str]
) -> None:
    writer = SummaryWriter(tmp_path / HOSTILE.replace("/", "_"))
    writer.add_hparams({f"p{at}": at for at in range(150)} | {HOSTILE: HOSTILE, "lr": 0.5}, {"score": 1.0})
    writer.flush()
    view = open_viewer(tmp_path, "#hparams")
    said = sessions(view, lambda said: len(said["rows"]) == 1)
    assert "h:later" not in said["columns"]
    writer.add_hparams({"later": "yes"}, {"score": 2.0}, global_step=1)
    writer.flush()
    with SummaryWriter(tmp_path / "second") as second:
        second.add_hparams({"lr": 0.25, "later": "no"}, {"score": math.nan})
    said = sessions(view, lambda said: len(said["rows"]) == 2 and "h:later" in said["columns"])
    assert sorted(said["cells"]["h:later"]) == ["no", "yes"]
    sessions(view, lambda said: 2.0 in said["cells"]["m:::score"])
    writer.close()
    view.get("hp-columns").click()
    view.get("column-search").fill("p149")
    view.page.locator("[data-testid=column-tick][data-field='h:p149']").check()
    sessions(view, lambda said: "h:p149" in said["columns"])
    assert view.page.evaluate("window.pwned") is None
    assert page_errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1400, 900), (900, 700)], ids=["wide", "narrow"])
def test_pictures(viewer: Callable[[str], Any], screenshots: Path, theme: str, size: tuple[int, int]) -> None:
    view = viewer("#")
    view.page.set_viewport_size({"width": size[0], "height": size[1]})
    view.goto(f'#hparams&theme={theme}&hp-over=seed&hp-filter=["h:lr","r","0.0005","Infinity"]')
    said = sessions(view)
    row = view.page.locator(".grid-row").nth(1)
    row.scroll_into_view_if_needed()
    row.hover()
    view.page.evaluate("document.querySelector('main').scrollTop = 0")
    view.page.screenshot(path=screenshots / f"viewer-hparams-{theme}-{size[0]}.png")
    view.page.evaluate("document.querySelector('main').scrollTop = 1e6")
    view.page.screenshot(path=screenshots / f"viewer-hparams-{theme}-{size[0]}-below.png")
    menu(view, "h:lr")
    view.page.screenshot(path=screenshots / f"viewer-hparams-{theme}-{size[0]}-menu.png")
    view.page.keyboard.press("Escape")
    view.page.evaluate("document.querySelector('main').scrollTop = 0")
    view.get("hp-columns").click()
    view.page.screenshot(path=screenshots / f"viewer-hparams-{theme}-{size[0]}-columns.png")
    assert said["rows"]
    wide = view.page.evaluate(
        """() => [...document.querySelectorAll('html, main, .topbar, .toolbar, .hp-parts, .hp-part-head')]
          .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.className || box.tagName)"""
    )
    assert wide == []
