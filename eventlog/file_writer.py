"""`FileWriter`: logs events and summaries that the program built itself."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import Any

from .errors import BadTypeError
from .messages import Event, Summary, parse
from .writers.base import WriterBase

__all__ = ["FileWriter"]

_TRACE_TAG = "step1"  # of the run metadata beside a graph, as torch's writer has it


class FileWriter:
    """Logs messages, ours or those of TensorBoard, TensorFlow or tensorboardX: what `SummaryWriter.file_writer` is.

    Parameters
    ----------
    log_dir, max_queue, flush_secs, filename_suffix
        See `SummaryWriter`.
    """

    def __init__(
        self,
        log_dir: str | os.PathLike[str],
        max_queue: int = 10,
        flush_secs: float = 120,
        filename_suffix: str = "",
    ) -> None:
        self._writer = WriterBase(
            os.fspath(log_dir), max_queue=max_queue, flush_secs=flush_secs, filename_suffix=filename_suffix
        )

    @classmethod
    def of(cls, writer: WriterBase) -> FileWriter:
        """Return the one that logs to the files of `writer`."""
        new = cls.__new__(cls)
        new._writer = writer
        return new

    def get_logdir(self) -> str:
        """Return the directory of the run."""
        return self._writer.log_dir

    def add_event(self, event: Any, step: Any = None, walltime: float | None = None) -> None:
        """Log an event.

        Parameters
        ----------
        event
            An Event message, or one serialized; it is left as it is.
        step
            Instead of the event's own.
        walltime
            Instead of now; the event's own has no effect.

        Raises
        ------
        BadTypeError, SummaryError
            If it is no event.
        """
        copy = parse(_serialized(event), Event)
        self._writer._add_event("add_event", copy, (copy.step or None) if step is None else step, walltime)

    def add_summary(self, summary: Any, global_step: Any = None, walltime: float | None = None) -> None:
        """Log a Summary message, or one serialized, as an event.

        Raises
        ------
        BadTypeError, SummaryError
            If it is no summary.
        """
        copy = parse(_serialized(summary), Summary)
        self._writer._add_values("add_summary", copy.value, global_step, walltime)

    def add_graph(self, graph_profile: tuple[Any, Any], walltime: float | None = None) -> None:
        """Log a GraphDef message and the RunMetadata message that belongs to it."""
        graph, run_metadata = graph_profile
        self.add_onnx_graph(graph, walltime)
        traced = {"tag": _TRACE_TAG, "run_metadata": _serialized(run_metadata)}
        self._writer._add_event("add_graph", Event(tagged_run_metadata=traced), None, walltime)

    def add_onnx_graph(self, graph: Any, walltime: float | None = None) -> None:
        """Log a GraphDef message."""
        self._writer._add_event("add_graph", Event(graph_def=_serialized(graph)), None, walltime)

    add_openvino_graph = add_onnx_graph

    def use_metadata(self, *, global_step: Any = None, walltime: float | None = None) -> AbstractContextManager[Any]:
        """See `SummaryWriter.use_metadata`."""
        return self._writer.use_metadata(global_step=global_step, walltime=walltime)

    def flush(self, *, fsync: bool = False) -> None:
        """See `SummaryWriter.flush`."""
        self._writer.flush(fsync=fsync)

    def close(self) -> None:
        """See `SummaryWriter.close`."""
        self._writer.close()

    def reopen(self) -> None:
        """Do nothing: what is logged after `close` opens a new file by itself."""


def _serialized(message: Any) -> bytes:
    if isinstance(message, (bytes, bytearray, memoryview)):
        return bytes(message)
    if not hasattr(message, "SerializeToString"):
        raise BadTypeError(f"{type(message).__name__} is no protobuf message")
    return bytes(message.SerializeToString())
