"""The viewers that run: one record a viewer, a file of mode 0600 in Jupyter's runtime directory.

A record is trusted only if this user alone could have written it. It says where a viewer is; whether it is alive is
asked anew every time: of the system (process number with start time) and, before a viewer is used again, of the viewer
itself (`probe`).
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import secrets
import socket
import stat
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .errors import NoSuchViewerError, RegistryError
from .paths import real_path
from .processes import is_running, user_id

_ID = re.compile(r"[a-z0-9]{4,32}")
_MOST_BYTES = 65536


@dataclass(frozen=True, slots=True)
class ViewerRecord:
    """Where one viewer is and what it shows.

    Attributes
    ----------
    id
        Random name, the same in its record, its log and `ping`.
    pid, process_start
        Process number and start time (`processes.process_start`), together unique on a machine.
    machine
        Host name of the machine it runs on: a runtime directory may be shared between machines.
    uid
        User it belongs to.
    host, port, token, path_prefix
        Where it listens; `address` puts them together.
    logdir
        Absolute, links followed.
    version
        cellboard's version.
    started
        Seconds since the epoch.
    starter
        The process that started it in the background, as `idle.this_process` says it; "" if none did.
    """

    id: str
    pid: int
    process_start: float | None
    machine: str
    uid: int
    host: str
    port: int
    token: str = field(repr=False)
    path_prefix: str
    logdir: str
    version: str
    started: float
    window_title: str = ""
    reload_interval: float = 0.5
    allow_host: tuple[str, ...] = ()
    starter: str = ""

    @property
    def address(self) -> str:
        """What to open in a browser on this machine: ``http://127.0.0.1:6006/<token>/``."""
        return self.address_on(self.reach)

    def address_on(self, host: str) -> str:
        """What to open where this machine is called `host`."""
        name = f"[{host}]" if ":" in host else host
        return f"http://{name}:{self.port}{self.path_prefix}/{self.token}/"

    @property
    def reach(self) -> str:
        """The host to connect to from this machine; loopback for a viewer that listens everywhere."""
        return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(self.host, self.host)


def new_id() -> str:
    """A fresh id for a viewer."""
    return secrets.token_hex(6)


def folder() -> Path:
    """Where records lie; made on first use, closed to everybody else.

    Raises
    ------
    RegistryError
        If it cannot be made, or belongs to somebody else.
    """
    path = _place()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != os.getuid()):
            raise RegistryError(f"{path} does not belong to you", "set JUPYTER_RUNTIME_DIR to a directory of your own")
        if found.st_mode & 0o077:
            path.chmod(0o700)
    except RegistryError:
        raise
    except OSError as error:
        raise RegistryError(
            f"cannot keep records of viewers in {path}: {error.strerror}", "set JUPYTER_RUNTIME_DIR"
        ) from error
    return path


def _place() -> Path:
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir(), "cellboard")


def record_path(id: str) -> Path:
    """The file of a viewer's record."""
    return folder() / f"{_checked(id)}.json"


def log_path(id: str) -> Path:
    """The file a background viewer prints to."""
    return folder() / f"{_checked(id)}.log"


def write(record: ViewerRecord) -> Path:
    """Write a record whole or not at all, readable by this user only."""
    path = record_path(record.id)
    try:
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
        try:
            with open(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(record), file)
            os.replace(draft, path)
        except BaseException:
            os.unlink(draft)
            raise
    except OSError as error:
        raise RegistryError(f"cannot write {path}: {error.strerror}", "is the disk full?") from error
    return path


def read(id: str) -> ViewerRecord | None:
    """The record of that id; None if there is none that can be trusted."""
    return _read(record_path(id))


def remove(record: ViewerRecord) -> None:
    """Forget a viewer: its record and its log."""
    for ending in ("json", "log"):
        with contextlib.suppress(FileNotFoundError):
            (_place() / f"{_checked(record.id)}.{ending}").unlink()


def is_kept(record: ViewerRecord) -> bool:
    """Whether the viewer's record is still there."""
    return (_place() / f"{_checked(record.id)}.json").exists()


def running() -> list[ViewerRecord]:
    """The viewers of this user on this machine, in order of start; records of dead ones are removed."""
    found = []
    for record in _records():
        if is_running(record.pid, record.process_start):
            found.append(record)
        else:
            remove(record)
    return sorted(found, key=lambda record: record.started)


def find(logdir: str | os.PathLike[str]) -> list[ViewerRecord]:
    """The running viewers over a logdir, however it is spelled, newest first; or over a `ViewerOptions.real_logdir`."""
    wanted = (os.fspath(logdir), real_path(logdir))
    return [record for record in reversed(running()) if record.logdir in wanted]


def choose(records: Sequence[ViewerRecord], name: str) -> list[ViewerRecord]:
    """Those of `records` that `name`, a port or an id, means.

    Raises
    ------
    NoSuchViewerError
        If it means none.
    """
    found = [record for record in records if name in (str(record.port), record.id)]
    if not found:
        known = ", ".join(f"{record.port} ({record.logdir})" for record in records)
        raise NoSuchViewerError(
            f"no viewer on port, or by the id, {name!r}", f"running: {known}" if known else "none is running"
        )
    return found


def probe(record: ViewerRecord, timeout: float = 2.0) -> bool:
    """Ask the viewer itself: is it alive, and the same id, process, logdir, user and cellboard version as here."""
    from cellboard import __version__

    said = ping(record, timeout)
    return said is not None and said == {
        "cellboard": __version__,
        "id": record.id,
        "logdir": record.logdir,
        "uid": user_id(),
        "pid": record.pid,
    }


def ping(record: ViewerRecord, timeout: float = 2.0) -> dict[str, Any] | None:
    """What the viewer answers to ``api/v1/ping``; None if nobody, or somebody else, answers there."""
    connection = http.client.HTTPConnection(record.reach, record.port, timeout=timeout)
    try:
        connection.request("GET", f"/{record.token}/api/v1/ping", headers={"Host": f"127.0.0.1:{record.port}"})
        answer = connection.getresponse()
        said = json.loads(answer.read(_MOST_BYTES)) if answer.status == 200 else None
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return said if isinstance(said, dict) else None


def _records() -> Iterator[ViewerRecord]:
    for path in sorted(folder().glob("*.json")):
        record = _read(path) if _ID.fullmatch(path.stem) else None
        if record is not None and record.uid == user_id() and record.machine == socket.gethostname():
            yield record


def _read(path: Path) -> ViewerRecord | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with open(descriptor, "rb") as file:
        if not _is_private(os.fstat(descriptor)):
            return None
        try:
            record = _from_json(json.loads(file.read(_MOST_BYTES)))
        except (ValueError, TypeError, RecursionError):
            return None
    return record if record.id == path.stem else None


def _is_private(found: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):
        return stat.S_ISREG(found.st_mode)
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def _from_json(said: Any) -> ViewerRecord:
    record = ViewerRecord(**{**said, "allow_host": tuple(said.get("allow_host", ()))})
    texts = (
        *(record.id, record.host, record.token, record.path_prefix, record.logdir, record.version, record.machine),
        *(record.window_title, record.starter),
    )
    numbers = (record.pid, record.uid, record.port, record.started)
    if not all(isinstance(value, str) for value in texts) or not all(isinstance(n, (int, float)) for n in numbers):
        raise TypeError("a field of the record has the wrong type")
    if not (isinstance(record.pid, int) and record.pid > 0 and 0 < record.port < 65536):
        raise ValueError("a number of the record is out of range")
    return record


def _checked(id: str) -> str:
    if not _ID.fullmatch(id):
        raise ValueError(f"{id!r} is no viewer's id")
    return id
