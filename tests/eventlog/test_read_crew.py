"""Files that are read side by side."""

from __future__ import annotations

import threading

import pytest
from cellboard.eventlog import LogDir
from cellboard.eventlog.crew import Crew

LARGE = 1 << 20


@pytest.fixture(autouse=True)
def three_cores(monkeypatch):
    """Whatever the machine has; and threads help although Python may be all there is."""
    monkeypatch.setattr("cellboard.eventlog.crew._cores", lambda: 3)
    monkeypatch.setattr("cellboard.eventlog.crew.native_available", lambda: True)


def readers():
    return [thread for thread in threading.enumerate() if thread.name == "cellboard-reader"]


def test_large_jobs_are_shared_and_small_ones_stay():
    meeting = threading.Barrier(2, timeout=20)
    small = []
    with Crew() as crew:
        crew.do([(1, lambda: small.append(threading.current_thread())), (LARGE, meeting.wait), (LARGE, meeting.wait)])
    assert small == [threading.current_thread()]
    assert not readers()


@pytest.mark.parametrize("sizes", [[], [1] * 50, [LARGE], [LARGE, 1]])
def test_no_thread_is_started_for_nothing(sizes):
    done = []
    with Crew() as crew:
        crew.do((size, lambda: done.append(len(readers()))) for size in sizes)
    assert done == [0] * len(sizes)


def test_jobs_within_jobs():
    done = []
    with Crew() as crew:

        def job(depth):
            done.append(depth)
            if depth:
                crew.do([(LARGE, lambda: job(depth - 1))] * 3)

        job(5)
    assert sorted(done) == sorted(depth for depth in range(6) for _ in range(3 ** (5 - depth)))
    assert not readers()


def test_an_error_ends_it_when_nothing_is_under_way():
    running, failed = threading.Event(), threading.Event()
    ended = []

    def slow():
        running.set()
        failed.wait(20)
        ended.append(True)

    def wrong():
        running.wait(20)
        failed.set()
        raise ValueError("no such file")

    with Crew() as crew, pytest.raises(ValueError, match="no such file"):
        crew.do([(LARGE, slow), (LARGE, wrong), *[(LARGE, lambda: None)] * 5])
    assert ended == [True]
    assert not readers()


def test_what_is_read_by_several_is_what_is_read_by_one(tmp_path, events, monkeypatch):
    monkeypatch.setattr("cellboard.eventlog.crew._LARGE", 1)
    monkeypatch.setattr("cellboard.eventlog.tail._WINDOW", 4096)
    for run in range(4):
        (tmp_path / f"run{run}").mkdir()
        for file in range(3):
            scalars = [
                events.scalar(f"tag{at % 5}", float(at), file * 500 + at, 1e9 + file * 500 + at) for at in range(500)
            ]
            (tmp_path / f"run{run}" / f"tfevents.{file}").write_bytes(events.log(*scalars) + b"junk" * file)
    several = LogDir(tmp_path, index=False)
    monkeypatch.setattr("cellboard.eventlog.crew._cores", lambda: 1)
    one = LogDir(tmp_path, index=False)
    assert not readers()
    assert several.problems == one.problems
    assert list(several.runs) == list(one.runs)
    for name, run in one.runs.items():
        assert list(several.runs[name].scalars) == list(run.scalars)
        for tag, series in run.scalars.items():
            other = several.runs[name].scalars[tag]
            assert len(other) == 300
            assert [other.step.tolist(), other.value.tolist()] == [series.step.tolist(), series.value.tolist()]
