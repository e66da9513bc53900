"""When a viewer in the background has nobody left: nothing has looked at it for long, and who started it is gone."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

from .processes import is_running, process_start

STARTER_VARIABLE = "CELLBOARD_STARTER"
"""Environment variable by which a launcher says which process it is: ``pid:start``, the start as it knows it."""


def this_process() -> str:
    """What `STARTER_VARIABLE` holds of the process that runs this."""
    pid = os.getpid()
    start = process_start(pid)
    return f"{pid}:{'' if start is None else start}"


def process_of(starter: str) -> tuple[int, float | None] | None:
    """The number and start of the process that said `starter` of itself; None if it says no such thing."""
    pid, _, start = starter.partition(":")
    try:
        return int(pid), float(start) if start else None
    except ValueError:
        return None


@dataclass
class Audience:
    """Who a viewer runs for: the pages that ask it, and the process that started it.

    Parameters
    ----------
    timeout
        Seconds without a request after which pages count as gone; 0: never.
    starter
        What `this_process` said in the process that started it; "" if nobody in particular did.
    """

    timeout: float
    starter: str = ""
    asked: float = field(default_factory=time.monotonic)
    """When a page asked last, on the monotonic clock."""

    def note(self) -> None:
        """A page has asked."""
        self.asked = time.monotonic()

    @property
    def is_gone(self) -> bool:
        """Whether nobody is left. The log is not asked: training that nobody watches is no reason to go on."""
        return self.timeout > 0 and time.monotonic() - self.asked > self.timeout and not self._starter_runs()

    def _starter_runs(self) -> bool:
        found = process_of(self.starter)
        return found is not None and is_running(*found)
