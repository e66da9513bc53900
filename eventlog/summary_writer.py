"""`SummaryWriter`: what a training program logs with."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from . import pixels
from .arrays import as_array, as_number, as_step, as_tag, as_wall_time
from .errors import BadTypeError, BadValueError
from .event_file_writer import EventFileWriter
from .messages import Event
from .notices import warn
from .summaries import figure as figures
from .summaries import histogram, image, scalar, text

__all__ = ["SummaryWriter"]

_START = 1  # SessionLog.status


class SummaryWriter:
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
        self.log_dir = _checked(os.fspath(log_dir)) if log_dir else _default_log_dir(comment)
        self.purge_step, self.max_queue, self.flush_secs = purge_step, max_queue, flush_secs
        self.filename_suffix = filename_suffix
        self._noticed: set[str] = set()
        self._warn_of_disk = _WarnOnce()
        self._writers: dict[str, EventFileWriter] = {}
        self._events = self._writer_for(self.log_dir)
        self._events.open()
        if purge_step is not None:
            self._add_purge(as_step("purge_step", purge_step))

    def get_logdir(self) -> str:
        """Return the directory of the run."""
        return self.log_dir

    @property
    def lost_events(self) -> int:
        """Number of events that were given up because the disk did not take them."""
        return sum(writer.lost for writer in list(self._writers.values()))

    def add_scalar(
        self,
        tag: str,
        scalar_value: Any,
        global_step: Any = None,
        walltime: float | None = None,
        new_style: bool = False,
        double_precision: bool = False,
    ) -> None:
        """Log one number, as float32.

        Parameters
        ----------
        tag
            Name of the series; a ``/`` groups.
        scalar_value
            A number, or an array of one element.
        global_step, walltime
            See the class.
        new_style
            Write a tensor and not a plain value.
        double_precision
            With `new_style`: write it as float64.
        """
        if type(tag) is not str:
            tag = as_tag(tag)
        if type(scalar_value) is not float:
            scalar_value = as_number(tag, scalar_value)
        if type(global_step) is not int or not -0x8000000000000000 <= global_step <= 0x7FFFFFFFFFFFFFFF:
            global_step = as_step(tag, global_step)
        walltime = time.time() if walltime is None else as_wall_time(tag, walltime)
        if new_style:
            value = scalar.encode_tensor(tag, scalar_value, double_precision=double_precision)
            self._add_value(value, global_step, walltime)
        else:
            self._events.add_scalar(tag, scalar_value, global_step, walltime)

    def add_scalars(
        self,
        main_tag: str,
        tag_scalar_dict: Mapping[str, Any],
        global_step: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Log several numbers for one chart: each in a run of its own, ``<log_dir>/<main_tag>_<key>``, as `main_tag`.

        Parameters
        ----------
        main_tag
            Name of the series in every such run.
        tag_scalar_dict
            A number a key, as for `add_scalar`.
        global_step, walltime
            See the class.
        """
        main_tag = as_tag(main_tag)
        if not isinstance(tag_scalar_dict, Mapping):
            raise BadTypeError(f"tag {main_tag!r}: add_scalars takes a dict, not {type(tag_scalar_dict).__name__}")
        step, when = as_step(main_tag, global_step), _when(main_tag, walltime)
        numbers = {as_tag(key): as_number(f"{main_tag}/{key}", value) for key, value in tag_scalar_dict.items()}
        for key, number in numbers.items():
            directory = os.path.join(self.log_dir, f"{main_tag.replace('/', '_')}_{key}")
            self._writer_for(directory).add_scalar(main_tag, number, step, when)

    def add_histogram(
        self,
        tag: str,
        values: Any,
        global_step: Any = None,
        bins: Any = "tensorflow",
        walltime: float | None = None,
        max_bins: int | None = None,
    ) -> None:
        """Log how the elements of an array are distributed.

        Parameters
        ----------
        tag
            Name of the series.
        values
            Real numbers of any shape. NaN and infinities are in no bin.
        global_step, walltime
            See the class.
        bins
            ``"tensorflow"``: 1548 bins whose edges grow by a tenth each, on both sides of zero, as torch has them.
            Otherwise what ``numpy.histogram`` takes.
        max_bins
            Join neighbouring bins if there are more than so many.
        """
        tag = as_tag(tag)
        value = histogram.encode(tag, as_array(tag, values), bins, max_bins)
        self._add_value(value, global_step, walltime)

    def add_image(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        dataformats: str = "CHW",
    ) -> None:
        """Log a picture.

        Floats are pixels in 0..1, bools 0 and 1, integers 0..255; integers of a wider type than uint8 that are 0 and 1
        throughout are taken for a mask. What lies outside is clipped, with one warning a tag.

        Parameters
        ----------
        tag
            Name of the series.
        img_tensor
            An array with 1 to 4 channels, or a picture of PIL (for which `dataformats` is known).
        global_step, walltime
            See the class.
        dataformats
            A letter an axis: CHW, HWC, HW, or any other order.
        """
        tag = as_tag(tag)
        picture = pixels.to_pixels(tag, img_tensor, dataformats, lambda text: self._notice(tag, text))
        self._add_value(image.encode(tag, picture), global_step, walltime)

    def add_images(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        dataformats: str = "NCHW",
    ) -> None:
        """Log several pictures of one size as a grid, 8 in a row; see `add_image`.

        Parameters
        ----------
        tag
            Name of the series.
        img_tensor
            An array, or a list of arrays of one shape.
        global_step, walltime
            See the class.
        dataformats
            A letter an axis; a list of pictures has the axis N in front.
        """
        if isinstance(img_tensor, (list, tuple)) and isinstance(dataformats, str) and "N" not in dataformats.upper():
            dataformats = f"N{dataformats}"
        self.add_image(tag, img_tensor, global_step, walltime, dataformats)

    def add_figure(
        self,
        tag: str,
        figure: Any,
        global_step: Any = None,
        close: bool = True,
        walltime: float | None = None,
    ) -> None:
        """Draw a matplotlib figure, or a list of figures of one size as a grid, and log the picture.

        Parameters
        ----------
        tag
            Name of the series.
        figure
            The figure or figures.
        global_step, walltime
            See the class.
        close
            Have pyplot forget them afterwards.
        """
        self.add_image(tag, figures.to_pixels(as_tag(tag), figure, close=close), global_step, walltime, "NHWC")

    def add_text(
        self,
        tag: str,
        text_string: str,
        global_step: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Log a text, shown as Markdown.

        Parameters
        ----------
        tag
            Name of the series; the log holds it with ``/text_summary`` appended, as torch does.
        text_string
            The text.
        global_step, walltime
            See the class.
        """
        tag = as_tag(tag)
        if not isinstance(text_string, (str, bytes)):
            raise BadTypeError(f"tag {tag!r}: a text must be a str, not {type(text_string).__name__}")
        self._add_value(text.encode(tag, text_string), global_step, walltime)

    def flush(self) -> None:
        """Return when the operating system has all that was logged."""
        for writer in list(self._writers.values()):
            writer.flush()

    def close(self) -> None:
        """Flush, and close the files. Logging may go on, in new files."""
        for writer in list(self._writers.values()):
            writer.close()

    def __enter__(self) -> SummaryWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _writer_for(self, directory: str) -> EventFileWriter:
        known = self._writers.get(directory)
        if known is not None:
            return known
        new = EventFileWriter(directory, self.max_queue, self.flush_secs, self.filename_suffix, self._warn_of_disk)
        return self._writers.setdefault(directory, new)  # another thread may have been quicker

    def _add_value(self, value: Any, global_step: Any, walltime: float | None) -> None:
        event = Event(step=as_step(value.tag, global_step), wall_time=_when(value.tag, walltime))
        event.summary.value.add().CopyFrom(value)
        self._events.add_event(event)

    def _add_purge(self, step: int) -> None:
        for content in ({"file_version": "brain.Event:2"}, {"session_log": {"status": _START}}):
            self._events.add_event(Event(step=step, wall_time=time.time(), **content))

    def _notice(self, tag: str, message: str) -> None:
        if tag not in self._noticed:
            self._noticed.add(tag)
            warn(f"tag {tag!r}: {message} (said once for this tag)")


class _WarnOnce:
    """Says once that the disk does not take the log, for all writers of a run."""

    def __init__(self) -> None:
        self._told = False

    def __call__(self, error: OSError) -> None:
        if not self._told:
            self._told = True
            warn(
                f"cannot write the event log: {error}. The program goes on; what it logs is kept in memory, up to a "
                "bound, and written once that is possible. `lost_events` counts what was given up."
            )


def _when(tag: str, walltime: float | None) -> float:
    return time.time() if walltime is None else as_wall_time(tag, walltime)


def _checked(log_dir: str) -> str:
    if "://" in log_dir:
        raise BadValueError(f"log_dir {log_dir!r} is an address, not a directory; log to a directory and copy it there")
    return log_dir


def _default_log_dir(comment: str) -> str:
    return str(Path("runs", f"{datetime.now():%b%d_%H-%M-%S}_{platform.node()}{comment}"))
