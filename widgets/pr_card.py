"""The card of one tag of precision-recall curves: the chart, and under it each run at a step of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets
from ipywidgets import Layout

from . import axis_format, shown, theme
from .pr_figure import PrCurve, PrFigure, pr_curve
from .sample_cache import SampleCache
from .scalar_values import heading
from .step_slider import StepSlider, Track
from .teardown import close_tree

if TYPE_CHECKING:
    from ..eventlog import PrCurveSample, Run

__all__ = ["MAX_PR_RUNS", "PrCard"]

MAX_PR_RUNS = 20
"""Runs in one chart, at most."""

_ROWS_HEIGHT = "168px"


class PrCard:
    """The curves of one tag.

    Attributes
    ----------
    widget : ipywidgets.VBox
        The card.
    drawing : PrFigure
        What is drawn.
    sliders : dict[str, StepSlider]
        The step of each run.
    """

    def __init__(self, tag: str, changed: Callable[[], None]) -> None:
        self.tag, self._changed = tag, changed
        self.drawing = PrFigure()
        self.sliders: dict[str, StepSlider] = {}
        self._rows: dict[str, _Row] = {}
        self._table = shown.Table((), ())
        self._list = ipywidgets.VBox(layout=Layout(max_height=_ROWS_HEIGHT, overflow="auto", width="auto", margin="0"))
        self._note = theme.html()
        self.widget = ipywidgets.VBox(
            [theme.html(heading(tag, "precision over recall")), self.drawing.figure, self._list, self._note],
            layout=Layout(padding="6px 12px 8px", margin="0", min_width="0", width="auto"),
        )
        self.widget.add_class("cb-card")

    def go_to(self, step: int | None) -> None:
        """Move all runs to a step; None has them follow the newest."""
        for row in self._rows.values():
            row.slider.move(step)

    def update(self, runs: Sequence[Run], step: int | None) -> None:
        """Draw *runs*, all of which have the tag; a run that is new here starts at *step*."""
        drawn = runs[:MAX_PR_RUNS]
        for name in [name for name in self._rows if name not in {run.name for run in drawn}]:
            close_tree(self._rows.pop(name).box)
            del self.sliders[name]
        for run in drawn:
            if run.name not in self._rows:
                row = self._rows[run.name] = _Row(run, self._changed, step)
                self.sliders[run.name] = row.slider
        curves: dict[str, PrCurve] = {}
        for run in drawn:
            curve = self._rows[run.name].update(run, run.pr_curves[self.tag])
            if curve is not None:
                curves[run.name] = curve
        self.drawing.draw(curves)
        theme.put(self._list, children=tuple(self._rows[run.name].box for run in drawn))
        left_out = len(runs) - len(drawn)
        note = f"{left_out:,} more runs are not drawn: tick fewer runs" if left_out else ""
        theme.put(self._note, value=f'<div class="cb-note">{note}</div>' if note else "")
        rows = tuple((run.name, *self._rows[run.name].words) for run in drawn)
        self._table = shown.Table(("run", "step", "average precision"), rows, tuple(run.color for run in drawn), note)

    def shown(self) -> shown.Card:
        """Return what the card shows."""
        return shown.Card(self.tag, content=(self.drawing.shown(), self._table))


class _Row:
    """One run of a card: its name, its step, its average precision."""

    def __init__(self, run: Run, changed: Callable[[], None], step: int | None) -> None:
        self.slider = StepSlider(changed, step, label="", width=132, brief=True)
        self.words = ("", "")
        self._cache: SampleCache[PrCurveSample] = SampleCache()
        self._track: tuple[Any, Track] | None = None
        self._curve: PrCurve | None = None
        name = escape(run.name, quote=True)
        self._name = theme.html(
            f'<span class="cb-clip" title="{name}">{theme.swatch(run.color)} {name}</span>',
            flex="1 1 60px",
            min_width="0",
        )
        self._area = theme.html(flex="0 0 auto")
        self._area.add_class("cb-area")
        self.box = ipywidgets.HBox(
            [self._name, self.slider.box, self._area],
            layout=Layout(align_items="center", grid_gap="8px", width="auto", margin="0", min_height="28px"),
        )

    def update(self, run: Run, series: Sequence[PrCurveSample]) -> PrCurve | None:
        """Read the step that the slider stands at, if it is another than before."""
        step = series.step  # type: ignore[attr-defined]
        state = (len(step), int(step[-1]) if len(step) else None)
        if self._track is None or self._track[0] != state:
            self._track = state, Track(step)
        track = self._track[1]
        self.slider.update(track.moments)
        moment = self.slider.moment
        index = None if moment is None else track.at_or_before(moment)
        sample = None if index is None else self._cache.get(series, [index]).get(index)
        if sample is None:
            self._curve, self.words = None, ("–" if index is None else f"{int(step[index]):,}", "cannot be read")
        elif self._curve is None or self._curve.sample is not sample or self._curve.color != run.color:
            self._curve = pr_curve(sample, run.color)
        if self._curve is not None:
            self.words = f"{self._curve.sample.step:,}", axis_format.number(self._curve.area)
        area = f"AP {self.words[1]}" if self._curve is not None else self.words[1]
        theme.put(self._area, value=f'<span class="cb-sub cb-mono" title="average precision">{escape(area)}</span>')
        return self._curve
