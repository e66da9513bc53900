"""Event logs: write them, scan them, hold them as runs and series.

Public names load on first use: a writer needs no reader, and neither costs anything before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .binning import rebin
    from .colors import run_color
    from .errors import (
        BadTypeError,
        BadValueError,
        EventLogError,
        EventLogWarning,
        GraphFileError,
        NotANumberError,
        RecordError,
        SummaryError,
        TraceError,
    )
    from .logdir import LogDir
    from .problems import Problem
    from .run import Run
    from .samples import HistogramSample, ImageSample, TextSample
    from .series import HistogramSeries, ImageSeries, ScalarSeries, TextSeries
    from .smooth import ema
    from .summary_writer import SummaryWriter
    from .thinning import thin

__all__ = [
    "BadTypeError",
    "BadValueError",
    "EventLogError",
    "EventLogWarning",
    "GraphFileError",
    "HistogramSample",
    "HistogramSeries",
    "ImageSample",
    "ImageSeries",
    "LogDir",
    "NotANumberError",
    "Problem",
    "RecordError",
    "Run",
    "ScalarSeries",
    "SummaryError",
    "SummaryWriter",
    "TextSample",
    "TextSeries",
    "TraceError",
    "ema",
    "rebin",
    "run_color",
    "thin",
]

_HOMES = {
    "BadTypeError": "errors",
    "BadValueError": "errors",
    "EventLogError": "errors",
    "EventLogWarning": "errors",
    "GraphFileError": "errors",
    "HistogramSample": "samples",
    "HistogramSeries": "series",
    "ImageSample": "samples",
    "ImageSeries": "series",
    "LogDir": "logdir",
    "NotANumberError": "errors",
    "Problem": "problems",
    "RecordError": "errors",
    "Run": "run",
    "ScalarSeries": "series",
    "SummaryError": "errors",
    "SummaryWriter": "summary_writer",
    "TextSample": "samples",
    "TextSeries": "series",
    "TraceError": "errors",
    "ema": "smooth",
    "rebin": "binning",
    "run_color": "colors",
    "thin": "thinning",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
