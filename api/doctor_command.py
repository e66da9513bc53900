"""``cellboard doctor``: why nothing shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .doctor_findings import Finding
from .log_command import QuietParser, load, printable
from .viewer.errors import OptionError
from .viewer.options import real_path, unknown_option

__all__ = ["USAGE", "doctor"]

USAGE = """\
cellboard doctor DIR: looks for reasons why nothing shows, or not what was expected: the directory, its event files and
what is in them, this installation, the viewers that run. Ends with 1 if it found something wrong, else with 0.

  --port N           also say whether this port is free
"""


def doctor(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status: 1 if something is wrong.

    Raises
    ------
    OptionError
        If it was not understood.
    """
    if {"--help", "-h"} & set(arguments):
        print(USAGE, end="")
        return 0
    directory, port = _options(arguments)
    wrong = 0
    print(printable(directory))
    for finding in _findings(Path(directory), port):
        print(f"  {finding.level:<8} {printable(finding.text)}", flush=True)
        for example in finding.examples:
            print(f"             {example}")
        wrong += finding.level == "problem"
    print(f"{wrong} problem{'' if wrong == 1 else 's'} found." if wrong else "Nothing is wrong.")
    return 1 if wrong else 0


def _options(arguments: Sequence[str]) -> tuple[str, int | None]:
    parser = QuietParser(add_help=False, allow_abbrev=False)
    parser.add_argument("directory", nargs="*")
    parser.add_argument("--logdir")
    parser.add_argument("--port")
    parsed, unknown = parser.parse_known_intermixed_args(list(arguments))
    if unknown:
        raise unknown_option(unknown[0], ("logdir", "port"))
    directories = [*parsed.directory, *([parsed.logdir] if parsed.logdir else [])]
    if len(directories) != 1:
        what = f"unexpected argument {directories[1]!r}" if directories else "no directory given"
        raise OptionError(what, "say which one should hold the logs: cellboard doctor runs")
    return real_path(directories[0]), _port(parsed.port)


def _port(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise OptionError(f"--port: {text!r} is no port", "give a number from 1 to 65535")
    return int(text)


def _findings(path: Path, port: int | None) -> Iterator[Finding]:
    from .doctor_places import about_place, about_what_else_is_there
    from .doctor_system import about_system

    trouble = list(about_place(path))
    yield from trouble
    if not trouble:
        from .doctor_logs import about_logs

        log = load(str(path), "latest")
        yield from about_logs(log)
        if not log.runs:
            yield from about_what_else_is_there(path)
    yield from about_system(str(path), port)
