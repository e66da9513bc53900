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

_NO_METADATA = Metadata()
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
        self._shown: dict[str, Mapping[str, Any]] = {}
        self._hidden: dict[Place, Series] = {}  # those of which no point counts
        self._noted: dict[str, tuple[str, ...]] = {}  # by kind: as what the scan noted series of it

    def __getitem__(self, kind: str) -> Mapping[str, Any]:
        """Series of a kind by tag, in natural order; those that have points."""
        return self._shown.get(kind, _EMPTY)

    def counts(self) -> dict[str, int]:
        """Return how many series of each kind there are, of those kinds of which there are any."""
        return {kind: len(self._shown[kind]) for kind in SERIES if self._shown.get(kind)}

    def superseded(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the points that restarts made void, by kind and tag."""
        found: dict[str, dict[str, Any]] = {}
        shown = (((kind, tag), series) for kind, all_of in self._shown.items() for tag, series in all_of.items())
        for (kind, tag), series in (*shown, *self._hidden.items()):
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
        if keys is None or self._may_be_of_another_kind(keys, files):
            return SeriesBook(self._policy)._with(
                {key for file in files for key in file.content.series}, files, restarts
            )
        book = SeriesBook(self._policy)
        book._shown, book._hidden, book._noted = dict(self._shown), dict(self._hidden), dict(self._noted)
        return book._with(keys, files, restarts)

    def _may_be_of_another_kind(self, changed: set[Key], files: Sequence[EventFile]) -> bool:
        """Say whether it may be known only now of what kind a series is that has been there before."""
        tensors = self._shown.get("tensors", _EMPTY)
        return any(
            noted and (tag in tensors or ("tensors", tag) in self._hidden) and _is_noted("", tag, files)
            for noted, tag in changed
        )

    def _with(self, keys: set[Key], files: Sequence[EventFile], restarts: Restarts) -> SeriesBook:
        places: set[Place] = set()
        for key in keys:
            noted, tag = key
            kind = _kind_of(noted, tag, files)
            if noted not in self._noted.get(kind, ()):
                # What was noted without metadata comes before what had some.
                self._noted[kind] = tuple(sorted((*self._noted.get(kind, ()), noted)))
            places.add(key if kind == noted else (kind, tag))
        shown: dict[str, dict[str, Any]] = {}
        for place in places:
            series = self._build(place, files, restarts)
            if not len(series):
                self._hidden[place] = series
                continue
            kind, tag = place
            if kind not in shown:
                shown[kind] = dict(self._shown.get(kind, _EMPTY))
            shown[kind][tag] = series
            self._hidden.pop(place, None)
        self._shown |= {kind: _sorted(found, self._shown.get(kind, _EMPTY)) for kind, found in shown.items()}
        return self

    def _build(self, place: Place, files: Sequence[EventFile], restarts: Restarts) -> Series:
        kind, tag = place
        keys = [(noted, tag) for noted in self._noted[kind] if noted or _kind_of("", tag, files) == kind]
        return SERIES[kind](tag, restarts.segments(kind, keys), _metadata_of(tag, files))


def _kind_of(noted: str, tag: str, files: Sequence[EventFile]) -> str:
    return kind_of(noted, "" if noted else _metadata_of(tag, files).plugin)


def _is_noted(noted: str, tag: str, files: Sequence[EventFile]) -> bool:
    return any((noted, tag) in file.content.series for file in files)


def _metadata_of(tag: str, files: Sequence[EventFile]) -> Metadata:
    for file in files:
        metadata = file.content.metadata.get(tag)
        if metadata is not None:
            return metadata
    return _NO_METADATA


def _sorted(found: dict[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
    if found.keys() != before.keys():
        found = {tag: found[tag] for tag in sorted(found, key=natural_key)}
    return MappingProxyType(found)
