"""Natural order: `layer2` before `layer10`."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["natural_key"]

_SHORT = 200
_NUMBER = re.compile(r"[0-9]+")
_LONGEST = 0x10FFFF  # digits, that a sign can stand for

# What comes before every sign of a name, in this order: nothing more, a slash, a number.
_END, _PART, _DIGITS = "\0\1\2"


def natural_key(name: str) -> str:
    """Return a key that sorts runs of digits by their value, and part by part between slashes.

    So the tags of a group stay together, before tags whose names merely begin like the group's. Names that differ in
    leading zeros alone keep a fixed order too.
    """
    return _short_key(name) if len(name) <= _SHORT else _key(name)


def _key(name: str) -> str:
    return f"{_NUMBER.sub(_number_key, name.replace('/', _PART))}{_END}{name}"


_short_key = lru_cache(1 << 13)(_key)  # the tags of many runs are the same


def _number_key(found: re.Match[str]) -> str:
    # Numbers compare by how many digits they have, then by their digits: there is no limit on how long they are.
    digits = found[0].lstrip("0")
    return f"{_DIGITS}{chr(min(len(digits), _LONGEST))}{digits}"
