"""The protobuf messages of an ONNX file, as far as a graph is drawn from them.

Field numbers follow ONNX's ``onnx.proto``. Strings are bytes here, because a file may hold anything there.
"""

from __future__ import annotations

from ..schema import define

__all__ = ["ModelProto"]

SCHEMA = """
ModelProto
  7 GraphProto graph

GraphProto
  1 NodeProto* node
  2 bytes name
  5 TensorProto* initializer
  15 SparseTensorProto* sparse_initializer
  11 ValueInfoProto* input
  12 ValueInfoProto* output
  13 ValueInfoProto* value_info

NodeProto
  1 bytes* input
  2 bytes* output
  3 bytes name
  4 bytes op_type
  5 AttributeProto* attribute

AttributeProto
  1 bytes name
  2 float f
  3 int64 i
  4 bytes s
  5 TensorProto t
  6 GraphProto g
  7 float* floats
  8 int64* ints
  9 bytes* strings
  10 TensorProto* tensors
  11 GraphProto* graphs
  20 int32 type
  21 bytes ref_attr_name

ValueInfoProto
  1 bytes name
  2 TypeProto type

TypeProto
  1 TypeProto.Tensor tensor_type

TypeProto.Tensor
  1 int32 elem_type
  2 TensorShapeProto shape

TensorShapeProto
  1 TensorShapeProto.Dimension* dim

TensorShapeProto.Dimension
  1 int64 dim_value value
  2 bytes dim_param value

TensorProto
  1 int64* dims
  2 int32 data_type
  8 bytes name

SparseTensorProto
  1 TensorProto values
  3 int64* dims
"""

ModelProto = define("cellboard.onnx", "cellboard/onnx.proto", SCHEMA, syntax="proto2")("ModelProto")
