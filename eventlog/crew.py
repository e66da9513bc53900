"""Several files on several cores: threads that lend a hand with what is large.

Scanning leaves the interpreter's lock alone, so threads help with large files; with small ones they would only get in
each other's way, so those stay with the caller. `Crew.do` may be called within a job: whoever calls it does jobs as
well, so nobody ever waits for work that nobody does.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

from .native import native_available

__all__ = ["Crew", "Job"]

Job = tuple[int, Callable[[], Any]]
"""How many bytes are to be read, and what reads them."""

_LARGE = 1 << 20  # bytes from which on a job is for any thread
_MOST = 8  # threads


class _Share:
    """The large jobs of one call, as they are taken and done."""

    def __init__(self, jobs: Iterable[Callable[[], Any]]) -> None:
        self.jobs = deque(jobs)
        self.running = 0
        self.error: BaseException | None = None


class Crew:
    """Threads for the time of a ``with`` block; none are started before there are two large jobs at once."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._shares: list[_Share] = []
        self._threads: list[threading.Thread] = []
        self._is_over = False

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def do(self, jobs: Iterable[Job]) -> None:
        """Do all jobs, in any order. The first error that one raises is raised when no other one is under way."""
        jobs = list(jobs)
        share = _Share(call for size, call in jobs if size >= _LARGE)
        if len(share.jobs) > 1:
            self._offer(share)
        try:
            for size, call in jobs:
                if size < _LARGE:
                    call()
            while taken := self._taken(share):
                self._run(share, taken)
        finally:
            self._wait_for(share)
        if share.error:
            raise share.error

    def _offer(self, share: _Share) -> None:
        with self._changed:
            self._shares.append(share)
            self._changed.notify(len(share.jobs))
        wanted = min(_cores(), _MOST) - 1 if native_available() else 0
        try:
            while len(self._threads) < wanted:
                thread = threading.Thread(target=self._help, name="cellboard-reader", daemon=True)
                thread.start()
                self._threads.append(thread)
        except RuntimeError:
            return  # there are no threads here, or no more of them

    def _taken(self, share: _Share) -> Callable[[], Any] | None:
        with self._changed:
            if not share.jobs:
                return None
            share.running += 1
            return share.jobs.popleft()

    def _run(self, share: _Share, call: Callable[[], Any]) -> None:
        error = None
        try:
            call()
        except BaseException as raised:
            error = raised
        with self._changed:
            share.running -= 1
            if error:
                share.error = share.error or error
                share.jobs.clear()
            self._changed.notify_all()

    def _wait_for(self, share: _Share) -> None:
        with self._changed:
            share.jobs.clear()  # of which there are some only after an error
            self._changed.wait_for(lambda: not share.running)
            if share in self._shares:
                self._shares.remove(share)

    def _help(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_over or any(share.jobs for share in self._shares))
                share = next((share for share in reversed(self._shares) if share.jobs), None)
                if share is None:
                    return
            call = self._taken(share)
            if call:
                self._run(share, call)


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
