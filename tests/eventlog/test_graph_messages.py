"""The messages of graphs are on the wire what TensorBoard's are."""

from __future__ import annotations

import pytest
from cellboard.eventlog import graph_messages as ours
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from tensorboard.compat.proto import config_pb2, graph_pb2, meta_graph_pb2

PAIRS = [
    (ours.GraphDef, graph_pb2.GraphDef),
    (ours.RunMetadata, config_pb2.RunMetadata),
    (ours.MetaGraphDef, meta_graph_pb2.MetaGraphDef),
]


def _wire(field: FieldDescriptor) -> tuple[object, ...]:
    # An enum travels as an int32.
    kind = FieldDescriptor.TYPE_INT32 if field.type == FieldDescriptor.TYPE_ENUM else field.type
    oneof = field.containing_oneof.name if field.containing_oneof else None
    return field.name, kind, oneof, type(getattr(field, "default_value", None)) is list


def _same(ours: Descriptor, theirs: Descriptor, seen: set[str]) -> None:
    if ours.full_name in seen:
        return
    seen.add(ours.full_name)
    for number, field in ours.fields_by_number.items():
        assert _wire(field) == _wire(theirs.fields_by_number[number])
        if field.message_type:
            _same(field.message_type, theirs.fields_by_number[number].message_type, seen)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=[ours.DESCRIPTOR.name for ours, _ in PAIRS])
def test_every_field_is_that_of_tensorboard(ours, theirs) -> None:
    seen: set[str] = set()
    _same(ours.DESCRIPTOR, theirs.DESCRIPTOR, seen)
    assert "cellboard.GraphDef" in seen


def test_a_graph_of_tensorboard_survives_a_round_trip() -> None:
    graph = graph_pb2.GraphDef()
    node = graph.node.add(name="a/b", op="MatMul", input=["x", "^c"], device="/device:CPU:0")
    node.attr["T"].type = 1
    node.attr["_output_shapes"].list.shape.add().dim.add(size=-1)
    node.attr["f"].func.attr["inner"].s = b"\xff"
    graph.library.function.add().signature.name = "fn"
    graph.versions.producer = 22
    data = graph.SerializeToString(deterministic=True)
    read = ours.GraphDef.FromString(data)
    assert read.node[0].attr["f"].func.attr["inner"].s == b"\xff"
    assert read.SerializeToString(deterministic=True) == data
