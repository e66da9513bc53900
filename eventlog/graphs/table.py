"""A graph as a table: what a page draws of any kind of graph, whatever it was logged or saved as.

Every node is an operation with a path; a ``/`` in it nests the node in scopes. Paths are made fit for that: each occurs
once, none is the beginning of another, none has empty parts, and their depth and length are bounded. Names that are not
followed to the letter are kept as an attribute.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ..errors import SummaryError

__all__ = [
    "MAX_EDGES",
    "MAX_NODES",
    "Attributes",
    "GraphTable",
    "Shape",
    "TableBuilder",
    "check_count",
    "counted",
    "cut",
    "elements",
]

MAX_NODES = 200_000
"""Operations beyond which no graph is drawn."""

MAX_EDGES = 2_000_000

MAX_DEPTH = 64
"""Scopes within each other; what lies deeper is drawn in the last of them."""

MAX_NAME = 1000
"""Characters of a path."""

MAX_TEXT = 1000
"""Characters of an attribute that are shown."""

MAX_ATTRIBUTES = 100
"""Attributes of a node that are shown."""

MAX_ALL_TEXT = 64 << 20
"""Characters of all attributes together."""

MAX_SIZES = 8_000_000
"""Outputs of all nodes together, and the sizes of these: of nodes beyond them no outputs are kept."""

_OF_MODULE = "prim::GetAttr"  # torch and tensorboardX log it with the module as input, and no node for that
_SLASH = "\u2215"  # looks like one, and does not nest

Shape: TypeAlias = "tuple[int, ...] | None"
"""Sizes of a tensor, -1 where one is not known; None if nothing is known."""

Attributes: TypeAlias = "list[tuple[str, str]]"


@dataclass(slots=True)
class GraphTable:
    """The operations of a graph and what flows between them; the lists of each group have one entry a node or edge."""

    form: str
    """As `GraphSample.form`, or ``onnx``."""

    path: list[str] = field(default_factory=list)
    logged: dict[str, int] = field(default_factory=dict)
    """Index of a node by its name in the graph, of those that are in no function."""
    op: list[str] = field(default_factory=list)
    device: list[str] = field(default_factory=list)
    attributes: list[Attributes] = field(default_factory=list)
    outputs: list[list[tuple[str, Shape]]] = field(default_factory=list)
    """Element type and shape of each output; empty if not known."""
    time: list[float | None] = field(default_factory=list)
    """Microseconds."""
    memory: list[int | None] = field(default_factory=list)
    """Bytes."""

    source: list[int] = field(default_factory=list)
    """Index of the node that an edge leaves."""
    target: list[int] = field(default_factory=list)
    port: list[int] = field(default_factory=list)
    """Which of the source's outputs; -1 for an edge that only orders."""

    functions: dict[str, str] = field(default_factory=dict)
    """Names of functions, by the path of the scope that holds the body."""
    calls: list[tuple[int, str]] = field(default_factory=list)
    """Nodes that call a function, with its scope."""
    scopes: dict[str, tuple[str, Attributes]] = field(default_factory=dict)
    """What is known of scopes: their kind and attributes."""
    notes: list[str] = field(default_factory=list)
    """What could not be read or was left out, in words."""


@dataclass(slots=True)
class _Draft:
    name: str
    inputs: Sequence[tuple[str, int]]
    scope: str


class TableBuilder:
    """Collects nodes that name their inputs, and makes a table of them.

    Names live in rooms: those of a function are not seen from outside it.
    """

    def __init__(self, form: str) -> None:
        self.table = GraphTable(form)
        self._drafts: list[_Draft] = []
        self._places: dict[tuple[str, str], int] = {}
        self._texts = 0
        self._edges = 0
        self._sizes = 0
        self._doubles = self._missing = self._without_text = self._without_sizes = self._deep = 0

    def add(
        self,
        name: str,
        op: str,
        inputs: Sequence[tuple[str, int]] = (),
        *,
        scope: str = "",
        device: str = "",
        outputs: Sequence[tuple[str, Shape]] = (),
        attributes: Iterable[tuple[str, str]] = (),
    ) -> int:
        """Add a node and return its index.

        Parameters
        ----------
        name
            As in the graph.
        inputs
            Names of nodes, each with the number of its output; -1 for an edge that only orders.
        scope
            The room: a path that goes before the name, in which inputs are looked up first.

        Raises
        ------
        SummaryError
            If there are too many of them.
        """
        table = self.table
        index = len(self._drafts)
        check_count(index + 1)
        self._edges += len(inputs)
        if self._edges > MAX_EDGES:
            raise SummaryError(f"a graph of more than {MAX_EDGES:,} edges, too many to be drawn")
        self._drafts.append(_Draft(name, inputs, scope))
        if self._places.setdefault((scope, name), index) != index:
            self._doubles += 1
        table.op.append(cut(op, MAX_NAME))
        table.device.append(cut(device, MAX_NAME))
        table.outputs.append(self._bounded(outputs))
        table.attributes.append(self._kept(attributes))
        table.time.append(None)
        table.memory.append(None)
        return index

    def find(self, name: str, scope: str = "") -> int | None:
        """Return the index of the node of a name, if there is one."""
        return self._places.get((scope, name))

    def build(self) -> GraphTable:
        """Return the table; nothing can be added after."""
        table = self.table
        wanted = [_path(draft.name, draft.scope) for draft in self._drafts]
        self._deep = sum(is_deep for _, is_deep in wanted)
        table.path = _unique([path for path, _ in wanted])
        table.logged = {name: index for (scope, name), index in self._places.items() if not scope}
        for index, draft in enumerate(self._drafts):
            logged = draft.name
            shown = table.path[index].removeprefix(f"{draft.scope}/")
            if shown != logged:
                table.attributes[index].append(("name as logged", cut(logged, MAX_TEXT)))
            self._link(index, draft)
        self._note()
        return table

    def _link(self, index: int, draft: _Draft) -> None:
        table = self.table
        for name, port in draft.inputs:
            source = self._places.get((draft.scope, name))
            if source is None:
                self._missing += table.op[index] != _OF_MODULE
                continue
            table.source.append(source)
            table.target.append(index)
            table.port.append(port)

    def _kept(self, attributes: Iterable[tuple[str, str]]) -> Attributes:
        kept: Attributes = []
        for name, text in attributes:
            if len(kept) == MAX_ATTRIBUTES:
                kept.append(("…", "further attributes are not shown"))
                break
            self._texts += min(len(text), MAX_TEXT) + len(name)
            if self._texts > MAX_ALL_TEXT:
                self._without_text += 1
                break
            kept.append((cut(name, MAX_NAME), cut(text, MAX_TEXT)))
        return kept

    def _bounded(self, outputs: Sequence[tuple[str, Shape]]) -> list[tuple[str, Shape]]:
        sizes = sum(1 + len(shape or ()) for _, shape in outputs)
        if self._sizes + sizes > MAX_SIZES:
            self._without_sizes += 1
            return []
        self._sizes += sizes
        return list(outputs)

    def _note(self) -> None:
        counts = (
            (self._missing, "{} input{s} of operations name{v} nodes that are not in the graph"),
            (self._doubles, "{} operation{s} {have} a name that another has as well"),
            (self._deep, f"{{}} operation{{s}} lie{{v}} deeper than {MAX_DEPTH} scopes: the last of these is drawn"),
            (self._without_text, "{} operation{s} {are} shown without all attributes: there are too many"),
            (self._without_sizes, "{} operation{s} {are} shown without the shapes of outputs: there are too many"),
        )
        for count, words in counts:
            if count:
                self.table.notes.append(counted(count, words))


def check_count(count: int) -> None:
    """Raise `SummaryError` if a graph of so many operations is not drawn."""
    if count > MAX_NODES:
        raise SummaryError(f"a graph of more than {MAX_NODES:,} operations, too many to be drawn")


def counted(count: int, words: str) -> str:
    """Return words with a number for ``{}``, and what goes with it for ``{s}``, ``{v}``, ``{have}`` and so on."""
    one = count == 1
    return words.format(
        f"{count:,}",
        s="" if one else "s",
        v="s" if one else "",
        have="has" if one else "have",
        are="is" if one else "are",
        were="was" if one else "were",
    )


def cut(text: str, most: int = MAX_TEXT) -> str:
    """Return a text, or its beginning if it is long."""
    return text if len(text) <= most else text[: most - 1] + "…"


def elements(shape: Shape) -> float | None:
    """Return how many elements a tensor has; None if that is not known."""
    if shape is None or any(size < 0 for size in shape):
        return None
    return math.prod(map(float, shape))


def _path(name: str, scope: str) -> tuple[str, bool]:
    """Return a path of bounded depth and length without empty parts, and whether it was too deep."""
    parts = [part for part in name[: 4 * MAX_NAME].split("/") if part] or ["unnamed"]
    room = MAX_DEPTH - scope.count("/")
    is_deep = len(parts) > room
    if is_deep:
        parts = [*parts[: room - 1], _SLASH.join(parts[room - 1 :])]
    path = cut("/".join(parts), MAX_NAME).rstrip("/")
    return (f"{scope}/{path}" if scope else path), is_deep


def _unique(paths: list[str]) -> list[str]:
    """Return the paths such that each occurs once and none is a scope of others.

    An operation with the name of a scope is put into it, in parentheses, as TensorBoard does.
    """
    scopes: set[str] = set()
    for path in paths:
        scope = path.rpartition("/")[0]
        while scope and scope not in scopes:
            scopes.add(scope)
            scope = scope.rpartition("/")[0]
    counts: dict[str, int] = {}
    found = []
    for wanted in paths:
        if wanted in scopes:
            wanted = f"{wanted}/({wanted.rpartition('/')[2]})"
        path = wanted
        while path in counts or path in scopes:
            counts[wanted] = counts.get(wanted, 1) + 1
            path = f"{wanted} ({counts[wanted]})"
        counts.setdefault(path, 1)
        found.append(path)
    return found
