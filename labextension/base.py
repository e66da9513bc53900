"""What all addresses of the server part have in common: who may ask, and how errors are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError

if TYPE_CHECKING:
    from .words import Absence


class Handler(JupyterHandler):
    """Base of the handlers: a script that is not logged in gets 403 and no login page.

    Nothing here counts as activity of the user: a page that looks at a list must not keep a hub from ending an idle
    server.
    """

    auth_resource = "cellboard"

    def get_login_url(self) -> str:
        """Where a person logs in."""
        if self.request.headers.get("Sec-Fetch-Dest", "document") in ("document", "iframe") and self.wants_page:
            return str(super().get_login_url())
        raise HTTPError(403)

    @property
    def wants_page(self) -> bool:
        """Whether a person looks at the answer."""
        return "text/html" in self.request.headers.get("Accept", "")

    def compute_etag(self) -> str | None:
        """None: a viewer makes its own."""
        return None

    def say(self, status: int, absence: Absence) -> None:
        """Answer with an error for scripts, which may show it to people."""
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        self.finish({"error": absence.error, "hint": absence.hint})
