"""Tensors: numpy arrays to and from ``TensorProto``.

Source: TensorFlow's ``tensor.proto`` and ``types.proto``, and what its own decoder accepts.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import BadValueError, SummaryError
from ..messages import TensorProto
from .small_types import SMALL_TYPES, widen

__all__ = [
    "MAX_REPEATED",
    "STRING",
    "decode",
    "decode_any",
    "decode_strings",
    "dtype_name",
    "encode",
    "encode_strings",
    "shape_of",
]

Array = npt.NDArray[Any]

MAX_REPEATED = 1 << 20
"""Most elements that a shape may ask for beyond those that are in the file (a hostile shape costs 12 bytes)."""

STRING = 7
_BFLOAT16, _HALF = 14, 19

# DataType: the numpy type of its bytes in tensor_content, and the field that holds its values otherwise.
_TYPES: dict[int, tuple[str, str]] = {
    1: ("<f4", "float_val"),
    2: ("<f8", "double_val"),
    3: ("<i4", "int_val"),
    4: ("u1", "int_val"),
    5: ("<i2", "int_val"),
    6: ("i1", "int_val"),
    8: ("<c8", "scomplex_val"),
    9: ("<i8", "int64_val"),
    10: ("?", "bool_val"),
    11: ("i1", "int_val"),
    12: ("u1", "int_val"),
    13: ("<i4", "int_val"),
    _BFLOAT16: ("<u2", "half_val"),
    15: ("<i2", "int_val"),
    16: ("<u2", "int_val"),
    17: ("<u2", "int_val"),
    18: ("<c16", "dcomplex_val"),
    _HALF: ("<u2", "half_val"),
    22: ("<u4", "uint32_val"),
    23: ("<u8", "uint64_val"),
    **dict.fromkeys(range(24, 29), ("u1", "float8_val")),
    **dict.fromkeys(range(29, 33), ("u1", "int_val")),
    33: ("u1", "float8_val"),
}

_NAMES = {
    1: "float32",
    2: "float64",
    3: "int32",
    4: "uint8",
    5: "int16",
    6: "int8",
    STRING: "string",
    8: "complex64",
    9: "int64",
    10: "bool",
    11: "qint8",
    12: "quint8",
    13: "qint32",
    _BFLOAT16: "bfloat16",
    15: "qint16",
    16: "quint16",
    17: "uint16",
    18: "complex128",
    _HALF: "float16",
    20: "resource",
    21: "variant",
    22: "uint32",
    23: "uint64",
    **SMALL_TYPES,
}

# What `encode` writes for a numpy type.
_NUMBERS = {"f4": 1, "f8": 2, "i4": 3, "u1": 4, "i2": 5, "i1": 6, "c8": 8, "i8": 9, "b1": 10, "u2": 17, "c16": 18}
_NUMBERS |= {"f2": _HALF, "u4": 22, "u8": 23}


def encode(array: Array, number: int | None = None) -> Any:
    """Return the TensorProto of a numeric or bool array; its bytes go into ``tensor_content``.

    Parameters
    ----------
    array
        The numbers, or the bits of numbers of a type that numpy lacks.
    number
        The DataType, if it is not that of `array`.

    Raises
    ------
    BadValueError
        If no DataType is that of `array`.
    """
    array = np.asarray(array)
    number = _NUMBERS.get(array.dtype.str[1:]) if number is None else number
    if number is None:
        raise BadValueError(f"no tensor can hold dtype {array.dtype}")
    tensor = _shaped(number, array.shape)
    tensor.tensor_content = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    return tensor


def encode_strings(strings: list[bytes], shape: tuple[int, ...]) -> Any:
    """Return the TensorProto of `strings`, in row-major order, with the given shape."""
    tensor = _shaped(STRING, shape)
    tensor.string_val.extend(strings)
    return tensor


def _shaped(number: int, shape: tuple[int, ...]) -> Any:
    tensor = TensorProto(dtype=number)
    tensor.tensor_shape.SetInParent()
    for size in shape:
        tensor.tensor_shape.dim.add(size=size)
    return tensor


def shape_of(tensor: Any) -> tuple[int, ...]:
    """Return the shape of a TensorProto; an absent one is that of a scalar.

    Raises
    ------
    SummaryError
        If the shape is unknown, negative, or of more dimensions than numpy has.
    """
    sizes = tuple(dim.size for dim in tensor.tensor_shape.dim)
    if tensor.tensor_shape.unknown_rank or any(size < 0 for size in sizes) or len(sizes) > 32:
        raise SummaryError("a tensor of unknown or impossible shape")
    return sizes


def decode(tensor: Any) -> Array:
    """Return a numeric or bool TensorProto as an array of its shape, possibly read-only.

    bfloat16, half and smaller floats come as float32. A single value stands for a tensor full of it, and a list that is
    too short goes on with its last value.

    Raises
    ------
    SummaryError
        If the type is not numeric, or values and shape do not fit. A shape never allocates more than `MAX_REPEATED`
        elements that are not in the file.
    """
    if tensor.dtype not in _TYPES:
        raise SummaryError(f"a tensor of data type {tensor.dtype} holds no numbers")
    shape = shape_of(tensor)
    return _fill(_misplaced(tensor) if _is_misplaced(tensor) else _widened(_values(tensor), tensor.dtype), shape)


def decode_any(tensor: Any) -> Array:
    """Return any TensorProto as an array of its shape: strings as objects of bytes, numbers as `decode` does.

    But half floats stay what they are, float16.

    Raises
    ------
    SummaryError
        See `decode`; also for resources and variants, which mean nothing outside the program that had them.
    """
    if tensor.dtype == STRING:
        return decode_strings(tensor)
    if tensor.dtype == _HALF and not _is_misplaced(tensor):
        return _fill(_values(tensor).view("<f2"), shape_of(tensor))
    return decode(tensor)


def dtype_name(tensor: Any) -> str:
    """Return the name of the data type that a TensorProto says it has: ``float32``, ``bfloat16``, ``string`` ..."""
    return type_name(tensor.dtype)


def type_name(number: int) -> str:
    """Return the name of a data type by its number in TensorFlow's ``types.proto``."""
    return _NAMES.get(number, f"type {number}")


def decode_strings(tensor: Any) -> Array:
    """Return a TensorProto of strings as an object array of bytes, of its shape.

    Raises
    ------
    SummaryError
        If it holds no strings, or not as many as its shape says.
    """
    if tensor.dtype != STRING:
        raise SummaryError(f"a tensor of data type {tensor.dtype} holds no strings")
    shape, strings = shape_of(tensor), list(tensor.string_val)
    if len(strings) != math.prod(shape):
        raise SummaryError(f"a tensor of shape {list(shape)} with {len(strings)} strings")
    values = np.empty(len(strings), object)
    values[:] = strings
    return _reshape(values, shape)


def _is_misplaced(tensor: Any) -> bool:
    """Say whether a tensor holds half floats as torch's writer logs them: as the bits of float32."""
    if tensor.dtype not in (_HALF, _BFLOAT16) or tensor.tensor_content:
        return False
    return any(bits >> 16 for bits in tensor.half_val)


def _misplaced(tensor: Any) -> Array:
    return np.array(tensor.half_val, np.int32).view("<f4")


def _values(tensor: Any) -> Array:
    dtype, field = _TYPES[tensor.dtype]
    content = tensor.tensor_content or tensor.float8_val
    if content or field == "float8_val":
        if len(content) % np.dtype(dtype).itemsize:
            raise SummaryError("a tensor that ends within an element")
        return np.frombuffer(content, dtype)
    values = getattr(tensor, field)
    if field == "int_val" and not len(values):
        values = tensor.uint32_val  # where torch's writer puts uint8
    if field in ("scomplex_val", "dcomplex_val"):
        pairs = np.array(values, "<f4" if field == "scomplex_val" else "<f8")
        return pairs[: len(pairs) // 2 * 2].view(dtype)
    # Small integers travel as int32, so a value may not fit: wrap it, as a cast in C would.
    carrier = np.int64 if field in ("int_val", "half_val") else np.dtype(dtype)
    return np.array(values, carrier).astype(dtype)


def _widened(values: Array, number: int) -> Array:
    if number == _BFLOAT16:
        return (values.astype("<u4") << np.uint32(16)).view("<f4")
    if number in SMALL_TYPES:
        return widen(values, number)
    if number == _HALF:
        return values.view("<f2").astype("<f4")
    return values


def _fill(values: Array, shape: tuple[int, ...]) -> Array:
    count = math.prod(shape)
    if len(values) != count:
        if not len(values) or len(values) > count or count > MAX_REPEATED:
            raise SummaryError(f"a tensor of shape {list(shape)} with {len(values)} values")
        values = np.concatenate([values, np.broadcast_to(values[-1:], count - len(values))])
    return _reshape(values, shape)


def _reshape(values: Array, shape: tuple[int, ...]) -> Array:
    try:
        return values.reshape(shape)
    except ValueError as error:  # an empty tensor whose other sizes overflow
        raise SummaryError(f"a tensor of impossible shape {list(shape)}: {error}") from None
