"""Loading event logs: every point kept, beside TensorBoard's two loaders."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .logs import many_scalars, very_many_scalars
from .measure import OURS, Line, compare, in_fresh_process

_OURS = """
import sys, time
from cellboard import LogDir
start = time.perf_counter()
log = LogDir(sys.argv[1], index=False)
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


_PEAK = """
import resource, sys
from cellboard import LogDir
log = LogDir(sys.argv[1], index=False)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


# Listed: every tag of every run is asked for. Chartable: one tag of all runs, thinned to what a card shows.
_RUNS = """
import sys, time
start = time.perf_counter()
from cellboard.eventlog import LogDir, thin
log = LogDir(sys.argv[1], index=False)
listed = {name: list(run.scalars) for name, run in log.runs.items()}
tag = next(iter(listed.values()))[0]
drawn = [thin(s.step, s.value, 400) for s in (run.scalars[tag] for run in log.runs.values())]
took = time.perf_counter() - start
assert len(drawn) == int(sys.argv[2]), len(drawn)
"""

_RUNS_TIME = _RUNS + "print(took)\n"
_RUNS_PEAK = _RUNS + "import resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)\n"


def _rust_loader(logdir: Path, *options: str, memory: bool = False) -> float:
    """How long TensorBoard's data server says that its one load cycle took; or what memory it had at most, in bytes."""
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
                if found and memory:
                    return _peak_memory(server.pid)
                if found:
                    return float(found[1]) * {"s": 1.0, "ms": 1e-3, "µs": 1e-6}[found[2]]
        finally:
            server.kill()
    raise RuntimeError("TensorBoard's data server never said that it had loaded")


def _peak_memory(pid: int) -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024.0


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


def load_very_many() -> Line:
    """2 M scalars, 98 MB: 4 runs × 10 tags × 50,000 points; one run with all of them takes a single core."""
    with tempfile.TemporaryDirectory() as folder:
        loaders = _loaders(very_many_scalars(Path(folder), 4, 10, 50_000), 2_000_000)
        del loaders["Python loader, all"]  # a minute each time; it is in the other lines
        return compare("load 2 M scalars", "s", loaders, rounds=7, budget="10x the rust loader, sampled, no CRC")


def load_one_file() -> Line:
    """2 M scalars, 98 MB, in one file: 10 tags × 200,000 points."""
    with tempfile.TemporaryDirectory() as folder:
        loaders = _loaders(very_many_scalars(Path(folder), 1, 10, 200_000), 2_000_000)
        del loaders["Python loader, all"]
        return compare("load 2 M scalars in one file", "s", loaders, rounds=7, budget="10x the rust loader, sampled")


def load_memory() -> Line:
    """Peak memory of the processes that load those 2 M scalars."""
    with tempfile.TemporaryDirectory() as folder:
        logdir = very_many_scalars(Path(folder), 4, 10, 50_000)
        takers = {
            OURS: partial(in_fresh_process, _PEAK, str(logdir)),
            "rust loader, sampled": partial(_rust_loader, logdir, memory=True),
            "rust loader, all": partial(_rust_loader, logdir, "--samples-per-plugin", "scalars=all", memory=True),
        }
        return compare("memory to load 2 M scalars", "B", takers, rounds=1)


def load_thousand_runs() -> Line:
    """1000 runs × 10 tags × 100 points, from the import on: all listed, one chart of 1000 lines ready to be drawn."""
    return _thousand_runs("1000 runs, listed and chartable", "s", _RUNS_TIME, False, "1 s")


def thousand_runs_memory() -> Line:
    """Peak memory of the processes that do so."""
    return _thousand_runs("memory for 1000 runs", "B", _RUNS_PEAK, True, "200 MB")


def _thousand_runs(what: str, unit: str, code: str, memory: bool, budget: str) -> Line:
    with tempfile.TemporaryDirectory() as folder:
        logdir = very_many_scalars(Path(folder), 1000, 10, 100)
        takers = {
            OURS: partial(in_fresh_process, code, str(logdir), "1000"),
            "rust loader": partial(_rust_loader, logdir, memory=memory),
        }
        return compare(what, unit, takers, rounds=1 if memory else 3, budget=budget)


LINES = {
    "load_keras": load_keras,
    "load_many": load_many,
    "load_very_many": load_very_many,
    "load_one_file": load_one_file,
    "load_memory": load_memory,
    "load_thousand_runs": load_thousand_runs,
    "thousand_runs_memory": thousand_runs_memory,
}
