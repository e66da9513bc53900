"""The log a viewer shows: loaded on a thread while HTTP already answers, re-read when a page asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from .catalog import CatalogBook

if TYPE_CHECKING:
    from ..eventlog import LogDir

_T = TypeVar("_T")

_WORKERS = 4


class LogStore:
    """One `LogDir`, opened, refreshed and read on threads for an asyncio loop.

    The first refresh is the load. A log that takes long to load is shown as it fills.

    Parameters
    ----------
    roots
        Absolute path of the logdir, or such paths by name; none need exist yet.
    interval
        Seconds between two refreshes at the least; 0: load once and never refresh.
    """

    def __init__(self, roots: str | Mapping[str, str], interval: float) -> None:
        self.roots = roots
        self.interval = interval
        self.is_loaded = False
        self.loaded_at = 0.0
        """When the last refresh ended, in seconds since the epoch."""
        self.catalog = CatalogBook()
        """The runs and tags of the log."""
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="cellboard")
        self._opening: asyncio.Future[LogDir] | None = None
        self._refreshing: asyncio.Future[None] | None = None
        self._refreshed = 0.0

    @property
    def name(self) -> str:
        """What is shown, in words."""
        return self.roots if isinstance(self.roots, str) else ", ".join(self.roots.values())

    async def load(self) -> LogDir:
        """Wait for the log to be loaded; raises what went wrong with that."""
        return await self._current(None)

    async def log(self, patience: float) -> LogDir:
        """The log; while it is being loaded, what there is of it after `patience` seconds."""
        return await self._open() if self.is_loaded else await self._current(patience)

    async def fresh(self, patience: float, now: bool = False) -> LogDir:
        """The log as of now, give or take `interval`; a refresh that takes longer than `patience` seconds goes on.

        With `now`, whatever the interval is.
        """
        return await self._current(patience, now)

    async def run(self, read: Callable[[], _T]) -> _T:
        """Run `read` on a worker thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, read)

    @property
    def is_busy(self) -> bool:
        """Whether a refresh is under way."""
        return self._refreshing is not None and not self._refreshing.done()

    def close(self) -> None:
        """Let go of the log; a refresh that is under way ends when it can."""
        if self._opening is not None and self._opening.done() and not self._opening.exception():
            self._opening.result().close()
        self._pool.shutdown(wait=not self.is_busy, cancel_futures=True)

    async def _current(self, patience: float | None, now: bool = False) -> LogDir:
        """Refresh if that is due. Of many callers at once, one thread reads and all wait."""
        log = await self._open()
        if self._is_due() or (now and not self.is_busy):
            self._refreshing = asyncio.get_running_loop().run_in_executor(self._pool, self._refresh, log)
            # Nobody may be waiting any more when it fails; the next one who asks gets a new try.
            self._refreshing.add_done_callback(lambda future: future.cancelled() or future.exception())
        if self._refreshing is not None:
            done, _ = await asyncio.wait([self._refreshing], timeout=patience)
            for refresh in done:
                refresh.result()
        return log

    def _is_due(self) -> bool:
        if self.is_busy:
            return False
        return not self.is_loaded or (self.interval > 0 and time.monotonic() - self._refreshed >= self.interval)

    async def _open(self) -> LogDir:
        if self._opening is None or (self._opening.done() and self._opening.exception()):
            self._opening = asyncio.get_running_loop().run_in_executor(self._pool, self._import_and_open)
        return await asyncio.shield(self._opening)

    def _import_and_open(self) -> LogDir:
        # numpy and the readers are imported here, on the thread: the first HTTP answer does not wait for them.
        from ..eventlog import LogDir

        return LogDir(self.roots, load=False)

    def _refresh(self, log: LogDir) -> None:
        try:
            log.refresh()
            self.is_loaded = True
        finally:
            self._refreshed = time.monotonic()
            self.loaded_at = time.time()
