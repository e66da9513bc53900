"""What is said in numbers about the lines of one chart: the table below it, and the tooltip at the pointer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Literal, get_args

from . import axis_format
from .scalar_lines import Line
from .shown import Table
from .tables import rows_html

if TYPE_CHECKING:
    from ..eventlog import Run

__all__ = ["VALUES", "Values", "tooltip_html", "value_table"]

Values = Literal["last", "all"]
"""Columns of the table: the last value and its step, or also the least, the greatest and the mean."""

VALUES: tuple[Values, ...] = get_args(Values)

_TOOLTIP_ROWS = 16


def value_table(
    tag: str, runs: Sequence[Run], drawn: Mapping[str, Line], *, values: Values, smoothed: bool, left_out: int
) -> Table:
    """Return the table below the chart of *tag*; *drawn* holds the line of each run."""
    rows = [_row(run, tag, drawn[run.name], values, smoothed) for run in runs]
    statistics = ["min", "max", "mean"] if values == "all" else []
    columns = ("run", *(["smoothed"] if smoothed else []), "last", *statistics, "step")
    return Table(columns, tuple(rows), tuple(run.color for run in runs), _note(list(drawn.values()), left_out))


def _row(run: Run, tag: str, line: Line, values: Values, smoothed: bool) -> tuple[str, ...]:
    stats = run.scalars[tag].stats
    smooth = []
    if smoothed:
        smooth = [axis_format.number(float(line.smooth[-1])) if line.smooth is not None and len(line.smooth) else "–"]
    if stats is None:
        return (run.name, *smooth, "–", *(["–"] * 3 if values == "all" else []), "–")
    numbers = [stats.last, *([stats.min, stats.max, stats.mean] if values == "all" else [])]
    return (run.name, *smooth, *map(axis_format.number, numbers), f"{stats.last_step:,}")


def _note(lines: Sequence[Line], left_out: int) -> str:
    parts = []
    if left_out:
        parts.append(f"{left_out:,} more {'run is' if left_out == 1 else 'runs are'} not drawn: tick fewer runs")
    total, points = sum(line.total for line in lines), sum(len(line.x) for line in lines)
    if points < total:
        parts.append(f"{points:,} of {total:,} points drawn, with every peak")
    return ". ".join(parts)


def tooltip_html(x: float, runs: Sequence[Run], drawn: Mapping[str, Line], reach: float) -> str:
    """Return what the tooltip says at *x*: of each run the point drawn nearest to it, the greatest values first.

    A run that begins or ends more than *reach* away from *x* is left out.
    """
    found = []
    for run in runs:
        line = drawn[run.name]
        index = line.nearest(x)
        if index is not None and line.x.min() - reach <= x <= line.x.max() + reach:
            found.append((float(line.value[index]), run, line, index))
    if not found:
        return ""
    found.sort(key=lambda one: (one[0] != one[0], -one[0]))  # NaN last
    smoothed = any(line.smooth is not None for _, _, line, _ in found)
    rows = [_at(run, line, index, smoothed) for _, run, line, index in found[:_TOOLTIP_ROWS]]
    head = ("run", *(["smoothed"] if smoothed else []), "value", "step", "time", "relative")
    cells = "".join(f'<th class="cb-name">{name}</th>' if name == "run" else f"<th>{name}</th>" for name in head)
    more = len(found) - len(rows)
    note = f'<div class="cb-note">and {more:,} more</div>' if more else ""
    body = rows_html(rows, [run.color for _, run, _, _ in found[:_TOOLTIP_ROWS]])
    return f'<table class="cb-legend"><tr>{cells}</tr>{body}</table>{note}'


def _at(run: Run, line: Line, index: int, smoothed: bool) -> tuple[str, ...]:
    wall, step, value = float(line.wall_time[index]), int(line.step[index]), float(line.value[index])
    smooth = [] if line.smooth is None else [axis_format.number(float(line.smooth[index]))]
    if smoothed and not smooth:
        smooth = ["–"]
    since = axis_format.duration(wall - line.started)
    return (run.name, *smooth, axis_format.number(value), f"{step:,}", axis_format.clock(wall, "%b %d %H:%M:%S"), since)


def heading(tag: str, about: str = "") -> str:
    """Return the name of a tag above its chart, as HTML, and what the chart is."""
    name = escape(tag, quote=True)
    more = f'<span class="cb-sub" style="font-weight:400"> · {escape(about)}</span>' if about else ""
    return f'<span class="cb-card-title cb-clip" title="{name}">{name}{more}</span>'
