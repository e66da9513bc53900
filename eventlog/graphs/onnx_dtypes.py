"""The element types of ONNX's tensors, by number: their names, and their numbers in TensorFlow's ``types.proto``."""

from __future__ import annotations

__all__ = ["dtype_name", "tensorflow_number"]

# ONNX's name, and TensorFlow's number (0 where it has none), in the order of ONNX's numbers from 0 on.
_TABLE = """
undefined 0
float32 1
uint8 4
int8 6
uint16 17
int16 5
int32 3
int64 9
string 7
bool 10
float16 19
float64 2
uint32 22
uint64 23
complex64 8
complex128 18
bfloat16 14
float8e4m3fn 25
float8e4m3fnuz 26
float8e5m2 24
float8e5m2fnuz 28
uint4 30
int4 29
float4e2m1 33
float8e8m0 0
uint2 32
int2 31
"""

_DTYPES = [line.split() for line in _TABLE.split("\n") if line]


def dtype_name(number: int) -> str:
    """Return the name of an element type; ``unknown`` for one that is not in the table."""
    return _DTYPES[number][0] if 0 <= number < len(_DTYPES) else "unknown"


def tensorflow_number(number: int) -> int:
    """Return TensorFlow's number of an element type; 0 if it has none."""
    return int(_DTYPES[number][1]) if 0 <= number < len(_DTYPES) else 0
