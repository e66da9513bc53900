"""A bqplot figure as every board wants it: no background, quiet axes, as wide as its card, on bqplot 0.12 and 0.13."""

from __future__ import annotations

from typing import Any

import bqplot
from ipywidgets import Layout

__all__ = ["GRID", "RULE", "axis", "figure"]

# Greys that read on white and on black, for pages without our style sheet (where it is present, it wins).
RULE = "#80868f"
GRID = "#80868f33"
_TEXT = {"font-size": "11px", "fill": "#80868f"}


def axis(scale: bqplot.Scale, *, vertical: bool = False, grid: bool = False, ticks: int = 5) -> bqplot.Axis:
    """Return a quiet axis of *scale*."""
    return bqplot.Axis(
        scale=scale,
        orientation="vertical" if vertical else "horizontal",
        num_ticks=ticks,
        grid_lines="solid" if grid else "none",
        color=RULE,
        grid_color=GRID,
        label_color=RULE,
    )


def figure(
    marks: list[bqplot.Mark],
    axes: list[bqplot.Axis],
    *,
    height: int = 220,
    left: int = 48,
    right: int = 14,
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
