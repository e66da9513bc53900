"""Every error and warning of the event log.

    EventLogError
    ├── RecordError      (ValueError)  bytes of a file that are no intact record
    ├── SummaryError     (ValueError)  a record that is intact, but holds no such summary
    ├── BadTypeError     (TypeError)   a value given to a writer that is of no type it can log
    │   └── NotANumberError            a value that is no number, where a number is needed
    ├── BadValueError    (ValueError)  any other value given to a writer that it cannot log
    ├── GraphFileError   (ValueError)  a file that holds no model whose graph could be logged
    ├── TraceError       (RuntimeError) a model that cannot be run or traced to log its graph
    └── MissingPackageError (ImportError) a package that is needed for what was asked for is not installed

    EventLogWarning      (UserWarning)  logging goes on, but not as asked

Each is also the built-in error that a caller would catch.
"""

from __future__ import annotations

__all__ = [
    "BadTypeError",
    "BadValueError",
    "EventLogError",
    "EventLogWarning",
    "GraphFileError",
    "MissingPackageError",
    "NotANumberError",
    "RecordError",
    "SummaryError",
    "TraceError",
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


class GraphFileError(EventLogError, ValueError):
    """A file that holds no model of its kind: damaged, foreign or hostile.

    Parameters
    ----------
    path
        The file.
    reason
        What is wrong with it, and what to do.
    """

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class TraceError(EventLogError, RuntimeError):
    """A model whose graph cannot be logged because it cannot be run, or not be traced, with the given inputs."""


class MissingPackageError(EventLogError, ImportError):
    """A package that is needed for what was asked for is not installed.

    Parameters
    ----------
    package
        Its name.
    extra
        What to ask for when installing cellboard, to get it.
    purpose
        What it is needed for.
    """

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        self.package, self.extra = package, extra
        super().__init__(f"{purpose} needs {package}, which is not installed: pip install 'cellboard[{extra}]'")


class EventLogWarning(UserWarning):
    """Logging goes on, but something was changed or could not be written."""
