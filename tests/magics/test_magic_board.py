"""``%board`` in a real IPython shell, with real viewers."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cellboard import SummaryWriter, notebook
from cellboard.viewer import registry
from cellboard.viewer.errors import NoSuchViewerError, OptionError

Board = Callable[[str], tuple[str, str]]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    with SummaryWriter(str(tmp_path / "my logs" / "first")) as writer:
        writer.add_scalar("loss", 1.0, 0)
    return tmp_path / "my logs"


def answers(record: registry.ViewerRecord) -> bool:
    with urllib.request.urlopen(f"{record.address}api/v1/ping", timeout=5) as reply:
        return bool(reply.status == 200)


def test_starts_a_viewer_and_uses_it_again(board: Board, logs: Path) -> None:
    said, complained = board("--logdir 'my logs' --port 0")
    (record,) = registry.running()
    assert f"Started a viewer on port {record.port}" in said
    assert record.address in said
    assert not complained
    assert record.logdir == str(logs.resolve())
    assert answers(record)
    said, _ = board("--logdir 'my logs'")
    assert f"Using the viewer on port {record.port}" in said
    assert len(registry.running()) == 1


def test_a_killed_viewer_is_replaced(board: Board, logs: Path) -> None:
    board("--logdir 'my logs' --port 0")
    (first,) = registry.running()
    os.kill(first.pid, signal.SIGKILL)
    started = time.monotonic()
    said, _ = board("--logdir 'my logs' --port 0")
    assert time.monotonic() - started < 30
    (second,) = registry.running()
    assert "Started" in said
    assert second.pid != first.pid
    assert answers(second)


def test_lists_and_stops(board: Board, logs: Path) -> None:
    assert "No viewers are running" in board("list")[0]
    board("--logdir 'my logs' --port 0")
    board("--logdir other --port 0")
    first, second = registry.running()
    said, _ = board("list")
    assert f"port {first.port}: {first.logdir} (started " in said
    assert re.search(r"\d+ MB, pid", said)
    assert f"pid {second.pid}" in said
    assert f"Stopped the viewer on port {first.port}" in board(f"stop {first.port}")[0]
    assert [record.port for record in registry.running()] == [second.port]
    assert f"Stopped the viewer on port {second.port}" in board("stop all")[0]
    assert not registry.running()
    assert "No viewers are running" in board("stop all")[0]


def test_variables_are_put_in_by_ipython(shell: Any, board: Board, logs: Path) -> None:
    shell.user_ns["place"] = str(logs)
    board("--logdir '{place}' --port 0")
    board('--logdir "$place" --port 0')
    assert [record.logdir for record in registry.running()] == [str(logs.resolve())]


def test_a_missing_logdir_is_said_and_shown_all_the_same(board: Board, tmp_path: Path) -> None:
    said, _ = board("--logdir later --port 0")
    assert f"There is no directory {tmp_path.resolve() / 'later'} yet: the board keeps watching" in said
    assert answers(registry.running()[0])


def test_a_file_is_no_logdir(board: Board, tmp_path: Path) -> None:
    (tmp_path / "events.out.tfevents.1").write_text("")
    said, _ = board("--logdir events.out.tfevents.1 --port 0")
    assert "is a file. A logdir is the directory that holds event files" in said


def test_a_taken_port_is_named(board: Board, logs: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        complained = board(f"--logdir 'my logs' --port {port}")[1]
    assert str(port) in complained
    assert "Traceback" not in complained
    assert not registry.running()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--logdri runs", "Did you mean --logdir"),
        ("lst", "Did you mean: %board list"),
        ("scalar --logdir runs", "Did you mean: %board scalars"),
        ("frobnicate", "There are list, stop, inline, scalars, images, histograms, distributions, texts"),
        ("stop", "stop takes one port, or all"),
        ("stop now", "'now' is no port"),
        ("list all", "list takes no options"),
        ("--logdir 'runs", "a quote is not closed"),
        ("scalars", "no logdir given"),
        ("scalars --logdir runs --tag x", "Did you mean --tags"),
    ],
)
def test_a_wrong_line_gets_the_usage_and_a_suggestion(board: Board, line: str, message: str) -> None:
    _, complained = board(line)
    assert message in complained
    assert "Usage:\n    %board --logdir DIR" in complained
    assert "Traceback" not in complained


def test_a_directory_without_its_option_is_understood(board: Board, logs: Path) -> None:
    (logs.parent / "runs").mkdir()
    assert "Did you mean: %board --logdir runs" in board("runs")[1]


@pytest.mark.parametrize("line", ["", "--help", "-h", "help"])
def test_help(board: Board, line: str) -> None:
    said, complained = board(line)
    assert "Show training logs in the cell" in said
    assert said.count("%board") >= 7
    assert not complained


def test_a_port_nobody_serves_is_named(board: Board) -> None:
    assert "no viewer is running" in board("stop 6006")[1]


def test_inline_boards_need_a_notebook(board: Board) -> None:
    assert "drawn in a notebook; in a terminal use: %board --logdir runs" in board("scalars --logdir runs")[1]


class TestNotebookFunctions:
    """``from cellboard import notebook``: what ``tensorboard.notebook`` offers."""

    def test_start_list_display_stop(self, runtime: Path, logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
        notebook.start(f"--logdir '{logs}' --port 0")
        (record,) = registry.running()
        notebook.display()
        notebook.display(port=record.port, height=300)
        notebook.list()
        said = capsys.readouterr().out
        assert said.count(record.address) == 3
        assert f"port {record.port}: {record.logdir}" in said
        notebook.stop(record.port)
        assert not registry.running()

    def test_errors_are_raised(self, runtime: Path) -> None:
        with pytest.raises(OptionError, match="Did you mean --logdir"):
            notebook.start("--logdri x")
        with pytest.raises(NoSuchViewerError, match="no viewer is running"):
            notebook.display()
        with pytest.raises(NoSuchViewerError):
            notebook.stop(1)
        notebook.stop("all")

    def test_an_unknown_port_names_the_known(self, runtime: Path, logs: Path) -> None:
        notebook.start(f"--logdir '{logs}' --port 0")
        (record,) = registry.running()
        with pytest.raises(NoSuchViewerError, match=f"there are|There are {record.port}"):
            notebook.display(port=1)


def test_loading_the_extension_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "before = set(sys.modules)\n"
        "shell.run_line_magic('load_ext', 'cellboard')\n"
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))\n"
        "print('board' in shell.magics_manager.magics['line'])\n"
    )
    env = {**os.environ, "IPYTHONDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True, env=env
    )
    loaded, there = done.stdout.splitlines()[-2:]
    assert set(loaded.split()) <= {"IPython", "cellboard"}
    assert there == "True"
