"""Names of nodes, each given once."""

from __future__ import annotations

__all__ = ["Names"]


class Names:
    """Hands out names: as asked for, or with a number appended if the name is taken.

    A leading ``/`` is dropped, because a graph view would draw it as a group without a name.
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}  # how often each was asked for

    def free(self, wanted: str) -> str:
        """Return a name that was not given before."""
        wanted = wanted.lstrip("/") or "unnamed"
        name = wanted
        while name in self._counts:
            name = f"{wanted}_{self._counts[wanted]}"
            self._counts[wanted] += 1
        self._counts[name] = 1
        return name
