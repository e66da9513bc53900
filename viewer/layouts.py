"""Layouts that a person made in the page: which scalars to draw together, kept for each logdir.

They are the user's, not the log's: a file of mode 0600 in the user's config directory, named for the real path of the
logdir. A draft of it becomes the file in one step, so that it is never half there. What a file holds is checked when it
is read as when it is written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .errors import BadBodyError, ConflictError, LayoutError

__all__ = ["MOST_BYTES", "ChartOfMine", "LayoutStore", "MarginOfMine", "config_directory", "read_charts"]

MOST_BYTES = 1 << 18
"""Of a file, and of a request that writes one."""

_FORMAT = 1
_MOST_CHARTS = 500
_MOST_PATTERNS = 100
_MOST_LETTERS = 1000


@dataclass(frozen=True, slots=True)
class MarginOfMine:
    """A line within a band: regular expressions for the tags of the line and of the band's two edges."""

    value: str
    lower: str
    upper: str


@dataclass(frozen=True, slots=True)
class ChartOfMine:
    """A chart: either lines, or lines within bands.

    Parameters
    ----------
    title, section
        What stands above it, and above the charts that it is shown with.
    tags
        Regular expressions for the tags whose lines are drawn.
    margins
        The lines within bands.
    """

    title: str
    section: str = ""
    tags: tuple[str, ...] = ()
    margins: tuple[MarginOfMine, ...] = ()


def config_directory() -> Path | None:
    """Where the user's settings are kept; None where the system has no place for them."""
    said = os.environ.get("XDG_CONFIG_HOME", "")
    if os.path.isabs(said):
        return Path(said, "cellboard")
    if sys.platform == "win32":
        roaming = os.environ.get("APPDATA", "")
        return Path(roaming, "cellboard") if roaming else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    base = home / "Library" / "Application Support" if sys.platform == "darwin" else home / ".config"
    return base / "cellboard"


class LayoutStore:
    """The charts of one logdir.

    Parameters
    ----------
    logdir
        Absolute, links followed.
    directory
        The user's config directory; None: nothing can be kept.
    """

    def __init__(self, logdir: str, directory: Path | None) -> None:
        self._logdir = logdir
        name = hashlib.blake2b(os.fsencode(logdir), digest_size=16).hexdigest()
        self.path = directory / "layouts" / f"{name}.json" if directory is not None else None
        self._lock = threading.Lock()

    def read(self) -> tuple[tuple[ChartOfMine, ...], str]:
        """The charts, and the version that they are of; none, of version "", if there is no file.

        Raises
        ------
        LayoutError
            If there is a file that cannot be read.
        """
        content = self._content()
        if content is None:
            return (), ""
        try:
            said = json.loads(content)
            charts = read_charts(said.get("charts") if isinstance(said, dict) else None)
        except (ValueError, RecursionError) as error:
            raise LayoutError(
                f"the layout in {self.path} cannot be read: {error}", "mend the file or delete it"
            ) from error
        return charts, _version_of(content)

    def write(self, charts: Sequence[ChartOfMine], version: str) -> str:
        """Keep the charts instead of those of `version`, and return the version of the new ones.

        Raises
        ------
        ConflictError
            If others were kept meanwhile.
        LayoutError
            If they cannot be kept.
        """
        said = {"format": _FORMAT, "logdir": self._logdir, "charts": [asdict(chart) for chart in charts]}
        content = json.dumps(said, ensure_ascii=True, indent=1).encode()
        if len(content) > MOST_BYTES:
            raise BadBodyError(f"a layout of {len(content)} bytes", f"at most {MOST_BYTES} are kept")
        with self._lock:
            found = self._content()
            if (_version_of(found) if found is not None else "") != version:
                raise ConflictError("the layout was changed elsewhere meanwhile", "reload it, then change it again")
            self._replace(content)
        return _version_of(content)

    def _content(self) -> bytes | None:
        if self.path is None:
            return None
        try:
            with self.path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LayoutError(f"cannot read {self.path}: {error.strerror}", "layouts are kept there") from error
        if len(content) > MOST_BYTES:
            raise LayoutError(f"{self.path} is larger than {MOST_BYTES} bytes", "mend the file or delete it")
        return content

    def _replace(self, content: bytes) -> None:
        if self.path is None:
            raise LayoutError("this system names no directory for settings", "set XDG_CONFIG_HOME")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(dir=self.path.parent, prefix=".draft-")  # of mode 0600
            try:
                with open(descriptor, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(draft, self.path)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(draft)
                raise
        except OSError as error:
            raise LayoutError(f"cannot write {self.path}: {error.strerror}", "layouts are kept there") from error


def read_charts(said: Any) -> tuple[ChartOfMine, ...]:
    """Check charts as they come from a page or a file.

    Raises
    ------
    BadBodyError
        If they are none, or more or longer than is allowed; it says where.
    """
    charts = _list("charts", said, _MOST_CHARTS)
    return tuple(_chart(f"charts[{index}]", chart) for index, chart in enumerate(charts))


def _chart(where: str, said: Any) -> ChartOfMine:
    _names(where, said, {"title", "section", "tags", "margins"})
    tags = _list(f"{where}.tags", said.get("tags", []), _MOST_PATTERNS)
    margins = _list(f"{where}.margins", said.get("margins", []), _MOST_PATTERNS)
    if tags and margins:
        raise BadBodyError(f"{where} has both tags and margins", "a chart has lines, or lines within bands")
    return ChartOfMine(
        title=_text(f"{where}.title", said.get("title")),
        section=_text(f"{where}.section", said.get("section", "")),
        tags=tuple(_text(f"{where}.tags[{index}]", tag) for index, tag in enumerate(tags)),
        margins=tuple(_margin(f"{where}.margins[{index}]", margin) for index, margin in enumerate(margins)),
    )


def _margin(where: str, said: Any) -> MarginOfMine:
    _names(where, said, {"value", "lower", "upper"})
    return MarginOfMine(*(_text(f"{where}.{name}", said.get(name)) for name in ("value", "lower", "upper")))


def _names(where: str, said: Any, known: set[str]) -> None:
    if not isinstance(said, dict):
        raise BadBodyError(f"{where} is no object", "docs/http-api.md says what a layout is")
    unknown = set(said) - known
    if unknown:
        raise BadBodyError(f"{where} has the unknown name {min(unknown)[:100]!r}", "known: " + ", ".join(sorted(known)))


def _list(where: str, said: Any, most: int) -> list[Any]:
    if not isinstance(said, list) or len(said) > most:
        raise BadBodyError(f"{where} is no list of at most {most}", "docs/http-api.md says what a layout is")
    return said


def _text(where: str, said: Any) -> str:
    if not isinstance(said, str) or len(said) > _MOST_LETTERS:
        raise BadBodyError(f"{where} is no text of at most {_MOST_LETTERS} letters", "shorten it")
    return said


def _version_of(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()
