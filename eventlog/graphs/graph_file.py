"""Graphs in files of other programs: GraphDefs, ONNX models, Keras models."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

from google.protobuf import text_format

from ..errors import EventLogError, GraphFileError, SummaryError
from ..graph_messages import GraphDef
from .bytes_walk import fields
from .graph_def_table import graph_def_table
from .keras_table import keras_table
from .onnx_table import onnx_table
from .run_table import run_table
from .table import GraphTable

__all__ = ["MAX_BYTES", "MAX_TEXT_BYTES", "read_graph_file"]

MAX_BYTES = 64 << 20
"""Bytes beyond which no file is read."""

MAX_TEXT_BYTES = 8 << 20
"""Bytes of text, without the content of tensors, beyond which a GraphDef as text is not read: that takes long."""

_MAX_DEPTH = 100
_GRAPHS = 2  # of SavedModel
_CONTENT = re.compile(rb'tensor_content\s*:\s*"(?:[^"\\\n]|\\.)*"')


def read_graph_file(name: str, content: bytes) -> GraphTable:
    """Return the graph in a file of another program.

    Parameters
    ----------
    name
        Its name; what it ends in says what it is: ``.pbtxt`` (a GraphDef as text), ``.pb`` (a GraphDef, MetaGraphDef or
        SavedModel), ``.onnx``, ``.json`` (what ``to_json`` of a Keras model gives).
    content
        All of it; of an ONNX file the weights may be left out.

    Raises
    ------
    GraphFileError
        If it holds no graph, or one that cannot be drawn.
    """
    short = name[-200:]
    ending = short.lower().rpartition(".")[2]
    read = _READERS.get(ending)
    if read is None:
        raise GraphFileError(short, "not a graph that is known: .pbtxt, .pb, .onnx, or .json of a Keras model")
    if len(content) > MAX_BYTES:
        raise GraphFileError(short, f"larger than {MAX_BYTES >> 20} MiB")
    try:
        table = read(short, content)
    except SummaryError as error:
        raise GraphFileError(short, str(error)) from None
    if not table.path:
        raise GraphFileError(short, "it holds no graph")
    return table


def _read_pbtxt(name: str, content: bytes) -> GraphTable:
    content = _CONTENT.sub(b"", content)
    if len(content) > MAX_TEXT_BYTES:
        raise GraphFileError(
            name, f"more than {MAX_TEXT_BYTES >> 20} MiB of text take too long to read: save it as .pb, which is binary"
        )
    if _depth(content) > _MAX_DEPTH:
        raise GraphFileError(name, "nested too deeply")
    try:
        text = content.decode("utf-8")
        graph = text_format.Parse(text, GraphDef(), allow_unknown_field=True)
    except (text_format.ParseError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise GraphFileError(name, f"no GraphDef as text: {error}"[:300]) from None
    return graph_def_table(graph.SerializeToString())


def _depth(content: bytes) -> int:
    deepest = depth = 0
    for match in re.finditer(rb'"(?:[^"\\\n]|\\.)*"|[{}<>]', content):
        sign = match[0]
        if sign in (b"{", b"<"):
            depth += 1
            deepest = max(deepest, depth)
        elif sign in (b"}", b">"):
            depth -= 1
    return deepest


def _read_pb(name: str, content: bytes) -> GraphTable:
    """Read what of the messages that have this ending is in there: the one of most operations."""
    tries: list[Callable[[], GraphTable]] = [
        lambda: graph_def_table(content),
        lambda: run_table("meta_graph_def", content),
        lambda: run_table("meta_graph_def", _first_graph(content)),
    ]
    found: list[GraphTable] = []
    failures: list[EventLogError] = []
    for read in tries:
        try:
            table = read()
        except SummaryError as error:
            failures.append(error)
            continue
        if any(table.op):
            found.append(table)
    if not found:
        raise GraphFileError(name, f"{failures[0]}" if failures else "it holds no graph")
    return max(found, key=lambda table: sum(map(bool, table.op)))


def _first_graph(content: bytes) -> bytes:
    """Return the first MetaGraphDef of a SavedModel."""
    for number, _, graph in fields(memoryview(content)):
        if number == _GRAPHS:
            return bytes(graph)
    return b""


def _read_onnx(name: str, content: bytes) -> GraphTable:
    return onnx_table(name, io.BytesIO(content), len(content))


def _read_keras(name: str, content: bytes) -> GraphTable:
    try:
        model: Any = json.loads(content)
        if isinstance(model, str):  # `to_json` gives text, which is often saved as JSON once more
            model = json.loads(model)
    except (ValueError, RecursionError) as error:
        raise GraphFileError(name, f"no JSON: {error}"[:300]) from None
    if not isinstance(model, dict):
        raise GraphFileError(name, "no Keras model: its JSON is no object")
    return keras_table(model)


_READERS: dict[str, Callable[[str, bytes], GraphTable]] = {
    "pbtxt": _read_pbtxt,
    "prototxt": _read_pbtxt,
    "pb": _read_pb,
    "meta": _read_pb,
    "onnx": _read_onnx,
    "json": _read_keras,
}
