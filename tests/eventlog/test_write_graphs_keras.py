"""Keras models: what Keras' own callback wrote is the judge."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cellboard.eventlog import SummaryWriter
from cellboard.eventlog.messages import parse

LAYERS = {
    "class_name": "Sequential",
    "config": {
        "name": "sequential",
        "layers": [
            {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 4], "name": "in", "dtype": "float32"}},
            {"class_name": "Dense", "config": {"name": "dünn", "dtype": "float32", "units": 3}},
        ],
    },
    "keras_version": "2.12.0",
    "backend": "tensorflow",
}


class Sequential:
    """Describes itself as a Keras model does."""

    def __init__(self, description: object = LAYERS) -> None:
        self.description = description

    def to_json(self, **options: object) -> object:
        if isinstance(self.description, Exception):
            raise self.description
        return json.dumps(self.description) if isinstance(self.description, dict) else self.description

    def __call__(self, x: object) -> object:
        raise AssertionError("a Keras model is not run")


@pytest.fixture
def keras_log() -> Path:
    path = os.environ.get("CELLBOARD_TEST_DATA")
    if not path:
        pytest.skip("CELLBOARD_TEST_DATA is not set: it names a folder of real event logs")
    return Path(path, "keras-mnist", "train")


def value_in(payload: bytes):
    (value,) = parse(payload).summary.value
    return value


def test_tensorboard_draws_the_layers(tmp_path, accumulated) -> None:
    from tensorboard.plugins.graph import keras_util

    with SummaryWriter(tmp_path) as writer:
        writer.add_graph(Sequential(), object())  # an input that other models would need
    (event,) = accumulated(tmp_path).Tensors("keras")
    graph = keras_util.keras_model_to_graph_def(json.loads(event.tensor_proto.string_val[0]))
    assert [node.name for node in graph.node] == ["sequential/in", "sequential/dünn"]
    assert list(graph.node[1].input) == ["sequential/in"]


def test_every_byte_is_that_of_keras(tmp_path, payloads, keras_log) -> None:
    theirs = [payload for payload in payloads(keras_log) if b"graph_keras_model" in payload]
    described = value_in(theirs[0]).tensor.string_val[0].decode()
    with SummaryWriter(tmp_path) as writer:
        writer.add_graph(Sequential(described))
    ours = payloads(tmp_path)[1]
    assert parse(ours).step == parse(theirs[0]).step == 0
    assert value_in(ours) == value_in(theirs[0])
    assert value_in(ours).SerializeToString() == value_in(theirs[0]).SerializeToString()


@pytest.mark.parametrize("description", [None, 3, "[]", "{", '"text"', "{}", "[" * 100_000], ids=lambda d: repr(d)[:20])
def test_what_describes_itself_otherwise_is_no_model(tmp_path, description) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(TypeError, match="to_json of Sequential gives no JSON"):
        writer.add_graph(Sequential(description))


def test_a_model_that_cannot_describe_itself_is_named(tmp_path) -> None:
    model = Sequential(NotImplementedError("Layers with arguments in `__init__`"))
    with SummaryWriter(tmp_path) as writer, pytest.raises(RuntimeError, match="Sequential cannot be described"):
        writer.add_graph(model)


def test_a_torch_module_with_a_to_json_of_its_own_is_traced_if_there_is_an_input(tmp_path, accumulated) -> None:
    import torch

    class Both(torch.nn.Linear):
        def to_json(self) -> str:
            return json.dumps(LAYERS)

    with SummaryWriter(tmp_path) as writer:
        writer.add_graph(Both(2, 2), torch.rand(1, 2))
    assert "Both/weight/weight" in {node.name for node in accumulated(tmp_path).Graph().node}
