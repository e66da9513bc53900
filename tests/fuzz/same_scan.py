"""Whether two scans found the same."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from cellboard.eventlog.scan_columns import Scan

COLUMNS = ("scalars", "entries")


def assert_equal(mine: Scan, theirs: Scan) -> None:
    """Raise an AssertionError that names what differs: an order, a type, the sign of a zero."""
    for part in fields(Scan):
        found, wanted = getattr(mine, part.name), getattr(theirs, part.name)
        if part.name in COLUMNS:
            assert_same_columns(part.name, found, wanted)
        else:
            # NaN is not itself, but reads the same.
            assert found == wanted or repr(found) == repr(wanted), f"{part.name}: {found!r} is not {wanted!r}"


def assert_same_columns(name: str, mine: Any, theirs: Any) -> None:
    for part in fields(theirs):
        found, wanted = getattr(mine, part.name), getattr(theirs, part.name)
        assert found.dtype == wanted.dtype, f"{name}.{part.name}: {found.dtype} is not {wanted.dtype}"
        same = np.array_equal(found, wanted, equal_nan=wanted.dtype.kind == "f")
        same = same and np.array_equal(np.signbit(found[found == 0]), np.signbit(wanted[wanted == 0]))
        assert same, f"{name}.{part.name}: {found.tolist()} is not {wanted.tolist()}"
