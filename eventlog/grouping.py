"""Scalars by tag: from columns in the order of logging to columns in which those of a tag lie together."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from .native import kernel
from .scan_columns import ScalarColumns

__all__ = ["group", "group_numpy"]

Groups = tuple[dict[str, npt.NDArray[Any]], npt.NDArray[np.int64]]

_TYPES = {"step": np.int64, "wall_time": np.float64, "value": np.float64}


def group(columns: ScalarColumns, tags: int) -> Groups:
    """Return the columns ``step``, ``wall_time`` and ``value`` sorted by tag, and where the rows of each tag end.

    Rows of one tag keep their order. The ends are int64[tags]; a tag begins where the one before it ends.
    """
    if kernel is None:
        return group_numpy(columns, tags)
    ends, *grouped = kernel.group(columns.tag, columns.step, columns.wall_time, columns.value, tags)
    arrays = map(np.frombuffer, grouped, _TYPES.values())
    return dict(zip(_TYPES, arrays, strict=True)), np.frombuffer(ends, np.int64)


def group_numpy(columns: ScalarColumns, tags: int) -> Groups:
    """Return what `group` returns: its readable twin."""
    narrow = columns.tag.astype(np.uint16) if tags <= 1 << 16 else columns.tag  # which numpy sorts in linear time
    order = np.argsort(narrow, kind="stable")
    ends = np.cumsum(np.bincount(columns.tag, minlength=tags), dtype=np.int64)
    return {name: getattr(columns, name)[order] for name in _TYPES}, ends
