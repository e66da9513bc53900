"""Starting viewers in the background, using those that run already, and stopping them.

A viewer gets a session of its own, so that interrupting or restarting the kernel that started it does not reach it, and
the kernel's own interpreter. Its token is made by itself and read from its record.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from . import registry
from .errors import LaunchError, PortTakenError, ViewerError
from .idle import STARTER_VARIABLE, this_process
from .options import DEFAULT_HOST, DEFAULT_RELOAD_INTERVAL, ViewerOptions
from .processes import is_running
from .registry import ViewerRecord

_PATIENCE = 30.0
_GLANCE = 0.02
_LOG_TAIL = 2000
_PORT_TAKEN = 3

# Viewers started by this process. They outlive it; while it lives, it is the one to collect them when they end.
_children: dict[int, subprocess.Popen[bytes]] = {}


def ensure(options: ViewerOptions) -> tuple[ViewerRecord, bool]:
    """Give a live viewer for `options`: one that runs already, proved by asking it, or else a new one.

    Returns
    -------
    record, reused
        `reused` says whether it ran already.

    Raises
    ------
    LaunchError, PortTakenError, RegistryError
        As `launch`.
    """
    _collect()
    # Of two that want the same viewer at once, the second finds the first one's.
    with _one_at_a_time():
        for record in registry.find(options.real_logdir):
            if _suits(record, options) and registry.probe(record):
                return record, True
        return launch(options), False


def launch(options: ViewerOptions, timeout: float = _PATIENCE) -> ViewerRecord:
    """Start a viewer in the background and wait until it answers.

    Raises
    ------
    PortTakenError
        If somebody listens on the port asked for.
    LaunchError
        If it ends or stays silent; with the end of its log. A silent one is stopped.
    """
    id = registry.new_id()
    child = _start(id, options)
    deadline = time.monotonic() + timeout
    while child.poll() is None and time.monotonic() < deadline:
        record = registry.read(id)
        if record is not None and registry.probe(record):
            return record
        time.sleep(_GLANCE)
    raise _failure(id, child, timeout)


def stop(record: ViewerRecord, timeout: float = 5.0) -> bool:
    """End a viewer, kindly and then by force, and forget it; False if it did not run any more.

    A process is only signalled if it is the one of the record, by its start time or, where the system does not tell
    that, by its own answer: a number that was given to another process since is left alone.
    """
    is_its_own = record.process_start is not None or registry.probe(record)
    was_running = is_its_own and is_running(record.pid, record.process_start)
    if was_running:
        _end(record, timeout)
    _collect()
    registry.remove(record)
    return was_running


def stop_all() -> list[ViewerRecord]:
    """Stop every running viewer of this user; returns those that were stopped."""
    return [record for record in registry.running() if stop(record)]


def _suits(record: ViewerRecord, options: ViewerOptions) -> bool:
    """Whether a viewer over the right logdir does all that `options` ask for; what they leave open may differ."""
    return (
        (not options.port or options.port == record.port)
        and options.host in (DEFAULT_HOST, record.host)
        and options.path_prefix in ("", record.path_prefix)
        and options.window_title in ("", record.window_title)
        and options.reload_interval in (DEFAULT_RELOAD_INTERVAL, record.reload_interval)
        and set(options.allow_host) <= set(record.allow_host)
    )


def _start(id: str, options: ViewerOptions) -> subprocess.Popen[bytes]:
    if not sys.executable:
        raise LaunchError("this Python does not know its own interpreter", "start `cellboard --logdir ...` yourself")
    log = os.open(registry.log_path(id), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    try:
        child = subprocess.Popen(
            [sys.executable, "-m", "cellboard.viewer", *options.arguments()],
            env=_environment(id),
            cwd=registry.folder(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    except OSError as error:
        registry.log_path(id).unlink()
        raise LaunchError(f"cannot start {sys.executable}: {error.strerror}") from error
    finally:
        os.close(log)
    _children[child.pid] = child
    return child


def _environment(id: str) -> dict[str, str]:
    """This process's environment, with the viewer's id and with cellboard where this process found it."""
    own = {"CELLBOARD_VIEWER_ID": id, STARTER_VARIABLE: this_process()}
    environment = {**os.environ, **own, "PYTHONUNBUFFERED": "1", "PYTHONSAFEPATH": "1"}
    package = Path(__file__).parent.parent
    if package.name == "cellboard" and str(package.parent) in sys.path:
        # A notebook may have put cellboard on sys.path itself; the child would not find it there.
        known = environment.get("PYTHONPATH", "")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [known, str(package.parent)]))
    return environment


def _failure(id: str, child: subprocess.Popen[bytes], timeout: float) -> ViewerError:
    status = child.poll()
    if status is None:
        _kill(child)
    path = registry.log_path(id)
    said = path.read_text(errors="replace")[-_LOG_TAIL:].strip() if path.exists() else ""
    for left in (path, registry.record_path(id)):
        with contextlib.suppress(FileNotFoundError):
            left.unlink()
    _collect()
    if status == _PORT_TAKEN:
        message, hint = said.splitlines()[-2:]
        return PortTakenError(message, hint)
    what = f"did not answer within {timeout:g} s" if status is None else f"ended with status {status}"
    return LaunchError(f"the viewer {what}", log=said)


def _kill(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(2)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _end(record: ViewerRecord, timeout: float) -> None:
    forceful = getattr(signal, "SIGKILL", signal.SIGTERM)
    for number, patience in ((signal.SIGTERM, timeout), (forceful, 2.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(record.pid, number)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            _collect()
            if not is_running(record.pid, record.process_start):
                return
            time.sleep(_GLANCE)


def _collect() -> None:
    """Take note of children that have ended, so that no zombie is left."""
    for pid, child in list(_children.items()):
        if child.poll() is not None:
            _children.pop(pid, None)


@atexit.register
def _let_go() -> None:
    # Popen complains of a child that is still running when it is thrown away; these are meant to be.
    for child in _children.values():
        if child.poll() is None:
            child.returncode = 0


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep other processes of this user out of `ensure`, where the system has file locks."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(registry.folder() / "launch.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
