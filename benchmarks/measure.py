"""How a line is measured and printed.

Every number of a line is taken in a fresh process of its own, ours and the peers' turn by turn, so that
a noisy moment of the machine hits all of them. The middle one of the rounds is printed.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from importlib import metadata

OURS = "cellboard"


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing: who took how much of what."""

    what: str
    unit: str
    values: dict[str, float]
    budget: str = ""
    note: str = ""
    rounds: dict[str, list[float]] = field(default_factory=dict)

    def ratio(self, peer: str) -> float:
        """How many times more the peer takes than we do."""
        return self.values[peer] / self.values[OURS]

    def text(self) -> str:
        """The line as it is printed."""
        peers = [
            f"{peer} {show(value, self.unit)} ({self.ratio(peer):.3g}x)"
            for peer, value in self.values.items()
            if peer != OURS
        ]
        parts = [f"{self.what:<34} {OURS} {show(self.values[OURS], self.unit):>9}", *peers]
        if self.budget:
            parts.append(f"budget {self.budget}")
        if self.note:
            parts.append(self.note)
        return " | ".join(parts)


def show(value: float, unit: str) -> str:
    """A value with three digits and the unit that suits it: seconds and bytes are scaled."""
    if unit == "s":
        for limit, factor, name in ((1e-3, 1e6, "µs"), (1.0, 1e3, "ms")):
            if value < limit:
                return f"{value * factor:.3g} {name}"
    if unit == "B":
        for limit, factor, name in ((1e3, 1.0, "B"), (1e6, 1e-3, "kB"), (1e9, 1e-6, "MB")):
            if value < limit:
                return f"{value * factor:.3g} {name}"
    return f"{value:.3g} {unit}"


def compare(
    what: str, unit: str, takers: dict[str, Callable[[], float]], *, rounds: int = 3, budget: str = "", note: str = ""
) -> Line:
    """Let every taker measure itself `rounds` times, turn by turn, and keep the medians."""
    taken: dict[str, list[float]] = {name: [] for name in takers}
    for _ in range(rounds):
        for name, take in takers.items():
            taken[name].append(take())
    values = {name: statistics.median(numbers) for name, numbers in taken.items()}
    return Line(what, unit, values, budget, note, taken)


def in_fresh_process(code: str, *arguments: str) -> float:
    """Run Python `code` in a process of its own; the last thing it prints is the number."""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment, timeout=900
    )
    if done.returncode:
        raise RuntimeError(f"a measured process failed with {done.returncode}:\n{done.stderr[-2000:]}")
    return float(done.stdout.split()[-1])


def machine() -> str:
    """What was measured on, in one line."""
    versions = []
    for package in ("cellboard", "torch", "tensorboardX", "tensorboard", "numpy", "protobuf"):
        try:
            versions.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            versions.append(f"no {package}")
    system = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{system}; {', '.join(versions)}"


def as_json(lines: list[Line]) -> str:
    """All lines with every round, for keeping."""
    return json.dumps({"machine": machine(), "lines": [asdict(line) for line in lines]}, indent=2)
