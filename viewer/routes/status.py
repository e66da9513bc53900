"""Is the viewer there (`ping`), and what is new in the log (`status`)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ... import __version__
from ..processes import user_id
from .base import Handler, to_json
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir
    from ..catalog import CatalogBook

_PATIENCE = 0.25
_MOST_PROBLEMS = 100


class Ping(Handler):
    """``api/v1/ping``: who answers here; never waits for the log."""

    def note_audience(self) -> None:
        """Who asks whether it runs does not look at it."""

    def get(self) -> None:
        """Send the viewer's id, logdir, user, process and version."""
        record = self.viewer.record
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(
            to_json(
                {
                    "cellboard": __version__,
                    "id": record.id,
                    "logdir": record.logdir,
                    "uid": user_id(),
                    "pid": os.getpid(),
                }
            )
        )


class Status(Handler):
    """``api/v1/status``: refreshes the log and says how it stands."""

    async def get(self) -> None:
        """Send `Status`; a log that takes long to load or refresh is reported as it is meanwhile."""
        store = self.viewer.store
        query = Query(self.request.query_arguments)
        log = await store.fresh(_PATIENCE, now=query.choice("now", ("0", "1")) == "1")
        said = {
            "logdir": self.viewer.record.logdir,
            "logdirs": None if isinstance(store.roots, str) else dict(store.roots),
            "version": __version__,
            "window_title": self.viewer.options.title,
            "loaded_at": store.loaded_at,
            **await store.run(lambda: _state(log, store.catalog)),
        }
        if not store.is_loaded:
            said["state"] = "loading"
        said["progress"] = await store.run(lambda: _progress(log)) if store.is_busy else None
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(to_json(said))


def _progress(log: LogDir) -> dict[str, int]:
    return {
        "bytes_read": log.bytes_read,
        "bytes_found": log.bytes_found,
        "files_read": log.files_read,
        "files_found": log.files_found,
    }


def _state(log: LogDir, catalog: CatalogBook) -> dict[str, Any]:
    revision, version = log.revision, catalog.read(log).version
    problems, runs = log.problems, len(log.runs)
    return {
        "revision": revision,
        "catalog": version,
        "state": "ready" if runs or log.embedding_places else "empty" if log.exists else "missing",
        "runs": runs,
        "problem_count": len(problems),
        "problems": [
            {
                "run": problem.run,
                "file": os.path.relpath(problem.file, log.path),
                "offset": problem.offset,
                "size": problem.size,
                "reason": problem.reason,
            }
            for problem in problems[:_MOST_PROBLEMS]
        ],
    }


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/ping", Ping), ("/api/v1/status", Status)]
