"""A log directory as it changes: runs come, grow, are cut, replaced and deleted."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import numpy as np
import pytest
from cellboard.eventlog import BadValueError, LogDir, RecordError
from cellboard.eventlog.colors import run_color
from cellboard.eventlog.messages import Summary
from cellboard.eventlog.natural import natural_key


@pytest.fixture
def write(events):
    """Return a function that writes an event file with a beginning time and payloads."""

    def writer(path: Path, *payloads: bytes, begin: float = 100.0, mode: str = "wb") -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        first = [events.version(begin)] if mode == "wb" else []
        with path.open(mode) as file:
            file.write(events.log(*first, *payloads))
        return path

    return writer


def open_files():
    return sorted(os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if _is_open(fd))


def _is_open(fd):
    try:
        return stat.S_ISREG(os.stat(f"/proc/self/fd/{fd}").st_mode)
    except OSError:
        return False


def test_runs_are_directories_with_event_files(tmp_path, write, events):
    write(tmp_path / "tfevents.root", begin=3)
    write(tmp_path / "b" / "x.tfevents.1", begin=1)
    write(tmp_path / "a b" / "ü" / "events.out.tfevents.2", begin=2)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "model.ckpt").write_bytes(b"1")
    (tmp_path / "d" / "tfevents").mkdir(parents=True)
    with LogDir(str(tmp_path)) as log:
        assert log.exists
        assert log.path == tmp_path
        assert list(log.runs) == ["b", "a b/ü", "."]
        assert [run.name for run in log.runs.values()] == list(log.runs)
        assert log.runs["a b/ü"].path == tmp_path / "a b" / "ü"
        assert [run.started for run in log.runs.values()] == [1.0, 2.0, 3.0]
        assert [run.color for run in log.runs.values()] == [run_color(at) for at in range(3)]


def test_runs_that_begin_at_one_time_are_in_natural_order(tmp_path, write):
    for name in ("run10", "run9", "Run 1"):
        write(tmp_path / name / "tfevents")
    assert list(LogDir(tmp_path).runs) == ["Run 1", "run9", "run10"]


def test_a_missing_directory_is_waited_for(tmp_path, write, events):
    log = LogDir(tmp_path / "later")
    assert (log.exists, dict(log.runs), log.problems) == (False, {}, [])
    assert not log.refresh()
    write(tmp_path / "later" / "r" / "tfevents", events.scalar("a", 1.0))
    assert log.refresh()
    assert log.exists
    assert len(log.runs["r"].scalars["a"]) == 1


def test_a_path_that_is_a_file(tmp_path):
    path = tmp_path / "file"
    path.write_text("x")
    log = LogDir(path)
    assert not log.exists
    assert [problem.reason for problem in log.problems] == ["not a directory"]


def test_what_is_appended_is_read_and_what_was_handed_out_stays(tmp_path, write, events):
    path = write(tmp_path / "tfevents", events.scalar("a", 1.0, 1), events.scalar("b", 5.0, 1))
    log = LogDir(tmp_path)
    revision, run = log.revision, log.runs["."]
    before, untouched = run.scalars["a"], run.scalars["b"]
    assert not log.refresh()
    assert log.revision == revision
    write(path, events.scalar("a", 2.0, 2), events.scalar("c", 0.0), mode="ab")
    assert log.refresh()
    assert log.revision > revision
    assert log.runs["."] is run
    assert list(run.scalars) == ["a", "b", "c"]
    assert run.scalars["a"].value.tolist() == [1.0, 2.0]
    assert before.value.tolist() == [1.0]
    assert run.scalars["b"] is untouched
    for _ in range(50):
        write(path, events.scalar("a", 3.0, 3), mode="ab")
        log.refresh()
    assert len(run.scalars["a"]) == 52


def test_columns_are_typed_and_read_only(tmp_path, write, events):
    write(tmp_path / "1.tfevents", events.scalar("a", np.nan, 1), begin=1)
    write(tmp_path / "2.tfevents", events.scalar("a", np.inf, 2), begin=2)
    for directory in (tmp_path, write(tmp_path / "one" / "tfevents", events.scalar("a", 1.0)).parent):
        series = LogDir(directory).runs["."].scalars["a"]
        columns = (series.step, series.wall_time, series.value)
        assert [column.dtype for column in columns] == [np.int64, np.float64, np.float64]
        for column in columns:
            with pytest.raises(ValueError, match="read-only"):
                column[0] = 0


@pytest.mark.parametrize("how", ["replaced", "cut", "rewritten", "rewritten to the same size"])
def test_a_file_that_is_another_one_now(tmp_path, write, events, how):
    old = [events.scalar("a", float(at), at) for at in range(5)]
    path = write(tmp_path / "tfevents", *old)
    log = LogDir(tmp_path)
    new = {
        "replaced": [events.scalar("a", 9.0, step) for step in range(7)],
        "cut": [events.scalar("a", 9.0, 1)],
        "rewritten": [events.scalar("a", 9.0, step) for step in range(7)],
        "rewritten to the same size": [events.scalar("a", 9.0, step) for step in range(5)],
    }[how]
    if how == "replaced":
        write(tmp_path / "new", *new)
        os.replace(tmp_path / "new", path)
    else:
        write(path, *new, begin=200)
        os.utime(path, (1, 1))
    assert log.refresh()
    assert set(log.runs["."].scalars["a"].value.tolist()) == {9.0}
    assert len(log.runs["."].scalars["a"]) == len(new)


def test_runs_and_files_that_are_deleted_go_and_colors_stay(tmp_path, write, events):
    for at, name in enumerate("abc"):
        write(tmp_path / name / "tfevents", events.scalar("x", 1.0), begin=at)
    second = write(tmp_path / "a" / "tfevents.2", events.scalar("y", 1.0), begin=9)
    log = LogDir(tmp_path)
    color = log.runs["b"].color
    (tmp_path / "b" / "tfevents").unlink()
    second.unlink()
    assert log.refresh()
    assert list(log.runs) == ["a", "c"]
    assert list(log.runs["a"].scalars) == ["x"]
    write(tmp_path / "b" / "tfevents", events.scalar("x", 2.0), begin=50)
    write(tmp_path / "d" / "tfevents", begin=60)
    log.refresh()
    assert list(log.runs) == ["a", "c", "b", "d"]
    assert log.runs["b"].color == color
    assert log.runs["d"].color == run_color(3)


def test_files_of_a_run_follow_each_other_by_time_then_name(tmp_path, write, events):
    write(tmp_path / "events.out.tfevents.5.h.1.10", events.scalar("a", 3.0, 3), begin=5)
    write(tmp_path / "events.out.tfevents.5.h.1.9", events.scalar("a", 2.0, 2), begin=5)
    first = write(tmp_path / "z.tfevents", events.scalar("a", 1.0, 1), begin=4)
    log = LogDir(tmp_path)
    series = log.runs["."].scalars["a"]
    assert len(series) == 3
    assert series.value.tolist() == [1.0, 2.0, 3.0]
    write(first, events.scalar("a", 1.5, 1), mode="ab")
    log.refresh()
    assert log.runs["."].scalars["a"].value.tolist() == [1.0, 1.5, 2.0, 3.0]


def test_metadata_in_an_earlier_file_says_what_a_tensor_is(tmp_path, write, events):
    said = events.tensor_value("t", [b"one"], "text", summary_description="*words*", display_name="T")
    write(tmp_path / "1.tfevents", events.of_value(said, 1), begin=1)
    write(tmp_path / "2.tfevents", events.of_value(events.tensor_value("t", [b"two"]), 2), begin=2)
    texts = LogDir(tmp_path).runs["."].texts["t"]
    assert [sample.text for sample in texts] == ["one", "two"]
    assert (texts.display_name, texts.description) == ("T", "*words*")


def test_one_tag_may_be_a_scalar_and_a_histogram(tmp_path, write, events):
    histogram = Summary.Value(tag="x")
    histogram.histo.bucket_limit.extend([1.0, 2.0])
    histogram.histo.bucket.extend([0.0, 3.0])
    write(tmp_path / "tfevents", events.scalar("x", 1.0), events.of_value(histogram))
    run = LogDir(tmp_path).runs["."]
    assert (list(run.scalars), list(run.histograms)) == (["x"], ["x"])
    assert run.histograms["x"][0].total == 3
    assert run.scalars["x"].display_name == "x"


class TestRestart:
    """Where logging begins anew at a step, what came before it at that step or later is void."""

    def test_in_a_later_file(self, tmp_path, write, events):
        old = [events.scalar("a", 0.0, step, 10.0 + step) for step in range(10)]
        write(tmp_path / "1.tfevents", *old, begin=10)
        new = [events.scalar("a", 1.0, step, 100.0 + step) for step in range(6, 12)]
        write(tmp_path / "2.tfevents", events.start(6, 100.0), *new, begin=100)
        series = LogDir(tmp_path).runs["."].scalars["a"]
        assert len(series) == 12
        assert series.step.tolist() == list(range(12))
        assert series.value.tolist() == [0.0] * 6 + [1.0] * 6
        kept = LogDir(tmp_path, restarts="all").runs["."].scalars["a"]
        assert kept.step.tolist() == [*range(10), *range(6, 12)]

    def test_in_the_same_file_and_while_it_grows(self, tmp_path, write, events):
        image = Summary.Value(tag="i", image=Summary.Image(encoded_image_string=b"old"))
        path = write(tmp_path / "tfevents", *[events.scalar("a", 0.0, step) for step in range(5)])
        write(path, events.of_value(image, 4), mode="ab")
        log = LogDir(tmp_path)
        write(path, events.start(3), events.scalar("a", 1.0, 3), mode="ab")
        log.refresh()
        assert log.runs["."].scalars["a"].value.tolist() == [0.0, 0.0, 0.0, 1.0]
        assert "i" not in log.runs["."].images

    def test_leaves_a_writer_alone_that_is_still_at_work(self, tmp_path, write, events):
        old = [events.scalar("a", 0.0, step, 10.0 + step) for step in range(10)]
        path = write(tmp_path / "1.tfevents", *old, begin=10)
        write(tmp_path / "2.tfevents", events.start(0, 100.0), events.scalar("b", 1.0, 0, 101.0), begin=100)
        log = LogDir(tmp_path)
        assert list(log.runs["."].scalars) == ["b"]
        write(path, events.scalar("a", 0.0, 10, 102.0), mode="ab")
        log.refresh()
        assert log.runs["."].scalars["a"].step.tolist() == list(range(11))

    def test_an_unknown_way_to_treat_it(self, tmp_path):
        with pytest.raises(BadValueError, match="restarts must be"):
            LogDir(tmp_path, restarts="newest")


def test_links_are_followed_but_never_in_a_circle(tmp_path, write):
    write(tmp_path / "logs" / "a" / "tfevents", begin=1)
    write(tmp_path / "elsewhere" / "deep" / "tfevents", begin=2)
    logs = tmp_path / "logs"
    (logs / "a" / "up").symlink_to(logs)
    (logs / "a" / "self").symlink_to(logs / "a")
    (logs / "out").symlink_to(tmp_path / "elsewhere")
    (logs / "itself.tfevents").symlink_to(logs / "itself.tfevents")
    (logs / "broken").symlink_to(tmp_path / "nowhere")
    (logs / "latest").symlink_to(logs / "a")
    log = LogDir(logs)
    assert list(log.runs) == ["a", "latest", "out/deep"]
    assert log.problems == []


def test_a_maze_of_links_takes_no_more_than_it_has_directories_and_links(tmp_path, write):
    for at in range(12):
        write(tmp_path / str(at) / "tfevents")
    for at in range(12):
        for to in range(12):
            (tmp_path / str(at) / f"to{to}").symlink_to(tmp_path / str(to))
    log = LogDir(tmp_path)
    assert {str(at) for at in range(12)} <= set(log.runs)
    assert len(log.runs) <= 12 + 12 * 12


def test_a_pipe_of_that_name_is_not_waited_on(tmp_path, write):
    os.mkfifo(tmp_path / "tfevents.pipe")
    (tmp_path / "tfevents.pipe.link").symlink_to("/dev/zero")
    write(tmp_path / "tfevents")
    assert list(LogDir(tmp_path).runs) == ["."]


def test_names_that_are_no_text(tmp_path, write):
    write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/r\xff")) / "tfevents")
    [name] = LogDir(tmp_path).runs
    assert name == "r\\xff"
    name.encode()


def test_an_unreadable_file_is_a_problem_until_it_can_be_read(tmp_path, write, events, monkeypatch):
    path = write(tmp_path / "tfevents", events.scalar("a", 1.0))
    real = os.open
    refused = {str(path)}

    def refusing(name, *rest, **more):
        if name in refused:
            raise PermissionError(13, "Permission denied", name)
        return real(name, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)
    log = LogDir(tmp_path)
    assert [problem.reason for problem in log.problems] == ["cannot be read: Permission denied"]
    assert not log.refresh()
    refused.clear()
    assert log.refresh()
    assert log.problems == []
    assert len(log.runs["."].scalars["a"]) == 1
    assert log.runs["."].started == 100.0


def test_no_file_stays_open(tmp_path, write, events):
    for name in "abc":
        write(tmp_path / name / "tfevents", events.of_value(events.tensor_value("t", [b"x"], "text")))
    before = open_files()
    with LogDir(tmp_path) as log:
        assert log.runs["a"].texts["t"][0].text == "x"
        log.refresh()
    assert open_files() == before


def test_a_closed_log_is_read_no_further(tmp_path, write, events):
    path = write(tmp_path / "tfevents", events.scalar("a", 1.0))
    log = LogDir(tmp_path)
    log.close()
    write(path, events.scalar("a", 2.0), mode="ab")
    assert not log.refresh()
    assert log.runs["."].scalars["a"].value.tolist() == [1.0]


def test_media_whose_file_changed_say_so(tmp_path, write, events):
    path = write(tmp_path / "tfevents", events.of_value(events.tensor_value("t", [b"x" * 50], "text")))
    texts = LogDir(tmp_path).runs["."].texts["t"]
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)
    with pytest.raises(RecordError, match="tfevents"):
        texts[0]
    path.unlink()
    with pytest.raises(FileNotFoundError):
        texts[0]


def test_samples_are_a_sequence(tmp_path, write, events):
    texts = [events.of_value(events.tensor_value("t", [b"%d" % at], "text"), at) for at in range(5)]
    write(tmp_path / "1.tfevents", *texts[:2], begin=1)
    write(tmp_path / "2.tfevents", *texts[2:], begin=2)
    series = LogDir(tmp_path).runs["."].texts["t"]
    assert [sample.text for sample in series[1:4]] == ["1", "2", "3"]
    assert (series[-1].text, series[-1].step, len(series)) == ("4", 4, 5)
    assert [sample.step for sample in reversed(series)] == [4, 3, 2, 1, 0]
    for index in (5, -6):
        with pytest.raises(IndexError, match="5 samples"):
            series[index]


def test_readers_see_old_or_new_while_another_thread_refreshes(tmp_path, write, events):
    """Each append adds one point to both tags; whatever is looked up fits together."""
    path = write(tmp_path / "r" / "tfevents", events.scalar("a", 0.0), events.scalar("b", 0.0))
    log = LogDir(tmp_path)
    done, wrong = threading.Event(), []

    def look():
        while not done.is_set():
            scalars = log.runs["r"].scalars
            for series in (scalars["a"], scalars["b"]):
                if not (len(series.step) == len(series.value) == len(series.wall_time) == len(series)):
                    wrong.append("columns")
                if series.step.tolist() != list(range(len(series))):
                    wrong.append("content")
            if len(scalars["a"]) != len(scalars["b"]):
                wrong.append("tags")

    def refresh():
        while not done.is_set():
            log.refresh()

    threads = [threading.Thread(target=task) for task in (look, look, refresh, refresh)]
    for thread in threads:
        thread.start()
    for step in range(1, 300):
        write(path, events.scalar("a", 1.0, step), events.scalar("b", 1.0, step), mode="ab")
    done.set()
    for thread in threads:
        thread.join()
    log.refresh()
    assert wrong == []
    assert len(log.runs["r"].scalars["a"]) == 300


def test_what_was_read_can_be_seen_before_all_is(tmp_path, write, events, monkeypatch):
    monkeypatch.setattr("cellboard.eventlog.tail._WINDOW", 1000)
    monkeypatch.setattr("cellboard.eventlog.run._PUBLISH_EVERY", 0.0)
    monkeypatch.setattr("cellboard.eventlog.run._PAUSE", 0.0)
    write(tmp_path / "a" / "tfevents", *[events.scalar("x", 1.0, step) for step in range(500)], begin=1)
    write(tmp_path / "b" / "tfevents", events.scalar("x", 1.0), begin=2)
    log = LogDir(tmp_path, load=False)
    assert not log.exists
    seen = []
    real = log._changed

    def look():
        real()
        seen.append([len(run.scalars.get("x", ())) for run in log.runs.values()])

    monkeypatch.setattr(log, "_changed", look)
    log.refresh()
    assert log.revision == len(seen)
    assert seen[:2] == [[], [0, 0]]
    assert 0 < seen[3][0] < seen[4][0] < 500
    assert seen[-1] == [500, 1]


def test_natural_order_keeps_groups_together():
    names = ["loss", "a10/x", "a2/x", "a/b", "a b", "a", "A", "a/10", "a/9", "a01", "a1", "a-1", ""]
    assert sorted(names, key=natural_key) == [
        "",
        "A",
        "a",
        "a/9",
        "a/10",
        "a/b",
        "a01",
        "a1",
        "a2/x",
        "a10/x",
        "a b",
        "a-1",
        "loss",
    ]


def test_the_time_of_a_run_whose_first_event_has_none(tmp_path, events):
    hollow = b"\x1a\x0dbrain.Event:2"
    (tmp_path / "tfevents").write_bytes(
        events.log(hollow, events.scalar("a", 1.0, 0, 7.0), events.scalar("a", 1.0, 1, 5.0))
    )
    assert LogDir(tmp_path).runs["."].started == 5.0


def test_a_file_that_was_empty_when_it_was_first_seen(tmp_path, write, events):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "tfevents").touch()
    write(tmp_path / "b" / "tfevents", begin=200)
    log = LogDir(tmp_path)
    assert list(log.runs) == ["b", "a"]
    assert (log.runs["a"].started, log.problems) == (None, [])
    write(tmp_path / "a" / "tfevents", events.scalar("x", 1.0), begin=100)
    log.refresh()
    assert list(log.runs) == ["a", "b"]
    assert log.runs["a"].started == 100
