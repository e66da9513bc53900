"""What is said about viewers that run: how many, since when, how much memory they hold."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..viewer.processes import memory

if TYPE_CHECKING:
    from ..viewer.registry import ViewerRecord

__all__ = ["age", "count", "lines", "size"]


def age(started: float) -> str:
    """Return "3 minutes ago" for a time in seconds since the epoch."""
    seconds = max(0, int(time.time() - started))
    for length, name in ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= length:
            many = seconds // length
            return f"{many} {name}{'s' if many > 1 else ''} ago"
    return "just now"


def size(record: ViewerRecord) -> str:
    """Return the resident memory of a viewer, "41 MB"."""
    octets = memory(record.pid)
    return "–" if octets is None else f"{octets / 1e6:,.0f} MB"


def count(number: int) -> str:
    """Return how many there are, and what to do about it."""
    if not number:
        return "No viewers are running. %board --logdir DIR starts one."
    return f"{number} viewer{'s' if number > 1 else ''} running. %board stop PORT | all ends them."


def lines(records: Sequence[ViewerRecord]) -> list[str]:
    """Return the table of viewers as text."""
    rows = (
        f"  port {record.port}: {record.logdir} (started {age(record.started)}, {size(record)}, pid {record.pid})"
        for record in records
    )
    return [count(len(records)), *rows]
