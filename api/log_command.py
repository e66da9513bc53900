"""What commands that read a log directory have in common: their options, and the wait for the log."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

from .errors import CommandError
from .progress import Progress
from .viewer.errors import OptionError
from .viewer.options import unknown_option

if TYPE_CHECKING:
    from .eventlog import LogDir

__all__ = ["LogParser", "QuietParser", "load", "printable"]

RESTARTS = ("latest", "all", "last-step")


class QuietParser(argparse.ArgumentParser):
    """A parser that raises `OptionError` and prints nothing."""

    def error(self, message: str) -> NoReturn:
        """Refuse an option."""
        raise OptionError(message.removeprefix("argument "))


class LogParser(QuietParser):
    """Options of a command that reads the logs of one directory: ``DIR [--runs RE] [--tags RE] [--restarts WHICH]``.

    Parameters
    ----------
    command
        The command's name.
    """

    def __init__(self, command: str) -> None:
        super().__init__(prog=f"cellboard {command}", add_help=False, allow_abbrev=False)
        self._command = command
        self.add_argument("directory", nargs="*")
        self.add_argument("--runs", type=pattern)
        self.add_argument("--tags", type=pattern)
        self.add_argument("--restarts", type=choice(RESTARTS), default="latest")

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return the options.

        Raises
        ------
        OptionError
            For an unknown option (suggesting the right one), a bad value, or not exactly one directory.
        """
        parsed, unknown = self.parse_known_intermixed_args(list(arguments))
        if unknown:
            raise unknown_option(unknown[0], self._flags())
        if len(parsed.directory) != 1:
            what = "no directory given" if not parsed.directory else f"unexpected argument {parsed.directory[1]!r}"
            raise OptionError(what, f"say which one holds the logs: cellboard {self._command} runs")
        parsed.directory = parsed.directory[0]
        return parsed

    def _flags(self) -> list[str]:
        return [flag.removeprefix("--") for action in self._actions for flag in action.option_strings]


def pattern(text: str) -> re.Pattern[str]:
    """Return a regular expression that an option gives."""
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no regular expression: {error}") from None


class choice:
    """The type of an option that takes one of a few words."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    def __call__(self, text: str) -> str:
        """Return the word that an option gives."""
        if text not in self._words:
            raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(self._words)}")
        return text


def load(directory: str | Mapping[str, str], restarts: str) -> LogDir:
    """Read a log directory, or several by name, with a bar on the terminal if that takes a while.

    Raises
    ------
    CommandError
        If there is none.
    """
    from .eventlog import LogDir

    log = LogDir(directory, load=False, restarts=restarts)  # type: ignore[arg-type]
    with Progress(f"reading {printable(str(log.path))}", lambda: (log.bytes_read, log.bytes_found)):
        log.refresh()
    if not log.exists:
        what = "is a file, not a directory" if os.path.exists(log.path) else "does not exist"
        raise CommandError(f"{log.path} {what}; give the directory that holds the runs")
    return log


def printable(text: str) -> str:
    """Return text from a log so that it does nothing to a terminal: what is not printable is escaped."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
