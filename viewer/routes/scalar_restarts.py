"""Restarts of a curve: where a run went on from an earlier step, and what of it that made void."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .base import number

if TYPE_CHECKING:
    import numpy.typing as npt

    from ...eventlog import Run, ScalarSeries
    from .scalar_view import View

_MOST = 50


def restarts_of(curve: ScalarSeries) -> list[dict[str, Any]]:
    """Each restart: from and to which step points are void, how many, and when the run went on; at most the last 50."""
    if curve.is_whole or not len(curve):
        return []
    import numpy as np

    void = curve.superseded
    step, wall_time = void.step, void.wall_time
    counted = np.sort(curve.wall_time)
    # Void points of one restart follow each other: their steps rise, and nothing that counts was logged between them.
    before = np.searchsorted(counted, wall_time, side="left")
    begins = np.flatnonzero((step[1:] <= step[:-1]) | (before[1:] != before[:-1])) + 1
    found = []
    for first, end in zip([0, *begins], [*begins, len(step)], strict=True):
        steps = step[first:end]
        next_one = np.searchsorted(counted, wall_time[end - 1], side="right")
        went_on = counted[next_one] if next_one < len(counted) else wall_time[end - 1]
        found.append(
            {
                "step": int(steps.min()),
                "last": int(steps.max()),
                "count": len(steps),
                "wall_time": number(went_on),
            }
        )
    return found[-_MOST:]


def void_columns(run: Run, curve: ScalarSeries, view: View) -> list[npt.NDArray[Any]]:
    """Step, wall time and value of the void points that the view needs."""
    void = curve.superseded
    x = void.wall_time - curve.wall_time[0] if view.x == "relative" else view.across(run, void)
    if x is None or not len(void):
        return []
    kept = view.kept(x, void.value)
    return [void.step[kept], void.wall_time[kept], void.value[kept]]
