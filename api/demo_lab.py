"""The demo's JupyterLab: one process, opened on the quickstart notebook, ended with its kernels."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib import resources
from pathlib import Path
from types import TracebackType

NEEDS_LAB_EXTRA = "the demo needs {}: pip install 'cellboard[lab]'"
NOTEBOOK = "quickstart.ipynb"
START_SECONDS = 60.0
END_SECONDS = 20.0


class DemoError(RuntimeError):
    """Something the demo needs is missing or did not start; the message says what to do."""


def copy_notebook(folder: Path) -> Path:
    """Copy the quickstart notebook into a folder, unless it is there: the user may have changed it."""
    target = folder / NOTEBOOK
    if not target.exists():
        source = resources.files("cellboard.examples") / NOTEBOOK
        target.write_bytes(source.read_bytes())
    return target


class Lab:
    """JupyterLab as a context manager: starts at once, ends with the block.

    Parameters
    ----------
    folder
        What it shows; its output goes to ``jupyterlab.log`` there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "jupyterlab.log"

    def __enter__(self) -> Lab:
        if not _is_installed("jupyterlab"):
            raise DemoError(NEEDS_LAB_EXTRA.format("JupyterLab, or --no-lab"))
        copy_notebook(self._folder)
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.root_dir={self._folder}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--allow-root")
        with self._log.open("wb") as log:
            # A session of its own: Ctrl-C in the terminal reaches the demo alone, which then ends this in order.
            self._process = subprocess.Popen(
                command, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # On SIGTERM a Jupyter server ends its kernels and then itself.
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def address(self) -> str:
        """Wait until the server answers; return the notebook's address with what logs a browser in.

        Raises
        ------
        DemoError
            If it ends, or does not answer in time.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            server = self._said()
            if server is not None and _answers(server["url"]):
                token = f"?token={server['token']}" if server.get("token") else ""
                return f"{server['url']}lab/tree/{NOTEBOOK}{token}"
            time.sleep(0.1)
        said = self._log.read_text(errors="replace")[-2000:]
        raise DemoError(f"JupyterLab did not start. The end of {self._log}:\n{said}")

    def _said(self) -> dict[str, str] | None:
        """Read the file in which a running server says where it listens."""
        from jupyter_core.paths import jupyter_runtime_dir

        try:
            said: dict[str, str] = json.loads(
                Path(jupyter_runtime_dir(), f"jpserver-{self._process.pid}.json").read_text()
            )
        except (OSError, ValueError):
            return None
        return said


def _is_installed(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ValueError:  # a module that was put there or taken out by hand
        return False


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}api", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def can_open_browser() -> bool:
    """Tell whether a browser window can appear here; a text browser would take over the terminal."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and shutil.which("xdg-open") is not None
