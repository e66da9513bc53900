"""Paths as a viewer is known by them."""

from __future__ import annotations

import os

__all__ = ["real_path"]


def real_path(path: str | os.PathLike[str]) -> str:
    """`path` absolute, with ``~`` and links followed; need not exist."""
    return os.path.realpath(os.path.expanduser(os.fspath(path)))
