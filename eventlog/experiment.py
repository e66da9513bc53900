"""The training sessions of a log side by side: their hyperparameters, and what came of them.

Source of what is inferred: TensorBoard's hparams plugin. Where several runs log an experiment, TensorBoard takes the
first one's word; here everything that is said counts, and hyperparameters of which nothing is said are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from .hparams import HParamInfo, HParams, Interval, MetricInfo, Type
from .natural import natural_key
from .summaries.hparams import HParam

if TYPE_CHECKING:
    from .run import Run

__all__ = ["Experiment", "MetricValue", "experiment_of"]

_TYPE_OF: dict[type, Type] = {str: "string", bool: "bool", float: "float"}


@dataclass(frozen=True, slots=True)
class MetricValue:
    """The last point of a scalar: its value, its step, and its time in seconds since the epoch."""

    value: float
    step: int
    wall_time: float


@dataclass(frozen=True, slots=True)
class Experiment:
    """All sessions of a log.

    Parameters
    ----------
    hparams
        What there is to compare: first what differs, then by name.
    metrics
        What to compare by: as logged, or if nothing was, every scalar of the sessions' runs and those below them.
    sessions
        Hyperparameters of each session by the name of its run, in the order of runs.
    values
        Last value of each metric of a session, by run and metric; what was not logged is missing.
    """

    hparams: tuple[HParamInfo, ...]
    metrics: tuple[MetricInfo, ...]
    sessions: Mapping[str, HParams]
    values: Mapping[str, Mapping[MetricInfo, MetricValue]]

    def groups(self) -> dict[str, list[str]]:
        """Return the runs whose sessions are repetitions of each other, by the name of their group."""
        groups: dict[str, list[str]] = {}
        for run, session in self.sessions.items():
            groups.setdefault(session.group or run, []).append(run)
        return groups


def experiment_of(runs: Mapping[str, Run]) -> Experiment | None:
    """Return the sessions of `runs` side by side; None if nothing about hyperparameters was logged."""
    said = {name: found for name, run in runs.items() if (found := run.hparams) is not None}
    if not said:
        return None
    sessions = {name: found for name, found in said.items() if found.is_session}
    infos = _all_infos(said.values(), sessions.values())
    metrics: dict[tuple[str, str], MetricInfo] = {}
    for found in said.values():
        metrics |= {key: metric for key, metric in found.metrics.items() if key not in metrics}
    chosen = tuple(metrics.values()) if metrics else _inferred_metrics(sessions, runs)
    values = {name: MappingProxyType(_values(name, chosen, runs)) for name in sessions}
    return Experiment(infos, chosen, MappingProxyType(sessions), MappingProxyType(values))


def _all_infos(said: Iterable[HParams], sessions: Iterable[HParams]) -> tuple[HParamInfo, ...]:
    """What was said of each hyperparameter, first come first served, and what the sessions' values say themselves."""
    values: dict[str, list[HParam]] = {}
    known: dict[str, HParamInfo] = {}
    count = 0
    for found in said:
        known = {**found.infos, **known}
    for session in sessions:
        count += 1
        for name, value in session.values.items():
            values.setdefault(name, []).append(value)
    infos = [_completed(known.get(name), name, values.get(name, []), count) for name in {**known, **values}]
    return tuple(sorted(infos, key=lambda info: (not info.differs, natural_key(info.name))))


def _completed(info: HParamInfo | None, name: str, values: list[HParam], sessions: int) -> HParamInfo:
    distinct = list({repr(value): value for value in values}.values())
    differs = len(distinct) > 1 or 0 < len(values) < sessions
    if info is None:
        info = _inferred(name, distinct)
    return replace(info, differs=info.differs or differs)


def _inferred(name: str, distinct: list[HParam]) -> HParamInfo:
    types = {_TYPE_OF.get(type(value), "string") for value in distinct if value is not None}
    if types == {"float"}:
        numbers = [value for value in distinct if isinstance(value, float)]
        finite = [number for number in numbers if np.isfinite(number)]
        return HParamInfo(name, name, "", "float", Interval(min(finite), max(finite)) if finite else None)
    if types == {"bool"}:
        return HParamInfo(name, name, "", "bool", tuple(sorted(value for value in distinct if isinstance(value, bool))))
    words = sorted(value if isinstance(value, str) else repr(value) for value in distinct if value is not None)
    return HParamInfo(name, name, "", "string" if types else "", tuple(words))


def _inferred_metrics(sessions: Mapping[str, HParams], runs: Mapping[str, Run]) -> tuple[MetricInfo, ...]:
    found = {
        (tag, group): MetricInfo(tag, group, f"{group}.{tag}" if group else tag)
        for name, run in runs.items()
        for session in _sessions_above(name, sessions)
        for group in [_below(name, session)]
        for tag in run.scalars
    }
    return tuple(found[key] for key in sorted(found, key=lambda key: (natural_key(key[0]), natural_key(key[1]))))


def _sessions_above(run: str, sessions: Mapping[str, HParams]) -> list[str]:
    parts = run.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return [name for name in dict.fromkeys((".", *above)) if name in sessions]


def _below(run: str, session: str) -> str:
    """Name of a run relative to a session's run; "" for that itself."""
    if run == session:
        return ""
    return run if session == "." else run.removeprefix(f"{session}/")


def _values(session: str, metrics: Iterable[MetricInfo], runs: Mapping[str, Run]) -> dict[MetricInfo, MetricValue]:
    values = {}
    for metric in metrics:
        base = "" if session == "." else session
        run = runs.get("/".join(part for part in (base, metric.group) if part not in ("", ".")) or ".")
        series = run.scalars.get(metric.tag) if run else None
        if series is not None and len(series):
            values[metric] = MetricValue(float(series.value[-1]), int(series.step[-1]), float(series.wall_time[-1]))
    return values
