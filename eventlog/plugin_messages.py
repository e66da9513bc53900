"""The protobuf messages that plugins keep in the metadata of a tag, in a tensor of theirs, or beside the event files.

Field numbers follow TensorBoard's ``plugin_data.proto`` of pr_curve, mesh and hparams, hparams' ``api.proto``,
custom_scalar's ``layout.proto``, the projector's ``projector_config.proto``, and protobuf's ``struct.proto``.
"""

from __future__ import annotations

from .messages import PACKAGE
from .schema import define

__all__ = [
    "Experiment",
    "HParamsPluginData",
    "Layout",
    "MeshPluginData",
    "PrCurvePluginData",
    "ProjectorConfig",
    "SessionEndInfo",
    "SessionStartInfo",
    "Value",
]

SCHEMA = """
PrCurvePluginData
  1 int32 version
  2 uint32 num_thresholds

MeshPluginData
  1 int32 version
  2 string name
  3 int32 content_type
  5 string json_config
  6 int32* shape
  7 uint32 components

Layout
  1 int32 version
  2 Category* category

Category
  1 string title
  2 Chart* chart
  3 bool closed

Chart
  1 string title
  2 MultilineChartContent multiline content
  3 MarginChartContent margin content

MultilineChartContent
  1 string* tag

MarginChartContent
  1 MarginChartContent.Series* series

MarginChartContent.Series
  1 string value
  2 string lower
  3 string upper

Value
  1 int32 null_value kind
  2 double number_value kind
  3 string string_value kind
  4 bool bool_value kind
  5 Struct struct_value kind
  6 ListValue list_value kind

ListValue
  1 Value* values

Struct
  1 map<string,Value> fields

HParamsPluginData
  1 int32 version
  2 Experiment experiment data
  3 SessionStartInfo session_start_info data
  4 SessionEndInfo session_end_info data

SessionStartInfo
  1 map<string,Value> hparams
  2 string model_uri
  3 string monitor_url
  4 string group_name
  5 double start_time_secs

SessionEndInfo
  1 int32 status
  2 double end_time_secs

Experiment
  6 string name
  1 string description
  2 string user
  3 double time_created_secs
  4 HParamInfo* hparam_infos
  5 MetricInfo* metric_infos

HParamInfo
  1 string name
  2 string display_name
  3 string description
  4 int32 type
  5 ListValue domain_discrete domain
  6 Interval domain_interval domain
  7 bool differs

Interval
  1 double min_value
  2 double max_value

MetricInfo
  1 MetricName name
  3 string display_name
  4 string description
  5 int32 dataset_type

MetricName
  1 string group
  2 string tag

ProjectorConfig
  1 string model_checkpoint_path
  2 EmbeddingInfo* embeddings
  3 string model_checkpoint_dir

EmbeddingInfo
  1 string tensor_name
  2 string metadata_path
  3 string bookmarks_path
  4 uint32* tensor_shape
  5 SpriteMetadata sprite
  6 string tensor_path

SpriteMetadata
  1 string image_path
  2 uint32* single_image_dim
"""

_message = define(PACKAGE, "cellboard/plugins.proto", SCHEMA)

PrCurvePluginData = _message("PrCurvePluginData")
MeshPluginData = _message("MeshPluginData")
Layout = _message("Layout")
Value = _message("Value")
HParamsPluginData = _message("HParamsPluginData")
SessionStartInfo = _message("SessionStartInfo")
SessionEndInfo = _message("SessionEndInfo")
Experiment = _message("Experiment")
ProjectorConfig = _message("ProjectorConfig")
