"""What a Jupyter server with cellboard answers below ``<base>cellboard/``, to logged-in users only.

=====================  ===========================================================================================
``api/ping``           ``{"cellboard": version}``: the server part is here
``api/viewers``        the viewers that run (:mod:`.viewers`). POST starts one, DELETE stops all
``api/viewers/<id>``   DELETE stops that one
``v/<id>/<path>``      the viewer of that id; 410 if it does not run, 502 if it does not answer. A viewer's layout can
                       be written as well, and a graph in a file be sent to be drawn, by a page of this server that
                       knows its XSRF cookie
=====================  ===========================================================================================
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado.web import HTTPError, authenticated

from .base import Handler
from .proxy import WRITTEN, Forwarder, live_viewer
from .viewers import OneViewer, Viewers
from .words import GONE, SILENT, Absence, gone_from, page

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler

_FORWARDER = "cellboard_forwarder"


class Ping(Handler):
    """``api/ping``."""

    @authenticated
    @authorized
    def get(self) -> None:
        """Say which cellboard this is."""
        from cellboard import __version__

        self.finish({"cellboard": __version__})

    head = get


class Viewer(Handler):
    """``v/<id>/<path>``."""

    def check_xsrf_cookie(self) -> None:
        """Check as Jupyter does, but for the web app's own files.

        JupyterHub wants its XSRF cookie named in every request of a script, since other users' pages may have the same
        origin. A page cannot name it for modules, fonts and workers; these files are the same for all, and no user's.
        """
        path = self.request.path.partition("/cellboard/v/")[2].partition("/")[2]
        if self.request.method not in ("GET", "HEAD") or not re.fullmatch(r"assets/[\w.-]+", path):
            super().check_xsrf_cookie()

    @authenticated
    @authorized
    async def get(self, viewer_id: str, _path: str) -> None:
        """Pass the request on to the viewer and its answer back."""
        await self._pass_on(viewer_id)

    head = get

    @authenticated
    @authorized
    async def put(self, viewer_id: str, path: str) -> None:
        """Pass on what is sent, where something is taken; Jupyter has checked Origin and cookie."""
        if path not in WRITTEN:
            raise HTTPError(405)
        if len(self.request.body) > WRITTEN[path]:
            raise HTTPError(413)
        await self._pass_on(viewer_id)

    post = put

    async def _pass_on(self, viewer_id: str) -> None:
        record = live_viewer(viewer_id)
        if record is None:
            self.say(410, GONE)
            return
        # The path as it was sent: what is quoted in it stays quoted.
        _, _, inside = self.request.path.partition(f"/cellboard/v/{viewer_id}/")
        forwarder: Forwarder = self.settings.setdefault(_FORWARDER, Forwarder())
        if not await forwarder.forward(self, record, inside):
            self.say(*((502, SILENT) if live_viewer(viewer_id) else (410, gone_from(record.logdir))))

    def say(self, status: int, absence: Absence) -> None:
        """Answer that there is no viewer: a page for people, JSON for scripts."""
        if not self.wants_page:
            super().say(status, absence)
            return
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
        self.set_header("Content-Security-Policy", policy)
        self.finish(page(absence))


class WithoutSlash(Handler):
    """``v/<id>``: on to the address with a slash, from which the web app's relative addresses start."""

    @authenticated
    @authorized
    def get(self, viewer_id: str) -> None:
        """Redirect."""
        self.redirect(f"{viewer_id}/")

    head = get


def routes(base_url: str) -> list[tuple[str, type[JupyterHandler]]]:
    """Return the handlers with their addresses below a Jupyter server's base URL."""
    from jupyter_server.utils import url_path_join

    viewer = r"v/([a-z0-9]{4,32})"
    patterns: list[tuple[str, type[JupyterHandler]]] = [
        ("api/ping", Ping),
        ("api/viewers", Viewers),
        ("api/" + viewer.replace("v/", "viewers/", 1), OneViewer),
        (viewer, WithoutSlash),
        (viewer + "/(.*)", Viewer),
    ]
    return [(url_path_join(base_url, "cellboard", pattern), handler) for pattern, handler in patterns]
