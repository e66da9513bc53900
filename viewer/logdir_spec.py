"""Several log directories shown as one tree: ``--logdir_spec name:path,other:path``."""

from __future__ import annotations

import os
from collections.abc import Mapping

from .errors import OptionError
from .paths import real_path

__all__ = ["parse_spec", "spec_of"]


def parse_spec(text: str) -> dict[str, str]:
    """Return what a ``--logdir_spec`` says: by name, the directory whose runs are to stand below that name.

    A path without a name gets that of its last part.

    Raises
    ------
    OptionError
        If a path is missing, a name cannot be part of a run's name, or two directories have one name.
    """
    found: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, path = _name_and_path(part)
        if not path:
            raise OptionError(f"--logdir_spec has no path for {name!r}", "write it like first:runs/a,second:runs/b")
        real = real_path(path)
        if "," in real:
            raise OptionError(
                f"--logdir_spec cannot hold {real!r}: it has a comma", "a link to it may have a name without one"
            )
        name = name or os.path.basename(real) or "root"
        if {"", ".", ".."} & set(name.split("/")):
            raise OptionError(f"--logdir_spec cannot call a directory {name!r}", "names are like those of directories")
        if name in found:
            raise OptionError(
                f"--logdir_spec calls two directories {name!r}", "give each a name: first:runs,second:old"
            )
        found[name] = path
    if not found:
        raise OptionError("--logdir_spec names no directory", "write it like first:runs/a,second:runs/b")
    return found


def spec_of(roots: Mapping[str, str]) -> str:
    """Return the text that says the same, with every path as `real_path` gives it."""
    return ",".join(f"{name}:{real_path(path)}" for name, path in roots.items())


def _name_and_path(part: str) -> tuple[str, str]:
    name, colon, path = part.partition(":")
    if not colon or (os.name == "nt" and len(name) == 1):
        return "", part
    return name.strip(), path.strip()
