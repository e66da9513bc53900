"""Choose runs and tags by name: a regular expression, a list of names, or everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Union

from .errors import PatternError

__all__ = ["Names", "compile_pattern", "matcher"]

Names = Union[str, "re.Pattern[str]", Iterable[str], None]


def compile_pattern(pattern: str, what: str) -> re.Pattern[str]:
    """Compile *pattern*, or say in one sentence why it is no regular expression.

    Raises
    ------
    PatternError
        Names the pattern, the place in it and what is wrong there.
    """
    try:
        return re.compile(pattern)
    except re.error as error:
        where = "" if error.pos is None else f" at position {error.pos}"
        raise PatternError(
            f"{what}: {pattern!r} is not a regular expression: {error.msg}{where}. "
            f"To match the text as it is, write {re.escape(pattern)!r}."
        ) from None


def matcher(names: Names, what: str) -> Callable[[str], bool]:
    """Return a test for names.

    Parameters
    ----------
    names
        A regular expression searched for anywhere in the name (text or compiled), a collection of exact names, or None
        for all.
    what
        What the names are ("tags", "runs"), for the error message.

    Raises
    ------
    PatternError
        *names* is text and no regular expression.
    """
    if names is None:
        return lambda name: True
    if isinstance(names, str):
        names = compile_pattern(names, what)
    if isinstance(names, re.Pattern):
        pattern = names
        return lambda name: pattern.search(name) is not None
    chosen = frozenset(names)
    return lambda name: name in chosen
