"""Histograms, distributions and precision-recall curves in a real browser, of several writers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import average_precision, percentiles, rebin
from PIL import Image

COLUMNS = {
    "precision": "precision",
    "recall": "recall",
    "tp": "true_positives",
    "fp": "false_positives",
    "tn": "true_negatives",
    "fn": "false_negatives",
}
STEPS = 60
CURVES = 4
MANY = 300
START = 1_700_000_000.0


def predictions(noise: np.random.Generator, skill: float) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    labels = noise.random(400) < 0.3
    return labels, np.clip(labels * skill + noise.random(400) * (1 - skill), 0, 1)


def write(writer: Any, seed: int) -> None:
    noise = np.random.default_rng(seed)
    for step in range(STEPS):
        # Uneven in time: later steps take longer.
        at = START + 100 * seed + step**1.5
        writer.add_histogram("weights/w", noise.normal(step / 20, 1 + step / 80, 500), step * 10, walltime=at)
    for step in range(CURVES):
        labels, scores = predictions(noise, 0.06 + 0.07 * step + 0.03 * seed)
        writer.add_pr_curve("digit/3", labels, scores, step * 100, num_thresholds=101, walltime=START + 60 * step)
    writer.close()


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import tensorboardX
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    folder = tmp_path_factory.mktemp("curves")
    write(TorchWriter(str(folder / "torch")), 1)
    write(tensorboardX.SummaryWriter(str(folder / "x")), 2)
    noise = np.random.default_rng(5)
    with SummaryWriter(str(folder / "many")) as writer:
        for step in range(MANY):
            writer.add_histogram("single/w", noise.normal(step / 50, 1, 100), step * 7, walltime=START + step)
        writer.add_histogram("single/w", noise.normal(9, 1, 100), (MANY - 1) * 7, walltime=START + MANY)
    return folder


def card(board: Any, kind: str, run: str) -> Any:
    return board.page.locator(f'[data-testid={kind}-card][data-run="{run}"]')


def hover(board: Any, host: Any, across: float, down: float) -> None:
    box = host.bounding_box()
    board.page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def ask_histogram(board: Any, until: Callable[[Any], Any], run: str = "torch", tag: str = "weights/w") -> Any:
    return board.wait(lambda: board.ask("histogram", run, tag), until)


def test_a_heat_map_shows_the_share_of_each_bin_over_the_axis(viewer: Any, log: LogDir) -> None:
    board = viewer("#histograms&histograms=heat&histsteps=60")
    drawn = ask_histogram(board, lambda found: found["mode"] == "heat")
    series = list(log.runs["torch"].histograms["weights/w"])
    edges, counts = rebin(series, 40)
    np.testing.assert_allclose(drawn["edges"], edges)
    np.testing.assert_allclose(drawn["counts"], counts)
    assert drawn["most"] == pytest.approx((counts / 500).max())
    gaps = np.diff(drawn["places"])
    np.testing.assert_allclose(gaps, gaps[0], rtol=1e-6)
    for axis in ("relative", "wall"):
        board.get("x-axis").locator(f"[data-value={axis}]").click()
        drawn = ask_histogram(board, lambda found, axis=axis: found["axis"] == axis)
        times = log.runs["torch"].histograms["weights/w"].wall_time
        places = np.array(drawn["places"])
        # Half a gap beyond the ends; in between, places are as far apart as times, give or take the rows' middles.
        assert np.corrcoef(places, times)[0, 1] > 0.999
        assert np.diff(places)[-1] > 3 * np.diff(places)[0]


def test_the_colours_of_a_heat_map_grow_with_the_count(viewer: Any, log: LogDir) -> None:
    board = viewer("#histograms&histograms=heat&histsteps=10&theme=light")
    ask_histogram(board, lambda found: found["mode"] == "heat" and len(found["steps"]) == 10)
    host = card(board, "histogram", "torch").get_by_test_id("histogram")
    tip = board.get("histogram-tooltip").locator("dl")
    seen = []
    for across in np.linspace(0.2, 0.75, 12):
        hover(board, host, across, 0.5)
        count = float(tip.get_attribute("data-count"))
        lightness = host.locator("canvas").first.evaluate(
            """(canvas, [across, down]) => {
              const at = [canvas.width * across, canvas.height * down].map(Math.round);
              const [r, g, b] = canvas.getContext('2d').getImageData(...at, 1, 1).data;
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            }""",
            [across, 0.5],
        )
        if count:
            seen.append((count, lightness))
    assert len({count for count, _ in seen}) > 4
    counts, lightness = np.array(sorted(seen)).T
    assert np.corrcoef(counts, lightness)[0, 1] < -0.9


@pytest.mark.parametrize("mode", ["offset", "overlay", "heat"])
def test_hovering_says_bin_count_step_and_time(viewer: Any, log: LogDir, mode: str) -> None:
    board = viewer(f"#histograms&histograms={mode}&histsteps=60")
    drawn = ask_histogram(board, lambda found: found["mode"] == mode and len(found["steps"]) == STEPS)
    host = card(board, "histogram", "torch").get_by_test_id("histogram")
    hover(board, host, 0.5, 0.6)
    tip = board.get("histogram-tooltip").locator("dl")
    said = tip.evaluate("(tip) => ({ ...tip.dataset })")
    at = drawn["steps"].index(int(said["step"]))
    bin_ = drawn["edges"].index(float(said["from"]))
    assert drawn["edges"][bin_ + 1] == float(said["to"])
    assert drawn["counts"][at][bin_] == float(said["count"])
    assert log.runs["torch"].histograms["weights/w"].wall_time[at] == pytest.approx(float(said["time"]))


def test_arrow_keys_point_as_well(viewer: Any) -> None:
    board = viewer("#histograms&histograms=heat")
    ask_histogram(board, lambda found: found["mode"] == "heat")
    host = card(board, "histogram", "torch").get_by_test_id("histogram")
    host.focus()
    host.press("ArrowDown")
    tip = board.get("histogram-tooltip").locator("dl")
    tip.wait_for()
    before = tip.get_attribute("data-from")
    for _ in range(4):
        host.press("ArrowRight")
    assert float(tip.get_attribute("data-from")) > float(before)
    host.press("Escape")
    tip.wait_for(state="detached")


def test_counts_on_a_logarithmic_scale(viewer: Any) -> None:
    board = viewer("#histograms&histograms=overlay")
    plain = ask_histogram(board, lambda found: not found["log"])
    board.get("histogram-log").check()
    logged = ask_histogram(board, lambda found: found["log"])
    assert logged["counts"] == plain["counts"]
    assert "histlog=1" in board.wait(lambda: board.page.evaluate("location.hash"), lambda hash_: "histlog" in hash_)


def test_as_many_steps_as_are_asked_for(viewer: Any, log: LogDir) -> None:
    board = viewer("#histograms&tags=single")
    drawn = ask_histogram(board, bool, "many", "single/w")
    assert len(drawn["steps"]) == 50
    field = board.get("histogram-steps-number")
    field.fill("301")
    field.press("Enter")
    drawn = ask_histogram(board, lambda found: len(found["steps"]) > 50, "many", "single/w")
    assert drawn["steps"] == log.runs["many"].histograms["single/w"].step.tolist()


def assert_bars(drawn: Any, sample: Any) -> None:
    """The bars hold the logged values: all of them, and below each edge as many as the buckets say."""
    single = drawn["single"]
    assert sum(single["counts"]) == pytest.approx(sample.total)
    below = np.concatenate([[0], np.cumsum(sample.counts)])
    expected = np.diff(np.interp(single["edges"], sample.edges, below))
    np.testing.assert_allclose(single["counts"], expected, atol=1e-6)


def test_every_single_step_is_reached_by_slider_and_number(viewer: Any, log: LogDir) -> None:
    series = log.runs["many"].histograms["single/w"]
    board = viewer("#histograms&histograms=bars&tags=single")

    def shows(at: int) -> None:
        sample = series[at]
        drawn = ask_histogram(
            board,
            lambda found: found["single"] and found["single"]["wallTime"] == sample.wall_time,
            "many",
            "single/w",
        )
        assert drawn["single"]["step"] == sample.step
        assert_bars(drawn, sample)

    shows(MANY)
    slider = board.get("step-slider")
    assert slider.get_attribute("data-count") == str(MANY + 1)
    slider.focus()
    slider.press("ArrowLeft")  # the same step, logged before
    board.wait(lambda: slider.input_value(), lambda value: value == str(MANY - 1))
    shows(MANY - 1)
    slider.press("Home")
    shows(0)
    for at in range(1, 6):
        slider.press("ArrowRight")
        shows(at)
    number = board.get("step-number")
    number.fill("1230")
    number.press("Enter")
    shows(176)
    assert number.input_value() == str(176 * 7)
    host = card(board, "histogram", "many").get_by_test_id("histogram")
    hover(board, host, 0.5, 0.8)
    assert board.get("histogram-tooltip").locator("dl").get_attribute("data-step") == str(176 * 7)


def test_a_card_is_made_wide(viewer: Any) -> None:
    board = viewer("#histograms")
    one = card(board, "histogram", "torch")
    one.get_by_test_id("histogram").locator("canvas").first.wait_for()
    narrow = one.bounding_box()["width"]
    one.get_by_test_id("toggle-wide").click()
    board.wait(lambda: one.bounding_box()["width"], lambda width: width > 1.5 * narrow)


def test_distributions_are_the_percentiles_of_every_step(viewer: Any, log: LogDir) -> None:
    board = viewer("#distributions")
    for run in ("torch", "x"):
        drawn = board.wait(lambda run=run: board.ask("distribution", run, "weights/w"))
        series = log.runs[run].histograms["weights/w"]
        assert drawn["steps"] == series.step.tolist()
        assert drawn["shares"] == [0, 0.0668, 0.1587, 0.3085, 0.5, 0.6915, 0.8413, 0.9332, 1]
        np.testing.assert_allclose(np.transpose(drawn["columns"]), percentiles(list(series)))
        assert (
            drawn["y"][0] < min(sample.min for sample in series) < max(sample.max for sample in series) < drawn["y"][1]
        )
    boxes = [card(board, "distribution", run).bounding_box() for run in ("torch", "x")]
    assert boxes[0]["y"] == boxes[1]["y"]
    for axis, reach in (("relative", 59**1.5), ("wall", 59**1.5)):
        board.get("x-axis").locator(f"[data-value={axis}]").click()
        drawn = board.wait(
            lambda: board.ask("distribution", "torch", "weights/w"), lambda found, axis=axis: found["axis"] == axis
        )
        assert drawn["x"][1] - drawn["x"][0] == pytest.approx(reach)
        assert (drawn["x"][0] > START) == (axis == "wall")


def test_hovering_a_distribution_says_all_values_of_the_step(viewer: Any, log: LogDir) -> None:
    board = viewer("#distributions")
    board.wait(lambda: board.ask("distribution", "torch", "weights/w"))
    hover(board, card(board, "distribution", "torch").get_by_test_id("distribution"), 0.5, 0.5)
    said = board.get("distribution-tooltip").locator("dl")
    step = int(said.get_attribute("data-step"))
    values = said.locator("[data-share]").evaluate_all("(all) => all.map((one) => Number(one.dataset.value))")
    series = log.runs["torch"].histograms["weights/w"]
    at = series.step.tolist().index(step)
    np.testing.assert_allclose(values, percentiles([series[at]])[0][::-1])
    assert "max" in said.inner_text()
    assert "93 %" in said.inner_text()


def test_distributions_and_pr_curves_grow_with_the_log(open_viewer: Callable[..., Any], tmp_path: Path) -> None:
    with SummaryWriter(str(tmp_path / "live")) as writer:
        writer.add_histogram("w", np.arange(10), 0)
        writer.add_pr_curve("pr", np.array([0, 1]), np.array([0.3, 0.6]), 0)
        writer.flush()
        board = open_viewer(tmp_path, "#distributions")
        board.wait(lambda: board.ask("distribution", "live", "w"), lambda found: found["steps"] == [0])
        writer.add_histogram("w", np.arange(20), 1)
        writer.flush()
        board.wait(lambda: board.ask("distribution", "live", "w"), lambda found: found["steps"] == [0, 1])
        board.open_tab("pr_curves")
        board.wait(lambda: board.ask("prChart", "pr"), lambda found: found["curves"][0]["step"] == 0)
        writer.add_pr_curve("pr", np.array([0, 1]), np.array([0.3, 0.6]), 5)
        writer.flush()
        board.wait(lambda: board.ask("prChart", "pr"), lambda found: found["curves"][0]["step"] == 5)


def pr_chart(board: Any, until: Callable[[Any], Any] = bool) -> Any:
    return board.wait(lambda: board.ask("prChart", "digit/3"), lambda found: len(found["curves"]) == 2 and until(found))


def pr_row(board: Any, run: str) -> Any:
    return board.page.locator(f'[data-testid=pr-row][data-run="{run}"]')


def steps_of(found: Any) -> dict[str, int]:
    return {curve["run"]: curve["step"] for curve in found["curves"]}


def test_pr_curves_of_all_runs_are_those_that_were_logged(viewer: Any, log: LogDir) -> None:
    board = viewer("#pr_curves")
    drawn = pr_chart(board)
    assert drawn["part"] == {"x": [0, 1], "y": [0, 1]}
    for curve in drawn["curves"]:
        sample = log.runs[curve["run"]].pr_curves["digit/3"][-1]
        some = sample.true_positives + sample.false_positives > 0
        np.testing.assert_allclose(curve["thresholds"], sample.thresholds[some])
        np.testing.assert_allclose(curve["recall"], sample.recall[some])
        np.testing.assert_allclose(curve["precision"], sample.precision[some])
        assert curve["color"] == log.runs[curve["run"]].color
        assert curve["averagePrecision"] == pytest.approx(average_precision(sample))
        row = pr_row(board, curve["run"])
        assert row.get_attribute("data-step") == "300"
        assert row.get_by_test_id("pr-ap").inner_text() == f"AP {average_precision(sample):.4f}".rstrip("0").rstrip(".")


def test_each_run_has_a_step_and_all_have_one(viewer: Any, log: LogDir) -> None:
    board = viewer("#pr_curves")
    pr_chart(board)
    slider = pr_row(board, "torch").get_by_test_id("pr-slider")
    slider.focus()
    slider.press("ArrowLeft")
    pr_chart(board, lambda found: steps_of(found) == {"torch": 200, "x": 300})
    number = pr_row(board, "torch").get_by_test_id("pr-step")
    number.fill("90")
    number.press("Enter")
    found = pr_chart(board, lambda found: steps_of(found) == {"torch": 100, "x": 300})
    curve = next(curve for curve in found["curves"] if curve["run"] == "torch")
    sample = log.runs["torch"].pr_curves["digit/3"][1]
    assert curve["averagePrecision"] == pytest.approx(average_precision(sample))
    assert curve["wallTime"] == pytest.approx(START + 60)
    board.wait(lambda: board.page.evaluate("location.hash"), lambda hash_: "prat=1" in hash_)
    pr_row(board, "torch").get_by_test_id("pr-follow").click()
    pr_chart(board, lambda found: steps_of(found) == {"torch": 300, "x": 300})
    everyone = board.get("pr-all-slider")
    everyone.focus()
    everyone.press("Home")
    pr_chart(board, lambda found: steps_of(found) == {"torch": 0, "x": 0})
    field = board.get("pr-all-step")
    field.fill("200")
    field.press("Enter")
    pr_chart(board, lambda found: steps_of(found) == {"torch": 200, "x": 200})
    everyone.press("End")
    pr_chart(board, lambda found: steps_of(found) == {"torch": 300, "x": 300})
    board.wait(lambda: field.input_value(), lambda shown: shown == "newest")


def test_the_legend_says_the_time_as_the_axis_does(viewer: Any) -> None:
    board = viewer("#pr_curves")
    pr_chart(board)
    time = pr_row(board, "torch").locator(".pr-time")
    assert time.inner_text() == "4 of 4"
    board.get("x-axis").locator("[data-value=relative]").click()
    board.wait(lambda: time.inner_text(), lambda shown: shown == "3m 00s")


def test_pointing_at_a_curve_says_its_threshold_and_counts(viewer: Any, log: LogDir) -> None:
    board = viewer("#pr_curves&runs=torch")
    drawn = board.wait(lambda: board.ask("prChart", "digit/3"), lambda found: len(found["curves"]) == 1)
    [curve] = drawn["curves"]
    host = board.get("pr-chart")
    box = host.bounding_box()
    at = int(np.argmin(np.abs(np.array(curve["recall"]) - 0.7)))
    x = box["x"] + 52 + (box["width"] - 68) * curve["recall"][at]
    y = box["y"] + 12 + (box["height"] - 40) * (1 - curve["precision"][at])
    board.page.mouse.move(x, y)
    cells = board.get("pr-tooltip").locator("dd[data-name]")
    said = dict(cells.evaluate_all("(all) => all.map((one) => [one.dataset.name, Number(one.dataset.value)])"))
    sample = log.runs["torch"].pr_curves["digit/3"][-1]
    logged = int(np.argmin(np.abs(sample.thresholds - said["threshold"])))
    for name, column in COLUMNS.items():
        assert said[name] == pytest.approx(getattr(sample, column)[logged])
    assert abs(said["recall"] - curve["recall"][at]) < 0.05


def test_a_part_of_a_pr_chart_is_chosen_and_left_again(viewer: Any) -> None:
    board = viewer("#pr_curves")
    pr_chart(board)
    box = board.get("pr-chart").bounding_box()
    board.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.3)
    board.page.mouse.down()
    board.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.5, steps=3)
    board.page.mouse.up()
    part = pr_chart(board, lambda found: found["part"]["x"] != [0, 1])["part"]
    assert 0.3 < part["x"][0] < part["x"][1] < 0.8
    assert 0.4 < part["y"][0] < part["y"][1] < 0.9
    board.get("reset-zoom").click()
    pr_chart(board, lambda found: found["part"] == {"x": [0, 1], "y": [0, 1]})


def test_histograms_of_keras(open_viewer: Callable[..., Any]) -> None:
    folder = os.environ.get("CELLBOARD_TEST_DATA")
    if not folder:
        pytest.skip("CELLBOARD_TEST_DATA is not set")
    with LogDir(Path(folder) / "keras-mnist") as log:
        run, tag = next((name, next(iter(run.histograms))) for name, run in log.runs.items() if run.histograms)
        series = list(log.runs[run].histograms[tag])
    board = open_viewer(Path(folder) / "keras-mnist", "#distributions")
    drawn = board.wait(lambda: board.ask("distribution", run, tag))
    assert drawn["steps"] == [sample.step for sample in series]
    np.testing.assert_allclose(np.transpose(drawn["columns"]), percentiles(series))


SAVED = {
    "histograms&histograms=heat": ("histogram-card", "rect", 300),
    "histograms&histograms=offset": ("histogram-card", "path", 50),
    "distributions": ("distribution-card", "path", 5),
    "pr_curves": ("pr-card", "path", 2),
}


def test_every_card_is_saved_as_it_is_drawn(viewer: Any, tmp_path: Path) -> None:
    for state, (kind, shape, least) in SAVED.items():
        board = viewer(f"#{state}&tags=weights|digit&theme=light")
        first = board.get(kind).first
        first.locator("canvas").first.wait_for()
        board.wait(lambda first=first: first.locator("[data-steps]").get_attribute("data-steps"), lambda n: int(n) > 0)
        for form in ("svg", "png"):
            first.get_by_test_id("card-menu").click()
            with board.page.expect_download() as download:
                board.get(f"save-{form}").click()
            path = tmp_path / f"{kind}.{form}"
            download.value.save_as(path)
            assert download.value.suggested_filename.endswith(f".{form}")
        root = ElementTree.fromstring((tmp_path / f"{kind}.svg").read_text())
        texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
        assert first.get_attribute("data-tag") in texts
        assert len(list(root.iter("{http://www.w3.org/2000/svg}" + shape))) >= least
        if kind == "pr-card":
            assert [text for text in texts if text and text.startswith(("torch, step 300, AP", "x, step 300, AP"))]
        with Image.open(tmp_path / f"{kind}.png") as picture:
            assert picture.width == 2 * float(root.get("width"))
            assert len(np.unique(np.asarray(picture.convert("RGB")).reshape(-1, 3), axis=0)) > 4


PAGES = {
    "offset-log": ("histograms&histograms=offset&histlog=1", "histogram"),
    "heat": ("histograms&histograms=heat", "histogram"),
    "bars": ("histograms&histograms=bars", "histogram"),
    "distributions": ("distributions", "distribution"),
    "pr": ("pr_curves&prf1=1", "pr-chart"),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures(viewer: Any, screenshots: Path, theme: str) -> None:
    for name, (state, host) in PAGES.items():
        board = viewer(f"#{state}&theme={theme}")
        for size, (width, height) in {"wide": (1400, 900), "narrow": (900, 700)}.items():
            board.page.set_viewport_size({"width": width, "height": height})
            first = board.get(host).first
            first.locator("canvas").first.wait_for()
            hover(board, first, 0.45, 0.42)
            board.page.wait_for_timeout(150)  # only for the picture: the cards take the new size
            board.page.screenshot(path=screenshots / f"curves-{name}-{theme}-{size}.png")
            board.assert_nothing_sticks_out()
