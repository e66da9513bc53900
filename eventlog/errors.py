"""Every error and warning of the event log.

    EventLogError
    ├── RecordError      (ValueError)  bytes of a file that are no intact record
    ├── SummaryError     (ValueError)  a record that is intact, but holds no such summary
    ├── BadTypeError     (TypeError)   a value given to a writer that is of no type it can log
    │   └── NotANumberError            a value that is no number, where a number is needed
    └── BadValueError    (ValueError)  any other value given to a writer that it cannot log

    EventLogWarning      (UserWarning)  logging goes on, but not as asked

Each is also the built-in error that a caller would catch.
"""

from __future__ import annotations

__all__ = [
    "BadTypeError",
    "BadValueError",
    "EventLogError",
    "EventLogWarning",
    "NotANumberError",
    "RecordError",
    "SummaryError",
]


class EventLogError(Exception):
    """Anything that goes wrong while an event log is written or read."""


class RecordError(EventLogError, ValueError):
    """Bytes of an event file that are no intact record.

    Parameters
    ----------
    reason
        What is wrong with them.
    path
        The file, if it is known.
    offset
        Where in the file the record begins, in bytes.
    """

    def __init__(self, reason: str, *, path: str | None = None, offset: int | None = None) -> None:
        self.reason, self.path, self.offset = reason, path, offset
        where = "" if path is None else f"{path}: "
        place = "" if offset is None else f" at byte {offset}"
        super().__init__(f"{where}{reason}{place}")


class SummaryError(EventLogError, ValueError):
    """A summary whose content is not what its kind calls for: damaged, foreign or hostile."""


class BadTypeError(EventLogError, TypeError):
    """A value given to a writer that is of no type it can log."""


class NotANumberError(BadTypeError):
    """A value given to a writer that is no number where a number is needed."""


class BadValueError(EventLogError, ValueError):
    """A value given to a writer that it cannot log: a shape, a layout, a range."""


class EventLogWarning(UserWarning):
    """Logging goes on, but something was changed or could not be written."""
