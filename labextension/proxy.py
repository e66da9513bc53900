"""Pass a request on to a viewer of the registry.

The viewer gets the path, the query and the few headers that say what the browser can take; of what is written, the
body and its type. Whether a browser may write is Jupyter's to check (Origin and XSRF cookie): to the viewer, this
server is its own page. It never sees Jupyter's cookies or tokens; its own token is added here and stays between the two
servers. No other address is ever asked: a record counts only while the process that wrote it lives.
"""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.httputil import HTTPHeaders
from tornado.simple_httpclient import SimpleAsyncHTTPClient

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tornado.web import RequestHandler

    from ..viewer.registry import ViewerRecord

SENT_ON = ("Accept", "Accept-Encoding", "Accept-Language", "If-None-Match", "If-Modified-Since", "Range")
# Connection matters (RFC 9110 §7.6.1), what tornado sets itself, and what would speak for the Jupyter server.
KEPT_BACK = frozenset(
    [
        *("connection", "keep-alive", "proxy-authenticate", "proxy-connection", "te", "trailer", "transfer-encoding"),
        *("date", "location", "server", "set-cookie", "upgrade"),
    ]
)
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 300.0
WRITTEN = {"api/v1/layout": 1 << 18, "api/v1/graph_file": 64 << 20}
"""Addresses within a viewer that take what is sent, and how many bytes at most."""
MOST_AT_ONCE = 200
MOST_BYTES = 1 << 40


def live_viewer(viewer_id: str) -> ViewerRecord | None:
    """Return the record of a viewer that this user runs on this machine, None if there is none alive."""
    from ..viewer import registry
    from ..viewer.processes import is_running, user_id

    record = registry.read(viewer_id)
    if record is None or record.machine != socket.gethostname() or record.uid != user_id():
        return None
    return record if is_running(record.pid, record.process_start) else None


def viewer_url(record: ViewerRecord, path: str, query: str) -> str:
    """Return the viewer's own address of a path, without what a query says to the Jupyter server (its token)."""
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in ("token", "_xsrf")]
    host = f"[{record.reach}]" if ":" in record.reach else record.reach
    return f"http://{host}:{record.port}/{record.token}/{path}" + (f"?{urlencode(pairs)}" if pairs else "")


class Forwarder:
    """Passes requests on; one for a server, since the connections to viewers are counted together."""

    def __init__(self) -> None:
        self._client = SimpleAsyncHTTPClient(
            force_instance=True, max_clients=MOST_AT_ONCE, max_body_size=MOST_BYTES, max_header_size=1 << 16
        )

    async def forward(self, handler: RequestHandler, record: ViewerRecord, path: str) -> bool:
        """Send a handler's request to a viewer and stream the answer back.

        Parameters
        ----------
        handler
            Its request is a GET or HEAD, or writes to one of `WRITTEN`; it is finished when the whole answer was passed
            on.
        record
            The viewer, alive a moment ago.
        path
            The address within the viewer, quoted as it was sent, without the query.

        Returns
        -------
        bool
            False if the viewer did not answer; nothing was sent to the browser then.
        """
        answer = _Answer(handler)
        writes = handler.request.method in ("PUT", "POST")
        request = HTTPRequest(
            viewer_url(record, path, handler.request.query),
            method=handler.request.method or "GET",
            headers=_sent_on(handler.request.headers, record, writes),
            body=handler.request.body if writes else None,
            connect_timeout=CONNECT_SECONDS,
            request_timeout=ANSWER_SECONDS,
            follow_redirects=False,
            decompress_response=False,
            header_callback=answer.header_line,
            streaming_callback=answer.chunk,
        )
        try:
            await self._client.fetch(request, raise_error=False)
        except (HTTPClientError, OSError):
            # No answer, or it broke off. A status that says error is an answer like any other.
            return answer.break_off()
        return True


def _sent_on(headers: HTTPHeaders, record: ViewerRecord, writes: bool) -> HTTPHeaders:
    sent = HTTPHeaders({name: headers[name] for name in SENT_ON if name in headers})
    # Without this tornado asks for gzip whether the browser can take it or not.
    sent.setdefault("Accept-Encoding", "identity")
    sent["Host"] = f"127.0.0.1:{record.port}"
    if writes:
        sent["Origin"] = f"http://127.0.0.1:{record.port}"
        sent["Content-Type"] = headers.get("Content-Type", "")
    return sent


class _Answer:
    """A viewer's answer on its way to the browser; the handler ends it when its method returns."""

    def __init__(self, handler: RequestHandler) -> None:
        self._handler = handler
        self._begun = False
        self._names: set[str] = set()

    def header_line(self, line: str) -> None:
        """Take the status line, a header, or the empty line after the last."""
        status = re.match(r"HTTP/[\d.]+ (\d{3})", line)
        if status:
            self._handler.clear()
            # What Jupyter sends by default is not for a viewer's answer, which says all of this itself.
            for name in ("Content-Type", "Server", "Date"):
                self._handler.clear_header(name)
            self._handler.set_status(int(status[1]))
            self._names.clear()
            return
        name, colon, value = line.strip().partition(":")
        if colon and name.lower() not in KEPT_BACK:
            self._set(name, value.strip())

    def _set(self, name: str, value: str) -> None:
        # The first of a name replaces a default of Jupyter's; further ones are added to it.
        if name.lower() in self._names:
            self._handler.add_header(name, value)
        else:
            self._handler.set_header(name, value)
            self._names.add(name.lower())

    def chunk(self, data: bytes) -> Awaitable[None]:
        """Pass a part of the body on at once; the next is read when the browser has taken it (tornado 6.5)."""
        self._begun = True
        self._handler.write(data)
        return self._handler.flush()

    def break_off(self) -> bool:
        """End an answer that stopped in the middle; returns whether it had begun."""
        if self._begun:
            # The browser is to see that something is missing.
            self._handler.detach().close()
        else:
            self._handler.clear()
        return self._begun
