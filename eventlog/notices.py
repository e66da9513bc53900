"""Warnings that point at the line of the user's program, not at ours."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from types import FrameType

from .errors import EventLogWarning

__all__ = ["warn"]

_HERE = str(Path(__file__).parent) + os.sep


def warn(message: str) -> None:
    """Issue an `EventLogWarning` at the nearest caller outside this package."""
    frame: FrameType | None = sys._getframe(1)
    depth = 2
    while frame is not None and frame.f_code.co_filename.startswith(_HERE):
        frame, depth = frame.f_back, depth + 1
    warnings.warn(message, EventLogWarning, stacklevel=depth)
