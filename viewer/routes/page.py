"""The web app itself, and every address that is none."""

from __future__ import annotations

from ..access import new_nonce
from ..errors import NotFoundError, WebAppMissingError
from .base import Handler
from .pages import words_page


class Page(Handler):
    """``/``: the web app's page."""

    def get(self) -> None:
        """Send the page with a fresh nonce; it is never kept, so that a new version is seen at once."""
        self.clear_header("Cross-Origin-Resource-Policy")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        nonce = new_nonce()
        try:
            page = self.viewer.webapp.page(nonce)
        except WebAppMissingError as missing:
            self.set_status(503)
            self.set_header("Content-Security-Policy", self.viewer.access.note_policy())
            self.finish(words_page(missing.message, missing.hint))
            return
        self.set_header("Content-Security-Policy", self.viewer.access.page_policy(nonce))
        self.finish(page)


class WithoutSlash(Handler):
    """The token alone: on to the page, by an address that is right behind any prefix."""

    def get(self) -> None:
        """Redirect to the token with a slash."""
        self.redirect(f"{self.viewer.access.token}/", status=302)


class Assets(Handler):
    """``/assets/…``: script and style."""

    async def get(self) -> None:
        """Send a file of the build; its name carries a hash, so it may be kept for ever."""
        inside = self.viewer.access.inside(self.request.path) or ""
        asset = self.viewer.webapp.asset(inside.removeprefix("/assets/"))
        if asset is None:
            raise NotFoundError("no such file in the web app", "reload the page")
        zipped = await self.viewer.store.run(lambda: asset.zipped) if self.takes_gzip else None
        self.set_header("Content-Type", asset.content_type)
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")
        self.set_header("Vary", "Accept-Encoding")
        if zipped is not None:
            self.set_header("Content-Encoding", "gzip")
        self.finish(asset.content if zipped is None else zipped)


class Lost(Handler):
    """Any other address."""

    def prepare(self) -> None:
        """Refuse strangers first; they are not to learn which addresses exist."""
        super().prepare()
        raise NotFoundError("nothing is served at this address", "docs/http-api.md lists the addresses")


ROUTES: list[tuple[str, type[Handler]]] = [("/", Page), ("", WithoutSlash), (r"/assets/.*", Assets)]
