"""Graphs in the page: from choosing the page, or opening everything, until the picture is whole."""

from __future__ import annotations

import contextlib
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .measure import OURS, Line, compare
from .peers import running
from .viewing import SHARP, _browser

MANY = 10_000

# Milliseconds until a picture is whole, from what `begin` does on.
UNTIL_WHOLE = f"""begin => new Promise(resolve => {{
    const isWhole = {SHARP};
    const before = window.cellboard.graphs(1)?.boxCount ?? 0;
    const begun = performance.now();
    if (begin.startsWith('#')) location.hash = begin;
    else document.querySelector(begin).click();
    let frames = 0;
    const look = () => {{
        const count = window.cellboard.graphs(1)?.boxCount ?? 0;
        // Whole in the frame after as well: it is not the picture before that is.
        frames = count > 0 && count !== before && isWhole() ? frames + 1 : 0;
        if (frames > 2) resolve(performance.now() - begun);
        else requestAnimationFrame(look);
    }};
    look();
}})"""


def graph_first_picture() -> Line:
    """From choosing the page of graphs until VGG-16 or ResNet-50 is drawn: the slower of both."""
    return _slowest("graph opened", "2 s", _networks, ("vgg16", "resnet50"))


def graph_all_open() -> Line:
    """From asking for all of VGG-16 or ResNet-50, which are drawn already: the slower of both."""
    return _slowest("graph, all of it opened", "", _networks, ("vgg16", "resnet50"), opens_all=True)


def graph_of_many() -> Line:
    """From choosing the page of graphs until 10,000 operations are drawn, in scopes or side by side: the slower."""
    return _slowest("graph of 10,000 operations opened", "3 s", many_operations, ("nested", "flat"))


def many_operations(logdir: Path) -> Path:
    """A graph of 10,000 operations in scopes, and one of as many side by side, each fed by some before it."""
    from cellboard import SummaryWriter
    from cellboard.eventlog.event_file_writer import EventFileWriter
    from cellboard.eventlog.graph_messages import GraphDef
    from cellboard.eventlog.messages import Event

    chosen = random.Random(1)
    for run in ("nested", "flat"):
        graph = GraphDef()
        for at in range(MANY):
            scope = f"block_{at // 1000}/layer_{at // 100 % 10}/unit_{at // 10 % 10}/" if run == "nested" else ""
            node = graph.node.add(name=f"{scope}op_{at * 7}", op=chosen.choice(["MatMul", "Add", "Relu", "Conv2D"]))
            for _ in range(chosen.choice([1, 1, 1, 2]) if at else 0):
                node.input.append(graph.node[max(0, at - chosen.choice([1, 1, 1, 2, 3, 3, 5, 50]))].name)
            node.attr["_output_shapes"].list.shape.add(dim=[{"size": 32}, {"size": 64}])
        writer = EventFileWriter(logdir / run)
        writer.add_event(Event(graph_def=graph.SerializeToString(), wall_time=1.0))
        writer.close()
        with SummaryWriter(logdir / run) as scalars:
            scalars.add_scalar("loss", 1.0, 0)
    return logdir


def _networks(logdir: Path) -> Path:
    from cellboard import SummaryWriter

    from .networks import write_graphs

    write_graphs(logdir)
    with SummaryWriter(logdir / "vgg16") as writer:
        writer.add_scalar("loss", 1.0, 0)
    return logdir


def _slowest(
    what: str, budget: str, write: Callable[[Path], Path], runs: tuple[str, ...], opens_all: bool = False
) -> Line:
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        logdir = write(Path(folder))

        def take() -> float:
            with _scalars_page(browser, logdir) as fresh:
                return max(_take(fresh, run, opens_all) for run in runs)

        return compare(what, "s", {OURS: take}, budget=budget)


@contextlib.contextmanager
def _scalars_page(browser: Any, logdir: Path) -> Iterator[Callable[[], Any]]:
    """Give a page of a viewer that shows scalars, a new one each time."""
    with running(OURS, logdir) as viewer:
        address = viewer.answers()

        @contextlib.contextmanager
        def fresh() -> Iterator[Any]:
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            page.goto(f"{address}#scalars")
            page.wait_for_selector("[data-points] canvas")
            yield page
            page.context.close()

        yield fresh


def _take(fresh: Callable[[], Any], run: str, opens_all: bool) -> float:
    with fresh() as page:
        took = page.evaluate(UNTIL_WHOLE, f"#graphs&graph-run={run}")
        if opens_all:
            took = page.evaluate(UNTIL_WHOLE, "[data-testid=graph-open-all]")
        return float(took) / 1000


LINES = {
    "graph_first_picture": graph_first_picture,
    "graph_all_open": graph_all_open,
    "graph_of_many": graph_of_many,
}
