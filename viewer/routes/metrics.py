"""Scalars of all runs in a few numbers each: what tables show, what runs are filtered and sorted by."""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ..errors import BadParameterError
from .base import Handler
from .data import Answer, DataHandler
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir, ScalarSeries

KINDS = ("first", "last", "min", "max", "mean")
"""The numbers that are given of a series."""

_WITH_STEP = ("last", "min", "max")
_MOST_TAGS = 256
_MOST_STEP = 10**18 - 1

Rows = list[list["ScalarSeries | None"]]
"""For each tag the series of each run, None where it has none."""


class Metrics(DataHandler):
    """``api/v1/metrics``: `Metrics`."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the asked tags of all runs."""
        tags, kinds = query.texts("tag"), query.texts("of")
        if not 0 < len(tags) <= _MOST_TAGS:
            raise BadParameterError(f"the parameter tag is given {len(tags)} times", f"1 to {_MOST_TAGS} tags")
        for kind in kinds:
            if kind not in KINDS:
                raise BadParameterError(f"of={kind[:100]!r} is unknown", "one of " + ", ".join(KINDS))
        step = query.integer("step", None, -_MOST_STEP, _MOST_STEP) if query.has("step") else None
        return Answer.json(read_metrics(log, tags, kinds or KINDS, step))


def read_metrics(log: LogDir, tags: list[str], kinds: Iterable[str], step: int | None) -> dict[str, Any]:
    """`Metrics` of docs/http-api.md."""
    from ...eventlog.scalar_stats import stats_of, value_at

    revision, runs = log.revision, log.runs
    scalars = [run.scalars for run in runs.values()]
    rows: Rows = [[series.get(tag) for series in scalars] for tag in tags]
    stats_of(series for row in rows for series in row if series is not None)
    values = {kind: [list(map(_json, row)) for row in _column(rows, kind)] for kind in kinds}
    if step is not None:
        values["at"] = [[None if series is None else _json(value_at(series, step)) for series in row] for row in rows]
    steps = {kind: _column(rows, f"{kind}_step") for kind in kinds if kind in _WITH_STEP}
    return {"revision": revision, "tags": tags, "runs": list(runs), "values": values, "steps": steps}


def _column(rows: Rows, name: str) -> list[list[Any]]:
    get = attrgetter(name)
    return [[None if series is None or not series.stats else get(series.stats) for series in row] for row in rows]


def _json(value: float | None) -> float | str | None:
    # As `number`, but for hundreds of thousands at a time.
    if value is None or math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/metrics", Metrics)]
