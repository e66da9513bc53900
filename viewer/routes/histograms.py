"""Histograms of one run and tag over the steps, on common bins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .base import Handler, number
from .data import Answer, DataHandler, find_run, find_series
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import HistogramSample, LogDir

_MOST_STEPS = 1000
_MOST_BINS = 1000


class Histograms(DataHandler):
    """``api/v1/histograms``: `Histograms`."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read evenly chosen steps from disk and put them on common bins."""
        run, tag = query.text("run"), query.text("tag")
        limit, bins = query.integer("limit", 50, 1, _MOST_STEPS), query.integer("bins", 30, 1, _MOST_BINS)
        series = find_series(find_run(log, run).histograms, "histogram", tag)
        total = len(series)
        samples = _readable(series, evenly(total, limit))
        return Answer.json({"run": run, "tag": tag, "total_steps": total, **_on_common_bins(samples, bins)})


def evenly(total: int, limit: int) -> list[int]:
    """At most `limit` indices below `total`, evenly spread, with the first and the last (of one: the last)."""
    if total <= limit:
        return list(range(total))
    if limit == 1:
        return [total - 1]
    return [round(i * (total - 1) / (limit - 1)) for i in range(limit)]


def _readable(series: Sequence[HistogramSample], indices: list[int]) -> list[HistogramSample]:
    """The samples at `indices`; one that is damaged, or was taken away meanwhile, is left out."""
    from ...eventlog import EventLogError

    found = []
    for index in indices:
        try:
            found.append(series[index])
        except (EventLogError, IndexError, OSError):
            continue
    return found


def _on_common_bins(samples: list[HistogramSample], bins: int) -> dict[str, Any]:
    from ...eventlog import rebin

    edges, counts = rebin(samples, bins)
    return {
        "edges": [number(edge) for edge in edges.tolist()],
        "steps": [sample.step for sample in samples],
        "wall_times": [number(sample.wall_time) for sample in samples],
        "counts": [[number(count) for count in row] for row in counts.tolist()],
        "totals": [number(sample.total) for sample in samples],
        "min": [number(sample.min) for sample in samples],
        "max": [number(sample.max) for sample in samples],
    }


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/histograms", Histograms)]
