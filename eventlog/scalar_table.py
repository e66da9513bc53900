"""All scalars of a log as one table: a row for each point, with run, tag, step, wall time and value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from .errors import MissingPackageError
from .names import Names, matcher

if TYPE_CHECKING:
    import pandas as pd

    from .logdir import LogDir

__all__ = ["COLUMNS", "Rows", "scalar_rows", "scalars_frame"]

COLUMNS = ("run", "tag", "step", "wall_time", "value")

_AT_ONCE = 1 << 16  # rows


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Points of one run and tag: int64[n], float64[n] seconds since the epoch, float64[n]."""

    run: str
    tag: str
    step: npt.NDArray[np.int64]
    wall_time: npt.NDArray[np.float64]
    value: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.step)


def scalar_rows(log: LogDir, tags: Names = None, runs: Names = None, at_once: int = _AT_ONCE) -> Iterator[Rows]:
    """Yield every point of a log's scalars, at most `at_once` at a time: run by run, tag by tag, in order of logging.

    Parameters
    ----------
    log
        The log.
    tags, runs
        Which: a regular expression that is searched for, a collection of names, or None for all.

    Raises
    ------
    BadValueError
        If one of them is no regular expression.
    """
    is_run, is_tag = matcher(runs, "runs"), matcher(tags, "tags")
    for name, run in log.runs.items():
        for tag, series in run.scalars.items() if is_run(name) else ():
            if is_tag(tag):
                for begin in range(0, len(series), at_once):
                    part = slice(begin, begin + at_once)
                    yield Rows(name, tag, series.step[part], series.wall_time[part], series.value[part])


def scalars_frame(log: LogDir, tags: Names = None, runs: Names = None) -> pd.DataFrame:
    """See `LogDir.scalars_frame`."""
    try:
        import pandas as pd
    except ImportError:
        raise MissingPackageError("pandas", "export", "a data frame") from None
    rows = list(scalar_rows(log, tags, runs, at_once=1 << 62))
    counts = [len(part) for part in rows]
    numbers = {"step": np.int64, "wall_time": np.float64, "value": np.float64}
    columns: dict[str, Any] = {
        name: np.repeat(np.array([getattr(part, name) for part in rows], object), counts) for name in ("run", "tag")
    }
    for name, dtype in numbers.items():
        columns[name] = np.concatenate([np.empty(0, dtype), *(getattr(part, name) for part in rows)])
    return pd.DataFrame(columns)
