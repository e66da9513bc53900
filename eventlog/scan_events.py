"""One event at a time, through protobuf: what `scan` notes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import SummaryError
from .messages import parse
from .summaries import graph, histogram, image, scalar

__all__ = ["Entry", "EventNotes", "Metadata", "Scalar", "metadata_of", "read_event"]

_START = 1

_KIND_OF_FIELD = {"simple_value": scalar.PLUGIN, "image": image.PLUGIN, "histo": histogram.PLUGIN, "audio": "audio"}
_NUMERIC = frozenset({1, 2, 3, 4, 5, 6, 9, 10, 14, 17, 19, 22, 23})  # data types of one real number


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a summary says of its tag, once or every time: the plugin it is for, a name, a description (Markdown)."""

    plugin: str = ""
    content: bytes = b""
    display_name: str = ""
    description: str = ""
    data_class: int = 0


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar in an event."""

    tag: str
    value: float


@dataclass(frozen=True, slots=True)
class Entry:
    """Anything else in an event: its kind, its tag, and the number of its Value in the summary."""

    kind: str
    tag: str
    item: int


@dataclass(frozen=True, slots=True)
class EventNotes:
    """What an event holds.

    Parameters
    ----------
    step, wall_time
        Of the event.
    found
        In the order of the event.
    metadata
        By tag, where there is any.
    is_start
        Whether it says that logging begins anew at `step`.
    trouble
        What could not be read of it, "" if nothing.
    """

    step: int
    wall_time: float
    found: tuple[Scalar | Entry, ...] = ()
    metadata: Mapping[str, Metadata] | None = None
    is_start: bool = False
    trouble: str = ""


def read_event(payload: bytes | memoryview, plugin_of: Callable[[str], str]) -> EventNotes:
    """Return what the serialized event `payload` holds.

    A tensor is what the plugin named in its metadata makes of it; without metadata, the plugin that `plugin_of` its tag
    returns; if that is "", a scalar if it is a single number, else of the unknown kind "".

    Raises
    ------
    SummaryError
        If `payload` is no event.
    """
    event = parse(payload)
    what = event.WhichOneof("what")
    if what == "summary":
        return _read_summary(event, plugin_of)
    if what == "session_log":
        return EventNotes(event.step, event.wall_time, is_start=event.session_log.status == _START)
    if what == "graph_def":
        return EventNotes(event.step, event.wall_time, (Entry(graph.PLUGIN, graph.RUN_GRAPH, 0),))
    if what == "meta_graph_def":
        return EventNotes(event.step, event.wall_time, (Entry(graph.PLUGIN, graph.META_GRAPH, 0),))
    if what == "tagged_run_metadata":
        entry = Entry(graph.TAGGED_RUN_METADATA, event.tagged_run_metadata.tag, 0)
        return EventNotes(event.step, event.wall_time, (entry,))
    return EventNotes(event.step, event.wall_time)


def _read_summary(event: Any, plugin_of: Callable[[str], str]) -> EventNotes:
    found: list[Scalar | Entry] = []
    metadata: dict[str, Metadata] = {}
    trouble = ""
    for item, value in enumerate(event.summary.value):
        field = value.WhichOneof("value")
        tag = value.tag or (value.node_name if field == "tensor" else "")
        if value.HasField("metadata"):
            metadata.setdefault(tag, metadata_of(value.metadata))
        plugin = value.metadata.plugin_data.plugin_name or plugin_of(tag)
        try:
            found.extend(_read_value(value, field, tag, plugin, item))
        except SummaryError as error:
            trouble = f"{tag!r:.100}: {error}"
    return EventNotes(event.step, event.wall_time, tuple(found), metadata, trouble=trouble)


def _read_value(value: Any, field: str | None, tag: str, plugin: str, item: int) -> list[Scalar | Entry]:
    if field in _KIND_OF_FIELD:
        kind = _KIND_OF_FIELD[field]
    elif field == "tensor":
        kind = plugin or (scalar.PLUGIN if _is_number(value.tensor) else "")
    elif field is None and plugin:  # all of it is in the metadata
        kind = plugin
    else:
        return []
    if kind == scalar.PLUGIN:
        return [Scalar(tag, scalar.decode(value))] if field else []
    return [Entry(kind, tag, item)]


def _is_number(tensor: Any) -> bool:
    shape = tensor.tensor_shape
    return tensor.dtype in _NUMERIC and not shape.dim and not shape.unknown_rank


def metadata_of(metadata: Any) -> Metadata:
    """Return what a SummaryMetadata message says."""
    plugin = metadata.plugin_data
    return Metadata(
        plugin.plugin_name, plugin.content, metadata.display_name, metadata.summary_description, metadata.data_class
    )
