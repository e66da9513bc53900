"""What can go wrong with a command.

::

    CommandError (RuntimeError)   a command that was understood, but could not be done
"""

from __future__ import annotations

__all__ = ["CommandError"]


class CommandError(RuntimeError):
    """A command that was understood, but could not be done; the message says why, and what to do next."""
