"""What one logging call costs the training loop, and what it leaves on disk."""

from __future__ import annotations

from functools import partial

from .measure import OURS, Line, compare, in_fresh_process

WRITERS = {
    OURS: "from cellboard import SummaryWriter",
    "torch": "from torch.utils.tensorboard import SummaryWriter",
    "tensorboardX": "from tensorboardX import SummaryWriter",
}

_TIMED = """
import sys, tempfile, time
import numpy as np
{imports}
with tempfile.TemporaryDirectory() as folder:
    rng = np.random.default_rng(0)
    {setup}
    writer = SummaryWriter(folder)
    start = time.perf_counter()
    for i in range({calls}):
        {call}
    {inside}
    took = time.perf_counter() - start
    writer.close()
print(took / {calls})
"""

_SIZED = """
import os, sys, tempfile
import numpy as np
{imports}
with tempfile.TemporaryDirectory() as folder:
    rng = np.random.default_rng(0)
    {setup}
    writer = SummaryWriter(folder)
    {call}
    writer.close()
    print(sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(folder) for name in names))
"""

_PICTURE = (
    "y, x = np.mgrid[0:256, 0:256] / 256; "
    "smooth = np.stack([x, y, np.sin(9 * x * y)]) * 0.9; "
    "image = np.clip(smooth + rng.normal(0, 0.02, (3, 256, 256)), 0, 1).astype(np.float32)"
)


def _take(template: str, writer: str, **parts: object) -> float:
    return in_fresh_process(template.format(imports=WRITERS[writer], **parts))


def _timed(what: str, call: str, calls: int, *, setup: str = "pass", budget: str = "") -> Line:
    # close() belongs inside: what a writer puts off must be paid before the clock stops.
    parts = {"call": call, "calls": calls, "setup": setup, "inside": "writer.close()"}
    return compare(what, "s", {name: partial(_take, _TIMED, name, **parts) for name in WRITERS}, budget=budget)


def add_scalar() -> Line:
    """100,000 calls with default arguments plus close(), divided."""
    return _timed("add_scalar, one call", "writer.add_scalar('train/loss', 0.5, i)", 100_000, budget="50x")


def add_histogram() -> Line:
    """One million float32 a call."""
    setup = "values = rng.normal(size=1_000_000).astype(np.float32)"
    return _timed("add_histogram, 1 M float32", "writer.add_histogram('w', values, i)", 10, setup=setup, budget="8x")


def add_image() -> Line:
    """One 3x256x256 float32 picture a call: smooth colours with a little noise."""
    return _timed("add_image, 3x256x256 float32", "writer.add_image('x', image, i)", 20, setup=_PICTURE, budget="3x")


def image_bytes() -> Line:
    """What that picture takes on disk."""
    takers = {
        name: partial(_take, _SIZED, name, setup=_PICTURE, call="writer.add_image('x', image, 0)") for name in WRITERS
    }
    return compare("add_image, bytes on disk", "B", takers, rounds=1, budget="at most 1.2x the peer's bytes")


def import_writer() -> Line:
    """From a started interpreter to a usable SummaryWriter."""
    code = "import time; start = time.perf_counter(); {imports}; print(time.perf_counter() - start)"
    takers = {name: partial(in_fresh_process, code.format(imports=imports)) for name, imports in WRITERS.items()}
    return compare("import SummaryWriter", "s", takers, budget="0.2 s")


LINES = {
    "add_scalar": add_scalar,
    "add_histogram": add_histogram,
    "add_image": add_image,
    "image_bytes": image_bytes,
    "import_writer": import_writer,
}
