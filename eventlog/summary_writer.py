"""`SummaryWriter`: what a training program logs with."""

from __future__ import annotations

import os
import platform
from datetime import datetime
from pathlib import Path
from typing import Any

from .errors import BadValueError
from .file_writer import FileWriter
from .notices import warn
from .writers.audio import AudioMethods
from .writers.embeddings import EmbeddingMethods
from .writers.graphs import GraphMethods
from .writers.histograms import HistogramMethods
from .writers.hparams import HParamsMethods
from .writers.images import ImageMethods
from .writers.layouts import LayoutMethods
from .writers.meshes import MeshMethods
from .writers.pr_curves import PrCurveMethods
from .writers.scalars import ScalarMethods
from .writers.tensors import TensorMethods
from .writers.texts import TextMethods

__all__ = ["SummaryWriter"]


class SummaryWriter(
    ScalarMethods,
    HistogramMethods,
    ImageMethods,
    AudioMethods,
    TextMethods,
    TensorMethods,
    PrCurveMethods,
    MeshMethods,
    LayoutMethods,
    HParamsMethods,
    EmbeddingMethods,
    GraphMethods,
):
    """Logs to event files that cellboard and TensorBoard read; has the methods of torch's and tensorboardX's writers.

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
    write_to_disk
        Whether anything is written at all: false for the processes of a parallel training that shall not log.
    logdir
        The same as `log_dir`, by the name that it has in tensorboardX.
    comet_config
        Accepted for tensorboardX's sake; nothing is sent anywhere.
    kwargs
        Any other option is left alone, with an `EventLogWarning`.

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
        write_to_disk: bool = True,
        logdir: str | os.PathLike[str] | None = None,
        comet_config: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        _warn_of_unknown(kwargs)
        if comet_config and not comet_config.get("disabled"):
            warn("comet_config has no effect: this writer logs to files only")
        directory = log_dir or logdir
        super().__init__(
            _checked(os.fspath(directory)) if directory else _default_log_dir(comment),
            purge_step=purge_step,
            max_queue=max_queue,
            flush_secs=flush_secs,
            filename_suffix=filename_suffix,
            write_to_disk=write_to_disk,
        )

    @property
    def logdir(self) -> str:
        """Directory of the run, by the name that it has in tensorboardX."""
        return self.log_dir

    @property
    def file_writer(self) -> FileWriter:
        """What logs whole events and summaries to the files of the run."""
        return FileWriter.of(self)

    def _get_file_writer(self) -> FileWriter:
        # Not public anywhere, but programs reach for it in torch's writer to log a summary that they built.
        return self.file_writer


def _warn_of_unknown(options: dict[str, Any]) -> None:
    for name in options:
        import difflib

        code = SummaryWriter.__init__.__code__
        near = difflib.get_close_matches(name, code.co_varnames[1 : code.co_argcount], n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        warn(f"SummaryWriter has no option {name!r}, so it has no effect{hint}")


def _checked(log_dir: str) -> str:
    if "://" in log_dir:
        raise BadValueError(f"log_dir {log_dir!r} is an address, not a directory; log to a directory and copy it there")
    return log_dir


def _default_log_dir(comment: str) -> str:
    return str(Path("runs", f"{datetime.now():%b%d_%H-%M-%S}_{platform.node()}{comment}"))
