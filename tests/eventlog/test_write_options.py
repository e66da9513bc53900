"""What a writer is made with, and what it has beside the methods of the summaries."""

from __future__ import annotations

import io
import json
import os
import time
from pathlib import Path

import numpy as np
import pytest
import tensorboardX
from cellboard.eventlog import EventLogWarning, FileWriter, RecordWriter, SummaryWriter, event_file, records
from cellboard.eventlog.messages import Event, Summary
from tensorboard.compat.proto import event_pb2, graph_pb2, step_stats_pb2, summary_pb2
from torch.utils.tensorboard import summary as torch_summary


def test_the_directory_has_both_names(tmp_path) -> None:
    for options in ({"log_dir": tmp_path}, {"logdir": str(tmp_path)}):
        with SummaryWriter(**options, comet_config={"disabled": True}) as writer:
            assert writer.log_dir == writer.logdir == writer.get_logdir() == str(tmp_path)


def test_an_unknown_option_is_left_alone_with_a_hint(tmp_path) -> None:
    with pytest.warns(EventLogWarning, match="'flush_sec'.*did you mean 'flush_secs'") as caught:
        SummaryWriter(tmp_path, flush_sec=3).close()
    assert caught[0].filename == __file__
    with pytest.warns(EventLogWarning, match="comet_config"):
        SummaryWriter(tmp_path, comet_config={"disabled": False}).close()


EVERYTHING = {
    "add_scalar": ("s", 1.0),
    "add_scalars": ("s", {"a": 1.0}),
    "add_tensor": ("t", np.zeros(2)),
    "add_histogram": ("h", np.ones(3)),
    "add_histogram_raw": ("h", 0, 1, 1, 1, 1, [1.0], [1.0]),
    "add_image": ("i", np.zeros((3, 4, 4))),
    "add_images": ("i", np.zeros((2, 3, 4, 4))),
    "add_image_with_boxes": ("i", np.zeros((3, 4, 4)), [[0, 0, 2, 2]]),
    "add_video": ("v", np.zeros((1, 2, 3, 4, 4))),
    "add_audio": ("a", np.zeros(4)),
    "add_text": ("t", "x"),
    "add_pr_curve": ("p", [0, 1], [0.5, 0.6]),
    "add_pr_curve_raw": ("p", *np.ones((6, 2))),
    "add_custom_scalars": ({},),
    "add_custom_scalars_multilinechart": (["a"],),
    "add_custom_scalars_marginchart": (["a", "b", "c"],),
    "add_mesh": ("m", np.zeros((1, 2, 3))),
    "add_hparams": ({"a": 1}, {"m": 1}),
    "add_embedding": (np.zeros((2, 2)),),
}


def test_a_silent_writer_takes_everything_and_makes_nothing(tmp_path) -> None:
    with SummaryWriter(tmp_path / "run", write_to_disk=False, purge_step=3) as writer:
        for name, arguments in EVERYTHING.items():
            getattr(writer, name)(*arguments)
        writer.flush(fsync=True)
        writer.file_writer.add_summary(Summary())
    assert writer.lost_events == 0
    assert list(tmp_path.iterdir()) == []


def test_every_method_takes_the_step_and_the_time_of_a_block(tmp_path, judged) -> None:
    without = {name for name in EVERYTHING if "custom_scalars" in name or "embedding" in name}
    with SummaryWriter(tmp_path) as writer:
        with writer.use_metadata(global_step=7, walltime=1.5) as same:
            assert same is writer
            for name in EVERYTHING.keys() - without:
                getattr(writer, name)(*EVERYTHING[name])
            writer.add_scalar("own", 1, 3, 2.5)
        writer.add_scalar("after", 1)
    found = [*judged(tmp_path), *judged(tmp_path / "s_a")]
    times = {value.tag: (step, when) for step, when, value in found}
    assert times.pop("own") == (3, 2.5)
    step, when = times.pop("after")
    assert (step, abs(when - time.time()) < 60) == (0, True)
    assert set(times.values()) == {(7, 1.5)}
    assert len(times) > 10


def test_a_block_with_a_step_alone_has_the_time_of_now(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer, writer.use_metadata(global_step=7):
        writer.add_text("t", "x")
        with writer.use_metadata(walltime=1.5):
            writer.add_text("t", "y")
    (outer, now, _), inner = judged(tmp_path)[0], judged(tmp_path)[1]
    assert (outer, abs(now - time.time()) < 60) == (7, True)
    assert inner[:2] == (7, 1.5)


def test_a_block_ends_with_an_error_too_and_needs_something_to_give(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        with pytest.raises(RuntimeError), writer.use_metadata(global_step=7):
            raise RuntimeError
        writer.add_scalar("x", 1)
        with pytest.raises(ValueError, match="use_metadata"), writer.use_metadata():
            pass
    assert judged(tmp_path)[0][0] == 0


def test_flush_with_fsync_returns_when_the_disk_has_it(tmp_path, monkeypatch) -> None:
    synced = []
    fsync = os.fsync
    monkeypatch.setattr(
        event_file.os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor)) or fsync(descriptor)
    )
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("x", 1)
        writer.flush()
        assert synced == []
        writer.flush(fsync=True)
    (path,) = tmp_path.iterdir()
    assert os.path.samestat(synced[0], path.stat())
    assert synced[0].st_size == path.stat().st_size


def test_a_disk_that_cannot_sync_is_a_warning(tmp_path, monkeypatch) -> None:
    def fails(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(event_file.os, "fsync", fails)
    with SummaryWriter(tmp_path) as writer, pytest.warns(EventLogWarning, match="Input/output"):
        writer.flush(fsync=True)


def test_a_named_scalar_is_named_for_every_loader(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("x", 0.5, 1, display_name="Loss", summary_description="*less* is more")
    # A tensor with metadata of its plugin: TensorBoard's faster loader drops what is said of plain values.
    (path,) = tmp_path.iterdir()
    event = event_pb2.Event.FromString(bytes(list(records.iter_file(path))[1].payload))
    (value,) = event.summary.value
    assert value.HasField("tensor")
    assert value.metadata.plugin_data.plugin_name == "scalars"
    assert (value.metadata.display_name, value.metadata.summary_description) == ("Loss", "*less* is more")
    assert judged(tmp_path)[0][2].tensor.float_val == [0.5]


def test_scalars_are_exported_as_tensorboardx_does(tmp_path) -> None:
    read = {}
    for kind in (SummaryWriter, tensorboardX.SummaryWriter):
        folder = tmp_path / kind.__module__
        with kind(str(folder)) as writer:
            writer.add_scalar("not this", 1, 0)
            for step in range(3):
                writer.add_scalars("m", {"a": step / 2, "b/c": -step}, step, walltime=1e9 + step)
            writer.export_scalars_to_json(str(folder / "all.json"))
        found = json.loads((folder / "all.json").read_text())
        read[kind] = sorted(found.values())
    assert read[SummaryWriter] == read[tensorboardX.SummaryWriter]
    assert set(json.loads((tmp_path / SummaryWriter.__module__ / "all.json").read_text())) == {
        str(tmp_path / SummaryWriter.__module__ / f"m_{key}") for key in ("a", "b/c")
    }


def test_an_export_holds_what_is_new_since_the_last(tmp_path) -> None:
    path = tmp_path / "all.json"
    with SummaryWriter(tmp_path / "run") as writer:
        for expected in ([1.0], [2.0]):
            writer.add_scalars("m", {"a": expected[0]}, 5)
            writer.close()  # goes on in a new file
            writer.export_scalars_to_json(path)
            (points,) = json.loads(path.read_text()).values()
            assert [value for _, _, value in points] == expected
        writer.add_scalars("m", {key: float(key) for key in ("nan", "inf", "-inf")})
        writer.export_scalars_to_json(path)
        strict = json.loads(path.read_text(), parse_constant=pytest.fail)
        assert sorted(points[0][2] for points in strict.values()) == ["-Infinity", "Infinity", "NaN"]
        writer.export_scalars_to_json(path)
        assert json.loads(path.read_text()) == {}


def test_messages_of_others_are_logged(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.file_writer.add_summary(torch_summary.scalar("a", 0.5), 3, 1.5)
        for summary in torch_summary.hparams({"lr": 0.1}, {}):
            writer.file_writer.add_summary(summary.SerializeToString())
        writer._get_file_writer().add_event(event_pb2.Event(step=4, summary=summary_pb2.Summary()), walltime=1.5)
        writer.file_writer.add_event(
            Event(step=5, wall_time=9, summary=Summary(value=[Summary.Value(tag="b", simple_value=1)])), 6
        )
    found = {value.tag: (step, when) for step, when, value in judged(tmp_path)}
    assert found["a"] == (3, 1.5)
    assert found["_hparams_/session_start_info"][0] == 0
    assert found["b"][0] == 6
    assert abs(found["b"][1] - time.time()) < 60


def test_a_file_writer_stands_alone(tmp_path, accumulated) -> None:
    writer = FileWriter(tmp_path, filename_suffix=".own")
    assert writer.get_logdir() == str(tmp_path)
    graph = graph_pb2.GraphDef(node=[{"name": "n", "op": "o"}])
    writer.add_graph((graph, step_stats_pb2.StepStats()))
    with writer.use_metadata(global_step=8):
        writer.add_summary(Summary(value=[Summary.Value(tag="x", simple_value=2)]))
    writer.flush(fsync=True)
    writer.close()
    writer.reopen()
    writer.add_summary(Summary(value=[Summary.Value(tag="x", simple_value=3)]), 9)
    writer.close()
    assert all(path.name.endswith(".own") for path in tmp_path.iterdir())
    events = accumulated(tmp_path)
    assert [(event.step, event.value) for event in events.Scalars("x")] == [(8, 2), (9, 3)]
    assert events.Graph() == graph
    assert events.Tags()["run_metadata"] == ["step1"]


@pytest.mark.parametrize("given", [3, None, "text", ...], ids=repr)
def test_what_is_no_message_is_refused(tmp_path, given) -> None:
    with SummaryWriter(tmp_path) as writer:
        for add in (writer.file_writer.add_summary, writer.file_writer.add_event):
            with pytest.raises(TypeError, match="protobuf"):
                add(given)
        with pytest.raises(ValueError, match="Summary"):
            writer.file_writer.add_summary(b"\xff")


def test_plain_records(tmp_path) -> None:
    path, memory = tmp_path / "file.tfrecord", io.BytesIO()
    for target in (path, memory):
        with RecordWriter(target) as writer:
            for payload in (b"", b"abc", memoryview(b"d" * 1000)):
                writer.write(payload)
            writer.flush()
            if target is memory:
                content = memory.getvalue()
            with pytest.raises(TypeError, match="bytes"):
                writer.write("text")
    assert path.read_bytes() == content
    assert [bytes(item.payload) for item in records.iter_file(path)] == [b"", b"abc", b"d" * 1000]
    theirs = tensorboardX.record_writer.RecordWriter(str(tmp_path / "theirs"))
    for payload in (b"", b"abc", b"d" * 1000):
        theirs.write(payload)
    theirs.close()
    assert Path(tmp_path / "theirs").read_bytes() == content


def test_the_writers_of_all_runs_are_listed(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalars("m", {"a": 1})
        assert set(writer.all_writers) == {str(tmp_path), str(tmp_path / "m_a")}
        for each in writer.all_writers.values():
            each.flush()
    assert len(writer.default_bins) == 1549
