"""The part of the event log that is written in C, where there is one.

`_native` is an optional extension (``_native.c`` and ``native/*.h``): without a compiler, and where the environment
variable ``CELLBOARD_NO_NATIVE`` is set, cellboard is without it. Each thing in it has a twin in Python: that is the one
to read, and tests hold the two equal.

=====================  =====================================  ========================================
in C                   its twin                               used by
=====================  =====================================  ========================================
``begin_walk``, Walk   ``scan_python.scan``                   ``scan_native.scan``, behind ``scan.scan``
``crc32c``             ``crc32c.crc32c_numpy``                ``crc32c.crc32c``
``group``              ``grouping.group_numpy``               ``grouping.group``
``frame_events``       ``event_file_writer.encode_python``    ``event_file_writer.encode``
``count_rows``         ``number_rows.count_python``           ``number_rows.count_rows``
``parse_rows``         ``number_rows.parse_python``           ``number_rows.parse_rows``
=====================  =====================================  ========================================

The kernel decides nothing: a record that it does not understand it hands over to the twin, one record at a time.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

__all__ = ["kernel", "native_available"]

_INTERFACE = 4


def _load() -> Any:
    if os.environ.get("CELLBOARD_NO_NATIVE"):
        return None
    try:
        native: Any = import_module("._native", __package__)
    except ImportError:
        return None
    # In a checkout it may have been built from other sources than those that are there now.
    return native if native.INTERFACE == _INTERFACE else None


kernel: Any = _load()
"""The extension, or None."""


def native_available() -> bool:
    """Return whether the part that is written in C is in use."""
    return kernel is not None
