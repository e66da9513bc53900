"""`SummaryWriter`: what a training program logs with."""

from __future__ import annotations

import os
import platform
from datetime import datetime
from pathlib import Path

from .errors import BadValueError
from .writers.graphs import GraphMethods
from .writers.histograms import HistogramMethods
from .writers.images import ImageMethods
from .writers.scalars import ScalarMethods
from .writers.texts import TextMethods

__all__ = ["SummaryWriter"]


class SummaryWriter(ScalarMethods, HistogramMethods, ImageMethods, TextMethods, GraphMethods):
    """Logs to event files that cellboard and TensorBoard read, with the methods of torch's writer.

    What is logged reaches the operating system within a second, and at once with `flush`, `close` or the end of the
    program. Where the disk does not take it, one `EventLogWarning` says so and the program goes on; see `lost_events`.
    Methods may be called from several threads. In a forked child the writer goes on in a file of its own.

    Numbers, images and tensors may be Python's, numpy's, torch's, jax's or TensorFlow's, on any device. Every `add_`
    method raises a `TypeError` or `ValueError` that names the tag if it is given something that it cannot log;
    `global_step` is an integer within 64 bits (0 if it is left out), `walltime` seconds since the epoch (now).

    Parameters
    ----------
    log_dir
        Directory of the run; made if it is missing. Default ``runs/<month><day>_<time>_<host><comment>``.
    comment
        Appended to the default `log_dir`; of no effect if that is given.
    purge_step
        A program that was restarted and goes on at step T gives T: readers then hide what was logged at T and later
        before the restart.
    max_queue
        Events other than scalars (images, histograms, texts) that may wait before they are written without delay.
        Scalars wait by the second, not by the number. Memory stays bounded either way: beyond some thousand events,
        or 32 MiB, the caller waits until they are written.
    flush_secs
        Longest time in seconds that an event waits. More than one second has no effect, so that a board can follow.
    filename_suffix
        Appended to the names of event files as it is.

    Raises
    ------
    OSError
        If the directory or the file cannot be created.
    BadValueError
        If `log_dir` is an address such as ``s3://bucket/run``: only directories can be written to.
    """

    def __init__(
        self,
        log_dir: str | os.PathLike[str] | None = None,
        comment: str = "",
        purge_step: int | None = None,
        max_queue: int = 10,
        flush_secs: float = 120,
        filename_suffix: str = "",
    ) -> None:
        super().__init__(
            _checked(os.fspath(log_dir)) if log_dir else _default_log_dir(comment),
            purge_step=purge_step,
            max_queue=max_queue,
            flush_secs=flush_secs,
            filename_suffix=filename_suffix,
        )


def _checked(log_dir: str) -> str:
    if "://" in log_dir:
        raise BadValueError(f"log_dir {log_dir!r} is an address, not a directory; log to a directory and copy it there")
    return log_dir


def _default_log_dir(comment: str) -> str:
    return str(Path("runs", f"{datetime.now():%b%d_%H-%M-%S}_{platform.node()}{comment}"))
