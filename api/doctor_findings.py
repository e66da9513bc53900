"""What `cellboard doctor` has to say: findings, each a sentence or two with a few examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .log_command import printable

__all__ = ["Finding", "counted", "good", "listed", "note", "problem"]

_FEW = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what may be done about it."""

    level: Literal["ok", "note", "problem"]
    text: str
    examples: tuple[str, ...] = ()


def good(text: str) -> Finding:
    """Return that something is as it should be."""
    return Finding("ok", text)


def note(text: str, examples: Sequence[str] = ()) -> Finding:
    """Return what may be worth knowing."""
    return Finding("note", text, _few(examples))


def problem(text: str, examples: Sequence[str] = ()) -> Finding:
    """Return what is wrong."""
    return Finding("problem", text, _few(examples))


def counted(number: int, what: str) -> str:
    """Return a number with a noun: ``1 run``, ``2 runs``."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def listed(names: Sequence[str]) -> str:
    """Return a few names in one line."""
    rest = len(names) - _FEW
    return ", ".join(map(printable, names[:_FEW])) + (f" and {rest} more" if rest > 0 else "")


def _few(examples: Sequence[str]) -> tuple[str, ...]:
    rest = len(examples) - _FEW
    return (*map(printable, examples[:_FEW]), *([f"... and {rest} more"] if rest > 0 else []))
