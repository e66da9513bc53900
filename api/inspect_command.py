"""``cellboard inspect``: what is in a log, and what is wrong with it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .log_command import LogParser, QuietParser, load, printable
from .viewer.errors import OptionError
from .viewer.options import parse_options

if TYPE_CHECKING:
    from .eventlog import LogDir, Run

__all__ = ["USAGE", "inspect", "inspect_as_tensorboard"]

USAGE = """\
cellboard inspect DIR: what the logs below DIR hold - runs, kinds, tags, how many points, steps, times - and what is
damaged: file, offset, size, reason.

  --runs RE          only runs in whose name this regular expression is found
  --tags RE          only tags in whose name it is
  --restarts WHICH   what counts: latest (default), last-step or all; see `cellboard export --help`
"""

KINDS = ("scalars", "images", "histograms", "texts", "audio", "pr_curves", "tensors", "meshes", "graphs")


def inspect(arguments: Sequence[str]) -> int:
    """Run the command.

    Raises
    ------
    OptionError
        If it was not understood.
    CommandError
        If there is no such directory.
    """
    if {"--help", "-h"} & set(arguments):
        print(USAGE, end="")
        return 0
    options = LogParser("inspect").parse(arguments)
    log = load(options.directory, options.restarts)
    for text in _lines(log, options.runs, options.tags):
        print(text)
    return 0


def inspect_as_tensorboard(arguments: Sequence[str]) -> int:
    """Run the command as TensorBoard's ``--inspect`` is called: ``--logdir DIR [--tag TAG]``, other options unheeded.

    Raises
    ------
    OptionError
        If it was not understood.
    CommandError
        If there is no such directory.
    """
    own = QuietParser(add_help=False, allow_abbrev=False)
    own.add_argument("--event_file")
    own.add_argument("--tag")
    said, rest = own.parse_known_args(list(arguments))
    if said.event_file:
        raise OptionError("no option --event_file", "name the directory that the file is in: --logdir DIR")
    options = parse_options(rest)
    log = load(options.roots, "latest")
    tags = None if said.tag is None else re.compile(f"^{re.escape(said.tag)}$")
    for text in _lines(log, None, tags):
        print(text)
    return 0


def _lines(log: LogDir, runs: Any, tags: Any) -> Iterator[str]:
    chosen = {name: run for name, run in log.runs.items() if runs is None or runs.search(name)}
    files = [path for run in chosen.values() for path in run.files]
    yield f"{printable(str(log.path))}: {_count(len(chosen), 'run')}, {_count(len(files), 'file')}, {_size(files)}"
    for run in chosen.values():
        yield ""
        yield from _about_run(run, tags)
    problems = [problem for problem in log.problems if not problem.run or problem.run in chosen]
    yield ""
    yield f"{_count(len(problems), 'damaged place')}{':' if problems else ''}"
    for problem in problems:
        yield f"  {printable(str(problem))}"


def _about_run(run: Run, tags: Any) -> Iterator[str]:
    began = "" if run.started is None else f", begun {_when(run.started)}"
    yield f"{printable(run.name)}  ({_count(len(run.files), 'file')}, {_size(run.files)}{began})"
    rows = [row for kind in KINDS for row in _rows(kind, getattr(run, kind), tags)]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(3)]
    for kind, tag, points, steps in rows:
        yield f"  {kind:<{widths[0]}}  {tag:<{widths[1]}}  {points:>{widths[2]}}  {steps}"
    yield from (f"  {text}" for text in _once(run))
    for kind, series in run.superseded.items():
        void = sum(map(len, series.values()))
        yield f"  {void} points of {kind} are void after restarts; --restarts all counts them"


def _rows(kind: str, series: Mapping[str, Any], tags: Any) -> Iterator[tuple[str, str, str, str]]:
    for tag, found in series.items():
        if tags is None or tags.search(tag):
            steps, times = found.step, found.wall_time
            low, high = int(steps.min()), int(steps.max())
            of_steps = f"step {low}" if low == high else f"steps {low} to {high}"
            yield kind, printable(tag), _count(len(found), "point"), f"{of_steps}, {_span(times.min(), times.max())}"


def _once(run: Run) -> Iterator[str]:
    """What a run has once, beside its series."""
    hparams, layout = run.hparams, run.custom_scalars
    if hparams is not None:
        session = f"{_count(len(hparams.values), 'value')}, session {hparams.status}"
        compared = (
            f"{_count(len(hparams.infos), 'hyperparameter')} and {_count(len(hparams.metrics), 'metric')} compared"
        )
        yield f"hparams: {session if hparams.is_session else compared}"
        yield from (f"hparams: {printable(problem)}" for problem in hparams.problems)
    if layout is not None:
        charts = sum(len(category.charts) for category in layout.categories)
        yield f"custom_scalars: {_count(charts, 'chart')}"
    try:
        embeddings = run.embeddings
    except (OSError, ValueError) as error:
        yield f"embeddings: {printable(str(error))}"
    else:
        yield from (f"embeddings: {printable(name)}" for name in embeddings)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _size(files: Sequence[str]) -> str:
    size = 0.0
    for path in files:
        try:
            size += os.path.getsize(path)
        except OSError:
            continue
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, "TB"
    return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"


def _span(begin: float, end: float) -> str:
    first, last = _when(begin), _when(end)
    return first if first == last else f"{first} to {last}"


def _when(seconds: float) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))
    except (OverflowError, ValueError, OSError):
        return f"{seconds} s"
