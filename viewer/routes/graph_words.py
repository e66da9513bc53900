"""Graphs as they are sent: columns, with every text once."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .base import number

if TYPE_CHECKING:
    from ...eventlog.graphs.table import GraphTable

_K = TypeVar("_K", bound=Hashable)


class _Places(Generic[_K]):
    """Gives each value a place, the same to equal ones."""

    def __init__(self) -> None:
        self.values: dict[_K, int] = {}

    def of(self, value: _K) -> int:
        """Return the place of a value."""
        return self.values.setdefault(value, len(self.values))


def graph_words(table: GraphTable) -> dict[str, Any]:
    """`Graph` of docs/http-api.md."""
    from ...eventlog.graphs.attribute_text import shape_text
    from ...eventlog.graphs.table import elements

    scopes, ops, devices, types = _Places[str](), _Places[str](), _Places[str](), _Places[str]()
    shapes: _Places[Any] = _Places()
    scope, name = [], []
    for path in table.path:
        before, _, last = path.rpartition("/")
        scope.append(scopes.of(before))
        name.append(last)
    none = shapes.of(None)
    outputs = [[(types.of(dtype), shapes.of(shape)) for dtype, shape in of_node] for of_node in table.outputs]
    sent = zip(table.source, table.port, strict=True)
    labels = [outputs[at][port][1] if 0 <= port < len(outputs[at]) else none for at, port in sent]
    return {
        "form": table.form,
        "scopes": list(scopes.values),
        "scope": scope,
        "name": name,
        "op": [ops.of(op) for op in table.op],
        "device": [devices.of(device) if device else -1 for device in table.device],
        "ops": list(ops.values),
        "devices": list(devices.values),
        "time": [None if time is None else number(time) for time in table.time] if any_told(table.time) else [],
        "memory": table.memory if any_told(table.memory) else [],
        "edges": {"source": table.source, "target": table.target, "port": table.port, "shape": labels},
        "shapes": [shape_text(shape) for shape in shapes.values],
        "sizes": [elements(shape) for shape in shapes.values],
        "types": list(types.values),
        "outputs": [[place for pair in of_node for place in pair] for of_node in outputs],
        "functions": [[scope, name] for scope, name in table.functions.items()],
        "calls": [[index, scope] for index, scope in table.calls],
        "described": [[scope, kind, attributes] for scope, (kind, attributes) in table.scopes.items()],
        "notes": table.notes,
    }


def any_told(column: list[Any]) -> bool:
    """Whether anything is known of any node."""
    return any(value is not None for value in column)


def attribute_words(table: GraphTable, first: int, count: int) -> dict[str, Any]:
    """`GraphAttributes` of docs/http-api.md."""
    names: _Places[str] = _Places()
    values: _Places[str] = _Places()
    nodes = [
        [place for name, value in attributes for place in (names.of(name), values.of(value))]
        for attributes in table.attributes[first : first + count]
    ]
    return {"first": first, "names": list(names.values), "values": list(values.values), "nodes": nodes}
