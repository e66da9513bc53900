"""Mean or median of groups of runs with a band around it, as raw floats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..errors import BadParameterError
from .base import Handler, to_json
from .data import Answer, DataHandler
from .query import Query
from .scalar_view import View, curves_of, pack, read_view

if TYPE_CHECKING:
    from ...eventlog import LogDir, Run, ScalarSeries
    from ...eventlog.spreading import Spread

_CENTERS = ("mean", "median")
_BANDS = ("std", "minmax", "sem", "ci95")
_MOST_GROUPS = 1000


class ScalarGroups(DataHandler):
    """``api/v1/scalar_groups``: `ScalarGroups` in binary."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read each group as the runs that are named for it."""
        from ...eventlog import spread

        tag, view, groups = query.text("tag"), read_view(query), _groups(query.texts("group"))
        center, band = query.choice("center", _CENTERS), query.choice("band", _BANDS)
        revision = log.revision
        found = {
            run.name: (run, curve) for run, curve in curves_of(log, tag, {name for group in groups for name in group})
        }
        described: list[dict[str, Any]] = []
        columns = []
        for names in groups:
            members = [_curve(*found[name], view) for name in names if name in found]
            curves = [curve for curve in members if curve is not None]
            result: Spread = spread(curves, center, band, view.width, view.lo, view.hi)  # type: ignore[arg-type]
            described.append({"n": len(result.x), "runs": len(curves)})
            columns += [result.x, result.center, result.low, result.high, result.count]
        header = to_json({"tag": tag, "revision": revision, "center": center, "band": band, "groups": described})
        return Answer(pack(header, columns), "application/octet-stream")


def _curve(run: Run, curve: ScalarSeries, view: View) -> Any:
    """A member's x and y, smoothed over all its points; None if it has none."""
    from ...eventlog import smoothed

    x = view.across(run, curve)
    if x is None or not len(x):
        return None
    return x, smoothed(x, curve.value, view.kind, view.smoothing)


def _groups(texts: list[str]) -> list[list[str]]:
    if not texts or len(texts) > _MOST_GROUPS:
        raise BadParameterError(f"the parameter group is given {len(texts)} times", f"once to {_MOST_GROUPS} times")
    groups = []
    for text in texts:
        try:
            names = json.loads(text)
        except (ValueError, RecursionError):
            names = None
        if not (isinstance(names, list) and names and all(isinstance(name, str) for name in names)):
            raise BadParameterError(f"group={text[:100]!r} is no list of runs", 'a JSON array, as ["run 1","run 2"]')
        groups.append(list(dict.fromkeys(names)))
    return groups


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/scalar_groups", ScalarGroups)]
