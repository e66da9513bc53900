"""A stand-in for the writer of an event file that writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["SilentWriter"]


class SilentWriter:
    """Takes events as an `EventFileWriter` does and drops them: for `write_to_disk=False`."""

    lost = 0
    path: Path | None = None
    paths: tuple[Path, ...] = ()

    def open(self) -> None:
        """Do nothing."""

    def add_scalar(self, tag: str, value: float, step: int, wall_time: float) -> None:
        """Do nothing."""

    def add_event(self, event: Any) -> None:
        """Do nothing."""

    def flush(self, *, fsync: bool = False) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""
