"""Reads the structure of an ONNX file without its weights.

A file may hold gigabytes of weights, and attributes of any size. The bytes are therefore walked first: of each message
only the wanted fields are copied, and what they leave is parsed. Memory grows with the structure alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, TypeAlias

from google.protobuf.message import DecodeError

from ..errors import GraphFileError
from .onnx_messages import ModelProto

__all__ = ["parse_model", "read_model"]

MAX_KEPT = 256 << 20
"""Bytes of structure beyond which a file is refused."""

MAX_FIELD = 1 << 20
"""Bytes beyond which a single string or list is left out."""

MAX_FIELDS = 20_000_000
"""Fields beyond which a file is refused."""

_SMALL = 1 << 10  # bytes that are not worth looking into

# Wanted fields by number: what is wanted of the message that a field holds, or None for a field copied as it is.
_Wanted: TypeAlias = "Mapping[int, _Wanted | None]"

_TENSOR: _Wanted = {1: None, 2: None, 8: None}
_SPARSE: _Wanted = {1: _TENSOR, 3: None}
_COUNTED_GRAPH: _Wanted = {1: {}, 2: None}
_ATTRIBUTE: _Wanted = {
    **dict.fromkeys((1, 2, 3, 4, 7, 8, 9, 20, 21)),
    5: _TENSOR,
    6: _COUNTED_GRAPH,
    10: _TENSOR,
    11: _COUNTED_GRAPH,
}


def _graph(attribute: _Wanted) -> dict[int, _Wanted | None]:
    node: _Wanted = {1: None, 2: None, 3: None, 4: None, 5: attribute}
    return {1: node, 2: None, 5: _TENSOR, 11: None, 12: None, 13: None, 15: _SPARSE}


def _with_inner(depth: int) -> _Wanted:
    """What is wanted of a graph that has graphs in attributes of its nodes, as deep as that."""
    inner = _with_inner(depth - 1) if depth else _COUNTED_GRAPH
    return _graph({**_ATTRIBUTE, 6: inner, 11: inner})


_MODEL: _Wanted = {7: _graph(_ATTRIBUTE)}

_FIXED = {1: 8, 5: 4}  # sizes of the wire types of one size


MAX_INNER = 8
"""Graphs within each other that `parse_model` reads."""


def parse_model(name: str, file: BinaryIO, size: int) -> Any:
    """Return the ModelProto of an open file without the content of its tensors; with graphs in attributes of nodes.

    Raises
    ------
    GraphFileError
        If it is no ONNX model; `name` is what it calls the file.
    """
    return _holding(name, _parsed(name, file, size, {7: _with_inner(MAX_INNER)}))


def read_model(path: str | os.PathLike[str]) -> Any:
    """Return the ModelProto of a file, without the content of its tensors.

    Raises
    ------
    GraphFileError
        If it is no ONNX model.
    OSError
        If it cannot be read.
    """
    name = os.fspath(path)
    with open(name, "rb") as file:
        return _holding(name, _parsed(name, file, os.fstat(file.fileno()).st_size, _MODEL))


def _holding(name: str, model: Any) -> Any:
    if not (model.graph.node or model.graph.input or model.graph.output):
        raise GraphFileError(name, "no ONNX model: it holds no graph")
    return model


def _parsed(name: str, file: BinaryIO, size: int, wanted: _Wanted) -> Any:
    try:
        return ModelProto.FromString(_Walk(file).wanted(wanted, 0, size))
    except (_Malformed, DecodeError) as error:
        raise GraphFileError(name, f"no ONNX model: {error}") from None


class _Malformed(Exception):
    """Bytes that are no message of a model."""


class _Walk:
    """Walks over the fields of messages in a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._kept = self._walked = 0

    def wanted(self, wanted: _Wanted, start: int, end: int) -> bytes:
        """Return a message that has the wanted fields of the one in bytes `start` to `end`."""
        kept = bytearray()
        for number, first, body, after in self._fields(start, end):
            if number not in wanted:
                continue
            inner = wanted[number]
            if inner is None or body is None or after - first <= _SMALL:
                kept += self._read(first, after - first) if after - first <= MAX_FIELD else b""
            else:
                message = self.wanted(inner, body, after)
                kept += _as_varint(number << 3 | 2) + _as_varint(len(message)) + message
        self._kept += len(kept)
        if self._kept > MAX_KEPT:
            raise _Malformed("its structure alone is larger than any model's")
        return bytes(kept)

    def _fields(self, start: int, end: int) -> Iterator[tuple[int, int, int | None, int]]:
        """Yield each field's number, where it begins, where its content begins if it has a length, where it ends."""
        place = start
        while place < end:
            first = place
            self._walked += 1
            tag, place = self._varint(place, end)
            body, place = self._skip(tag & 7, place, end)
            if not tag >> 3 or place > end or self._walked > MAX_FIELDS:
                raise _Malformed(f"damaged or foreign at byte {first}")
            yield tag >> 3, first, body, place

    def _skip(self, wire_type: int, place: int, end: int) -> tuple[int | None, int]:
        if wire_type == 0:
            return None, self._varint(place, end)[1]
        if wire_type == 2:
            size, body = self._varint(place, end)
            return body, body + size
        if wire_type in _FIXED:
            return None, place + _FIXED[wire_type]
        raise _Malformed(f"damaged or foreign at byte {place}")

    def _varint(self, place: int, end: int) -> tuple[int, int]:
        value = 0
        for count, octet in enumerate(self._read(place, min(10, end - place))):
            value |= (octet & 0x7F) << 7 * count
            if octet < 0x80:
                return value, place + count + 1
        raise _Malformed(f"damaged or foreign at byte {place}")

    def _read(self, place: int, size: int) -> bytes:
        self._file.seek(place)
        return self._file.read(size)


def _as_varint(value: int) -> bytes:
    octets = bytearray()
    while value > 0x7F:
        octets.append(value & 0x7F | 0x80)
        value >>= 7
    octets.append(value)
    return bytes(octets)
