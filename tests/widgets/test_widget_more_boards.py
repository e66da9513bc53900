"""Boards of distributions, PR curves and hyperparameters, and all kinds in tabs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets
import numpy as np
import pytest
from cellboard import SummaryWriter, widgets
from cellboard.eventlog import average_precision, percentiles
from cellboard.widgets.axis_format import number
from cellboard.widgets.errors import OptionError
from cellboard.widgets.hparam_board import ROWS

pytestmark = pytest.mark.usefixtures("no_thread_left")

Wait = Callable[[Callable[[], bool]], None]
Show = Callable[..., Any]


def text_of(root: ipywidgets.Widget) -> str:
    """All HTML of a board."""
    parts = [root.value] if isinstance(root, ipywidgets.HTML) else []
    return "".join(parts + [text_of(child) for child in getattr(root, "children", ())])


class TestDistributions:
    def test_bands_are_the_percentiles_that_the_viewer_shows(self, show: Show, small_log: Path) -> None:
        board = show("distributions", small_log)
        card = board.cards["weights", "alpha"]
        samples = list(board.logdir.runs["alpha"].histograms["weights"])
        assert np.array_equal(card.bands.values, percentiles(samples))
        outlines = card.bands.bands
        assert outlines.x.shape == outlines.y.shape == (4, 6)
        assert outlines.x[0].tolist() == [0, 5, 9, 9, 5, 0]
        assert outlines.y[0].tolist() == [*card.bands.values[:, 0], *card.bands.values[::-1, -1]]
        board.x_axis = "relative"
        assert outlines.x[0].tolist() == [0, 5, 9, 9, 5, 0]
        assert "3 steps" in text_of(card.widget)
        card.bands.hover.point_at(0.5)
        assert "step 5 · 100 values" in card.bands.hover.said
        assert "median" in card.bands.hover.said

    def test_many_steps_are_chosen_evenly_and_a_damaged_one_is_left_out(self, show: Show, tmp_path: Path) -> None:
        with SummaryWriter(str(tmp_path / "logs")) as writer:
            for step in range(450):
                writer.add_histogram("weights", np.arange(10.0) + step, step)
        card = show("distributions", tmp_path / "logs").cards["weights", "."]
        assert len(card.bands.values) == 150 + 1
        assert "151 of 450 steps drawn" in text_of(card.widget)


class TestPrCurves:
    def test_a_curve_for_every_run_without_the_thresholds_that_nothing_reaches(
        self, show: Show, small_log: Path
    ) -> None:
        board = show("pr_curves", small_log)
        card = board.cards["pr"]
        assert list(card.drawing.lines) == ["alpha", "beta"]
        sample = board.logdir.runs["alpha"].pr_curves["pr"][-1]
        some = sample.true_positives + sample.false_positives > 0
        assert not some.all()
        mark = card.drawing.lines["alpha"]
        assert np.array_equal(mark.x, sample.recall[some])
        assert np.array_equal(mark.y, sample.precision[some])
        assert f"AP {number(average_precision(sample))}" in text_of(card.widget)
        card.drawing.hover.point_at(0.5)
        assert "threshold" in card.drawing.hover.said

    def test_every_run_has_a_step_of_its_own(self, show: Show, small_log: Path) -> None:
        board = show("pr_curves", small_log)
        card = board.cards["pr"]
        card.sliders["alpha"].step = 5
        assert [card.sliders[run].moment for run in ("alpha", "beta")] == [(5, 0), (9, 0)]
        assert [row[1] for row in board.shown().cards[0].content[1].rows] == ["5", "9"]
        board.step = 0
        assert [card.sliders[run].moment for run in ("alpha", "beta")] == [(0, 0), (0, 0)]
        board.step = None
        assert [card.sliders[run].moment for run in ("alpha", "beta")] == [(9, 0), (9, 0)]
        board.run_list.show_only(["beta"])
        assert list(card.sliders) == list(card.drawing.lines) == ["beta"]


class TestHParams:
    @pytest.fixture
    def sessions(self, tmp_path: Path) -> Path:
        for index, (rate, kind) in enumerate([(0.1, "b"), (0.01, "a"), (1.0, "c")]):
            with SummaryWriter(str(tmp_path / "logs" / f"run{index}")) as writer:
                values = {"rate": rate, "kind": kind, "same": True, **({"rare": 1.0} if index == 1 else {})}
                writer.add_hparams(values, {"accuracy": rate * 2})
        return tmp_path / "logs"

    def test_what_differs_comes_first_then_metrics(self, show: Show, sessions: Path) -> None:
        board = show("hparams", sessions)
        assert board.table.columns == ("run", "kind", "rare", "rate", "same", "accuracy")
        assert board.table.rows[0] == ("run0", "b", "–", "0.1", "true", "0.2")
        assert "3 runs · 5 columns" in text_of(board)

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            (None, "012"),
            ("rate", "102"),
            ("-rate", "201"),
            ("kind", "102"),
            ("rare", "102"),
            ("-rare", "102"),
            ("-accuracy", "201"),
            ("-run", "210"),
            ("no such column", "012"),
        ],
    )
    def test_rows_are_sorted(self, show: Show, sessions: Path, sort: str | None, order: str) -> None:
        board = show("hparams", sessions, sort=sort)
        assert "".join(row[0][-1] for row in board.table.rows) == order
        assert board.options() == ({} if sort is None else {"sort": sort})

    def test_a_click_sorts_and_another_one_turns_it(self, show: Show, sessions: Path) -> None:
        board = show("hparams", sessions)
        button = board._grid._columns["rate"]._button
        button.click()
        assert (board.sort, button.description) == ("rate", "↑")
        button.click()
        assert (board.sort, button.description) == ("-rate", "↓")
        assert [row[0] for row in board.table.rows] == ["run2", "run0", "run1"]

    def test_columns_and_runs_are_filtered(self, show: Show, sessions: Path) -> None:
        board = show("hparams", sessions, tags="rate|acc")
        assert board.table.columns == ("run", "rate", "accuracy")
        board.run_list.show_only(["run2"])
        assert [row[0] for row in board.table.rows] == ["run2"]
        board._tag_filter.value = "acc"
        assert board.table.columns == ("run", "accuracy")

    def test_many_sessions_are_turned_page_by_page(self, show: Show, tmp_path: Path) -> None:
        for index in range(ROWS + 2):
            with SummaryWriter(str(tmp_path / "logs" / f"run{index}")) as writer:
                writer.add_hparams({"rate": float(index)}, {})
        board = show("hparams", tmp_path / "logs", sort="-rate")
        assert [row[1] for row in board.table.rows] == [str(index) for index in range(ROWS + 1, 1, -1)]
        board._pager.on.click()
        assert [row[1] for row in board.table.rows] == ["1", "0"]


class TestInline:
    def test_tabs_are_those_that_have_data_and_are_built_when_opened(self, show: Show, small_log: Path) -> None:
        board = show("inline", small_log)
        titles = [board._tabs.get_title(index) for index in range(len(board._tabs.children))]
        assert titles == ["Scalars", "Images", "Histograms", "Distributions", "Text", "PR curves", "HParams"]
        assert list(board.boards) == ["scalars"]
        board._tabs.selected_index = 2
        assert list(board.boards) == ["scalars", "histograms"]
        assert board.tab == "histograms"
        assert (board.boards["scalars"].live, board.boards["histograms"].live) == (False, True)
        assert board.shown().title == "Histograms"
        board.tab = "scalars"
        assert (board.boards["scalars"].live, board.boards["histograms"].live) == (True, False)

    def test_what_is_ticked_goes_with_the_tabs(self, show: Show, small_log: Path) -> None:
        board = show("inline", small_log)
        board.boards["scalars"].run_list.show_only(["beta"])
        board.tab = "images"
        assert list(board.boards["images"].cards) == [("samples", "beta")]
        board.boards["images"].run_list.show_only(["alpha", "beta"])
        board.tab = "scalars"
        assert sorted(board.boards["scalars"].charts["lr"].lines) == ["alpha", "beta"]

    def test_tabs_come_with_their_data_and_the_open_one_stays(
        self, show: Show, tmp_path: Path, wait_for: Wait, small_log: Path
    ) -> None:
        with SummaryWriter(str(tmp_path / "new" / "run")) as writer:
            writer.add_text("note", "first", 0)
        board = show("inline", tmp_path / "new")
        assert (board.tab, len(board._tabs.children)) == ("texts", 1)
        with SummaryWriter(str(tmp_path / "new" / "run")) as writer:
            writer.add_scalar("loss", 1.0, 0)
            writer.add_text("note", "second", 1)
        wait_for(lambda: len(board._tabs.children) == 2 and "second" in text_of(board))
        assert (board.tab, board._tabs.selected_index) == ("texts", 1)
        assert list(board.boards) == ["texts"]

    def test_one_thread_serves_all_tabs(self, show: Show, small_log: Path) -> None:
        board = show("inline", small_log)
        for tab in ("images", "hparams", "scalars"):
            board.tab = tab
        assert [one.name for one in threading.enumerate() if one.name.startswith("cellboard-live")] == [
            "cellboard-live logs"
        ]
        board.pause()
        assert not any(one.live for one in board.boards.values())
        board.resume()
        assert [kind for kind, one in board.boards.items() if one.live] == ["scalars"]

    def test_the_picture_follows_what_is_done_in_a_tab(
        self, show: Show, small_log: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        board = show("inline", small_log)
        board.pause()
        changes: list[bool] = []
        monkeypatch.setattr(board._picture, "changed", lambda *, alone: changes.append(alone))
        board.boards["scalars"].smoothing = 0.5
        board.boards["scalars"].charts["lr"].zoom((1.0, 5.0))
        board.tab = "images"
        assert len(changes) >= 3
        assert board.shown().title == "Images"

    def test_it_is_built_again_as_it_stands(self, show: Show, small_log: Path) -> None:
        board = show("inline", small_log, tab="images", options={"images": {"size": "large"}}, runs="alpha|beta")
        assert board.tab == "images"
        board.tab = "scalars"
        board.boards["scalars"].smoothing = 0.5
        board.boards["scalars"].run_list.show_only(["beta"])
        options = board.options()
        assert options == {
            "runs": "alpha|beta",
            "hidden_runs": ["alpha"],
            "tab": "scalars",
            "options": {"images": {"size": "large"}, "scalars": {"smoothing": 0.5}},
        }
        again = show("inline", small_log, **options)
        assert again.options() == options

    @pytest.mark.parametrize("options", [{"tab": "bars"}, {"options": {"bars": {}}}])
    def test_a_tab_that_there_is_not_is_refused(self, tmp_path: Path, options: dict[str, Any]) -> None:
        with pytest.raises(OptionError, match="there are scalars, images"):
            widgets.inline(tmp_path, **options)
