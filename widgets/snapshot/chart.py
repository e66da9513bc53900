"""A chart as SVG. It has no background, and its greys read on white and on black: nobody knows what page it will be on.

The plot is drawn in tenths of a pixel, whole numbers all: small, and sharper than the eye.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

import numpy as np

from ...eventlog import thin
from .. import shown
from .svg import element, path, text

if TYPE_CHECKING:
    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["curves", "draw"]

WIDTH = 380
"""Width of a chart in pixels."""

_TOP, _BOTTOM, _RIGHT = 6, 22, 12
_UNIT = 10
_TEXT = "#7a808a"
_RULE = "#8b919a"
_GRID = "#808690"
_LETTER = 6.2
_HEAT = (180, 90)
_FAR = 1e4


def curves(chart: shown.Chart) -> int:
    """Return how many lines of many points the chart has: what makes its drawing large."""
    return sum({shown.Band: 2, shown.Curve: 1, shown.Outline: 1}.get(type(mark), 0) for mark in chart.marks)


def draw(chart: shown.Chart, columns: int) -> str:
    """Return *chart* as an SVG document, `WIDTH` wide; lines keep what *columns* columns of pixels show."""
    plot = _Plot(chart)
    marks = "".join(_MARKS[type(mark)](plot, mark, columns) for mark in chart.marks)
    inner = element(
        "svg",
        plot.grid() + marks,
        x=plot.left,
        y=_TOP,
        width=plot.width,
        height=plot.height,
        viewBox=f"0 0 {plot.width * _UNIT} {plot.height * _UNIT}",
        preserveAspectRatio="none",
    )
    return element(
        "svg",
        inner + plot.axes(),
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=chart.height,
        viewBox=f"0 0 {WIDTH} {chart.height}",
        font_family="system-ui,sans-serif",
        font_size=11,
    )


class _Plot:
    """Where things of a chart lie."""

    def __init__(self, chart: shown.Chart) -> None:
        self.chart = chart
        longest = max((len(label) for _, label in chart.y.ticks), default=1)
        self.left = round(min(12 + _LETTER * longest, WIDTH / 3))
        self.width, self.height = WIDTH - self.left - _RIGHT, chart.height - _TOP - _BOTTOM

    def x(self, values: Any) -> Floats:
        """Return where *values* lie across, in tenths of a pixel."""
        return _shares(self.chart.x, values) * (self.width * _UNIT)

    def y(self, values: Any) -> Floats:
        """Return where *values* lie from the top, in tenths of a pixel."""
        return (1 - _shares(self.chart.y, values)) * (self.height * _UNIT)

    def line(self, x: Floats, y: Floats, columns: int) -> tuple[Floats, Floats]:
        """Return the points to draw of a line, in tenths of a pixel."""
        kept = thin(x, y, columns) if len(x) > 4 * columns else slice(None)
        return self.x(x[kept]), self.y(y[kept])

    def grid(self) -> str:
        """Return the faint lines at ticks."""
        chart, parts = self.chart, []
        if chart.y.grid:
            parts += [f"M0{y:+d}h{self.width * _UNIT}" for y in self._whole(self.y, chart.y)]
        if chart.x.grid:
            parts += [f"M{x:+d}+0v{self.height * _UNIT}" for x in self._whole(self.x, chart.x)]
        return element("path", d="".join(parts), stroke=_GRID, stroke_opacity=0.22, stroke_width=_UNIT) if parts else ""

    def axes(self) -> str:
        """Return the rules below and beside the plot, and what is written at the ticks."""
        low, right = _TOP + self.height, self.left + self.width
        rules = element("path", d=f"M{self.left} {_TOP}V{low}H{right}", fill="none", stroke=_RULE, stroke_opacity=0.5)
        below = "".join(
            text(label, x=_pixels(self.left, x, right), y=low + 15, text_anchor="middle")
            for (_, label), x in zip(self.chart.x.ticks, self._whole(self.x, self.chart.x), strict=True)
        )
        beside = "".join(
            text(label, x=self.left - 6, y=_pixels(_TOP, y, low) + 4, text_anchor="end")
            for (_, label), y in zip(self.chart.y.ticks, self._whole(self.y, self.chart.y), strict=True)
        )
        return rules + element("g", below + beside or "<g/>", fill=_TEXT)

    @staticmethod
    def _whole(place: Any, axis: shown.Axis) -> list[int]:
        places = place([tick for tick, _ in axis.ticks])
        return [int(one) if np.isfinite(one) else 0 for one in np.clip(places, -1e4, 1e5)]


def _shares(axis: shown.Axis, values: Any) -> Floats:
    """Return where *values* lie on an axis: 0 at its low end, 1 at its high end, NaN where they cannot be shown."""
    places, low, high = np.asarray(values, np.float64), axis.low, axis.high
    with np.errstate(all="ignore"):
        if axis.log:
            places, low, high = np.log10(places), float(np.log10(low)), float(np.log10(high))
        shares: Floats = (places - low) / (high - low) if high > low else np.full(places.shape, 0.5)
        return np.where(np.isfinite(places), np.clip(shares, -_FAR, _FAR), np.nan)


def _pixels(start: int, tenths: int, end: int) -> float:
    return min(max(start + tenths / _UNIT, start), end)


# marks


def _curve(plot: _Plot, mark: shown.Curve, columns: int) -> str:
    dashes = {"stroke_dasharray": "60 40"} if mark.dashed else {}
    return element(
        "path",
        d=path(*plot.line(mark.x, mark.y, columns)),
        fill="none",
        stroke=mark.color,
        stroke_width=round(mark.width * _UNIT),
        stroke_opacity=mark.opacity,
        stroke_linejoin="round",
        stroke_linecap="round",
        **dashes,
    )


def _band(plot: _Plot, mark: shown.Band, columns: int) -> str:
    upper, lower = plot.line(mark.x, mark.high, columns), plot.line(mark.x, mark.low, columns)
    ring = [np.concatenate([one, other[::-1]]) for one, other in zip(upper, lower, strict=True)]
    return element("path", d=path(ring[0], ring[1], close=True), fill=mark.color, fill_opacity=mark.opacity)


def _outline(plot: _Plot, mark: shown.Outline, columns: int) -> str:
    d = path(*plot.line(mark.x, mark.y, columns), close=True)
    return element("path", d=d, fill=mark.color, stroke=mark.edge, stroke_width=7)


def _bars(plot: _Plot, mark: shown.Bars, columns: int) -> str:
    edges, base = plot.x(mark.edges), float(plot.y([0.0])[0]) if not plot.chart.y.log else plot.height * _UNIT
    tops = np.clip(np.nan_to_num(plot.y(mark.heights), nan=base), -_UNIT, plot.height * _UNIT + _UNIT)
    base = min(max(base, 0.0), plot.height * _UNIT) if np.isfinite(base) else plot.height * _UNIT
    gaps = np.diff(edges) * 0.04
    parts = [
        f"M{round(left + gap):+d}{round(base):+d}V{round(top)}H{round(right - gap)}V{round(base)}z"
        for left, right, gap, top in zip(edges[:-1], edges[1:], gaps, tops, strict=True)
        if np.isfinite(left + right) and abs(top - base) >= 1
    ]
    return element("path", d="".join(parts), fill=mark.color)


def _cells(plot: _Plot, mark: shown.Cells, columns: int) -> str:
    """Draw a heat map as a small image: thousands of rectangles would not do."""
    from PIL import Image

    across, down = _HEAT
    x = np.searchsorted(plot.x(mark.x_edges), (np.arange(across) + 0.5) / across * plot.width * _UNIT) - 1
    heights = -plot.y(mark.y_edges)
    y = np.searchsorted(heights, -(np.arange(down) + 0.5) / down * plot.height * _UNIT) - 1
    inside = ((y >= 0) & (y < len(mark.y_edges) - 1))[:, None] & ((x >= 0) & (x < len(mark.x_edges) - 1))[None, :]
    rows, places = np.clip(y, 0, len(mark.shares) - 1), np.clip(x, 0, mark.shares.shape[1] - 1)
    shares = np.where(inside, np.nan_to_num(mark.shares[rows][:, places]), 0.0)
    pixels = np.empty((down, across, 4), np.uint8)
    pixels[..., :3] = [int(mark.color[at : at + 2], 16) for at in (1, 3, 5)]
    pixels[..., 3] = np.clip(np.rint(shares * 24) * (255 / 24), 0, 255)  # few shades compress well
    encoded = io.BytesIO()
    Image.fromarray(pixels).save(encoded, "PNG", optimize=True)
    return element(
        "image",
        x=0,
        y=0,
        width=plot.width * _UNIT,
        height=plot.height * _UNIT,
        preserveAspectRatio="none",
        href=f"data:image/png;base64,{base64.b64encode(encoded.getvalue()).decode()}",
        style="image-rendering:pixelated",
    )


def _dots(plot: _Plot, mark: shown.Dots, columns: int) -> str:
    x, y = plot.x(mark.x), plot.y(mark.y)
    kept = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    # Very many dots lie upon each other: some of them look the same.
    kept = kept[:: max(1, -(-len(kept) // (4 * columns)))]
    shape = "m-32 0a32 32 0 1 0 64 0a32 32 0 1 0 -64 0" if mark.shape == "circle" else "m-45 35h90l-45 -80z"
    drawn: dict[str, list[str]] = {}
    for index in kept.tolist():
        color = mark.colors[min(index, len(mark.colors) - 1)] if mark.colors else _TEXT
        drawn.setdefault(color, []).append(f"M{round(x[index]):+d}{round(y[index]):+d}{shape}")
    return "".join(element("path", d="".join(parts), fill=color) for color, parts in drawn.items())


_MARKS: dict[type, Any] = {
    shown.Band: _band,
    shown.Bars: _bars,
    shown.Cells: _cells,
    shown.Curve: _curve,
    shown.Dots: _dots,
    shown.Outline: _outline,
}
