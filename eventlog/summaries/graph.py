"""Graphs: what a model is made of, and what was measured while it ran, at a step.

They come as events of their own or as summaries of four plugins, each a serialized message or JSON in a string.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from ..errors import SummaryError
from ..graph_messages import GraphDef, MetaGraphDef, RunMetadata
from ..messages import parse
from . import tensor

__all__ = [
    "META_GRAPH",
    "PLUGIN",
    "PLUGINS",
    "RUN_GRAPH",
    "TAGGED_RUN_METADATA",
    "Form",
    "decode",
    "decode_event",
    "parse_graph",
    "parse_keras_model",
    "parse_run_metadata",
]

PLUGIN = "graphs"
TAGGED_RUN_METADATA = "graph_tagged_run_metadata"

# Tags for graphs whose events have none. TensorBoard has the first one; TensorFlow 1 logs its graph in both ways.
RUN_GRAPH, META_GRAPH = "__run_graph__", "__meta_graph__"

Form = Literal["graph_def", "meta_graph_def", "run_metadata", "keras_model"]

PLUGINS: dict[str, Form] = {
    PLUGIN: "graph_def",
    TAGGED_RUN_METADATA: "run_metadata",
    "graph_run_metadata": "run_metadata",
    "graph_run_metadata_graph": "run_metadata",
    "graph_keras_model": "keras_model",
}
"""The plugins, and what their strings hold."""


def decode_event(event: Any) -> tuple[Form, bytes]:
    """Return what an Event that is no summary holds of a graph: its form and its bytes as logged.

    Raises
    ------
    SummaryError
        If it holds none.
    """
    what = event.WhichOneof("what")
    if what == "graph_def":
        return "graph_def", event.graph_def
    if what == "meta_graph_def":
        return "meta_graph_def", event.meta_graph_def
    if what == "tagged_run_metadata":
        return "run_metadata", event.tagged_run_metadata.run_metadata
    raise SummaryError(f"an event that holds {what or 'nothing'}, not a graph")


def decode(value: Any, plugin: str) -> tuple[Form, bytes]:
    """Return what a Summary.Value holds for a plugin of `PLUGINS`: its form and its bytes as logged.

    Raises
    ------
    SummaryError
        If it is no tensor of one string.
    """
    strings = tensor.decode_strings(value.tensor).ravel()
    if len(strings) != 1:
        raise SummaryError(f"a graph that is {len(strings)} strings, not one")
    return PLUGINS[plugin], strings[0]


def parse_graph(form: Form, encoded: bytes) -> Any:
    """Return the GraphDef message that `encoded` holds.

    Of what was noted while a graph ran, it is the nodes and functions of all graphs as they were written, before they
    were optimised.

    Raises
    ------
    SummaryError
        If it is damaged, or a Keras model, which is JSON.
    """
    if form == "graph_def":
        return parse(encoded, GraphDef)
    if form == "meta_graph_def":
        return parse(encoded, MetaGraphDef).graph_def
    found = parse_run_metadata(form, encoded)
    graphs = [graphs.pre_optimization_graph for graphs in found.function_graphs] or list(found.partition_graphs)
    merged = GraphDef()
    for graph in graphs:
        merged.MergeFrom(graph)
    return merged


def parse_run_metadata(form: Form, encoded: bytes) -> Any:
    """Return the RunMetadata message that `encoded` holds: times and memory by device and node, and graphs.

    Raises
    ------
    SummaryError
        If it is damaged, or of another form.
    """
    if form != "run_metadata":
        raise SummaryError(f"a graph in the form {form!r} says nothing of a run of it")
    return parse(encoded, RunMetadata)


def parse_keras_model(form: Form, encoded: bytes) -> dict[str, Any]:
    """Return the JSON object that a Keras model was logged as.

    Raises
    ------
    SummaryError
        If it is damaged, or of another form.
    """
    if form != "keras_model":
        raise SummaryError(f"a graph in the form {form!r} is no Keras model")
    try:
        model = json.loads(encoded)
    except (ValueError, RecursionError) as error:
        raise SummaryError(f"a Keras model that is no JSON: {error}") from None
    if not isinstance(model, dict):
        raise SummaryError("a Keras model that is no JSON object")
    return model
