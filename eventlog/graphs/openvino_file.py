"""Reads the layers and edges of an OpenVINO model's ``.xml`` file.

The file is read as a stream by the standard library's parser. A document type is refused where it begins, so that no
entity is ever defined or expanded. The format is OpenVINO's "intermediate representation": a ``net`` of ``layers`` with
typed ports, and ``edges`` between the ports.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from ..errors import GraphFileError

__all__ = ["Edge", "Layer", "Network", "read_network"]

MAX_DEPTH = 200

_INTEGER = re.compile(r"\s*-?[0-9]{1,18}\s*")  # one that fits into 64 bits


@dataclass(slots=True)
class Layer:
    """A layer: what it computes, with which settings, and the sizes of its output ports."""

    id: str
    name: str
    type: str
    data: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection: the ids of two layers and of the ports on them."""

    source: str
    source_port: str
    target: str
    target_port: str


@dataclass(slots=True)
class Network:
    """A model's layers, in the order of the file, and its edges."""

    layers: list[Layer] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


def read_network(path: str | os.PathLike[str]) -> Network:
    """Return the network that a file describes.

    Raises
    ------
    GraphFileError
        If it is no OpenVINO model.
    OSError
        If it cannot be read.
    """
    name = os.fspath(path)
    reader = _Reader()
    try:
        with open(name, "rb") as file:
            _parser(reader).ParseFile(file)
    except (expat.ExpatError, LookupError, ValueError, _Malformed) as error:
        raise GraphFileError(name, f"no OpenVINO model: {error}") from None
    if not reader.network.layers:
        raise GraphFileError(name, "no OpenVINO model: it has no layers")
    return reader.network


class _Malformed(Exception):
    """A document that is no OpenVINO model."""


def _parser(reader: _Reader) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    return parser


def _refuse(*_: object) -> None:
    raise _Malformed("it has a document type, which no such file has")


class _Reader:
    """Gathers a network from the elements of a document."""

    def __init__(self) -> None:
        self.network = Network()
        self._open: list[str] = []
        self._port = self._size = ""
        # Layers may hold networks of their own, in `body` elements: those are not of this graph.
        self._starts: Mapping[tuple[str, ...], Callable[[dict[str, str]], None]] = {
            ("net", "layers", "layer"): self._layer,
            ("net", "layers", "layer", "data"): self._data,
            ("net", "layers", "layer", "output", "port"): self._output,
            ("net", "edges", "edge"): self._edge,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take up an element."""
        self._open.append(name)
        if len(self._open) == 1 and name != "net":
            raise _Malformed(f"its root is {name[:50]!r}, not 'net'")
        if len(self._open) > MAX_DEPTH:
            raise _Malformed("it is nested too deeply")
        begin = self._starts.get(tuple(self._open))
        if begin is not None:
            begin(attributes)
        self._size = ""

    def end(self, name: str) -> None:
        """Leave an element."""
        if self._in_dim():
            self.network.layers[-1].outputs[self._port].append(_size(self._size))
        self._open.pop()

    def text(self, text: str) -> None:
        """Take up the text of an element; only sizes matter."""
        if self._in_dim():
            self._size += text[:50]

    def _in_dim(self) -> bool:
        return self._open == ["net", "layers", "layer", "output", "port", "dim"]

    def _layer(self, attributes: dict[str, str]) -> None:
        layer_id = _required(attributes, "layer", "id")
        name = attributes.get("name") or f"layer_{layer_id}"
        self.network.layers.append(Layer(layer_id, name, attributes.get("type") or "op"))

    def _data(self, attributes: dict[str, str]) -> None:
        self.network.layers[-1].data.update(attributes)

    def _output(self, attributes: dict[str, str]) -> None:
        self._port = attributes.get("id", "")
        self.network.layers[-1].outputs[self._port] = []

    def _edge(self, attributes: dict[str, str]) -> None:
        source, target = (_required(attributes, "edge", name) for name in ("from-layer", "to-layer"))
        self.network.edges.append(Edge(source, attributes.get("from-port", ""), target, attributes.get("to-port", "")))


def _size(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise _Malformed(f"a size of {text[:50]!r}")
    return int(text)


def _required(attributes: dict[str, str], element: str, name: str) -> str:
    if name not in attributes:
        raise _Malformed(f"an element {element!r} has no {name!r}")
    return attributes[name]
