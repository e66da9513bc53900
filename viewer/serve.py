"""The life of a viewer process: bind, write the record, answer, and leave nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from .. import __version__
from . import ports, registry
from .access import Access, new_token, reaches_beyond_loopback
from .errors import RegistryError
from .idle import STARTER_VARIABLE, Audience
from .options import ViewerOptions
from .processes import process_start, user_id
from .registry import ViewerRecord
from .server import Viewer, make_server
from .store import LogStore
from .webapp import HOW_TO_BUILD, NOT_BUILT

if TYPE_CHECKING:
    from ..eventlog import LogDir

ID_VARIABLE = "CELLBOARD_VIEWER_ID"
"""Environment variable by which a launcher names the viewer that it starts."""

_CHECK = 30.0
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Voice(Protocol):
    """How a viewer says, to a terminal or a log file, how it stands."""

    def listening(self, viewer: Viewer) -> None:
        """It answers."""

    def loaded(self, log: LogDir) -> None:
        """The log is read for the first time."""

    def warn(self, warning: str) -> None:
        """Something is not as it should be; the viewer goes on."""


def serve(options: ViewerOptions, voice: Voice) -> None:
    """Run a viewer until it is interrupted or terminated.

    Parameters
    ----------
    options
        What to show and where to listen.
    voice
        Says how the viewer stands.

    Raises
    ------
    PortError
        If it cannot listen.
    """
    sockets = ports.bind(options)
    asyncio.run(_serve(options, sockets, voice))


async def _serve(options: ViewerOptions, sockets: list[socket.socket], voice: Voice) -> None:
    in_background = ID_VARIABLE in os.environ
    viewer = _assemble(options, sockets)
    server = make_server(viewer)
    server.add_sockets(sockets)
    stop = asyncio.Event()
    with _until_told(stop), _recorded(viewer.record, voice):
        voice.listening(viewer)
        if not viewer.webapp.is_built:
            voice.warn(f"{NOT_BUILT}: {HOW_TO_BUILD}")
        chores = [asyncio.create_task(_load(viewer.store, voice))]
        if in_background:
            chores.append(asyncio.create_task(_end_unwanted(viewer, stop)))
        await stop.wait()
        for chore in chores:
            chore.cancel()
        server.stop()
        await server.close_all_connections()
    viewer.store.close()
    if viewer.store.is_busy:
        # Reading a large file cannot be interrupted, and Python would wait for the thread that does it.
        sys.stdout.flush()
        os._exit(0)


async def _load(store: LogStore, voice: Voice) -> None:
    try:
        voice.loaded(await store.load())
    except Exception as error:  # a page that asks gets the same error, and a new try
        voice.warn(f"{store.name} cannot be read: {type(error).__name__}: {error}")


async def _end_unwanted(viewer: Viewer, stop: asyncio.Event, interval: float = _CHECK) -> None:
    """End a viewer in the background that nobody looks at, or could find any more to look at it or to stop it."""
    timeout = viewer.audience.timeout
    if timeout:
        interval = min(interval, timeout / 4)
    while registry.is_kept(viewer.record) and not viewer.audience.is_gone:
        await asyncio.sleep(interval)
    stop.set()


def _assemble(options: ViewerOptions, sockets: list[socket.socket]) -> Viewer:
    beyond = reaches_beyond_loopback(ports.addresses_of(sockets))
    names = {*options.allow_host, *((ports.machine_name(), options.host.lower()) if beyond else ())} - {""}
    record = ViewerRecord(
        id=os.environ.pop(ID_VARIABLE, "") or registry.new_id(),
        pid=os.getpid(),
        process_start=process_start(os.getpid()),
        machine=socket.gethostname(),
        uid=user_id(),
        host=options.host,
        port=ports.port_of(sockets),
        token=new_token(),
        path_prefix=options.path_prefix,
        logdir=options.real_logdir,
        version=__version__,
        started=time.time(),
        window_title=options.title,
        reload_interval=options.reload_interval,
        allow_host=options.allow_host,
        starter=os.environ.pop(STARTER_VARIABLE, ""),
    )
    access = Access(record.token, frozenset(names), options.path_prefix, beyond)
    audience = Audience(options.idle_timeout, record.starter)
    return Viewer(options, record, access, LogStore(options.roots, options.reload_interval), audience)


@contextlib.contextmanager
def _until_told(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on the signals that ask a process to end."""
    loop = asyncio.get_running_loop()
    caught = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    for number in caught:
        try:
            loop.add_signal_handler(number, stop.set)
        except (NotImplementedError, RuntimeError):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    yield


@contextlib.contextmanager
def _recorded(record: ViewerRecord, voice: Voice) -> Iterator[None]:
    """Keep the record for as long as the block runs."""
    try:
        registry.write(record)
    except RegistryError as error:
        voice.warn(f"`cellboard list` will not show this viewer: {error}")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            registry.remove(record)
