"""What restarts make void, by each policy; what is left out can be had, and writers side by side are no restarts."""

from __future__ import annotations

import numpy as np
import pytest
from cellboard.eventlog import BadValueError, LogDir, SummaryWriter
from cellboard.eventlog.messages import Event, Summary
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture
def log_of(tmp_path, events):
    """Return a function: the log of files of payloads, begun at the times that are their keys."""

    def write(files, **options):
        for begin, payloads in files.items():
            (tmp_path / f"tfevents.{begin}").write_bytes(events.log(events.version(begin), *payloads))
        return LogDir(tmp_path, **options)

    return write


def plain_last_step(points):
    """What TensorBoard's Rust loader keeps of the points of a tag: each drops those at its step or later."""
    kept = []
    for point in points:
        kept = [old for old in kept if old < point] + [point]
    return kept


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(-3, 12), min_size=1, max_size=12), min_size=1, max_size=4))
def test_the_last_step_as_its_plain_twin(tmp_path_factory, events, files):
    """Files that follow each other."""
    folder = tmp_path_factory.mktemp("log")
    for at, steps in enumerate(files):
        begin = 100.0 * at + 1
        points = [events.scalar("a", float(at), step, begin + nth) for nth, step in enumerate(steps)]
        (folder / f"tfevents.{at}").write_bytes(events.log(events.version(begin), *points))
    every = LogDir(folder, restarts="all").runs["."].scalars["a"]
    series = LogDir(folder, restarts="last-step").runs["."].scalars["a"]
    assert series.step.tolist() == plain_last_step(every.step.tolist())
    assert len(series) + len(series.superseded) == len(every)
    both = np.concatenate([series.wall_time, series.superseded.wall_time])
    assert sorted(both.tolist()) == sorted(every.wall_time.tolist())


def resumed(events, *, with_start):
    """Files of a run that was resumed at step 6 and again at step 3, each with an image at its last step."""
    files, begin = {}, 0
    for first, last in ((0, 9), (6, 12), (3, 5)):
        begin += 100
        start = [events.start(first, float(begin))] if with_start and begin > 100 else []
        points = [events.scalar("a", float(begin), step, begin + step) for step in range(first, last)]
        image = Summary.Value(tag="i", image=Summary.Image(encoded_image_string=b"%d" % begin))
        files[begin] = [*start, *points, events.of_value(image, last - 1, begin + last - 1.0)]
    return files


@pytest.mark.parametrize("policy", ["latest", "last-step"])
def test_a_run_that_was_resumed_twice(log_of, events, policy):
    log = log_of(resumed(events, with_start=policy == "latest"), restarts=policy)
    run = log.runs["."]
    series = run.scalars["a"]
    assert series.step.tolist() == [0, 1, 2, 3, 4]
    assert series.value.tolist() == [100, 100, 100, 300, 300]
    assert series.superseded.step.tolist() == [3, 4, 5, 6, 7, 8, 6, 7, 8, 9, 10, 11]
    assert series.superseded.superseded.step.tolist() == series.step.tolist()
    assert [sample.encoded for sample in run.images["i"]] == [b"300"]
    assert [sample.encoded for sample in run.superseded["images"]["i"]] == [b"100", b"200"]
    assert {kind: {tag: len(void) for tag, void in of.items()} for kind, of in run.superseded.items()} == {
        "scalars": {"a": 12},
        "images": {"i": 2},
    }


def test_without_a_word_of_writers_the_default_keeps_all(log_of, events):
    run = log_of(resumed(events, with_start=False)).runs["."]
    assert len(run.scalars["a"]) == 9 + 6 + 2
    assert run.superseded == {}


def test_the_last_step_counts_whatever_writers_say(log_of, events):
    files = {1: [events.scalar("a", 1.0, 5, 2.0)], 10: [events.start(0, 10.0), events.scalar("b", 1.0, 0, 11.0)]}
    run = log_of(files, restarts="last-step").runs["."]
    assert list(run.scalars) == ["a", "b"]


def test_all_that_was_logged_can_be_kept(log_of, events):
    run = log_of(resumed(events, with_start=True), restarts="all").runs["."]
    assert (len(run.scalars["a"]), len(run.images["i"]), run.superseded) == (17, 3, {})


def test_a_series_that_is_void_as_a_whole_can_be_had(log_of, events):
    files = {1: [events.scalar("a", 1.0, 5, 2.0)], 10: [events.start(0, 10.0), events.scalar("b", 1.0, 0, 11.0)]}
    run = log_of(files).runs["."]
    assert list(run.scalars) == ["b"]
    assert run.superseded["scalars"]["a"].value.tolist() == [1.0]
    assert "b" not in run.superseded["scalars"]


@pytest.mark.parametrize("policy", ["latest", "last-step", "all"])
def test_writers_at_the_same_time_are_no_restarts(log_of, events, policy):
    """Two processes log to one run, from step 0 each; their files are written to side by side."""
    one = [events.scalar("a", 1.0, step, 100.0 + 2 * step) for step in range(10)]
    two = [events.scalar("a", 2.0, step, 101.0 + 2 * step) for step in range(10)]
    starts = [[events.start(0, time)] for time in (100.0, 101.0)]
    run = log_of({100: starts[0] + one, 101: starts[1] + two}, restarts=policy).runs["."]
    assert run.scalars["a"].step.tolist() == [*range(10), *range(10)]
    assert len(run.scalars["a"].superseded) == 0
    assert run.superseded == {}


def test_a_writer_that_turns_out_to_be_at_work_still(tmp_path, log_of, events):
    old = [events.scalar("a", 0.0, step, 10.0 + step) for step in range(5)]
    log = log_of({10: old, 100: [events.scalar("a", 1.0, 0, 101.0)]}, restarts="last-step")
    assert log.runs["."].scalars["a"].value.tolist() == [1.0]
    with (tmp_path / "tfevents.10").open("ab") as file:
        file.write(events.log(events.scalar("b", 0.0, 9, 200.0)))
    log.refresh()
    assert log.runs["."].scalars["a"].value.tolist() == [0.0] * 5 + [1.0]


def test_a_new_writer_for_each_epoch_is_one_curve(tmp_path):
    for epoch in range(100):
        with SummaryWriter(log_dir=str(tmp_path)) as writer:
            writer.add_scalar("data/x", epoch / 2, epoch)
    for policy in ("latest", "last-step", "all"):
        run = LogDir(tmp_path, restarts=policy).runs["."]
        assert run.scalars["data/x"].step.tolist() == list(range(100))
        assert run.superseded == {}


def test_points_in_one_file_while_it_grows(tmp_path, log_of, events):
    log = log_of({1: [events.scalar("a", 1.0, step) for step in (1, 2, 3)]}, restarts="last-step")
    series = log.runs["."].scalars["a"]
    with (tmp_path / "tfevents.1").open("ab") as file:
        file.write(events.log(*[events.scalar("a", 2.0, step) for step in (2, 2, 4)]))
    log.refresh()
    assert log.runs["."].scalars["a"].step.tolist() == [1, 2, 4]
    assert log.runs["."].scalars["a"].superseded.step.tolist() == [2, 3, 2]
    assert series.step.tolist() == [1, 2, 3]


def test_columns_without_what_is_void_are_read_only(log_of, events):
    series = log_of(resumed(events, with_start=True)).runs["."].scalars["a"]
    for column in (series.step, series.value, series.superseded.wall_time):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def test_many_resumes_take_no_more_time_than_their_points(log_of, events):
    count = 400
    files = {
        at * 10 + 1: [events.start(at, at * 10 + 1.0), *[events.scalar("a", at, at + k, at * 10 + 2.0) for k in (0, 1)]]
        for at in range(count)
    }
    for policy in ("latest", "last-step"):
        run = log_of(files, restarts=policy).runs["."]
        assert run.scalars["a"].step.tolist() == list(range(count + 1))
        assert len(run.scalars["a"].superseded) == count - 1


@pytest.mark.parametrize("policy", ["latest", "last-step", "all"])
def test_what_holds_for_a_run_is_never_void(log_of, events, policy):
    """TensorFlow 1 logs the graph first, and then that a session began at step 0."""
    graph = Event(graph_def=b"\n\x03\n\x01a").SerializeToString()
    layout = events.tensor_value("custom_scalars__config__", [b""], "custom_scalars")
    run = log_of({1: [graph, events.of_value(layout), events.start(0), graph]}, restarts=policy).runs["."]
    assert len(run.graphs["__run_graph__"]) == 2
    assert run.custom_scalars is not None
    assert run.superseded == {}


def test_an_unknown_policy(tmp_path):
    with pytest.raises(BadValueError, match="'latest', 'all', 'last-step'"):
        LogDir(tmp_path, restarts="newest")


def test_a_beginning_that_comes_alone_while_the_log_is_watched(tmp_path, events):
    """No point comes with it, and yet points that were there are void from now on."""
    path = tmp_path / "tfevents"
    path.write_bytes(events.log(events.version(), *[events.scalar("a", 1.0, step, 10.0 + step) for step in range(5)]))
    log = LogDir(tmp_path)
    assert log.runs["."].scalars["a"].step.tolist() == [0, 1, 2, 3, 4]
    with path.open("ab") as file:
        file.write(events.log(events.start(2, 20.0)))
    assert log.refresh()
    series = log.runs["."].scalars["a"]
    assert (series.step.tolist(), series.superseded.step.tolist()) == ([0, 1], [2, 3, 4])


def test_what_is_said_of_a_tag_only_after_its_points(tmp_path, events):
    path = tmp_path / "tfevents"
    text, number = events.tensor_value("t", [b"hello"]), events.tensor_value("n", np.array(1.0))
    path.write_bytes(events.log(events.of_value(text, 1), events.of_value(number, 1)))
    log = LogDir(tmp_path)
    assert (list(log.runs["."].tensors), list(log.runs["."].scalars)) == (["t"], ["n"])
    later = Summary.Value(tag="t")
    later.metadata.plugin_data.plugin_name = "text"
    named = Summary.Value(tag="n")
    named.metadata.display_name = "N"
    for value in (later, named):
        with path.open("ab") as file:
            file.write(events.log(events.of_value(value, 2)))
        log.refresh()
    fresh = LogDir(tmp_path).runs["."]
    for run in (log.runs["."], fresh):
        assert "t" in run.texts
        assert run.scalars["n"].display_name == "N"
