"""A Jupyter server with our server part, and viewers that it can find."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# An editable install has no file in etc/jupyter; a wheel's is tested with the wheel.
ENABLED = ["--ServerApp.jpserver_extensions={'cellboard.labextension': True}"]
START_VIEWER = """\
import dataclasses, json, sys
from cellboard.viewer.launch import launch
from cellboard.viewer.options import ViewerOptions
print(json.dumps(dataclasses.asdict(launch(ViewerOptions(logdir=sys.argv[1], port=0)))))
"""


@pytest.fixture(scope="session")
def server(start_jupyter: Callable[..., Any]) -> Any:
    """A Jupyter server that lets nobody in without a token, below a base URL as behind a hub."""
    strict = "--ServerApp.allow_unauthenticated_access=False"
    return start_jupyter(base_url="/user/ada/", arguments=[*ENABLED, strict])


@pytest.fixture
def start_viewer(server: Any, tmp_path: Path) -> Iterator[Callable[[], dict[str, Any]]]:
    """Start viewers that the server's user owns; gives the fields of their records."""
    log = tmp_path / "runs"
    log.mkdir()

    def start() -> dict[str, Any]:
        command = [sys.executable, "-c", START_VIEWER, str(log)]
        done = subprocess.run(command, env=server.env, capture_output=True, text=True, timeout=60, check=True)
        record: dict[str, Any] = json.loads(done.stdout)
        return record

    yield start
    stop = "from cellboard.cli import main; main(['stop', 'all'])"
    subprocess.run([sys.executable, "-c", stop], env=server.env, capture_output=True, timeout=30, check=True)


@pytest.fixture
def viewer(start_viewer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The record of a running viewer."""
    return start_viewer()


@pytest.fixture
def registry(server: Any) -> Path:
    """The folder where the server's user keeps records of viewers."""
    folder = Path(server.env["JUPYTER_RUNTIME_DIR"], "cellboard")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@pytest.fixture
def pretend(registry: Path) -> Iterator[Callable[..., Path]]:
    """Write a record that says what the test wants: ``pretend(record, port=...)``."""
    written: list[Path] = []

    def write(record: dict[str, Any], **changed: Any) -> Path:
        file = registry / f"{changed.get('id', record['id'])}.json"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w") as out:
            json.dump(record | changed, out)
        written.append(file)
        return file

    yield write
    for file in written:
        file.unlink(missing_ok=True)
