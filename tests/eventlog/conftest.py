"""Reading back what was written, by TensorBoard and record by record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def payloads() -> Callable[[Path], list[bytes]]:
    """Return a function: the payloads of all event files directly in a directory; fails on damage."""
    from cellboard.eventlog.records import Record, iter_file

    def read(directory: Path) -> list[bytes]:
        items = [item for path in sorted(directory.glob("*tfevents*")) for item in iter_file(path)]
        assert all(isinstance(item, Record) for item in items), items
        return [bytes(item.payload) for item in items]

    return read


@pytest.fixture
def accumulated() -> Callable[[Path], Any]:
    """Return a function: TensorBoard's EventAccumulator over a run, loaded, with nothing sampled away."""
    from tensorboard.backend.event_processing import event_accumulator

    everything = dict.fromkeys(event_accumulator.DEFAULT_SIZE_GUIDANCE, 0)

    def read(directory: Path) -> Any:
        return event_accumulator.EventAccumulator(str(directory), size_guidance=everything).Reload()

    return read
