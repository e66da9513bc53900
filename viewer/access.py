"""Who may talk to a viewer: token, Host, Origin, and what a page may do (Content Security Policy).

Every address starts with a random token, so relative addresses carry it and no cookie is needed. The Host header keeps
a foreign name that was pointed at 127.0.0.1 (DNS rebinding) out; a loopback name passes with any port, since a port
that was forwarded (``ssh -L``, a container) arrives under the other number.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .errors import RefusedError

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

# Pages that may frame the viewer besides its own origin: Jupyter on this machine, and VS Code's notebook views.
_FRAMES = (
    "'self'",
    "http://localhost:*",
    "https://localhost:*",
    "http://127.0.0.1:*",
    "https://127.0.0.1:*",
    "vscode-webview:",
    "vscode-file:",
)

_MOST_TYPED = 2000

# For everything that is not a page: an image or a number opened in a tab of its own can run nothing.
BLOB_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def new_token() -> str:
    """192 random bits in URL-safe letters."""
    return secrets.token_urlsafe(24)


def new_nonce() -> str:
    """A fresh nonce for one page's scripts."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class Access:
    """The gate of one viewer.

    Parameters
    ----------
    token
        First segment of every path.
    allow_host
        Names accepted in Host, in Origin and around a frame, besides this machine's loopback names; one that begins
        with a dot stands for all names below it.
    path_prefix
        Path that may stand before the token.
    any_address
        Accept numeric addresses and this machine's name in Host: the viewer listens beyond loopback. A number cannot
        be rebound to, a foreign name can.
    """

    token: str = field(repr=False)
    allow_host: frozenset[str] = frozenset()
    path_prefix: str = ""
    any_address: bool = False

    def check(self, host: str | None, origin: str | None) -> None:
        """Raise `RefusedError` unless the request's Host and Origin headers are ones this viewer answers to."""
        if not self._knows(host):
            raise RefusedError(
                f"this viewer does not answer to the host {_short(host)}", "start it with --allow_host NAME"
            )
        if origin is not None and not self._is_own(origin, host or ""):
            raise RefusedError(f"this viewer does not answer to pages of {_short(origin)}", "open its own address")

    def inside(self, path: str) -> str | None:
        """What `path` says behind the token, "" for the token alone without a slash; None without the right token."""
        prefix = self.path_prefix
        if prefix and path.startswith(prefix + "/"):
            path = path[len(prefix) :]
        token, slash, rest = path.removeprefix("/").partition("/")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode()):
            return None
        return slash + rest

    def is_token(self, typed: str) -> bool:
        """Whether somebody typed the token, or an address that holds it."""
        words = re.split(r"[\s/?#]+", typed[:_MOST_TYPED].strip())
        # Every word is compared, and each in constant time.
        return True in [hmac.compare_digest(word.encode("utf-8", "replace"), self.token.encode()) for word in words]

    def up_from(self, path: str) -> str:
        """The relative address, seen from `path`, of the directory that the token is in."""
        if self.path_prefix and path.startswith(self.path_prefix + "/"):
            path = path[len(self.path_prefix) :]
        return "../" * (path.count("/") - 1) or "./"

    def page_policy(self, nonce: str) -> str:
        """The policy of the web app: its scripts by nonce, nothing from elsewhere."""
        return "; ".join(
            [
                "default-src 'self'",
                f"script-src 'nonce-{nonce}' 'strict-dynamic'",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' blob: data:",
                "media-src 'self' blob:",
                "font-src 'self' data:",
                "worker-src 'self'",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'none'",
                f"frame-ancestors {self._frames()}",
            ]
        )

    def note_policy(self, asks: bool = False) -> str:
        """The policy of a page of plain words (a refusal): no script, may be framed as the web app may.

        Parameters
        ----------
        asks
            It has a form, which is answered here.
        """
        action = "'self'" if asks else "'none'"
        return (
            f"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action {action}; "
            f"frame-ancestors {self._frames()}"
        )

    def _frames(self) -> str:
        names = (f"*{name}" if name.startswith(".") else name for name in sorted(self.allow_host))
        named = (f"{scheme}://{name}:*" for name in names for scheme in ("http", "https"))
        return " ".join([*_FRAMES, *(source for source in named if source.count(":") == 2)])

    def _knows(self, host: str | None) -> bool:
        name = host_name(host)
        if name is None:
            return False
        return name in _LOOPBACK or self._allows(name) or (self.any_address and _is_address(name))

    def _allows(self, name: str | None) -> bool:
        """Whether a name is one of `allow_host`, or lies below one that begins with a dot."""
        return name is not None and any(
            name == allowed or (allowed.startswith(".") and name.endswith(allowed)) for allowed in self.allow_host
        )

    def _is_own(self, origin: str, host: str) -> bool:
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https"):
            return False
        return parts.netloc.lower() == host.lower() or self._allows(host_name(parts.netloc))


def host_name(header: str | None) -> str | None:
    """The name in a Host header, in lower case without port and brackets; None if it is malformed."""
    if not header or any(character in header for character in "/\\@?#, \t"):
        return None
    try:
        parts = urlsplit("//" + header)
        return parts.hostname if parts.port is None or parts.port >= 0 else None
    except ValueError:
        return None


def reaches_beyond_loopback(addresses: Iterable[str]) -> bool:
    """Whether a viewer listening on these addresses can be reached from other machines."""
    return any(not ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in addresses)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _short(text: str | None) -> str:
    return repr((text or "")[:100])
