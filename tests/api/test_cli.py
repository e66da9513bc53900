"""The ``cellboard`` command, as a shell runs it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cellboard
import pytest
from cellboard import SummaryWriter
from cellboard.viewer import launch, registry
from cellboard.viewer.options import ViewerOptions

COMMAND = [sys.executable, "-W", "default", "-m", "cellboard.cli"]


@pytest.fixture(autouse=True)
def runtime_dir(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("runtime")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(path))
    yield path
    launch.stop_all()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60)


@pytest.fixture
def foreground(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., tuple[subprocess.Popen[bytes], Path]]]:
    started = []

    def begin(*arguments: str) -> tuple[subprocess.Popen[bytes], Path]:
        out = tmp_path_factory.mktemp("out") / "out"
        with out.open("wb") as file:
            process = subprocess.Popen([*COMMAND, *arguments], stdout=file, stderr=file)
        started.append(process)
        return process, out

    yield begin
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.wait(30)


def says(out: Path, pattern: str, patience: float = 30.0) -> re.Match[str]:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found = re.search(pattern, out.read_text())
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{pattern!r} not in: {out.read_text()}")


class TestUsage:
    @pytest.mark.parametrize("arguments", [[], ["help"], ["--help"], ["-h"], ["--logdir", "x", "--help"]])
    def test_help(self, arguments: list[str]) -> None:
        done = run(*arguments)
        assert done.returncode == 0
        for word in ("--logdir DIR", "list", "stop PORT|ID|all", "demo", "--allow_host", "%board"):
            assert word in done.stdout

    def test_version(self) -> None:
        assert run("--version").stdout == f"cellboard {cellboard.__version__}\n"

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["lst"], "id you mean `cellboard list`?"),
            (["Stop", "all"], "id you mean `cellboard stop`?"),
            (["/"], "id you mean `cellboard --logdir /`?"),
            (["xyzzy"], "no command 'xyzzy'"),
            (["--logdri", "x"], "id you mean --logdir?"),
            (["--port", "70000", "--logdir", "x"], "65535"),
            (["--port", "6006"], "o logdir given"),
            (["list", "everything"], "takes no 'everything'"),
            (["stop"], "takes one port or id, or all"),
        ],
    )
    def test_what_is_not_understood(self, arguments: list[str], says: str) -> None:
        done = run(*arguments)
        assert done.returncode == 2
        assert says in done.stderr
        assert "`cellboard help`" in done.stderr
        assert "Traceback" not in done.stderr

    def test_the_installed_command_is_this_one(self) -> None:
        command = Path(sys.executable).with_name("cellboard")
        done = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=60)
        assert done.stdout == f"cellboard {cellboard.__version__}\n"


class TestServing:
    def test_it_prints_the_address_and_what_it_shows(self, foreground, tmp_path: Path) -> None:
        with SummaryWriter(tmp_path / "a") as writer:
            writer.add_scalar("x", 1.0, 0)
        process, out = foreground("--logdir", str(tmp_path), "--port", "0")
        says(out, r"at http://127\.0\.0\.1:\d+/[\w-]{32}/\n")
        says(out, rf"Showing 1 run of {tmp_path}\. Ctrl-C ends it\.")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert "Traceback" not in out.read_text()

    @pytest.mark.parametrize(
        ("make", "words"),
        [
            (lambda path: None, "does not exist yet; watching for it"),
            (lambda path: path.mkdir(), "holds no event files yet; watching it"),
            (lambda path: path.write_text(""), "is a file, not a directory; watching for it"),
        ],
    )
    def test_it_says_what_is_missing(
        self, foreground, tmp_path: Path, make: Callable[[Path], None], words: str
    ) -> None:
        make(tmp_path / "logs")
        _, out = foreground("--logdir", str(tmp_path / "logs"), "--port", "0")
        says(out, f"{tmp_path}/logs {words}")

    def test_a_port_that_is_taken(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            done = run("--logdir", str(tmp_path), "--port", str(other.getsockname()[1]))
        assert done.returncode == 1
        assert "is in use by another program" in done.stderr
        assert "without --port the next free one is taken" in done.stderr

    def test_without_a_place_for_records_it_serves_all_the_same(
        self, foreground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_text("")
        with monkeypatch.context() as patch:
            patch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "file"))
            process, out = foreground("--logdir", str(tmp_path), "--port", "0")
        says(out, r"`cellboard list` will not show this viewer: .*JUPYTER_RUNTIME_DIR")
        says(out, "holds no event files yet")
        process.terminate()
        assert process.wait(30) == 0
        assert "Traceback" not in out.read_text()

    def test_a_window_title_of_many_words(self, foreground, tmp_path: Path) -> None:
        _, out = foreground("--logdir", str(tmp_path), "--port=0", "--window-title", "my title")
        says(out, "Ctrl-C ends it")
        [record] = registry.running()
        assert record.window_title == "my title"


class TestListAndStop:
    def test_nothing_runs(self) -> None:
        assert "No viewers are running" in run("list").stdout
        done = run("stop", "all")
        assert (done.returncode, "No viewers are running" in done.stdout) == (0, True)
        done = run("stop", "6006")
        assert done.returncode == 1
        assert "None is running" in done.stderr

    def test_what_runs(self, tmp_path: Path) -> None:
        one = launch.launch(ViewerOptions(str(tmp_path / "one"), port=0))
        two = launch.launch(ViewerOptions(str(tmp_path / "two"), port=0))
        listed = run("list").stdout
        for record in (one, two):
            assert record.address in listed
            assert record.logdir in listed
            assert f"pid {record.pid}" in listed
        assert f"port {one.port}" in run("stop", str(one.port)).stdout
        assert registry.running() == [two]
        assert run("stop", two.id).returncode == 0
        assert "No viewers are running" in run("list").stdout

    def test_all(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            launch.launch(ViewerOptions(str(tmp_path / name), port=0))
        assert run("stop", "all").stdout.count("Stopped the viewer") == 2
        assert registry.running() == []

    def test_one_that_does_not_answer_is_marked(self, tmp_path: Path) -> None:
        record = launch.launch(ViewerOptions(str(tmp_path), port=0))
        os.kill(record.pid, signal.SIGSTOP)
        try:
            assert "does not answer" in run("list").stdout
        finally:
            os.kill(record.pid, signal.SIGCONT)

    def test_a_reader_that_goes_away_is_no_traceback(self, tmp_path: Path) -> None:
        launch.launch(ViewerOptions(str(tmp_path), port=0))
        listing = subprocess.Popen([*COMMAND, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert listing.stdout is not None
        listing.stdout.close()
        assert listing.stderr is not None
        assert "Traceback" not in listing.stderr.read()
        listing.stderr.close()
        listing.wait(30)


def test_the_command_starts_without_numpy_and_ipython() -> None:
    program = (
        "import sys; from cellboard.cli import main; main(['--version']); import cellboard.viewer.serve;"
        "print([name for name in ('numpy', 'IPython', 'ipywidgets', 'google.protobuf', 'PIL') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
