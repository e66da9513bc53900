"""Pictures of every page of the viewer in both themes and two sizes, to be looked at."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import SummaryWriter

RUNS = {"mlp/lr=0.01": 55, "mlp/lr=0.1": 30, "convnet/lr=0.01": 40, "convnet/lr=0.1": 18, "convnet/lr=0.1-dropout": 24}
STEPS = 400
SIZES = {"wide": (1400, 900), "narrow": (900, 700)}
READY = {
    "timeseries": "[data-testid=scalar-chart][data-points]",
    "scalars": "[data-testid=scalar-chart][data-points]",
    "images": "[data-testid=image]",
    "histograms": "[data-testid=histogram][data-steps='40']",
    "texts": "[data-testid=markdown] :is(p, table)",
}
NOTE = """### Epoch {epoch}

Validation loss **{loss:.4f}** with `lr={rate}`. The [schedule](https://example.com) halves the rate each epoch.

| layer  | parameters | gradient norm |
|--------|-----------:|--------------:|
| conv1  |        320 |          0.12 |
| dense1 |      7 850 |          0.48 |

```python
optimizer.step()
```
"""


def blob(step: int, phase: float) -> np.ndarray[Any, Any]:
    """8 × 3 small pictures in a grid, as `make_grid` lays out a batch."""
    rows, columns = np.mgrid[0:24, 0:24]
    tiles = []
    for tile in range(24):
        angle = phase + tile / 4 + step / 60
        x, y = 12 + 6 * math.cos(angle), 12 + 6 * math.sin(angle)
        tiles.append(np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / 18))
    return np.concatenate([np.concatenate(tiles[i : i + 8], axis=1) for i in (0, 8, 16)], axis=0)[None]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("screens") / "digits"
    noise = np.random.default_rng(11)
    for number, (name, pace) in enumerate(RUNS.items()):
        with SummaryWriter(str(folder / name)) as writer:
            for step in range(STEPS):
                at = 1_750_000_000 + 900 * number + 1.5 * step
                loss = 2.2 * math.exp(-step / pace) + 0.08 + 0.02 * number
                jitter = 1 + 0.12 * noise.standard_normal()
                writer.add_scalar("train/loss", loss * abs(jitter), step, walltime=at)
                writer.add_scalar("train/accuracy", min(1.0, 1 - loss / 2.6 + 0.01 * jitter), step, walltime=at)
                norm = math.inf if step == 150 and number == 1 else abs(jitter) * loss
                writer.add_scalar("train/grad_norm", norm, step, walltime=at)
                writer.add_scalar("lr", 0.1 * 0.5 ** (step // 80) / (number + 1), step, walltime=at)
                if step % 25 == 0:
                    writer.add_scalar("val/loss", loss * 1.15 + 0.02, step, walltime=at)
                    writer.add_scalar("val/accuracy", 1 - loss / 2.4, step, walltime=at)
                if step % 10 == 0:
                    weights = noise.normal(0.3 * math.sin(step / 90), 0.2 + step / 900, 2000)
                    writer.add_histogram("weights/dense1", weights, step, walltime=at)
                    writer.add_histogram("weights/conv1", np.abs(weights) ** 1.5 - 0.2, step, walltime=at)
                    writer.add_image("samples/batch", blob(step, number), step, walltime=at)
                    writer.add_image("samples/filter", blob(step, number)[:, :24, :24], step, walltime=at)
                if step % 100 == 0:
                    writer.add_text("notes", NOTE.format(epoch=step // 100, loss=loss, rate=0.01), step, walltime=at)
    return serve(folder)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", READY)
def test_pictures_of_the_pages(
    open_viewer: Callable[..., Any], address: str, screenshots: Path, kind: str, theme: str, size: str
) -> None:
    state = f"#{kind}&theme={theme}" + ("&smoothing=0.8" if kind in ("timeseries", "scalars") else "")
    width, height = SIZES[size]
    view = open_viewer(Path(), "#", address)
    view.page.set_viewport_size({"width": width, "height": height})
    view.goto(state)
    view.page.locator(READY[kind]).first.wait_for()
    view.page.wait_for_timeout(500)
    view.page.screenshot(path=screenshots / f"viewer-{kind}-{theme}-{size}.png")
    view.assert_nothing_sticks_out()
    dark = view.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(int(part) for part in dark.strip("rgb()").split(",")[:3]) < 150) == (theme == "dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_of_pointing(open_viewer: Callable[..., Any], address: str, screenshots: Path, theme: str) -> None:
    view = open_viewer(Path(), f"#scalars&theme={theme}&smoothing=0.6&tags=train", address)
    view.chart("train/loss")
    box = view.page.locator('[data-testid=scalar-chart][data-tag="train/loss"] .u-over').bounding_box()
    view.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5)
    view.get("tooltip").wait_for()
    view.page.screenshot(path=screenshots / f"viewer-tooltip-{theme}.png")
    view.goto(f"#histograms&theme={theme}&histograms=overlay")
    view.histogram("mlp/lr=0.01", "weights/dense1")
    box = view.get("histogram").first.bounding_box()
    view.page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    view.get("histogram-tooltip").wait_for()
    view.page.screenshot(path=screenshots / f"viewer-overlay-{theme}.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_of_nothing(
    open_viewer: Callable[..., Any], screenshots: Path, tmp_path: Path, theme: str, address: str
) -> None:
    view = open_viewer(tmp_path / "runs", f"#theme={theme}")
    view.get("log-missing").wait_for()
    view.page.screenshot(path=screenshots / f"viewer-missing-{theme}.png")
    view.page.route("**/api/v1/status", lambda route: route.abort())
    view.get("banner").wait_for()
    view.page.screenshot(path=screenshots / f"viewer-gone-{theme}.png")
    view.assert_nothing_sticks_out()


SERIES = {
    "values": "at=60,220&smoothing=0.6&tags=train&pin=scalars:val/loss",
    "groups": "group=folder&group-band=minmax&group-runs=1&tags=loss|acc"
    "&pin=panel:%5B1,%22Losses%22,%22%22,%22train/loss%22,%22val/loss%22%5D",
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", SERIES)
def test_pictures_of_time_series(
    open_viewer: Callable[..., Any], screenshots: Path, address: str, state: str, theme: str, size: str
) -> None:
    view = open_viewer(Path(), "#", address)
    view.page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    view.goto(f"#timeseries&theme={theme}&{SERIES[state]}")
    view.page.locator(READY["timeseries"]).first.wait_for()
    if state == "values":
        view.page.locator("[data-testid=value-table] td[data-value]").first.wait_for()
    view.page.wait_for_timeout(500)
    view.page.screenshot(path=screenshots / f"viewer-timeseries-{state}-{theme}-{size}.png")
    view.assert_nothing_sticks_out()
    if state == "groups":
        view.get("groups").click()
        view.get("group-list").wait_for()
        view.page.screenshot(path=screenshots / f"viewer-timeseries-{state}-panel-{theme}-{size}.png")
        view.assert_nothing_sticks_out()
