"""Whether cellboard itself is in order here: its parts, its viewers, its port."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from importlib import metadata

from .doctor_findings import Finding, good, note, problem
from .viewer import ports, registry
from .viewer.errors import PortError, PortTakenError, ViewerError
from .viewer.options import ViewerOptions
from .viewer.webapp import HOW_TO_BUILD, NOT_BUILT, WebApp

__all__ = ["about_system"]

_PACKAGES = ("cellboard", "numpy", "protobuf", "tornado", "ipywidgets", "jupyterlab")


def about_system(logdir: str, port: int | None) -> Iterator[Finding]:
    """Yield findings about this installation and the viewers that run.

    Parameters
    ----------
    logdir
        As `ViewerOptions.real_logdir` has it.
    port
        The one that shall be free; None for the usual ones.
    """
    yield note(", ".join([f"Python {platform.python_version()}", *map(_version, _PACKAGES)]))
    yield _about_native()
    yield good("the web app is built") if WebApp().is_built else problem(f"{NOT_BUILT}: {HOW_TO_BUILD}")
    yield from _about_viewers(logdir)
    yield _about_port(port)


def _version(package: str) -> str:
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return f"no {package}"


def _about_native() -> Finding:
    from .eventlog import native_available

    if native_available():
        return good("the extension in C is in use")
    why = "CELLBOARD_NO_NATIVE is set" if os.environ.get("CELLBOARD_NO_NATIVE") else "it was not built"
    return note(f"the extension in C is not in use ({why}): large logs load more slowly, nothing else is different")


def _about_viewers(logdir: str) -> Iterator[Finding]:
    try:
        running = registry.running()
    except ViewerError as error:
        yield problem(f"viewers cannot be found again: {error}")
        return
    silent = [f"port {record.port}, pid {record.pid}" for record in running if not registry.ping(record)]
    if silent:
        yield problem("these viewers run and do not answer; `cellboard stop PORT` ends one", silent)
    here = [record.address for record in running if record.logdir == logdir]
    if here:
        yield note("this directory is shown at", here)


def _about_port(port: int | None) -> Finding:
    try:
        sockets = ports.bind(ViewerOptions(".", port))
    except PortTakenError as error:
        return problem(str(error))
    except PortError as error:
        return problem(str(error))
    try:
        number = ports.port_of(sockets)
    finally:
        for listener in sockets:
            listener.close()
    if port is None and number != ports.FIRST_PORT:
        return note(f"port {ports.FIRST_PORT} is in use; a viewer would take {number}")
    return good(f"port {number} is free")
