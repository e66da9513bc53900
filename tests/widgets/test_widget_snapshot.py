"""The picture that a saved notebook keeps: what it draws, that it is bounded, that nothing in it is markup of a log."""

from __future__ import annotations

import base64
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
from cellboard import SummaryWriter, widgets
from cellboard.widgets import shown
from cellboard.widgets.snapshot import chart, page, svg, thumbnail
from PIL import Image

pytestmark = pytest.mark.usefixtures("no_thread_left")

HOSTILE = "<img src=x onerror=alert(1)>\"'</svg><script>&amp;"
ELEMENTS = ("div", "style", "p", "b", "br", "small", "span", "img", "table", "thead", "tbody", "tr", "th", "td")
SVG = "{http://www.w3.org/2000/svg}"


class Page(HTMLParser):
    """The elements of some HTML, the addresses of its images, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.images: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.images += [value or "" for name, value in attrs if tag == "img" and name == "src"]

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def drawings(self) -> list[ET.Element]:
        """The charts, as a browser would read them."""
        head = "data:image/svg+xml,"
        return [ET.fromstring(unquote(image[len(head) :])) for image in self.images if image.startswith(head)]


@pytest.fixture
def picture() -> Iterator[Callable[..., Page]]:
    """Show a board and return its picture."""
    boards: list[Any] = []

    def make(kind: str, logdir: Path, **options: Any) -> Page:
        boards.append(getattr(widgets, kind)(logdir, live=False, **options))
        forms = page.bundle(boards[-1].shown(), "mine")
        assert sum(len(form.encode()) for form in forms.values()) < page.MAX_BYTES
        return Page(forms["text/html"])

    yield make
    for board in boards:
        board.close()


def vertices(path: ET.Element) -> np.ndarray[Any, Any]:
    """The points of the first stretch of a path, absolute, in tenths of a pixel."""
    found = re.match(r"M([+-]\d+)([+-]\d+)l((?:[+-]\d+)*)", path.get("d", ""))
    assert found is not None
    steps = np.array(re.findall(r"[+-]\d+", found[3]), int).reshape(-1, 2)
    return np.cumsum(np.vstack([[int(found[1]), int(found[2])], steps]), axis=0)


def test_lines_lie_where_the_values_are(picture: Callable[..., Page], small_log: Path) -> None:
    made = picture("scalars", small_log, tags="loss")
    (drawing,) = made.drawings
    inner = next(drawing.iter(f"{SVG}svg")).find(f"{SVG}svg")
    assert inner is not None
    lines = [path for path in inner.iter(f"{SVG}path") if path.get("stroke-linejoin")]
    assert len(lines) == 2
    width, height = (10 * float(inner.get(side, "")) for side in ("width", "height"))
    board = widgets.scalars(small_log, live=False, tags="loss")
    (card,) = board.shown().cards
    axis = card.content[0].y  # type: ignore[union-attr]
    board.close()
    for index, line in enumerate(lines):
        points = vertices(line)
        wanted = [1.0 / (step + 1) + index for step in range(10)]
        heights = [height * (1 - (value - axis.low) / (axis.high - axis.low)) for value in wanted]
        assert points[:, 0] == pytest.approx(np.linspace(0, width, 10), abs=1)
        assert points[:, 1] == pytest.approx(heights, abs=1)
    labels = [text.text for text in drawing.iter(f"{SVG}text")]
    assert [text for _, text in axis.ticks] == [label for label in labels if label in dict(map(reversed, axis.ticks))]  # type: ignore[arg-type]
    assert "alpha" in made.text
    assert "beta" in made.text


@pytest.mark.parametrize(
    ("kind", "images"), [("scalars", 2), ("images", 2), ("histograms", 2), ("text", 0)], ids=lambda value: str(value)
)
def test_every_kind_has_a_picture(picture: Callable[..., Page], small_log: Path, kind: str, images: int) -> None:
    made = picture(kind, small_log)
    assert len(made.images) >= images
    assert made.elements.count("style") == 1
    assert not set(made.elements) & {"script", "iframe", "object", "svg", "form", "link"}
    if kind == "text":
        assert "step 9" in made.text
    elif kind == "images":
        head = "data:image/png;base64,"
        assert all(image.startswith(head) for image in made.images)
        first = Image.open(io.BytesIO(base64.b64decode(made.images[0][len(head) :])))
        assert first.size == (8, 6)
    for drawing in made.drawings:
        assert all(not any(name.startswith("on") for name in part.attrib) for part in drawing.iter())


def hostile_card() -> shown.Card:
    axis = shown.Axis(0, 1, ((0.5, HOSTILE),))
    curve = shown.Curve(np.array([0.0, 1.0]), np.array([0.0, 1.0]), HOSTILE, label=HOSTILE)
    contents = (
        shown.Chart(axis, axis, (curve,)),
        shown.Table((HOSTILE, HOSTILE), ((HOSTILE, HOSTILE),), (HOSTILE,), HOSTILE),
        shown.Pictures((shown.Picture(f"image/{HOSTILE}", HOSTILE.encode(), 5, 5),), 3),
    )
    return shown.Card(HOSTILE, HOSTILE, HOSTILE, contents, HOSTILE, HOSTILE)


def test_nothing_out_of_a_log_is_markup() -> None:
    group = shown.Group(HOSTILE, (hostile_card(),), 2)
    board = shown.Shown(HOSTILE, HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),), (group,), HOSTILE)
    forms = page.bundle(board, HOSTILE)
    made = Page(forms["text/html"])
    assert set(made.elements) <= set(ELEMENTS)
    assert not [name for name in made.attributes if name.startswith("on")]
    assert all(image.startswith("data:image/svg+xml,") for image in made.images)
    assert made.text.count(HOSTILE) >= 10
    (drawing,) = made.drawings
    names = {part.tag.removeprefix(SVG) for part in drawing.iter()}
    assert names <= {"svg", "g", "path", "text"}
    assert HOSTILE in [text.text for text in drawing.iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", ["scalars", "images", "histograms", "text"])
def test_a_picture_is_bounded_whatever_the_log_holds(picture: Callable[..., Page], tmp_path: Path, kind: str) -> None:
    noise = np.random.default_rng(0)
    for run in range(8):
        with SummaryWriter(str(tmp_path / "logs" / f"{run}{'run' * 60}")) as writer:
            for tag in range(12):
                name = f"{tag}{'tag' * 500}"
                if kind == "scalars":
                    for step, value in enumerate(noise.normal(size=3000).tolist()):
                        writer.add_scalar(name, value, step)
                elif kind == "images":
                    writer.add_image(name, noise.integers(0, 255, (90, 90, 3), np.uint8), 0, dataformats="HWC")
                elif kind == "histograms":
                    for step in range(30):
                        writer.add_histogram(name, noise.normal(size=2000), step)
                else:
                    writer.add_text(name, "|a|b|\n|-|-|\n" + "|" + "<b>&amp; **x**|y|\n|" * 3000, 0)
    made = picture(kind, tmp_path / "logs")
    assert made.images or "more characters" in made.text or "…" in made.text


def test_more_than_there_is_room_for_is_left_out_and_counted() -> None:
    card = shown.Card("a" * 200, content=(shown.Markup("<p>" + "x" * 5000 + "</p>"),))
    board = shown.Shown("Text", "runs", "", (), (shown.Group("", (card,) * 500),))
    forms = page.bundle(board)
    assert len(forms["text/html"]) < page.MAX_BYTES
    assert "more cards are not in this picture" in forms["text/html"]
    assert forms["text/html"].count("aaa") > 10
    long = shown.Shown("x" * 10**6, "y" * 10**6, "z" * 10**6, (("r" * 10**6, "#123456"),) * 1000, (), "n" * 10**6)
    assert sum(map(len, page.bundle(long).values())) < page.MAX_BYTES


def test_points_that_cannot_be_drawn_break_a_line() -> None:
    x = np.arange(6.0)
    drawn = svg.path(x * 10, np.array([0, 10, np.nan, 30, np.inf, 1e300]))
    assert drawn == "M+0+0l+10+10M+30+30l+0+0M+50+30000l+0+0"
    assert svg.path(np.empty(0), np.empty(0)) == ""


def test_charts_survive_odd_axes_and_marks() -> None:
    nothing = np.empty(0)
    wide = np.array([-1e308, np.nan, 1e308])
    marks: tuple[shown.Mark, ...] = (
        shown.Curve(nothing, nothing, "#000000"),
        shown.Curve(wide, wide, "#000000", dashed=True),
        shown.Band(wide, wide, wide, "#000000", 0.3),
        shown.Outline(nothing, nothing, "#000000", "#000000"),
        shown.Bars(np.array([0.0, 1.0, np.nan]), np.array([np.inf, 2.0]), "#000000"),
        shown.Cells(np.array([0.0, 1.0]), np.array([0.0, 1.0, 2.0]), np.array([[0.5], [np.nan]]), "#102030"),
        shown.Dots(wide, wide, ("#000000",), "triangle"),
        shown.Dots(np.linspace(0, 1, 10_000), np.zeros(10_000), ()),
    )
    for low, high, log in ((0.0, 1.0, False), (1.0, 1.0, False), (0.0, 10.0, True), (-np.inf, np.inf, False)):
        axis = shown.Axis(low, high, ((low, "low"), (high, "high")), log, True)
        drawing = chart.draw(shown.Chart(axis, axis, marks), 20)
        ET.fromstring(drawing)
        assert len(drawing) < 40_000


def test_a_heat_map_is_where_its_cells_are() -> None:
    shares = np.array([[1.0, 0.0], [0.0, 0.5]])
    cells = shown.Cells(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 2.0]), shares, "#102030")
    drawing = chart.draw(shown.Chart(shown.Axis(0, 2), shown.Axis(0, 2), (cells,)), 20)
    (image,) = ET.fromstring(drawing).iter(f"{SVG}image")
    encoded = image.get("href", "").removeprefix("data:image/png;base64,")
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGBA"))
    down, across = pixels.shape[:2]
    corners = {
        (top, left): pixels[down * (1 + 2 * top) // 4, across * (1 + 2 * left) // 4].tolist()
        for top in (0, 1)
        for left in (0, 1)
    }
    assert corners[1, 0] == [16, 32, 48, 255]  # the first row is the lowest
    assert corners[0, 1][3] == pytest.approx(127, abs=6)
    assert corners[0, 0][3] == corners[1, 1][3] == 0


def test_an_image_is_made_small_enough_or_left_out() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (300, 400, 3), np.uint8)
    encoded = io.BytesIO()
    Image.fromarray(noise).save(encoded, "PNG")
    picture = shown.Picture("image/png", encoded.getvalue(), 400, 300)
    for most in (60_000, 9_000, 3_000):
        made = thumbnail.address(picture, most)
        assert made.startswith("data:image/jpeg;base64,")
        assert most / 6 < len(made) <= most
    assert thumbnail.address(picture, 50) == ""
    assert thumbnail.address(shown.Picture("image/png", b"\x89PNG\r\n\x1a\nno", 4, 4), 10) == ""
    assert thumbnail.address(shown.Picture("image/svg+xml", b"<svg onload='alert(1)'/>", 4, 4), 9999) == ""


def test_an_image_that_unfolds_to_very_much_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded = io.BytesIO()
    Image.new("L", (7000, 7000)).save(encoded, "PNG")
    monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("it was decoded"))
    assert thumbnail.address(shown.Picture("image/png", encoded.getvalue(), 7000, 7000), 20_000) == ""
