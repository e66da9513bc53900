"""The graph of a torch module, in the form of torch's own writer.

Inputs are nodes ``input/<name>``, outputs ``output/output.<number>``. Every value that is computed is a node named for
the modules it is computed in, ``Net/Sequential[fc]/Linear[0]/<name>``, whose op is that of TorchScript, such as
``aten::linear``; parameters and constants are nodes too. Where torch's writer names inputs that are no node (the module
objects that parameters come from), this one leaves them out, and it gives shapes to tensors only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..graph_messages import RunMetadata
from .nodes import graph_of, node_of, set_shapes
from .torch_trace import trace

__all__ = ["torch_graph"]

_GET = "prim::GetAttr"
_MODULE = "ClassType"  # the kind of a value that is a module, not data
_ROOT = "__module"


def torch_graph(torch: Any, model: Any, inputs: Any, *, verbose: bool = False, strict: bool = True) -> tuple[Any, Any]:
    """Return the GraphDef of a call of a torch module, and a RunMetadata that names the device.

    Parameters
    ----------
    torch
        The package torch.
    model, inputs, strict
        See `torch_trace.trace`.
    verbose
        Print TorchScript's graph, and show the tracer's warnings.

    Raises
    ------
    TraceError
        If the module cannot be traced.
    """
    model = getattr(model, "_orig_mod", model)  # what torch.compile wraps
    graph = trace(torch, model, inputs, strict=strict, quiet=not verbose)
    if verbose:
        print(graph)
    metadata = RunMetadata(step_stats={"dev_stats": [{"device": "/device:CPU:0"}]})  # as torch's writer has it
    return graph_of(_Converter(_scope_names(torch, model), _class_name(model)).nodes(graph)), metadata


class _Converter:
    """Turns the values of a TorchScript graph into nodes.

    Parameters
    ----------
    scope_names
        What the parts of a scope are shown as.
    root
        What stands before every scope.
    """

    def __init__(self, scope_names: dict[str, str], root: str) -> None:
        self._scope_names, self._root = scope_names, root
        self._paths: dict[str, str] = {}  # of the modules and parameters that are fetched by name: their scopes
        self._names: dict[str, str] = {}  # of the values that are nodes

    def nodes(self, graph: Any) -> Iterator[Any]:
        """Yield a NodeDef for every input, output and computed value."""
        inputs = [value for value in graph.inputs() if value.uses() and value.type().kind() != _MODULE]
        self._names.update({value.debugName(): f"input/{value.debugName()}" for value in inputs})
        computed = list(self._computed(graph))
        for value in inputs:
            yield _node(self._names[value.debugName()], "IO Node", [], "", _sizes(value))
        for number, value in enumerate(graph.outputs(), 1):
            yield _node(f"output/output.{number}", "IO Node", self._known([value]), "", _sizes(value))
        for name, node, value in computed:
            yield _node(name, node.kind(), self._known(node.inputs()), _attributes(node), _sizes(value))

    def _computed(self, graph: Any) -> Iterator[tuple[str, Any, Any]]:
        for node in graph.nodes():
            scope = self._path(node) if node.kind() == _GET else node.scopeName()
            for value in node.outputs():
                if node.kind() == _GET and value.type().kind() == _MODULE:
                    continue
                name = self._names[value.debugName()] = f"{self._shown(scope)}/{value.debugName()}"
                yield name, node, value

    def _path(self, node: Any) -> str:
        """Return the scope of a module or parameter: that of its owner, and its own dotted name."""
        owner = self._paths.get(node.input().debugName())
        dotted = _ROOT if owner is None else owner.rpartition("/")[2]
        path = f"{dotted}.{node.s('name')}"
        self._paths[node.output().debugName()] = path if owner is None else f"{owner}/{path}"
        return self._paths[node.output().debugName()]

    def _shown(self, scope: str) -> str:
        if not scope:
            return self._root
        parts = (self._scope_names.get(part, part.rpartition(".")[2]) for part in scope.split("/"))
        return "/".join([self._root, *parts])

    def _known(self, values: Any) -> list[str]:
        return [self._names[value.debugName()] for value in values if value.debugName() in self._names]


def _node(name: str, op: str, inputs: list[str], attributes: str, sizes: list[int] | None) -> Any:
    node = node_of(name, op, inputs)
    node.attr["attr"].s = attributes.encode("utf-8", "replace")
    if sizes is not None:
        set_shapes(node, [sizes])
    return node


def _sizes(value: Any) -> list[int] | None:
    return list(value.type().sizes()) if value.isCompleteTensor() else None


def _attributes(node: Any) -> str:
    found = {name: _attribute(node, name) for name in node.attributeNames()}
    return str(found).replace("'", " ")


def _attribute(node: Any, name: str) -> Any:
    read = getattr(node, node.kindOf(name), None)
    return f"({node.kindOf(name)})" if read is None else read(name)


def _scope_names(torch: Any, model: Any) -> dict[str, str]:
    """Return ``Class[attribute]`` for the dotted name of every submodule, each name that a shared one has included."""
    if not isinstance(model, torch.nn.Module):
        return {}
    every = model.named_modules(prefix=_ROOT, remove_duplicate=False)
    return {name: f"{_class_name(module)}[{name.rpartition('.')[2]}]" for name, module in every}


def _class_name(model: Any) -> str:
    name = getattr(model, "original_name", None) or getattr(model, "__name__", None) or type(model).__name__
    return str(name).strip("<>")
