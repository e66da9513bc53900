"""Event logs: write them, scan them, hold them as runs and series.

Public names load on first use: a writer needs no reader, and neither costs anything before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import (
        BadTypeError,
        BadValueError,
        EventLogError,
        EventLogWarning,
        NotANumberError,
        RecordError,
        SummaryError,
    )
    from .summary_writer import SummaryWriter

__all__ = [
    "BadTypeError",
    "BadValueError",
    "EventLogError",
    "EventLogWarning",
    "NotANumberError",
    "RecordError",
    "SummaryError",
    "SummaryWriter",
]

_HOMES = {
    "BadTypeError": "errors",
    "BadValueError": "errors",
    "EventLogError": "errors",
    "EventLogWarning": "errors",
    "NotANumberError": "errors",
    "RecordError": "errors",
    "SummaryError": "errors",
    "SummaryWriter": "summary_writer",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
