"""The viewer as a person meets it: until it answers, until a line is drawn, what it sends, what it holds."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from .logs import many_scalars
from .measure import OURS, Line, compare, in_fresh_process
from .peers import VIEWERS, resident_memory, running

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A line is drawn when it can be seen: our canvas holds pixels of a run's colour; TensorBoard (which falls back to SVG
# where there is no WebGL) has a path with a shape.
DRAWN = {
    OURS: """() => [...document.querySelectorAll('[data-points] canvas')].some(canvas => {
        if (!canvas.width || !canvas.height) return false;
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        for (let i = 0; i < pixels.length; i += 4) {
            const [r, g, b, alpha] = pixels.subarray(i, i + 4);
            if (alpha > 128 && Math.max(r, g, b) - Math.min(r, g, b) > 60) return true;
        }
        return false;
    })""",
    "tensorboard": """() => [...document.querySelectorAll('line-chart svg path, line-chart canvas')].some(
        shape => shape.tagName === 'CANVAS' || (shape.getAttribute('d') || '').length > 20)""",
}


@contextlib.contextmanager
def _logdir(runs: int = 10, tags: int = 20, points: int = 1000) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield many_scalars(Path(folder), runs, tags, points)


@contextlib.contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def viewer_start() -> Line:
    """From starting the process to its first HTTP answer; 10 runs x 20 tags x 1000 points, warm page cache."""
    with _logdir() as logdir:

        def take(name: str) -> float:
            with running(name, logdir) as viewer:
                viewer.answers()
                return time.perf_counter() - viewer.started

        return compare(
            "viewer answers HTTP", "s", {name: _of(take, name) for name in VIEWERS}, rounds=5, budget="0.35 s"
        )


def first_chart() -> Line:
    """From starting the process to a line on the screen of a Chromium that was already running."""
    with _logdir() as logdir, _browser() as browser:

        def take(name: str) -> float:
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            with running(name, logdir) as viewer:
                page.goto(viewer.answers(), wait_until="commit")
                page.wait_for_function(DRAWN[name], polling=10, timeout=60_000)
                took = time.perf_counter() - viewer.started
                page.context.close()
                return took

        return compare("first chart painted", "s", {name: _of(take, name) for name in VIEWERS}, budget="1.0 s")


def page_weight() -> Line:
    """Script and style that reach the browser until the first chart, unpacked."""
    return _weight("script and style, unpacked", "0.8 MB", lambda response: len(response.body()))


def page_weight_sent() -> Line:
    """The same as sent, compressed where the server compresses."""
    return _weight("script and style, as sent", "0.3 MB", lambda response: response.request.sizes()["responseBodySize"])


def _weight(what: str, budget: str, size: Any) -> Line:
    with _logdir(2, 4, 100) as logdir, _browser() as browser:

        def take(name: str) -> float:
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            sent: list[Any] = []
            page.on("response", lambda response: sent.append(response))
            with running(name, logdir) as viewer:
                page.goto(viewer.answers())
                page.wait_for_function(DRAWN[name], polling=50, timeout=60_000)
                kinds = ("script", "stylesheet", "document")
                total = sum(size(response) for response in sent if response.request.resource_type in kinds)
                page.context.close()
                return float(total)

        return compare(what, "B", {name: _of(take, name) for name in VIEWERS}, rounds=1, budget=budget)


def idle_memory() -> Line:
    """Resident memory 5 s after the first answer, with one page that was opened and closed again."""
    with _logdir() as logdir, _browser() as browser:

        def take(name: str) -> float:
            page = browser.new_context().new_page()
            with running(name, logdir) as viewer:
                page.goto(viewer.answers(), wait_until="commit")
                page.wait_for_function(DRAWN[name], polling=50, timeout=60_000)
                page.context.close()
                time.sleep(5)
                return float(resident_memory(viewer.process))

        return compare(
            "idle viewer, resident", "B", {name: _of(take, name) for name in VIEWERS}, rounds=1, budget="70 MB"
        )


# Frames a second while a graph is dragged back and forth by the wheel, a step a frame, for some seconds.
PANNED = """(seconds) => new Promise(resolve => {
    const drawing = document.querySelector('.graph-above');
    let first = 0, frames = 0, way = 1;
    const step = now => {
        if (!first) first = now;
        else frames += 1;
        if (now - first > 1000 * seconds) return resolve(frames / ((now - first) / 1000));
        if (frames % 90 === 89) way = -way;
        drawing.dispatchEvent(new WheelEvent('wheel', {deltaX: 12 * way, shiftKey: true, cancelable: true}));
        requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
})"""
SHARP = "() => { const graph = window.cellboard?.graphs(1); return graph?.phase === 'open' && graph.isSharp; }"


def graph_panning() -> Line:
    """Frames a second while VGG-16 and ResNet-50, all of them opened, are dragged: the fewer of both, near and far."""
    from .networks import write_graphs

    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        logdir = write_graphs(Path(folder))

        def take() -> float:
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            rates: list[float] = []
            with running(OURS, logdir) as viewer:
                address = viewer.answers()
                for run in ("vgg16", "resnet50"):
                    page.goto("about:blank")
                    page.goto(f"{address}#graphs&graph-run={run}")
                    page.get_by_test_id("graph-open-all").click()
                    page.wait_for_function("() => window.cellboard.graphs(1).boxCount > 60")
                    for _ in ("near", "far"):
                        page.wait_for_function(SHARP)
                        rates.append(page.evaluate(PANNED, 4))
                        page.get_by_test_id("graph-fit").click()
            page.context.close()
            return min(rates)

        return compare("graph panned, all of it open", "frames/s", {OURS: take}, budget="at least 50 frames/s")


# Points, groups, dimensions.
_CLOUD = (100_000, 12, 128)

# Drags through the scene for four seconds, a little each frame; gives frames a second and the least share of points.
_ORBIT = """() => new Promise(done => {
    const scene = document.querySelector('[data-testid=proj-scene]');
    const box = scene.getBoundingClientRect();
    let [x, y, least] = [box.left + 100, box.top + 300, 1];
    scene.setPointerCapture = () => undefined;
    const fire = (kind, buttons) => scene.dispatchEvent(new PointerEvent(kind, {
        clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', button: 0, buttons, bubbles: true }));
    fire('pointerdown', 1);
    const [frames, begun] = [window.cellboard.projector().frames, performance.now()];
    const step = () => {
        [x, y] = [x + 2, y + 0.5];
        fire('pointermove', 1);
        const now = window.cellboard.projector();
        least = Math.min(least, now.share);
        const took = performance.now() - begun;
        if (took < 4000) return void requestAnimationFrame(step);
        fire('pointerup', 0);
        done([1000 * (now.frames - frames) / took, least]);
    };
    requestAnimationFrame(step);
})"""


@contextlib.contextmanager
def _cloud() -> Iterator[Path]:
    """Points of the usual kind in a log: groups in many dimensions, with a label each."""
    import numpy as np
    from cellboard import SummaryWriter

    count, groups, dims = _CLOUD
    noise = np.random.default_rng(1)
    of = noise.integers(0, groups, count)
    points = noise.normal(0, 4, (groups, dims))[of] + noise.normal(0, 1.5, (count, dims))
    with tempfile.TemporaryDirectory() as folder:
        with SummaryWriter(Path(folder, "run")) as writer:
            writer.add_embedding(points.round(4), [f"group {number}" for number in of])
        yield Path(folder)


@contextlib.contextmanager
def _projector(browser: Any, logdir: Path) -> Iterator[tuple[Any, Any]]:
    with running(OURS, logdir) as viewer:
        page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        address = viewer.answers()
        yield page, lambda: page.goto(f"{address}#projector", wait_until="commit")
        page.context.close()


def projector_first() -> Line:
    """From opening the page to the first picture of 100,000 points of 128 dimensions; the viewer was just started."""
    drawn = "() => window.cellboard?.projector()?.frames > 0 && window.cellboard.projector().drawn !== null"
    with _cloud() as logdir, _browser() as browser:

        def take() -> float:
            with _projector(browser, logdir) as (page, go):
                start = time.perf_counter()
                go()
                page.wait_for_function(drawn, polling=10, timeout=120_000)
                return time.perf_counter() - start

        return compare("first picture of 100k x 128", "s", {OURS: take}, budget="3 s")


def projector_frames() -> Line:
    """Frames a second while 100,000 points are turned, without a graphics card; the note says how many are drawn."""
    ready = "() => window.cellboard?.projector()?.drawn?.key === 'pca 3'"
    shares: list[float] = []
    with _cloud() as logdir, _browser() as browser:

        def take() -> float:
            with _projector(browser, logdir) as (page, go):
                go()
                page.wait_for_function(ready, polling=50, timeout=120_000)
                page.wait_for_timeout(1500)
                frames, share = page.evaluate(_ORBIT)
                shares.append(share)
                return float(frames)

        line = compare("turning 100k points", "frames/s", {OURS: take}, budget="10 frames/s")
    return replace(line, note=f"at least {100 * min(shares):.0f} % of the points in each picture")


def load_extension() -> Line:
    """``%load_ext`` in a started IPython; TensorBoard's has the same name."""
    code = (
        "import time; from IPython.core.interactiveshell import InteractiveShell; shell = InteractiveShell.instance(); "
        "start = time.perf_counter(); shell.run_line_magic('load_ext', '{name}'); print(time.perf_counter() - start)"
    )
    takers = {name: partial(in_fresh_process, code.format(name=name)) for name in VIEWERS}
    return compare("%load_ext", "s", takers, budget="60 ms")


def _of(take: Any, name: str) -> Any:
    return lambda: take(name)


LINES = {
    "viewer_start": viewer_start,
    "first_chart": first_chart,
    "page_weight": page_weight,
    "page_weight_sent": page_weight_sent,
    "idle_memory": idle_memory,
    "graph_panning": graph_panning,
    "projector_first": projector_first,
    "projector_frames": projector_frames,
    "load_extension": load_extension,
}
