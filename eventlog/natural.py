"""Natural order: `layer2` before `layer10`."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["natural_key"]

_SHORT = 200
_NUMBER = re.compile(r"([0-9]+)")

Key = tuple[tuple[tuple[tuple[int, str], ...], ...], str]


def natural_key(name: str) -> Key:
    """Return a key that sorts runs of digits by their value, and part by part between slashes.

    So the tags of a group stay together, before tags whose names merely begin like the group's. Names that differ in
    leading zeros alone keep a fixed order too.
    """
    return _short_key(name) if len(name) <= _SHORT else _key(name)


def _key(name: str) -> Key:
    return tuple(_part_key(part) for part in name.split("/")), name


_short_key = lru_cache(1 << 13)(_key)  # the tags of many runs are the same


def _part_key(part: str) -> tuple[tuple[int, str], ...]:
    # Numbers compare by how many digits they have, then by their digits: there is no limit on how long they are.
    pieces = enumerate(_NUMBER.split(part))
    stripped = ((at, piece.lstrip("0") if at % 2 else piece) for at, piece in pieces)
    return tuple((len(piece) if at % 2 else 0, piece) for at, piece in stripped)
