"""Loading event logs: every point kept, beside TensorBoard's two loaders."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .logs import many_scalars
from .measure import OURS, Line, compare, in_fresh_process

_OURS = """
import sys, time
from cellboard import LogDir
start = time.perf_counter()
log = LogDir(sys.argv[1])
points = sum(len(series) for run in log.runs.values() for series in run.scalars.values())
took = time.perf_counter() - start
assert points == int(sys.argv[2]) or not int(sys.argv[2]), points
print(took)
"""

_PYTHON_LOADER = """
import os, sys, time
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
start = time.perf_counter()
for folder, _, names in os.walk(sys.argv[1]):
    if any("tfevents" in name for name in names):
        EventAccumulator(folder, size_guidance={"scalars": 0, "tensors": 0}).Reload()
print(time.perf_counter() - start)
"""


def _rust_loader(logdir: Path, *options: str) -> float:
    """TensorBoard's data server says itself how long its one load cycle took."""
    import tensorboard_data_server

    command = [
        tensorboard_data_server.server_binary(),
        "--logdir",
        str(logdir),
        "--reload",
        "once",
        "-vv",
        "--port",
        "0",
    ]
    with subprocess.Popen([*command, *options], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as server:
        assert server.stderr is not None
        try:
            for text in server.stderr:
                found = re.search(r"Finished load cycle \(([\d.]+)(s|ms|µs)\)", text)
                if found:
                    return float(found[1]) * {"s": 1.0, "ms": 1e-3, "µs": 1e-6}[found[2]]
        finally:
            server.kill()
    raise RuntimeError("TensorBoard's data server never said that it had loaded")


def _loaders(logdir: Path, points: int) -> dict[str, Callable[[], float]]:
    return {
        OURS: partial(in_fresh_process, _OURS, str(logdir), str(points)),
        "rust loader, sampled, no CRC": partial(_rust_loader, logdir),
        "rust loader, all, CRC": partial(_rust_loader, logdir, "--samples-per-plugin", "scalars=all", "--checksum"),
        "Python loader, all": partial(in_fresh_process, _PYTHON_LOADER, str(logdir)),
    }


def load_keras() -> Line:
    """The real Keras sweep: 4 runs of 30,001 tensor scalars. Its folder comes from CELLBOARD_TEST_DATA."""
    data = os.environ.get("CELLBOARD_TEST_DATA")
    if not data:
        raise SystemExit(
            "load_keras needs the real event logs: set CELLBOARD_TEST_DATA to the folder that holds keras-hparams"
        )
    return compare(
        "load keras-hparams", "s", _loaders(Path(data, "keras-hparams"), 0), budget="10x the rust loader, all points"
    )


def load_many() -> Line:
    """4 runs × 10 tags × 5,000 points, written by torch."""
    with tempfile.TemporaryDirectory() as folder:
        logdir = many_scalars(Path(folder), 4, 10, 5_000)
        return compare("load 200,000 scalars", "s", _loaders(logdir, 200_000))


LINES = {"load_keras": load_keras, "load_many": load_many}
