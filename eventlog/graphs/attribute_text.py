"""Attributes of nodes as short texts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from ..summaries.tensor import decode_any, type_name
from .table import MAX_TEXT, Shape, cut

__all__ = ["attribute_text", "dtype_name", "shape_of", "shape_text"]

_MOST_ITEMS = 100
_MOST_VALUES = 20

_REF = 100  # numbers above are references to the type


def dtype_name(number: int) -> str:
    """Return the name of TensorFlow's element type of a number."""
    return f"{type_name(number - _REF)} reference" if number > _REF else type_name(number)


def shape_of(message: Any) -> Shape:
    """Return the sizes in a TensorShapeProto; None for an unknown rank."""
    if message.unknown_rank:
        return None
    return tuple(max(dim.size, -1) for dim in itertools.islice(message.dim, _MOST_ITEMS))


def shape_text(shape: Shape) -> str:
    """Return sizes as they are shown: ``32×64×7×7``, ``scalar``; "" if nothing is known."""
    if shape is None:
        return ""
    return "×".join("?" if size < 0 else str(size) for size in shape) or "scalar"


def attribute_text(value: Any) -> str:
    """Return an AttrValue as a short text."""
    kind = value.WhichOneof("value")
    if kind is None:
        return ""
    if kind != "list":
        return _text(kind, getattr(value, kind))
    for field, items in value.list.ListFields():
        shown = _joined(_text(field.name, item) for item in itertools.islice(items, _MOST_ITEMS))
        more = f", … {len(items):,} in all" if len(items) > _MOST_ITEMS else ""
        return f"[{shown}{more}]"
    return "[]"


def _text(kind: str, value: Any) -> str:
    if kind == "s":
        return cut(value[: 4 * MAX_TEXT].decode("utf-8", "replace"))
    if kind == "type":
        return dtype_name(value)
    if kind == "shape":
        shape = shape_of(value)
        return "unknown shape" if shape is None else shape_text(shape)
    if kind == "tensor":
        return _tensor_text(value)
    if kind == "func":
        return str(value.name)
    return str(value)


def _tensor_text(tensor: Any) -> str:
    said = f"{dtype_name(tensor.dtype)} {shape_text(shape_of(tensor.tensor_shape))}"
    values = _values(tensor)
    return f"{said}: {values}" if values else said


def _values(tensor: Any) -> str:
    """Return the numbers of a small tensor, as far as they can be told without decoding."""
    sizes = shape_of(tensor.tensor_shape)
    if sizes is None or not all(0 <= size <= _MOST_VALUES for size in sizes) or len(sizes) > 1:
        return ""
    try:
        array = decode_any(tensor)
    except Exception:  # whatever is wrong with it, the graph is drawn all the same
        return ""
    if array.size > _MOST_VALUES:
        return ""
    return cut(", ".join(_value_text(value) for value in array.ravel().tolist()), 200)


def _value_text(value: Any) -> str:
    if isinstance(value, bytes):
        return repr(value[:100].decode("utf-8", "replace"))
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _joined(texts: Iterable[str]) -> str:
    """Return texts with commas between them, no more than are shown."""
    found, length = [], 0
    for text in texts:
        found.append(text)
        length += len(text) + 2
        if length > MAX_TEXT:
            break
    return ", ".join(found)
