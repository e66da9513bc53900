"""Training sessions side by side as rows of text, sorted by any column."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import axis_format

if TYPE_CHECKING:
    from ..eventlog import Experiment

__all__ = ["MAX_COLUMNS", "Column", "columns_of", "sorted_rows", "text"]

MAX_COLUMNS = 40
"""Columns in the page, at most."""

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A hyperparameter or a metric.

    Parameters
    ----------
    name
        What it is called in `sort`: the hyperparameter's name, or the metric's group and tag; " (metric)" is added
        where there is a hyperparameter of that name.
    title
        What stands above it.
    is_metric
        It came of the training.
    values
        By run; a run without one is missing.
    """

    name: str
    title: str
    is_metric: bool
    values: dict[str, Any]

    @property
    def is_number(self) -> bool:
        """Are all values numbers."""
        return all(isinstance(value, float) for value in self.values.values())


def columns_of(experiment: Experiment, accepts: Callable[[str], bool]) -> list[Column]:
    """Return the columns whose names are accepted: hyperparameters, those that differ first, then metrics."""
    columns = []
    for info in experiment.hparams:
        if accepts(info.name):
            values = {run: session.values.get(info.name) for run, session in experiment.sessions.items()}
            said = {run: value for run, value in values.items() if value is not None}
            columns.append(Column(info.name, info.display_name or info.name, False, said))
    taken = {info.name for info in experiment.hparams}
    for metric in experiment.metrics:
        name = f"{metric.group}.{metric.tag}" if metric.group else metric.tag
        if accepts(name):
            reached = {run: found[metric].value for run, found in experiment.values.items() if metric in found}
            unique = f"{name} (metric)" if name in taken else name
            columns.append(Column(unique, metric.display_name or name, True, reached))
    return columns


def sorted_rows(runs: Sequence[str], column: Column | None, *, down: bool) -> list[str]:
    """Return *runs* in the order of a column; those without a value, or with NaN, come last either way."""
    if column is None:
        return list(runs)
    some = [run for run in runs if run in column.values and column.values[run] == column.values[run]]
    if column.is_number:
        some.sort(key=lambda run: float(column.values[run]), reverse=down)
    else:
        some.sort(key=lambda run: text(column.values[run]), reverse=down)
    there = set(some)
    return [*some, *(run for run in runs if run not in there)]


def text(value: Any) -> str:
    """Write a hyperparameter or a metric."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return axis_format.number(value)
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
