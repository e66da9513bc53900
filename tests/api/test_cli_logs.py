"""``cellboard export`` and ``cellboard inspect``, as a shell runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from cellboard import SummaryWriter
from cellboard.eventlog.messages import Event
from cellboard.eventlog.plugin_messages import HParamsPluginData
from cellboard.eventlog.records import frame
from cellboard.progress import Progress, line

COMMAND = [sys.executable, "-W", "default", "-m", "cellboard.cli"]


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=60, **options)


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Two runs of several kinds."""
    root = tmp_path / "logs"
    with SummaryWriter(root / "a") as writer:
        for step in range(5):
            writer.add_scalar("loss", step / 7, step)
            writer.add_scalar("=cmd", -1.0, step)
        writer.add_text("note", "hello")
        writer.add_histogram("h", np.arange(4), 3)
    with SummaryWriter(root / "b" / "eval") as writer:
        writer.add_scalar("loss\x1b[31m\nred", 2.0, 9)
    return root


class TestExport:
    def test_csv_on_standard_output(self, logs: Path) -> None:
        done = run("export", logs, "--format", "csv")
        assert (done.returncode, done.stderr) == (0, "")
        rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
        assert len(rows) == 11
        assert {row["tag"] for row in rows} == {"loss", "'=cmd", "loss\x1b[31m\nred"}
        assert [float(row["value"]) for row in rows if row["tag"] == "loss"] == [
            float(np.float32(step / 7)) for step in range(5)
        ]

    def test_what_is_chosen_and_a_file_named_for_its_format(self, logs: Path, tmp_path: Path) -> None:
        out = tmp_path / "scalars.JSON"
        out.write_text("old")
        done = run("export", "--tags", "^lo", "--runs=^a$", "--out", out, logs)
        assert (done.returncode, done.stdout) == (0, "")
        assert f"5 points in {out}" in done.stderr
        points = json.loads(out.read_text())
        assert [(point["run"], point["step"]) for point in points] == [("a", step) for step in range(5)]
        assert sorted(os.listdir(tmp_path)) == ["logs", "scalars.JSON"]
        assert out.stat().st_mode & 0o777 == 0o666 & ~_umask()

    def test_parquet(self, logs: Path, tmp_path: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
        out = tmp_path / "x.parquet"
        assert run("export", logs, "--out", out).returncode == 0
        assert parquet.read_table(out).num_rows == 11

    def test_parquet_without_pyarrow(self, logs: Path, tmp_path: Path) -> None:
        (tmp_path / "hide").mkdir()
        (tmp_path / "hide" / "pyarrow.py").write_text("raise ImportError('hidden')")
        path = os.pathsep.join([str(tmp_path / "hide"), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        done = run("export", logs, "--out", tmp_path / "x.parquet", env={**os.environ, "PYTHONPATH": path})
        assert done.returncode == 1
        assert "pip install 'cellboard[export]'" in done.stderr
        assert "Traceback" not in done.stderr
        assert sorted(os.listdir(tmp_path)) == ["hide", "logs"]

    def test_restarts_are_said(self, tmp_path: Path) -> None:
        for first in (0, 3):
            with SummaryWriter(tmp_path, purge_step=first or None) as writer:
                for step in range(first, 5):
                    writer.add_scalar("a", first, step)
        done = run("export", tmp_path, "--format=csv")
        assert "2 points that restarts made void are left out; --restarts all has them too" in done.stderr
        assert len(done.stdout.splitlines()) == 1 + 5
        done = run("export", tmp_path, "--format=csv", "--restarts", "all")
        assert (done.stderr, len(done.stdout.splitlines())) == ("", 1 + 7)

    @pytest.mark.parametrize(
        ("arguments", "status", "words"),
        [
            (["{logs}", "--fromat", "csv"], 2, "did you mean --format?"),
            (["{logs}", "--format", "xml"], 2, "'xml' is none of csv, json, parquet"),
            (["{logs}"], 2, "--format csv|json|parquet"),
            (["--format", "csv"], 2, "no directory given"),
            (["{logs}", "more", "--format", "csv"], 2, "unexpected argument 'more'"),
            (["{logs}", "--format", "csv", "--tags", "("], 2, "no regular expression"),
            (["{logs}", "--format", "csv", "--restarts", "never"], 2, "latest, all, last-step"),
            (["{logs}/nowhere", "--format", "csv"], 1, "does not exist"),
            (["{logs}", "--out", "{logs}/none/x.csv"], 1, "cannot write"),
            (["{logs}", "--out", "{logs}", "--format", "csv"], 1, "cannot write"),
        ],
    )
    def test_what_cannot_be_done(self, logs: Path, arguments: list[str], status: int, words: str) -> None:
        before = sorted(logs.rglob("*"))
        done = run("export", *(argument.format(logs=logs) for argument in arguments))
        assert done.returncode == status
        assert words.lower() in done.stderr.lower()
        assert "Traceback" not in done.stderr
        assert sorted(logs.rglob("*")) == before

    def test_a_reader_that_goes_away_is_no_traceback(self, tmp_path: Path) -> None:
        with SummaryWriter(tmp_path) as writer:
            for step in range(20_000):
                writer.add_scalar("a", 1.0, step)
        command = [*COMMAND, "export", str(tmp_path), "--format", "csv"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        with process.stderr as stderr:
            assert b"Traceback" not in stderr.read()
        process.wait(30)


class TestInspect:
    def test_as_tensorboard_is_called(self, logs: Path) -> None:
        done = run("--inspect", "--logdir", logs, "--tag", "loss", "--load_fast=false")
        assert (done.returncode, done.stderr) == (0, "")
        assert "2 runs, 2 files" in done.stdout
        assert "5 points" in done.stdout
        assert "=cmd" not in done.stdout
        several = run("--logdir_spec", f"x:{logs}/a,y:{logs}/b", "--inspect").stdout
        assert "\nx  (1 file" in several
        assert "\ny/eval  (1 file" in several
        refused = run("--inspect", "--event_file", "x")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "--logdir DIR" in refused.stderr

    def test_what_there_is(self, logs: Path) -> None:
        done = run("inspect", logs)
        assert (done.returncode, done.stderr) == (0, "")
        text = done.stdout
        assert "2 runs, 2 files" in text
        for words in ("scalars", "5 points", "steps 0 to 4", "step 3", "texts", "histograms", "0 damaged places"):
            assert words in text
        assert "\x1b" not in text
        assert "loss\\x1b[31m\\nred" in text

    def test_damage_is_named(self, logs: Path) -> None:
        [path] = (logs / "b" / "eval").iterdir()
        content = bytearray(path.read_bytes())
        content[-8] ^= 1
        path.write_bytes(content)
        text = run("inspect", logs).stdout
        assert "1 damaged place:" in text
        assert f"{path}: a record whose content fails its checksum at byte " in text

    def test_only_what_is_chosen(self, logs: Path) -> None:
        text = run("inspect", logs, "--runs", "^a$", "--tags", "note").stdout
        assert "1 run, 1 file" in text
        assert "note/text_summary" in text
        assert "loss" not in text

    def test_what_a_run_has_once(self, tmp_path: Path) -> None:
        said = HParamsPluginData()
        said.session_start_info.hparams["lr"].number_value = 1
        events = [Event(wall_time=1), Event(wall_time=1e300)]
        value = events[0].summary.value.add(tag="_hparams_/session_start_info")
        value.metadata.plugin_data.plugin_name = "hparams"
        value.metadata.plugin_data.content = said.SerializeToString()
        events[1].summary.value.add(tag="a", simple_value=1)
        (tmp_path / "tfevents").write_bytes(b"".join(frame(event.SerializeToString()) for event in events))
        (tmp_path / "projector_config.pbtxt").write_text('embeddings { tensor_name: "words" }')
        text = run("inspect", tmp_path).stdout
        for words in ("hparams: 1 value, session unknown", "embeddings: words", "1e+300 s"):
            assert words in text

    @pytest.mark.parametrize("command", ["inspect", "export"])
    def test_help(self, command: str) -> None:
        done = run(command, "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert f"cellboard {command} DIR" in done.stdout

    def test_a_file_is_no_directory(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_text("")
        done = run("inspect", tmp_path / "x")
        assert done.returncode == 1
        assert "is a file, not a directory" in done.stderr


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def test_a_bar_is_drawn_on_a_terminal_and_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    asked = threading.Event()

    def state() -> tuple[int, int]:
        asked.set()
        return 3, 4

    monkeypatch.setattr("cellboard.progress._FIRST", 0.0)
    reader, writer = pty.openpty()
    with os.fdopen(writer, "w") as terminal:
        with Progress("reading", state, terminal):
            assert asked.wait(30)
        drawn, clear = b"", b"\r\x1b[K"
        while drawn.count(clear) < 2 or not drawn.endswith(clear):  # a read gives what is there, maybe half
            drawn += os.read(reader, 4096)
        shown = drawn.decode()
    os.close(reader)
    assert "reading ██████████████████ " in shown
    assert " 75%" in shown


def test_no_bar_is_drawn_into_a_file() -> None:
    out = io.StringIO()
    with Progress("reading", lambda: pytest.fail("asked"), out):
        pass
    assert out.getvalue() == ""


@pytest.mark.parametrize(("done", "total", "share"), [(0, 0, "0%"), (5, 4, "100%"), (1, 3, "33%")])
def test_what_a_bar_looks_like(done: int, total: int, share: str) -> None:
    text = line("x", done, total)
    assert text.endswith(f" {share}")
    assert len(text) == len("x ") + 24 + 5
