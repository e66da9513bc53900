"""Nothing that was logged is lost: ends of programs, forks, threads, interrupts, full disks, removed directories."""

from __future__ import annotations

import _thread
import gc
import itertools
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from cellboard.eventlog import EventLogWarning, SummaryWriter, event_file
from cellboard.eventlog import event_file_writer as event_file_writer_module
from cellboard.eventlog.event_file_writer import EventFileWriter
from cellboard.eventlog.flusher import Flusher
from cellboard.eventlog.messages import parse
from cellboard.eventlog.records import Record, iter_records

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def logged_steps(directory: Path, tag: str = "x") -> list[int]:
    """Steps of `tag` over all files of a run, in order; fails on damage and on a torn record."""
    steps = []
    for path in sorted(directory.glob("*tfevents*")):
        data, end = path.read_bytes(), 0
        for item in iter_records(data):
            assert isinstance(item, Record), item
            end = item.end
            steps += [parse(item.payload).step for value in parse(item.payload).summary.value if value.tag == tag]
        assert end == len(data)
    return steps


def wait_for_step(directory: Path, step: int) -> None:
    deadline = time.monotonic() + 30
    while len(logged_steps(directory)) <= step and time.monotonic() < deadline:
        time.sleep(0.02)
    assert logged_steps(directory) == list(range(step + 1))


def log_and_flush(writer: SummaryWriter, steps: range) -> None:
    for step in steps:
        writer.add_scalar("x", 1.0, step)
        writer.flush()


def run_program(code: str, *arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    code = f"import sys, os\nfrom cellboard import SummaryWriter\n{code}"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, check=check, capture_output=True, text=True, timeout=120)


def test_flush_returns_when_the_file_holds_everything(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step in range(3):
            writer.add_scalar("x", 1.0, step)
            writer.flush()
            assert logged_steps(tmp_path) == list(range(step + 1))


def test_an_event_is_written_soon_without_being_asked(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step in range(2):  # the second round shows that the flusher looks again
            writer.add_scalar("x", 1.0, step)
            wait_for_step(tmp_path, step)


def test_flush_secs_and_max_queue_are_heeded(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(event_file_writer_module, "_PATIENCE", 3600.0)
    for options, add in (
        ({"flush_secs": 0}, lambda writer, step: writer.add_scalar("x", 1.0, step)),
        ({"max_queue": 1}, lambda writer, step: writer.add_histogram("x", [1.0], step)),
    ):
        directory = tmp_path / next(iter(options))
        with SummaryWriter(directory, **options) as writer:
            for step in range(3):
                add(writer, step)
                wait_for_step(directory, step)


def test_the_end_of_the_program_writes_what_is_pending(tmp_path) -> None:
    code = "w = SummaryWriter(sys.argv[1])\nfor i in range(1000): w.add_scalar('x', 1.0, i)"
    assert run_program(code, tmp_path).stderr == ""
    assert logged_steps(tmp_path) == list(range(1000))


def test_a_program_that_fails_writes_what_is_pending(tmp_path) -> None:
    code = "w = SummaryWriter(sys.argv[1])\nw.add_scalar('x', 1.0, 7)\nraise SystemExit(3)"
    assert run_program(code, tmp_path, check=False).returncode == 3
    assert logged_steps(tmp_path) == [7]


@posix
def test_what_was_flushed_survives_kill_9(tmp_path) -> None:
    code = """
import signal
w = SummaryWriter(sys.argv[1])
for i in range(1000):
    w.add_scalar("x", 1.0, i)
    w.add_histogram("h", [1.0], i)
w.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert run_program(code, tmp_path, check=False).returncode == -9
    assert logged_steps(tmp_path) == logged_steps(tmp_path, "h") == list(range(1000))


def test_a_writer_that_is_dropped_writes_and_closes(tmp_path) -> None:
    writer = SummaryWriter(tmp_path)
    writer.add_scalar("x", 1.0, 3)
    descriptor = writer._events._file._descriptor
    del writer
    gc.collect()
    assert logged_steps(tmp_path) == [3]
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_threads_log_side_by_side(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:

        def work(name: str) -> None:
            for step in range(4000):
                writer.add_scalar(name, 1.0, step)
                if step % 500 == 0:
                    writer.flush()
                    writer.add_histogram(f"{name}/h", [1.0], step)

        threads = [threading.Thread(target=work, args=(f"thread {index}",)) for index in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for index in range(6):
        assert logged_steps(tmp_path, f"thread {index}") == list(range(4000))
        assert logged_steps(tmp_path, f"thread {index}/h") == list(range(0, 4000, 500))


@posix
def test_interrupts_neither_lose_nor_double_nor_tear_anything(tmp_path) -> None:
    code = """
import signal
class Interrupt(Exception): pass
armed = False  # but within the try block no interrupt would be caught
def interrupt(*_):
    global armed
    if armed:
        armed = False
        raise Interrupt
signal.signal(signal.SIGALRM, interrupt)
w = SummaryWriter(sys.argv[1])
step, interrupts = 0, 0
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.0013)
while interrupts < 400:
    try:
        while True:
            armed = True
            for _ in range(100):
                step += 1
                w.add_scalar("x", 1.0, step)
            w.flush()
    except Interrupt:
        interrupts += 1
signal.setitimer(signal.ITIMER_REAL, 0)
w.close()
print(step)
"""
    done = run_program(code, tmp_path)
    steps = logged_steps(tmp_path)
    assert steps == sorted(set(steps))
    assert int(done.stdout) - 400 <= len(steps) <= int(done.stdout)


def test_two_writers_in_one_second_have_two_files(tmp_path) -> None:
    writers = [SummaryWriter(tmp_path) for _ in range(5)]
    for step, writer in enumerate(writers):
        writer.add_scalar("x", 1.0, step)
        writer.close()
    assert len(list(tmp_path.glob("*tfevents*"))) == 5
    assert sorted(logged_steps(tmp_path)) == list(range(5))


def test_a_name_that_is_taken_is_left_alone(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(event_file.time, "time", lambda: 1.7e9)
    monkeypatch.setattr(event_file, "_uids", itertools.count())
    first = EventFileWriter(tmp_path)
    first.open()
    first.close()
    content = first.path.read_bytes()
    monkeypatch.setattr(event_file, "_uids", itertools.count())
    second = EventFileWriter(tmp_path)
    second.open()
    second.close()
    assert first.path != second.path
    assert first.path.read_bytes() == content


@posix
def test_both_sides_of_a_fork_log(tmp_path) -> None:
    code = """
w = SummaryWriter(sys.argv[1])
w.add_scalar("x", 1.0, 0)
w.flush()
w.add_scalar("x", 1.0, 1)  # pending: the parent's to write
child = os.fork()
w.add_scalar("x", 1.0, 3 if child else 2)
if child:
    os.waitpid(child, 0)
    w.close()
else:
    w.flush()
    os._exit(0)
"""
    assert "EventLogWarning" not in run_program(code, tmp_path).stderr
    files = sorted(tmp_path.glob("*tfevents*"), key=lambda path: path.stat().st_size)
    assert len(files) == 2
    assert sorted(logged_steps(tmp_path)) == [0, 1, 2, 3]


@posix
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_children_of_multiprocessing_write_without_being_asked(tmp_path, method: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        """
import multiprocessing, sys
from cellboard import SummaryWriter

def work(directory, step):
    writer = SummaryWriter(directory)
    writer.add_scalar("x", 1.0, step)
    if inherited is not None:
        inherited.add_scalar("x", 1.0, 10 + step)

inherited = None
if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[2])
    if sys.argv[2] == "fork":
        inherited = SummaryWriter(sys.argv[1])
        inherited.add_scalar("x", 1.0, 100)
    children = [context.Process(target=work, args=(sys.argv[1], step)) for step in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
        assert child.exitcode == 0
"""
    )
    command = [sys.executable, "-W", "ignore", str(program), str(tmp_path / "run"), method]
    subprocess.run(command, check=True, timeout=120)
    assert sorted(logged_steps(tmp_path / "run")) == ([0, 1, 10, 11, 100] if method == "fork" else [0, 1])


FULL_DISK = """
import resource, signal, warnings
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
warnings.simplefilter("always")
w = SummaryWriter(sys.argv[1])
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))  # within a record
for i in range(1000):
    w.add_scalar("x", 1.0, i)
    if i % 10 == 0:
        w.flush()
    if i % 100 == 0:
        w.add_histogram("h", [1.0], i)
w.flush()
"""


@posix
def test_a_full_disk_warns_once_and_logging_resumes(tmp_path) -> None:
    code = FULL_DISK + "resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))\nw.close()\nprint(w.lost_events)"
    done = run_program(code, tmp_path)
    assert done.stderr.count("EventLogWarning") == 1
    assert "File too large" in done.stderr
    assert done.stdout.strip() == "0"
    assert logged_steps(tmp_path) == list(range(1000))
    assert logged_steps(tmp_path, "h") == list(range(0, 1000, 100))


@posix
def test_a_disk_that_stays_full_costs_the_rest_and_no_more(tmp_path) -> None:
    done = run_program(FULL_DISK + "w.close()\nprint(w.lost_events)", tmp_path)
    assert done.stderr.count("EventLogWarning") == 1
    steps = logged_steps(tmp_path)  # whole records only
    assert 50 < len(steps) < 150
    assert steps == list(range(len(steps)))
    assert int(done.stdout) == 1010 - len(steps) - len(logged_steps(tmp_path, "h"))


@posix
def test_a_full_disk_at_the_end_of_the_program_is_told(tmp_path) -> None:
    code = FULL_DISK.replace("w.flush()", "pass")
    assert "EventLogWarning" in run_program(code, tmp_path).stderr


def test_memory_stays_bounded_while_nothing_can_be_written(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(event_file, "MAX_BACKLOG", 1000)

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    writer = SummaryWriter(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(event_file.os, "write", full)
        with pytest.warns(EventLogWarning, match="No space left"):
            log_and_flush(writer, range(100))
    assert writer._events._file.backlog < 2000
    writer.close()
    kept = logged_steps(tmp_path)
    assert kept == list(range(len(kept)))
    assert len(kept) > 10
    assert writer.lost_events == 100 - len(kept)


def test_a_removed_directory_warns_once_and_logging_resumes_when_it_is_back(tmp_path) -> None:
    run = tmp_path / "run"
    writer = SummaryWriter(run)
    writer.add_scalar("x", 1.0, 0)
    writer.flush()
    shutil.rmtree(run)
    with pytest.warns(EventLogWarning, match="was removed") as caught:
        log_and_flush(writer, range(1, 100))
    assert len(caught) == 1
    assert not run.exists()  # who removed it did not ask for it to come back
    run.mkdir()
    writer.add_scalar("x", 1.0, 100)
    writer.close()
    assert logged_steps(run) == list(range(1, 101))
    assert writer.lost_events == 0


def test_a_directory_that_stays_removed_costs_what_was_logged_since(tmp_path) -> None:
    run = tmp_path / "run"
    writer = SummaryWriter(run)
    shutil.rmtree(run)
    writer.add_scalar("x", 1.0, 0)
    writer.add_scalar("x", 1.0, 1)
    with pytest.warns(EventLogWarning, match="was removed"):
        writer.close()
    assert writer.lost_events == 2
    assert not run.exists()


def test_a_removed_log_is_not_revived_by_a_writer_that_nobody_holds(tmp_path) -> None:
    run = tmp_path / "run"
    old = SummaryWriter(run)
    old.add_scalar("x", 1.0, 0)
    shutil.rmtree(run)
    new = SummaryWriter(run)
    new.add_scalar("x", 1.0, 1)
    new.close()
    del old
    gc.collect()
    assert logged_steps(run) == [1]


def test_removing_a_log_that_is_complete_is_nobodys_trouble(tmp_path) -> None:
    run = tmp_path / "run"
    writer = SummaryWriter(run)
    writer.add_scalar("x", 1.0, 0)
    writer.flush()
    shutil.rmtree(run)
    writer.close()


def test_sub_runs_share_one_warning(tmp_path) -> None:
    writer = SummaryWriter(tmp_path / "run")
    writer.add_scalars("m", {"a": 1, "b": 2}, 0)
    writer.flush()
    shutil.rmtree(tmp_path / "run")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for step in range(3):
            writer.add_scalars("m", {"a": 1, "b": 2}, step)
            writer.add_scalar("x", 1.0, step)
            writer.flush()
        writer.close()
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert writer.lost_events == 9


def test_a_directory_that_cannot_be_made_is_an_error(tmp_path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(OSError, match="file"):
        SummaryWriter(tmp_path / "file")
    gc.collect()


def test_logging_after_close_opens_a_new_file(tmp_path) -> None:
    writer = SummaryWriter(tmp_path)
    for step in range(3):
        writer.add_scalar("x", 1.0, step)
        writer.close()
        writer.close()
    assert len(list(tmp_path.glob("*tfevents*"))) == 3
    assert sorted(logged_steps(tmp_path)) == [0, 1, 2]


def test_without_threads_the_caller_writes(tmp_path, monkeypatch) -> None:
    def no_threads(*_: object) -> int:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(_thread, "start_new_thread", no_threads)
    monkeypatch.setattr(event_file_writer_module, "flusher", Flusher())
    with SummaryWriter(tmp_path) as writer:
        for step in range(20_000):
            writer.add_scalar("x", 1.0, step)
            if step == 0:
                assert logged_steps(tmp_path) == [0]
        writer.add_histogram("h", [1.0], 5)
    assert logged_steps(tmp_path) == list(range(20_000))
    assert logged_steps(tmp_path, "h") == [5]


def test_a_fault_in_one_writer_does_not_stop_the_flusher(monkeypatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: seen.append(what[1]))

    class Writer:
        def __init__(self, call: Callable[[], object]) -> None:
            self.drain = call

    flusher, drained = Flusher(), threading.Event()
    faulty, sound = Writer(lambda: 1 / 0), Writer(drained.set)
    flusher.later(faulty, 0)
    flusher.later(sound, 0.05)
    assert drained.wait(30)
    assert [type(error) for error in seen] == [ZeroDivisionError]
    with pytest.raises(ZeroDivisionError):
        flusher.now(lambda: 1 / 0)


def test_the_first_events_of_a_resumed_run(tmp_path, payloads) -> None:
    with SummaryWriter(tmp_path, purge_step=5) as writer:
        writer.add_scalar("x", 1.0, 5)
    first, version, start, _ = map(parse, payloads(tmp_path))
    assert (first.file_version, first.step) == ("brain.Event:2", 0)
    assert (version.file_version, version.step) == ("brain.Event:2", 5)
    assert start.SerializeToString()[9:] == bytes.fromhex("10053a020801")


def test_tensorboard_purges_what_a_restart_repeats(tmp_path, accumulated) -> None:
    for purge_step, steps in ((None, range(10)), (5, range(5, 8))):
        with SummaryWriter(tmp_path, purge_step=purge_step) as writer:
            for step in steps:
                writer.add_scalar("x", purge_step or 0, step)
        time.sleep(1.1)  # files are read in the order of the seconds in their names
    assert [(event.step, event.value) for event in accumulated(tmp_path).Scalars("x")] == [
        *((step, 0) for step in range(5)),
        *((step, 5) for step in range(5, 8)),
    ]


def test_an_address_is_no_directory(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="s3://bucket/run"):
        SummaryWriter("s3://bucket/run")
    assert list(tmp_path.iterdir()) == []


def test_directories_and_names(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with SummaryWriter(comment="_try") as writer:
        assert re.fullmatch(r"runs.[A-Z]\w\w\d\d_\d\d-\d\d-\d\d_.+_try", writer.log_dir)
        assert writer.get_logdir() == writer.log_dir
    with SummaryWriter(Path("given"), comment="ignored", filename_suffix=".mine") as writer:
        assert writer.log_dir == "given"
    (path,) = Path("given").iterdir()
    assert re.fullmatch(rf"events\.out\.tfevents\.\d{{10}}\..+\.{os.getpid()}\.\d+\.mine", path.name)
