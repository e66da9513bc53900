"""What can go wrong with a viewer.

::

    ViewerError
    ├── OptionError (ValueError)          a command line that cannot be followed
    ├── PortError (OSError)               an address that cannot be listened on
    │   └── PortTakenError                somebody listens there already
    ├── LaunchError (RuntimeError)        a background viewer that did not come up
    ├── RegistryError (OSError)           records of running viewers cannot be kept safely
    ├── NoSuchViewerError (LookupError)   no running viewer by that port or id
    ├── WebAppMissingError (FileNotFoundError)   the built web app is not in the package
    └── RequestError                      an HTTP request that gets an error for an answer
        ├── BadParameterError (ValueError)       400
        ├── BadBodyError (ValueError)            400
        ├── RefusedError (PermissionError)       403
        │   └── NoTokenError                     whoever has the token may type it
        ├── NotFoundError (LookupError)          404
        ├── ConflictError (RuntimeError)         409
        └── LayoutError (OSError)                507
"""

from __future__ import annotations

from typing import ClassVar


class ViewerError(Exception):
    """Base of everything the viewer raises on purpose; `hint` says what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        if not self.hint:
            return self.message
        return f"{self.message}. {self.hint[:1].upper()}{self.hint[1:]}{'' if self.hint.endswith('?') else '.'}"


class OptionError(ViewerError, ValueError):
    """An option that does not exist, lacks a value, or has a value out of range."""


class PortError(ViewerError, OSError):
    """The viewer cannot listen on the host and port asked for."""


class PortTakenError(PortError):
    """Another process listens on the port asked for."""


class LaunchError(ViewerError, RuntimeError):
    """A background viewer ended, or stayed silent, before it answered.

    `log` holds the end of what it printed.
    """

    def __init__(self, message: str, hint: str = "", log: str = "") -> None:
        super().__init__(message, hint)
        self.log = log

    def __str__(self) -> str:
        said = super().__str__()
        return f"{said}\nThe viewer's last words:\n{self.log}" if self.log else said


class RegistryError(ViewerError, OSError):
    """The folder of records is not ours alone, or cannot be written."""


class NoSuchViewerError(ViewerError, LookupError):
    """No running viewer answers to that port or id."""


class WebAppMissingError(ViewerError, FileNotFoundError):
    """The package holds no built web app (a source checkout that was not built)."""


class RequestError(ViewerError):
    """An HTTP request answered with an error; `status` is the HTTP status code."""

    status: ClassVar[int] = 500


class BadParameterError(RequestError, ValueError):
    """A query parameter that is missing, malformed or out of range."""

    status = 400


class RefusedError(RequestError, PermissionError):
    """The token, the Host or the Origin is not one this viewer answers to."""

    status = 403


class NoTokenError(RefusedError):
    """The address does not hold the viewer's token."""


class NotFoundError(RequestError, LookupError):
    """No such run, tag, sample or address."""

    status = 404


class BadBodyError(RequestError, ValueError):
    """What was sent to be kept is malformed, or too much."""

    status = 400


class ConflictError(RequestError, RuntimeError):
    """What is to be replaced is not what the client saw."""

    status = 409


class LayoutError(RequestError, OSError):
    """The user's layout cannot be read or written."""

    status = 507
