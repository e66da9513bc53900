"""Nothing out of a log becomes markup in the page."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import ipywidgets
import numpy as np
import pytest
from cellboard import SummaryWriter, widgets
from cellboard.widgets.errors import PatternError

KINDS = ("scalars", "images", "histograms", "distributions", "texts", "pr_curves", "hparams", "inline")

pytestmark = pytest.mark.usefixtures("no_thread_left")

HOSTILE = "<img src=x onerror=alert(1)>"
QUOTED = "\"><svg onload='alert(1)'>&lt;script&gt;"

# Traits that a front end takes as markup: the value of HTML, and, on ipywidgets 7 at least, every description.
MARKUP = {"value": (ipywidgets.HTML,), "description": (ipywidgets.Checkbox, ipywidgets.HTML, ipywidgets.Text)}


@pytest.fixture
def hostile_log(tmp_path: Path) -> Path:
    root = tmp_path / "logs"
    for index, name in enumerate((HOSTILE, QUOTED.replace("/", ""))):
        with SummaryWriter(str(root / name)) as writer:
            for tag in (HOSTILE, QUOTED, f"{HOSTILE}/loss"):
                writer.add_scalar(tag, 1.0, index)
                writer.add_histogram(tag, np.arange(5.0), index)
                writer.add_image(tag, np.zeros((3, 3), np.uint8), index, dataformats="HW")
                writer.add_text(tag, f"{HOSTILE} {QUOTED}", index)
                writer.add_pr_curve(tag, [0, 1], [0.2, 0.8], index)
            writer.add_hparams({HOSTILE: QUOTED, QUOTED: index}, {})
    return root


class Found(HTMLParser):
    """The elements that a browser would make of a string."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.handlers: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}


def everything(root: Any, seen: dict[int, ipywidgets.Widget] | None = None) -> list[ipywidgets.Widget]:
    """The widget and all it is made of."""
    seen = {} if seen is None else seen
    if isinstance(root, ipywidgets.Widget) and id(root) not in seen:
        seen[id(root)] = root
        for value in list(root._trait_values.values()):
            everything(value, seen)
    elif isinstance(root, dict):
        for value in root.values():
            everything(value, seen)
    elif isinstance(root, (list, tuple)):
        for value in root:
            everything(value, seen)
    return list(seen.values())


def strings(value: Any) -> list[str]:
    """The strings in a trait."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in (*value, *value.values()) for text in strings(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in strings(part)]
    return []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("options", [{}, {"runs": "img"}])
def test_names_and_texts_stay_text(hostile_log: Path, kind: str, options: dict[str, str]) -> None:
    board = getattr(widgets, kind)(hostile_log, **options)
    try:
        shown = everything(board)
        listed = board.boards["scalars"] if kind == "inline" else board  # whose tabs have the lists
        assert len(listed.run_list._rows) == (1 if options else 2)
        assert any("&lt;img src=x" in text for widget in shown for text in strings(getattr(widget, "value", None)))
        for widget in shown:
            for name, value in list(widget._trait_values.items()):
                check(widget, name, value)
    finally:
        board.close()


def check(widget: ipywidgets.Widget, name: str, value: Any) -> None:
    for text in strings(value):
        if name == "labels":  # bqplot writes them as text
            continue
        assert "<img" not in text, (type(widget), name)
        assert "<svg" not in text, (type(widget), name)
        if isinstance(widget, MARKUP.get(name, ())):
            found = Found(text)
            assert not found.elements & {"img", "svg", "script", "iframe"}
            assert not found.handlers


def test_labels_are_the_only_place_with_names_as_they_are(hostile_log: Path) -> None:
    board = widgets.scalars(hostile_log)
    try:
        chart = board.charts[HOSTILE]
        assert chart.lines[HOSTILE].labels == [HOSTILE]
        assert not any(mark.display_legend for mark in chart.figure.marks)
        assert "&lt;img src=x" in chart.point_at(0.0)
        assert "<img" not in chart.point_at(0.0)
    finally:
        board.close()


@pytest.mark.parametrize("kind", KINDS)
def test_messages_about_the_logdir_are_escaped(tmp_path: Path, kind: str) -> None:
    board = getattr(widgets, kind)(tmp_path / HOSTILE)
    try:
        board._tag_filter.value = f"({HOSTILE}"
        board.run_list._filter.value = f"({HOSTILE}"
        for widget in everything(board):
            for name, value in list(widget._trait_values.items()):
                if not (
                    isinstance(widget, ipywidgets.Text) and name == "value"
                ):  # what the user typed, in its own field
                    check(widget, name, value)
    finally:
        board.close()


def test_an_error_keeps_the_pattern_out_of_html() -> None:
    with pytest.raises(PatternError):
        widgets.scalars("runs", tags=f"({HOSTILE}")


def test_an_svg_is_not_sent_as_an_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cellboard.widgets import image_board

    with SummaryWriter(str(tmp_path / "logs")) as writer:
        writer.add_image("samples", np.zeros((3, 3), np.uint8), 0, dataformats="HW")
    monkeypatch.setattr(image_board, "_FORMATS", {})
    board = widgets.images(tmp_path / "logs")
    try:
        assert board.cards["samples", "."].images == []
    finally:
        board.close()
