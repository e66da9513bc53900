"""Several directories shown as one."""

from __future__ import annotations

import pytest
from cellboard.eventlog import BadValueError, LogDir


@pytest.fixture
def log_at(tmp_path, events):
    def write(place, tag="a", begin=1.0):
        path = tmp_path / place / "tfevents"
        path.parent.mkdir(parents=True)
        path.write_bytes(events.log(events.version(begin), events.scalar(tag, 1.0, 0, begin)))
        return path.parent

    return write


def test_the_runs_of_each_stand_below_its_name(tmp_path, log_at):
    for place in ("one", "one/deep/run", "two/run"):
        log_at(place)
    log = LogDir({"first": tmp_path / "one", "second/part": str(tmp_path / "two")})
    assert set(log.runs) == {"first", "first/deep/run", "second/part/run"}
    assert log.runs["first/deep/run"].path == tmp_path / "one" / "deep" / "run"
    assert (log.path, log.exists, log.problems) == (tmp_path, True, [])
    assert dict(log.roots) == {"first": tmp_path / "one", "second/part": tmp_path / "two"}
    assert log.runs["second/part/run"].scalars["a"].value.tolist() == [1.0]


def test_one_that_is_missing_is_said_and_watched_for(tmp_path, log_at):
    log_at("one")
    log = LogDir({"first": tmp_path / "one", "second": tmp_path / "two"})
    assert list(log.runs) == ["first"]
    [problem] = log.problems
    assert (problem.file, problem.reason) == (str(tmp_path / "two"), "does not exist")
    log_at("two")
    assert log.refresh()
    assert list(log.runs) == ["first", "second"]
    assert log.problems == []


def test_one_directory_under_two_names_and_one_in_another(tmp_path, log_at):
    log_at("one/run")
    log = LogDir({"a": tmp_path / "one", "b": tmp_path / "one", "c": tmp_path})
    assert set(log.runs) == {"a/run", "b/run", "c/one/run"}
    colors = [run.color for run in log.runs.values()]
    assert len(set(colors)) == 3


def test_a_run_with_the_name_of_another_is_said(tmp_path, log_at):
    first, second = log_at("one/run"), log_at("two")
    log = LogDir({"a": tmp_path / "one", "a/run": tmp_path / "two"})
    assert log.runs["a/run"].path == first
    [problem] = log.problems
    assert problem.file == str(second)
    assert "same name as another run, a/run" in problem.reason


def test_a_single_one_may_have_a_name(tmp_path, log_at):
    log_at("one/run")
    assert list(LogDir({"x": tmp_path / "one"}).runs) == ["x/run"]
    assert list(LogDir({"": tmp_path / "one"}).runs) == ["run"]


def test_no_directory_at_all():
    with pytest.raises(BadValueError, match="needs a directory"):
        LogDir({})


def test_embeddings_of_each(tmp_path):
    from cellboard import SummaryWriter

    for place in ("one", "two"):
        with SummaryWriter(tmp_path / place) as writer:
            writer.add_embedding([[1.0, 2.0]], tag="e")
    found = LogDir({"a": tmp_path / "one", "b": tmp_path / "two"}).embeddings
    assert set(found) == {"a/e:00000", "b/e:00000"}
    assert found["b/e:00000"].points().tolist() == [[1.0, 2.0]]
