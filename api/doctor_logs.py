"""What is in the logs of a directory, and why some of it may not show."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from .doctor_findings import Finding, counted, good, listed, note, problem
from .eventlog.embeddings import find_embeddings
from .eventlog.errors import EventLogError, SummaryError
from .eventlog.graph_tables import table_of

if TYPE_CHECKING:
    from .eventlog import LogDir, Run

__all__ = ["about_logs"]

_GZIP = b"\x1f\x8b"
_SHOWN = (
    "scalars",
    "images",
    "histograms",
    "texts",
    "audio",
    "pr_curves",
    "meshes",
    "graphs",
    "hparams",
    "custom_scalars",
)
_MOST_GRAPHS = 20  # that are read to see whether they can be drawn
_FRESH = 60.0  # seconds


def about_logs(log: LogDir) -> Iterator[Finding]:
    """Yield findings about a log that has at least one event file, or whose directories could not all be listed."""
    runs = list(log.runs.values())
    files = [path for run in runs for path in run.files]
    troubles = [f"{found.file}: {found.reason}" for found in log.problems if not found.run]
    if troubles:
        yield problem(f"{counted(len(troubles), 'place')} could not be looked into", troubles)
    if not runs:
        return
    yield good(f"{counted(len(runs), 'run')} in {counted(len(files), 'event file')}")
    yield from _about_files(files)
    yield from _about_damage(log)
    yield from _about_kinds(runs, has_embeddings=bool(log.embedding_places))
    yield from _about_embeddings(log)
    yield from _about_graphs(runs)
    yield from _about_scalars(runs)
    yield from _about_restarts(runs)
    yield from _about_writing(files)


def _about_files(files: list[str]) -> Iterator[Finding]:
    empty, packed = [], []
    for path in files:
        try:
            with open(path, "rb") as file:
                begin = file.read(2)
        except OSError:
            continue  # the reader has said so
        if not begin:
            empty.append(path)
        elif begin == _GZIP:
            packed.append(path)
    if empty:
        yield problem(
            f"{counted(len(empty), 'event file')} of no bytes: whoever writes has not flushed yet, or ended before",
            empty,
        )
    if packed:
        yield problem(f"{counted(len(packed), 'event file')} compressed with gzip: unpack them with gunzip", packed)


def _about_damage(log: LogDir) -> Iterator[Finding]:
    of_runs = [found for found in log.problems if found.run]
    unreadable = [found for found in of_runs if not found.size]
    no_logs = [found.file for found in of_runs if found.reason.startswith("not an event log")]
    damaged = [found for found in of_runs if found.size and found.file not in no_logs]
    if unreadable:
        yield problem(
            f"{counted(len(unreadable), 'event file')} could not be read", [f"{f.file}: {f.reason}" for f in unreadable]
        )
    if no_logs:
        yield problem(
            f"{counted(len(no_logs), 'file')} with 'tfevents' in the name, but without a single record", no_logs
        )
    if damaged:
        lost, files = sum(found.size for found in damaged), len({found.file for found in damaged})
        yield problem(
            f"{counted(len(damaged), 'damaged place')} in {counted(files, 'file')}, {counted(lost, 'byte')} passed"
            " over; all else is shown",
            [str(found) for found in damaged],
        )


def _about_kinds(runs: list[Run], has_embeddings: bool) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    for run in runs:
        for kind in run.kinds:
            counts[kind] = counts.get(kind, 0) + 1
    hollow = [run.name for run in runs if not run.kinds]
    if len(hollow) == len(runs) and has_embeddings:
        yield note("there are no scalars, so their page is empty; there are embeddings")
        return
    if len(hollow) == len(runs):
        yield problem(
            "no run holds anything but the mark of a writer that began: nothing was logged, or not yet flushed"
        )
        return
    if hollow:
        yield note(f"{counted(len(hollow), 'run')} with nothing logged yet", hollow)
    said = [f"{kind} in {counted(number, 'run')}" for kind, number in sorted(counts.items(), key=lambda item: -item[1])]
    if "scalars" in counts:
        yield good(f"there are {', '.join(said)}")
    elif counts.keys() & set(_SHOWN):
        yield note(f"there are no scalars, so their page is empty; there are {', '.join(said)}")
    else:
        plugins = {series.plugin or "none" for run in runs for series in run.tensors.values()}
        of = f", logged for these plugins: {listed(sorted(plugins))}" if plugins else ""
        yield problem(f"there is nothing that a page shows, only {', '.join(said)}{of}. `cellboard inspect` lists it.")


def _about_embeddings(log: LogDir) -> Iterator[Finding]:
    readable, broken = 0, []
    for name, path in log.embedding_places.items():
        try:
            found = find_embeddings(path)
        except (SummaryError, OSError) as error:
            broken.append(f"{name}: {error}")
            continue
        for embedding in found.values():
            try:
                embedding.measure(0)  # opens the file; a text is not gone through
                readable += 1
            except (SummaryError, OSError) as error:
                broken.append(f"{name}: {embedding.name}: {error}")
    if readable:
        yield good(f"{counted(readable, 'embedding')} for the projector")
    if broken:
        yield problem(f"{counted(len(broken), 'embedding')} cannot be read", broken)


def _about_graphs(runs: list[Run]) -> Iterator[Finding]:
    broken, cut = [], []
    every = [(run, series) for run in runs for series in run.graphs.values() if len(series)]
    for run, series in every[:_MOST_GRAPHS]:
        name = f"{run.name}: {series.tag}"
        try:
            cut += [f"{name}: {said}" for said in table_of(series[-1]).notes]
        except (EventLogError, OSError) as error:
            broken.append(f"{name}: {error}")
    if broken:
        yield problem(f"{counted(len(broken), 'graph')} cannot be drawn", broken)
    if cut:
        yield note("what graphs are drawn without, or otherwise than logged", cut)


def _about_scalars(runs: list[Run]) -> Iterator[Finding]:
    nan, still, total = [], [], 0
    for run in runs:
        for tag, series in run.scalars.items():
            total += 1
            name = f"{run.name}: {tag}"
            if not np.isfinite(series.value).any():
                nan.append(name)
            if len(series) > 1 and series.step.min() == series.step.max():
                still.append(f"{name}, {len(series)} points at step {series.step[0]}")
    if nan:
        level = problem if len(nan) == total else note
        yield level(
            f"{len(nan)} of {counted(total, 'scalar')} without a finite value (NaN or infinite throughout)", nan
        )
    if still:
        level = problem if len(still) == total else note
        yield level(
            f"{len(still)} of {counted(total, 'scalar')} with all points at one step: give add_scalar a global_step, or"
            " choose wall time as the x axis",
            still,
        )


def _about_restarts(runs: list[Run]) -> Iterator[Finding]:
    void = {
        run.name: sum(len(series) for of_kind in run.superseded.values() for series in of_kind.values()) for run in runs
    }
    names = [f"{name}: {counted(number, 'point')}" for name, number in void.items() if number]
    if names:
        yield note("a restart (purge_step) has made points void; `cellboard export --restarts all` has them", names)


def _about_writing(files: list[str]) -> Iterator[Finding]:
    times = []
    for path in files:
        try:
            times.append(os.path.getmtime(path))
        except OSError:
            continue
    if not times:
        return
    ago = time.time() - max(times)
    if ago < -_FRESH:
        yield note(f"the newest event file is from {_span(-ago)} ahead: is the clock right?")
    elif ago < _FRESH:
        yield good(f"written to {_span(max(ago, 0))} ago")
    else:
        yield note(f"nothing was written for {_span(ago)}: what trains has ended, hangs, or writes elsewhere")


def _span(seconds: float) -> str:
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return counted(int(seconds // size), unit)
    return counted(int(seconds), "second")
