"""A checksum of the part of a file that was read, which goes on as more is read.

CRC-32C in C, else the CRC-32 of the standard library: either takes a small part of the time that scanning takes.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import FileIO

from . import scratch
from .native import kernel

__all__ = ["PrefixCheck"]

_KIND = "crc32" if kernel is None else "crc32c"


@dataclass(frozen=True, slots=True)
class PrefixCheck:
    """The checksum of the first `size` bytes of a file.

    Parameters
    ----------
    kind
        Which checksum.
    size
        Bytes that were taken in.
    crc
        Their checksum.
    """

    kind: str = _KIND
    size: int = 0
    crc: int = 0

    def extended(self, octets: memoryview) -> PrefixCheck:
        """Return the checksum of the same with `octets` behind it."""
        return PrefixCheck(self.kind, self.size + len(octets), _crc(octets, self.crc))

    def holds_for(self, file: FileIO, size: int) -> bool:
        """Return whether it is of the first `size` bytes of `file`, and these are still the ones it is of.

        Raises
        ------
        OSError
            If the file cannot be read.
        """
        if (self.kind, self.size) != (_KIND, size):
            return False
        file.seek(0)
        crc, left, buffer = 0, size, scratch.take(scratch.BUFFER)
        while left:
            count = file.readinto(buffer[: min(left, len(buffer))])
            if not count:
                break
            crc, left = _crc(buffer[:count], crc), left - count
        scratch.give(buffer)
        return not left and crc == self.crc


def _crc(octets: memoryview, crc: int) -> int:
    return zlib.crc32(octets, crc) if kernel is None else int(kernel.crc32c(octets, crc))
