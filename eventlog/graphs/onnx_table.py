"""ONNX models as tables: operations under their own names, graphs within operations (``If``, ``Loop``) as scopes."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import MutableMapping
from typing import Any, BinaryIO

from .names import Names
from .onnx_dtypes import dtype_name
from .onnx_file import parse_model
from .onnx_graph import attribute_words, shape_of_type
from .table import MAX_NAME, GraphTable, Shape, TableBuilder, check_count, cut

__all__ = ["onnx_table"]


def onnx_table(name: str, file: BinaryIO, size: int) -> GraphTable:
    """Return the table of the model in an open file; weights are read over.

    Raises
    ------
    GraphFileError
        If it is no ONNX model.
    SummaryError
        If it is too large to be drawn.
    """
    reader = _Reader()
    reader.add(parse_model(name, file, size).graph, "", ChainMap())
    return reader.builder.build()


class _Reader:
    """Adds a graph and those within it to one table."""

    def __init__(self) -> None:
        self.builder = TableBuilder("onnx")
        self._free = Names().free

    def add(self, graph: Any, scope: str, known: ChainMap[bytes, tuple[str, int]]) -> list[tuple[str, int]]:
        """Add a graph in a scope and return what gives its results.

        Parameters
        ----------
        known
            The values of the graphs around it: the node that each comes from, and which of its outputs it is.
        """
        values = known.new_child()
        types = {value.name: value.type for value in (*graph.value_info, *graph.output, *graph.input)}
        # Names are given to all before the first is added.
        check_count(len(graph.node) + len(graph.input) + len(graph.initializer) + len(graph.sparse_initializer))
        for value in graph.input:
            self._value(value.name, "Input", scope, values, types)
        for tensor in (*graph.initializer, *(sparse.values for sparse in graph.sparse_initializer)):
            if tensor.name not in values.maps[0]:
                self._weight(tensor, scope, values)
        names = [self._name(node, scope, values) for node in graph.node]
        for name, node in zip(names, graph.node, strict=True):
            self._operation(name, node, values, types)
        results = [(value, values[value.name]) for value in graph.output if value.name in values]
        if scope:
            return [source for _, source in results]
        for value, source in results:
            name = self._free(f"output/{_text(value.name).strip('/')}")
            self.builder.add(name, "Output", [source], outputs=_outputs([value.name], types))
        return []

    def _placed(self, name: str, scope: str) -> str:
        name = cut(name.strip("/") or "unnamed", 800)
        return self._free(f"{scope}/{name}" if scope else name)

    def _value(
        self,
        value: bytes,
        op: str,
        scope: str,
        values: MutableMapping[bytes, tuple[str, int]],
        types: dict[bytes, Any],
    ) -> None:
        name = self._placed(_text(value), scope)
        values[value] = name, 0
        self.builder.add(name, op, outputs=_outputs([value], types))

    def _weight(self, tensor: Any, scope: str, values: MutableMapping[bytes, tuple[str, int]]) -> None:
        name = self._placed(_text(tensor.name), scope)
        values[tensor.name] = name, 0
        self.builder.add(name, "Initializer", outputs=[(dtype_name(tensor.data_type), _sizes(tensor.dims))])

    def _name(self, node: Any, scope: str, values: MutableMapping[bytes, tuple[str, int]]) -> str:
        name = self._placed(_text(node.name or node.op_type), "" if node.name and not scope else scope)
        for port, value in enumerate(node.output):
            if value:
                values[value] = name, port
        return name

    def _operation(
        self, name: str, node: Any, values: ChainMap[bytes, tuple[str, int]], types: dict[bytes, Any]
    ) -> None:
        sources = [values[value] for value in node.input if value in values]
        for attribute in node.attribute:
            inner = [attribute.g] if attribute.HasField("g") else []
            for at, graph in enumerate([*inner, *attribute.graphs]):
                called = cut(_text(attribute.name).replace("/", "") or "graph", 100)
                room = f"{cut(name, MAX_NAME)}/{called}" + (f"_{at}" if at else "")
                sources += self.add(graph, room, values)
        self.builder.add(
            name,
            _text(node.op_type),
            sources,
            outputs=_outputs(node.output, types),
            attributes=(attribute_words(attribute) for attribute in node.attribute),
        )


def _outputs(values: Any, types: dict[bytes, Any]) -> list[tuple[str, Shape]]:
    """Return type and sizes of some values; of none if nothing is said of any."""
    if not any(value in types for value in values):
        return []
    return [_output(types.get(value)) for value in values[:1000]]


def _output(of_type: Any) -> tuple[str, Shape]:
    shape = shape_of_type(of_type)
    dtype = dtype_name(of_type.tensor_type.elem_type) if of_type is not None else ""
    return dtype, None if shape is None else _sizes(shape)


def _sizes(sizes: Any) -> Shape:
    return tuple(max(int(size), -1) for size in sizes[:100])


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")
