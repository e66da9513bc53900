"""How scalars are looked at: on which axis, over which range, how smoothed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import BadParameterError
from .data import find_run, unknown
from .query import Query

if TYPE_CHECKING:
    import numpy.typing as npt

    from ...eventlog import LogDir, Run, ScalarSeries
    from ...eventlog.smooth import Smoothing

AXES = ("step", "wall", "relative", "tag")

# Largest amount of each kind of smoothing.
_MOST = {"ema": 0.999, "halflife": 1e12, "mean": 1e6, "median": 1e6, "gaussian": 1e6, "gaussian_x": 1e12}


@dataclass(frozen=True, slots=True)
class View:
    """What part of the curves is looked at, and how.

    Parameters
    ----------
    width
        Columns of the view.
    x
        ``step``, ``wall`` (seconds since the epoch), ``relative`` (seconds since the series's first point) or ``tag``.
    x_tag
        With ``tag``: the scalar whose last value at or before a point's step is its x.
    x_scale
        How x lies along the axis: ``linear``, ``log`` (points at or below 0 have no place) or ``symlog`` (asinh).
    lo, hi
        Range of x, both ends included; None for as far as there are points.
    kind, smoothing
        How the curves are smoothed and how much; 0 for not at all.
    superseded
        Whether points are wanted as well that a restart has made void.
    """

    width: int = 1000
    x: str = "step"
    x_tag: str = ""
    x_scale: str = "linear"
    lo: float | None = None
    hi: float | None = None
    kind: Smoothing = "ema"
    smoothing: float = 0.0
    superseded: bool = False

    def across(self, run: Run, curve: ScalarSeries) -> npt.NDArray[Any] | None:
        """The x of each point: float64[n]; None if the run lacks the tag that is on the axis."""
        if self.x == "tag":
            from ...eventlog import last_at_or_before

            other = run.scalars.get(self.x_tag)
            return None if other is None else last_at_or_before(curve.step, other.step, other.value)
        if self.x == "step":
            return curve.step
        return curve.wall_time if self.x == "wall" else curve.wall_time - curve.wall_time[:1]

    def kept(self, x: npt.NDArray[Any], value: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The indices of the points to send; columns are of one breadth on the screen, not in x."""
        import numpy as np

        from ...eventlog import thin

        if self.x_scale == "linear":
            return thin(x, value, self.width, self.lo, self.hi)
        place = np.arcsinh if self.x_scale == "symlog" else _log
        lo, hi = (None if end is None else float(place(np.float64(end))) for end in (self.lo, self.hi))
        lo, hi = (None if end is None or np.isnan(end) else end for end in (lo, hi))
        return thin(place(np.asarray(x, np.float64)), value, self.width, lo, hi)

    def unplaced(self, x: npt.NDArray[Any]) -> int:
        """How many points have no place on the axis."""
        return int((x <= 0).sum()) if self.x_scale == "log" else 0


def _log(x: Any) -> Any:
    import numpy as np

    return np.log10(x, out=np.full_like(x, np.nan), where=x > 0)


def read_view(query: Query) -> View:
    """The `View` that the parameters ask for."""
    lo = query.real("from", 0.0) if query.has("from") else None
    hi = query.real("to", 0.0) if query.has("to") else None
    if lo is not None and hi is not None and lo > hi:
        raise BadParameterError(f"from={lo:g} is above to={hi:g}", "give the lower end as from")
    x, kind = query.choice("x", AXES), query.choice("kind", tuple(_MOST))
    amount = query.real("smoothing", 0.0, 0.0, _MOST[kind])
    return View(
        width=query.integer("width", 1000, 16, 8192),
        x=x,
        x_tag=query.text("x_tag") if x == "tag" else "",
        x_scale=query.choice("x_scale", ("linear", "log", "symlog")),
        lo=lo,
        hi=hi,
        superseded=query.choice("superseded", ("0", "1")) == "1",
        kind=kind,  # type: ignore[arg-type]
        smoothing=max(1.0, float(round(amount))) if amount and kind in ("mean", "median") else amount,
    )


def curves_of(log: LogDir, tag: str, names: Iterable[str]) -> list[tuple[Run, ScalarSeries]]:
    """The named runs that have the tag, or all that do, with their curves; `NotFoundError` if no run has it."""
    named = list(names)
    runs = [find_run(log, name) for name in named] if named else list(log.runs.values())
    found = [(run, curve) for run in runs if (curve := run.scalars.get(tag)) is not None]
    if not found and not any(tag in run.scalars for run in log.runs.values()):
        raise unknown("scalar", tag)
    return found


def pack(header: bytes, columns: Iterable[npt.NDArray[Any]]) -> bytes:
    """A binary answer: the header's length, the header padded to a multiple of 8, float64 little-endian arrays."""
    header += b" " * (-(4 + len(header)) % 8)
    buffers = (column.astype("<f8", copy=False).tobytes() for column in columns)
    return b"".join([len(header).to_bytes(4, "little"), header, *buffers])
