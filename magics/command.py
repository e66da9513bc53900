"""Carry out one ``%board`` line: understand it, do it, and say in plain words what went wrong."""

from __future__ import annotations

import difflib
import os
import sys
from inspect import cleandoc

from . import inline, notebook
from .board import board
from .errors import MagicError, UsageError
from .inline_options import InlineOptions, inline_options
from .options import frame_options, words

__all__ = ["run", "usage"]

_COMMANDS = ("list", "stop", *inline.KINDS)


def usage() -> str:
    """Return the forms of ``%board``, as text."""
    lines = cleandoc(board.__doc__ or "").splitlines()
    return "\n".join(line for line in lines if line.strip().startswith(("%board", "%%board")))


def run(line: str) -> None:
    """Carry out *line*, the text after ``%board``. What the user got wrong is printed, not raised."""
    from ..viewer.errors import OptionError, ViewerError
    from ..widgets.errors import BoardError

    try:
        _dispatch(words(line))
    except (UsageError, OptionError) as error:
        _complain(f"%board: {error}\n\nUsage:\n{usage()}")
    except (ViewerError, BoardError, MagicError) as error:
        _complain(f"%board: {error}")


def _dispatch(arguments: list[str]) -> None:
    first = arguments[0] if arguments else "--help"
    if first in ("-h", "--help", "help"):
        print(f"{cleandoc(board.__doc__ or '').splitlines()[0]}\n\n{usage()}")
    elif first == "list":
        _no_more(arguments[1:], "list")
        notebook.list()
    elif first == "stop":
        notebook.stop(_stop_target(arguments[1:]))
    elif (kind := inline.kind_of(first)) is not None:
        inline.show(kind, inline_options(arguments[1:], kind))
    elif first == "live":
        inline.show(*_live(arguments[1:]), live=True)
    elif first.startswith("-"):
        notebook.open_frame(*frame_options(arguments))
    else:
        raise UsageError(_unknown(first))


def _live(arguments: list[str]) -> tuple[str, InlineOptions]:
    """Read what stands behind ``%%board``: a kind, scalars if none is named, and its options."""
    kind, rest = (arguments[0], arguments[1:]) if arguments and not arguments[0].startswith("-") else ("", arguments)
    known = inline.kind_of(kind or "scalars")
    if known is None:
        raise UsageError(f"%%board shows {', '.join(inline.KINDS)}, not {kind!r}")
    return known, inline_options(rest, known)


def _stop_target(arguments: list[str]) -> int | str:
    if len(arguments) != 1:
        raise UsageError("stop takes one port, or all: %board list shows which there are")
    if arguments[0] == "all":
        return "all"
    if not arguments[0].isdecimal():
        raise UsageError(f"{arguments[0]!r} is no port: %board list shows which there are")
    return int(arguments[0])


def _no_more(arguments: list[str], command: str) -> None:
    if arguments:
        raise UsageError(f"{command} takes no options, not {arguments[0]!r}")


def _unknown(word: str) -> str:
    if os.path.isdir(os.path.expanduser(word)):
        return f"no command {word!r}. Did you mean: %board --logdir {word}"
    close = difflib.get_close_matches(word, _COMMANDS, 1, 0.5)
    return f"no command {word!r}. " + (
        f"Did you mean: %board {close[0]}" if close else f"There are {', '.join(_COMMANDS)}"
    )


def _complain(text: str) -> None:
    print(text, file=sys.stderr)
