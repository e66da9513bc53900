"""Graphs in files that a person chose in the page: what is sent is read, answered, and forgotten."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from tornado.web import stream_request_body

from ..errors import BadBodyError
from .base import Handler, to_json
from .data import zipped_json
from .graph_words import attribute_words, graph_words
from .query import Query

MOST_BYTES = 64 << 20
_MOST_AT_ONCE = 2

_places = asyncio.Semaphore(_MOST_AT_ONCE)


@stream_request_body
class GraphFile(Handler):
    """``api/v1/graph_file``: POST the bytes of a file; nothing else is read, and nothing kept."""

    reads: ClassVar[tuple[str, ...]] = ()
    writes: ClassVar[tuple[str, ...]] = ("POST",)
    takes: ClassVar[str] = "application/octet-stream"

    def expect_body(self) -> None:
        """Take so much and no more."""
        self._parts: list[bytes] = []
        length = self.request.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            raise BadBodyError(f"a file of more than {MOST_BYTES >> 20} MiB is not read", "leave out its weights")
        connection = self.request.connection
        assert connection is not None
        connection.set_max_body_size(MOST_BYTES)  # type: ignore[attr-defined]

    def data_received(self, chunk: bytes) -> None:
        """Note a part of the file, unless it was refused."""
        if not self._finished:
            self._parts.append(chunk)

    async def post(self) -> None:
        """Read the graph."""
        name = Query(self.request.query_arguments).text("name")
        content = b"".join(self._parts)
        self._parts.clear()
        zips = self.takes_gzip
        async with _places:
            body, is_zipped = await self.viewer.store.run(lambda: zipped_json(_read(name, content), zips))
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        if is_zipped:
            self.set_header("Content-Encoding", "gzip")
        self.finish(body)


def _read(name: str, content: bytes) -> bytes:
    from ...eventlog import EventLogError
    from ...eventlog.graphs.graph_file import read_graph_file

    try:
        table = read_graph_file(name, content)
    except EventLogError as error:
        raise BadBodyError(f"{error}"[:500], "docs/http-api.md says which files are read") from None
    return to_json({"graph": graph_words(table), "attributes": attribute_words(table, 0, len(table.path))})


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/graph_file", GraphFile)]
