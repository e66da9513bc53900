"""From the text after ``%board`` to options of a viewer: shell-style words, the viewer's own flags, and a cell's."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Sequence
from itertools import takewhile
from typing import NoReturn

from ..viewer.errors import OptionError
from ..viewer.options import FLAGS, ViewerOptions, option_parser, parse_options, unknown_option
from .errors import UsageError

__all__ = ["DEFAULT_HEIGHT", "Parser", "frame_options", "underscored", "words"]

DEFAULT_HEIGHT = 800
"""Height of a viewer in a cell, in pixels, where nobody says otherwise."""

_HEIGHTS = (100, 10_000)


def words(line: str) -> list[str]:
    """Split a line as a shell would: quotes, and a comment from a word that begins with ``#``; nothing else of a shell.

    Raises
    ------
    UsageError
        A quote is not closed.
    """
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    if os.name == "nt":  # a backslash separates folders there
        lexer.escape = ""
    try:
        found = list(lexer)
    except ValueError:
        raise UsageError(f"a quote is not closed in: {line}") from None
    return list(takewhile(lambda word: not word.startswith("#"), found))


def frame_options(arguments: Sequence[str]) -> tuple[ViewerOptions, int | None]:
    """Read the options of a viewer in a cell: those of the viewer, and ``--height``.

    Returns
    -------
    options
        What to start or reuse.
    height
        Height of the frame in pixels; None if it is not said.

    Raises
    ------
    OptionError
        An unknown option, a bad value, or no logdir.
    """
    own = Parser(add_help=False, allow_abbrev=False)
    own.add_argument("--height", type=_height, default=None)
    parsed, rest = own.parse_known_args(list(arguments))
    dashed = [underscored(argument) for argument in rest]
    unknown = option_parser().parse_known_args(dashed)[1]
    if unknown:
        raise unknown_option(unknown[0], (*FLAGS, "height"))
    return parse_options(rest), parsed.height


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are exceptions."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print before it ends the program."""
        raise OptionError(message.removeprefix("argument "))


def underscored(argument: str) -> str:
    """Return ``--path-prefix=x`` as ``--path_prefix=x``: both spellings are understood."""
    name, equals, value = argument.partition("=")
    return "--" + name[2:].replace("-", "_") + equals + value if name.startswith("--") else argument


def _height(text: str) -> int:
    least, most = _HEIGHTS
    pixels = text.removesuffix("px")
    if not (pixels.isdecimal() and least <= int(pixels) <= most):
        raise argparse.ArgumentTypeError(f"{text!r} is no height: give a number of pixels from {least} to {most:,}")
    return int(pixels)
