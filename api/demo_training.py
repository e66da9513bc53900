"""The demo's training: three learning rates side by side, logged as a user would log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .demo_network import CLASSES, SIDE, Digits, Network, confusion, score
from .eventlog import SummaryWriter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .demo_network import Floats

LEARNING_RATES = (0.003, 0.03, 0.3)
BATCH = 256
MOST_SHOWN = 64


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the training is: the step just done, and loss and accuracy on the validation images, one a run."""

    step: int
    loss: list[float]
    accuracy: list[float]


@dataclass
class _Run:
    network: Network
    writer: SummaryWriter


def train(digits: Digits, logdir: Path, steps: int) -> Iterator[Progress]:
    """Train one network for each learning rate, all at once, logging to ``logdir/lr=<rate>``.

    Yields
    ------
    Progress
        About twenty times, evenly, and at the end.
    """
    rng = np.random.default_rng(1)
    with ExitStack() as stack:
        runs = [
            _Run(Network(rate), stack.enter_context(SummaryWriter(new_folder(logdir / f"lr={rate:g}"))))
            for rate in LEARNING_RATES
        ]
        for run in runs:
            _describe(run, digits, steps)
        for step in range(1, steps + 1):
            _step(runs, digits, rng, step)
            if step % max(1, steps // 20) == 0 or step == steps:
                yield _validate(runs, digits, step)
            if step % max(1, steps // 5) == 0 or step == steps:
                _look_closer(runs, digits, step)
        for run in runs:
            _conclude(run, digits, steps)


def new_folder(wanted: Path) -> Path:
    """Return ``wanted``, or with ``-2``, ``-3``… after it: a run is never mixed with an earlier one."""
    number, path = 1, wanted
    while path.exists():
        number += 1
        path = wanted.with_name(f"{wanted.name}-{number}")
    return path


def _describe(run: _Run, digits: Digits, steps: int) -> None:
    net, writer = run.network, run.writer
    table = {
        "learning rate": net.learning_rate,
        "momentum": net.momentum,
        "hidden units": net.hidden,
        "batch": BATCH,
        "steps": steps,
        "training images": len(digits.train_x),
        "validation images": len(digits.val_x),
    }
    rows = "\n".join(f"| {name} | {value} |" for name, value in table.items())
    writer.add_text("about", f"A two-layer network that reads **handwritten digits**.\n\n| | |\n|---|---|\n{rows}")
    sample = digits.val_x[:MOST_SHOWN].reshape(-1, SIDE, SIDE)
    writer.add_image("images/inputs", grid(sample), 0, dataformats="HW")


def _step(runs: list[_Run], digits: Digits, rng: np.random.Generator, step: int) -> None:
    x, y = digits.batch(rng, BATCH)
    for run in runs:
        loss, accuracy = run.network.train(x, y)
        run.writer.add_scalar("train/loss", loss, step)
        run.writer.add_scalar("train/accuracy", accuracy, step)


def _validate(runs: list[_Run], digits: Digits, step: int) -> Progress:
    scores = []
    for run in runs:
        probabilities = run.network.probabilities(digits.val_x)
        loss, accuracy = score(probabilities, digits.val_y)
        scores.append((loss, accuracy))
        run.writer.add_scalar("val/loss", loss, step)
        run.writer.add_scalar("val/accuracy", accuracy, step)
        for name, weight in run.network.weights.items():
            run.writer.add_histogram(name, weight, step)
        _log_pictures(run, digits, probabilities, step)
    losses, accuracies = zip(*scores, strict=True)
    return Progress(step, list(losses), list(accuracies))


def _log_pictures(run: _Run, digits: Digits, probabilities: Floats, step: int) -> None:
    run.writer.add_image("images/first-layer filters", grid(run.network.filters(MOST_SHOWN)), step, dataformats="HW")
    wrong = digits.val_x[probabilities.argmax(axis=1) != digits.val_y][:MOST_SHOWN]
    if len(wrong):
        run.writer.add_image("images/misread", grid(wrong.reshape(-1, SIDE, SIDE)), step, dataformats="HW")


def _look_closer(runs: list[_Run], digits: Digits, step: int) -> None:
    """Log which digits are taken for which, and what the hidden units make of each image."""
    for run in runs:
        hidden, probabilities = run.network.layers(digits.val_x)
        figure = confusion_figure(confusion(probabilities, digits.val_y))
        if figure is not None:
            run.writer.add_figure("confusion", figure, step)
        read = probabilities.argmax(axis=1)
        run.writer.add_embedding(
            hidden,
            metadata=np.stack([digits.val_y, read], axis=1).tolist(),
            metadata_header=["digit", "read as"],
            label_img=1 - digits.val_x.reshape(-1, 1, SIDE, SIDE),
            global_step=step,
            tag="hidden",
        )


def _conclude(run: _Run, digits: Digits, steps: int) -> None:
    _, accuracy = score(run.network.probabilities(digits.val_x), digits.val_y)
    run.writer.add_text("result", f"{accuracy:.1%} of {len(digits.val_y)} unseen digits read correctly.", steps)


def grid(images: Floats, columns: int = 8, scale: int = 4) -> Floats:
    """Return float32[h, w] in 0..1: the images in rows, each pixel ``scale`` wide, with lines between."""
    rows = -(-len(images) // columns)
    side = SIDE * scale + 2
    sheet = np.full((rows * side, columns * side), np.float32(0.5))
    for index, image in enumerate(images):
        top, left = index // columns * side + 1, index % columns * side + 1
        sheet[top : top + side - 2, left : left + side - 2] = np.kron(image, np.ones((scale, scale), np.float32))
    return sheet


def confusion_figure(counts: NDArray[np.int64]) -> Any:
    """Return a matplotlib figure of a confusion matrix; None if matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        return None
    figure = Figure(figsize=(4.5, 4.5), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(counts, cmap="Blues")
    for (row, column), count in np.ndenumerate(counts):
        if count:
            axes.text(column, row, str(count), ha="center", va="center", color="white" if count > 18 else "black")
    axes.set(xticks=range(CLASSES), yticks=range(CLASSES), xlabel="taken for", ylabel="is")
    return figure
