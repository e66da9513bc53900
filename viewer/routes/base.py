"""What every handler does: pass the gate, set the headers, answer errors in words."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, ClassVar

from tornado.web import Finish, HTTPError, RequestHandler

from ..access import BLOB_POLICY
from ..errors import BadBodyError, NoTokenError, RefusedError, RequestError
from .pages import token_form, words_page

if TYPE_CHECKING:
    from ..server import Viewer

_log = logging.getLogger("cellboard.viewer")

_READS = ("GET", "HEAD")
_WORDS = {404: "nothing is served at this address"}


class Handler(RequestHandler):
    """Base of all handlers: behind token, Host and Origin; GET and HEAD, and what a subclass names in `writes`."""

    policy: ClassVar[str] = BLOB_POLICY

    writes: ClassVar[tuple[str, ...]] = ()
    """Methods that change something, or take what is sent, where there are any."""

    reads: ClassVar[tuple[str, ...]] = _READS

    takes: ClassVar[str] = "application/json"
    """Content type of what is sent."""

    @property
    def viewer(self) -> Viewer:
        """The viewer this handler answers for."""
        viewer: Viewer = self.settings["viewer"]
        return viewer

    def set_default_headers(self) -> None:
        """Headers of every answer, errors included."""
        self.clear_header("Server")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", self.policy)
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cache-Control", "private, no-cache")

    def prepare(self) -> None:
        """Refuse whoever does not belong here, before anything else is looked at."""
        headers, access = self.request.headers, self.viewer.access
        access.check(headers.get("Host"), headers.get("Origin"))
        if access.inside(self.request.path) is None:
            typed = self.get_query_argument("token", "")
            if self.request.method == "GET" and access.is_token(typed):
                self.redirect(f"{access.up_from(self.request.path)}{access.token}/", status=303)
                raise Finish
            raise NoTokenError(
                "that is not the token of this viewer" if typed else "this address does not hold the viewer's token",
                "in a terminal, `cellboard list` prints the whole addresses of your viewers; "
                "in a notebook, run the `%board` cell again",
            )
        self.note_audience()
        if self.request.method in self.reads:
            return
        if self.request.method not in self.writes:
            raise HTTPError(405)
        self._check_write()
        self.expect_body()

    def expect_body(self) -> None:
        """Called once it is known that what a request writes may be taken, before its body is."""

    def note_audience(self) -> None:
        """Somebody looks at the viewer."""
        self.viewer.audience.note()

    def _check_write(self) -> None:
        """Let nothing but a script of the viewer's own page write.

        Browsers name the Origin of all that writes, so who names none is no page; and they send JSON, or bytes of no
        type, to a foreign address only after asking with OPTIONS, which is never answered.
        """
        headers = self.request.headers
        if headers.get("Origin") is None:
            raise RefusedError("what changes something must name its Origin", "send the viewer's own address as Origin")
        if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise RefusedError("only the viewer's own page may change something", "open the viewer's address")
        kind, _, _ = headers.get("Content-Type", "").partition(";")
        if kind.strip().lower() != self.takes:
            raise BadBodyError("what is sent is not of the type that is taken", f"send Content-Type: {self.takes}")

    def head(self, *args: str, **kwargs: str) -> Awaitable[None] | None:
        """Answer as GET does; tornado leaves the body out."""
        return self.get(*args, **kwargs)

    @property
    def takes_gzip(self) -> bool:
        """Whether the client unpacks gzip."""
        return "gzip" in self.request.headers.get("Accept-Encoding", "")

    def compute_etag(self) -> str | None:
        """Tornado's own hash of every body is not used: handlers that have an ETag know it before the body."""
        return None

    def is_known_to_client(self, etag: str) -> bool:
        """Set the ETag; if the client has that version already, answer 304 and return True."""
        self.set_header("Etag", f'"{etag}"')
        if not self.check_etag_header():
            return False
        self.set_status(304)
        return True

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer an error: JSON, or a page where a person looks."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, RequestError):
            self.set_status(error.status)
            message, hint = error.message, error.hint
        else:
            message, hint = _WORDS.get(status_code, "the viewer failed to answer"), ""
            if status_code >= 500:
                message, hint = f"the viewer failed: {type(error).__name__}: {error}"[:500], "its log says where"
        if status_code == 405:
            allowed = (*self.reads, *self.writes)
            message = f"only {' and '.join(allowed)} {'is' if len(allowed) == 1 else 'are'} answered"
            self.set_header("Allow", ", ".join(allowed))
        if isinstance(error, RefusedError) and "text/html" in self.request.headers.get("Accept", ""):
            self.set_header("Content-Type", "text/html; charset=utf-8")
            asks = isinstance(error, NoTokenError)
            self.set_header("Content-Security-Policy", self.viewer.access.note_policy(asks))
            self.clear_header("Cross-Origin-Resource-Policy")
            form = token_form(self.viewer.access.up_from(self.request.path)) if asks else ""
            self.finish(words_page(message, hint, form))
            return
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(to_json({"error": message, "hint": hint}))

    def send_error(self, status_code: int = 500, **kwargs: Any) -> None:
        """As tornado's, with the status that our errors carry."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        super().send_error(error.status if isinstance(error, RequestError) else status_code, **kwargs)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log what is our fault, without the address: it holds the token."""
        if not isinstance(value, (RequestError, HTTPError)):
            inside = self.viewer.access.inside(self.request.path)
            _log.error("%s failed", inside, exc_info=(typ, value, tb))


def to_json(value: Any) -> bytes:
    """JSON in UTF-8; the caller has turned NaN and infinities into strings with `number`."""
    return json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def number(value: float) -> float | str:
    """A float as JSON can hold it: "NaN", "Infinity" and "-Infinity" are strings."""
    value = float(value)
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
