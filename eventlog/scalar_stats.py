"""What a table says of a scalar: first, last, lowest, highest and mean value, over every point that was logged.

A log may have tens of thousands of short series, so many of them are looked at in one go, and what was found stays with
the series: it never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from .series import ScalarSeries

__all__ = ["ScalarStats", "stats_of", "value_at"]

_AT_ONCE = 1 << 20  # points


@dataclass(frozen=True, slots=True)
class ScalarStats:
    """A scalar in a few numbers.

    Parameters
    ----------
    first, last
        Values in the order of logging; NaN and infinities as they were logged.
    min, max, mean
        Without the NaN; NaN if there is nothing else.
    last_step
        Of the last value.
    min_step, max_step
        Where `min` and `max` were first reached; None if they are NaN.
    """

    first: float
    last: float
    min: float
    max: float
    mean: float
    last_step: int
    min_step: int | None
    max_step: int | None


def stats_of(series: Iterable[ScalarSeries]) -> None:
    """Have the `stats` of many series at hand, faster than one by one."""
    new = {id(one): one for one in series if one._stats is None and len(one)}
    for batch in _batches(list(new.values())):
        for one, stats in zip(batch, _of_batch(batch), strict=True):
            one._stats = stats


def value_at(series: ScalarSeries, step: int) -> float | None:
    """Return the value at the highest step that is not above `step`, the last of it; None if all are above."""
    steps = series.step
    if (steps[1:] >= steps[:-1]).all():
        at = int(np.searchsorted(steps, step, side="right")) - 1
        return float(series.value[at]) if at >= 0 else None
    found = np.flatnonzero(steps <= step)
    if not len(found):
        return None
    reached = steps[found]
    return float(series.value[found[np.flatnonzero(reached == reached.max())[-1]]])


def _batches(series: Sequence[ScalarSeries]) -> Iterator[list[ScalarSeries]]:
    batch: list[ScalarSeries] = []
    points = 0
    for one in series:
        batch.append(one)
        points += len(one)
        if points >= _AT_ONCE:
            yield batch
            batch, points = [], 0
    if batch:
        yield batch


def _of_batch(series: Sequence[ScalarSeries]) -> list[ScalarStats]:
    counts = np.array([len(one.value) for one in series])
    value = np.concatenate([one.value for one in series])
    step = np.concatenate([one.step for one in series])
    begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
    ends = begins + counts - 1
    is_nan = np.isnan(value)
    with np.errstate(all="ignore"):
        lowest, highest = np.fmin.reduceat(value, begins), np.fmax.reduceat(value, begins)
        numbers = np.add.reduceat(~is_nan, begins, dtype=np.int64)
        mean = np.add.reduceat(np.where(is_nan, 0.0, value), begins) / numbers
    steps = [_first_step(value, step, extreme, counts) for extreme in (lowest, highest)]
    columns = (value[begins], value[ends], lowest, highest, mean, step[ends])
    return [ScalarStats(*row) for row in zip(*(column.tolist() for column in columns), *steps, strict=True)]


def _first_step(
    value: npt.NDArray[np.float64],
    step: npt.NDArray[np.int64],
    extreme: npt.NDArray[np.float64],
    counts: npt.NDArray[np.int64],
) -> list[int | None]:
    """Return of each series the step at which its `extreme` is first reached; None if that is NaN."""
    owner = np.repeat(np.arange(len(counts)), counts)
    reached = np.flatnonzero(value == extreme[owner])
    owners, first = np.unique(owner[reached], return_index=True)
    found: list[int | None] = [None] * len(counts)
    for at, where in zip(owners.tolist(), step[reached[first]].tolist(), strict=True):
        found[at] = where
    return found
