"""`GlobalSummaryWriter`: one order for all processes and modules."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading

import numpy as np
import pytest
from cellboard import GlobalSummaryWriter
from cellboard.eventlog import EventLogWarning, LogDir

PROGRAM = """
import multiprocessing, sys
from cellboard import GlobalSummaryWriter

def work(writer, name):
    writer = writer or inherited
    for number in range(40):
        writer.add_scalar("x", number)
        writer.add_scalar(name, number, walltime=float(number))
    writer.add_image("i", [[[0.5]]])
    writer.add_text("t", name)
    writer.flush()

if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[2])
    inherited = GlobalSummaryWriter(sys.argv[1])
    inherited.add_scalar("x", -1)
    given = None if sys.argv[2] == "fork" else inherited
    children = [context.Process(target=work, args=(given, f"child {index}")) for index in range(3)]
    for child in children:
        child.start()
    work(inherited, "parent")
    for child in children:
        child.join()
        assert child.exitcode == 0
    inherited.add_scalar("x", -2)
    inherited.close()
"""


@pytest.mark.parametrize("method", ["fork", "spawn"] if os.name == "posix" else ["spawn"])
def test_processes_log_in_one_order(tmp_path, method: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    command = [
        sys.executable,
        "-W",
        "error",
        "-W",
        "ignore::DeprecationWarning",
        str(program),
        tmp_path / "run",
        method,
    ]
    subprocess.run(list(map(str, command)), check=True, timeout=120)
    assert len(list((tmp_path / "run").iterdir())) == 1
    run = LogDir(tmp_path / "run").runs["."]
    assert run.scalars["x"].step.tolist() == list(range(162))
    assert (run.scalars["x"].value[0], run.scalars["x"].value[-1]) == (-1, -2)
    for name in ("child 0", "child 1", "child 2", "parent"):
        np.testing.assert_array_equal(run.scalars[name].value, np.arange(40))
        np.testing.assert_array_equal(run.scalars[name].step, np.arange(40))
        np.testing.assert_array_equal(run.scalars[name].wall_time, np.arange(40))
    assert run.images["i"].step.tolist() == run.texts["t/text_summary"].step.tolist() == [0, 1, 2, 3]


def test_threads_log_in_one_order(tmp_path) -> None:
    with GlobalSummaryWriter(tmp_path) as writer:
        threads = [
            threading.Thread(target=lambda: [writer.add_scalar("x", number) for number in range(200)]) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert LogDir(tmp_path).runs["."].scalars["x"].step.tolist() == list(range(800))


def test_kinds_of_one_tag_are_counted_apart(tmp_path) -> None:
    with GlobalSummaryWriter(logdir=tmp_path) as writer:
        writer.add_scalar("a", 1)
        writer.add_image("a", np.zeros((2, 3, 3)), dataformats="HWC")
        writer.add_image("b", np.zeros((2, 3)), dataformats="HW")
        writer.add_text("a", "text")
        writer.add_scalar("a", 2)
    run = LogDir(tmp_path).runs["."]
    assert run.scalars["a"].step.tolist() == [0, 1]
    assert run.texts["a/text_summary"].step.tolist() == run.images["b"].step.tolist() == [0]
    assert (writer.log_dir, writer.logdir, writer.file_writer.get_logdir()) == (str(tmp_path),) * 3


def test_modules_share_one(tmp_path, monkeypatch) -> None:
    from cellboard.eventlog import global_writer

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(global_writer, "_shared", None)
    assert GlobalSummaryWriter.getSummaryWriter() is GlobalSummaryWriter.getSummaryWriter()
    GlobalSummaryWriter.getSummaryWriter().add_text("log", "greeting")
    GlobalSummaryWriter.getSummaryWriter().close()
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_processes_whose_writer_is_gone_go_on_with_one_warning(tmp_path) -> None:
    writer = GlobalSummaryWriter(tmp_path)
    orphan = GlobalSummaryWriter.__new__(GlobalSummaryWriter)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    orphan.__setstate__({**writer.__getstate__(), "_owner": ended.pid, "_address": str(tmp_path / "gone")})
    with pytest.warns(EventLogWarning, match="does not answer"):
        orphan.add_scalar("x", 1)
    orphan.add_scalar("x", 2)
    orphan.close()
    assert orphan.lost_events == 2
    with pytest.raises(TypeError, match="file_writer"):
        _ = orphan.file_writer


@pytest.mark.parametrize(("value", "error"), [("high", TypeError), (None, TypeError), ([1, 2], TypeError)])
def test_what_is_no_number_is_refused(tmp_path, value, error) -> None:
    with GlobalSummaryWriter(tmp_path) as writer, pytest.raises(error, match="'x'"):
        writer.add_scalar("x", value)
    with GlobalSummaryWriter(tmp_path) as writer, pytest.raises(TypeError, match="'x'"):
        writer.add_text("x", 3)


def test_no_thread_and_no_socket_is_left(tmp_path) -> None:
    before = set(threading.enumerate())
    writer = GlobalSummaryWriter(tmp_path)
    writer.add_scalar("x", 1e300)
    # The thread that warns of a lossy value is not one of `threading` until it looks for its own name there.
    (thread,) = (thread for thread in set(threading.enumerate()) - before if thread.name == "cellboard-counter")
    del writer
    gc.collect()
    thread.join(20)
    assert not thread.is_alive()
    assert LogDir(tmp_path).runs["."].scalars["x"].value.tolist() == [np.inf]
