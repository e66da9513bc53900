"""Scalars as a table for a paper: a row for each run, a column for each metric, one number of each series."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO, Literal, get_args

import numpy as np
import numpy.typing as npt

from .errors import BadValueError
from .scalar_table import Rows

__all__ = ["SHOWN", "LatexWriter", "Shown"]

Shown = Literal["last", "min", "max", "mean", "points"]

SHOWN: tuple[Shown, ...] = get_args(Shown)
"""What a LaTeX table can show of a series: one number, or, of a single tag, all points."""

_MOST_POINTS = 1_000_000
_DIGITS = 6

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "-": "{-}",  # two of them would become a dash
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
}


class LatexWriter:
    """Writes a ``tabular`` with the rules of the package booktabs.

    Parameters
    ----------
    out
        Where to; UTF-8.
    shown
        ``last``, ``min``, ``max``, ``mean`` of the values that are numbers, or ``points``: a row for each step of the
        one tag, a column for each run.
    """

    def __init__(self, out: BinaryIO, shown: Shown) -> None:
        self._out = out
        self._shown = shown
        self._parts: dict[str, dict[str, list[Rows]]] = {}
        self._points = 0

    def write(self, rows: Rows) -> None:
        """Take in points; several parts of a series come one after the other."""
        self._parts.setdefault(rows.run, {}).setdefault(rows.tag, []).append(rows)
        self._points += len(rows)
        if self._shown == "points":
            tags = {tag for run in self._parts.values() for tag in run}
            if len(tags) > 1:
                raise BadValueError("points are shown of one tag; choose one, or one number of each series")
            if self._points > _MOST_POINTS:
                raise BadValueError(f"more than {_MOST_POINTS} points are no table for a paper; choose fewer runs")

    def finish(self) -> None:
        """Write the table."""
        lines = self._point_lines() if self._shown == "points" else self._run_lines()
        self._out.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))

    def _run_lines(self) -> Iterable[str]:
        tags = list(dict.fromkeys(tag for run in self._parts.values() for tag in run))
        number = _NUMBERS[self._shown]
        yield from _head("l" + "r" * len(tags), ["run", *map(latex_text, tags)], f"{self._shown} values")
        for run, series in self._parts.items():
            cells = (number(_values(series[tag])) if tag in series else None for tag in tags)
            yield _row([latex_text(run), *map(latex_number, cells)])
        yield from _FOOT

    def _point_lines(self) -> Iterable[str]:
        tag = next((tag for run in self._parts.values() for tag in run), "")
        columns = [_by_step(next(iter(series.values()))) for series in self._parts.values()]
        names = [latex_text(run) for run in self._parts]
        yield from _head("r" * (1 + len(columns)), ["step", *names], latex_text(tag))
        for step in sorted({step for column in columns for step in column}):
            yield _row([str(step), *(latex_number(column.get(step)) for column in columns)])
        yield from _FOOT


def latex_text(text: str) -> str:
    """Return text so that LaTeX sets it as it is: nothing in it is a command."""
    return "".join(_SPECIAL.get(sign, sign if sign.isprintable() else " ") for sign in text)


def latex_number(value: float | None) -> str:
    """Return a number in math mode, with six digits; a dash for none."""
    if value is None:
        return "--"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return r"$\infty$" if value > 0 else r"$-\infty$"
    mantissa, _, exponent = f"{value:.{_DIGITS}g}".partition("e")
    return f"${mantissa} \\times 10^{{{int(exponent)}}}$" if exponent else f"${mantissa}$"


def _head(columns: str, names: Iterable[str], what: str) -> Iterable[str]:
    # A comment ends with its line, and `latex_text` leaves no line ends.
    yield f"% {what}; \\usepackage{{booktabs}} in the preamble"
    yield f"\\begin{{tabular}}{{{columns}}}"
    yield r"\toprule"
    yield _row(names)
    yield r"\midrule"


_FOOT = (r"\bottomrule", r"\end{tabular}")


def _row(cells: Iterable[str]) -> str:
    return " & ".join(cells) + r" \\"


def _values(parts: list[Rows]) -> npt.NDArray[np.float64]:
    return np.concatenate([part.value for part in parts])


def _by_step(parts: list[Rows]) -> Mapping[int, float]:
    """The value at each step; of several, the one that was logged last."""
    return {step: value for part in parts for step, value in zip(part.step.tolist(), part.value.tolist(), strict=True)}


def _of_numbers(reduce: Callable[[Any], Any]) -> Callable[[npt.NDArray[np.float64]], float | None]:
    def number(values: npt.NDArray[np.float64]) -> float | None:
        known = values[~np.isnan(values)]
        return float(reduce(known)) if len(known) else (math.nan if len(values) else None)

    return number


_NUMBERS: Mapping[str, Callable[[npt.NDArray[np.float64]], float | None]] = {
    "last": lambda values: float(values[-1]) if len(values) else None,
    "min": _of_numbers(np.min),
    "max": _of_numbers(np.max),
    "mean": _of_numbers(np.mean),
}
