"""Answers that are read from the log: on a worker thread, with an ETag, gzipped where that pays."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ..errors import NotFoundError
from .base import Handler, to_json
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir, Run

_JSON = "application/json; charset=utf-8"
_LEAST_TO_ZIP = 1024
_SHOWN = 200
_PATIENCE = 0.5

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with its content type; `etag` only if it is not told by the log's revision."""

    body: bytes
    content_type: str = _JSON
    etag: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, value: Any) -> Answer:
        """An answer in JSON."""
        return cls(to_json(value))


class DataHandler(Handler):
    """Base of the handlers that read the log: a subclass says how, in `read`."""

    changes_with_log: ClassVar[bool] = True
    """The same address gives the same answer until the log's revision grows."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the answer, on a worker thread."""
        raise NotImplementedError

    async def get(self) -> None:
        """Wait for the log to be loaded (a long load is not waited for), read, answer."""
        log = await self.viewer.store.log(_PATIENCE)
        # The revision is taken before the reading: an answer may be newer than its ETag says, never older.
        if self.changes_with_log and self.is_known_to_client(f"{self.viewer.boot}-{log.revision}"):
            return
        query, zips = Query(self.request.query_arguments), self.takes_gzip
        answer, is_zipped = await self.viewer.store.run(lambda: _zipped(self.read(log, query), zips))
        if answer.etag and self.is_known_to_client(answer.etag):
            return
        self.set_header("Content-Type", answer.content_type)
        self.set_header("Vary", "Accept-Encoding")
        if is_zipped:
            self.set_header("Content-Encoding", "gzip")
        for name, value in answer.headers.items():
            self.set_header(name, value)
        self.finish(answer.body)


def _zipped(answer: Answer, zips: bool) -> tuple[Answer, bool]:
    body, is_zipped = zipped_json(answer.body, zips and answer.content_type == _JSON)
    return (replace(answer, body=body), True) if is_zipped else (answer, False)


def zipped_json(body: bytes, zips: bool) -> tuple[bytes, bool]:
    """The body of an answer, gzipped if that is taken and pays, and whether it is."""
    if not zips or len(body) < _LEAST_TO_ZIP:
        return body, False
    return gzip.compress(body, 2, mtime=0), True


def find_run(log: LogDir, name: str) -> Run:
    """The run of that name, or `NotFoundError`."""
    run = log.runs.get(name)
    if run is None:
        raise unknown("run", name)
    return run


def find_series(series: Mapping[str, _T], kind: str, tag: str) -> _T:
    """The series of that tag, or `NotFoundError`."""
    found = series.get(tag)
    if found is None:
        raise unknown(kind, tag)
    return found


def unknown(kind: str, name: str) -> NotFoundError:
    """The error for a name that the log does not have."""
    return NotFoundError(f"no {kind} {name[:_SHOWN]!r}", "api/v1/runs lists what there is")
