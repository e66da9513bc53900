"""``cellboard export``: all scalars of a log in one file."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from .errors import CommandError
from .log_command import LogParser, choice, load
from .progress import Progress
from .viewer.errors import OptionError

if TYPE_CHECKING:
    from .eventlog import LogDir

__all__ = ["USAGE", "export"]

FORMATS = ("csv", "json", "parquet", "latex")
VALUES = ("last", "min", "max", "mean", "points")

USAGE = """\
cellboard export DIR --format csv|json|parquet|latex: all scalars of the runs below DIR as one table, a row for each
point, with the columns run, tag, step, wall_time (seconds since the epoch) and value. Nothing is sampled or rounded.

  --format FORMAT    csv, json, parquet or latex (default: by the end of --out's name)
  --out FILE         write to FILE (default: standard output)
  --runs RE          only runs in whose name this regular expression is found
  --tags RE          only tags in whose name it is
  --restarts WHICH   latest: without points that a writer has made void by purge_step (default);
                     last-step: without points that were logged again; all: every point

  --value WHICH      in LaTeX, the number of each series: last (default), min, max or mean, six digits; points: of a
                     single tag, all of them

LaTeX is a table for a paper, a row for each run and a column for each tag.
In CSV, a name that a spreadsheet would take for a formula has an apostrophe before it, as has one that begins with one.
Parquet needs pyarrow: pip install 'cellboard[export]'
"""


def export(arguments: Sequence[str]) -> int:
    """Run the command.

    Raises
    ------
    OptionError
        If it was not understood.
    CommandError
        If it could not be done.
    """
    if {"--help", "-h"} & set(arguments):
        print(USAGE, end="")
        return 0
    parser = LogParser("export")
    parser.add_argument("--format", type=choice(FORMATS))
    parser.add_argument("--out")
    parser.add_argument("--value", type=choice(VALUES), default="last")
    options = parser.parse(arguments)
    format = options.format or _format_of(options.out)
    log = load(options.directory, options.restarts)
    with _open(options.out, format) as out:
        points = _write(log, out, format, options.tags, options.runs, options.value)
    _say(log, points, options.out)
    return 0


def _format_of(out: str | None) -> str:
    end = os.path.splitext(out or "")[1].lstrip(".").lower()
    end = "latex" if end == "tex" else end
    if end not in FORMATS:
        raise OptionError("no format given", f"say which: --format {'|'.join(FORMATS)}")
    return end


def _write(log: LogDir, out: BinaryIO, format: str, tags: object, runs: object, value: str) -> int:
    from .eventlog.errors import BadValueError, MissingPackageError
    from .eventlog.export import write_table
    from .eventlog.names import matcher
    from .eventlog.scalar_table import scalar_rows

    is_run, is_tag = matcher(runs, "runs"), matcher(tags, "tags")  # type: ignore[arg-type]
    total = sum(
        len(series)
        for name, run in log.runs.items()
        for tag, series in run.scalars.items()
        if is_run(name) and is_tag(tag)
    )
    written = [0]
    with Progress(f"writing {total} points", lambda: (written[0], total)):
        try:
            rows = scalar_rows(log, tags, runs)  # type: ignore[arg-type]
            note = lambda points: written.__setitem__(0, points)  # noqa: E731
            return write_table(rows, out, format, note, value)  # type: ignore[arg-type]
        except (BadValueError, MissingPackageError) as error:
            raise CommandError(str(error)) from None


@contextlib.contextmanager
def _open(path: str | None, format: str) -> Iterator[BinaryIO]:
    """Open what is written to; a file gets its name when all of it is there."""
    if path is None:
        if format == "parquet" and sys.stdout.isatty():
            raise CommandError("Parquet is nothing for a terminal; say where to: --out scalars.parquet")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    folder = os.path.dirname(os.path.abspath(path))
    try:
        number, part = tempfile.mkstemp(prefix=f".{os.path.basename(path)}.", dir=folder)
    except OSError as error:
        raise CommandError(f"cannot write to {folder}: {error.strerror or error}") from None
    try:
        with os.fdopen(number, "wb") as file:
            yield file
        os.chmod(part, 0o666 & ~_umask())
        os.replace(part, path)
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror or error}") from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part)


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current


def _say(log: LogDir, points: int, out: str | None) -> None:
    """Say on standard error what is not in the table, and if there is a file, what is in it."""
    void = sum(len(series) for run in log.runs.values() for series in run.superseded.get("scalars", {}).values())
    if void:
        print(f"{void} points that restarts made void are left out; --restarts all has them too", file=sys.stderr)
    if log.problems:
        places = len(log.problems)
        print(f"{places} damaged places were passed over; `cellboard inspect` lists them", file=sys.stderr)
    if out:
        print(f"{points} points in {out}", file=sys.stderr)
