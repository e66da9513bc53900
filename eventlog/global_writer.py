"""`GlobalSummaryWriter`: one log for all modules and processes of a program, which counts the steps itself."""

from __future__ import annotations

import os
import threading
import time
import weakref
from types import TracebackType
from typing import Any

import numpy as np

from . import pixels
from .arrays import as_number, as_tag, as_wall_time
from .errors import BadTypeError
from .file_writer import FileWriter
from .messages import Event, SummaryValue
from .notices import warn
from .summaries import image, text
from .summary_writer import SummaryWriter
from .writers.counter import Counted, Link, Server

__all__ = ["GlobalSummaryWriter"]

_SCALAR, _IMAGE, _TEXT = "scalar", "image", "text"


class GlobalSummaryWriter:
    """Logs without steps: the first summary of a tag is step 0, the next one step 1, whichever process logs it.

    The process that makes it writes the file. Processes that are forked from it, or that it is handed to as they start,
    send what they log to that process, and go on once it was taken there. If that process is gone, they drop what they
    log, with one `EventLogWarning`; `lost_events` counts it.

    Parameters
    ----------
    logdir, comment, purge_step, max_queue, flush_secs, filename_suffix, write_to_disk, log_dir, kwargs
        See `SummaryWriter`.
    coalesce_process
        Accepted for tensorboardX's sake; of no effect there either.
    """

    def __init__(
        self,
        logdir: str | os.PathLike[str] | None = None,
        comment: str = "",
        purge_step: int | None = None,
        max_queue: int = 10,
        flush_secs: float = 120,
        filename_suffix: str = "",
        write_to_disk: bool = True,
        log_dir: str | os.PathLike[str] | None = None,
        coalesce_process: bool = True,
        **kwargs: Any,
    ) -> None:
        self.smw: SummaryWriter | None = SummaryWriter(
            log_dir or logdir, comment, purge_step, max_queue, flush_secs, filename_suffix, write_to_disk, **kwargs
        )
        self.log_dir = self.smw.log_dir
        self._steps, self._order = Counted(), threading.Lock()
        server = Server(weakref.WeakMethod(self._take), weakref.WeakMethod(self.flush))
        weakref.finalize(self, server.stop)
        self._address, self._key, self._owner = server.address, server.key, os.getpid()
        self._begin_in_this_process()

    def _begin_in_this_process(self) -> None:
        self._links: dict[int, Link] = {}  # by process, for a fork copies them
        self._noticed: set[str] = set()
        self._lost: dict[int, int] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {"log_dir": self.log_dir, "_address": self._address, "_key": self._key, "_owner": self._owner}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, smw=None)
        self._begin_in_this_process()

    @staticmethod
    def getSummaryWriter() -> GlobalSummaryWriter:
        """Return the writer that all modules share: made by the first call, with default arguments."""
        global _shared
        with _making:
            if _shared is None:
                _shared = GlobalSummaryWriter()
        return _shared

    @property
    def logdir(self) -> str:
        """Directory of the run."""
        return self.log_dir

    @property
    def file_writer(self) -> FileWriter:
        """See `SummaryWriter.file_writer`; in the process that made this writer only."""
        if self.smw is None:
            raise BadTypeError("only the process that made a GlobalSummaryWriter has its file_writer")
        return self.smw.file_writer

    @property
    def lost_events(self) -> int:
        """Number of events that this process gave up."""
        return self._lost.get(os.getpid(), 0) + (self.smw.lost_events if self.smw is not None else 0)

    def add_scalar(self, tag: str, scalar_value: Any, walltime: float | None = None) -> None:
        """Log one number; see `SummaryWriter.add_scalar`."""
        value = SummaryValue(tag=as_tag(tag))
        value.simple_value = _as_float32(as_number(tag, scalar_value))
        self._log(_SCALAR, value, walltime)

    def add_image(self, tag: str, img_tensor: Any, walltime: float | None = None, dataformats: str = "CHW") -> None:
        """Log a picture; see `SummaryWriter.add_image`."""
        tag = as_tag(tag)
        picture = pixels.to_pixels(tag, img_tensor, dataformats, lambda told: self._notice(tag, told))
        self._log(_IMAGE, image.encode(tag, picture), walltime)

    def add_text(self, tag: str, text_string: str, walltime: float | None = None) -> None:
        """Log a text; see `SummaryWriter.add_text`."""
        tag = as_tag(tag)
        if not isinstance(text_string, (str, bytes)):
            raise BadTypeError(f"tag {tag!r}: a text must be a str, not {type(text_string).__name__}")
        self._log(_TEXT, text.encode(tag, text_string), walltime)

    def flush(self) -> None:
        """Return when the operating system has all that this process logged."""
        if os.getpid() == self._owner and self.smw is not None:
            self.smw.flush()
        else:
            self._tell(lambda link: link.flush(), 0)

    def close(self) -> None:
        """Flush; in the process that made this writer, also close the file. Logging may go on."""
        if os.getpid() == self._owner and self.smw is not None:
            self.smw.close()
        else:
            self.flush()

    def __enter__(self) -> GlobalSummaryWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _log(self, kind: str, value: Any, walltime: float | None) -> None:
        event = Event(wall_time=as_wall_time(value.tag, time.time() if walltime is None else walltime))
        event.summary.value.add().CopyFrom(value)
        if os.getpid() == self._owner and self.smw is not None:
            self._take(kind, event)
        else:
            self._tell(lambda link: link.send(kind, event), 1)

    def _take(self, kind: str, event: Any) -> None:
        """Give an event of any process its step and log it: in the process that owns the file."""
        assert self.smw is not None
        tag = event.summary.value[0].tag
        with self._order:
            step = self._steps.next(kind, tag)
            self.smw._add_event(tag, event, step, event.wall_time)

    def _tell(self, call: Any, events: int) -> None:
        process = os.getpid()
        link = self._links.setdefault(process, Link(self._address, self._key, self._owner))
        try:
            call(link)
        except (OSError, EOFError) as error:
            self._lost[process] = self._lost.get(process, 0) + events
            self._notice("", f"the process {self._owner} that writes the log does not answer: {error or 'it is gone'}")

    def _notice(self, tag: str, message: str) -> None:
        if tag not in self._noticed:
            self._noticed.add(tag)
            warn(
                f"tag {tag!r}: {message} (said once for this tag)" if tag else f"{message}; what is logged here is lost"
            )


def _as_float32(number: float) -> float:
    with np.errstate(over="ignore"):
        return float(np.float32(number))


_shared: GlobalSummaryWriter | None = None
_making = threading.Lock()
