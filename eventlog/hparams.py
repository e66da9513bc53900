"""Hyperparameters: those of a run, and those of all runs of a log side by side.

A run in which a training session says that it began is a session. What is compared over sessions, and what by, may be
logged as well (an "experiment"); otherwise it is inferred from the sessions, as TensorBoard does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from .errors import EventLogError
from .summaries import hparams
from .summaries.hparams import HParam

__all__ = ["HParamInfo", "HParams", "Interval", "MetricInfo", "Status", "Type", "hparams_of"]

Type = Literal["", "string", "bool", "float"]
Status = Literal["unknown", "success", "failure", "running"]

_TYPES: tuple[Type, ...] = ("", "string", "bool", "float")
_STATUSES: tuple[Status, ...] = ("unknown", "success", "failure", "running")
_DATASETS = ("", "training", "validation")


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a hyperparameter is taken from, both ends included."""

    min: float
    max: float


@dataclass(frozen=True, slots=True)
class HParamInfo:
    """What is known of a hyperparameter.

    Parameters
    ----------
    name
        As in `HParams.values`.
    display_name
        The name to show.
    description
        In Markdown; "" if nothing is said. Not to be trusted as HTML.
    type
        ``string``, ``bool``, ``float``, or "" if the log does not say.
    domain
        The values it is taken from, or the interval; None if the log does not say.
    differs
        Whether it is not the same in all sessions, as far as that is known.
    """

    name: str
    display_name: str = ""
    description: str = ""
    type: Type = ""
    domain: tuple[HParam, ...] | Interval | None = None
    differs: bool = False


@dataclass(frozen=True, slots=True)
class MetricInfo:
    """What sessions are compared by: the last point of a scalar.

    Parameters
    ----------
    tag
        Of the scalar.
    group
        Where it is: the run of that name below the session's run; "" for that itself.
    display_name, description
        To show; the description in Markdown, not to be trusted as HTML.
    dataset
        ``training``, ``validation``, or "" if the log does not say.
    """

    tag: str
    group: str = ""
    display_name: str = ""
    description: str = ""
    dataset: str = ""


@dataclass(slots=True)
class HParams:
    """What a run says of hyperparameters. Keys that were logged later are with those that were logged first.

    Parameters
    ----------
    values
        Hyperparameters by name, as the session began with them: numbers are floats. {} if the run is no session.
    is_session
        Whether a training session says that it began.
    group
        Sessions of one group are repetitions of each other; "" for a group of its own.
    status
        How the session ended; ``unknown`` if nothing is said of that.
    started, ended
        Seconds since the epoch; None if the log does not say.
    infos, metrics
        What the run says is to be compared, and by what: of an experiment that may be more than this run.
    name, description, user
        Of the experiment; "" if the log does not say.
    monitor_url, model_uri
        Of the session; not to be trusted.
    problems
        What could not be read, in words.
    """

    values: dict[str, HParam] = field(default_factory=dict)
    is_session: bool = False
    group: str = ""
    status: Status = "unknown"
    started: float | None = None
    ended: float | None = None
    infos: Mapping[str, HParamInfo] = field(default_factory=dict)
    metrics: Mapping[tuple[str, str], MetricInfo] = field(default_factory=dict)
    name: str = ""
    description: str = ""
    user: str = ""
    monitor_url: str = ""
    model_uri: str = ""
    problems: tuple[str, ...] = ()


def hparams_of(series: Mapping[str, Any]) -> HParams | None:
    """Return what a run says of hyperparameters; None if nothing.

    Parameters
    ----------
    series
        The run's series of the plugin, by tag.
    """
    found, problems = HParams(), []
    for tag in series:
        for at in range(len(series[tag])):
            try:
                _take(hparams.decode(series[tag][at]), found)
            except (EventLogError, OSError) as error:
                problems.append(f"{tag!r:.100}: {error}")
    found.problems = tuple(problems)
    found.infos, found.metrics = MappingProxyType(dict(found.infos)), MappingProxyType(dict(found.metrics))
    return found if series else None


def _take(said: Any, into: HParams) -> None:
    what = said.WhichOneof("data")
    if what == "session_start_info":
        start = said.session_start_info
        into.is_session = True
        into.values.update({name: hparams.decode_value(value) for name, value in start.hparams.items()})
        into.group = start.group_name or into.group
        into.monitor_url, into.model_uri = start.monitor_url or into.monitor_url, start.model_uri or into.model_uri
        into.started = into.started or start.start_time_secs or None
    elif what == "session_end_info":
        end = said.session_end_info
        into.status = _of(_STATUSES, end.status)
        into.ended = end.end_time_secs or into.ended
    elif what == "experiment":
        experiment = said.experiment
        into.name, into.user = experiment.name or into.name, experiment.user or into.user
        into.description = experiment.description or into.description
        into.infos = {**into.infos, **{info.name: _info(info) for info in experiment.hparam_infos}}
        into.metrics = {**into.metrics, **{(info.group, info.tag): info for info in _metrics(experiment)}}


def _info(said: Any) -> HParamInfo:
    domain: tuple[HParam, ...] | Interval | None = None
    if said.WhichOneof("domain") == "domain_discrete":
        domain = tuple(map(hparams.decode_value, said.domain_discrete.values))
    elif said.WhichOneof("domain") == "domain_interval":
        domain = Interval(said.domain_interval.min_value, said.domain_interval.max_value)
    name = said.display_name or said.name
    return HParamInfo(said.name, name, said.description, _of(_TYPES, said.type), domain, said.differs)


def _metrics(experiment: Any) -> Iterable[MetricInfo]:
    for said in experiment.metric_infos:
        tag, group = said.name.tag, said.name.group
        name = said.display_name or (f"{group}.{tag}" if group else tag)
        yield MetricInfo(tag, group, name, said.description, _of(_DATASETS, said.dataset_type))


def _of(names: tuple[Any, ...], number: int) -> Any:
    return names[number] if 0 <= number < len(names) else names[0]
