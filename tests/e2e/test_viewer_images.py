"""Looking closely at images, and holding those of two runs against each other, in a real browser."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from PIL import Image

HIGH, WIDE = 8, 12
STEPS = {"ours": range(0, 100, 10), "tbx": range(0, 100, 15), "torch": range(0, 100, 10)}
LARGE = (300, 400)
MANY = 3000
READ_PIXELS = """(shown) => {
  const [width, height] = [shown.naturalWidth ?? shown.width, shown.naturalHeight ?? shown.height];
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(shown, 0, 0);
  return { width, height, data: [...context.getImageData(0, 0, width, height).data] };
}"""
BOTH_LAID_OUT = """() => [...document.querySelectorAll('.compared img')]
  .filter((image) => image.complete && image.style.width.endsWith('px')).length"""
COUNT_BLOBS = """
window.blobs = new Set();
const [create, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
URL.createObjectURL = (blob) => { const url = create.call(URL, blob); window.blobs.add(url); return url; };
URL.revokeObjectURL = (url) => { window.blobs.delete(url); revoke.call(URL, url); };
"""


def picture(run: str, step: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Every run, step and pixel another colour."""
    rows, columns = np.mgrid[0:HIGH, 0:WIDE]
    shift = 40 * list(STEPS).index(run)
    return np.stack([rows * 20 + shift, columns * 15 + shift // 2, np.full_like(rows, step)], axis=-1).astype(np.uint8)


def noise(seed: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.random.default_rng(seed).integers(0, 255, (*LARGE, 3), np.uint8)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same tag by the writers of torch, tensorboardX and cellboard; an animation; pictures of two sizes."""
    from tensorboardX import SummaryWriter as TensorboardXWriter
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    folder = tmp_path_factory.mktemp("images") / "log"
    for run, make in {"ours": SummaryWriter, "tbx": TensorboardXWriter, "torch": TorchWriter}.items():
        with make(str(folder / run)) as writer:
            for step in STEPS[run]:
                writer.add_image("grid", picture(run, step), step, dataformats="HWC")
    for seed, run in enumerate(("ours", "tbx")):
        with SummaryWriter(folder / run) as writer:
            writer.add_image("large", noise(seed), 0, dataformats="HWC")
            size = (HIGH * (1 + seed), WIDE * (1 + seed), 3)
            writer.add_image("sized", np.full(size, 100 + 50 * seed, np.uint8), 0, dataformats="HWC")
    with SummaryWriter(folder / "film") as writer:
        frames = np.zeros((1, 4, 3, HIGH, WIDE), np.uint8)
        frames[0] = np.arange(0, 240, 60)[:, None, None, None]
        writer.add_video("film", frames, 0, fps=10)
    return folder


def steps_shown(board: Any) -> dict[str, str]:
    """The step of each card's picture, once all are decoded and none is waited for."""
    found: dict[str, str] = board.wait(
        lambda: board.page.evaluate(
            """() => {
              const cards = [...document.querySelectorAll('[data-testid=image-card]')];
              const images = cards.map((card) => card.querySelector('img'));
              const isThere = (image) => image?.complete && image.naturalWidth;
              // The filter of tags is at work a moment after the page is there.
              if (new Set(cards.map((card) => card.dataset.tag)).size !== 1) return null;
              if (!images.every(isThere) || document.querySelector('[data-busy]')) return null;
              return Object.fromEntries(cards.map((card, i) => [card.dataset.run, images[i].dataset.step]));
            }"""
        )
    )
    return found


def boxes(board: Any) -> list[dict[str, float]]:
    """Where each card's picture lies on its place, and how large it is drawn."""
    found: list[dict[str, float]] = board.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=image-card] img')].map((image) => {
          const [box, room] = [image.getBoundingClientRect(), image.parentElement.getBoundingClientRect()];
          return { left: box.left - room.left, top: box.top - room.top, width: box.width, height: box.height };
        })"""
    )
    return found


def at_rest(board: Any, until: Callable[[list[dict[str, float]]], bool] = bool) -> list[dict[str, float]]:
    """The boxes as they are asked for, once they stay so."""
    seen: list[list[dict[str, float]]] = []

    def look() -> list[dict[str, float]]:
        seen.append(boxes(board))
        return seen[-1]

    found: list[dict[str, float]] = board.wait(look, lambda now: until(now) and seen[-3:] == [now] * 3)
    return found


def pixels_of(shown: Any) -> np.ndarray[Any, Any]:
    found = shown.evaluate(READ_PIXELS)
    return np.array(found["data"], np.uint8).reshape(found["height"], found["width"], 4)[..., :3]


def seen(locator: Any) -> np.ndarray[Any, Any]:
    """What is on the screen, as RGB."""
    return np.array(Image.open(io.BytesIO(locator.screenshot())).convert("RGB"))


def inner(screen: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Without the rounded corners."""
    return screen[10:-10, 10:-10]


def test_linked_steps_move_every_card(viewer: Any) -> None:
    board = viewer("#images&tags=^grid$")
    steps_shown(board)
    board.get("link-steps").check()
    bar = board.get("linked-steps")
    bar.get_by_test_id("step-slider").press("Home")
    board.wait(lambda: steps_shown(board), lambda steps: set(steps.values()) == {"0"})
    board.page.locator("[data-testid=image-card][data-run=torch]").get_by_test_id("step-number").fill("20")
    board.page.keyboard.press("Enter")
    board.wait(lambda: steps_shown(board), lambda steps: steps == {"ours": "20", "tbx": "15", "torch": "20"})
    assert board.get("step-wanted").all_text_contents() == ["for 20"]
    board.wait(lambda: board.page.url, lambda url: "media-link=1" in url and "media-step=20" in url)
    board.page.reload()
    board.wait(lambda: steps_shown(board), lambda steps: steps == {"ours": "20", "tbx": "15", "torch": "20"})
    bar.get_by_test_id("step-slider").press("End")
    board.wait(lambda: steps_shown(board), lambda steps: set(steps.values()) == {"90"})


def test_steps_are_played_and_paused(viewer: Any) -> None:
    board = viewer("#images&tags=^grid$&media-link=1&media-step=0&media-speed=60")
    steps_shown(board)
    seen_steps: set[str] = set()
    play = board.get("linked-steps").get_by_test_id("step-play")
    play.click()
    board.wait(
        lambda: board.page.locator("[data-run=ours] img").get_attribute("data-step"),
        lambda step: seen_steps.add(step) or step == "90",
    )
    assert len(seen_steps) > 2
    board.wait(lambda: play.get_attribute("aria-label"), lambda label: label == "Play through the steps")
    board.get("play-speed").select_option("1")
    play.click()
    board.wait(lambda: board.page.locator("[data-run=ours] img").get_attribute("data-step"), lambda step: step == "0")
    play.click()
    assert play.get_attribute("aria-label") == "Play through the steps"


def test_brightness_and_contrast(viewer: Any) -> None:
    board = viewer("#images&tags=^grid$")
    steps_shown(board)
    shown = board.page.locator("[data-run=ours] img")
    before = seen(shown)
    board.get("image-adjust").click()
    board.get("image-brightness-number").fill("0.5")
    board.page.keyboard.press("Enter")
    board.page.keyboard.press("Escape")
    board.get("image-brightness").wait_for(state="detached")
    np.testing.assert_allclose(inner(seen(shown)), inner(before) / 2, atol=2)
    assert board.page.evaluate(f"({READ_PIXELS})(document.querySelector('[data-run=ours] img')).data[2]") == 90
    board.get("image-adjust").click()
    board.get("image-reset").click()
    board.page.keyboard.press("Escape")
    np.testing.assert_array_equal(seen(shown), before)


def test_actual_size_and_moving_inside_a_card(viewer: Any) -> None:
    board = viewer("#images&tags=^large$&image-actual=1")
    steps_shown(board)
    board.wait(lambda: boxes(board), lambda all_: all((b["width"], b["height"]) == LARGE[::-1] for b in all_))
    middle = at_rest(board)[0]
    cell = board.page.locator("[data-run=ours] .picture-cell")
    room = cell.bounding_box()
    at = room["x"] + room["width"] / 2, room["y"] + room["height"] / 2
    board.page.mouse.move(*at)
    board.page.mouse.down()
    board.page.mouse.move(at[0] + 20, at[1] + 10, steps=4)
    board.page.mouse.up()
    moved = board.wait(lambda: boxes(board), lambda all_: all_[0]["left"] > middle["left"])
    # Both runs show the same part, pixel for pixel as logged.
    assert moved[0] == moved[1]
    assert board.get("large-view").count() == 0
    screen = seen(board.page)
    for seed, run in enumerate(("ours", "tbx")):
        cell, shown = (
            board.page.locator(f"[data-run={run}] {part}").bounding_box() for part in (".picture-cell", "img")
        )
        x, y = round(cell["x"]) + 10, round(cell["y"]) + 10
        part = screen[y : y + 60, x : x + 80]
        # Where a card begins between two pixels of the screen, the browser draws from either.
        left, top = x - math.floor(shown["x"]), y - math.floor(shown["y"])
        corners = [(top - down, left - right) for down in (0, 1) for right in (0, 1)]
        assert any((part == noise(seed)[i : i + 60, j : j + 80]).all() for i, j in corners)


def test_zoom_is_one_for_all_runs_and_is_in_the_address(viewer: Any) -> None:
    board = viewer("#images&tags=^grid$")
    steps_shown(board)
    before = at_rest(board)[0]
    board.page.locator("[data-run=ours] .picture-cell").hover(position={"x": 60, "y": 40})
    board.page.keyboard.down("Control")
    board.page.mouse.wheel(0, -700)
    board.page.keyboard.up("Control")
    zoomed = at_rest(board, lambda all_: all_[0]["width"] > 3 * before["width"])
    assert zoomed[0] == zoomed[1] == zoomed[2]
    # The point under the pointer has stayed.
    share = (60 - before["left"]) / before["width"]
    assert zoomed[0]["left"] + share * zoomed[0]["width"] == pytest.approx(60, abs=1)
    board.wait(lambda: board.page.url, lambda url: "image-view=" in url)
    board.page.reload()
    steps_shown(board)
    again = board.wait(lambda: boxes(board), lambda all_: all_[0]["width"] > 3 * before["width"])
    assert again[0]["left"] == pytest.approx(zoomed[0]["left"], abs=1)
    board.get("image-whole").first.click()
    board.wait(lambda: boxes(board), lambda all_: all_[0]["width"] == before["width"])


def test_a_click_enlarges_and_arrow_keys_step(viewer: Any) -> None:
    board = viewer("#images&tags=^grid$")
    steps_shown(board)
    small = at_rest(board)[0]["width"]
    board.page.locator("[data-run=torch] .picture-cell").click()
    large = board.get("large-view").locator("img")
    board.wait(lambda: large.bounding_box()["width"], lambda width: width > 2 * small)
    for key, step in (("ArrowLeft", "80"), ("Home", "0"), ("ArrowRight", "10"), ("End", "90")):
        board.page.keyboard.press(key)
        board.wait(lambda: large.get_attribute("data-step"), lambda shown, step=step: shown == step)
    whole = large.bounding_box()["width"]
    board.page.keyboard.press("+")
    board.wait(lambda: large.bounding_box()["width"], lambda width: width > whole)
    board.page.keyboard.press("0")
    board.wait(lambda: large.bounding_box()["width"], lambda width: width == whole)
    board.page.keyboard.press("Escape")
    board.get("large-view").wait_for(state="detached")


def test_the_pixel_under_the_pointer_is_told(viewer: Any) -> None:
    board = viewer("#images&tags=^grid$&image-brightness=2")
    steps_shown(board)
    box = board.page.locator("[data-run=tbx] img").bounding_box()
    x, y = 7, 5
    board.page.mouse.move(box["x"] + box["width"] * (x + 0.5) / WIDE, box["y"] + box["height"] * (y + 0.5) / HIGH)
    red, green, blue = picture("tbx", 90)[y, x]
    readout = board.page.locator("[data-run=tbx]").get_by_test_id("image-readout")
    board.wait(readout.text_content, lambda text: text == f"{x}, {y} · {red} {green} {blue}")


def test_the_difference_is_that_of_the_logged_arrays(viewer: Any) -> None:
    board = viewer("#images&tags=^grid$&image-compare=difference")
    board.wait(board.get("compare-card").count, lambda count: count == 1)
    canvas = board.get("difference")
    drawn = board.wait(lambda: canvas.get_attribute("data-drawn"))
    a, b = picture("ours", 90).astype(int), picture("tbx", 90).astype(int)
    np.testing.assert_array_equal(pixels_of(canvas), abs(a - b))
    words = board.get("difference-found").text_content()
    assert words == f"Mean {abs(a - b).mean():.3g}, most {abs(a - b).max()} of 255; 100 % of the pixels differ"
    board.get("difference-gain-number").fill("5")
    board.page.keyboard.press("Enter")
    drawn = board.wait(lambda: canvas.get_attribute("data-drawn"), lambda now: now != drawn)
    np.testing.assert_array_equal(pixels_of(canvas), np.clip(5 * abs(a - b), 0, 255))
    # Other runs, another step: what one of them has not logged is shown as of the step before, and said.
    board.get("pair-a").select_option("torch")
    board.wait(lambda: canvas.get_attribute("data-drawn"), lambda now: now != drawn)
    board.get("step-number").fill("20")
    board.page.keyboard.press("Enter")
    board.wait(board.get("steps-differ").text_content, lambda words: words == "A at step 20, B at step 15")
    a, b = picture("torch", 20).astype(int), picture("tbx", 15).astype(int)
    board.wait(lambda: pixels_of(canvas), lambda found: (found == np.clip(5 * abs(a - b), 0, 255)).all())
    board.wait(lambda: board.page.url, lambda url: "image-pair=" in url and "image-gain=5" in url)
    board.page.reload()
    board.wait(
        lambda: board.page.locator("[data-tag=grid] [data-testid=pair-a]").input_value(), lambda run: run == "torch"
    )


def test_swipe_shows_one_picture_on_each_side_of_the_line(viewer: Any) -> None:
    board = viewer("#images&tags=^grid$&image-compare=swipe&size=480")
    board.wait(board.get("compare-card").count, lambda count: count == 1)
    board.wait(lambda: board.page.evaluate(BOTH_LAID_OUT), lambda count: count == 2)

    def columns_of_b() -> list[int]:
        """Which columns of the pictures show the second run's."""
        screen = seen(board.get("compared"))
        height, width = screen.shape[:2]
        scale = min(width / WIDE, height / HIGH)
        found = []
        for column in range(WIDE):
            x = int((width - WIDE * scale) / 2 + (column + 0.25) * scale)
            y = int((height - HIGH * scale) / 2 + 1.5 * scale)
            sides = [np.abs(screen[y, x].astype(int) - picture(run, 90)[1, column]).max() for run in ("ours", "tbx")]
            assert min(sides) <= 2
            found += [column] if sides[1] < sides[0] else []
        return found

    assert columns_of_b() == [6, 7, 8, 9, 10, 11]
    line = board.get("swipe-line")
    box, room = line.bounding_box(), board.get("compared").bounding_box()
    board.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    board.page.mouse.down()
    board.page.mouse.move(room["x"] + room["width"] * 0.75, box["y"] + 20, steps=3)
    board.page.mouse.up()
    board.wait(lambda: line.get_attribute("aria-valuenow"), lambda now: abs(int(now) - 75) <= 1)
    assert columns_of_b() == [9, 10, 11]
    line.press("Home")
    board.wait(lambda: line.get_attribute("aria-valuenow"), lambda now: now == "0")
    assert columns_of_b() == list(range(WIDE))


def test_overlay_fades_one_picture_into_the_other(viewer: Any) -> None:
    board = viewer("#images&tags=^grid$&image-compare=overlay&image-opacity=0.25&size=480")
    board.wait(board.get("compare-card").count, lambda count: count == 1)
    board.wait(lambda: board.page.evaluate(BOTH_LAID_OUT), lambda count: count == 2)
    screen = seen(board.get("compared"))
    height, width = screen.shape[:2]
    scale = min(width / WIDE, height / HIGH)
    at = int((height - HIGH * scale) / 2 + 2.5 * scale), int((width - WIDE * scale) / 2 + 3.5 * scale)
    wanted = 0.75 * picture("ours", 90)[2, 3] + 0.25 * picture("tbx", 90)[2, 3]
    np.testing.assert_allclose(screen[at], wanted, atol=2)


def test_sizes_that_differ_are_said(viewer: Any) -> None:
    board = viewer("#images&tags=^sized$&image-compare=difference")
    board.wait(board.get("compare-card").count, lambda count: count == 1)
    assert board.wait(board.get("sizes-differ").text_content) == "A is 12 × 8; B, 24 × 16, is stretched to it"
    board.wait(lambda: board.get("difference").get_attribute("data-drawn"))
    np.testing.assert_array_equal(pixels_of(board.get("difference")), np.full((HIGH, WIDE, 3), 50))


def test_an_animation_plays(viewer: Any) -> None:
    board = viewer("#images&tags=^film$")
    steps_shown(board)
    shown = board.page.locator("[data-run=film] img")
    greys: set[int] = set()
    board.wait(lambda: greys.add(int(seen(shown)[20, 20, 0])) or greys, lambda found: len(found) >= 3)
    assert greys <= {0, 60, 120, 180}


def test_a_picture_is_downloaded_as_logged(viewer: Any, logdir: Path) -> None:
    board = viewer("#images&tags=^grid$")
    steps_shown(board)
    with board.page.expect_download() as download:
        board.page.locator("[data-run=torch]").get_by_test_id("image-download").click()
    with LogDir(logdir) as log:
        assert Path(download.value.path()).read_bytes() == log.runs["torch"].images["grid"][-1].encoded
    assert download.value.suggested_filename == "grid_torch_step-90.png"


def test_three_thousand_steps_are_reached_and_few_are_held(
    open_viewer: Callable[..., Any], tmp_path: Path, page: Any
) -> None:
    with SummaryWriter(tmp_path / "run") as writer:
        for step in range(MANY):
            writer.add_image(
                "many", np.full((2, 2, 3), (step % 250, step // 250, 7), np.uint8), step, dataformats="HWC"
            )
    page.add_init_script(COUNT_BLOBS)
    board = open_viewer(tmp_path, "#images")
    steps_shown(board)
    card = page.locator("[data-testid=image-card]")
    slider, number = card.get_by_test_id("step-slider"), card.get_by_test_id("step-number")
    assert slider.get_attribute("data-count") == str(MANY)
    for step in (1, 1234, 2998, 777):
        number.fill(str(step))
        number.press("Enter")
        board.wait(lambda: steps_shown(board), lambda steps, step=step: steps == {"run": str(step)})
        assert (pixels_of(card.locator("img")) == (step % 250, step // 250, 7)).all()
    for _ in range(40):
        slider.press("ArrowRight")
    board.wait(lambda: steps_shown(board), lambda steps: steps == {"run": "817"})
    board.wait(lambda: page.evaluate("window.blobs.size"), lambda held: held <= 12)
