"""Hyperparameters: in the run itself, of every type, and added to later."""

from __future__ import annotations

import enum
import os

import numpy as np
import pytest
import torch
from cellboard.eventlog import LogDir, SummaryWriter
from tensorboard.plugins.hparams import api_pb2, plugin_data_pb2


def said(directory, judged, part: str) -> list[object]:
    found = []
    for _, _, value in judged(directory):
        if value.metadata.plugin_data.plugin_name == "hparams":
            content = plugin_data_pb2.HParamsPluginData.FromString(value.metadata.plugin_data.content)
            found += [getattr(content, part)] if content.HasField(part) else []
    return found


def test_they_are_written_into_the_run_itself(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 0.5, 1)
        writer.add_hparams({"lr": 0.1}, {"hparam/loss": 0.25}, global_step=9)
    assert [entry for entry in os.listdir(tmp_path) if "tfevents" not in entry] == []
    assert [(step, value.tag) for step, _, value in judged(tmp_path)] == [
        (1, "loss"),
        (9, "_hparams_/experiment"),
        (9, "_hparams_/session_start_info"),
        (9, "_hparams_/session_end_info"),
        (9, "hparam/loss"),
    ]
    assert [end.status for end in said(tmp_path, judged, "session_end_info")] == [api_pb2.STATUS_SUCCESS]


def test_a_name_makes_a_run_of_its_own(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_hparams({"lr": 0.1}, {"loss": 1}, run_name="a")
        writer.add_hparams({"lr": 0.2}, {"loss": 2}, name="b")
        writer.add_hparams({"lr": 0.3}, {"loss": 3}, "c")  # where tensorboardX has the name
    assert judged(tmp_path) == []
    starts = {run: said(tmp_path / run, judged, "session_start_info") for run in "abc"}
    assert {run: start.hparams["lr"].number_value for run, (start,) in starts.items()} == {"a": 0.1, "b": 0.2, "c": 0.3}


class Color(enum.Enum):
    RED = 1


VALUES = {
    "float": (0.5, 0.5),
    "int": (3, 3.0),
    "bool": (True, True),
    "str": ("adam", "adam"),
    "numpy int": (np.int64(3), 3.0),
    "numpy float": (np.float32(0.5), 0.5),
    "numpy bool": (np.bool_(False), False),
    "tensor": (torch.tensor([3.0]), 3.0),
    "large int": (10**30, 1e30),
    "nan": (float("nan"), float("nan")),
    "class": (torch.optim.SGD, "SGD"),
    "function": (max, "max"),
    "list": ([1, 2], "[1, 2]"),
    "array": (np.array([1, 2]), "[1, 2]"),
    "enum": (Color.RED, "Color.RED"),
    "bytes": (b"raw", "raw"),
    "type": (torch.float16, "torch.float16"),
}


@pytest.mark.parametrize("name", VALUES)
def test_values_of_every_type(tmp_path, judged, name: str) -> None:
    given, expected = VALUES[name]
    with SummaryWriter(tmp_path) as writer:
        writer.add_hparams({"x": given}, {})
    (start,) = said(tmp_path, judged, "session_start_info")
    ((info,),) = (experiment.hparam_infos for experiment in said(tmp_path, judged, "experiment"))
    field, kind = {
        bool: ("bool_value", api_pb2.DATA_TYPE_BOOL),
        float: ("number_value", api_pb2.DATA_TYPE_FLOAT64),
        str: ("string_value", api_pb2.DATA_TYPE_STRING),
    }[type(expected)]
    assert (start.hparams["x"].WhichOneof("kind"), info.type) == (field, kind)
    np.testing.assert_equal(getattr(start.hparams["x"], field), expected)


def test_keys_may_be_added_later(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_hparams({"lr": 0.1, "layers": 2}, {}, {"layers": [1, 2]})
        writer.add_scalar("loss", 0.5, 1)
        writer.add_hparams({"lr": 0.2, "best": "yes"}, {"loss": None})
        writer.add_hparams({}, {"accuracy": 0.75})
    run = LogDir(tmp_path).runs["."]
    assert dict(run.hparams.values) == {"lr": 0.2, "layers": 2, "best": "yes"}
    assert [tag for _, tag in run.hparams.metrics] == ["loss", "accuracy"]
    assert run.scalars["accuracy"].value.tolist() == [0.75]
    assert run.scalars["loss"].value.tolist() == [0.5]


def test_a_later_event_holds_all_that_the_writer_was_told(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_hparams({"a": True}, {"m": 1}, {"a": [True, False]})
        writer.add_hparams({"b": "x"}, {"n": 2}, {"b": ["x", "y"]})
    *_, experiment = said(tmp_path, judged, "experiment")
    domains = {info.name: [*info.domain_discrete.values] for info in experiment.hparam_infos}
    assert [value.bool_value for value in domains["a"]] == [True, False]
    assert [value.string_value for value in domains["b"]] == ["x", "y"]
    assert [metric.name.tag for metric in experiment.metric_infos] == ["m", "n"]
    *_, start = said(tmp_path, judged, "session_start_info")
    assert sorted(start.hparams) == ["a", "b"]


@pytest.mark.parametrize(
    "arguments",
    [
        ([("lr", 0.1)], {}),
        ({}, ["loss"]),
        ({"a": 1}, {}, ["a"]),
        ({"a": 1}, {}, {"b": [1]}),
        ({"a": 1}, {}, {"a": ["x"]}),
        ({"a": True}, {}, {"a": [1, 0]}),
        ({"a": "x"}, {}, {"a": "xy"}),
        ({"a": 1}, {}, {"a": 1}),
        ({"a": 1}, {"m": "high"}),
        ({"a": 1}, {"m": [1, 2]}),
    ],
    ids=repr,
)
def test_what_cannot_be_logged_is_refused(tmp_path, judged, arguments) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(TypeError):
        writer.add_hparams(*arguments)
    assert judged(tmp_path) == []


def test_many_named_runs_leave_no_file_open(tmp_path) -> None:
    descriptors = "/proc/self/fd"
    if not os.path.isdir(descriptors):
        pytest.skip("needs /proc")
    with SummaryWriter(tmp_path) as writer:
        writer.add_hparams({"i": -1}, {}, run_name="first")
        before = len(os.listdir(descriptors))
        for index in range(20):
            writer.add_hparams({"i": index}, {"m": index}, run_name=str(index))
        assert len(os.listdir(descriptors)) == before
