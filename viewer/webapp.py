"""The built web app inside the package: its page, with a nonce put on every script, and its assets.

Only files found in the build are served, by exact name: no part of a request ever becomes a path on disk.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .errors import WebAppMissingError

NOT_BUILT = "the web app is not built"
HOW_TO_BUILD = "run `pip install .` in the checkout, or `npm ci && npm run build` in its viewer/web"

_BUILT = Path(__file__).parent / "web" / "dist"
_TAG = re.compile(r"<(script|link|style)\b(?![^>]*\snonce=)", re.IGNORECASE)
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}


@dataclass(frozen=True)
class Asset:
    """One file of the build. Its name carries a hash of its content, so it never changes."""

    path: Path

    @property
    def content_type(self) -> str:
        """MIME type by the file's ending."""
        known = _TYPES.get(self.path.suffix) or mimetypes.guess_type(self.path.name)[0] or "application/octet-stream"
        return f"{known}; charset=utf-8" if known.startswith("text/") else known

    @property
    def is_there(self) -> bool:
        """Whether it can still be served: an update of the package takes away the files of a viewer that runs."""
        return "content" in vars(self) or "zipped" in vars(self) or self.path.is_file()

    @cached_property
    def content(self) -> bytes:
        """The file as built."""
        return self.path.read_bytes()

    @cached_property
    def zipped(self) -> bytes | None:
        """The file gzipped, as the build left it beside the file or packed here; None if that does not pay."""
        beside = self.path.with_name(self.path.name + ".gz")
        if beside.is_file():
            return beside.read_bytes()
        if not self.content_type.startswith(("text/", "image/svg", "application/json")) or len(self.content) < 1024:
            return None
        return gzip.compress(self.content, 6, mtime=0)


class WebApp:
    """The build under `root`.

    Parameters
    ----------
    root
        Folder with ``index.html`` and ``assets/``; the package's own build by default.
    """

    def __init__(self, root: Path = _BUILT) -> None:
        self.root = root

    @property
    def is_built(self) -> bool:
        """Whether there is a page to show."""
        return (self.root / "index.html").is_file()

    def page(self, nonce: str) -> bytes:
        """``index.html`` with `nonce` on its script, link and style tags.

        Raises
        ------
        WebAppMissingError
            In a source checkout whose web app was not built.
        """
        if not self.is_built:
            raise WebAppMissingError(NOT_BUILT, HOW_TO_BUILD)
        return _TAG.sub(rf'<\1 nonce="{nonce}"', self._index).encode()

    def asset(self, name: str) -> Asset | None:
        """The file served as ``assets/<name>``; None if the build has none of that name, or has it no more."""
        found = self._assets.get(name)
        return found if found and found.is_there else None

    @cached_property
    def _index(self) -> str:
        return (self.root / "index.html").read_text(encoding="utf-8")

    @cached_property
    def _assets(self) -> dict[str, Asset]:
        home = self.root / "assets"
        files = (path for path in home.rglob("*") if path.is_file() and path.suffix not in (".gz", ".map"))
        return {path.relative_to(home).as_posix(): Asset(path) for path in files}
