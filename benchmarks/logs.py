"""The logs that are measured on."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any


def many_scalars(logdir: Path, runs: int, tags: int, points: int) -> Path:
    """`runs` runs with `tags` scalar tags of `points` points each under `logdir`, by torch's own writer."""
    from torch.utils.tensorboard import SummaryWriter

    return _write(partial(SummaryWriter, max_queue=100_000), logdir, runs, tags, points)


def very_many_scalars(logdir: Path, runs: int, tags: int, points: int) -> Path:
    """The same by cellboard's writer, whose records are the same, in a hundredth of the time."""
    from cellboard import SummaryWriter

    return _write(SummaryWriter, logdir, runs, tags, points)


def _write(make_writer: Callable[[str], Any], logdir: Path, runs: int, tags: int, points: int) -> Path:
    for run in range(runs):
        with make_writer(str(logdir / f"run{run}")) as writer:
            for step in range(points):
                for tag in range(tags):
                    value = math.exp(-step / points * (1 + tag)) + math.sin(step * (run + 1)) * 0.02
                    writer.add_scalar(f"group{tag % 4}/tag{tag}", value, step)
    return logdir
