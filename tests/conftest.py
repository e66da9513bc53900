"""What several rooms' tests need: private directories, a real Jupyter server; what may be left out, and where."""

from __future__ import annotations

import ast
import importlib.util
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

# Nothing of a test belongs into the user's cache.
os.environ.setdefault("CELLBOARD_NO_INDEX", "1")

# Packages that tests compare with and that are left out of the environments with old dependencies.
NOT_PINNED = {"matplotlib", "sklearn", "tensorboard", "tensorboardX", "torch", "umap"}

# Where such a variable is "1", a test that is skipped for a reason with the word in it has failed.
MAY_NOT_SKIP = {
    "CELLBOARD_REQUIRE_BROWSER": "Chromium",
    "CELLBOARD_REQUIRE_DATA": "CELLBOARD_TEST_DATA",
    "CELLBOARD_REQUIRE_NATIVE": "the extension was not built",
    "CELLBOARD_REQUIRE_WHEEL": "CELLBOARD_WHEEL",
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that is skipped where it must run; with old dependencies, skip what lacks another package."""
    report = yield
    error = call.excinfo.value if call.excinfo else None
    if os.environ.get("CELLBOARD_PINS") == "1" and isinstance(error, ModuleNotFoundError):
        name = (error.name or "").partition(".")[0]
        if name in NOT_PINNED:
            report.outcome = "skipped"
            report.longrepr = (str(item.path), 0, f"{name} is not installed")
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2]
        for variable, word in MAY_NOT_SKIP.items():
            if os.environ.get(variable) == "1" and word in reason:
                report.outcome = "failed"
                report.longrepr = f"{variable} is set: this may not be skipped. {reason}"
    return report


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """With old versions of the dependencies (tests/pins), leave out test files that import what is not installed."""
    if os.environ.get("CELLBOARD_PINS") != "1" or collection_path.suffix != ".py":
        return None
    statements = ast.parse(collection_path.read_text(encoding="utf-8")).body
    names = [alias.name for node in statements if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in statements if isinstance(node, ast.ImportFrom)]
    missing = any(importlib.util.find_spec(name.partition(".")[0]) is None for name in names)
    return True if missing else None


@dataclass
class JupyterServer:
    """A running Jupyter server with private configuration, runtime and data directories."""

    root: Path
    address: str
    token: str
    env: dict[str, str]
    process: subprocess.Popen[bytes]
    log: Path

    def fetch(
        self, path: str, *, token: bool = True, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> tuple[int, bytes, Message]:
        """Ask for an address of this server, redirects followed: status, body, headers."""
        request = urllib.request.Request(self.address + path, headers=dict(headers or {}), method=method)
        if token:
            request.add_header("Authorization", f"token {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return reply.status, reply.read(), reply.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), error.headers

    def wait_until_it_answers(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.fetch("api/status")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        self.process.kill()
        self.process.wait()
        pytest.fail(f"the Jupyter server did not start:\n{self.log.read_text(errors='replace')[-4000:]}")

    def stop(self) -> None:
        """End the server with its kernels, then the viewers they left."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        stop_viewers = "from cellboard.cli import main; main(['stop', 'all'])"
        subprocess.run([sys.executable, "-c", stop_viewers], env=self.env, timeout=30, capture_output=True, check=False)


def private_jupyter(folder: Path) -> dict[str, str]:
    """Return this process's environment with Jupyter's and IPython's directories below ``folder``."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY_"))}
    # What the tests' own process says about warnings is not for servers and kernels.
    env.pop("PYTHONWARNINGS", None)
    directories = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    directories["XDG_CONFIG_HOME"] = str(folder / "settings")
    return env | directories | {"IPYTHONDIR": str(folder / "ipython"), "JUPYTER_PLATFORM_DIRS": "1"}


@pytest.fixture(scope="session")
def start_jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., JupyterServer]]:
    """Start Jupyter servers on free ports of 127.0.0.1; they end with the session.

    ``start_jupyter(module="jupyter_server", base_url="/", arguments=(), env=None)``
    """
    running: list[JupyterServer] = []

    def start(
        module: str = "jupyter_server",
        base_url: str = "/",
        arguments: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
    ) -> JupyterServer:
        folder = tmp_path_factory.mktemp("jupyter")
        root = folder / "root"
        root.mkdir()
        token = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        command = [
            *(sys.executable, "-m", module, "--no-browser", "--allow-root", f"--IdentityProvider.token={token}"),
            *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
            *(f"--ServerApp.base_url={base_url}", f"--ServerApp.root_dir={root}", *arguments),
        ]
        whole_env = private_jupyter(folder) | dict(env or {})
        log = folder / "jupyter.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, cwd=root, env=whole_env, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        server = JupyterServer(root, f"http://127.0.0.1:{port}{base_url}", token, whole_env, process, log)
        running.append(server)
        server.wait_until_it_answers()
        return server

    yield start
    for server in running:
        server.stop()
