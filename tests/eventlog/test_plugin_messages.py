"""The messages of plugins are on the wire what TensorBoard's are."""

from __future__ import annotations

import pytest
from cellboard.eventlog import plugin_messages as ours
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from tensorboard.plugins.custom_scalar import layout_pb2
from tensorboard.plugins.hparams import plugin_data_pb2 as hparams_pb2
from tensorboard.plugins.mesh import plugin_data_pb2 as mesh_pb2
from tensorboard.plugins.pr_curve import plugin_data_pb2 as pr_curve_pb2
from tensorboard.plugins.projector import projector_config_pb2

PAIRS = [
    (ours.PrCurvePluginData, pr_curve_pb2.PrCurvePluginData),
    (ours.MeshPluginData, mesh_pb2.MeshPluginData),
    (ours.Layout, layout_pb2.Layout),
    (ours.HParamsPluginData, hparams_pb2.HParamsPluginData),
    (ours.ProjectorConfig, projector_config_pb2.ProjectorConfig),
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
    assert set(ours.fields_by_number) == set(theirs.fields_by_number)
    for number, field in ours.fields_by_number.items():
        assert _wire(field) == _wire(theirs.fields_by_number[number])
        if field.message_type:
            _same(field.message_type, theirs.fields_by_number[number].message_type, seen)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=[ours.DESCRIPTOR.name for ours, _ in PAIRS])
def test_every_field_is_that_of_tensorboard(ours, theirs) -> None:
    _same(ours.DESCRIPTOR, theirs.DESCRIPTOR, set())
