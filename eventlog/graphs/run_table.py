"""What was noted about a run of a graph, as a table: its operations, and what each took of time and memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from google.protobuf.message import DecodeError

from ..errors import SummaryError
from ..graph_messages import NodeExecStats
from .attribute_text import dtype_name, shape_of
from .bytes_walk import fields
from .graph_def_table import GraphDefReader
from .table import MAX_NODES, GraphTable, TableBuilder, check_count, counted, cut

__all__ = ["add_stats", "has_graph", "holds_anything", "run_table"]

_GRAPH_DEF = 2  # of MetaGraphDef
_STEP_STATS, _PARTITION_GRAPHS, _FUNCTION_GRAPHS = 1, 3, 4  # of RunMetadata
_BEFORE = 2  # the graph as it was before it was optimised, in FunctionGraphs
_DEVICE_STATS, _DEVICE, _NODE_STATS = 1, 1, 2
_STREAMS = "/stream:all"  # of a GPU: what ran on it, while the device itself says how long handing it over took
_MOST_OUTPUTS = 100
_MOST_NODE = 1 << 20
_MOST_STATS = 1_000_000


def run_table(form: str, encoded: bytes) -> GraphTable:
    """Return the table of a serialized MetaGraphDef or RunMetadata.

    Of a run whose graph was not noted it has the operations that ran, without edges.

    Raises
    ------
    SummaryError
        If it is damaged, or too large to be drawn.
    """
    reader, data = GraphDefReader(form), memoryview(encoded)
    for graph in _graphs(form, data):
        reader.read(graph)
    stats = _step_stats(data) if form == "run_metadata" else None
    if not reader.builder.table.op and stats is not None:
        return _ran(form, stats)
    table = reader.table()
    if stats is not None:
        _join(table, stats)
    return table


def add_stats(table: GraphTable, encoded: bytes) -> None:
    """Add the times and the memory of a serialized RunMetadata to the nodes of a graph that have these names."""
    stats = _step_stats(memoryview(encoded))
    if stats is not None:
        _join(table, stats)


def has_graph(encoded: bytes) -> bool:
    """Whether a serialized RunMetadata holds a graph."""
    return any(True for _ in _graphs("run_metadata", memoryview(encoded)))


def holds_anything(encoded: bytes) -> bool:
    """Whether a serialized RunMetadata holds a graph, or anything that was measured."""
    return has_graph(encoded) or _step_stats(memoryview(encoded)) is not None


def _graphs(form: str, data: memoryview) -> Iterator[memoryview]:
    if form == "meta_graph_def":
        yield from (content for number, _, content in fields(data) if number == _GRAPH_DEF)
        return
    before, partitions = [], []
    for number, _, content in fields(data):
        if number == _FUNCTION_GRAPHS:
            before += [graph for which, _, graph in fields(content) if which == _BEFORE]
        elif number == _PARTITION_GRAPHS:
            partitions.append(content)
        check_count(len(before) + len(partitions))
    yield from before or partitions


def _step_stats(data: memoryview) -> dict[str, _Stats] | None:
    """Return what was measured, by the name of the node; None if nothing was."""
    found: dict[str, _Stats] = {}
    for number, _, content in fields(data):
        if number != _STEP_STATS:
            continue
        for which, _, device in fields(content):
            if which == _DEVICE_STATS:
                _read_device(device, found)
    return found or None


def _read_device(data: memoryview, found: dict[str, _Stats]) -> None:
    name, count = "", 0
    for number, _, content in fields(data):
        if number == _DEVICE:
            name = cut(bytes(content[:4000]).decode("utf-8", "replace"))
        elif number == _NODE_STATS:
            count += 1
    if count > _MOST_STATS:
        raise SummaryError(f"statistics of {count:,} runs of operations on one device, too many to be read")
    if not name.endswith(_STREAMS) and ("/stream:" in name or "/memcpy" in name):
        return  # each is in the former as well
    # Walked over once more and not kept: a place in the bytes takes far more memory than the few bytes it may be of.
    for number, _, content in fields(data):
        if number != _NODE_STATS or len(content) > _MOST_NODE:
            continue
        try:
            message = NodeExecStats.FromString(bytes(content))
        except DecodeError as error:
            raise SummaryError(f"no statistics of a run: {error}") from None
        node = message.node_name.partition(":")[0]
        if node not in found and len(found) >= MAX_NODES:
            continue
        found.setdefault(node, _Stats(name)).add(message, name.endswith(_STREAMS))


class _Stats:
    """What one node took, on all devices and in all its runs."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.launched = self.ran = 0.0
        self.memory: int | None = None
        self.outputs: list[tuple[str, tuple[int, ...] | None]] = []
        self.label = ""

    @property
    def time(self) -> float:
        """Microseconds; of a GPU those of what ran on it, not of handing it over."""
        return self.ran or self.launched

    def add(self, message: Any, is_stream: bool) -> None:
        nanoseconds = message.all_end_rel_nanos
        time = nanoseconds / 1000 if nanoseconds > 0 else max(message.all_end_rel_micros, 0)
        if is_stream:
            self.ran += time
            return
        self.launched += time
        taken = [max(used.total_bytes, 0) for used in message.memory]
        if message.HasField("memory_stats"):
            more = message.memory_stats
            taken += [max(more.temp_memory_size, 0), max(more.persistent_memory_size, 0)]
        if taken:
            self.memory = (self.memory or 0) + sum(taken)
        self.label = self.label or cut(message.timeline_label, 200)
        if not self.outputs:
            self.outputs = [
                (dtype_name(output.tensor_description.dtype), shape_of(output.tensor_description.shape))
                for output in message.output[:_MOST_OUTPUTS]
                if output.HasField("tensor_description")
            ]


def _join(table: GraphTable, stats: dict[str, _Stats]) -> None:
    unknown = 0
    for name, found in stats.items():
        index = table.logged.get(name)
        if index is None:
            unknown += 1
            continue
        table.time[index], table.memory[index] = found.time, found.memory
        if found.device and not table.device[index]:
            table.device[index] = found.device
        if found.outputs and not table.outputs[index]:
            table.outputs[index] = list(found.outputs)
    if unknown:
        words = "{} operation{s} that {were} measured {are} not in the graph"
        table.notes.append(counted(unknown, words))


def _ran(form: str, stats: dict[str, _Stats]) -> GraphTable:
    builder = TableBuilder(form)
    for name, found in stats.items():
        op = found.label.partition("=")[2].strip().partition("(")[0].strip() or "operation"
        index = builder.add(name, op, device=found.device, outputs=found.outputs)
        builder.table.time[index], builder.table.memory[index] = found.time, found.memory
    builder.table.notes.append("only what ran was logged, not how it hangs together: there are no edges")
    return builder.build()
