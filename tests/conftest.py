"""What several rooms' tests need: private directories, a real Jupyter server."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest


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
