"""The nodes of a GraphDef, as TensorBoard's graph view reads them.

A ``/`` in a node's name nests it, ``_output_shapes`` labels the edges that leave it, and other attributes are listed
when the node is clicked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..graph_messages import GraphDef, NodeDef

__all__ = ["UNKNOWN", "graph_of", "node_of", "set_shapes"]

UNKNOWN = -1
"""A size that is not known before the model runs."""

_PRODUCER = 22  # the version of graphs that torch's and tensorboardX's writers state


def node_of(name: str, op: str, inputs: Iterable[str] = ()) -> Any:
    """Return a NodeDef without attributes. What is no Unicode in the names becomes ``?``."""
    return NodeDef(name=_text(name), op=_text(op), input=[_text(name) for name in inputs])


def set_shapes(node: Any, shapes: Sequence[Sequence[int] | None]) -> None:
    """Note on a NodeDef the sizes of what it puts out; None for an output of unknown rank."""
    noted = node.attr["_output_shapes"].list.shape
    for shape in shapes:
        if shape is None:
            noted.add(unknown_rank=True)
        else:
            noted.add(dim=[{"size": size} for size in shape])


def graph_of(nodes: Iterable[Any]) -> Any:
    """Return the GraphDef of some NodeDefs."""
    return GraphDef(node=nodes, versions={"producer": _PRODUCER})


def _text(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
