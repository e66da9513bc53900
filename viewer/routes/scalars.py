"""Curves of one tag, thinned to what a view shows, as raw floats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import BadParameterError
from .base import Handler, number, to_json
from .data import Answer, DataHandler, find_run, unknown
from .query import Query

if TYPE_CHECKING:
    import numpy.typing as npt

    from ...eventlog import LogDir, ScalarSeries


@dataclass(frozen=True, slots=True)
class View:
    """What part of the curves is looked at, and how.

    Parameters
    ----------
    width
        Columns of the view.
    x
        ``step``, ``wall`` (seconds since the epoch) or ``relative`` (seconds since the series's first point).
    lo, hi
        Range of x, both ends included; None for as far as there are points.
    smoothing
        Weight of the exponential average, 0 for none.
    """

    width: int = 1000
    x: str = "step"
    lo: float | None = None
    hi: float | None = None
    smoothing: float = 0.0


class Scalars(DataHandler):
    """``api/v1/scalars``: `Scalars` in binary."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the asked runs, or all that have the tag."""
        tag, view, names = query.text("tag"), read_view(query), query.texts("run")
        runs = [find_run(log, name) for name in names] if names else list(log.runs.values())
        revision = log.revision
        found = [(run.name, curve) for run in runs if (curve := run.scalars.get(tag)) is not None]
        if not found and not any(tag in run.scalars for run in log.runs.values()):
            raise unknown("scalar", tag)
        return Answer(encode(tag, revision, found, view), "application/octet-stream")


def read_view(query: Query) -> View:
    """The `View` that the parameters ask for."""
    lo = query.real("from", 0.0) if query.has("from") else None
    hi = query.real("to", 0.0) if query.has("to") else None
    if lo is not None and hi is not None and lo > hi:
        raise BadParameterError(f"from={lo:g} is above to={hi:g}", "give the lower end as from")
    return View(
        width=query.integer("width", 1000, 16, 8192),
        x=query.choice("x", ("step", "wall", "relative")),
        lo=lo,
        hi=hi,
        smoothing=query.real("smoothing", 0.0, 0.0, 0.999),
    )


def encode(tag: str, revision: int, series: list[tuple[str, ScalarSeries]], view: View) -> bytes:
    """`Scalars` of docs/http-api.md: length, JSON, then float64 little-endian arrays per series."""
    described, buffers = [], []
    for run, curve in series:
        head, columns = _thinned(curve, view)
        described.append({"run": run, **head})
        buffers += [column.astype("<f8", copy=False).tobytes() for column in columns]
    header = to_json({"tag": tag, "revision": revision, "series": described})
    header += b" " * (-(4 + len(header)) % 8)
    return b"".join([len(header).to_bytes(4, "little"), header, *buffers])


def _thinned(curve: ScalarSeries, view: View) -> tuple[dict[str, Any], list[npt.NDArray[Any]]]:
    from ...eventlog import ema, thin

    step, wall_time, value = curve.step, curve.wall_time, curve.value
    total = len(step)
    if not total:
        return {"n": 0, "total": 0, "start": None, "smoothed": False, "last": None}, []
    start = wall_time[0]
    x = {"step": step, "wall": wall_time, "relative": wall_time - start}[view.x]
    kept = thin(x, value, view.width, view.lo, view.hi)
    columns = [step[kept], wall_time[kept], value[kept]]
    if view.smoothing:
        columns.append(ema(value, view.smoothing)[kept])
    head = {
        "n": len(kept),
        "total": total,
        "start": number(start),
        "smoothed": bool(view.smoothing),
        "last": {"step": int(step[-1]), "wall_time": number(wall_time[-1]), "value": number(value[-1])},
    }
    return head, columns


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/scalars", Scalars)]
