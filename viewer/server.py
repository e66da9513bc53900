"""The HTTP server of one viewer: which address is answered by which handler, and what every handler shares."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from .access import Access
from .idle import Audience
from .layouts import MOST_BYTES, LayoutStore, config_directory
from .options import ViewerOptions
from .point_store import PointStore
from .registry import ViewerRecord
from .routes import handlers, lost
from .store import LogStore
from .webapp import WebApp

# A page may ask for a thousand runs by name in one address.
_MOST_HEADER_BYTES = 1 << 20
_IDLE_SECONDS = 300


@dataclass(frozen=True)
class Viewer:
    """What the handlers of one viewer share."""

    options: ViewerOptions
    record: ViewerRecord
    access: Access
    store: LogStore
    audience: Audience = field(default_factory=lambda: Audience(0))
    webapp: WebApp = field(default_factory=WebApp)
    points: PointStore = field(default_factory=PointStore)
    boot: str = field(default_factory=lambda: secrets.token_hex(4))
    """Differs from process to process; part of every ETag, since revisions start anew."""

    @cached_property
    def layouts(self) -> LayoutStore:
        """What the user has made of this logdir's scalars."""
        return LayoutStore(self.record.logdir, config_directory())


def make_server(viewer: Viewer) -> HTTPServer:
    """The viewer's HTTP server, not yet listening."""
    application = Application(
        [(rf"{_prefix(viewer)}/[^/]*{path}", handler) for path, handler in handlers()],
        default_handler_class=lost(),
        viewer=viewer,
        log_function=_no_access_log,
    )
    return HTTPServer(
        application,
        max_header_size=_MOST_HEADER_BYTES,
        max_body_size=MOST_BYTES,
        idle_connection_timeout=_IDLE_SECONDS,
    )


def _prefix(viewer: Viewer) -> str:
    # Which token stands in the path, and that it does, is the business of `routes.base.Handler.prepare`.
    prefix = viewer.access.path_prefix.replace(".", r"\.")
    return f"(?:{prefix})?" if prefix else ""


def _no_access_log(handler: RequestHandler) -> None:
    """Write no access log: addresses hold the token."""
