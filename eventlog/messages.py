"""The protobuf messages of an event log.

They are built when this module is imported, from the table below, in a descriptor pool and a proto package of our own.
Generated code would tie its users to one version of protobuf, and would clash with the names that TensorFlow and
tensorboardX register in the shared pool. On the wire the messages are the same as theirs: field numbers follow
TensorFlow's ``event.proto``, ``summary.proto``, ``tensor.proto``, ``tensor_shape.proto`` and ``types.proto``, and
TensorBoard's ``plugin_data.proto`` files.
"""

from __future__ import annotations

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

from .errors import SummaryError

__all__ = [
    "AudioPluginData",
    "Event",
    "HistogramProto",
    "ImagePluginData",
    "SessionLog",
    "Summary",
    "SummaryMetadata",
    "SummaryValue",
    "TensorProto",
    "TensorShapeProto",
    "parse",
]

PACKAGE = "cellboard"

# A message a paragraph, a field a line: number, type, name, and the oneof it belongs to. `*` marks a repeated field.
SCHEMA = """
Event
  1 double wall_time
  2 int64 step
  3 string file_version what
  4 bytes graph_def what
  5 Summary summary what
  6 LogMessage log_message what
  7 SessionLog session_log what
  8 TaggedRunMetadata tagged_run_metadata what
  9 bytes meta_graph_def what
  10 SourceMetadata source_metadata

SourceMetadata
  1 string writer

SessionLog
  1 int32 status
  2 string checkpoint_path
  3 string msg

LogMessage
  1 int32 level
  2 string message

TaggedRunMetadata
  1 string tag
  2 bytes run_metadata

Summary
  1 Summary.Value* value

Summary.Value
  1 string tag
  7 string node_name
  9 SummaryMetadata metadata
  2 float simple_value value
  3 bytes obsolete_old_style_histogram value
  4 Summary.Image image value
  5 HistogramProto histo value
  6 Summary.Audio audio value
  8 TensorProto tensor value

Summary.Image
  1 int32 height
  2 int32 width
  3 int32 colorspace
  4 bytes encoded_image_string

Summary.Audio
  1 float sample_rate
  2 int64 num_channels
  3 int64 length_frames
  4 bytes encoded_audio_string
  5 string content_type

HistogramProto
  1 double min
  2 double max
  3 double num
  4 double sum
  5 double sum_squares
  6 double* bucket_limit
  7 double* bucket

SummaryMetadata
  1 SummaryMetadata.PluginData plugin_data
  2 string display_name
  3 string summary_description
  4 int32 data_class

SummaryMetadata.PluginData
  1 string plugin_name
  2 bytes content

TensorShapeProto
  2 TensorShapeProto.Dim* dim
  3 bool unknown_rank

TensorShapeProto.Dim
  1 int64 size
  2 string name

TensorProto
  1 int32 dtype
  2 TensorShapeProto tensor_shape
  3 int32 version_number
  4 bytes tensor_content
  5 float* float_val
  6 double* double_val
  7 int32* int_val
  8 bytes* string_val
  9 float* scomplex_val
  10 int64* int64_val
  11 bool* bool_val
  12 double* dcomplex_val
  13 int32* half_val
  16 uint32* uint32_val
  17 uint64* uint64_val
  18 bytes float8_val

ImagePluginData
  1 int32 version
  2 bool converted_to_tensor

AudioPluginData
  1 int32 version
  2 int32 encoding
  3 bool converted_to_tensor
"""

_Field = descriptor_pb2.FieldDescriptorProto


def _file(schema: str) -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(name="cellboard/event_log.proto", package=PACKAGE, syntax="proto3")
    known: dict[str, descriptor_pb2.DescriptorProto] = {}
    for paragraph in schema.strip().split("\n\n"):
        full_name, *fields = paragraph.splitlines()
        parent, _, name = full_name.rpartition(".")
        message = known[parent].nested_type.add() if parent else file.message_type.add()
        message.name = name
        known[full_name] = message
        for line in fields:
            _add_field(message, *line.split())
    return file


def _add_field(message: descriptor_pb2.DescriptorProto, number: str, kind: str, name: str, oneof: str = "") -> None:
    field = message.field.add(name=name, number=int(number))
    field.label = _Field.LABEL_REPEATED if kind.endswith("*") else _Field.LABEL_OPTIONAL
    kind = kind.rstrip("*")
    if kind[0].isupper():
        field.type, field.type_name = _Field.TYPE_MESSAGE, f".{PACKAGE}.{kind}"
    else:
        field.type = _Field.Type.Value(f"TYPE_{kind.upper()}")
    if oneof:
        if oneof not in [declared.name for declared in message.oneof_decl]:
            message.oneof_decl.add(name=oneof)
        field.oneof_index = [declared.name for declared in message.oneof_decl].index(oneof)


_pool = descriptor_pool.DescriptorPool()
_pool.AddSerializedFile(_file(SCHEMA).SerializeToString())


def _message(name: str) -> Any:
    descriptor = _pool.FindMessageTypeByName(f"{PACKAGE}.{name}")
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    factory: Any = message_factory.MessageFactory
    return factory(_pool).GetPrototype(descriptor)  # protobuf before 4.22


Event = _message("Event")
SessionLog = _message("SessionLog")
Summary = _message("Summary")
SummaryValue = _message("Summary.Value")
SummaryMetadata = _message("SummaryMetadata")
HistogramProto = _message("HistogramProto")
TensorProto = _message("TensorProto")
TensorShapeProto = _message("TensorShapeProto")
ImagePluginData = _message("ImagePluginData")
AudioPluginData = _message("AudioPluginData")


def parse(payload: bytes | memoryview, message: Any = Event) -> Any:
    """Return the `message` that `payload` holds, an Event unless told otherwise.

    Raises
    ------
    SummaryError
        If `payload` is no such message.
    """
    try:
        return message.FromString(bytes(payload))
    except DecodeError as error:
        raise SummaryError(f"not a valid {message.DESCRIPTOR.name} message: {error}") from None
