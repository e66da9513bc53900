"""Points of embeddings as they were read last: a page asks for their picture, the points and what is known of each.

Parsing a text of some hundred megabytes takes a second, so what was read is kept for a while; files that have changed
are read again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ..eventlog.embeddings import Embedding

__all__ = ["FoundPoints", "PointStore"]

_MOST_KEPT = 128 << 20  # bytes; what was read last stays even if it is more
_KEPT_FOR = 120.0  # seconds after somebody has asked
_MOST_SHAPES = 10_000
_COMPONENTS = 3


@dataclass(frozen=True)
class FoundPoints:
    """Points of a file that can be drawn: all of their numbers are finite."""

    values: npt.NDArray[np.float32]
    rows: npt.NDArray[np.int64] | None
    """The place in the file of each; None if they are all that there are."""
    total: int
    """How many points the file has."""
    not_finite: int
    """How many of the sample were left out."""

    @cached_property
    def picture(self) -> tuple[npt.NDArray[np.float32], list[float]]:
        """Their first three principal components, float32[n, 3], and each one's share of the variance."""
        from .principal import principal

        return principal(self.values, _COMPONENTS)


@dataclass
class PointStore:
    """Reads points; what several ask for at once is read once."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: dict[tuple[str, ...], Future[FoundPoints]] = field(default_factory=dict)
    _shapes: dict[tuple[str, ...], tuple[int, int] | str] = field(default_factory=dict)
    _timer: threading.Timer | None = None

    def read(self, embedding: Embedding, limit: int) -> FoundPoints:
        """Return at most `limit` points, evenly over the file.

        Raises
        ------
        SummaryError, OSError
            As `Embedding.sample` does.
        """
        return self._once((*_files_of(embedding), str(limit)), lambda: _found(embedding, limit))

    def measure(self, embedding: Embedding, most: int) -> tuple[tuple[int, int] | str | None, int]:
        """Return how many points and dimensions there are, or why there are none, and how many bytes it took to know.

        None if that would be more than `most`.

        Raises
        ------
        OSError
            If the file cannot be read.
        """
        from ..eventlog import SummaryError

        key = _files_of(embedding)
        known = self._shapes.get(key)
        if known:
            return known, 0
        try:
            found: tuple[int, int] | str | None = embedding.measure(most)
        except SummaryError as error:
            # Kept as well: a file may be gone through to its end before it turns out to be none of points.
            found = str(error)
        if found is None:
            return None, 0
        with self._lock:
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            self._shapes[key] = found
        return found, min(embedding.size(), most)

    def _once(self, key: tuple[str, ...], make: Callable[[], FoundPoints]) -> FoundPoints:
        with self._lock:
            known = self._kept.pop(key, None)
            future = known or Future[FoundPoints]()
            self._kept[key] = future  # last: it was asked for last
        if known is None:
            try:
                future.set_result(make())
            except BaseException as error:
                future.set_exception(error)
                with self._lock:
                    self._kept.pop(key, None)
        try:
            return future.result()
        finally:
            self._tidy()

    def _tidy(self) -> None:
        """Let go of what was asked for longest ago, and later of all."""
        with self._lock:
            room = _MOST_KEPT
            for at, (key, future) in enumerate(reversed(list(self._kept.items()))):
                if not future.done() or future.exception():
                    continue
                room -= future.result().values.nbytes
                if room < 0 and at:
                    del self._kept[key]
            if self._timer:
                self._timer.cancel()
            self._timer = threading.Timer(_KEPT_FOR, self._forget)
            self._timer.daemon = True
            self._timer.start()

    def _forget(self) -> None:
        with self._lock:
            self._kept = {key: future for key, future in self._kept.items() if not future.done()}


def _files_of(embedding: Embedding) -> tuple[str, ...]:
    return str(embedding.directory), embedding.tensor_path, repr(embedding.tensor_shape), embedding.stamp()


def _found(embedding: Embedding, limit: int) -> FoundPoints:
    import numpy as np

    sample = embedding.sample(limit)
    values, rows = sample.values, sample.rows
    if not len(values) or np.isfinite(values.min() + values.max()):
        return FoundPoints(values, rows, sample.total, 0)
    is_finite = np.isfinite(values).all(axis=1)
    kept = np.flatnonzero(is_finite)
    return FoundPoints(values[kept], kept if rows is None else rows[kept], sample.total, len(values) - len(kept))
