"""What is wrong with a file of a log, said in a way that a person can act on."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MAX_PER_FILE", "Problem"]

MAX_PER_FILE = 100
"""Most problems kept of one file; the last of them says that there are more."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of an event file that could not be read, and was passed over.

    Parameters
    ----------
    run
        Name of the run that the file belongs to.
    file
        Path of the file.
    offset
        Where in the file the trouble begins, in bytes.
    size
        How many bytes were passed over; 0 if the file could not be read at all.
    reason
        What is wrong, in words.
    """

    run: str
    file: str
    offset: int
    size: int
    reason: str

    def __str__(self) -> str:
        where = f" at byte {self.offset} ({self.size} bytes passed over)" if self.size else ""
        return f"{self.file}: {self.reason}{where}"
