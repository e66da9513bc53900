"""Points of many dimensions in the page: the tutorials' own calls, and what can be done with the points."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import SummaryWriter

CLASSES = ("cat", "dog", "owl", "ray")
COUNT, DIMS = 160, 12
STEPS = (0, 10, 20)
HOSTILE = '"><img src=x onerror=window.pwned=1>'
SIZES = {"wide": (1400, 900), "narrow": (900, 700), "phone": (600, 700)}


def features(step: int) -> np.ndarray[Any, Any]:
    """Four groups that move apart as training goes on; the last point lies far from all others."""
    rng = np.random.default_rng(step)
    middles = np.random.default_rng(5).normal(0, 1 + step / 5, (4, DIMS))
    points = middles[np.arange(COUNT) % 4] + rng.normal(0, 0.4, (COUNT, DIMS))
    points[-1] *= 4
    return points.astype(np.float32)


def names() -> list[str]:
    return [CLASSES[i % 4] for i in range(COUNT)]


def pictures() -> np.ndarray[Any, Any]:
    """8 × 8 pictures, brighter from point to point."""
    return np.broadcast_to(np.linspace(0.2, 1, COUNT, dtype=np.float32)[:, None, None, None], (COUNT, 3, 8, 8)).copy()


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run by torch's writer as its tutorials call it, one by ours, with several columns."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from torch.utils.tensorboard import SummaryWriter as TorchWriter

        root = tmp_path_factory.mktemp("projector") / "runs"
        with TorchWriter(str(root / "torch")) as writer:
            for step in STEPS:
                writer.add_embedding(
                    torch.from_numpy(features(step)),
                    metadata=names(),
                    label_img=torch.from_numpy(pictures()),
                    global_step=step,
                )
    with SummaryWriter(root / "ours") as ours:
        rows = [[f"{name} {i}", name, f"{i / 10}"] for i, name in enumerate(names())]
        rows[3][0] = HOSTILE
        ours.add_embedding(features(20), rows, metadata_header=["name", "kind", "age"], tag="net/features")
    # As programs of TensorFlow leave it, with views that somebody kept.
    other = root / "config"
    other.mkdir()
    (other / "v.tsv").write_text(vectors(20))
    view = {
        "label": "from the log",
        "selectedProjection": "pca",
        "pcaComponentDimensions": [2, 0],
        "selectedPoints": [7],
    }
    (other / "views.json").write_text(json.dumps([{**view, "selectedPoints": [7]}]))
    (other / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "kept" tensor_path: "v.tsv" bookmarks_path: "views.json" }'
    )
    return root


def told(view: Any, until: Callable[[dict[str, Any]], Any] = bool) -> dict[str, Any]:
    """What the page shows, once points and components are here and it is as asked for."""

    def ready(said: dict[str, Any]) -> bool:
        here = said["complete"] and said["drawn"] is not None and said["drawn"]["key"] != "first"
        return here and said["frames"] > 0 and bool(until(said))

    found: dict[str, Any] = view.wait(lambda: view.ask("projector"), ready, seconds=30)
    return found


def resting(view: Any) -> dict[str, Any]:
    """The same once nothing moves: two looks, some frames apart, see one picture."""
    told(view)
    seen: list[Any] = []

    def still(_: Any) -> bool:
        seen.append(view.page.evaluate("[window.cellboard.projector().frames, window.cellboard.projectorPoint(0)]"))
        return len(seen) > 4 and all(one == seen[-1] for one in seen[-4:])

    view.wait(lambda: view.ask("projector"), still, seconds=30)
    return told(view)


def spot(view: Any, row: int) -> dict[str, Any]:
    found: dict[str, Any] = view.wait(lambda: view.ask("projectorPoint", row))
    return found


def components(points: np.ndarray[Any, Any], count: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Coordinates and shares of the variance, by the definition."""
    centred = points.astype(float) - points.mean(axis=0, dtype=float)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    return (left * sizes)[:, :count], (sizes**2 / (sizes**2).sum())[:count]


def distances(points: np.ndarray[Any, Any], row: int, metric: str) -> np.ndarray[Any, Any]:
    points = points.astype(float)
    if metric == "euclidean":
        return np.asarray(np.linalg.norm(points - points[row], axis=1))
    unit = points / np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(1 - unit @ unit[row])


def drag(view: Any, *places: tuple[float, float]) -> None:
    view.page.mouse.move(*places[0])
    view.page.mouse.down()
    for place in places[1:]:
        view.page.mouse.move(*place, steps=4)
    view.page.mouse.up()


def middle(view: Any) -> tuple[float, float]:
    box = view.get("proj-scene").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def saved(view: Any, item: str) -> Path:
    """The file that a choice of the menu gives."""
    view.get("proj-save").click()
    with view.page.expect_download() as download:
        view.get(item).click()
    return Path(download.value.path())


def test_the_tutorials_call_repeated_over_steps(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=torch")
    said = told(view, lambda said: said["pictures"])
    assert (said["points"], said["total"], said["dims"]) == (COUNT, COUNT, DIMS)
    assert said["source"] == {"run": "torch", "name": "default:00020", "step": 20}
    assert {entry["value"]: entry["count"] for entry in said["classes"]} == dict.fromkeys(CLASSES, COUNT // 4)
    assert view.get("proj-steps").get_attribute("data-count") == "3"
    for step, index in ((20, None), (0, 0), (10, 1)):
        if index is not None:
            view.get("proj-step").fill(str(index))
        said = told(
            view, lambda said, step=step: said["source"]["step"] == step and said["title"].endswith(f"{step:05d}")
        )
        coords, shares = components(features(step), 3)
        told(view, lambda said, shares=shares: np.allclose(said["shares"][:3], shares, rtol=1e-3))
        # The picture is that arrangement, moved and scaled as a whole; components have no sign.
        places = np.array([spot(view, row)["place"] for row in range(0, COUNT, 7)])
        expected = coords[::7]
        for axis in range(3):
            assert abs(np.corrcoef(places[:, axis], expected[:, axis])[0, 1]) == pytest.approx(1, abs=1e-3)
    assert "proj-step=10" in view.wait(lambda: view.page.evaluate("location.hash"), lambda at: "proj-step" in at)


def test_new_steps_appear_while_training_goes_on(
    open_viewer: Callable[..., Any], tmp_path: Path, page_errors: list[str]
) -> None:
    with SummaryWriter(tmp_path / "live") as writer:
        writer.add_embedding(features(0), names(), global_step=0)
        view = open_viewer(tmp_path, "#projector")
        told(view, lambda said: said["source"]["step"] == 0)
        assert view.get("proj-steps").count() == 0
        writer.add_embedding(features(10), names(), global_step=10)
        told(view, lambda said: said["source"]["step"] == 10 and said["title"] == "default:00010")
        view.get("proj-step").fill("0")
        told(view, lambda said: said["title"] == "default:00000")
        # What a person chose stays.
        writer.add_embedding(features(20), names(), global_step=20)
        view.page.locator("[data-testid=proj-steps][data-count='3']").wait_for()
        assert told(view)["source"]["step"] == 0
    assert page_errors == []


def test_points_are_drawn_in_the_colours_of_their_classes(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=torch&proj-pictures=0&proj-2d=1&theme=light")
    said = resting(view)
    place = spot(view, COUNT - 1)
    view.page.mouse.move(0, 0)
    shot = view.page.screenshot()
    from PIL import Image

    with Image.open(io.BytesIO(shot)) as image:
        pixel = image.convert("RGB").getpixel((round(place["x"]), round(place["y"])))
        box = view.get("proj-scene").bounding_box()
        area = (box["x"] + 20, box["y"] + 60, box["x"] + box["width"] - 20, box["y"] + box["height"] - 40)
        colors = image.convert("RGB").crop(tuple(map(round, area))).getcolors(1 << 24)
    wanted = tuple(int(place["color"][i : i + 2], 16) for i in (1, 3, 5))
    assert max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) < 40
    found = {color for _, color in colors}
    for entry in said["classes"]:
        own = tuple(int(entry["color"][i : i + 2], 16) for i in (1, 3, 5))
        assert any(max(abs(a - b) for a, b in zip(color, own, strict=True)) < 40 for color in found), entry
    assert said["pictures"] is False
    view.get("proj-pictures").click()
    told(view, lambda said: said["textures"] == 1)


def test_what_is_pointed_at_and_what_is_near(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours&proj-near=7")
    said = resting(view)
    assert (said["label"], said["color"]) == ("name", "kind")
    row = COUNT - 1
    place = spot(view, row)
    view.page.mouse.move(place["x"] + 1, place["y"])
    told(view, lambda said: said["pointed"] == row)
    assert view.get("proj-tip-label").text_content() == place["label"] == f"ray {row}"
    view.page.mouse.click(place["x"], place["y"])
    for metric in ("cosine", "euclidean"):
        view.get("proj-metric").locator(f"[data-value={metric}]").click()
        expected = distances(features(20), row, metric)
        order = np.argsort(expected, kind="stable")[1:8]
        said = told(
            view,
            lambda said, expected=expected, order=order: (
                [one["row"] for one in said["near"]] == order.tolist()
                and np.allclose([one["distance"] for one in said["near"]], expected[order], atol=1e-4)
            ),
        )
        assert said["picked"] == row
        assert sorted(said["marked"]) == sorted([row, *order.tolist()])
    rows = view.page.locator("[data-testid=proj-neighbour]")
    assert [rows.nth(i).locator(".proj-ellipsis").text_content() for i in range(7)] == [
        f"{names()[i]} {i}" for i in order
    ]
    # All that is known of it, and the way to another one.
    card = view.get("proj-card").inner_text()
    assert all(text in card for text in ("name", f"ray {row}", "kind", "age", str(row / 10)))
    view.get("proj-near-count").fill("12")
    told(view, lambda said: len(said["near"]) == 12)
    rows.first.click()
    told(view, lambda said: said["picked"] == order[0])
    # The address holds the point.
    view.wait(lambda: view.page.evaluate("location.hash"), lambda at: f"proj-point={order[0]}" in at)
    view.page.reload()
    told(view, lambda said: said["picked"] == order[0] and len(said["near"]) == 12)
    view.get("proj-clear").click()
    told(view, lambda said: said["picked"] == -1 and not said["marked"])


def test_boxes_and_loops_select_and_what_is_selected_can_stand_alone(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours&proj-2d=1")
    resting(view)
    spots = {row: spot(view, row) for row in range(COUNT)}

    def inside(left: float, top: float, right: float, bottom: float) -> list[int]:
        return [row for row, at in spots.items() if left < at["x"] < right and top < at["y"] < bottom]

    xs = sorted(at["x"] for at in spots.values())
    ys = [at["y"] for at in spots.values()]
    half = (xs[COUNT // 2] + xs[COUNT // 2 - 1]) / 2
    top, bottom = min(ys) - 8, max(ys) + 8
    view.get("proj-mode-box").click()
    drag(view, (xs[0] - 8, top), (half, bottom))
    left = inside(xs[0] - 8, top, half, bottom)
    assert 0 < len(left) < COUNT
    told(view, lambda said: sorted(said["marked"]) == left)
    # A loop, and with Shift what it holds as well.
    view.get("proj-mode-lasso").click()
    few = xs[-6] - 1
    view.page.keyboard.down("Shift")
    drag(view, (few, top), (xs[-1] + 8, top), (xs[-1] + 8, bottom), (few, bottom))
    view.page.keyboard.up("Shift")
    both = sorted({*left, *inside(few, top, xs[-1] + 8, bottom)})
    assert len(both) > len(left)
    said = told(view, lambda said: sorted(said["marked"]) == both)
    assert view.get("proj-marked").get_attribute("data-count") == str(len(both))
    view.get("proj-isolate").click()
    _, shares = components(features(20)[both], 3)
    said = told(view, lambda said: said["points"] == len(both) and np.allclose(said["shares"][:3], shares, rtol=1e-3))
    assert said["isolated"] == both
    assert view.get("proj-count").text_content().startswith(f"{len(both)} of {COUNT} points")
    view.get("proj-show-all").click()
    told(view, lambda said: said["points"] == COUNT and said["isolated"] is None)
    view.get("proj-scene").focus()
    view.page.keyboard.press("v")
    assert view.get("proj-scene").get_attribute("data-mode") == "move"
    view.page.keyboard.press("Escape")
    told(view, lambda said: not said["marked"])


def test_search_by_text_and_by_pattern(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours")
    told(view)
    view.get("proj-search").fill("owl 1")
    wanted = [row for row, name in enumerate(names()) if f"{name} {row}".startswith("owl 1")]
    told(view, lambda said: said["hits"] == wanted and sorted(said["marked"]) == wanted)
    assert view.page.locator("[data-testid=proj-hit]").count() == len(wanted)
    view.get("proj-search").fill("^(cat|dog) .$")
    told(view, lambda said: said["hits"] == [])
    view.get("proj-search-regex").click()
    told(view, lambda said: said["hits"] == [0, 1, 4, 5, 8, 9])
    view.page.locator("[data-testid=proj-hit]").nth(2).click()
    told(view, lambda said: said["picked"] == 4)
    view.get("proj-search").fill("(")
    view.page.locator("[data-testid=proj-search-error]", has_text="Not a regular expression").wait_for()
    view.get("proj-search-column").select_option(label="kind")
    view.get("proj-search").fill("cat|dog|owl")
    told(view, lambda said: said["hits"] is not None and len(said["hits"]) == 120)
    assert view.page.locator("[data-testid=proj-hit]").count() == 100
    assert view.get("proj-hit-count").get_attribute("data-count") == "120"
    view.get("proj-search").press("Escape")
    told(view, lambda said: said["hits"] is None and not said["marked"])
    # What a log says is text.
    view.get("proj-search-column").select_option(label="name")
    view.get("proj-search").fill(HOSTILE[:8])
    view.get("proj-search-regex").click()
    view.page.locator("[data-testid=proj-hit]").first.click()
    told(view, lambda said: said["picked"] == 3)
    assert HOSTILE in view.get("proj-card").inner_text()
    assert view.page.evaluate("window.pwned") is None


def test_colours_names_and_their_legend(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours")
    said = told(view)
    assert (said["coloring"], said["color"]) == ("classes", "kind")
    legend = view.page.locator("[data-testid=proj-class]")
    assert [legend.nth(i).get_attribute("data-value") for i in range(4)] == list(CLASSES)
    legend.nth(1).click()
    told(view, lambda said: said["marked"] == list(range(1, COUNT, 4)))
    legend.nth(2).click(modifiers=["Shift"])
    told(view, lambda said: len(said["marked"]) == COUNT // 2)
    view.get("proj-color").select_option(label="age")
    said = told(view, lambda said: said["coloring"] == "gradient")
    gradient = view.get("proj-gradient")
    assert float(gradient.get_attribute("data-low")) == 0
    assert float(gradient.get_attribute("data-high")) == (COUNT - 1) / 10
    assert spot(view, 0)["color"] != spot(view, COUNT - 1)["color"]
    view.get("proj-classes").check()
    said = told(view, lambda said: said["coloring"] == "classes")
    assert len(said["classes"]) == COUNT
    # Many classes are folded.
    assert legend.count() == 12
    view.get("proj-legend-more").click()
    view.wait(lambda: legend.count(), lambda count: count > 12)
    view.get("proj-color").select_option(label="nothing")
    told(view, lambda said: said["coloring"] == "none")
    view.get("proj-label").select_option(label="kind")
    assert view.wait(lambda: spot(view, 5)["label"], lambda label: label == "dog")
    view.get("proj-clear").click()
    told(view, lambda said: said["labels"] == 0)
    view.get("proj-names").click()
    told(view, lambda said: 0 < said["labels"] <= 160)
    view.wait(
        lambda: view.page.evaluate("location.hash"),
        lambda at: all(part in at for part in ("proj-color=-", "proj-names")),
    )
    view.page.reload()
    told(view, lambda said: said["coloring"] == "none" and said["label"] == "kind" and said["labels"] > 0)


def test_components_dimensions_and_sphereizing(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours")
    said = resting(view)
    coords, shares = components(features(20), 10)
    assert said["shares"] == pytest.approx(shares, rel=1e-3)
    assert said["drawn"]["dims"] == 3
    view.get("proj-component-x").select_option("3")
    view.get("proj-dims").locator("[data-value='2']").click()
    told(view, lambda said: said["drawn"]["dims"] == 2)
    wanted = f"{100 * (shares[3] + shares[1]):.0f} %"
    view.page.locator("[data-testid=proj-variance]", has_text=wanted).wait_for()
    places = np.array([spot(view, row)["place"] for row in range(0, COUNT, 5)])
    assert abs(np.corrcoef(places[:, 0], coords[::5, 3])[0, 1]) == pytest.approx(1, abs=1e-3)
    assert abs(np.corrcoef(places[:, 1], coords[::5, 1])[0, 1]) == pytest.approx(1, abs=1e-3)
    assert not places[:, 2].any()
    view.get("proj-sphereize").check()
    centred = features(20).astype(float) - features(20).mean(axis=0, dtype=float)
    _, sphere = components(centred / np.linalg.norm(centred, axis=1, keepdims=True), 10)
    told(view, lambda said: np.allclose(said["shares"], sphere, rtol=2e-3))
    view.wait(lambda: view.page.evaluate("location.hash"), lambda at: "proj-sphere" in at and "proj-pc=4,2,3" in at)
    view.page.reload()
    told(view, lambda said: said["drawn"]["dims"] == 2 and np.allclose(said["shares"], sphere, rtol=2e-3))


def test_the_camera_turns_moves_and_zooms(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours")
    before = resting(view)["camera"]
    x, y = middle(view)
    drag(view, (x, y + 200), (x + 120, y + 240))
    turned = told(view, lambda said: said["camera"]["yaw"] != before["yaw"])["camera"]
    assert turned["distance"] == before["distance"]
    assert turned["pitch"] != before["pitch"]
    view.page.mouse.move(x, y)
    view.page.mouse.wheel(0, -240)
    nearer = told(view, lambda said: said["camera"]["distance"] < before["distance"])["camera"]
    drag_right = (x + 40, y)
    view.page.mouse.move(x, y)
    view.page.mouse.down(button="right")
    view.page.mouse.move(*drag_right, steps=4)
    view.page.mouse.up(button="right")
    moved = told(view, lambda said: said["camera"]["target"] != nearer["target"])["camera"]
    assert moved["yaw"] == nearer["yaw"]

    # The address holds it, roughly.
    def holds(at: str) -> bool:
        said = re.search(r"proj-camera=([^&]*)", at)
        numbers = [float(part) for part in said[1].split(",")] if said else []
        return len(numbers) == 6 and numbers[3:] == pytest.approx(moved["target"], abs=1e-3)

    view.wait(lambda: view.page.evaluate("location.hash"), holds)
    view.page.reload()
    again = told(view)["camera"]
    assert again["yaw"] == pytest.approx(moved["yaw"], abs=1e-3)
    assert again["target"] == pytest.approx(moved["target"], abs=1e-3)
    scene = view.get("proj-scene")
    scene.focus()
    view.page.keyboard.press("ArrowRight")
    told(view, lambda said: said["camera"]["yaw"] != again["yaw"])
    view.page.keyboard.press("Shift+ArrowUp")
    told(view, lambda said: said["camera"]["target"] != again["target"])
    view.page.keyboard.press("-")
    told(view, lambda said: said["camera"]["distance"] > again["distance"])
    view.page.keyboard.press("0")
    assert told(view, lambda said: said["camera"]["yaw"] == before["yaw"])["camera"] == before
    # Nothing is drawn while nothing changes.
    resting(view)


@pytest.mark.parametrize("kind", ["tsne", "umap"])
def test_layouts_run_pause_and_begin_anew(viewer: Callable[[str], Any], kind: str) -> None:
    view = viewer("#projector&proj-run=ours&proj-near=12")
    told(view)
    view.get("proj-view").locator(f"[data-value={kind}]").click()
    told(view, lambda said: said["layout"] and said["layout"]["iteration"] > 2 and said["drawn"]["key"] == f"{kind} 3")
    if view.get("proj-run-layout").text_content() == "Pause":
        view.get("proj-run-layout").click()
        told(view, lambda said: said["layout"]["phase"] in ("paused", "done"))
    said = told(view)
    if said["layout"]["phase"] == "paused":
        held = said["layout"]["iteration"]
        view.get("proj-run-layout").click()
        told(view, lambda said: said["layout"]["iteration"] > held)
    # Groups that are groups in many dimensions are so here.
    view.get("proj-dims").locator("[data-value='2']").click()
    told(view, lambda said: said["drawn"]["key"] == f"{kind} 2" and said["layout"]["iteration"] > 150)
    places = np.array([spot(view, row)["place"][:2] for row in range(COUNT - 1)])
    same = [
        np.mean((np.argsort(np.linalg.norm(places - place, axis=1))[1:11] - row) % 4 == 0)
        for row, place in enumerate(places)
    ]
    assert np.mean(same) > 0.9
    before = told(view)["layout"]["iteration"]
    view.get("proj-shake").click()
    told(view, lambda said: said["layout"]["iteration"] > before)
    view.get("proj-supervise").select_option(label="kind")
    view.get("proj-supervise-weight").fill("80")
    view.get("proj-restart").click()
    told(view, lambda said: said["layout"]["iteration"] > 5 and said["layout"]["phase"] != "failed")
    view.wait(lambda: view.page.evaluate("location.hash"), lambda at: "proj-supervise=kind" in at)


def test_axes_of_ones_own(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours&proj=custom&proj-axes-by=kind")
    view.wait(lambda: view.ask("projector"), lambda said: said["complete"])
    view.get("proj-end-left").fill("cat")
    view.get("proj-end-right").fill("dog")
    view.get("proj-end-up").fill("^o.l$")
    for end, count in (("left", 40), ("right", 40), ("up", 0)):
        view.page.locator(f"[data-testid=proj-matched-{end}]", has_text=str(count)).wait_for()
    view.get("proj-ends-regex").check()
    view.page.locator("[data-testid=proj-matched-up]", has_text="40").wait_for()
    told(view, lambda said: said["drawn"] == {"dims": 2, "key": "custom"})
    points = features(20).astype(float)
    axis = points[1::4].mean(axis=0) - points[0::4].mean(axis=0)
    places = np.array([spot(view, row)["place"] for row in range(COUNT)])
    assert np.corrcoef(places[:, 0], points @ axis)[0, 1] == pytest.approx(1, abs=0.02)
    view.get("proj-end-down").fill("(")
    view.get("proj-ends-error").wait_for()


def vectors(count: int, dims: int = 3) -> str:
    return "".join("\t".join(str((i * 7 + d * 3) % 11) for d in range(dims)) + "\n" for i in range(count))


def test_files_of_ones_own(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours")
    told(view)
    text = "text/tab-separated-values"
    wrong = {"name": "v.tsv", "mimeType": text, "buffer": b"1\t2\t3\n4\tx\t6\n"}
    view.get("proj-open-files").click()
    view.get("proj-vectors").set_input_files(wrong)
    view.get("proj-files-show").click()
    view.page.locator("[data-testid=proj-files-error]", has_text="2").wait_for()
    view.get("proj-vectors").set_input_files({"name": "v.tsv", "mimeType": text, "buffer": vectors(30).encode()})
    labels = "word\tgroup\n" + "".join(f"w{i}\t{'ab'[i % 2]}\n" for i in range(30))
    view.get("proj-metadata").set_input_files({"name": "m.tsv", "mimeType": text, "buffer": labels.encode()})
    view.get("proj-files-show").click()
    said = told(view, lambda said: said["title"] == "v.tsv")
    assert (said["source"], said["points"], said["dims"], said["label"]) == (None, 30, 3, "word")
    assert [entry["value"] for entry in said["classes"]] == ["a", "b"]
    view.get("proj-close-files").click()
    told(view, lambda said: said["points"] == COUNT)
    # Dropped on the page.
    drop = """([vectors, labels]) => {
      const data = new DataTransfer();
      data.items.add(new File([labels], 'metadata.tsv'));
      data.items.add(new File([vectors], 'vectors.tsv'));
      const at = document.querySelector('[data-testid=proj-scene]');
      for (const kind of ['dragenter', 'dragover', 'drop'])
        at.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    view.page.evaluate(drop, [vectors(25, 5), "".join(f"w{i}\n" for i in range(25))])
    said = told(view, lambda said: said["title"] == "vectors.tsv")
    assert (said["points"], said["dims"]) == (25, 5)
    assert spot(view, 7)["label"] == "w7"


def test_bookmarks_hold_views_and_are_files(viewer: Callable[[str], Any], tmp_path: Path) -> None:
    view = viewer("#projector&proj-run=ours")
    resting(view)
    view.page.locator("[data-testid=proj-class]").nth(0).click()
    x, y = middle(view)
    drag(view, (x, y + 200), (x + 90, y + 220))
    kept = told(view, lambda said: len(said["marked"]) == 40 and abs(said["camera"]["yaw"] + 0.6) > 0.1)
    view.get("proj-bookmark-name").fill("cats from the side")
    view.get("proj-bookmark-add").click()
    view.get("proj-clear").click()
    view.get("proj-dims").locator("[data-value='2']").click()
    view.get("proj-color").select_option(label="age")
    view.get("proj-component-x").select_option("4")
    told(view, lambda said: said["coloring"] == "gradient" and said["drawn"]["dims"] == 2 and not said["marked"])
    view.get("proj-bookmark-add").click()

    def is_kept(said: dict[str, Any]) -> bool:
        same = all(said[part] == kept[part] for part in ("color", "view", "drawn", "marked"))
        return same and said["camera"]["yaw"] == pytest.approx(kept["camera"]["yaw"], abs=1e-3)

    marks = view.page.locator("[data-testid=proj-bookmark]")
    marks.nth(0).click()
    told(view, is_kept)
    marks.nth(1).click()
    told(view, lambda said: said["coloring"] == "gradient" and said["drawn"]["dims"] == 2)
    with view.page.expect_download() as download:
        view.get("proj-bookmarks-save").click()
    file = tmp_path / "bookmarks.json"
    download.value.save_as(file)
    assert [state["label"] for state in json.loads(file.read_text())] == ["cats from the side", "View 2"]
    view.get("proj-bookmark-delete").nth(0).click()
    assert told(view, lambda said: len(said["bookmarks"]) == 1)["bookmarks"] == ["View 2"]
    # Another day, in another page.
    view.goto("#projector&proj-run=ours")
    told(view)
    view.get("proj-bookmarks-load").set_input_files(file)
    told(view, lambda said: said["bookmarks"] == ["cats from the side", "View 2"])
    marks.nth(0).click()
    told(view, is_kept)
    # As TensorBoard's projector writes them.
    theirs = [
        {
            "label": "State 0",
            "selectedProjection": "tsne",
            "tSNEis3d": False,
            "tSNEIteration": 412,
            "projections": [{"tsne-0": math.cos(i), "tsne-1": math.sin(i)} for i in range(COUNT)],
            "selectedPoints": [9],
            "selectedColorOptionName": "age",
            "selectedLabelOption": "kind",
            "cameraDef": {"orthographic": True, "position": [0, 0, 10], "target": [0, 0, 0], "zoom": 1},
        }
    ]
    file.write_text(json.dumps(theirs))
    view.get("proj-bookmarks-load").set_input_files(file)
    told(view, lambda said: said["bookmarks"][-1] == "State 0")
    marks.nth(2).click()
    said = told(view, lambda said: said["drawn"]["key"] == "tsne 2" and said["picked"] == 9)
    assert (said["color"], said["label"], said["layout"]["iteration"]) == ("age", "kind", 412)
    place = np.array(spot(view, 3)["place"][:2])
    assert place == pytest.approx([math.cos(3), math.sin(3)], abs=0.01)
    file.write_text("[1, 2]")
    view.get("proj-bookmarks-load").set_input_files(file)
    view.get("proj-bookmarks-error").wait_for()


def test_views_that_a_configuration_offers_are_bookmarks(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=config")
    told(view, lambda said: said["bookmarks"] == ["from the log"])
    view.get("proj-bookmark").click()
    told(view, lambda said: said["picked"] == 7 and said["drawn"]["dims"] == 2)
    view.wait(lambda: view.page.evaluate("location.hash"), lambda at: "proj-pc=3,1,3" in at)


def test_the_projection_as_a_file(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours")
    resting(view)
    rows = list(csv.DictReader(io.StringIO(saved(view, "proj-save-csv").read_text())))
    assert list(rows[0]) == ["row", "x", "y", "z", "name", "kind", "age"]
    coords, _ = components(features(20), 3)
    for axis, name in enumerate("xyz"):
        said = np.array([float(row[name]) for row in rows])
        assert np.abs(said) == pytest.approx(np.abs(coords[:, axis]), abs=1e-2)
    assert [row["kind"] for row in rows] == names()
    assert rows[3]["name"].endswith(HOSTILE)
    lines = saved(view, "proj-save-tsv").read_text().splitlines()
    assert len(lines) == COUNT + 1
    from PIL import Image

    with Image.open(saved(view, "proj-save-png")) as image:
        box = view.get("proj-scene").bounding_box()
        assert image.size == pytest.approx((2 * box["width"], 2 * box["height"]), abs=2)
        assert len(image.convert("RGB").getcolors(1 << 24)) > 50
    svg = saved(view, "proj-save-svg").read_text()
    assert svg.count("<circle") == COUNT
    assert "PC 1" in svg


def test_an_even_sample_is_said_to_be_one(
    open_viewer: Callable[..., Any], tmp_path: Path, page_errors: list[str]
) -> None:
    with SummaryWriter(tmp_path / "many") as writer:
        angles = np.linspace(0, 300, 100_600)
        writer.add_embedding(np.stack([np.cos(angles), np.sin(angles) * angles], 1).round(3))
    view = open_viewer(tmp_path, "#projector")
    said = told(view)
    assert (said["points"], said["total"]) == (100_000, 100_600)
    assert view.get("proj-count").text_content().replace("\u2009", "") == "100000 of 100600 points · 2 dimensions"
    assert "even sample" in view.get("proj-notes").inner_text()
    assert page_errors == []


def test_a_scene_that_is_lost_comes_back(viewer: Callable[[str], Any]) -> None:
    view = viewer("#projector&proj-run=ours")
    resting(view)
    view.page.evaluate(
        """() => {
          const canvas = document.querySelector('.scene-points');
          window.lose = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
          window.lose.loseContext();
        }"""
    )
    told(view, lambda said: said["scene"] == "lost")
    assert "drawn again" in view.get("proj-notice").inner_text()
    frames = told(view)["frames"]
    view.page.evaluate("window.lose.restoreContext()")
    told(view, lambda said: said["scene"] == "drawn" and said["frames"] > frames)
    assert view.get("proj-notice").count() == 0


def test_without_webgl_the_page_says_so_and_the_rest_works(viewer: Callable[[str], Any], page: Any) -> None:
    page.add_init_script(
        """const before = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          return kind.startsWith('webgl') ? null : before.call(this, kind, ...rest);
        };"""
    )
    view = viewer("#projector&proj-run=ours")
    view.wait(lambda: view.ask("projector"), lambda said: said["complete"])
    assert "WebGL" in view.get("proj-notice").inner_text()
    view.get("proj-search").fill("owl 2")
    view.page.locator("[data-testid=proj-hit]").first.click()
    view.wait(lambda: view.ask("projector"), lambda said: said["picked"] == 2 and len(said["near"]) == 100)


def test_a_log_without_embeddings_offers_ones_own_files(open_viewer: Callable[..., Any], tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "run") as writer:
        writer.add_scalar("loss", 1.0, 0)
    view = open_viewer(tmp_path, "#projector")
    view.get("no-tags").wait_for()
    assert "add_embedding" in view.get("no-tags").inner_text()
    view.get("proj-open-files").click()
    file = {"name": "own.tsv", "mimeType": "text/plain", "buffer": vectors(12).encode()}
    view.get("proj-vectors").set_input_files(file)
    view.get("proj-files-show").click()
    told(view, lambda said: said["points"] == 12)


def test_a_saved_page_shows_the_points_without_a_viewer(
    viewer: Callable[[str], Any], browser: Any, tmp_path: Path
) -> None:
    view = viewer("#projector&proj-run=torch&proj-2d=1&proj-point=9&proj-near=6")
    there = told(view, lambda said: len(said["near"]) == 6)
    view.get("out-menu").click()
    view.get("out-save").click()
    view.get("save-download").wait_for()
    with view.page.expect_download() as download:
        view.get("save-download").click()
    file = tmp_path / "saved.html"
    download.value.save_as(file)
    context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_function(
        "() => window.cellboard?.projector()?.near.length === 6 && window.cellboard.projector().pictures"
    )
    here = page.evaluate("window.cellboard.projector()")
    assert [here[part] for part in ("near", "shares", "classes")] == [
        there[part] for part in ("near", "shares", "classes")
    ]
    # Its workers are in the file as well.
    page.get_by_test_id("proj-view").locator("[data-value=umap]").click()
    page.wait_for_function("() => window.cellboard.projector().layout?.iteration > 10")
    context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_of_the_page(viewer: Callable[[str], Any], screenshots: Path, theme: str, size: str) -> None:
    view = viewer("#")
    view.page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    run = "torch" if theme == "light" else "ours"
    view.goto(f"#projector&theme={theme}&proj-run={run}&proj-point=8&proj-near=10")
    resting(view)
    view.page.screenshot(path=screenshots / f"viewer-projector-{theme}-{size}.png")
    view.assert_nothing_sticks_out()
    for side in ("left", "right"):
        toggle = view.get(f"proj-toggle-{side}")
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
            view.page.locator(f".proj-panel.{side}").wait_for()
            view.assert_nothing_sticks_out()
            view.page.screenshot(path=screenshots / f"viewer-projector-{theme}-{size}-{side}.png")
