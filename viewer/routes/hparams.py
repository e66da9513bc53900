"""Training sessions side by side: what each was begun with, and what they are compared by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .base import Handler, number
from .data import Answer, DataHandler
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import HParams as Session
    from ...eventlog import LogDir
    from ...eventlog.hparams import HParamInfo

_LONGEST = 1000


class HParams(DataHandler):
    """``api/v1/hparams``: `HParams`."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the sessions of all runs."""
        return Answer.json(list_sessions(log))


def list_sessions(log: LogDir) -> dict[str, Any]:
    """`HParams` of docs/http-api.md; metrics are named only, `api/v1/metrics` has their values."""
    revision, experiment = log.revision, log.hparams
    if experiment is None:
        return {"revision": revision, "hparams": [], "metrics": [], "sessions": []}
    return {
        "revision": revision,
        "hparams": [_described(info) for info in experiment.hparams],
        "metrics": [
            {
                "tag": metric.tag,
                "group": metric.group,
                "display_name": metric.display_name,
                "description": metric.description,
                "dataset": metric.dataset,
            }
            for metric in experiment.metrics
        ],
        "sessions": [_session(run, session) for run, session in experiment.sessions.items()],
    }


def _described(info: HParamInfo) -> dict[str, Any]:
    return {
        "name": info.name,
        "display_name": info.display_name,
        "description": info.description,
        "type": info.type,
        "domain": _domain(info),
        "differs": info.differs,
    }


def _domain(info: HParamInfo) -> dict[str, Any] | None:
    if info.domain is None:
        return None
    if isinstance(info.domain, tuple):
        return {"values": [_value(value) for value in info.domain if value is not None]}
    return {"min": number(info.domain.min), "max": number(info.domain.max)}


def _session(run: str, session: Session) -> dict[str, Any]:
    return {
        "run": run,
        "group": session.group,
        "status": session.status,
        "started": None if session.started is None else number(session.started),
        "ended": None if session.ended is None else number(session.ended),
        "values": {name: _value(value) for name, value in session.values.items() if value is not None},
    }


def _value(value: Any) -> float | str | bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return number(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/hparams", HParams)]
