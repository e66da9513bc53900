"""The graph of an ONNX file.

As torch's and tensorboardX's writers have it, inputs are nodes of the op ``Variable`` with their dtype and shape, and
every operation is a node named for its first output. Beyond that, so that a graph view can draw all of it: the outputs
of the model are nodes ``output/<name>``, weights are nodes of the op ``Const``, a second or later output of a node is
``<node>:<k>``, a leading ``/`` is dropped, dtypes are TensorFlow's, sizes that are not known are -1, and the known
shapes of operations label their edges.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from .names import Names
from .nodes import UNKNOWN, graph_of, node_of, set_shapes
from .onnx_dtypes import dtype_name, tensorflow_number
from .onnx_file import read_model

__all__ = ["attribute_words", "onnx_graph", "shape_of_type"]

MAX_TEXT = 1000
"""Characters of an attribute that are shown."""


def onnx_graph(path: str | os.PathLike[str]) -> Any:
    """Return the GraphDef of the model in an ONNX file.

    Raises
    ------
    GraphFileError
        If it is no ONNX model.
    OSError
        If it cannot be read.
    """
    return graph_of(_Converter(read_model(path).graph).nodes())


class _Converter:
    """Turns a GraphProto of ONNX into nodes."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._free = Names().free
        self._names: dict[bytes, str] = {}  # of the values that are nodes, or outputs of nodes
        self._types = {value.name: value.type for value in (*graph.value_info, *graph.output, *graph.input)}

    def nodes(self) -> Iterator[Any]:
        """Yield a NodeDef for every input, weight, operation and output."""
        inputs = [(self._name(value.name), value.type) for value in self._graph.input]
        weights = [(self._name(tensor.name), tensor) for tensor in self._weights()]
        operations = [(self._operation_name(node), node) for node in self._graph.node]
        yield from (_value_node(name, "Variable", [], of_type) for name, of_type in inputs)
        yield from (_weight_node(name, tensor) for name, tensor in weights)
        yield from (self._operation_node(name, node) for name, node in operations)
        for value in self._graph.output:
            name = self._free(f"output/{_text(value.name).lstrip('/')}")
            yield _value_node(name, "Variable", self._known([value.name]), value.type)

    def _weights(self) -> Iterator[Any]:
        every = [*self._graph.initializer, *(sparse.values for sparse in self._graph.sparse_initializer)]
        yield from (tensor for tensor in every if tensor.name not in self._names)

    def _name(self, value: bytes) -> str:
        name = self._names[value] = self._free(_text(value))
        return name

    def _operation_name(self, node: Any) -> str:
        outputs = [(place, value) for place, value in enumerate(node.output) if value]
        if not outputs:
            return self._free(_text(node.name or node.op_type))
        name = self._name(outputs[0][1])
        for place, value in outputs[1:]:
            self._names[value] = f"{name}:{place}"
        return name

    def _operation_node(self, name: str, operation: Any) -> Any:
        node = node_of(name, _text(operation.op_type), self._known(operation.input))
        parameters = ", ".join(_attribute_text(attribute) for attribute in operation.attribute)
        node.attr["parameters"].s = parameters.encode("utf-8", "replace")
        shapes = [shape_of_type(self._types.get(value)) for value in operation.output]
        if any(shape is not None for shape in shapes):
            set_shapes(node, shapes)
        return node

    def _known(self, values: Any) -> list[str]:
        return [self._names[value] for value in values if value in self._names]


def _value_node(name: str, op: str, inputs: list[str], of_type: Any) -> Any:
    node = node_of(name, op, inputs)
    return _typed(node, of_type.tensor_type.elem_type, shape_of_type(of_type))


def _weight_node(name: str, tensor: Any) -> Any:
    return _typed(node_of(name, "Const"), tensor.data_type, list(tensor.dims))


def _typed(node: Any, dtype: int, shape: list[int] | None) -> Any:
    node.attr["dtype"].type = tensorflow_number(dtype)
    set_shapes(node, [shape])
    node.attr["shape"].shape.CopyFrom(node.attr["_output_shapes"].list.shape[0])
    return node


def shape_of_type(of_type: Any) -> list[int] | None:
    """Return the sizes of a tensor; None if it is no tensor, or nothing is said."""
    if of_type is None or not of_type.tensor_type.HasField("shape"):
        return None
    dims = of_type.tensor_type.shape.dim
    return [dim.dim_value if dim.WhichOneof("value") == "dim_value" else UNKNOWN for dim in dims]


def _attribute_text(attribute: Any) -> str:
    """Return an attribute's name, values and type number, as torch's writer has them."""
    return " = ".join(_field_text(field.name, value) for field, value in attribute.ListFields())


def attribute_words(attribute: Any) -> tuple[str, str]:
    """Return an attribute's name and its value as text."""
    fields = [(field.name, value) for field, value in attribute.ListFields() if field.name not in ("name", "type")]
    return _text(attribute.name), ", ".join(_value_words(field, value) for field, value in fields)


def _value_words(field: str, value: Any) -> str:
    if field in ("s", "strings"):
        values = [value] if field == "s" else value[:MAX_TEXT]
        return ", ".join(_text(one[:MAX_TEXT]) for one in values)[:MAX_TEXT]
    return _field_text(field, value)


def _field_text(field: str, value: Any) -> str:
    if field in ("name", "ref_attr_name"):
        text = _text(value)
    elif field in ("t", "tensors"):
        text = ", ".join(map(_tensor_text, [value] if field == "t" else value))
    elif field in ("g", "graphs"):
        text = ", ".join(map(_graph_text, [value] if field == "g" else value))
    else:
        text = str(value)
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"


def _graph_text(graph: Any) -> str:
    return f"graph of {len(graph.node)} node{'' if len(graph.node) == 1 else 's'}"


def _tensor_text(tensor: Any) -> str:
    return f"{dtype_name(tensor.data_type)}{list(tensor.dims)}"


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")
