"""Scalars as a file: every point of the chosen runs and tags, sent while it is written."""

from __future__ import annotations

import asyncio
import importlib.util
import io
import os
import re
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tornado.iostream import StreamClosedError

from ..errors import BadParameterError
from .base import Handler
from .data import find_run, unknown
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir
    from ..catalog import Catalog

_PATIENCE = 0.5
_CHUNK = 1 << 18
_MOST_INDICES = 1_000_000

_KINDS = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "json": ("json", "application/json; charset=utf-8"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
    "latex": ("tex", "application/x-tex; charset=utf-8"),
}
"""Formats: the end of the file's name, and its type."""

_SHOWN = ("last", "min", "max", "mean", "points")


class Export(Handler):
    """``api/v1/export``: a file of scalars."""

    async def get(self) -> None:
        """Check what is asked for, then send the file as fast as it is taken."""
        log = await self.viewer.store.log(_PATIENCE)
        query = Query(self.request.query_arguments)
        format, shown = query.choice("format", tuple(_KINDS)), query.choice("value", _SHOWN)
        runs, tags = await self.viewer.store.run(lambda: _chosen(log, self.viewer.store.catalog.read(log), query))
        _check(format, shown, tags)
        end, content_type = _KINDS[format]
        self.set_header("Content-Type", content_type)
        self.set_header("Content-Disposition", f'attachment; filename="{file_name(self.viewer.record.logdir, end)}"')
        self.set_header("Cache-Control", "no-store")
        if self.request.method == "HEAD":
            self.finish()
            return
        out = _Outlet(self._send)
        await _on_thread(lambda: _write(log, runs, tags, out, format, shown))
        await self.finish()

    async def _send(self, chunk: bytes) -> None:
        self.write(chunk)
        await self.flush()

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log as ever, but for a client that has gone; a file that breaks off must not look like a whole one."""
        if isinstance(value, StreamClosedError):
            return
        super().log_exception(typ, value, tb)
        if self._headers_written:
            self.detach().close()


class _Outlet(io.RawIOBase):
    """A file whose bytes go to the client: a write from another thread waits until the client has taken them."""

    def __init__(self, send: Callable[[bytes], Any]) -> None:
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes] = []
        self._size = self._written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: Any) -> int:
        chunk = bytes(data)
        self._waiting.append(chunk)
        self._size += len(chunk)
        self._written += len(chunk)
        if self._size >= _CHUNK:
            self.drain()
        return len(chunk)

    def drain(self) -> None:
        """Send what is waiting."""
        chunk, self._waiting, self._size = b"".join(self._waiting), [], 0
        if chunk:
            asyncio.run_coroutine_threadsafe(self._send(chunk), self._loop).result()


async def _on_thread(work: Callable[[], None]) -> None:
    """Run `work` on a thread of its own: a slow client must not keep the others' reads waiting, nor the process."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def run() -> None:
        error: BaseException | None = None
        try:
            work()
        except BaseException as raised:
            error = raised
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=run, name="cellboard-export", daemon=True).start()
    await done


def _write(
    log: LogDir, runs: Sequence[str] | None, tags: Sequence[str] | None, out: _Outlet, format: Any, shown: Any
) -> None:
    from ...eventlog.export import write_table
    from ...eventlog.scalar_table import scalar_rows

    write_table(scalar_rows(log, tags, runs), out, format, shown=shown)  # type: ignore[arg-type]
    out.drain()


def _chosen(log: LogDir, catalog: Catalog, query: Query) -> tuple[list[str] | None, list[str] | None]:
    """The names of runs and tags that are asked for, None for all."""
    all_runs, all_tags = [name for name, _, _, _ in catalog.runs], catalog.tags["scalars"]
    runs, tags = query.texts("run"), query.texts("tag")
    for name in runs:
        find_run(log, name)
    for tag in set(tags) - set(all_tags):
        raise unknown("scalar", tag)
    if query.has("run_index") or query.has("tag_index"):
        if query.text("names") != catalog.names:
            raise BadParameterError("the runs or tags are others by now", "read api/v1/runs again")
        runs += _named(query, "run_index", all_runs)
        tags += _named(query, "tag_index", all_tags)
    is_all_runs = not (query.has("run") or query.has("run_index"))
    is_all_tags = not (query.has("tag") or query.has("tag_index"))
    return None if is_all_runs else runs, None if is_all_tags else tags


def _named(query: Query, parameter: str, names: Sequence[str]) -> list[str]:
    if not query.has(parameter):
        return []
    return [names[index] for index in read_indices(query.text(parameter), parameter, len(names))]


def read_indices(text: str, parameter: str, count: int) -> list[int]:
    """Read ``0-3,7``: indices below `count` and ranges of them, both ends included; an empty text is none."""
    indices: list[int] = []
    for part in text.split(",") if text else ():
        found = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if not first <= last < count or len(indices) + last - first >= _MOST_INDICES:
            raise BadParameterError(f"{parameter} has {part[:40]!r}", f"indices below {count}, as in 0-3,7")
        indices += range(first, last + 1)
    return indices


def _check(format: str, shown: str, tags: Sequence[str] | None) -> None:
    if format == "parquet" and importlib.util.find_spec("pyarrow") is None:
        raise BadParameterError("Parquet needs pyarrow", "`pip install 'cellboard[export]'`, or another format")
    if format == "latex" and shown == "points" and (tags is None or len(tags) != 1):
        raise BadParameterError("points are shown of one tag", "choose one tag, or value=last")


def file_name(logdir: str, end: str) -> str:
    """A name for the file that holds in every file system."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", os.path.basename(os.path.normpath(logdir))).strip("-")
    return f"{name[:60] or 'cellboard'}-scalars.{end}"


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/export", Export)]
