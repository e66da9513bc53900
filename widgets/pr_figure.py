"""Precision over recall: a curve for each run, and what a threshold comes to at the pointer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import bqplot
import ipywidgets
import numpy as np

from ..eventlog import average_precision
from . import axis_format, shown
from .figure import axis, axis_shown, figure, label, set_left
from .hover import Hover
from .tables import rows_html

if TYPE_CHECKING:
    from ..eventlog import PrCurveSample

    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["MAX_THRESHOLDS", "PrCurve", "PrFigure", "pr_curve"]

MAX_THRESHOLDS = 400
"""Points of one curve, at most; evenly chosen."""

_HEIGHT = 260
_WIDTH = 1.6
_TICKS = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]


@dataclass(frozen=True, slots=True, eq=False)
class PrCurve:
    """The curve of one run at one step.

    Parameters
    ----------
    sample
        As logged.
    kept
        int64[n]: the thresholds drawn, in the order of falling recall.
    area
        Average precision; NaN if the numbers are no curve.
    color
        Of the run.
    """

    sample: PrCurveSample
    kept: np.ndarray[Any, np.dtype[np.int64]]
    area: float
    color: str


def pr_curve(sample: PrCurveSample, color: str) -> PrCurve:
    """Prepare a curve: where nothing is taken for positive there is no precision, and nothing to draw."""
    some = (sample.true_positives + sample.false_positives > 0) & np.isfinite(sample.precision + sample.recall)
    kept = np.flatnonzero(some)
    if len(kept) > MAX_THRESHOLDS:
        kept = kept[np.linspace(0, len(kept) - 1, MAX_THRESHOLDS).round().astype(int)]
    return PrCurve(sample, kept, average_precision(sample), color)


class PrFigure:
    """A figure for one tag.

    Attributes
    ----------
    figure : bqplot.Figure
        The widget.
    lines : dict[str, bqplot.Lines]
        The mark of each run: `x` is recall, `y` precision, float64[n].
    hover : Hover
        What fills the tooltip.
    """

    def __init__(self) -> None:
        self._x, self._y = bqplot.LinearScale(min=0, max=1), bqplot.LinearScale(min=0, max=1.02)
        self._x_axis, self._y_axis = axis(self._x), axis(self._y, vertical=True, grid=True)
        for one in (self._x_axis, self._y_axis):
            label(one, _TICKS, axis_format.labels(_TICKS))
        self.hover = Hover(self._say)
        self.lines: dict[str, bqplot.Lines] = {}
        self._curves: dict[str, PrCurve] = {}
        self.figure = figure([self.hover.mark], [self._x_axis, self._y_axis], height=_HEIGHT)
        self.figure.add_class("cb-hover")
        set_left(self.figure, axis_format.margin(["0.0"]))

    def draw(self, curves: Mapping[str, PrCurve]) -> None:
        """Draw the curves of these runs; only what changed is sent."""
        gone = [name for name in self.lines if name not in curves]
        kept = [mark for name, mark in self.lines.items() if name not in gone]
        if gone:
            self.figure.marks = [*kept, self.hover.mark]
        for name in gone:
            ipywidgets.Widget.close(self.lines.pop(name))  # the mark alone: its scales are the figure's
        for name, curve in curves.items():
            self._draw(name, curve)
        self._curves = dict(curves)
        marks = [*(self.lines[name] for name in curves), self.hover.mark]
        if self.figure.marks != marks:
            self.figure.marks = marks

    def shown(self) -> shown.Chart:
        """Return what is drawn."""
        marks = tuple(
            shown.Curve(mark.x, mark.y, mark.colors[0], width=_WIDTH, label=name) for name, mark in self.lines.items()
        )
        return shown.Chart(axis_shown(self._x_axis, "recall"), axis_shown(self._y_axis, "precision"), marks, _HEIGHT)

    def _draw(self, name: str, curve: PrCurve) -> None:
        known = self._curves.get(name)
        if known is not None and (known.sample is curve.sample and known.color == curve.color):
            return
        mark = self.lines.get(name)
        if mark is None:
            scales = {"x": self._x, "y": self._y}
            mark = self.lines[name] = bqplot.Lines(
                x=[], y=[], scales=scales, labels=[name], stroke_width=_WIDTH, enable_hover=False
            )
        with mark.hold_sync():
            mark.x, mark.y = curve.sample.recall[curve.kept], curve.sample.precision[curve.kept]
            mark.colors = [curve.color]

    def _say(self, share: float) -> str:
        rows, colors = [], []
        for name, curve in self._curves.items():
            if len(curve.kept):
                sample = curve.sample
                at = curve.kept[int(np.abs(sample.recall[curve.kept] - share).argmin())]
                counts = (sample.true_positives, sample.false_positives, sample.true_negatives, sample.false_negatives)
                numbers = (sample.thresholds, sample.precision, sample.recall)
                cells = [f"{float(column[at]):.3f}" for column in numbers]
                rows.append((name, *cells, *(axis_format.number(float(column[at])) for column in counts)))
                colors.append(curve.color)
        if not rows:
            return ""
        names = ("run", "threshold", "precision", "recall", "TP", "FP", "TN", "FN")
        head = "".join(f'<th class="cb-name">{name}</th>' if name == "run" else f"<th>{name}</th>" for name in names)
        return f'<table class="cb-legend"><tr>{head}</tr>{rows_html(rows[:16], colors[:16])}</table>'
