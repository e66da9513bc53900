"""What a board says above its cards, as HTML: what it shows, why it is empty, what is damaged. Names are escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ..eventlog import LogDir, Problem

__all__ = ["count", "damage", "emptiness", "heading", "nothing_matches", "plain"]

_MAX_PROBLEMS = 5


def count(runs: int, others: int, unit: str = "tag") -> str:
    """Return "2 runs · 1 tag", or of another *unit*."""
    return f"{runs:,} {'run' if runs == 1 else 'runs'} · {others:,} {unit if others == 1 else f'{unit}s'}"


def heading(title: str, path: Path, counted: str, *, live: bool) -> str:
    """Return the heading of a board: its name, its logdir, what is there, and whether it is kept up to date."""
    dot = f'<span class="cb-dot{"" if live else " cb-off"}"></span>{"live" if live else "paused"}'
    return (
        f'<div class="cb-head"><span class="cb-title">{escape(title)}</span>'
        f'<span class="cb-sub cb-clip" style="flex:0 1 auto">{escape(str(path))}</span>'
        f'<span class="cb-sub cb-mono">{escape(counted)}</span><span class="cb-sub">{dot}</span></div>'
    )


def nothing_matches(pattern: str, unit: str = "tag") -> str:
    """Return the note that a filter typed in the page leaves nothing."""
    return _note(f"No {unit} matches the filter {escape(repr(pattern))}.")


def emptiness(log: LogDir, what: str, *, chosen: bool, live: bool) -> str:
    """Return the note that says why nothing is shown, and what happens next.

    Parameters
    ----------
    what
        What the board shows: "scalars".
    chosen
        Runs or tags were chosen by name.
    live
        The board keeps looking.
    """
    path, wait = f"<b>{escape(str(log.path))}</b>", "It appears here as soon as it is logged." if live else ""
    if log.exists and log.runs:
        which = f"{escape(what)} of the chosen runs and tags" if chosen else escape(what)
        return _note(f"No {which} in {path} yet. {wait}")
    if log.exists:
        return _note(f"No event files in {path} yet. {wait}")
    if log.path.exists():
        return _note(f"{path} is a file. A logdir is the directory that holds event files.")
    return _note(f"There is no directory {path} yet. {'Watching for it.' if live else ''}")


def damage(problems: Sequence[Problem]) -> str:
    """Return the note about damaged places, folded; "" if there are none."""
    if not problems:
        return ""
    lines = "".join(f"<li>{_place(problem)}</li>" for problem in problems[:_MAX_PROBLEMS])
    more = f"<li>and {len(problems) - _MAX_PROBLEMS:,} more</li>" if len(problems) > _MAX_PROBLEMS else ""
    places = "1 damaged place" if len(problems) == 1 else f"{len(problems):,} damaged places"
    summary = f"<summary>{places} in the event files; everything else is shown</summary>"
    return f'<details class="cb-note">{summary}<ul>{lines}{more}</ul></details>'


def plain(note: str) -> str:
    """Return the words of a note of this module, without its markup."""
    return unescape(re.sub(r"<[^>]*>", " ", note)).strip()


def _place(problem: Problem) -> str:
    skipped = f" ({problem.size:,} bytes skipped)" if problem.size else ""
    return f"{escape(str(problem.file))}, byte {problem.offset:,}: {escape(problem.reason)}{skipped}"


def _note(text: str) -> str:
    return f'<div class="cb-empty">{text}</div>'
