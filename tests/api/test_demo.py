"""``cellboard demo`` as a process: what it logs, what it prints, and that nothing it started outlives it."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cellboard import LogDir

Start = Callable[..., "subprocess.Popen[str]"]
DEMO = [sys.executable, "-c", "import sys; from cellboard.cli import main; sys.exit(main())", "demo"]
WITHOUT = """
import sys
sys.modules[sys.argv.pop(1)] = None
from cellboard.cli import main
sys.exit(main(["demo", *sys.argv[1:]]))
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An environment in which Jupyter's directories are the test's own and no browser can open."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY_", "DISPLAY"))}
    return env | {f"JUPYTER_{name}_DIR": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}


@pytest.fixture
def start(env: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Start the demo; what it printed so far can be read from its stdout."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        command = [*DEMO, "--no-browser", "--dir", str(tmp_path / "demo"), *arguments]
        process = subprocess.Popen(
            command, env=env, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def line_with(process: subprocess.Popen[str], words: str) -> str:
    """Read what the process prints up to the line with these words."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return line
    pytest.fail(f"never said {words!r}:\n{''.join(said)}")


def processes_of(folder: Path) -> list[str]:
    """Return the command lines of running processes whose environment names the test's folder."""
    found = []
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            environment, command = (process / "environ").read_bytes(), (process / "cmdline").read_bytes()
        except OSError:
            continue
        if f"JUPYTER_RUNTIME_DIR={folder}".encode() in environment and command:
            found.append(command.replace(b"\0", b" ").decode(errors="replace"))
    return found


def assert_nothing_runs(folder: Path, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while left := processes_of(folder):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def test_without_a_terminal_it_ends_with_its_training(start: Start, tmp_path: Path) -> None:
    process = start("--no-lab", "--steps", "50")
    printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0, printed
    assert re.search(r"http://127\.0\.0\.1:\d+/[\w-]{20,}/", printed)
    assert "50/50" in printed
    assert "JupyterLab" not in printed
    assert f"cellboard --logdir {tmp_path / 'demo' / 'runs'}" in printed
    assert_nothing_runs(tmp_path)

    with LogDir(tmp_path / "demo" / "runs") as log:
        assert sorted(log.runs) == ["lr=0.003", "lr=0.03", "lr=0.3"]
        for run in log.runs.values():
            assert run.scalars["train/loss"].step.tolist() == list(range(1, 51))
            assert run.scalars["val/accuracy"].step[-1] == 50
            assert run.histograms["layer1/weights"][-1].total == 64 * 256
            assert run.images["images/inputs"][0].array().shape == (8 * 34, 8 * 34, 3)
            assert len(run.images["images/first-layer filters"]) > 5
            assert len(run.images["confusion"]) >= 5
            assert "learning rate" in run.texts["about/text_summary"][0].text
            assert not run.problems
        assert log.runs["lr=0.3"].scalars["val/accuracy"].value[-1] > 0.6


def test_a_second_demo_leaves_the_first_ones_runs_alone(start: Start, tmp_path: Path) -> None:
    for _ in range(2):
        assert start("--no-lab", "--steps", "5").wait(120) == 0
    with LogDir(tmp_path / "demo" / "runs") as log:
        assert len(log.runs) == 6
        assert all(len(run.scalars["train/loss"]) == 5 for run in log.runs.values())


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_everything_it_started(start: Start, tmp_path: Path, end: signal.Signals) -> None:
    process = start("--steps", "20")
    viewer = line_with(process, "Viewer:").split()[-1]
    lab = line_with(process, "JupyterLab:").split()[-1]
    line_with(process, "Ctrl-C")
    with urllib.request.urlopen(f"{viewer}api/v1/ping", timeout=20) as reply:
        assert Path(json.load(reply)["logdir"]) == tmp_path / "demo" / "runs"
    with urllib.request.urlopen(lab, timeout=20) as reply:
        assert b"jupyter-config-data" in reply.read()
    base, _, token = lab.partition("lab/tree/quickstart.ipynb?token=")
    headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{base}api/kernels", data=b'{"name": "python3"}', headers=headers, method="POST")
    with urllib.request.urlopen(asked, timeout=60) as reply:
        assert reply.status == 201
    running = " ".join(processes_of(tmp_path))
    assert all(name in running for name in ("jupyterlab", "ipykernel", "cellboard.viewer"))

    process.send_signal(end)
    assert process.wait(60) == 0
    assert_nothing_runs(tmp_path)
    assert (tmp_path / "demo" / "quickstart.ipynb").exists()


def test_with_a_terminal_the_viewer_stays_until_ctrl_c(start: Start, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    try:
        process = start("--no-lab", "--steps", "5", stdin=theirs)
        viewer = line_with(process, "Viewer:").split()[-1]
        line_with(process, "Ctrl-C")
        with urllib.request.urlopen(f"{viewer}api/v1/ping", timeout=20) as reply:
            assert reply.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert_nothing_runs(tmp_path)
    finally:
        os.close(ours)
        os.close(theirs)


def test_it_can_be_ended_while_it_trains(start: Start, tmp_path: Path) -> None:
    process = start("--no-lab", "--steps", "1000000")
    line_with(process, "digits read correctly")
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert_nothing_runs(tmp_path)


def test_a_viewer_that_ran_before_is_used_and_left_alone(start: Start, env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "demo" / "runs").mkdir(parents=True)
    serve = [*DEMO[:-1], "--logdir", str(tmp_path / "demo" / "runs"), "--port", "0"]
    with subprocess.Popen(serve, env=env, stdout=subprocess.PIPE, text=True) as earlier:
        address = line_with(earlier, "http://").split()[-1]
        printed, _ = start("--no-lab", "--steps", "5").communicate(timeout=120)
        assert f"Watch them:  {address}" in printed
        assert earlier.poll() is None
        earlier.terminate()


@pytest.mark.parametrize(("module", "arguments"), [("sklearn", ["--no-lab"]), ("jupyterlab", [])])
def test_a_missing_package_is_named_with_the_extra(
    env: dict[str, str], tmp_path: Path, module: str, arguments: list[str]
) -> None:
    command = [sys.executable, "-c", WITHOUT, module, *arguments, "--dir", str(tmp_path / "demo")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "pip install 'cellboard[lab]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("steps", ["0", "-5", "many"])
def test_a_wrong_number_of_steps_is_said(start: Start, steps: str) -> None:
    printed, _ = start(f"--steps={steps}").communicate(timeout=60)
    assert "is no number of steps" in printed
