"""Starting viewers, ours and TensorBoard, as a user would: a command, a logdir, a free port."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .measure import OURS

VIEWERS = (OURS, "tensorboard")


@dataclass(slots=True)
class Viewer:
    """A viewer process, from the moment it was started."""

    process: subprocess.Popen[str]
    started: float
    port: int
    log: Path

    def address(self) -> str:
        """Where its page is; waits until the viewer has said so."""
        if self.port:
            return f"http://127.0.0.1:{self.port}/"
        while True:
            found = re.search(r"http://127\.0\.0\.1:\d+/\S+", self.log.read_text())
            if found:
                return found[0]
            self._still_there()
            time.sleep(0.002)

    def answers(self) -> str:
        """Wait for the first HTTP answer of its page; returns the address."""
        address = self.address()
        while True:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(address, timeout=5).read()
                return address
            self._still_there()
            time.sleep(0.002)

    def _still_there(self) -> None:
        if self.process.poll() is not None or time.perf_counter() - self.started > 60:
            raise RuntimeError(f"the viewer did not come up:\n{self.log.read_text()[-2000:]}")


@contextlib.contextmanager
def running(name: str, logdir: Path) -> Iterator[Viewer]:
    """Start the viewer `name` over `logdir`; it is gone when the block ends."""
    folder = tempfile.TemporaryDirectory()
    log = Path(folder.name, "log")
    port = 0 if name == OURS else _free_port()
    with folder, log.open("w") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            _command(name, logdir, port),
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "JUPYTER_RUNTIME_DIR": folder.name},
        )
        try:
            yield Viewer(process, started, port, log)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _command(name: str, logdir: Path, port: int) -> list[str]:
    bin_folder = Path(sys.executable).parent
    if name == OURS:
        return [str(bin_folder / "cellboard"), "--logdir", str(logdir), "--port", "0"]
    return [str(bin_folder / "tensorboard"), "--logdir", str(logdir), "--port", str(port)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def resident_memory(process: subprocess.Popen[str]) -> int:
    """Bytes of resident memory of a process and all its children (Linux)."""
    total, waiting = 0, [process.pid]
    while waiting:
        pid = waiting.pop()
        status = Path(f"/proc/{pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        total += int(found[1]) * 1024 if found else 0
        for task in Path(f"/proc/{pid}/task").iterdir():
            waiting += map(int, (task / "children").read_text().split())
    return total
