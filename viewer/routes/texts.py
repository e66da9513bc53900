"""Texts of one run and tag, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .base import Handler, number
from .data import Answer, DataHandler, find_run, find_series
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir, TextSeries

_MOST = 10**9
_MOST_SAMPLES = 1000


class Texts(DataHandler):
    """``api/v1/texts``: `Texts`."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read `limit` texts from `start` on, by default the last ones."""
        run, tag = query.text("run"), query.text("tag")
        series = find_series(find_run(log, run).texts, "text", tag)
        total, limit = len(series), query.integer("limit", 50, 1, _MOST_SAMPLES)
        start = min(query.integer("start", max(total - limit, 0), 0, _MOST), total)
        samples = [_sample(series, index) for index in range(start, min(start + limit, total))]
        return Answer.json({"run": run, "tag": tag, "total": total, "start": start, "samples": samples})


def _sample(series: TextSeries, index: int) -> dict[str, Any]:
    from ...eventlog import EventLogError

    step, wall_time = int(series.step[index]), number(series.wall_time[index])
    try:
        cells = series[index].cells
    except (EventLogError, OSError) as error:
        said = f"(this text cannot be read: {error})"[:500]
        return {"step": step, "wall_time": wall_time, "shape": [], "cells": [said]}
    return {"step": step, "wall_time": wall_time, "shape": list(cells.shape), "cells": cells.ravel().tolist()}


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/texts", Texts)]
