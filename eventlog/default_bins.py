"""Counts over the bins that torch's and TensorFlow's histograms have by default, without sorting.

The 1549 edges are 0 and plus or minus 1e-12 * 1.1**k below 1e20. A float32 is looked up by its sign, its exponent and
the upper 9 bits of its fraction: nearly every such cell lies within one bin. Values in the others, about 1.5 %, are
searched. Wider numbers are rounded to float32 for the look-up, which the cells allow for; their search is exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Counted", "count", "default_edges"]

Floats = npt.NDArray[np.float64]

_BLOCK = 1 << 16  # values at once: what is worked on stays in the processor's cache
_SHIFT = 14  # bits of a float32 that the look-up ignores


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts int64[1548] of the values in each bin, and statistics over all values, in a bin or not."""

    counts: npt.NDArray[np.int64]
    min: float
    max: float
    num: int
    sum: float
    sum_squares: float


@cache
def default_edges() -> Floats:
    """Return float64[1549], rising, as repeated multiplication makes them."""
    edge, edges = 1e-12, []
    while edge < 1e20:
        edges.append(edge)
        edge *= 1.1
    return np.array([-edge for edge in reversed(edges)] + [0.0] + edges)


def count(values: npt.NDArray[Any]) -> Counted:
    """Count real numbers of any shape and type, at least one, as ``numpy.histogram`` does over `default_edges`."""
    totals = np.zeros(_UNCLEAR + 1, np.int64)
    lows, highs, sums, squares = [], [], [], []
    with np.errstate(over="ignore", invalid="ignore"):  # infinities and NaN are what they are
        for block in _blocks(values):
            wide = block.astype(np.float64)
            totals += _count_block(block, wide)
            lows.append(float(block.min()))
            highs.append(float(block.max()))
            sums.append(float(wide.sum()))
            squares.append(float(np.einsum("i,i", wide, wide)))  # unlike dot, without waking BLAS's threads
    return Counted(totals[1:_ABOVE], float(np.min(lows)), float(np.max(highs)), values.size, _sum(sums), _sum(squares))


_POSITIVE = 774  # edges
# Places of a value: 0 is below the first edge, i is in bin i - 1, then above the last edge or NaN, then unclear.
_ABOVE = 1549
_UNCLEAR = 1550


def _blocks(values: npt.NDArray[Any]) -> Iterator[npt.NDArray[Any]]:
    flat = values.ravel()
    for start in range(0, len(flat), _BLOCK):
        yield flat[start : start + _BLOCK]


def _count_block(block: npt.NDArray[Any], wide: Floats) -> npt.NDArray[np.int64]:
    narrow = block.astype(np.float32, copy=False)
    places = _places().take(_cell(narrow))
    totals = np.bincount(places, minlength=_UNCLEAR + 1)
    if totals[_UNCLEAR]:
        totals += np.bincount(_search(wide[places == _UNCLEAR]), minlength=_UNCLEAR + 1)
    return totals


def _search(values: Floats) -> npt.NDArray[np.intp]:
    edges = default_edges()
    places = np.searchsorted(edges, values, "right")
    places[values == edges[-1]] = _ABOVE - 1  # the last bin includes its right edge
    places[np.isnan(values)] = _ABOVE
    return places


@cache
def _places() -> npt.NDArray[np.uint16]:
    """Return the place of every cell: those of 0 and up, then those of -0 and down."""
    edges = default_edges()[-_POSITIVE:].astype(np.float32)
    touched = np.zeros(1 << (31 - _SHIFT), bool)
    # A wider number may be rounded across an edge, so its cell is that of a neighbour of the edge.
    for neighbours in (edges, np.nextafter(edges, np.float32(0)), np.nextafter(edges, np.float32(np.inf))):
        touched[_cell(neighbours)] = True
    # How many positive edges lie below each cell; right for all but the cells that an edge is in.
    below = np.cumsum(np.bincount(_cell(edges), minlength=len(touched)))
    up, down = _POSITIVE + 1 + below, _POSITIVE - below
    up[touched] = down[touched] = _UNCLEAR
    down[0] = _UNCLEAR  # -0 is 0, but what else rounds to it is less
    return np.concatenate([up, down]).astype(np.uint16)


def _cell(values: npt.NDArray[np.float32]) -> npt.NDArray[np.uint32]:
    return values.view(np.uint32) >> np.uint32(_SHIFT)


def _sum(parts: list[float]) -> float:
    return math.fsum(parts) if all(map(math.isfinite, parts)) else float(np.sum(parts))
