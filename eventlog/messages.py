"""The protobuf messages of an event log.

They are built when this module is imported, from the table below, in a descriptor pool and a proto package of our own;
`schema` says why and how. On the wire they are the same as everybody's: field numbers follow TensorFlow's
``event.proto``, ``summary.proto``, ``tensor.proto``, ``tensor_shape.proto`` and ``types.proto``, and TensorBoard's
``plugin_data.proto`` files. Those of graphs are in `graph_messages`.
"""

from __future__ import annotations

from typing import Any

from google.protobuf.message import DecodeError

from .errors import SummaryError
from .schema import define

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

FILE = "cellboard/event_log.proto"

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

_message = define(PACKAGE, FILE, SCHEMA)

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
