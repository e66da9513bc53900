"""GraphDefs of TensorFlow, torch and tensorboardX as tables.

Nodes are parsed one by one, so that a message of any size takes no more memory than what is drawn of it. The bodies of
functions become scopes of their own, with their arguments and results as nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from google.protobuf.message import DecodeError

from ..errors import SummaryError
from ..graph_messages import FunctionDef, NodeDef
from .attribute_text import attribute_text, dtype_name, shape_of
from .bytes_walk import fields, without_large
from .names import Names
from .table import GraphTable, Shape, TableBuilder, check_count, counted, cut

__all__ = ["FUNCTIONS", "GraphDefReader", "graph_def_table"]

FUNCTIONS = "functions"
"""The scope that holds the bodies of functions."""

_NODE, _LIBRARY, _FUNCTION = 1, 2, 1  # fields of GraphDef and of FunctionDefLibrary
_FUNCTION_NODE = 3
_MOST_OF_NODE = 1 << 16  # bytes beyond which attributes of a node are looked at one by one
_MOST_OF_FUNCTION = 1 << 22
_MOST_ATTRIBUTE = 1 << 12
_SHAPES = "_output_shapes"
_MOST_INPUTS = 20_000
_MOST_OUTPUTS = 1000


def graph_def_table(encoded: bytes, form: str = "graph_def") -> GraphTable:
    """Return the table of a serialized GraphDef.

    Raises
    ------
    SummaryError
        If it is damaged, or too large to be drawn.
    """
    reader = GraphDefReader(form)
    reader.read(memoryview(encoded))
    return reader.table()


class GraphDefReader:
    """Reads GraphDefs into one table; a node that was read already is passed over."""

    def __init__(self, form: str) -> None:
        self.builder = TableBuilder(form)
        self._functions: dict[str, str] = {}
        self._rooms = Names()
        self._called: list[tuple[int, str]] = []
        self._large = 0
        self._merges = False

    def read(self, data: memoryview) -> None:
        """Add the nodes and functions of a serialized GraphDef."""
        # Counted before any is parsed: a graph that is far too large is refused at once.
        for count, _ in enumerate(1 for number, _, _ in fields(data) if number == _NODE):
            check_count(count + 1)
        for number, _, content in fields(data):
            if number == _NODE:
                self._add(self._node(content), "")
            elif number == _LIBRARY:
                self._read_library(content)
        self._merges = True

    def table(self) -> GraphTable:
        """Return all that was read."""
        builder = self.builder
        table = builder.table
        for index, name in self._called:
            if name in self._functions:
                table.calls.append((index, self._functions[name]))
        if self._large:
            table.notes.append(counted(self._large, "{} large attribute{s} {are} not shown"))
        table.functions = {scope: name for name, scope in self._functions.items()}
        return builder.build()

    def _read_library(self, data: memoryview) -> None:
        for number, _, content in fields(data):
            if number == _FUNCTION:
                self._read_function(content)

    def _read_function(self, data: memoryview) -> None:
        # The nodes are taken out first: the rest is small, and is parsed at once.
        nodes, rest = [], bytearray()
        for number, whole, content in fields(data):
            if number == _FUNCTION_NODE:
                nodes.append(content)
            else:
                rest += whole
            check_count(len(nodes))
        if len(rest) > _MOST_OF_FUNCTION:
            self._large += 1
            return
        function = _parsed(FunctionDef, bytes(rest))
        name = function.signature.name
        if name in self._functions:
            return
        check_count(len(self._functions) + 1)
        scope = self._functions[name] = f"{FUNCTIONS}/{self._scope_name(name)}"
        self._add_body(function, nodes, scope)

    def _scope_name(self, name: str) -> str:
        wanted = cut("/".join(part for part in name.split("/") if part).replace("/", "\u2215") or "unnamed", 200)
        return self._rooms.free(wanted)

    def _add_body(self, function: Any, nodes: list[memoryview], scope: str) -> None:
        arguments = function.signature.input_arg
        for argument in arguments:
            told = [("type", dtype_name(argument.type))] if argument.type else []
            self.builder.add(argument.name, "argument", scope=scope, attributes=told)
        for content in nodes:
            self._add(self._node(content), scope)
        for result, value in sorted(function.ret.items()):
            self.builder.add(f"{result} (result)", "result", [_function_input(value)], scope=scope)
        for result, value in sorted(function.control_ret.items()):
            self.builder.add(f"{result} (runs)", "result", [(value, -1)], scope=scope)
        attributes = [(name, attribute_text(function.attr[name])) for name in sorted(function.attr)]
        self.builder.table.scopes[scope] = ("", [("signature", cut(_signature(function.signature))), *attributes])

    def _node(self, content: memoryview) -> Any:
        if len(content) > _MOST_OF_NODE:
            small, left_out = without_large(content, _MOST_ATTRIBUTE)
            self._large += left_out
            return _parsed(NodeDef, small)
        return _parsed(NodeDef, bytes(content))

    def _add(self, node: Any, scope: str) -> None:
        name = node.name
        if self._merges and self.builder.find(name, scope) is not None:
            return
        if len(node.input) > _MOST_INPUTS:
            raise SummaryError(f"an operation of {len(node.input):,} inputs, too many to be drawn")
        read = _function_input if scope else _graph_input
        index = self.builder.add(
            name,
            node.op,
            [read(text) for text in node.input],
            scope=scope,
            device=node.device,
            outputs=_outputs(node),
            attributes=((key, attribute_text(node.attr[key])) for key in sorted(node.attr) if key != _SHAPES),
        )
        self._called += [(index, function) for function in dict.fromkeys(_functions_of(node))]


def _parsed(message: Any, data: bytes) -> Any:
    try:
        return message.FromString(data)
    except DecodeError as error:
        raise SummaryError(f"no graph: {error}") from None


def _graph_input(text: str) -> tuple[str, int]:
    """Read ``name``, ``name:1`` or ``^name``."""
    if text.startswith("^"):
        return text[1:], -1
    name, colon, port = text.rpartition(":")
    if colon and port.isascii() and port.isdigit() and len(port) < 6:
        return name, int(port)
    return text, 0


def _function_input(text: str) -> tuple[str, int]:
    """Read what stands in a function: ``argument``, ``node:output:0`` or ``^node``."""
    if text.startswith("^"):
        return text[1:], -1
    name, port = _graph_input(text)
    if name != text and ":" in name:
        name = name.rpartition(":")[0]
    return name, port


def _outputs(node: Any) -> list[tuple[str, Shape]]:
    if _SHAPES not in node.attr:
        return []
    shapes = [shape_of(shape) for shape in node.attr[_SHAPES].list.shape[:_MOST_OUTPUTS]]
    return list(zip(_dtypes(node, len(shapes)), shapes, strict=True))


def _dtypes(node: Any, count: int) -> list[str]:
    """Return the element types of the outputs, as far as attributes of the usual names say."""
    for name in ("output_types", "Tout", "component_types"):
        if name in node.attr and len(node.attr[name].list.type) == count:
            return [dtype_name(number) for number in node.attr[name].list.type]
    for name in ("dtype", "T", "DstT", "out_type"):
        if name in node.attr and node.attr[name].type:
            return [dtype_name(node.attr[name].type)] * count
    return [""] * count


def _functions_of(node: Any) -> Iterator[str]:
    """Yield the names of functions that a node may call: those in its attributes, and its op."""
    yield node.op
    for key in node.attr:
        value = node.attr[key]
        kind = value.WhichOneof("value")
        if kind == "func":
            yield value.func.name
        elif kind == "list":
            yield from (function.name for function in value.list.func)


def _signature(signature: Any) -> str:
    arguments = ", ".join(argument.name for argument in signature.input_arg[:100])
    results = ", ".join(argument.name for argument in signature.output_arg[:100])
    return f"({arguments}) → ({results})"
