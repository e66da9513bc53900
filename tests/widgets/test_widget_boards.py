from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bqplot
import ipywidgets
import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter, widgets
from cellboard.widgets.cards import PAGE
from cellboard.widgets.errors import OptionError, PatternError
from cellboard.widgets.run_list import MAX_ROWS
from cellboard.widgets.scalar_chart import MAX_RUNS

pytestmark = pytest.mark.usefixtures("no_thread_left")

Wait = Callable[[Callable[[], bool]], None]
Show = Callable[..., Any]
More = Callable[[Path], None]

KINDS = ("scalars", "images", "histograms", "distributions", "texts", "pr_curves", "hparams", "inline")


def text_of(root: ipywidgets.Widget) -> str:
    """All HTML of a board."""
    parts = [root.value] if isinstance(root, ipywidgets.HTML) else []
    return "".join(parts + [text_of(child) for child in getattr(root, "children", ())])


class TestScalars:
    def test_a_line_for_every_run_with_every_point(self, show: Show, small_log: Path) -> None:
        board = show("scalars", small_log)
        assert list(board.charts) == ["lr", "train/loss"]
        lines = board.charts["train/loss"].lines
        log = board.logdir
        for name in ("alpha", "beta"):
            assert lines[name].x.tolist() == list(range(10))
            assert np.array_equal(lines[name].y, log.runs[name].scalars["train/loss"].value)
            assert lines[name].colors == [log.runs[name].color]

    def test_smoothing_lies_over_the_faint_line(self, show: Show, small_log: Path) -> None:
        board = show("scalars", small_log, smoothing=0.6)
        mark = board.charts["train/loss"].lines["alpha"]
        assert mark.y.shape == (2, 10)
        assert mark.opacities[0] < mark.opacities[1] == 1
        board.smoothing = 0
        assert mark.y.shape == (10,)

    def test_axes_change(self, show: Show, small_log: Path) -> None:
        board = show("scalars", small_log)
        board.x_axis = "relative"
        assert board.charts["lr"].lines["alpha"].x.tolist() == [60.0 * step for step in range(10)]
        board.y_scale = "log"
        assert isinstance(board.charts["lr"].lines["alpha"].scales["y"], bqplot.LogScale)
        assert board.options() == {"x_axis": "relative", "y_scale": "log"}

    def test_unticked_runs_go_and_come_back(self, show: Show, small_log: Path) -> None:
        board = show("scalars", small_log)
        chart = board.charts["lr"]
        board.run_list.show_only(["beta"])
        assert list(chart.lines) == ["beta"]
        assert all(mark.comm is not None for mark in chart.figure.marks)
        board.run_list.show_only(["alpha", "beta"])
        assert list(chart.lines) == ["beta", "alpha"]
        assert [mark.labels for mark in chart.figure.marks[:2]] == [["alpha"], ["beta"]]

    def test_a_zoom_sends_the_points_of_the_range(self, show: Show, tmp_path: Path) -> None:
        with SummaryWriter(str(tmp_path / "logs")) as writer:
            for step in range(5000):
                writer.add_scalar("loss", np.sin(step), step)
        board = show("scalars", tmp_path / "logs")
        chart = board.charts["loss"]
        assert len(chart.lines["."].x) <= 1000
        chart.zoom((100.0, 300.0))
        assert chart.lines["."].x.tolist() == list(range(99, 302))
        assert board.options()["zoom"] == {"loss": (100.0, 300.0)}
        again = show("scalars", tmp_path / "logs", **board.options())
        assert again.charts["loss"].lines["."].x.tolist() == list(range(99, 302))
        chart.zoom(None)
        assert "zoom" not in board.options()

    def test_a_brush_zooms_when_it_is_let_go(self, show: Show, small_log: Path) -> None:
        chart = show("scalars", small_log, pointer="zoom").charts["lr"]
        brush = chart.figure.interaction
        brush.brushing = True
        brush.selected = np.array([6.0, 2.0])
        assert chart.window is None
        brush.brushing = False
        assert chart.window == (2.0, 6.0)

    def test_nan_and_lone_points_are_marked(self, show: Show, tmp_path: Path) -> None:
        with SummaryWriter(str(tmp_path / "logs")) as writer:
            for step, value in enumerate([1.0, float("nan"), float("inf"), 2.0, float("-inf"), 3.0, 4.0]):
                writer.add_scalar("loss", value, step)
        chart = show("scalars", tmp_path / "logs").charts["loss"]
        lone, odd = chart.figure.marks[-3:-1]
        assert lone.x.tolist() == [0, 3]
        assert odd.x.tolist() == [1, 4]
        assert odd.y.tolist() == [1, 2]

    def test_the_legend_holds_the_latest_value(self, show: Show, small_log: Path) -> None:
        board = show("scalars", small_log)
        assert "<td>0.1</td><td>9</td>" in text_of(board.charts["train/loss"].widget)

    def test_runs_and_charts_beyond_the_limits_are_left_out_and_it_says_so(self, show: Show, tmp_path: Path) -> None:
        for run in range(MAX_RUNS + 7):
            with SummaryWriter(str(tmp_path / "logs" / f"run{run}")) as writer:
                for tag in range(PAGE + 3 if run == 0 else 1):
                    writer.add_scalar(f"tag{tag}", 1.0, 0)
        board = show("scalars", tmp_path / "logs")
        assert len(board.charts) == PAGE
        chart = board.charts["tag0"]
        assert len(chart.lines) == MAX_RUNS
        assert "7 more runs are not drawn: tick fewer runs" in text_of(chart.widget)
        assert f"{MAX_RUNS + 7 - MAX_ROWS} more are not listed" in text_of(board)
        assert f"1–{PAGE} of {PAGE + 3}" in text_of(board)
        board._grid.pager.on.click()
        assert list(board.charts) == [f"tag{tag}" for tag in range(PAGE, PAGE + 3)]
        assert f"{PAGE + 1}–{PAGE + 3} of {PAGE + 3}" in text_of(board)
        board._grid.pager.back.click()
        assert len(board.charts) == PAGE

    def test_a_million_points_send_few_bytes(self, show: Show, tmp_path: Path) -> None:
        writer = SummaryWriter(str(tmp_path / "logs"))
        for step in range(200_000):
            writer.add_scalar("loss", step % 97, step)
        writer.close()
        board = show("scalars", tmp_path / "logs", smoothing=0.6)
        assert len(board.logdir.runs["."].scalars["loss"]) == 200_000
        assert board.charts["loss"].bytes_sent <= 3 * 8 * 1000

    def test_only_what_grew_is_sent(self, show: Show, small_log: Path) -> None:
        board = show("scalars", small_log, live=False)
        before = {tag: chart.bytes_sent for tag, chart in board.charts.items()}
        still = board.charts["train/loss"].lines["beta"].x
        with SummaryWriter(str(small_log / "alpha")) as writer:
            writer.add_scalar("train/loss", 0.5, 10)
        board.refresh()
        assert board.charts["lr"].bytes_sent == before["lr"]
        assert board.charts["train/loss"].bytes_sent == before["train/loss"] + 11 * 16
        assert board.charts["train/loss"].lines["beta"].x is still

    def test_folded_groups_hold_no_charts(self, show: Show, tmp_path: Path) -> None:
        with SummaryWriter(str(tmp_path / "logs")) as writer:
            for tag in ("a/1", "a/2", "b/1", "b/2", "b/3", "c", "d"):
                writer.add_scalar(tag, 1.0, 0)
        board = show("scalars", tmp_path / "logs")
        assert list(board.charts) == ["c", "d", "a/1", "a/2", "b/1", "b/2", "b/3"]
        board._grid._groups["b"]._button.click()
        assert list(board.charts) == ["c", "d", "a/1", "a/2"]
        board._grid._groups["b"]._button.click()
        assert len(board.charts) == 7


class TestImages:
    def test_the_bytes_as_logged_of_every_step(self, show: Show, small_log: Path) -> None:
        board = show("images", small_log)
        log = board.logdir
        card = board.cards["samples", "alpha"]
        assert card.images[0].value == log.runs["alpha"].images["samples"][-1].encoded
        assert card.images[0].format == "png"
        for index, step in enumerate((0, 5, 9)):
            board.step = step
            assert card.images[0].value == log.runs["alpha"].images["samples"][index].encoded
        assert "6×8" in text_of(card.widget) or "8×6" in text_of(card.widget)

    def test_steps_logged_twice_are_all_within_reach(self, show: Show, tmp_path: Path) -> None:
        with SummaryWriter(str(tmp_path / "logs")) as writer:
            for shade in (10, 20, 30):
                writer.add_image("samples", np.full((2, 2), shade, np.uint8), 0, dataformats="HW")
        board = show("images", tmp_path / "logs")
        slider = board._slider._slider
        assert slider.max == 2
        shades = []
        for place in range(3):
            slider.value = place
            value = board.cards["samples", "."].images[0].value
            shades.append(value)
        assert shades == [sample.encoded for sample in board.logdir.runs["."].images["samples"]]

    def test_sizes(self, show: Show, small_log: Path) -> None:
        board = show("images", small_log)
        board.size = "actual"
        assert board.cards["samples", "alpha"].images[0].layout.width == "auto"
        assert board.options() == {"size": "actual"}

    def test_what_is_no_image_is_not_sent(self, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with SummaryWriter(str(tmp_path / "logs")) as writer:
            writer.add_image("samples", np.zeros((40, 40), np.uint8), 0, dataformats="HW")
        monkeypatch.setattr(widgets.image_board, "MAX_IMAGE_BYTES", 10)
        board = show("images", tmp_path / "logs")
        assert board.cards["samples", "."].images == []
        assert "too large" in text_of(board)


class TestHistograms:
    def test_bars_sum_to_the_logged_count(self, show: Show, small_log: Path) -> None:
        board = show("histograms", small_log)
        for step in (0, 5, 9):
            board.step = step
            for card in board.cards.values():
                assert card.bars.bars.y.sum() == pytest.approx(100)
                assert len(card.bars.bars.x) == 30

    def test_a_ridge_for_every_step_newest_in_front(self, show: Show, small_log: Path) -> None:
        card = show("histograms", small_log).cards["weights", "alpha"]
        ridges = card.steps.ridges
        assert ridges.x.shape == ridges.y.shape == (3, 32)
        assert ridges.y[:, 0].tolist() == [2, 1, 0]
        assert "3 steps" in text_of(card.widget)

    def test_many_steps_are_chosen_evenly(self, show: Show, tmp_path: Path) -> None:
        with SummaryWriter(str(tmp_path / "logs")) as writer:
            for step in range(100):
                writer.add_histogram("weights", np.arange(10.0) + step, step)
        board = show("histograms", tmp_path / "logs")
        card = board.cards["weights", "."]
        assert len(card.steps.ridges.y) == 34
        assert "34 of 100 steps drawn" in text_of(card.widget)
        board.view = "heat"
        assert card.steps.cells.shares.shape == (100, 30)
        assert bytes(card.steps.image.image.value).startswith(b"\x89PNG")
        board.view = "bars"
        assert card.steps is None
        assert board.options() == {"view": "bars"}
        board.step = 51
        assert card.bars.bars.y.sum() == pytest.approx(10)
        assert "step 51" in text_of(card.widget)


class TestText:
    def test_markdown_is_rendered_and_follows_the_slider(self, show: Show, small_log: Path) -> None:
        board = show("text", small_log)
        card = board.cards["note/text_summary", "beta"]
        assert "<strong>step 9</strong> of beta" in card.html
        board.step = 6
        assert "<strong>step 5</strong>" in card.html


@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    def test_a_missing_logdir_is_named_and_watched(
        self, show: Show, tmp_path: Path, kind: str, wait_for: Wait, small_log: Path
    ) -> None:
        board = show(kind, tmp_path / "later")
        assert "There is no directory" in text_of(board)
        assert str(tmp_path / "later") in text_of(board)
        small_log.rename(tmp_path / "later")
        wait_for(lambda: "There is no directory" not in text_of(board))
        assert "2 runs" in text_of(board)

    def test_an_empty_logdir_and_a_file_are_told_apart(self, show: Show, tmp_path: Path, kind: str) -> None:
        (tmp_path / "empty").mkdir()
        (tmp_path / "file").write_text("no event log")
        assert "No event files in" in text_of(show(kind, tmp_path / "empty"))
        assert "is a file" in text_of(show(kind, tmp_path / "file"))

    def test_new_data_comes_by_itself(
        self, show: Show, small_log: Path, kind: str, wait_for: Wait, log_more: More
    ) -> None:
        board = show(kind, small_log)
        log_more(small_log / "gamma")
        wait_for(lambda: "3 runs" in text_of(board) and "gamma" in text_of(board))

    def test_runs_and_tags_are_chosen_by_pattern(self, show: Show, small_log: Path, kind: str) -> None:
        board = show(kind, small_log, runs="^al", tags="loss|samples|weights|note|pr|rate")
        counts = {"hparams": "1 run · 2 columns", "inline": ">1 run<"}
        assert counts.get(kind, "1 run · 1 tag") in text_of(board)
        nothing = show(kind, small_log, runs="no such run")
        assert "of the chosen runs and tags" in text_of(nothing)

    def test_a_bad_pattern_is_refused_before_anything_starts(self, tmp_path: Path, kind: str) -> None:
        with pytest.raises(PatternError):
            getattr(widgets, kind)(tmp_path, tags="(")
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("cellboard-live")]

    def test_a_bad_filter_in_the_page_says_so_and_changes_nothing(self, show: Show, small_log: Path, kind: str) -> None:
        board = show(kind, small_log)
        board = board.boards["scalars"] if kind == "inline" else board  # whose tabs have the filters
        board.run_list._filter.value = "("
        assert "is not a regular expression" in text_of(board)
        assert "alpha" in text_of(board)
        board.run_list._filter.value = "alp"
        assert [run.name for run in board.run_list.chosen()] == ["alpha"]
        board._tag_filter.value = "["
        assert "tags: &#x27;[&#x27; is not a regular expression" in text_of(board)
        board._tag_filter.value = "nothing like this"
        assert f"No {board.unit} matches the filter" in text_of(board)

    def test_closing_leaves_nothing(self, small_log: Path, kind: str) -> None:
        before = set(instances())
        board = getattr(widgets, kind)(small_log)
        assert set(instances()) - before
        board.close()
        board.close()
        assert set(instances()) <= before
        assert "closed" in repr(board)

    def test_a_paused_board_stands_still_and_resumes(
        self, show: Show, small_log: Path, kind: str, wait_for: Wait, log_more: More
    ) -> None:
        board = show(kind, small_log)
        board.pause()
        assert not board.live
        assert "paused" in text_of(board)
        log_more(small_log / "gamma")
        board.resume()
        wait_for(lambda: "3 runs" in text_of(board))

    def test_damage_is_told(self, show: Show, small_log: Path, kind: str) -> None:
        (file,) = (small_log / "alpha").glob("events.*")
        content = bytearray(file.read_bytes())
        content[60] ^= 0xFF
        file.write_bytes(content)
        board = show(kind, small_log)
        assert board.logdir.problems
        assert "damaged place" in text_of(board)


def instances() -> dict[str, ipywidgets.Widget]:
    """The widgets that ipywidgets knows of, on either version."""
    try:
        from ipywidgets.widgets.widget import _instances
    except ImportError:
        return dict(ipywidgets.Widget.widgets)
    return dict(_instances)


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("scalars", {"smoothing": 1.5}, "from 0"),
        ("scalars", {"x_axis": "epoch"}, "'step', 'relative', 'wall'"),
        ("images", {"size": "huge"}, "'small'"),
        ("histograms", {"bins": 1}, "from 2"),
    ],
)
def test_a_bad_option_says_what_there_is(kind: str, options: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=words):
        getattr(widgets, kind)(tmp_path, **options)


def test_public_names_are_there() -> None:
    assert sorted(widgets.__all__) == widgets.__all__
    assert all(getattr(widgets, name) for name in widgets.__all__)
    assert dir(widgets) == widgets.__all__
    with pytest.raises(AttributeError):
        widgets.nothing  # noqa: B018


def _without_names(text: str) -> str:
    return re.sub(r"cellboard-of-\w+", "", text)


def test_a_logdir_object_and_a_path_look_the_same(show: Show, small_log: Path) -> None:
    with LogDir(small_log) as log:
        first, second = show("scalars", log), show("scalars", str(small_log))
        assert _without_names(text_of(first)) == _without_names(text_of(second))
        first.close()
