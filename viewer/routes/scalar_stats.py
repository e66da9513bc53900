"""Values of one tag at a place or over a range, of every run, computed on all points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .base import Handler, number
from .data import Answer, DataHandler
from .query import Query
from .scalar_view import View, curves_of, read_view

if TYPE_CHECKING:
    import numpy.typing as npt

    from ...eventlog import LogDir, Run, ScalarSeries


class ScalarStats(DataHandler):
    """``api/v1/scalar_stats``: `ScalarStats`."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the asked runs, or all that have the tag."""
        tag, view, names = query.text("tag"), read_view(query), query.texts("run")
        at = query.real("at", 0.0) if query.has("at") else None
        revision = log.revision
        rows = [_row(run, curve, view, at) for run, curve in curves_of(log, tag, names)]
        return Answer.json({"tag": tag, "revision": revision, "rows": [row for row in rows if row is not None]})


def _row(run: Run, curve: ScalarSeries, view: View, at: float | None) -> dict[str, Any] | None:
    x = view.across(run, curve)
    if x is None or not len(x):
        return None
    points = _Points(curve, x, view)
    row: dict[str, Any] = {"run": run.name, "total": len(x)}
    if at is not None:
        row["at"] = points.nearest(at)
    else:
        row |= points.over_range()
    return row


class _Points:
    def __init__(self, curve: ScalarSeries, x: npt.NDArray[Any], view: View) -> None:
        self.curve, self.x, self.view = curve, x, view

    def nearest(self, at: float) -> dict[str, Any] | None:
        """The point whose x is nearest; of several the last one."""
        import numpy as np

        distance = np.abs(self.x - at)
        known = np.flatnonzero(np.isfinite(distance))
        if not len(known):
            return None
        best = known[len(known) - 1 - int(np.argmin(distance[known][::-1]))]
        return self._describe([int(best)])[0]

    def over_range(self) -> dict[str, Any]:
        """First and last point, extremes and mean of what lies in the range."""
        import numpy as np

        low = -np.inf if self.view.lo is None else self.view.lo
        high = np.inf if self.view.hi is None else self.view.hi
        inside = np.flatnonzero((self.x >= low) & (self.x <= high))
        nothing = dict.fromkeys(("first", "last", "min", "max", "mean", "change", "change_percent"))
        if not len(inside):
            return {"count": 0, "not_finite": 0, **nothing}
        values = self.curve.value[inside]
        first, last = self._describe([int(inside[0]), int(inside[-1])])
        finite = inside[np.isfinite(values)]
        found = {**nothing, "first": first, "last": last, "count": len(inside), "not_finite": len(inside) - len(finite)}
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            change = values[-1] - values[0]
            found["change"] = number(change)
            found["change_percent"] = number(100 * change / abs(values[0])) if values[0] else None
            if len(finite):
                known = self.curve.value[finite]
                extremes = [int(finite[known.argmin()]), int(finite[known.argmax()])]
                found["min"], found["max"] = self._describe(extremes)
                found["mean"] = number(known.mean())
        return found

    def _describe(self, places: list[int]) -> list[dict[str, Any]]:
        import numpy as np

        from ...eventlog import smoothed

        step, wall_time, value = self.curve.step, self.curve.wall_time, self.curve.value
        smooth: list[float | str | None] = [None] * len(places)
        if self.view.smoothing:
            found = smoothed(self.x, value, self.view.kind, self.view.smoothing, np.array(places))
            smooth = [number(one) for one in found]
        return [
            {
                "x": number(self.x[i]),
                "step": int(step[i]),
                "wall_time": number(wall_time[i]),
                "relative": number(wall_time[i] - wall_time[0]),
                "value": number(value[i]),
                "smoothed": smooth[at],
            }
            for at, i in enumerate(places)
        ]


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/scalar_stats", ScalarStats)]
