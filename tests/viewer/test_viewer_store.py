"""Loading and refreshing on threads: who waits for whom, and for how long."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import cellboard.eventlog
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.viewer.store import LogStore


class SlowLog(LogDir):
    """A log whose refresh ends when the test says so."""

    go_on = threading.Event()
    refreshes = 0
    fails = False

    def refresh(self) -> bool:
        type(self).refreshes += 1
        assert self.go_on.wait(30)
        if self.fails:
            raise OSError("the disk is on fire")
        return super().refresh()


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[SlowLog]]:
    SlowLog.go_on.clear()
    SlowLog.refreshes, SlowLog.fails = 0, False
    monkeypatch.setattr(cellboard.eventlog, "LogDir", SlowLog)
    yield SlowLog
    SlowLog.go_on.set()


@pytest.fixture
def logdir(tmp_path: Path) -> str:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 1.0, 0)
    return str(tmp_path)


def test_a_long_load_is_not_waited_for(logdir: str) -> None:
    async def use() -> None:
        store = LogStore(logdir, 0.5)
        log = await store.fresh(0.01)
        assert (store.is_loaded, store.is_busy, len(log.runs)) == (False, True, 0)
        assert await store.log(0.01) is log
        SlowLog.go_on.set()
        assert await store.load() is log
        assert (store.is_loaded, len(log.runs)) == (True, 1)
        assert SlowLog.refreshes == 1
        store.close()

    asyncio.run(use())


def test_many_callers_cost_one_refresh(logdir: str) -> None:
    async def use() -> None:
        store = LogStore(logdir, 0.001)
        callers = [asyncio.create_task(store.fresh(30)) for _ in range(20)]
        await asyncio.sleep(0.05)
        SlowLog.go_on.set()
        assert len({id(log) for log in await asyncio.gather(*callers)}) == 1
        assert SlowLog.refreshes == 1
        await asyncio.sleep(0.01)
        await store.fresh(30)
        assert SlowLog.refreshes == 2
        store.close()

    asyncio.run(use())


def test_a_caller_that_leaves_takes_nothing_along(logdir: str) -> None:
    async def use() -> None:
        store = LogStore(logdir, 0.5)
        caller = asyncio.create_task(store.load())
        await asyncio.sleep(0.01)
        caller.cancel()
        SlowLog.go_on.set()
        assert len((await store.load()).runs) == 1
        store.close()

    asyncio.run(use())


def test_a_load_that_fails_is_tried_again(logdir: str) -> None:
    async def use() -> None:
        store = LogStore(logdir, 0)
        SlowLog.go_on.set()
        SlowLog.fails = True
        with pytest.raises(OSError, match="on fire"):
            await store.load()
        assert not store.is_loaded
        SlowLog.fails = False
        assert len((await store.load()).runs) == 1
        store.close()

    asyncio.run(use())


def test_without_an_interval_it_is_read_once(logdir: str) -> None:
    async def use() -> None:
        store = LogStore(logdir, 0)
        SlowLog.go_on.set()
        for _ in range(3):
            await store.fresh(30)
        assert SlowLog.refreshes == 1
        store.close()

    asyncio.run(use())


def test_closing_does_not_wait_for_a_refresh(logdir: str) -> None:
    async def use() -> None:
        store = LogStore(logdir, 0.5)
        await store.fresh(0.01)
        store.close()
        assert store.is_busy
        SlowLog.go_on.set()

    asyncio.run(use())


def test_who_asks_for_it_now_gets_it_now(logdir: str) -> None:
    async def use() -> None:
        store = LogStore(logdir, 0)
        SlowLog.go_on.set()
        await store.load()
        await store.fresh(5)
        assert SlowLog.refreshes == 1
        await asyncio.gather(store.fresh(5, now=True), store.fresh(5, now=True))
        assert SlowLog.refreshes == 2
        await store.fresh(5, now=True)
        assert SlowLog.refreshes == 3
        store.close()

    asyncio.run(use())
