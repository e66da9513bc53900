"""The graph of an OpenVINO model.

tensorboardX writes a node of the op ``op`` for every edge; here every layer is one node, with its type as the op, its
settings as ``parameters``, the layers that its edges come from as inputs (``<layer>:<k>`` for a second or later
output), and the sizes of its outputs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from .names import Names
from .nodes import graph_of, node_of, set_shapes
from .openvino_file import Edge, Layer, Network, read_network

__all__ = ["openvino_graph"]

MAX_TEXT = 1000
"""Characters of a setting that are shown."""


def openvino_graph(path: str | os.PathLike[str]) -> Any:
    """Return the GraphDef of the model in an OpenVINO ``.xml`` file.

    Raises
    ------
    GraphFileError
        If it is no OpenVINO model.
    OSError
        If it cannot be read.
    """
    return graph_of(_nodes(read_network(path)))


def _nodes(network: Network) -> Iterator[Any]:
    names, node_names = Names(), {}
    for layer in network.layers:
        node_names[layer.id] = names.free(layer.name)
    sources = _sources(network, node_names)
    for layer in network.layers:
        yield _node(layer, node_names[layer.id], sources.get(layer.id, []))


def _sources(network: Network, node_names: dict[str, str]) -> dict[str, list[str]]:
    """Return what comes into each layer, in the order of its ports."""
    ports = {layer.id: {port: place for place, port in enumerate(layer.outputs)} for layer in network.layers}
    found: dict[str, list[str]] = {}
    for edge in sorted(network.edges, key=_port_order):
        if edge.source in ports:
            name = node_names[edge.source]
            place = ports[edge.source].get(edge.source_port, 0)
            found.setdefault(edge.target, []).append(f"{name}:{place}" if place else name)
    return found


def _port_order(edge: Edge) -> tuple[int, str]:
    return (len(edge.target_port), edge.target_port)  # the order of the numbers that ports have as ids


def _node(layer: Layer, name: str, inputs: list[str]) -> Any:
    node = node_of(name, layer.type, inputs)
    settings = (
        f"{key} = {value if len(value) <= MAX_TEXT else value[:MAX_TEXT] + '…'}" for key, value in layer.data.items()
    )
    node.attr["parameters"].s = ", ".join(settings).encode("utf-8", "replace")
    if layer.outputs:
        set_shapes(node, list(layer.outputs.values()))
    return node
