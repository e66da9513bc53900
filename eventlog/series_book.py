"""The series of a run, by kind and tag, made of what its files hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from .file_content import Key
from .kinds import SERIES, kind_of
from .natural import natural_key
from .restarts import Policy, Restarts
from .scan import Metadata
from .series import Series
from .tail import EventFile

__all__ = ["SeriesBook"]

_EMPTY: Mapping[str, Any] = MappingProxyType({})

Place = tuple[str, str]
"""A kind (one of `SERIES`) and a tag."""


class SeriesBook:
    """The series of a run as they were at one time; `updated` gives the next one.

    Parameters
    ----------
    policy
        What restarts do; see `LogDir`.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._keys: dict[Place, set[Key]] = {}
        self._series: dict[Place, Series] = {}
        self._shown: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, kind: str) -> Mapping[str, Any]:
        """Series of a kind by tag, in natural order; those that have points."""
        return self._shown.get(kind, _EMPTY)

    def counts(self) -> dict[str, int]:
        """Return how many series of each kind there are, of those kinds of which there are any."""
        return {kind: len(self._shown[kind]) for kind in SERIES if self._shown.get(kind)}

    def superseded(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the points that restarts made void, by kind and tag."""
        found: dict[str, dict[str, Any]] = {}
        for (kind, tag), series in self._series.items():
            void = series.superseded
            if len(void):
                found.setdefault(kind, {})[tag] = void
        return MappingProxyType({kind: _sorted(found[kind], _EMPTY) for kind in SERIES if kind in found})

    def updated(self, files: Sequence[EventFile], changed: Iterable[Key] | None) -> SeriesBook:
        """Return the series of `files`.

        Parameters
        ----------
        files
            In the order in which they were begun.
        changed
            What has new points; None for everything.
        """
        restarts = Restarts(files, self._policy)
        keys = None if changed is None or restarts.reach_over_files else set(changed)
        if keys is None or self._may_be_of_another_kind(keys):
            return SeriesBook(self._policy)._with(
                {key for file in files for key in file.content.series}, files, restarts
            )
        book = SeriesBook(self._policy)
        book._keys, book._series, book._shown = dict(self._keys), dict(self._series), dict(self._shown)
        return book._with(keys, files, restarts)

    def _may_be_of_another_kind(self, changed: set[Key]) -> bool:
        """Say whether it may be known only now of what kind a series is that has been there before."""
        unclear = ((noted, self._keys.get(("tensors", tag), ())) for noted, tag in changed)
        return any(noted and any(not before for before, _ in keys) for noted, keys in unclear)

    def _with(self, keys: set[Key], files: Sequence[EventFile], restarts: Restarts) -> SeriesBook:
        places: dict[Place, set[Key]] = {}
        for noted, tag in keys:
            place = kind_of(noted, "" if noted else _metadata_of(tag, files).plugin), tag
            places.setdefault(place, set()).add((noted, tag))
        shown: dict[str, dict[str, Any]] = {}
        for place, found in places.items():
            self._keys[place] = self._keys.get(place, set()) | found
            series = self._build(place, files, restarts)
            kind, tag = place
            self._series[place] = series
            if len(series):
                if kind not in shown:
                    shown[kind] = dict(self._shown.get(kind, _EMPTY))
                shown[kind][tag] = series
        self._shown |= {kind: _sorted(found, self._shown.get(kind, _EMPTY)) for kind, found in shown.items()}
        return self

    def _build(self, place: Place, files: Sequence[EventFile], restarts: Restarts) -> Series:
        kind, tag = place
        # What was noted without metadata comes before what had some.
        segments = restarts.segments(kind, sorted(self._keys[place]))
        return SERIES[kind](tag, segments, _metadata_of(tag, files))


def _metadata_of(tag: str, files: Sequence[EventFile]) -> Metadata:
    found = (file.content.metadata.get(tag) for file in files)
    return next((metadata for metadata in found if metadata is not None), Metadata())


def _sorted(found: dict[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
    if found.keys() != before.keys():
        found = {tag: found[tag] for tag in sorted(found, key=natural_key)}
    return MappingProxyType(found)
