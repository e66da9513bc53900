"""Our messages are on the wire what TensorBoard's are, and live beside them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cellboard.eventlog import SummaryError
from cellboard.eventlog import messages as ours
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2
from tensorboard.plugins.audio import plugin_data_pb2 as audio_pb2
from tensorboard.plugins.image import plugin_data_pb2 as image_pb2

PAIRS = [
    (ours.Event, event_pb2.Event),
    (ours.SessionLog, event_pb2.SessionLog),
    (ours.Summary, summary_pb2.Summary),
    (ours.SummaryMetadata, summary_pb2.SummaryMetadata),
    (ours.TensorProto, tensor_pb2.TensorProto),
    (ours.TensorShapeProto, tensor_shape_pb2.TensorShapeProto),
    (ours.ImagePluginData, image_pb2.ImagePluginData),
    (ours.AudioPluginData, audio_pb2.AudioPluginData),
]


def _wire(field: FieldDescriptor) -> tuple[object, ...]:
    # An enum travels as an int32.
    kind = FieldDescriptor.TYPE_INT32 if field.type == FieldDescriptor.TYPE_ENUM else field.type
    oneof = field.containing_oneof.name if field.containing_oneof else None
    return field.name, kind, oneof, type(getattr(field, "default_value", None)) is list


def _same(ours: Descriptor, theirs: Descriptor) -> None:
    for number, field in ours.fields_by_number.items():
        assert _wire(field) == _wire(theirs.fields_by_number[number])
        if field.message_type:
            _same(field.message_type, theirs.fields_by_number[number].message_type)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=[ours.DESCRIPTOR.name for ours, _ in PAIRS])
def test_every_field_is_that_of_tensorboard(ours, theirs) -> None:
    _same(ours.DESCRIPTOR, theirs.DESCRIPTOR)


def test_bytes_of_tensorboard_survive_a_round_trip() -> None:
    event = event_pb2.Event(wall_time=1.5, step=-3)
    value = event.summary.value.add(tag="täg", node_name="n")
    value.metadata.plugin_data.plugin_name = "histograms"
    value.histo.bucket.extend([1, 2, 3])
    value.histo.bucket_limit.extend([1.0, 2.0, 1e308])
    data = event.SerializeToString(deterministic=True)
    assert ours.parse(data).SerializeToString(deterministic=True) == data


@pytest.mark.parametrize("data", [b"\xff", b"\x0a\xff\xff\xff\xff\x0f", b"\x2a\x02\x0a\x05", b"\x1a\x02\xff\xfe"])
def test_bytes_that_are_no_event_are_said_to_be_none(data: bytes) -> None:
    with pytest.raises(SummaryError, match="Event"):
        ours.parse(data)


@pytest.mark.parametrize("order", ["cellboard.eventlog.messages, {other}", "{other}, cellboard.eventlog.messages"])
@pytest.mark.parametrize("other", ["tensorboard.compat.proto.event_pb2", "tensorboardX.proto.event_pb2"])
def test_no_name_clashes_with_other_loggers(order: str, other: str) -> None:
    subprocess.run([sys.executable, "-c", f"import {order.format(other=other)}"], check=True, timeout=60)
