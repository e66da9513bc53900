"""How often a thread that keeps boards up to date does its round, so that training hardly notices it.

What the thread computes, it computes while it holds Python's lock: its share of a processor is what a training loop
loses. A round that cost much is therefore followed by a pause that is as much longer. What costs once, as laying out a
new chart does, is forgiven; what costs every time is not.
"""

from __future__ import annotations

from collections import deque

__all__ = ["FRESH", "MAX_RATE", "SHARE_BUSY", "SHARE_IDLE", "Pace"]

MAX_RATE = 4.0
"""Rounds a second, at most."""

SHARE_BUSY = 0.01
"""Share of one processor that the thread takes while a cell runs; sending what it pushed costs the kernel about as much
again."""

SHARE_IDLE = 0.2
"""The same while no cell runs."""

FRESH = 0.9
"""Longest pause in seconds before it is known what rounds cost: a page is to be at most a second behind its log."""

_QUIET = 0.75
"""Longest pause between two looks at a log where nothing happens."""

_LONGEST = 20.0
"""Longest pause, however costly rounds are."""

_ROUNDS = 3
"""The least of so many rounds is what a round costs."""


class Pace:
    """The pauses of one thread, from what its rounds cost."""

    def __init__(self) -> None:
        self.pause = 1 / MAX_RATE
        self._costs: deque[float] = deque(maxlen=_ROUNDS)

    def after(self, *, spent: float, cost: float, changed: bool, busy: bool) -> float:
        """Return how long to wait now, in seconds.

        Parameters
        ----------
        spent
            Seconds that the round took: a slow file system is not asked all the time.
        cost
            Seconds of a processor that it took.
        changed
            Something was new; the cost of rounds in which nothing was says little.
        busy
            A cell runs.
        """
        if changed:
            self._costs.append(cost)
        due = max(min(self._costs, default=cost) / (SHARE_BUSY if busy else SHARE_IDLE), 2 * spent)
        known = len(self._costs) == _ROUNDS
        shortest = max(1 / MAX_RATE, min(due, _LONGEST if known else FRESH))
        self.pause = shortest if changed else max(shortest, min(self.pause * 1.5, _QUIET))
        return self.pause
