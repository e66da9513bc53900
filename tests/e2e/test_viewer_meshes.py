"""The viewer's page of meshes in a real browser: what is drawn is read back as numbers, and as pixels."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import SummaryWriter
from PIL import Image

SIDE = 12
RED, BLUE = (255, 0, 0), (0, 0, 255)
PLAIN = (64, 160, 96)
EVIL = "<img src=x onerror=window.pwned=1>"
SETTINGS = {
    "camera": {"cls": "PerspectiveCamera", "fov": 30, "position": [0, 0, 9]},
    "lights": [{"cls": "AmbientLight", "intensity": 0.75}, {"cls": EVIL}],
    "material": {"cls": "MeshBasicMaterial", "color": "#40a060"},
}


def sheet(step: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """A wavy sheet of SIDE × SIDE points, larger with each step, and its triangles."""
    x, z = np.meshgrid(np.linspace(-1, 1, SIDE), np.linspace(-1, 1, SIDE))
    points = np.stack([x, 0.2 * np.sin(3 * x), z], axis=-1).reshape(-1, 3) * (1 + step)
    corner = np.arange(SIDE * (SIDE - 1)).reshape(-1, SIDE)[:, :-1].ravel()
    right, below = corner + 1, corner + SIDE
    faces = np.concatenate([np.stack([corner, below, right], 1), np.stack([right, below, below + 1], 1)])
    return points.astype(np.float32), faces.astype(np.int32)


def cloud() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Points at random, red on the left and blue on the right."""
    points = np.random.default_rng(5).uniform(-1, 1, (600, 3)).astype(np.float32)
    return points, np.where(points[:, :1] < 0, RED, BLUE).astype(np.uint8)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same meshes by three writers, batches, and what can be wrong with a mesh."""
    from tensorboardX import SummaryWriter as XWriter
    from torch import from_numpy
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    folder = tmp_path_factory.mktemp("meshes") / "log"
    points, colors = cloud()
    for run, make in {"ours": SummaryWriter, "torch": TorchWriter, "x": XWriter}.items():
        take = from_numpy if run == "torch" else np.asarray
        with make(str(folder / run)) as writer:
            writer.add_mesh("cloud", take(points[None]), colors=take(colors[None]), global_step=0)
            for step in range(3):
                vertices, faces = sheet(step)
                writer.add_mesh("sheet", take(vertices[None]), faces=take(faces[None]), global_step=10 * step)
    with SummaryWriter(str(folder / "ours")) as writer:
        vertices, faces = sheet(0)
        batch = np.stack([vertices + at for at in range(18)])
        writer.add_mesh("batch", batch, faces=np.stack([faces] * 18), global_step=0)
        writer.add_mesh("set", vertices, faces=faces, config_dict=SETTINGS, global_step=0)
        writer.add_mesh("large", np.random.default_rng(2).normal(size=(100_001, 3)) * 1e30, global_step=0)
        writer.add_mesh("odd/one point", np.full((1, 1, 3), 7.0), global_step=0)
        writer.add_mesh("odd/nothing", np.zeros((1, 0, 3)), global_step=0)
        writer.add_mesh("odd/nowhere", np.full((1, 3, 3), np.nan), global_step=0)
    with XWriter(str(folder / "odd")) as writer:
        vertices[5] = np.inf
        broken = np.concatenate([faces, [[0, 1, 10**6], [-1, 0, 1]]])
        writer.add_mesh(f"broken {EVIL}", vertices[None], faces=broken[None], global_step=0)
    return folder


TRIANGLES = 2 * (SIDE - 1) ** 2


def drawn(view: Any, run: str, tag: str, item: int = 0, until: Callable[[dict[str, Any]], Any] = bool) -> Any:
    """What is drawn of a mesh, as soon as it satisfies `until`."""
    return view.wait(lambda: view.ask("mesh", run, tag, item), until)


def card(view: Any, tag: str, run: str = "ours") -> Any:
    return view.page.locator(f'[data-testid=mesh-card][data-tag="{tag}"][data-run="{run}"]')


def pixels(view: Any, tag: str, run: str = "ours") -> np.ndarray[Any, Any]:
    """What the first canvas of a card shows: uint8[height, width, 3]."""
    found = (
        card(view, tag, run)
        .locator("canvas")
        .first.evaluate(
            """canvas => {
          const {data, width, height} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let text = '';
          for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
          return [btoa(text), width, height];
        }"""
        )
    )
    return np.frombuffer(base64.b64decode(found[0]), np.uint8).reshape(found[2], found[1], 4)[..., :3]


def share(image: np.ndarray[Any, Any], color: tuple[int, int, int]) -> float:
    """The share of the picture that has a colour, but for what blends with what lies beside it."""
    return float((np.abs(image.astype(int) - color).max(axis=-1) <= 4).mean())


def camera_of(view: Any, run: str, tag: str) -> dict[str, Any]:
    found: dict[str, Any] = drawn(view, run, tag)["camera"]
    return found


def moved(view: Any, before: dict[str, Any], tag: str = "sheet", run: str = "ours") -> dict[str, Any]:
    """The camera, as soon as it is another one."""
    found: dict[str, Any] = drawn(view, run, tag, 0, lambda mesh: mesh["camera"] != before)["camera"]
    return found


@pytest.mark.parametrize("run", ["ours", "torch", "x"])
def test_meshes_of_any_writer_are_drawn(viewer: Callable[[str], Any], run: str) -> None:
    view = viewer(f"#meshes&runs=^{run}$&tags=cloud|sheet&mesh-axes=0")
    found = drawn(view, run, "cloud")
    assert (found["points"], found["triangles"], found["lines"]) == (600, 0, 0)
    found = drawn(view, run, "sheet")
    assert (found["step"], found["triangles"], found["points"]) == (20, TRIANGLES, 0)
    image = pixels(view, "cloud", run)
    assert share(image, RED) > 0.002
    assert share(image, BLUE) > 0.002
    # From where it is looked at, what is left in the log is left on the screen.
    reds, blues = (np.nonzero(np.abs(image.astype(int) - color).max(axis=-1) <= 4)[1].mean() for color in (RED, BLUE))
    assert reds < blues
    # The run's own colour, lit, on triangles that have none; behind them the page's.
    assert view.get("mesh-remarks").count() == 0
    assert len(np.unique(pixels(view, "sheet", run).reshape(-1, 3), axis=0)) > 20


def test_pointer_keys_and_wheel_turn_move_and_zoom(viewer: Callable[[str], Any]) -> None:
    view = viewer("#meshes&runs=ours&tags=sheet")
    first = camera_of(view, "ours", "sheet")
    assert view.get("mesh-reset").count() == 0
    mesh, mouse, keys = card(view, "sheet").get_by_test_id("mesh-view"), view.page.mouse, view.page.keyboard
    box = mesh.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(dx: int, dy: int, button: str = "left") -> None:
        mouse.move(x, y)
        mouse.down(button=button)
        mouse.move(x + dx, y + dy)
        mouse.up(button=button)

    drag(60, -30)
    at = moved(view, first)
    assert at["azimuth"] < first["azimuth"]
    assert at["polar"] > first["polar"]
    assert (at["target"], at["distance"]) == (first["target"], first["distance"])
    drag(40, 0, "right")
    panned = moved(view, at)
    assert (panned["azimuth"], panned["distance"]) == (at["azimuth"], at["distance"])
    height = 2 * at["distance"] * math.tan(math.radians(25))
    assert math.dist(panned["target"], at["target"]) == pytest.approx(40 / box["height"] * height, rel=1e-3)
    # What was clicked takes the wheel.
    assert mesh.evaluate("element => element === document.activeElement")
    mouse.wheel(0, -200)
    near = moved(view, panned)
    assert near["distance"] < panned["distance"]
    mesh.dblclick()
    assert (
        drawn(view, "ours", "sheet", 0, lambda now: now["camera"]["distance"] == first["distance"])["camera"] == first
    )
    for key, part, sign in (
        ("ArrowLeft", "azimuth", -1),
        ("ArrowRight", "azimuth", 1),
        ("ArrowUp", "polar", -1),
        ("ArrowDown", "polar", 1),
        ("+", "distance", -1),
        ("-", "distance", 1),
    ):
        before = camera_of(view, "ours", "sheet")
        keys.press(key)
        after = moved(view, before)
        assert (after[part] - before[part]) * sign > 0, key
    before = camera_of(view, "ours", "sheet")
    keys.press("Shift+ArrowRight")
    assert moved(view, before)["target"] != before["target"]
    keys.press("0")
    drawn(view, "ours", "sheet", 0, lambda now: now["camera"] == first)
    # A wheel over a mesh that nobody clicked scrolls the page.
    keys.press("Escape")
    assert mesh.evaluate("element => document.activeElement === element.closest('.card')")
    view.page.set_viewport_size({"width": 1400, "height": 400})
    view.wait(lambda: view.page.evaluate("document.querySelector('main').scrollHeight > innerHeight"))
    box = mesh.bounding_box()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    before = camera_of(view, "ours", "sheet")
    mouse.wheel(0, 60)
    view.wait(lambda: view.page.evaluate("document.querySelector('main').scrollTop"))
    assert camera_of(view, "ours", "sheet") == before


def test_a_point_is_read_under_the_pointer(viewer: Callable[[str], Any], log: Any) -> None:
    view = viewer("#meshes&runs=ours&tags=one point|cloud")
    drawn(view, "ours", "odd/one point")
    drawn(view, "ours", "cloud")
    one = card(view, "odd/one point").get_by_test_id("mesh-view")
    one.hover()
    readout = one.get_by_test_id("mesh-point-readout")
    assert readout.inner_text() == "x 7 · y 7 · z 7"
    view.page.mouse.move(0, 0)
    readout.wait_for(state="detached")
    # Of a cloud, one of its points with its own colour.
    cloud = card(view, "cloud").get_by_test_id("mesh-view")
    cloud.hover()
    words = cloud.get_by_test_id("mesh-point-readout").inner_text()
    x, y, z = (float(part.split()[1].replace("−", "-")) for part in words.split(" · ")[:3])
    sample = log.runs["ours"].meshes["cloud"][0]
    (index,) = np.flatnonzero(np.abs(sample.vertices[0] - [x, y, z]).max(axis=1) < 1e-3)
    assert words.endswith(f"rgb {' '.join(map(str, sample.colors[0][index]))}")


def test_fingers_turn_and_pinch(viewer: Callable[[str], Any]) -> None:
    view = viewer("#meshes&runs=ours&tags=sheet")
    first = camera_of(view, "ours", "sheet")
    mesh = card(view, "sheet").get_by_test_id("mesh-view")
    mesh.focus()
    box = mesh.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = view.page.context.new_cdp_session(view.page)

    def touch(kind: str, *fingers: tuple[float, float]) -> None:
        points = [{"x": x + dx, "y": y + dy, "id": at} for at, (dx, dy) in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (0, 0))
    touch("touchMove", (30, 0))
    touch("touchMove", (60, 0))
    touch("touchEnd")
    turned = moved(view, first)
    assert (turned["azimuth"] < first["azimuth"], turned["distance"]) == (True, first["distance"])
    touch("touchStart", (-20, 0), (20, 0))
    touch("touchMove", (-40, 0), (40, 0))
    touch("touchMove", (-80, 0), (80, 0))
    touch("touchEnd")
    pinched = drawn(view, "ours", "sheet", 0, lambda now: now["camera"]["distance"] < first["distance"] / 3)["camera"]
    assert pinched["azimuth"] == turned["azimuth"]


def test_the_camera_fits_each_step_is_kept_or_shared(viewer: Callable[[str], Any]) -> None:
    view = viewer("#meshes&runs=ours|torch&tags=sheet")
    last = camera_of(view, "ours", "sheet")
    ours = card(view, "sheet")
    ours.get_by_test_id("mesh-view").focus()
    view.page.keyboard.press("ArrowLeft")
    view.page.keyboard.press("+")
    drawn(view, "ours", "sheet", 0, lambda now: now["camera"]["distance"] < last["distance"])

    def go(step: int) -> dict[str, Any]:
        ours.get_by_test_id("step-number").fill(str(step))
        ours.get_by_test_id("step-number").press("Enter")
        found: dict[str, Any] = drawn(view, "ours", "sheet", 0, lambda now: now["step"] == step)["camera"]
        return found

    # A third of the size from a third of the distance, turned as before.
    fitted = go(0)
    assert fitted["distance"] == pytest.approx(last["distance"] / 3, rel=1e-5)
    assert fitted["azimuth"] < last["azimuth"]
    view.get("mesh-view-mode").locator("[data-value=keep]").click()
    kept = go(20)
    assert kept["distance"] == pytest.approx(fitted["distance"])
    assert camera_of(view, "torch", "sheet")["azimuth"] == last["azimuth"]
    view.get("mesh-view-mode").locator("[data-value=share]").click()
    drawn(view, "torch", "sheet", 0, lambda now: now["camera"] == camera_of(view, "ours", "sheet"))
    card(view, "sheet", "torch").get_by_test_id("mesh-view").focus()
    before = camera_of(view, "ours", "sheet")
    view.page.keyboard.press("ArrowDown")
    both = moved(view, before)
    drawn(view, "torch", "sheet", 0, lambda now: now["camera"] == both)
    # It stands in the address, so that a link shows the same.
    view.page.wait_for_function("() => location.hash.includes('mesh-camera=')")
    shared = view.page.evaluate("location.hash")
    view.goto(shared)
    again = camera_of(view, "torch", "sheet")
    assert again["distance"] == pytest.approx(both["distance"], rel=1e-4)
    assert again["polar"] == pytest.approx(both["polar"], rel=1e-4)


def test_one_slider_for_all(viewer: Callable[[str], Any]) -> None:
    view = viewer("#meshes&runs=ours|x&tags=sheet&media-link&media-step=10")
    for run in ("ours", "x"):
        drawn(view, run, "sheet", 0, lambda now: now["step"] == 10)
    card(view, "sheet", "x").get_by_test_id("step-slider").press("Home")
    for run in ("ours", "x"):
        drawn(view, run, "sheet", 0, lambda now: now["step"] == 0)
    view.get("linked-steps").get_by_test_id("step-play").click()
    for run in ("ours", "x"):
        drawn(view, run, "sheet", 0, lambda now: now["step"] == 20)


def test_how_it_is_drawn_is_chosen_and_nothing_is_drawn_unasked(viewer: Callable[[str], Any]) -> None:
    view = viewer("#meshes&runs=ours&tags=sheet|cloud")
    assert drawn(view, "ours", "sheet")["lines"] > 3
    axes = drawn(view, "ours", "sheet")["lines"]
    view.get("mesh-axes").uncheck()
    drawn(view, "ours", "sheet", 0, lambda now: now["lines"] == 0)
    smooth = pixels(view, "sheet")

    def choose(surface: str) -> Any:
        view.get("mesh-surface").locator(f"[data-value={surface}]").click()

    choose("flat")
    view.wait(lambda: (pixels(view, "sheet") != smooth).any())
    assert drawn(view, "ours", "sheet")["triangles"] == TRIANGLES
    choose("wires")
    assert drawn(view, "ours", "sheet", 0, lambda now: now["lines"])["lines"] > axes
    choose("points")
    drawn(view, "ours", "sheet", 0, lambda now: now["points"] == SIDE * SIDE and not now["triangles"])
    small = share(pixels(view, "cloud"), RED)
    view.get("mesh-point").fill("9")
    view.wait(lambda: share(pixels(view, "cloud"), RED) > 3 * small)
    # At rest nothing is drawn, and a move draws once, the card that was moved alone.
    before = [view.ask("mesh", "ours", tag)["times"] for tag in ("sheet", "cloud")]
    view.page.wait_for_timeout(200)
    assert [view.ask("mesh", "ours", tag)["times"] for tag in ("sheet", "cloud")] == before
    card(view, "sheet").get_by_test_id("mesh-view").focus()
    view.page.keyboard.press("ArrowLeft")
    drawn(view, "ours", "sheet", 0, lambda now: now["times"] == before[0] + 1)
    assert view.ask("mesh", "ours", "cloud")["times"] == before[1]


def test_a_batch_side_by_side_or_one_of_it(viewer: Callable[[str], Any]) -> None:
    view = viewer("#meshes&runs=ours&tags=batch")
    drawn(view, "ours", "batch", 15)
    batch = card(view, "batch")
    assert batch.get_by_test_id("mesh-view").count() == 16
    assert "first 16 of 18" in batch.get_by_test_id("mesh-items").inner_text()
    assert camera_of(view, "ours", "batch")["target"] == [7.5, pytest.approx(7.5, abs=0.1), 7.5]
    batch.get_by_test_id("mesh-items").locator("[data-value=one]").click()
    batch.get_by_test_id("mesh-previous").click()
    assert drawn(view, "ours", "batch", 17)["camera"]["target"][0] == 17
    assert batch.get_by_test_id("mesh-view").count() == 1
    batch.get_by_test_id("mesh-item").fill("3")
    batch.get_by_test_id("mesh-item").press("Enter")
    drawn(view, "ours", "batch", 2)


def test_camera_light_and_material_of_the_log(viewer: Callable[[str], Any]) -> None:
    view = viewer("#meshes&runs=ours&tags=^set&mesh-axes=0")
    camera = camera_of(view, "ours", "set")
    assert (camera["azimuth"], camera["distance"]) == (0, pytest.approx(9, rel=1e-3))
    # A material that no light touches is exactly as the log says, behind it the page.
    image = pixels(view, "set")
    found = {tuple(color) for color in image.reshape(-1, 3).tolist()}
    assert PLAIN in found
    assert view.get("mesh-remarks").inner_text() == f"Not known here, and not used: {EVIL}"
    assert view.page.evaluate("window.pwned") is None


def test_what_cannot_be_drawn_is_said(viewer: Callable[[str], Any]) -> None:
    view = viewer("#meshes&tags=odd|broken|large&mesh-limit=100000")
    broken = f"broken {EVIL}"
    lost = int((sheet(0)[1] == 5).any(axis=1).sum())
    assert drawn(view, "odd", broken)["triangles"] == TRIANGLES - lost
    words = card(view, broken, "odd").get_by_test_id("mesh-remarks").inner_text().split("\n")
    assert words == [
        "1 point at NaN or infinity left out",
        f"{lost + 2} of {TRIANGLES + 2} triangles left out: a corner is no point",
    ]
    assert drawn(view, "ours", "odd/one point")["points"] == 1
    assert len(np.unique(pixels(view, "odd/one point").reshape(-1, 3), axis=0)) > 1
    assert card(view, "odd/nothing").locator(".mesh-nothing").inner_text() == "There is no point to draw."
    card(view, "odd/nowhere").get_by_test_id("mesh-remarks").filter(has_text="3 points at NaN").wait_for()
    assert drawn(view, "ours", "large")["points"] == 100_000
    assert "evenly chosen" in card(view, "large").get_by_test_id("mesh-remarks").inner_text()
    view.get("mesh-limit").select_option("300000")
    drawn(view, "ours", "large", 0, lambda now: now["points"] == 100_001)
    assert len(np.unique(pixels(view, "large").reshape(-1, 3), axis=0)) > 20
    # While it is turned fewer may be drawn, at rest all are.
    before = camera_of(view, "ours", "large")
    card(view, "large").get_by_test_id("mesh-view").focus()
    view.page.keyboard.press("ArrowLeft")
    moved(view, before, "large")
    drawn(view, "ours", "large", 0, lambda now: now["points"] == 100_001)
    view.assert_nothing_sticks_out()


def test_any_number_of_cards_needs_one_context_which_may_be_lost(viewer: Callable[[str], Any], page: Any) -> None:
    page.add_init_script(
        """window.contexts = 0;
        const before = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          if (kind.startsWith('webgl')) window.contexts += 1;
          return before.call(this, kind, ...rest);
        };"""
    )
    view = viewer("#meshes&tags=cloud|sheet|batch&mesh-axes=0")
    for item in range(16):
        drawn(view, "ours", "batch", item)
    for run in ("ours", "torch", "x"):
        card(view, "sheet", run).scroll_into_view_if_needed()
        drawn(view, run, "sheet", 0, lambda now: now["triangles"] == TRIANGLES)
    assert page.evaluate("window.contexts") == 1
    page.evaluate("window.lost = window.cellboard.meshStage.lose(); window.lost.loseContext()")
    view.get("mesh-no-drawing").first.wait_for()
    assert "taken the graphics away" in view.get("mesh-no-drawing").first.inner_text()
    before = drawn(view, "ours", "sheet")["times"]
    page.evaluate("window.lost.restoreContext()")
    view.get("mesh-no-drawing").first.wait_for(state="detached")
    drawn(view, "ours", "sheet", 0, lambda now: now["times"] > before and now["triangles"] == TRIANGLES)
    # Not given back: another one, for who asks.
    page.evaluate("window.cellboard.meshStage.lose().loseContext()")
    before = drawn(view, "ours", "sheet")["times"]
    view.get("mesh-no-drawing").first.get_by_role("button").click()
    # That may have scrolled to a card far from this one.
    card(view, "sheet", "ours").scroll_into_view_if_needed()
    drawn(view, "ours", "sheet", 0, lambda now: now["times"] > before and now["triangles"] == TRIANGLES)
    assert page.evaluate("window.contexts") == 2
    # What has left the page is let go.
    held = view.ask("meshStage.held")
    view.get("tag-filter").fill("cloud")
    view.wait(lambda: view.ask("meshStage.held"), lambda now: 0 < now <= 3 < held)


def test_without_webgl_the_page_says_so(viewer: Callable[[str], Any], page: Any) -> None:
    page.add_init_script(
        """const before = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          return kind.startsWith('webgl') ? null : before.call(this, kind, ...rest);
        };"""
    )
    view = viewer("#meshes&runs=ours&tags=sheet")
    view.get("mesh-no-drawing").filter(has_text="no WebGL").wait_for()
    assert view.ask("meshStage.state") == "none"


def test_a_picture_is_saved(viewer: Callable[[str], Any], tmp_path: Path) -> None:
    view = viewer("#meshes&runs=ours&tags=cloud&mesh-axes=0")
    size = drawn(view, "ours", "cloud")["size"]
    with view.page.expect_download() as download:
        card(view, "cloud").get_by_test_id("mesh-save").click()
    assert download.value.suggested_filename == "cloud-ours-step-0.png"
    download.value.save_as(tmp_path / "cloud.png")
    with Image.open(tmp_path / "cloud.png") as picture:
        assert picture.size == (2 * size["width"], 2 * (size["height"] + 48))
        image = np.asarray(picture.convert("RGB"))
    assert share(image, RED) > 0.002
    assert share(image, BLUE) > 0.002


def test_a_saved_page_draws_them_without_a_viewer(viewer: Callable[[str], Any], browser: Any, tmp_path: Path) -> None:
    view = viewer("#meshes&runs=ours&tags=sheet|cloud")
    drawn(view, "ours", "sheet")
    view.get("out-menu").click()
    view.get("out-save").click()
    view.get("save-download").wait_for(timeout=60_000)
    with view.page.expect_download() as download:
        view.get("save-download").click()
    download.value.save_as(tmp_path / "page.html")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_function("() => window.cellboard?.mesh('ours', 'sheet')?.triangles > 0")
    page.wait_for_function("() => window.cellboard?.mesh('ours', 'cloud')?.points === 600")
    context.close()


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures(viewer: Callable[[str], Any], screenshots: Path, theme: str, size: str) -> None:
    view = viewer("#")
    view.page.set_viewport_size({"width": 1400, "height": 900} if size == "wide" else {"width": 900, "height": 700})
    view.goto(f"#meshes&theme={theme}&runs=ours|torch&tags=cloud|sheet")
    drawn(view, "ours", "cloud")
    view.page.screenshot(path=screenshots / f"viewer-meshes-{theme}-{size}.png")
    view.assert_nothing_sticks_out()
    # The page's own colour lies behind.
    wanted = view.page.evaluate(
        "getComputedStyle(document.querySelector('.meshes')).backgroundColor.match(/\\d+/g).map(Number)"
    )
    assert share(pixels(view, "cloud"), tuple(wanted)) > 0.5
    card(view, "cloud").get_by_test_id("full-screen").click()
    drawn(view, "ours", "cloud", 0, lambda now: now["size"]["height"] > 400)
    view.page.screenshot(path=screenshots / f"viewer-meshes-full-{theme}-{size}.png")
