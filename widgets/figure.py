"""A bqplot figure as every board wants it: no background, quiet axes, as wide as its card, on bqplot 0.12 and 0.13."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import bqplot
import numpy as np
from ipywidgets import Layout

from . import shown
from .axis_format import label_key, labels, nice_ticks
from .theme import put

__all__ = ["GRID", "RULE", "axis", "axis_shown", "figure", "label", "set_left", "span"]

# Greys that read on white and on black, for pages without our style sheet (where it is present, it wins).
RULE = "#80868f"
GRID = "#80868f33"


def axis(scale: bqplot.Scale, *, vertical: bool = False, grid: bool = False) -> bqplot.Axis:
    """Return a quiet axis of *scale*; `label` says where its ticks stand."""
    return bqplot.Axis(
        scale=scale,
        side="left" if vertical else "bottom",
        grid_lines="solid" if grid else "none",
        color=RULE,
        grid_color=GRID,
        tick_values=np.empty(0),
    )


def figure(
    marks: list[bqplot.Mark],
    axes: list[bqplot.Axis],
    *,
    height: int = 220,
    left: int = 48,
    right: int = 20,
    **options: Any,
) -> bqplot.Figure:
    """Return a figure of *height* pixels that takes the width of what holds it.

    *left* and *right* are the margins in pixels; *options* are traits of `bqplot.Figure`.
    """
    made = bqplot.Figure(
        marks=marks,
        axes=axes,
        animation_duration=0,
        padding_x=0,
        padding_y=0,
        min_aspect_ratio=0.01,
        max_aspect_ratio=100,
        fig_margin={"top": 8, "bottom": 26, "left": left, "right": right},
        background_style={"fill": "transparent"},
        layout=Layout(width="auto", height=f"{height}px", min_width="0"),
        **options,
    )
    if made.has_trait("display_toolbar"):  # new in bqplot 0.13; it would cover the first points
        made.display_toolbar = False
    return made


def label(of: bqplot.Axis, places: Sequence[float], texts: Sequence[str]) -> None:
    """Put ticks with these labels at these places; without any, bqplot would choose its own."""
    places, texts = (places, texts) if len(places) else ([0.0], [""])
    names = {label_key(place): text for place, text in zip(places, texts, strict=True)}
    if np.array_equal(of.tick_values, places) and of.tick_labels == names:
        return
    with of.hold_sync():
        of.tick_values, of.tick_labels = np.array(places, np.float64), names


def set_left(of: bqplot.Figure, pixels: int) -> None:
    """Set the left margin, in steps of 8 pixels so that it does not move with every new point."""
    put(of, fig_margin={**of.fig_margin, "left": -(-pixels // 8) * 8})


def span(scale: bqplot.Scale, of: bqplot.Axis, edges: np.ndarray[Any, Any]) -> None:
    """Have a linear axis reach from the first of *edges* to the last, with round ticks."""
    low, high = float(edges[0]), float(edges[-1])
    put(scale, min=low, max=high)
    places = nice_ticks(low, high)
    label(of, places, labels(places))


def axis_shown(of: bqplot.Axis, title: str = "") -> shown.Axis:
    """Return the range and the ticks of an axis as plain data."""
    scale, grid = of.scale, of.grid_lines != "none"
    low, high = (0.0 if scale.min is None else scale.min), (1.0 if scale.max is None else scale.max)
    texts = of.tick_labels or {}
    ticks = tuple((float(place), texts.get(label_key(place), "")) for place in of.tick_values)
    return shown.Axis(float(low), float(high), tuple(tick for tick in ticks if tick[1]), _is_log(scale), grid, title)


def _is_log(scale: bqplot.Scale) -> bool:
    return isinstance(scale, bqplot.LogScale)
