"""The layers of a Keras model: its own description in JSON, which TensorBoard draws as the conceptual graph."""

from __future__ import annotations

import json
from typing import Any

from ..errors import BadTypeError, TraceError
from ..messages import SummaryValue
from ..summaries import tensor

__all__ = ["PLUGIN", "TAG", "encode", "model_json"]

PLUGIN = "graph_keras_model"

TAG = "keras"
"""The tag under which Keras' own callback logs a model."""

_VERSION = b"1"  # any other content is passed over by TensorBoard


def model_json(model: Any) -> str:
    """Return what a Keras model's `to_json` gives.

    Raises
    ------
    TraceError
        If the model cannot be described; one that is a subclass with no layers of its own until it is called, say.
    BadTypeError
        If that is no JSON of a Keras model.
    """
    name = type(model).__name__
    try:
        described = model.to_json()
    except Exception as error:
        raise TraceError(
            f"the Keras model {name} cannot be described as JSON: {error}. Call it once on data, or build it as a "
            "Sequential or functional model"
        ) from error
    if not _is_keras(described):
        raise BadTypeError(
            f"add_graph takes a torch module or a Keras model; to_json of {name} gives no JSON of a Keras model"
        )
    return str(described)


def encode(described: str) -> Any:
    """Return the Summary.Value of a Keras model's JSON, as Keras' own callback lays it out."""
    value = SummaryValue(tag=TAG)
    value.metadata.plugin_data.plugin_name = PLUGIN
    value.metadata.plugin_data.content = _VERSION
    value.tensor.CopyFrom(tensor.encode_strings([described.encode("utf-8", "replace")], ()))
    return value


def _is_keras(described: Any) -> bool:
    try:
        return isinstance(described, str) and "config" in json.loads(described)
    except (ValueError, TypeError, RecursionError):
        return False
