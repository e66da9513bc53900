"""Which runs a log has and which tags each of them, kept from one question to the next.

A page asks each second, and most of the time no tag is new. What a run has is looked up again only if the run changed,
and runs with the same tags, as those of a sweep, share one list of them.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..eventlog import LogDir, Run

__all__ = ["KINDS", "ONCE", "Catalog", "CatalogBook", "digest_of"]

KINDS = ("scalars", "images", "histograms", "texts", "audio", "pr_curves", "graphs", "meshes")
"""What is logged again and again under a tag."""

ONCE = ("hparams", "custom_scalars")
"""What is said once about a run, or about all."""

EMBEDDINGS = "embeddings"
"""Named in files beside the log, by a run or by a directory that is none."""

TagSet = tuple[tuple[str, ...], ...]
"""The tags of a run, of each of `KINDS`."""

Line = tuple[str, str, float | None, int]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The runs of a log as they were at one time."""

    version: int
    """Another one whenever any of this is."""
    names: str
    """Tells the names of runs and scalars, in their order, from others: see `digest_of`."""
    tags: dict[str, list[str]]
    """All tags of each kind, in natural order."""
    has: dict[str, bool]
    sets: list[dict[str, list[int]]]
    """What tags runs have: indices into `tags`, of each kind."""
    runs: list[Line]
    """Name, colour, first wall time and index into `sets`, in order of appearance."""


def digest_of(runs: Sequence[str], tags: Sequence[str]) -> str:
    """A short text that tells these names of runs and tags, in this order, from others."""
    text = json.dumps([list(runs), list(tags)])
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


_EMPTY = Catalog(0, digest_of([], []), {kind: [] for kind in KINDS}, dict.fromkeys((*ONCE, EMBEDDINGS), False), [], [])


class CatalogBook:
    """Makes the catalog of one log."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Run, int, TagSet, frozenset[str]]] = {}
        self._last = _EMPTY
        self._key: Any = None

    def read(self, log: LogDir) -> Catalog:
        """Return the catalog as of now: the same object as long as it says the same."""
        runs = list(log.runs.values())
        with self._lock:
            known = self._known
            # The revision is taken first: what is added while tags are looked up is found the next time.
            self._known = {run.name: self._look_up(run, run.revision, known.get(run.name)) for run in runs}
            found = [self._known[run.name] for run in runs]
            lines = [(run.name, run.color, run.started, tags) for run, (_, _, tags, _) in zip(runs, found, strict=True)]
            has = {kind: any(kind in once for _, _, _, once in found) for kind in ONCE}
            has[EMBEDDINGS] = bool(log.embedding_places)
            if (lines, has) != self._key:
                self._key = (lines, has)
                self._last = _catalog(self._last.version + 1, lines, has)
            return self._last

    @staticmethod
    def _look_up(
        run: Run, revision: int, known: tuple[Run, int, TagSet, frozenset[str]] | None
    ) -> tuple[Run, int, TagSet, frozenset[str]]:
        if known is not None and known[0] is run and known[1] == revision:
            return known
        tags = tuple(tuple(getattr(run, kind)) for kind in KINDS)
        # The same object as before where it says the same: comparing is done in no time then.
        return run, revision, known[2] if known and known[2] == tags else tags, run.kinds.intersection(ONCE)


def _catalog(version: int, lines: list[tuple[str, str, float | None, TagSet]], has: dict[str, bool]) -> Catalog:
    from ..eventlog.natural import natural_key

    places: dict[TagSet, int] = {}
    runs = [(name, color, started, places.setdefault(tags, len(places))) for name, color, started, tags in lines]
    tags = {
        kind: sorted({tag for found in places for tag in found[at]}, key=natural_key) for at, kind in enumerate(KINDS)
    }
    index = {kind: {tag: place for place, tag in enumerate(names)} for kind, names in tags.items()}
    sets = [{kind: sorted(index[kind][tag] for tag in found[at]) for at, kind in enumerate(KINDS)} for found in places]
    names = digest_of([name for name, _, _, _ in runs], tags["scalars"])
    return Catalog(version, names, tags, has, sets, runs)
