"""Viewers as real processes, each test in a runtime directory of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from cellboard import LogDir
from cellboard.viewer import launch, registry

PATIENCE = 30.0


@dataclass
class Got:
    """An HTTP answer."""

    status: int
    headers: Any
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def get(address: str, method: str = "GET", headers: dict[str, str] | None = None, **query: Any) -> Got:
    """Ask `address`, exactly as written; keyword arguments become its query (lists repeat a name)."""
    parts = urlsplit(address)
    path = parts.path + ("?" + urlencode(query, doseq=True, quote_via=quote) if query else "")
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return Got(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def until(condition: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Wait for `condition` to be true, and give what it gave."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"not within {patience} s: {condition}")


@dataclass
class Foreground:
    """``cellboard --logdir ...`` in the foreground, with what it printed."""

    process: subprocess.Popen[bytes]
    log: Path
    address: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def printed(self) -> str:
        return self.log.read_text()

    def get(self, path: str = "", method: str = "GET", headers: dict[str, str] | None = None, **query: Any) -> Got:
        return get(self.address + path, method, headers, **query)

    def ready(self) -> Any:
        """The status, once the log is loaded."""
        return until(lambda: (said := self.get("api/v1/status").json())["state"] != "loading" and said)

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(PATIENCE)


@pytest.fixture(autouse=True)
def runtime_dir(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime directory of the test's own; nothing may be left in it, and none of its viewers may be left running."""
    path = tmp_path_factory.mktemp("runtime")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(path))
    others = set(launch._children)  # of the browser tests, which keep theirs to the end of the session
    yield path
    stopped = launch.stop_all()
    left = [file.name for file in path.rglob("*") if file.is_file() and file.name != "launch.lock"]
    assert set(launch._children) <= others
    assert not left, f"left in the runtime directory: {left} (stopped at the end: {len(stopped)})"


@pytest.fixture
def http_get() -> Callable[..., Got]:
    return get


@pytest.fixture
def wait_until() -> Callable[..., Any]:
    return until


@pytest.fixture
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Foreground]]:
    """Start ``cellboard --logdir LOGDIR ...`` in the foreground and wait for its address."""
    started: list[Foreground] = []

    def begin(logdir: Path | None, *options: str) -> Foreground:
        log = tmp_path_factory.mktemp("printed") / "log"
        which = [] if logdir is None else ["--logdir", str(logdir)]
        command = [sys.executable, "-m", "cellboard.cli", *which, "--port", "0", *options]
        with log.open("wb") as out:
            process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, "PYTHONWARNINGS": "default"})
        viewer = Foreground(process, log)
        started.append(viewer)
        viewer.address = until(lambda: _address(viewer))
        return viewer

    yield begin
    for viewer in started:
        viewer.end()
        # Warnings (unclosed files and sockets) and tracebacks of the server would stand here.
        assert "Warning" not in viewer.printed
        assert "Traceback" not in viewer.printed


@pytest.fixture(scope="module")
def log(logdir: Path) -> Iterator[LogDir]:
    """What the module's log, `logdir`, says, to be compared with what the viewer answers."""
    with LogDir(logdir) as opened:
        yield opened


@pytest.fixture
def viewer(start: Callable[..., Foreground], logdir: Path) -> Foreground:
    """A viewer over the module's log, loaded."""
    viewer = start(logdir)
    viewer.ready()
    return viewer


def _address(viewer: Foreground) -> str:
    assert viewer.process.poll() is None, viewer.printed
    found = re.search(r"at (http://\S+)\n", viewer.printed)
    return found[1] if found else ""


@pytest.fixture
def background() -> Iterator[Callable[..., registry.ViewerRecord]]:
    """`launch.launch`, with the viewers stopped at the end."""
    launched: list[registry.ViewerRecord] = []

    def begin(options: Any) -> registry.ViewerRecord:
        launched.append(launch.launch(options))
        return launched[-1]

    yield begin
    for record in launched:
        with contextlib.suppress(OSError):
            launch.stop(record)
