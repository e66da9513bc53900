"""Graphs: which there are, what one consists of, and what is known of each of its nodes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import NotFoundError
from .base import Handler, number
from .data import Answer, DataHandler, find_run, find_series
from .graph_words import attribute_words, graph_words
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import GraphSeries, LogDir, Run
    from ...eventlog.graphs.table import GraphTable

_MOST = 10**9
_MOST_LISTED = 2000
_MOST_STEPS = 1000
_MOST_AT_ONCE = 10_000
_MAY_BE_EMPTY = 256  # bytes; torch logs a run's metadata in which nothing was measured


class Graphs(DataHandler):
    """``api/v1/graphs``: which graphs there are."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """List those of the runs that are asked for."""
        wanted = query.texts("run")
        runs = [find_run(log, name) for name in wanted] if wanted else list(log.runs.values())
        found = [one for run in runs for one in _listed(run)]
        return Answer.json({"graphs": found[:_MOST_LISTED], "left_out": max(len(found) - _MOST_LISTED, 0)})


class Graph(DataHandler):
    """``api/v1/graph``: the operations of one graph, and what flows between them."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the graph from disk, unless that was done just before."""
        return Answer.json(graph_words(_table(log, query)))


class GraphAttributes(DataHandler):
    """``api/v1/graph_attributes``: what is known of nodes beyond that."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Answer for the nodes from `first` on, `count` of them."""
        table = _table(log, query)
        first, count = query.integer("first", 0, 0, _MOST), query.integer("count", 1000, 1, _MOST_AT_ONCE)
        return Answer.json(attribute_words(table, first, count))


class _Kept:
    """The tables that were asked for last: a page asks for the attributes of one again and again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._tables: OrderedDict[Any, GraphTable] = OrderedDict()

    def get(self, key: Any, make: Callable[[], GraphTable]) -> GraphTable:
        """Return what was kept under `key`, or make it."""
        # Two who ask at once wait for one reading.
        with self._lock:
            table = self._tables.pop(key, None)
            if table is None:
                table = make()
            self._tables[key] = table
            while len(self._tables) > self._most:
                self._tables.popitem(last=False)
            return table


_kept = _Kept(2)


def _table(log: LogDir, query: Query) -> GraphTable:
    from ...eventlog import EventLogError
    from ...eventlog.graph_tables import table_of

    run = find_run(log, query.text("run"))
    series = find_series(run.graphs, "graph", query.text("tag"))
    index = query.integer("index", -1, -_MOST, _MOST)
    at = index + len(series) if index < 0 else index
    if not 0 <= at < len(series):
        raise NotFoundError(f"no graph at index {index}", "api/v1/graphs lists what there is")
    beside = _graph_of(run) if series.form == "run_metadata" else None
    key = [(id(log), run.name), _identity(series, at), beside and _identity(beside, len(beside) - 1)]
    try:
        return _kept.get(str(key), lambda: table_of(series[at], beside[-1] if beside else None))
    except EventLogError as error:
        raise NotFoundError(f"this graph cannot be drawn: {error}"[:500]) from None
    except OSError as error:
        raise NotFoundError(f"the graph cannot be read: {error}"[:500], "the file is gone") from None


def _graph_of(run: Run) -> GraphSeries | None:
    """The graph that was logged beside what was measured."""
    return next((series for series in run.graphs.values() if series.form in ("graph_def", "meta_graph_def")), None)


def _identity(series: GraphSeries, at: int) -> tuple[Any, ...]:
    return series.tag, at, float(series.wall_time[at]), int(series.step[at]), int(series.size[at])


def _listed(run: Run) -> list[dict[str, Any]]:
    return [
        {
            "run": run.name,
            "tag": tag,
            "form": series.form,
            "step": series.step[-_MOST_STEPS:].tolist(),
            "wall_time": [number(time) for time in series.wall_time[-_MOST_STEPS:].tolist()],
            "first": max(len(series) - _MOST_STEPS, 0),
        }
        for tag, series in run.graphs.items()
        if len(series) and not _is_empty(series)
    ]


def _is_empty(series: GraphSeries) -> bool:
    """Whether it is what torch logs beside every graph: a run in which nothing was measured."""
    from ...eventlog import EventLogError
    from ...eventlog.graph_tables import is_empty

    if series.form != "run_metadata" or len(series) > 1 or int(series.size[-1]) > _MAY_BE_EMPTY:
        return False
    try:
        return is_empty(series[-1])
    except (EventLogError, OSError, IndexError):
        return False


ROUTES: list[tuple[str, type[Handler]]] = [
    ("/api/v1/graphs", Graphs),
    ("/api/v1/graph", Graph),
    ("/api/v1/graph_attributes", GraphAttributes),
]
