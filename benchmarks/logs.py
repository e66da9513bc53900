"""The logs that are measured on, written by torch's own writer."""

from __future__ import annotations

import math
from pathlib import Path


def many_scalars(logdir: Path, runs: int, tags: int, points: int) -> Path:
    """`runs` runs with `tags` scalar tags of `points` points each under `logdir`."""
    from torch.utils.tensorboard import SummaryWriter

    for run in range(runs):
        with SummaryWriter(str(logdir / f"run{run}"), max_queue=100_000) as writer:
            for step in range(points):
                for tag in range(tags):
                    value = math.exp(-step / points * (1 + tag)) + math.sin(step * (run + 1)) * 0.02
                    writer.add_scalar(f"group{tag % 4}/tag{tag}", value, step)
    return logdir
