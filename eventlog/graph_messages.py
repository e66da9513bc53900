"""The protobuf messages of graphs: a model's nodes, and what was noted about a run of them.

Field numbers follow TensorFlow's ``graph.proto``, ``node_def.proto``, ``attr_value.proto``, ``function.proto``,
``op_def.proto``, ``versions.proto``, ``meta_graph.proto``, ``config.proto`` and ``step_stats.proto``. Fields that
nothing here looks at are left out; protobuf carries them along unread.
"""

from __future__ import annotations

from .messages import FILE, PACKAGE
from .schema import define

__all__ = [
    "AttrValue",
    "FunctionDef",
    "FunctionDefLibrary",
    "GraphDef",
    "MetaGraphDef",
    "NodeDef",
    "NodeExecStats",
    "RunMetadata",
    "StepStats",
    "VersionDef",
]

SCHEMA = """
GraphDef
  1 NodeDef* node
  4 VersionDef versions
  3 int32 version
  2 FunctionDefLibrary library

NodeDef
  1 string name
  2 string op
  3 string* input
  4 string device
  5 map<string,AttrValue> attr

AttrValue
  2 bytes s value
  3 int64 i value
  4 float f value
  5 bool b value
  6 int32 type value
  7 TensorShapeProto shape value
  8 TensorProto tensor value
  1 AttrValue.ListValue list value
  10 NameAttrList func value
  9 string placeholder value

AttrValue.ListValue
  2 bytes* s
  3 int64* i
  4 float* f
  5 bool* b
  6 int32* type
  7 TensorShapeProto* shape
  8 TensorProto* tensor
  9 NameAttrList* func

NameAttrList
  1 string name
  2 map<string,AttrValue> attr

VersionDef
  1 int32 producer
  2 int32 min_consumer
  3 int32* bad_consumers

FunctionDefLibrary
  1 FunctionDef* function
  2 GradientDef* gradient

GradientDef
  1 string function_name
  2 string gradient_func

FunctionDef
  1 OpDef signature
  5 map<string,AttrValue> attr
  3 NodeDef* node_def
  4 map<string,string> ret
  6 map<string,string> control_ret

OpDef
  1 string name
  2 OpDef.ArgDef* input_arg
  3 OpDef.ArgDef* output_arg
  20 string* control_output
  5 string summary
  6 string description

OpDef.ArgDef
  1 string name
  2 string description
  3 int32 type
  4 string type_attr
  5 string number_attr
  6 string type_list_attr
  16 bool is_ref

MetaGraphDef
  2 GraphDef graph_def

RunMetadata
  1 StepStats step_stats
  3 GraphDef* partition_graphs
  4 RunMetadata.FunctionGraphs* function_graphs

RunMetadata.FunctionGraphs
  1 GraphDef* partition_graphs
  2 GraphDef pre_optimization_graph
  3 GraphDef post_optimization_graph

StepStats
  1 DeviceStepStats* dev_stats

DeviceStepStats
  1 string device
  2 NodeExecStats* node_stats
  3 map<uint32,string> thread_names

NodeExecStats
  1 string node_name
  2 int64 all_start_micros
  3 int64 op_start_rel_micros
  4 int64 op_end_rel_micros
  5 int64 all_end_rel_micros
  6 AllocatorMemoryUsed* memory
  7 NodeOutput* output
  8 string timeline_label
  9 int64 scheduled_micros
  10 uint32 thread_id
  12 MemoryStats memory_stats
  13 int64 all_start_nanos
  14 int64 op_start_rel_nanos
  15 int64 op_end_rel_nanos
  16 int64 all_end_rel_nanos
  17 int64 scheduled_nanos

AllocatorMemoryUsed
  1 string allocator_name
  2 int64 total_bytes
  3 int64 peak_bytes
  4 int64 live_bytes
  5 int64 allocator_bytes_in_use

MemoryStats
  1 int64 temp_memory_size
  3 int64 persistent_memory_size

NodeOutput
  1 int32 slot
  3 TensorDescription tensor_description

TensorDescription
  1 int32 dtype
  2 TensorShapeProto shape
"""

_message = define(PACKAGE, "cellboard/graph.proto", SCHEMA, imports=[FILE])

GraphDef = _message("GraphDef")
NodeDef = _message("NodeDef")
AttrValue = _message("AttrValue")
VersionDef = _message("VersionDef")
FunctionDef = _message("FunctionDef")
FunctionDefLibrary = _message("FunctionDefLibrary")
MetaGraphDef = _message("MetaGraphDef")
RunMetadata = _message("RunMetadata")
StepStats = _message("StepStats")
NodeExecStats = _message("NodeExecStats")
