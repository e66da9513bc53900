"""Event logs: write them, scan them, hold them as runs and series.

Public names load on first use: a writer needs no reader, and neither costs anything before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .audio_sample import AudioSample
    from .binning import rebin
    from .colors import run_color
    from .embeddings import Embedding
    from .errors import (
        BadTypeError,
        BadValueError,
        EventLogError,
        EventLogWarning,
        GraphFileError,
        MissingPackageError,
        NotANumberError,
        RecordError,
        SummaryError,
        TraceError,
    )
    from .experiment import Experiment
    from .file_writer import FileWriter
    from .global_writer import GlobalSummaryWriter
    from .graph_series import GraphSample, GraphSeries
    from .graphs.graph_file import read_graph_file
    from .graphs.table import GraphTable
    from .hparams import HParams
    from .logdir import LogDir
    from .mesh_series import MeshSample, MeshSeries
    from .native import native_available
    from .numeric_samples import PrCurveSample, TensorSample
    from .pairing import last_at_or_before
    from .precision_recall import average_precision
    from .problems import Problem
    from .record_writer import RecordWriter
    from .run import Run
    from .samples import HistogramSample, ImageSample, TextSample
    from .series import AudioSeries, HistogramSeries, ImageSeries, PrCurveSeries, ScalarSeries, TensorSeries, TextSeries
    from .shares import percentiles
    from .smooth import ema, ema_by_distance, smoothed
    from .smooth_gaussian import gaussian
    from .smooth_windows import running_mean, running_median
    from .spreading import spread
    from .summary_writer import SummaryWriter
    from .thinning import thin

__all__ = [
    "AudioSample",
    "AudioSeries",
    "BadTypeError",
    "BadValueError",
    "Embedding",
    "EventLogError",
    "EventLogWarning",
    "Experiment",
    "FileWriter",
    "GlobalSummaryWriter",
    "GraphFileError",
    "GraphSample",
    "GraphSeries",
    "GraphTable",
    "HParams",
    "HistogramSample",
    "HistogramSeries",
    "ImageSample",
    "ImageSeries",
    "LogDir",
    "MeshSample",
    "MeshSeries",
    "MissingPackageError",
    "NotANumberError",
    "PrCurveSample",
    "PrCurveSeries",
    "Problem",
    "RecordError",
    "RecordWriter",
    "Run",
    "ScalarSeries",
    "SummaryError",
    "SummaryWriter",
    "TensorSample",
    "TensorSeries",
    "TextSample",
    "TextSeries",
    "TraceError",
    "average_precision",
    "ema",
    "ema_by_distance",
    "gaussian",
    "last_at_or_before",
    "native_available",
    "percentiles",
    "read_graph_file",
    "rebin",
    "run_color",
    "running_mean",
    "running_median",
    "smoothed",
    "spread",
    "thin",
]

_HOMES = {
    "AudioSample": "audio_sample",
    "AudioSeries": "series",
    "BadTypeError": "errors",
    "BadValueError": "errors",
    "Embedding": "embeddings",
    "EventLogError": "errors",
    "EventLogWarning": "errors",
    "Experiment": "experiment",
    "FileWriter": "file_writer",
    "GlobalSummaryWriter": "global_writer",
    "GraphFileError": "errors",
    "GraphSample": "graph_series",
    "GraphSeries": "graph_series",
    "GraphTable": "graphs.table",
    "HParams": "hparams",
    "HistogramSample": "samples",
    "HistogramSeries": "series",
    "ImageSample": "samples",
    "ImageSeries": "series",
    "LogDir": "logdir",
    "MeshSample": "mesh_series",
    "MeshSeries": "mesh_series",
    "MissingPackageError": "errors",
    "NotANumberError": "errors",
    "PrCurveSample": "numeric_samples",
    "PrCurveSeries": "series",
    "Problem": "problems",
    "RecordError": "errors",
    "RecordWriter": "record_writer",
    "Run": "run",
    "ScalarSeries": "series",
    "SummaryError": "errors",
    "SummaryWriter": "summary_writer",
    "TensorSample": "numeric_samples",
    "TensorSeries": "series",
    "TextSample": "samples",
    "TextSeries": "series",
    "TraceError": "errors",
    "average_precision": "precision_recall",
    "ema": "smooth",
    "ema_by_distance": "smooth",
    "gaussian": "smooth_gaussian",
    "last_at_or_before": "pairing",
    "native_available": "native",
    "percentiles": "shares",
    "read_graph_file": "graphs.graph_file",
    "rebin": "binning",
    "run_color": "colors",
    "running_mean": "smooth_windows",
    "running_median": "smooth_windows",
    "smoothed": "smooth",
    "spread": "spreading",
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
