"""Which event files a log directory has, and which directories name embeddings.

A run is a directory that directly holds an event file, which is any file whose name contains ``tfevents``. Embeddings
are named by a file in a directory, which need not be a run, or where its plugins have theirs. Symbolic
links to directories are followed, except into a directory that the path has gone through already.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["EmbeddingPlace", "Listing", "RunFiles", "common_path", "list_event_files", "list_roots"]

_MARK = "tfevents"
CONFIG = "projector_config.pbtxt"
PLUGIN = ("plugins", "org_tensorflow_tensorboard_projector")
"""Where TensorFlow's writers may leave it, below the directory that it is about."""

Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RunFiles:
    """The directory of a run, and its event files by path."""

    path: Path
    files: dict[str, os.stat_result]


@dataclass(frozen=True, slots=True)
class EmbeddingPlace:
    """A directory that names embeddings, and the states of the files that do so."""

    path: Path
    configs: dict[str, tuple[int, int, int]]


@dataclass(slots=True)
class Listing:
    """What there is: whether the log directory exists, runs by name, and why directories could not be looked into.

    Directories that name embeddings are by the name that a run there has.
    """

    exists: bool = False
    runs: dict[str, RunFiles] = field(default_factory=dict)
    embeddings: dict[str, EmbeddingPlace] = field(default_factory=dict)
    trouble: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Directory:
    path: str
    parts: tuple[str, ...]
    above: frozenset[Identity]
    is_alias: bool


def list_roots(roots: Mapping[str, Path]) -> Listing:
    """Return the event files of several directories, the runs of each below its name; a name may be "".

    A directory that is missing among several is a trouble; one alone is just not there yet.
    """
    listing = Listing()
    for name, root in roots.items():
        found = list_event_files(root)
        listing.exists = listing.exists or found.exists
        listing.trouble.update(found.trouble)
        if len(roots) > 1 and not found.exists:
            listing.trouble.setdefault(str(root), "does not exist")
        for place, what in found.embeddings.items():
            listing.embeddings.setdefault(_below(name, place), what)
        for run, files in found.runs.items():
            below = _below(name, run)
            if listing.runs.setdefault(below, files) is not files:
                listing.trouble[str(files.path)] = f"has the same name as another run, {below}; give its root another"
    return listing


def _below(name: str, run: str) -> str:
    return "/".join(part for part in (name, run) if part not in ("", ".")) or "."


def common_path(roots: Iterable[Path]) -> Path:
    """Return the directory that all of `roots` are in, or the first of them if there is none."""
    paths = list(roots)
    try:
        return Path(os.path.commonpath(paths))
    except ValueError:  # on different drives
        return paths[0]


def list_event_files(root: Path) -> Listing:
    """Return the event files in `root` and below.

    Directories come before links to them. A directory that is reached a second time, through a link, is listed under
    that name too, but links within it lead only to what was not seen before: the work grows with links times
    directories, not with the number of paths.
    """
    listing = Listing()
    if not os.path.isdir(root):
        if os.path.lexists(root):
            listing.trouble[str(root)] = "not a directory"
        return listing
    listing.exists = True
    seen: set[Identity] = set()
    plain, links = deque([_Directory(str(root), (), frozenset(), False)]), deque[_Directory]()
    while plain or links:
        from_link = not plain
        directory = (plain or links).popleft()
        try:
            _look_into(directory, from_link, seen, listing, plain, links)
        except OSError as error:
            listing.trouble[directory.path] = f"cannot be listed: {error.strerror or error}"
    return listing


def _look_into(
    directory: _Directory,
    from_link: bool,
    seen: set[Identity],
    listing: Listing,
    plain: deque[_Directory],
    links: deque[_Directory],
) -> None:
    status = os.stat(directory.path)
    identity = (status.st_dev, status.st_ino)
    if identity in directory.above or (from_link and directory.is_alias and identity in seen):
        return
    is_alias = directory.is_alias or (from_link and identity in seen)
    seen.add(identity)
    files = {}
    with os.scandir(directory.path) as entries:
        for entry in entries:
            if _is_directory(entry):
                parts = (*directory.parts, _as_text(entry.name))
                below = _Directory(entry.path, parts, directory.above | {identity}, is_alias)
                (links if entry.is_symlink() else plain).append(below)
            elif _MARK in entry.name and (found := _status(entry)):
                files[entry.path] = found
            elif entry.name == CONFIG and (found := _status(entry)):
                _note_embeddings(directory, entry.path, found, listing)
    if files:
        listing.runs["/".join(directory.parts) or "."] = RunFiles(Path(directory.path), files)


def _note_embeddings(directory: _Directory, config: str, status: os.stat_result, listing: Listing) -> None:
    parts, path = directory.parts, Path(directory.path)
    if parts[-2:] == PLUGIN:
        parts, path = parts[:-2], path.parent.parent
    place = listing.embeddings.setdefault("/".join(parts) or ".", EmbeddingPlace(path, {}))
    place.configs[config] = (status.st_ino, status.st_size, status.st_mtime_ns)


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or to where we may not look
        return False


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat() if entry.is_file() else None
    except OSError:  # deleted just now
        return None


def _as_text(name: str) -> str:
    """Return a file name that can be shown and sent, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
