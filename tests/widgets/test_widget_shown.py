"""What a board says of itself as plain data is what it sent to the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import SummaryWriter
from cellboard.widgets import shown

KINDS = ("scalars", "images", "histograms", "distributions", "texts", "pr_curves", "hparams", "inline")

pytestmark = pytest.mark.usefixtures("no_thread_left")

Show = Callable[..., Any]


def test_a_scalar_board(show: Show, small_log: Path) -> None:
    board = show("scalars", small_log, smoothing=0.5, y_scale="log")
    found = board.shown()
    colors = {name: run.color for name, run in board.logdir.runs.items()}
    assert (found.title, found.logdir, found.count) == ("Scalars", str(small_log), "2 runs · 2 tags")
    assert found.runs == tuple(colors.items())
    assert [card.title for card in found.cards] == ["lr", "train/loss"]
    chart, table = found.cards[1].content
    assert [(mark.label, mark.color, mark.opacity) for mark in chart.marks] == [
        (name, colors[name], opacity) for name in ("alpha", "beta") for opacity in (0.35, 1.0)
    ]
    series = board.logdir.runs["alpha"].scalars["train/loss"]
    assert chart.marks[0].x.tolist() == series.step.tolist()
    assert chart.marks[0].y.tolist() == series.value.tolist()
    assert chart.x == shown.Axis(0.0, 9.0, ((0.0, "0"), (2.0, "2"), (4.0, "4"), (6.0, "6"), (8.0, "8")), title="step")
    assert chart.y.log
    assert chart.y.grid
    assert all(chart.y.low < place < chart.y.high for place, _ in chart.y.ticks)
    assert table.columns == ("run", "smoothed", "last", "step")
    assert [row[0] for row in table.rows] == ["alpha", "beta"]
    assert table.colors == tuple(colors.values())
    board.run_list.show_only(["beta"])
    assert {mark.label for mark in board.shown().cards[1].content[0].marks} == {"beta"}


def test_points_that_no_line_shows(show: Show, tmp_path: Path) -> None:
    with SummaryWriter(str(tmp_path / "logs")) as writer:
        for step, value in enumerate([1.0, float("nan"), 2.0]):
            writer.add_scalar("loss", value, step)
    _, lone, odd = show("scalars", tmp_path / "logs").shown().cards[0].content[0].marks
    assert (lone.shape, lone.x.tolist(), len(lone.colors)) == ("circle", [0, 2], 2)
    assert (odd.shape, odd.x.tolist()) == ("triangle", [1])


def test_a_smoothed_line_of_a_single_point(show: Show, tmp_path: Path) -> None:
    with SummaryWriter(str(tmp_path / "logs")) as writer:
        writer.add_scalar("loss", 3.0, 7)
    raw, smooth, dot = show("scalars", tmp_path / "logs", smoothing=0.5).shown().cards[0].content[0].marks
    assert [(one.x.tolist(), one.y.tolist()) for one in (raw, smooth, dot)] == [([7], [3])] * 3


def test_boards_of_samples(show: Show, small_log: Path) -> None:
    images = show("images", small_log, step=5).shown()
    assert [(group.title, [card.run for card in group.cards]) for group in images.groups] == [
        ("samples", ["alpha", "beta"])
    ]
    card = images.cards[0]
    (pictures,) = card.content
    assert pictures.pictures[0].content.startswith(b"\x89PNG")
    assert (pictures.pictures[0].mime, pictures.pictures[0].width, pictures.pictures[0].height) == ("image/png", 8, 6)
    assert card.caption.startswith("step 5 · 8×6 · ")
    (text,) = show("text", small_log).shown().cards[0].content
    assert "<strong>step 9</strong> of alpha" in text.html
    ridges, bars = show("histograms", small_log).shown().cards[0].content
    assert len(ridges.marks) == 3
    assert ridges.marks[0].y.shape == (32,)
    assert bars.marks[0].heights.sum() == pytest.approx(100)
    assert len(bars.marks[0].edges) == 31
    assert np.all(np.diff(bars.marks[0].edges) > 0)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_board_says_why(show: Show, tmp_path: Path, kind: str) -> None:
    board = show(kind, tmp_path / "later")
    assert board.shown().groups == ()
    assert board.shown().note.startswith("There is no directory")
    board.close()
    assert board.shown().cards == ()


def test_what_is_left_out_is_counted(show: Show, tmp_path: Path) -> None:
    with SummaryWriter(str(tmp_path / "logs")) as writer:
        for tag in range(30):
            writer.add_scalar(f"a/{tag}", 1.0, 0)
    (group,) = show("scalars", tmp_path / "logs").shown().groups
    assert (group.title, len(group.cards), group.left_out) == ("a", 12, 18)
