"""Finding a port to listen on."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Sequence

from . import registry
from .errors import PortError, PortTakenError, ViewerError
from .options import ViewerOptions

FIRST_PORT = 6006
PORTS_TRIED = 100
_BACKLOG = 128


def bind(options: ViewerOptions) -> list[socket.socket]:
    """Listening sockets for the host and port that `options` ask for.

    Raises
    ------
    PortTakenError
        If the port asked for, or all of the 100 default ones, are in use.
    PortError
        If the host is none of this machine's, or the port is not ours to take.
    """
    if options.port is not None:
        return _bind(options.host, options.port)
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        try:
            return _bind(options.host, port)
        except PortTakenError:
            continue
    last = FIRST_PORT + PORTS_TRIED - 1
    raise PortTakenError(f"the ports {FIRST_PORT} to {last} are all in use", "--port 0 takes any free one")


def port_of(sockets: Sequence[socket.socket]) -> int:
    """The port the sockets listen on."""
    return int(sockets[0].getsockname()[1])


def machine_name() -> str:
    """What other machines call this one, as far as it knows."""
    return socket.gethostname().lower()


def addresses_of(sockets: Sequence[socket.socket]) -> list[str]:
    """The numeric addresses the sockets listen on."""
    return [str(listener.getsockname()[0]) for listener in sockets]


def _bind(host: str, port: int) -> list[socket.socket]:
    try:
        return _listen(host, port)
    except socket.gaierror as error:
        raise PortError(f"there is no host {host!r}: {error.strerror}", "--host takes a name or address") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(f"port {port} is in use{_by_whom(port)}", _instead(port)) from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise PortError(f"port {port} is not yours to take", "choose one above 1023") from error
        raise PortError(f"cannot listen on {host} port {port}: {error.strerror}", "--host 127.0.0.1 works") from error


def _listen(host: str, port: int) -> list[socket.socket]:
    """Sockets on every address of `host`, all on one port. tornado's own leaves a socket open where it fails."""
    found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    for family, address in dict.fromkeys((info[0], info[4]) for info in found):
        try:
            listener = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            if sockets:
                continue  # IPv6 is known here, and switched off
            raise
        try:
            if os.name == "posix":
                # A port whose last connections have not timed out yet may be taken again.
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind((address[0], port_of(sockets) if sockets else port, *address[2:]))
            listener.listen(_BACKLOG)
            listener.setblocking(False)
        except OSError as error:
            listener.close()
            if sockets and error.errno == errno.EADDRNOTAVAIL:
                continue  # `localhost` names ::1 on machines that have no IPv6
            for other in sockets:
                other.close()
            raise
        sockets.append(listener)
    return sockets


def _holder(port: int) -> registry.ViewerRecord | None:
    try:
        return next((record for record in registry.running() if record.port == port), None)
    except ViewerError:
        return None


def _by_whom(port: int) -> str:
    record = _holder(port)
    return f" by the cellboard viewer over {record.logdir} (pid {record.pid})" if record else " by another program"


def _instead(port: int) -> str:
    stop = f"stop it with `cellboard stop {port}`, or " if _holder(port) else ""
    return f"{stop}choose another port; without --port the next free one is taken"
