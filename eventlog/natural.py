"""Natural order: `layer2` before `layer10`."""

from __future__ import annotations

import re

__all__ = ["natural_key"]

_NUMBER = re.compile(r"([0-9]+)")

Key = tuple[tuple[tuple[int, int, str], ...], str]


def natural_key(name: str) -> Key:
    """Return a key that sorts runs of digits by their value, and ``/`` before every other character.

    So the tags of a group stay together, and a group stands before tags whose names merely begin like it. Names that
    differ in leading zeros alone keep a fixed order too.
    """
    parts = []
    for index, part in enumerate(_NUMBER.split(name)):
        if index % 2:
            # Numbers compare by their length, then by their digits: no limit on how long they are.
            digits = part.lstrip("0")
            parts.append((1, len(digits), digits))
        elif part:
            parts.append((0 if part[0] == "/" else 2, 0, part.replace("/", "\0")))
    return tuple(parts), name
