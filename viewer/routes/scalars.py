"""Curves of one tag, thinned to what a view shows, as raw floats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .base import Handler, number, to_json
from .data import Answer, DataHandler
from .query import Query
from .scalar_restarts import restarts_of, void_columns
from .scalar_view import View, curves_of, pack, read_view

if TYPE_CHECKING:
    import numpy.typing as npt

    from ...eventlog import LogDir, Run, ScalarSeries


_NO_RESTARTS: dict[str, Any] = {"unplaced": 0, "restarts": [], "superseded": 0, "last": None}


class Scalars(DataHandler):
    """``api/v1/scalars``: `Scalars` in binary."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the asked runs, or all that have the tag."""
        tag, view, names = query.text("tag"), read_view(query), query.texts("run")
        revision = log.revision
        return Answer(encode(tag, revision, curves_of(log, tag, names), view), "application/octet-stream")


def encode(tag: str, revision: int, curves: list[tuple[Run, ScalarSeries]], view: View) -> bytes:
    """`Scalars` of docs/http-api.md: length, JSON, then float64 little-endian arrays per series."""
    described, buffers = [], []
    for run, curve in curves:
        head, columns = _thinned(run, curve, view)
        described.append({"run": run.name, **head})
        buffers += columns
    return pack(to_json({"tag": tag, "revision": revision, "series": described}), buffers)


def _thinned(run: Run, curve: ScalarSeries, view: View) -> tuple[dict[str, Any], list[npt.NDArray[Any]]]:
    from ...eventlog import smoothed

    step, wall_time, value = curve.step, curve.wall_time, curve.value
    total, x = len(step), view.across(run, curve)
    on_tag = view.x == "tag"
    if not total or x is None:
        return {"n": 0, "total": total, "start": None, "smoothed": False, "x": False, **_NO_RESTARTS}, []
    kept = view.kept(x, value)
    columns = [step[kept], wall_time[kept], value[kept]]
    restarts = restarts_of(curve)
    void = void_columns(run, curve, view) if restarts and view.superseded else []
    if view.smoothing:
        columns.append(smoothed(x, value, view.kind, view.smoothing, kept))
    if on_tag:
        columns.append(x[kept])
    columns += void
    head = {
        "n": len(kept),
        "total": total,
        "start": number(wall_time[0]),
        "smoothed": bool(view.smoothing),
        "x": on_tag,
        "unplaced": view.unplaced(x),
        "restarts": restarts,
        "superseded": len(void[0]) if void else 0,
        "last": {"step": int(step[-1]), "wall_time": number(wall_time[-1]), "value": number(value[-1])},
    }
    return head, columns


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/scalars", Scalars)]
