"""How the values of histograms are spread, step by step: percentiles of one run and tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Handler, number
from .data import Answer, DataHandler, find_run, find_series
from .query import Query
from .steps import evenly, readable

if TYPE_CHECKING:
    from ...eventlog import LogDir

_MOST_STEPS = 2000


class Distributions(DataHandler):
    """``api/v1/distributions``: `Distributions`."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read evenly chosen steps from disk and their percentiles."""
        from ...eventlog import percentiles
        from ...eventlog.shares import NORMAL_SHARES

        run, tag = query.text("run"), query.text("tag")
        limit = query.integer("limit", 200, 1, _MOST_STEPS)
        series = find_series(find_run(log, run).histograms, "histogram", tag)
        total = len(series)
        samples = readable(series, evenly(total, limit))
        rows = percentiles(samples, NORMAL_SHARES)
        return Answer.json(
            {
                "run": run,
                "tag": tag,
                "total_steps": total,
                "shares": list(NORMAL_SHARES),
                "steps": [sample.step for sample in samples],
                "wall_times": [number(sample.wall_time) for sample in samples],
                "totals": [number(sample.total) for sample in samples],
                "values": [[number(value) for value in row] for row in rows.tolist()],
            }
        )


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/distributions", Distributions)]
