"""Precision-recall curves of one tag: one step of each run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .base import Handler, number
from .data import Answer, DataHandler, find_run, unknown
from .query import Query
from .steps import evenly, nearest

if TYPE_CHECKING:
    from ...eventlog import LogDir, PrCurveSample, PrCurveSeries

_MOST = 10**9
_MOST_STEP = 10**18
_MOST_THRESHOLDS = 1000

COLUMNS = (
    *("thresholds", "precision", "recall"),
    *("true_positives", "false_positives", "true_negatives", "false_negatives"),
)


class PrCurves(DataHandler):
    """``api/v1/pr_curves``: `PrCurves`."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read a curve of each asked run, or of all that have the tag."""
        tag, names = query.text("tag"), query.texts("run")
        runs = [find_run(log, name) for name in names] if names else list(log.runs.values())
        step = query.integer("step", None, -_MOST_STEP, _MOST_STEP) if query.has("step") else None
        index = query.integer("index", -1, -_MOST, _MOST)
        found = [(run.name, series) for run in runs if (series := run.pr_curves.get(tag)) is not None and len(series)]
        if not found and not any(tag in run.pr_curves for run in log.runs.values()):
            raise unknown("PR curve", tag)
        curves = [_described(run, series, index, step) for run, series in found]
        return Answer.json({"tag": tag, "curves": curves})


def _chosen(steps: Sequence[int], index: int, step: int | None) -> int:
    """The index that is asked for, brought into the range that there is."""
    if step is not None:
        return nearest(steps, step)
    return min(max(index + len(steps) if index < 0 else index, 0), len(steps) - 1)


def _described(run: str, series: PrCurveSeries, index: int, step: int | None) -> dict[str, Any]:
    from ...eventlog import EventLogError

    steps = series.step.tolist()
    index = _chosen(steps, index, step)
    said: dict[str, Any] = {
        "run": run,
        "steps": steps,
        "wall_times": [number(time) for time in series.wall_time.tolist()],
        "index": index,
        "error": None,
    }
    try:
        return said | _numbers(series[index])
    except (EventLogError, OSError, IndexError) as error:
        # One run's damage does not take the others' curves away.
        nothing: dict[str, Any] = {name: [] for name in COLUMNS}
        return said | nothing | {"error": f"{error}"[:500], "thresholds_logged": 0, "average_precision": None}


def _numbers(sample: PrCurveSample) -> dict[str, Any]:
    from ...eventlog import average_precision

    logged = len(sample.thresholds)
    kept = evenly(logged, _MOST_THRESHOLDS)
    columns = {name: [number(value) for value in getattr(sample, name)[kept].tolist()] for name in COLUMNS}
    area = average_precision(sample)
    return columns | {"thresholds_logged": logged, "average_precision": number(area) if area == area else None}


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/pr_curves", PrCurves)]
