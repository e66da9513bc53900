"""`RecordWriter`: payloads to a file of records, whatever they are."""

from __future__ import annotations

import os
from types import TracebackType
from typing import BinaryIO

from .errors import BadTypeError
from .records import frame

__all__ = ["RecordWriter"]


class RecordWriter:
    """Writes payloads as records (the TFRecord format), which is what an event file is made of.

    Parameters
    ----------
    file
        Path of the file, which is made or replaced; or a file that is open for writing bytes.

    Raises
    ------
    OSError
        If the file cannot be made.
    """

    def __init__(self, file: str | os.PathLike[str] | BinaryIO) -> None:
        if isinstance(file, (str, os.PathLike)):
            file = open(file, "wb")  # noqa: SIM115 (closed by `close`)
        self._file = file

    def write(self, data: bytes) -> None:
        """Append one record.

        Raises
        ------
        BadTypeError
            If `data` is no bytes.
        """
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise BadTypeError(f"a record holds bytes, not {type(data).__name__}")
        self._file.write(frame(bytes(data)))

    def flush(self) -> None:
        """Return when the operating system has every record."""
        self._file.flush()

    def close(self) -> None:
        """Flush and close the file."""
        self._file.close()

    def __enter__(self) -> RecordWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
