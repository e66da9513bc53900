"""Whether a directory can hold logs at all, and where else they may be."""

from __future__ import annotations

import difflib
import os
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from .doctor_findings import Finding, counted, listed, note, problem

__all__ = ["about_place", "about_what_else_is_there"]

_MOST_DIRECTORIES, _DEPTH = 500, 4
_COMPRESSED = (".gz", ".zip", ".tar", ".tgz", ".bz2", ".xz", ".zst", ".7z")
_TRACES = (".pt.trace.json", ".pt.trace.json.gz", ".xplane.pb")


def about_place(path: Path) -> Iterator[Finding]:
    """Yield why a path cannot be a log directory; nothing if it can."""
    if not os.path.lexists(path):
        yield from _about_missing(path)
    elif not path.exists():
        yield problem(f"{path} is a link to {os.readlink(path)}, which does not exist or leads back to itself.")
    elif not path.is_dir():
        what = "an event file" if "tfevents" in path.name else "a file"
        yield problem(f"{path} is {what}, not a directory. Give the directory that it is in: {path.parent}")
    else:
        try:
            os.listdir(path)
        except OSError as error:
            yield problem(f"{path} cannot be listed: {error.strerror}. Whose it is: ls -ld {path}")


def about_what_else_is_there(path: Path) -> Iterator[Finding]:
    """Yield what a directory without event files holds, and which ones nearby have some."""
    files, folders = _tally(path)
    found = [f"{counted(count, 'file')} {ending}" for ending, count in files.most_common()]
    if folders:
        found.append(f"{folders} {'directory' if folders == 1 else 'directories'}")
    holds = listed(found) or "nothing"
    yield problem(f"no event files: none of the files below {path} has 'tfevents' in its name. It holds {holds}.")
    packed = [name for name in _names(path) if name.lower().endswith(_COMPRESSED)]
    if packed:
        yield note("compressed files are not looked into; unpack them", packed)
    traces = [name for name in _names(path) if name.endswith(_TRACES)]
    if traces:
        yield note("traces of a profiler are not shown; open them with Perfetto (ui.perfetto.dev)", traces)
    yield from _nearby(path.parent, path)


def _about_missing(path: Path) -> Iterator[Finding]:
    there = next(parent for parent in path.parents if parent.exists())
    yield problem(f"{path} does not exist. A viewer that is started over it watches for it.")
    try:
        names = sorted(os.listdir(there))
    except OSError:
        return
    missing = path.relative_to(there).parts[0]
    close = difflib.get_close_matches(missing, names, 3)
    if close:
        yield note(f"in {there} there is {listed(close)}: was that meant?")
    yield from _nearby(there, path)


def _nearby(above: Path, path: Path) -> Iterator[Finding]:
    """Yield directories with event files in and below `above`, as far as that is quickly seen."""
    if above == Path(above.anchor):
        return  # the whole machine is not nearby
    counts: Counter[Path] = Counter()
    for folder, names in _walk(above):
        if folder != path and any("tfevents" in name for name in names):
            counts[above.joinpath(*folder.relative_to(above).parts[:1])] += 1
    if counts:
        found = [f"{folder} ({counted(count, 'run')})" for folder, count in sorted(counts.items())]
        yield note("event files are in these directories nearby", found)


def _tally(path: Path) -> tuple[Counter[str], int]:
    files: Counter[str] = Counter()
    folders = -1
    for _, names in _walk(path):
        folders += 1
        files.update(
            f"*{os.path.splitext(name)[1]}" if os.path.splitext(name)[1] else "without an ending" for name in names
        )
    return files, folders


def _names(path: Path) -> list[str]:
    return [name for _, names in _walk(path) for name in names]


def _walk(above: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield directories with the names of their files: not too many, not too deep, no links, nothing hidden."""
    waiting, seen = deque([(above, 0)]), 0
    while waiting and seen < _MOST_DIRECTORIES:
        folder, depth = waiting.popleft()
        seen += 1
        names = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if depth < _DEPTH and not entry.name.startswith("."):
                            waiting.append((Path(entry.path), depth + 1))
                    else:
                        names.append(entry.name)
        except OSError:
            continue
        yield folder, sorted(names)
