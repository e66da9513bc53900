"""Keras models, as their own JSON describes them, as tables: every layer is an operation, nested models are scopes.

Both ways to say where a layer's inputs come from are read: Keras 2 lists ``[layer, node, tensor, {}]``, Keras 3 has
tensors anywhere in the arguments of a call, with their ``keras_history``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ..errors import SummaryError
from .table import MAX_NAME, MAX_TEXT, GraphTable, Shape, TableBuilder, cut

__all__ = ["keras_table"]

_MOST_NESTED = 32
_MOST_VALUES = 1_000_000
"""Values looked at in the arguments of all calls."""

_MOST_SIZES = 32
_SHAPES = ("batch_shape", "batch_input_shape")
_NOT_SHOWN = ("name", "layers", "input_layers", "output_layers")

Tensor: TypeAlias = "tuple[str, int]"
"""A layer, and which of its outputs."""


def keras_table(model: dict[str, Any]) -> GraphTable:
    """Return the table of a Keras model.

    Raises
    ------
    SummaryError
        If it is none, or too large to be drawn.
    """
    if _layers(model) is None:
        raise SummaryError(
            "this Keras model does not say what its layers are: it is no Sequential or functional model"
            if "config" in model
            else "no Keras model: it has no config"
        )
    reader = _Reader()
    reader.add(reader.outline(model, "", 0), [])
    return reader.builder.build()


@dataclass(slots=True)
class _Model:
    """A model as far as those around it need to know it."""

    scope: str
    layers: list[dict[str, Any]]
    nested: dict[str, _Model]
    sources: dict[str, list[Tensor]] = field(default_factory=dict)
    """Where the inputs of each layer come from, all within the model."""
    shapes: dict[Tensor, Shape] = field(default_factory=dict)
    inputs: list[str] = field(default_factory=list)
    """Layers that take what the model is given."""
    outputs: list[Tensor] = field(default_factory=list)

    def node(self, layer: str) -> str:
        """Name of the node of a layer."""
        # Scopes of names of any length, each repeated for every layer in it, would take more memory than the file.
        return f"{cut(self.scope, MAX_NAME)}/{layer}" if self.scope else layer

    def given(self, tensor: Tensor) -> Tensor:
        """The node that gives a tensor: that of the layer, or one in the model that the layer is."""
        layer, port = tensor
        inner = self.nested.get(layer)
        if inner is None or not inner.outputs:
            return self.node(layer), port
        return inner.given(inner.outputs[min(port, len(inner.outputs) - 1)])


class _Reader:
    """Reads a model and those nested in it into one table."""

    def __init__(self) -> None:
        self.builder = TableBuilder("keras_model")
        self._left = _MOST_VALUES

    def outline(self, description: dict[str, Any], scope: str, depth: int) -> _Model:
        """Look at a model and at those in it, without adding anything."""
        layers = [layer for layer in _layers(description) or () if isinstance(layer, dict)]
        model = _Model(scope, layers, {})
        if depth < _MOST_NESTED:
            for layer in layers:
                if _layers(layer):
                    name = _name(layer)
                    model.nested[name] = self.outline(layer, model.node(name), depth + 1)
        if any(layer.get("inbound_nodes") for layer in layers):
            self._wire_calls(model, description["config"])
        else:
            _wire_sequence(model)
        return model

    def _wire_calls(self, model: _Model, config: dict[str, Any]) -> None:
        names = {_name(layer) for layer in model.layers}
        for layer in model.layers:
            found = self._tensors(layer.get("inbound_nodes"), names, model.shapes)
            model.sources[_name(layer)] = list(dict.fromkeys(found))
        model.inputs = [layer for layer, _ in self._tensors(config.get("input_layers"), names, {})]
        model.outputs = list(self._tensors(config.get("output_layers"), names, {}))

    def _tensors(self, value: Any, names: set[str], shapes: dict[Tensor, Shape]) -> Iterator[Tensor]:
        """Yield the tensors that are named anywhere in a value, and note their shapes where these are told."""
        waiting = [value]
        while waiting and self._left > 0:
            self._left -= 1
            value = waiting.pop()
            if isinstance(value, dict):
                if value.get("class_name") == "__keras_tensor__" and isinstance(value.get("config"), dict):
                    told = value["config"]
                    tensor = _history(told.get("keras_history"), names)
                    if tensor:
                        shapes[tensor] = _shape(told.get("shape"))
                        yield tensor
                    continue
                waiting += reversed(value.values())
            elif isinstance(value, list):
                tensor = _history(value, names)
                if tensor:
                    yield tensor
                    value = value[3:]
                waiting += reversed(value)

    def add(self, model: _Model, given: list[Tensor]) -> None:
        """Add the layers of a model that is given these nodes' outputs."""
        for layer in model.layers:
            name = _name(layer)
            sources = [model.given(tensor) for tensor in model.sources.get(name, ())]
            if name in model.inputs and given:
                place = model.inputs.index(name)
                sources += [given[place]] if place < len(given) else given[-1:]
            inner = model.nested.get(name)
            if inner is not None:
                self.builder.table.scopes[inner.scope] = (_class(layer), list(_attributes(layer)))
                self.add(inner, sources)
                continue
            shape = model.shapes.get((name, 0)) or _input_shape(layer)
            self.builder.add(
                model.node(name),
                _class(layer),
                sources,
                outputs=[(_dtype(layer), shape)] if shape is not None else [],
                attributes=_attributes(layer),
            )


def _wire_sequence(model: _Model) -> None:
    before: str | None = None
    for layer in model.layers:
        name = _name(layer)
        if before is None:
            model.inputs = [name]
        else:
            model.sources[name] = [(before, 0)]
            model.shapes[before, 0] = _built_shape(layer)
        before = name
    model.outputs = [(before, 0)] if before is not None else []


def _layers(description: dict[str, Any]) -> list[Any] | None:
    config = description.get("config")
    layers = config.get("layers") if isinstance(config, dict) else config  # before Keras 2.2 a Sequential was a list
    return layers if isinstance(layers, list) else None


def _name(layer: dict[str, Any]) -> str:
    config = layer.get("config")
    for name in (layer.get("name"), config.get("name") if isinstance(config, dict) else None):
        if isinstance(name, str) and name:
            return cut(name, MAX_NAME)
    return _class(layer)


def _class(layer: dict[str, Any]) -> str:
    name = layer.get("class_name")
    return cut(name, MAX_NAME) if isinstance(name, str) and name else "layer"


def _history(value: Any, names: set[str]) -> Tensor | None:
    """Read ``[layer, node, tensor, ...]``."""
    if not isinstance(value, list) or len(value) < 3 or not isinstance(value[0], str):
        return None
    name, port = cut(value[0], MAX_NAME), value[2]
    if name not in names:
        return None
    return name, port if isinstance(port, int) and 0 <= port < 10_000 else 0


def _shape(value: Any) -> Shape:
    if not isinstance(value, list) or len(value) > _MOST_SIZES:
        return None
    return tuple(size if isinstance(size, int) and 0 <= size < 1 << 53 else -1 for size in value)


def _input_shape(layer: dict[str, Any]) -> Shape:
    config = layer.get("config")
    if _class(layer) != "InputLayer" or not isinstance(config, dict):
        return None
    return next((_shape(config[name]) for name in _SHAPES if name in config), None)


def _built_shape(layer: dict[str, Any]) -> Shape:
    built = layer.get("build_config")
    return _shape(built.get("input_shape")) if isinstance(built, dict) else None


def _dtype(layer: dict[str, Any]) -> str:
    config = layer.get("config")
    dtype = config.get("dtype") if isinstance(config, dict) else None
    return cut(dtype, 50) if isinstance(dtype, str) else ""


def _attributes(layer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    config = layer.get("config")
    if isinstance(config, dict):
        for name, value in config.items():
            if name not in _NOT_SHOWN:
                yield str(name), _value_text(value)


def _value_text(value: Any) -> str:
    if isinstance(value, str):
        return cut(value)
    if isinstance(value, dict) and isinstance(value.get("class_name"), str):
        # An initializer, a dtype policy and the like: what it is called, and what it was made with.
        inner = value.get("config")
        told = ", ".join(f"{key}={_plain(one)}" for key, one in inner.items()) if isinstance(inner, dict) else ""
        return cut(f"{value['class_name']}({told})")
    return _plain(value)


def _plain(value: Any) -> str:
    try:
        return cut(json.dumps(value, ensure_ascii=False), MAX_TEXT)
    except RecursionError:  # what could just be read from nearer to the top of the stack
        return "…"
