"""What can go wrong when a board is built.

BoardError
├── PatternError (also ValueError)   a regular expression that does not compile
└── OptionError (also ValueError)    an option with a value the board does not know
"""

from __future__ import annotations

__all__ = ["BoardError", "OptionError", "PatternError"]


class BoardError(Exception):
    """Base of the errors of this package."""


class PatternError(BoardError, ValueError):
    """A regular expression for runs or tags that does not compile."""


class OptionError(BoardError, ValueError):
    """An option has a value that the board does not know."""
