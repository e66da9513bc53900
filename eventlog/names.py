"""Runs and tags chosen by name: a regular expression, a list of names, or everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Union

from .errors import BadValueError

__all__ = ["Names", "matcher"]

Names = Union[str, "re.Pattern[str]", Iterable[str], None]


def matcher(names: Names, what: str) -> Callable[[str], bool]:
    """Return a test for names.

    Parameters
    ----------
    names
        A regular expression that is searched for anywhere in a name (text or compiled), exact names, or None for all.
    what
        What they are the names of, for the message of an error.

    Raises
    ------
    BadValueError
        If `names` is text, and no regular expression.
    """
    if names is None:
        return lambda name: True
    if isinstance(names, str):
        names = _compiled(names, what)
    if isinstance(names, re.Pattern):
        pattern = names
        return lambda name: pattern.search(name) is not None
    chosen = frozenset(names)
    return lambda name: name in chosen


def _compiled(pattern: str, what: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise BadValueError(
            f"{what}: {pattern!r} is no regular expression: {error}; {re.escape(pattern)!r} is that text as it is"
        ) from None
