"""The log a viewer shows: loaded on a thread while HTTP already answers, re-read when a page asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from ..eventlog import LogDir

_T = TypeVar("_T")

_WORKERS = 4


class LogStore:
    """One `LogDir`, opened, refreshed and read on threads for an asyncio loop.

    Parameters
    ----------
    logdir
        Absolute path; need not exist yet.
    interval
        Seconds between two refreshes at the least; 0: never refresh.
    """

    def __init__(self, logdir: str, interval: float) -> None:
        self.logdir = logdir
        self.interval = interval
        self.loaded_at = 0.0
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="cellboard")
        self._loading: asyncio.Future[LogDir] | None = None
        self._refreshing: asyncio.Future[None] | None = None
        self._refreshed = 0.0

    def start(self) -> None:
        """Begin to load; called again after a load that failed, it tries again."""
        if self._loading is None or _failed(self._loading):
            self._loading = asyncio.get_running_loop().run_in_executor(self._pool, self._load)

    @property
    def loaded(self) -> LogDir | None:
        """The log, once it is loaded."""
        future = self._loading
        return future.result() if future is not None and future.done() and not _failed(future) else None

    @property
    def busy(self) -> bool:
        """Whether a load or refresh is under way."""
        return any(future is not None and not future.done() for future in (self._loading, self._refreshing))

    async def log(self) -> LogDir:
        """Wait for the log to be loaded; raises what went wrong with that."""
        self.start()
        assert self._loading is not None
        return await asyncio.shield(self._loading)

    async def fresh(self, patience: float) -> LogDir | None:
        """The log as of now, give or take `interval`; None if it is still being loaded after `patience` seconds.

        Of many callers at once, one reads and all wait. A refresh that takes longer than `patience` goes on, and the
        log is given as it is.
        """
        self.start()
        assert self._loading is not None
        await asyncio.wait([self._loading], timeout=patience)
        log = self._loading.result() if self._loading.done() else None
        if log is not None and self._is_due():
            self._refreshing = asyncio.get_running_loop().run_in_executor(self._pool, self._refresh, log)
        if self._refreshing is not None:
            done, _ = await asyncio.wait([self._refreshing], timeout=patience)
            for future in done:
                future.result()
        return log

    async def run(self, read: Callable[[], _T]) -> _T:
        """Run `read` on a worker thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, read)

    def close(self) -> None:
        """Let go of the files; a read that is under way ends by itself."""
        log = self.loaded
        self._pool.shutdown(wait=not self.busy, cancel_futures=True)
        if log is not None and not self.busy:
            log.close()

    def _is_due(self) -> bool:
        if self._refreshing is not None and not self._refreshing.done():
            return False
        return self.interval > 0 and time.monotonic() - self._refreshed >= self.interval

    def _load(self) -> LogDir:
        # numpy and the readers are imported here, on the thread: the first HTTP answer does not wait for them.
        from ..eventlog import LogDir

        log = LogDir(self.logdir)
        self._note()
        return log

    def _refresh(self, log: LogDir) -> None:
        try:
            log.refresh()
        finally:
            self._note()

    def _note(self) -> None:
        self._refreshed = time.monotonic()
        self.loaded_at = time.time()


def _failed(future: asyncio.Future[LogDir]) -> bool:
    return future.done() and (future.cancelled() or future.exception() is not None)
