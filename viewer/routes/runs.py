"""Which runs there are, and which tags each has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..catalog import Catalog
from .base import Handler, number
from .data import Answer, DataHandler
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir


class Runs(DataHandler):
    """``api/v1/runs``: names, colours and tags of all runs."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read `Runs`, or `CompactRuns`."""
        describe = compact if query.choice("compact", ("0", "1")) == "1" else whole
        revision = log.revision
        return Answer.json(describe(revision, self.viewer.store.catalog.read(log)))


def whole(revision: int, catalog: Catalog) -> dict[str, Any]:
    """`Runs` of docs/http-api.md: each tag is written once, a run holds the indices of its tags."""
    runs = [
        {"name": name, "color": color, "started": _time(started), **catalog.sets[tags]}
        for name, color, started, tags in catalog.runs
    ]
    return {"revision": revision, "names": catalog.names, "tags": catalog.tags, "has": catalog.has, "runs": runs}


def compact(revision: int, catalog: Catalog) -> dict[str, Any]:
    """`CompactRuns` of docs/http-api.md: runs with the same tags share the list of their indices."""
    return {
        "revision": revision,
        "catalog": catalog.version,
        "names": catalog.names,
        "tags": catalog.tags,
        "has": catalog.has,
        "sets": catalog.sets,
        "runs": [(name, color, _time(started), tags) for name, color, started, tags in catalog.runs],
    }


def _time(started: float | None) -> float | str | None:
    return None if started is None else number(started)


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/runs", Runs)]
