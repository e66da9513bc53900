"""Scalars: one number at a step.

The encoder writes the bytes of the whole event: a scalar is what training logs all the time, and building messages
costs ten times as much. `scalar_batch` does the same for thousands of events at once.
"""

from __future__ import annotations

import math
import struct
from typing import Any

from ..errors import SummaryError
from ..messages import SummaryValue
from . import tensor

__all__ = ["PLUGIN", "decode", "encode_event", "encode_tensor", "varint"]

PLUGIN = "scalars"

_WALL_TIME = struct.Struct("<Bd")
_VALUE = struct.Struct("<Bf")


def encode_event(tag: bytes, value: float, step: int, wall_time: float) -> bytes:
    """Return the serialized Event of one scalar, `value` rounded to float32.

    Parameters
    ----------
    tag
        In UTF-8.
    value
        Too large for float32, it becomes an infinity.
    step
        Within int64.
    wall_time
        Seconds since the epoch.
    """
    named = b"\x0a" + varint(len(tag)) + tag if tag else b""
    tagged = named + _simple_value(value)
    summary = b"\x0a" + varint(len(tagged)) + tagged
    stepped = b"\x10" + varint(step & 0xFFFFFFFFFFFFFFFF) if step else b""
    return b"".join((_wall_time(wall_time), stepped, b"\x2a", varint(len(summary)), summary))


def _wall_time(wall_time: float) -> bytes:
    return b"" if struct.pack("<d", wall_time) == bytes(8) else _WALL_TIME.pack(0x09, wall_time)


def _simple_value(value: float) -> bytes:
    try:
        return _VALUE.pack(0x15, value)
    except OverflowError:
        return _VALUE.pack(0x15, math.copysign(math.inf, value))


def varint(number: int) -> bytes:
    """Return a non-negative `number` in protobuf's variable-length encoding."""
    octets = bytearray()
    while number > 0x7F:
        octets.append(number & 0x7F | 0x80)
        number >>= 7
    octets.append(number)
    return bytes(octets)


def encode_tensor(
    tag: str, value: float, *, double_precision: bool = False, display_name: str = "", description: str = ""
) -> Any:
    """Return the Summary.Value of a scalar in tensor form, float32 or float64, as torch's writer lays it out."""
    message = SummaryValue(tag=tag)
    message.metadata.plugin_data.plugin_name = PLUGIN
    message.metadata.display_name, message.metadata.summary_description = display_name, description
    if double_precision:
        message.tensor.dtype = 2
        message.tensor.double_val.append(value)
    else:
        message.tensor.dtype = 1
        message.tensor.float_val.append(value)
    return message


def decode(value: Any) -> float:
    """Return the number of a Summary.Value: a ``simple_value``, or a tensor of any numeric type with one element.

    Raises
    ------
    SummaryError
        If it holds no single real number.
    """
    if value.HasField("simple_value"):
        return float(value.simple_value)
    array = tensor.decode(value.tensor)
    if array.size != 1 or array.dtype.kind == "c":
        raise SummaryError(f"a scalar that is a tensor of shape {list(array.shape)} and type {array.dtype}")
    return float(array.reshape(())[()])
