"""The viewer's pages of images, histograms and texts in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import png
from cellboard.eventlog.messages import Event, Summary
from cellboard.eventlog.records import frame
from cellboard.eventlog.summaries.tensor import encode_strings

STEPS = 60
READ_PIXELS = """(image) => {
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width: canvas.width, height: canvas.height, data: [...data] };
}"""


def picture(step: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """8 × 12, every step another one."""
    rows, columns = np.mgrid[0:8, 0:12]
    return np.stack([rows * 30, columns * 20, np.full_like(rows, step * 4)], axis=-1).astype(np.uint8)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("media")
    noise = np.random.default_rng(3)
    for name in ("a", "b"):
        with SummaryWriter(str(folder / name)) as writer:
            for step in range(STEPS):
                at = 1_700_000_000.0 + step
                writer.add_image("samples/grid", picture(step), step * 10, walltime=at, dataformats="HWC")
                writer.add_histogram("weights/w", noise.normal(step / 20, 1, 500), step * 10, walltime=at)
            for step in range(30):
                writer.add_text("notes", f"# Note {step}\n\n**bold** | [link](https://example.com)", step)
            writer.add_text("table", "|a|b|\n|-|-:|\n|1|2|", 0)
    return folder


def image_card(board: Any, run: str = "a") -> Any:
    card = board.page.locator(f'[data-testid=image-card][data-run="{run}"]')
    card.locator("img").first.wait_for()
    return card


def shown_step(card: Any) -> int:
    return int(card.locator("img").get_attribute("data-step"))


def wait_for_step(board: Any, card: Any, step: int) -> None:
    """The picture of the step is there, decoded."""
    script = "(image) => image.complete && image.naturalWidth > 0 && image.dataset.step"
    board.wait(lambda: card.locator("img").evaluate(script), lambda shown: shown == str(step))
    board.wait(lambda: card.locator(".picture").get_attribute("data-busy") is None)


def pixels(card: Any) -> np.ndarray[Any, Any]:
    found = card.locator("img").evaluate(READ_PIXELS)
    return np.array(found["data"], np.uint8).reshape(found["height"], found["width"], 4)[..., :3]


def test_the_latest_image_is_the_logged_array(viewer: Any) -> None:
    board = viewer("#images")
    for run in ("a", "b"):
        card = image_card(board, run)
        wait_for_step(board, card, (STEPS - 1) * 10)
        np.testing.assert_array_equal(pixels(card), picture(STEPS - 1))


def test_every_step_is_reached_by_slider_keys_and_number(viewer: Any) -> None:
    board = viewer("#images")
    card = image_card(board)
    slider = card.get_by_test_id("step-slider")
    assert slider.get_attribute("data-count") == str(STEPS)
    slider.focus()
    slider.press("ArrowLeft")
    wait_for_step(board, card, (STEPS - 2) * 10)
    slider.press("Home")
    wait_for_step(board, card, 0)
    np.testing.assert_array_equal(pixels(card), picture(0))
    for at in range(1, STEPS):
        slider.press("ArrowRight")
        wait_for_step(board, card, at * 10)
        np.testing.assert_array_equal(pixels(card), picture(at))
    number = card.get_by_test_id("step-number")
    number.fill("233")
    number.press("Enter")
    wait_for_step(board, card, 230)
    np.testing.assert_array_equal(pixels(card), picture(23))
    assert number.input_value() == "230"


def test_small_images_are_drawn_in_squares_as_large_as_the_card(viewer: Any) -> None:
    board = viewer("#images&size=400")
    image = image_card(board).locator("img")
    board.wait(
        lambda: image.evaluate("(image) => getComputedStyle(image).imageRendering"), lambda how: how == "pixelated"
    )
    assert image.bounding_box()["width"] > 300


def test_bytes_that_are_no_image_are_said_to_be_none(open_viewer: Callable[..., Any], tmp_path: Path) -> None:
    with SummaryWriter(str(tmp_path / "run")) as writer:
        writer.add_image("broken", picture(0), 0, dataformats="HWC")
    file = next((tmp_path / "run").glob("events.*"))
    file.write_bytes(spoil_png(file.read_bytes()))
    board = open_viewer(tmp_path, "#images")
    board.get("image-error").wait_for()


def spoil_png(events: bytes) -> bytes:
    """Turn the picture in an event file into bytes that only begin like one; the record's checksum is set anew."""
    from cellboard.eventlog.records import frame

    records, at = [], 0
    while at < len(events):
        length = int.from_bytes(events[at : at + 8], "little")
        body = events[at + 12 : at + 12 + length]
        start = body.find(b"\x89PNG")
        records.append(body if start < 0 else body[: start + 8] + b"\x00" * (len(body) - start - 8))
        at += length + 16
    return b"".join(frame(record) for record in records)


@pytest.mark.parametrize("mode", ["offset", "overlay"])
def test_histograms_hold_every_logged_value(viewer: Any, log: LogDir, mode: str) -> None:
    board = viewer(f"#histograms&histograms={mode}")
    drawn = board.histogram("a", "weights/w")
    series = log.runs["a"].histograms["weights/w"]
    assert drawn["mode"] == mode
    assert drawn["totals"] == [500.0] * len(drawn["steps"])
    np.testing.assert_allclose(np.sum(drawn["counts"], axis=1), 500, rtol=1e-9)
    assert set(drawn["steps"]) <= set(series.step.tolist())
    assert {0, (STEPS - 1) * 10} <= set(drawn["steps"])
    assert drawn["edges"][0] <= min(sample.min for sample in series)
    assert drawn["edges"][-1] >= max(sample.max for sample in series)


def write_batches(folder: Path, counts: list[int]) -> None:
    """As TensorFlow 2 writes batches: strings [width, height, picture, ...]; picture k is grey at 20 k + step."""
    records = []
    for step, count in enumerate(counts):
        pictures = [png.encode(np.full((8, 12, 1), 20 * item + step, np.uint8)) for item in range(count)]
        value = Summary.Value(tag="batch", tensor=encode_strings([b"12", b"8", *pictures], (2 + count,)))
        value.metadata.plugin_data.plugin_name = "images"
        event = Event(wall_time=1e9 + step, step=step, summary=Summary(value=[value]))
        records.append(frame(event.SerializeToString()))
    folder.mkdir()
    (folder / "events.out.tfevents.1.host").write_bytes(b"".join(records))


def greys(card: Any) -> list[tuple[str, int]]:
    """Step and grey of every picture of a card that is drawn, at one moment: the next one may show another step."""
    found: list[list[Any]] = card.locator("img").evaluate_all(
        f"""(images) => images.every((image) => image.complete && image.naturalWidth)
          ? images.map((image) => [image.dataset.step, ({READ_PIXELS})(image).data[0]])
          : []"""
    )
    return [(step, grey) for step, grey in found]


def test_every_image_of_a_step_is_shown(
    open_viewer: Callable[..., Any], tmp_path: Path, page_errors: list[str], screenshots: Path
) -> None:
    counts = [9, 1, 5]
    write_batches(tmp_path / "tf", counts)
    board = open_viewer(tmp_path, "#images&size=320")
    card = image_card(board, "tf")

    def shows(step: int) -> bool:
        wanted = [(str(step), 20 * item + step) for item in range(counts[step])]
        return bool(board.wait(lambda: greys(card), lambda found: found == wanted))

    assert shows(2)
    boxes = [card.locator("img").nth(at).bounding_box() for at in range(5)]
    assert len({(box["x"], box["y"]) for box in boxes}) == 5
    outer = card.locator(".picture").bounding_box()
    for box in boxes:
        assert box["width"] > 60
        assert outer["x"] <= box["x"] < box["x"] + box["width"] <= outer["x"] + outer["width"] + 0.5
        assert outer["y"] <= box["y"] < box["y"] + box["height"] <= outer["y"] + outer["height"] + 0.5
    slider = card.get_by_test_id("step-slider")
    slider.focus()
    slider.press("Home")
    assert shows(0)
    board.page.screenshot(path=screenshots / "viewer-images-batch.png")
    slider.press("ArrowRight")
    assert shows(1)
    assert page_errors == []


def test_histogram_canvas_is_drawn_and_its_bins_can_be_pointed_at(viewer: Any) -> None:
    board = viewer("#histograms")
    drawn = board.histogram("a", "weights/w")
    host = board.page.locator("[data-testid=histogram-card][data-run=a] [data-testid=histogram]")
    inked = host.locator("canvas").first.evaluate(
        """(canvas) => {
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          let inked = 0;
          for (let i = 3; i < data.length; i += 4) inked += data[i] > 0;
          return inked / (data.length / 4);
        }"""
    )
    assert inked > 0.1
    box = host.bounding_box()
    board.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.8)
    tip = board.get("histogram-tooltip").locator("dl")
    step, count = int(tip.get_attribute("data-step")), float(tip.get_attribute("data-count"))
    assert count in drawn["counts"][drawn["steps"].index(step)]


def test_mode_is_switched_on_the_page(viewer: Any) -> None:
    board = viewer("#histograms")
    board.histogram("a", "weights/w")
    board.get("histogram-mode").locator("[data-value=overlay]").click()
    board.wait(lambda: board.ask("histogram", "a", "weights/w")["mode"], lambda mode: mode == "overlay")


def text_steps(board: Any) -> list[int]:
    card = board.page.locator("[data-testid=text-card][data-run=a]").first
    return [
        int(step) for step in card.locator("[data-testid=text-entry]").evaluate_all("e => e.map(x => x.dataset.step)")
    ]


def test_texts_are_rendered_newest_first(viewer: Any) -> None:
    board = viewer("#texts")
    first = board.page.locator("[data-testid=text-card][data-run=a] [data-testid=markdown]").first
    first.locator("h1", has_text="Note 29").wait_for()
    assert first.locator("strong").text_content() == "bold"
    link = first.locator("a")
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener noreferrer nofollow")
    assert text_steps(board) == list(range(29, 9, -1))
    board.page.locator("[data-testid=text-card][data-run=a]").first.get_by_test_id("older-texts").click()
    board.wait(lambda: text_steps(board), lambda steps: steps == list(range(29, -1, -1)))


def test_tables_and_raw_text(viewer: Any) -> None:
    board = viewer("#texts&tags=table")
    cell = board.page.locator("[data-testid=text-card][data-run=a] td", has_text="2")
    cell.wait_for()
    assert cell.get_attribute("align") == "right"
    board.get("raw-toggle").check()
    raw = board.page.locator("[data-testid=text-card][data-run=a] [data-testid=raw-text]")
    raw.wait_for()
    assert raw.text_content() == "|a|b|\n|-|-:|\n|1|2|"
