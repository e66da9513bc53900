"""What can go wrong in a magic, beyond what the viewer and the boards raise themselves.

MagicError
└── UsageError (also ValueError)     the line after %board cannot be understood
"""

from __future__ import annotations

__all__ = ["MagicError", "UsageError"]


class MagicError(Exception):
    """Base of the errors of this package."""


class UsageError(MagicError, ValueError):
    """The line cannot be understood; says what was probably meant."""
