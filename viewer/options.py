"""What a viewer is asked to do: one record, and the command line it is written as.

The flags are TensorBoard's where both have them; ``_`` and ``-`` are the same in a flag's name.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from .errors import OptionError
from .logdir_spec import parse_spec, spec_of
from .paths import real_path
from .unneeded import add_unneeded, notes_on

__all__ = [
    "ANY_HOST",
    "DEFAULT_HOST",
    "FLAGS",
    "ViewerOptions",
    "option_parser",
    "parse_options",
    "real_path",
    "unknown_option",
]

DEFAULT_HOST = "127.0.0.1"
DEFAULT_RELOAD_INTERVAL = 0.5
DEFAULT_IDLE_TIMEOUT = 12 * 3600.0

ANY_HOST = ""
"""Stands for every address of this machine."""

FLAGS = (
    *("logdir", "logdir_spec", "port", "host", "bind_all", "path_prefix", "window_title"),
    *("reload_interval", "idle_timeout", "allow_host"),
)


@dataclass(frozen=True, slots=True)
class ViewerOptions:
    """What a viewer is asked to do.

    Parameters
    ----------
    logdir
        Directory to show, at any depth above the event files; need not exist yet. "" where there is a `logdir_spec`.
    port
        None for 6006 or the next free one of 100, 0 for any free port, else that port and no other.
    host
        Address to listen on; `ANY_HOST` for all.
    path_prefix
        A path the viewer answers under as well (``/x``), for a proxy that does not strip it.
    window_title
        Title of the page; the logdir's name by default.
    reload_interval
        Seconds between two looks at the log at the least; 0 reads it once.
    allow_host
        Further names the viewer may be called by (the Host header), as behind a proxy; ``.example.org`` is all below.
    idle_timeout
        Seconds without a look after which a viewer in the background ends, once who started it is gone; 0: never.
    logdir_spec
        Several directories by name, shown as one tree: ``first:runs/a,second:runs/b``.
    notes
        What is to be said of options that were given and are not needed.
    """

    logdir: str = ""
    port: int | None = None
    host: str = DEFAULT_HOST
    path_prefix: str = ""
    window_title: str = ""
    reload_interval: float = DEFAULT_RELOAD_INTERVAL
    allow_host: tuple[str, ...] = ()
    idle_timeout: float = DEFAULT_IDLE_TIMEOUT
    logdir_spec: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def real_logdir(self) -> str:
        """The logdir as an absolute path without links, or such paths by name: the same for every spelling of it."""
        return spec_of(parse_spec(self.logdir_spec)) if self.logdir_spec else real_path(self.logdir)

    @property
    def title(self) -> str:
        """Title of the page; "" for the logdir's name."""
        return self.window_title or (", ".join(parse_spec(self.logdir_spec)) if self.logdir_spec else "")

    @property
    def roots(self) -> str | dict[str, str]:
        """What a `LogDir` is to open."""
        return parse_spec(self.real_logdir) if self.logdir_spec else self.real_logdir

    def arguments(self) -> list[str]:
        """The command line that asks for the same, with the logdir absolute."""
        which = "logdir_spec" if self.logdir_spec else "logdir"
        arguments = [
            f"--{which}={self.real_logdir}",
            f"--host={self.host}",
            f"--reload_interval={self.reload_interval}",
        ]
        if self.port is not None:
            arguments.append(f"--port={self.port}")
        if self.idle_timeout != DEFAULT_IDLE_TIMEOUT:
            arguments.append(f"--idle_timeout={self.idle_timeout}")
        if self.path_prefix:
            arguments.append(f"--path_prefix={self.path_prefix}")
        if self.window_title:
            arguments.append(f"--window_title={self.window_title}")
        return arguments + [f"--allow_host={name}" for name in self.allow_host]


def parse_options(arguments: Sequence[str]) -> ViewerOptions:
    """Read a viewer's command line.

    Raises
    ------
    OptionError
        For an unknown option (suggesting the right one), a bad value, or no logdir.
    """
    parsed, unknown = option_parser().parse_known_args([_underscored(argument) for argument in arguments])
    if unknown:
        raise unknown_option(unknown[0])
    if parsed.logdir and parsed.logdir_spec:
        raise OptionError("both --logdir and --logdir_spec", "name them all: --logdir_spec first:runs,second:old")
    if parsed.logdir_spec:
        parse_spec(parsed.logdir_spec)
    elif not parsed.logdir:
        raise OptionError("no logdir given", "say which directory holds the logs: --logdir runs")
    if parsed.bind_all and parsed.host != DEFAULT_HOST:
        raise OptionError("both --host and --bind_all", "--bind_all listens on every address")
    return ViewerOptions(
        logdir=parsed.logdir,
        port=parsed.port,
        host=ANY_HOST if parsed.bind_all else parsed.host,
        path_prefix=parsed.path_prefix,
        window_title=parsed.window_title,
        reload_interval=parsed.reload_interval,
        idle_timeout=parsed.idle_timeout,
        allow_host=tuple(parsed.allow_host),
        logdir_spec=parsed.logdir_spec,
        notes=notes_on(parsed.unneeded),
    )


def unknown_option(argument: str, known: Sequence[str] = FLAGS) -> OptionError:
    """The error for an argument nobody asked for, naming what was probably meant."""
    if not argument.startswith("-"):
        if os.path.isdir(argument):
            return OptionError(f"unexpected argument {argument!r}", f"did you mean --logdir {argument}?")
        return OptionError(f"unexpected argument {argument!r}", "options are written --name value")
    name = argument.lstrip("-").split("=")[0].replace("-", "_")
    close = difflib.get_close_matches(name, known, 1, 0.5)
    options = ", ".join(f"--{flag}" for flag in known)
    return OptionError(f"no option --{name}", f"did you mean --{close[0]}?" if close else f"the options are {options}")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # argparse names the flag first ("argument --port: ..."); the rest is ours or says what is missing.
        raise OptionError(message.removeprefix("argument "))


def option_parser() -> argparse.ArgumentParser:
    """The parser of a viewer's options, without ``--help``: the commands print their own."""
    parser = _Parser(prog="cellboard", add_help=False, allow_abbrev=False)
    parser.add_argument("--logdir", default="")
    parser.add_argument("--logdir_spec", default="")
    parser.add_argument("--bind_all", action="store_true")
    parser.add_argument("--port", type=_port, default=None)
    parser.add_argument("--host", default=DEFAULT_HOST)
    parser.add_argument("--path_prefix", type=_path_prefix, default="")
    parser.add_argument("--window_title", default="")
    parser.add_argument("--reload_interval", type=_seconds, default=DEFAULT_RELOAD_INTERVAL)
    parser.add_argument("--idle_timeout", type=_idle_seconds, default=DEFAULT_IDLE_TIMEOUT)
    parser.add_argument("--allow_host", type=_host_name, action="append", default=[])
    add_unneeded(parser)
    return parser


def _underscored(argument: str) -> str:
    if not argument.startswith("--"):
        return argument
    name, equals, value = argument[2:].partition("=")
    return "--" + name.replace("-", "_") + equals + value


def _port(text: str) -> int | None:
    if text == "default":
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 0 (any free one) to 65535")
    return int(text)


def _path_prefix(text: str) -> str:
    prefix = text.rstrip("/")
    if prefix and (not re.fullmatch(r"(/[A-Za-z0-9._~@-]+)+", prefix) or ".." in prefix.split("/")):
        raise argparse.ArgumentTypeError(f"{text!r} is no path prefix: write it like /team/board")
    return prefix


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86400:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0 (read once) to 86400")
    return seconds


_UNITS = {"": 1, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}


def _idle_seconds(text: str) -> float:
    found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([a-z]*)", text)
    if not found or found[2] not in _UNITS:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write it like 90m, 12h or 2d; 0 is never")
    return float(found[1]) * _UNITS[found[2]]


def _host_name(text: str) -> str:
    name = text.strip().lower().strip("[]")
    # Of a dot alone, every name that ends in one would be known.
    if not re.fullmatch(r"(?!\.+$)[a-z0-9._:-]{1,253}", name):
        raise argparse.ArgumentTypeError(f"{text!r} is no host name: write it like hub.example.org")
    return name
