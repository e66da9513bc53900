"""Histograms of one run and tag: many steps on common bins, or one as it was logged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import NotFoundError
from .base import Handler, number
from .data import Answer, DataHandler, find_run, find_series
from .query import Query
from .steps import evenly, readable

if TYPE_CHECKING:
    from ...eventlog import HistogramSample, LogDir

_MOST_STEPS = 1000
_MOST_BINS = 1000
_MOST_BUCKETS = 4096
_MOST = 10**9


class Histograms(DataHandler):
    """``api/v1/histograms``: `Histograms`."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read evenly chosen steps from disk and put them on common bins."""
        run, tag = query.text("run"), query.text("tag")
        limit, bins = query.integer("limit", 50, 1, _MOST_STEPS), query.integer("bins", 30, 1, _MOST_BINS)
        series = find_series(find_run(log, run).histograms, "histogram", tag)
        total = len(series)
        samples = readable(series, evenly(total, limit))
        return Answer.json({"run": run, "tag": tag, "total_steps": total, **_on_common_bins(samples, bins)})


class Histogram(DataHandler):
    """``api/v1/histogram``: one step with the buckets that were logged."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read one step from disk."""
        from ...eventlog import EventLogError

        series = find_series(find_run(log, query.text("run")).histograms, "histogram", query.text("tag"))
        index = query.integer("index", None, -_MOST, _MOST)
        try:
            sample = series[index]
        except IndexError:
            raise NotFoundError(f"no histogram at index {index}", "api/v1/steps lists the steps") from None
        except (EventLogError, OSError) as error:
            raise NotFoundError(
                f"the histogram cannot be read: {error}"[:500], "the file is damaged or gone"
            ) from error
        return Answer.json({"index": index % len(series), "of": len(series), **_as_logged(sample)})


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


def _as_logged(sample: HistogramSample) -> dict[str, Any]:
    from ...eventlog import rebin

    edges, counts = sample.edges, sample.counts
    logged = len(counts)
    if logged > _MOST_BUCKETS:
        edges, (counts,) = rebin([sample], _MOST_BUCKETS)
    return {
        "step": sample.step,
        "wall_time": number(sample.wall_time),
        "edges": [number(edge) for edge in edges.tolist()],
        "counts": [number(count) for count in counts.tolist()],
        "buckets": logged,
        "total": number(sample.total),
        "min": number(sample.min),
        "max": number(sample.max),
        "sum": number(sample.sum),
        "sum_squares": number(sample.sum_squares),
    }


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/histograms", Histograms), ("/api/v1/histogram", Histogram)]
