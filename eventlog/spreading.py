"""Spread of a group of curves: their mean or median, and how far they lie around it, over unequal steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

__all__ = ["BANDS", "CENTERS", "Band", "Center", "Spread", "spread"]

Floats = npt.NDArray[np.float64]
Curve = tuple[Floats, Floats]

Center = Literal["mean", "median"]
Band = Literal["std", "minmax", "sem", "ci95"]

CENTERS: tuple[Center, ...] = get_args(Center)
BANDS: tuple[Band, ...] = get_args(Band)

# Two-sided 95 % quantiles of Student's t for 1, 2, ... degrees of freedom.
_T95 = (
    *(12.7062047, 4.3026527, 3.1824463, 2.7764451, 2.5705818, 2.4469119, 2.3646243, 2.3060041, 2.2621572, 2.2281389),
    *(2.2009852, 2.1788128, 2.1603687, 2.1447867, 2.1314495, 2.1199053, 2.1098156, 2.1009220, 2.0930241, 2.0859634),
    *(2.0796138, 2.0738731, 2.0686576, 2.0638986, 2.0595386, 2.0555294, 2.0518305, 2.0484071, 2.0452296, 2.0422725),
)
_Z95 = 1.959963985
_OF_MEDIAN = math.sqrt(math.pi / 2)  # error of a median beside that of a mean, of many normal values


@dataclass(frozen=True, slots=True)
class Spread:
    """A group of curves at some places.

    Parameters
    ----------
    x
        float64[n], rising.
    center, low, high
        float64[n]: mean or median, and the ends of the band.
    count
        int64[n]: how many curves contribute.
    """

    x: Floats
    center: Floats
    low: Floats
    high: Floats
    count: npt.NDArray[np.int64]


def spread(
    curves: Sequence[Curve],
    center: Center = "mean",
    band: Band = "std",
    width: int = 1000,
    lo: float | None = None,
    hi: float | None = None,
) -> Spread:
    """Return the mean or median of several curves, and a band around it.

    If all curves together have at most `width` different x in the range, these are the places; between its own points a
    curve counts with the straight line through them. If there are more, the range is cut into `width` columns of one
    breadth, whose middles are the places: a curve counts with the mean of its points in a column (for ``minmax`` with
    the least and the greatest of them), and in a column without points with the straight line between its neighbours.
    Before its first and behind its last point a curve does not count: `count` says how many do. One place more on each
    side of the range lets lines leave the view.

    Parameters
    ----------
    curves
        Pairs (x, y) of float[n], in any order; points that are not finite are left out, of several at one x the last
        counts.
    center
        ``mean`` or ``median``.
    band
        Around the center. ``std``: the standard deviation of the sample (n - 1), on either side. ``minmax``: from the
        least to the greatest. ``sem``: the standard error, std / sqrt(n), of a median sqrt(pi / 2) times as large.
        ``ci95``: the standard error times Student's t of n - 1 degrees of freedom, two-sided 95 %. Where one curve
        counts, the band has no breadth.
    width
        At most so many places in the range.
    lo, hi
        Range of x, both ends included; by default as far as there are points.

    Returns
    -------
    Spread
    """
    clean = [_clean(x, y) for x, y in curves]
    clean = [curve for curve in clean if len(curve[0])]
    if not clean:
        nothing = np.empty(0)
        return Spread(nothing, nothing, nothing, nothing, np.empty(0, np.int64))
    low = min(x[0] for x, _ in clean) if lo is None else lo
    high = max(x[-1] for x, _ in clean) if hi is None else hi
    places, middle, least, greatest = _members(clean, width, low, high, band == "minmax")
    counts = np.isfinite(middle).sum(axis=0)
    some = counts > 0
    middle, least, greatest = middle[:, some], least[:, some], greatest[:, some]
    return _around(places[some], middle, least, greatest, counts[some], center, band)


def _clean(x: Floats, y: Floats) -> Curve:
    """The finite points by rising x, one at each."""
    across, values = np.asarray(x, np.float64), np.asarray(y, np.float64)
    finite = np.isfinite(across) & np.isfinite(values)
    across, values = across[finite], values[finite]
    if (across[1:] > across[:-1]).all():
        return across, values
    order = np.argsort(across, kind="stable")
    across, values = across[order], values[order]
    last = np.append(across[1:] > across[:-1], True)
    return across[last], values[last]


def _members(
    curves: Sequence[Curve], width: int, low: float, high: float, extremes: bool
) -> tuple[Floats, Floats, Floats, Floats]:
    """The places, and a row a curve: what it counts with at each, and the least and greatest that it has there."""
    everywhere = _places_of_all(curves, width, low, high)
    if everywhere is not None:
        lines = np.stack([np.interp(everywhere, x, y, np.nan, np.nan) for x, y in curves])
        return everywhere, lines, lines, lines
    breadth = (high - low) / width
    places: Floats = low + breadth * (np.arange(-1.0, width + 1.0) + 0.5)
    columns = [_in_columns(curve, low - breadth, breadth, places, extremes) for curve in curves]
    middle, least, greatest = (np.stack([column[i] for column in columns]) for i in range(3))
    return places, middle, least, greatest


def _places_of_all(curves: Sequence[Curve], width: int, low: float, high: float) -> Floats | None:
    """Every x in the range and one more on each side; None if there are more than `width`."""
    parts = []
    for x, _ in curves:
        first, stop = np.searchsorted(x, low, "left"), np.searchsorted(x, high, "right")
        if stop - first > width:
            return None
        parts.append(x[max(0, first - 1) : stop + 1])
    places = np.unique(np.concatenate(parts))
    inside = (places >= low) & (places <= high)
    if inside.sum() > width:
        return None
    before, after = places[places < low], places[places > high]
    found: Floats = np.concatenate([before[-1:], places[inside], after[:1]])
    return found


def _in_columns(
    curve: Curve, start: float, breadth: float, places: Floats, extremes: bool
) -> tuple[Floats, Floats, Floats]:
    """Mean, least and greatest value of a curve in each column."""
    x, y = curve
    begins = np.searchsorted(x, start + breadth * np.arange(len(places) + 1))
    full = np.flatnonzero(begins[1:] > begins[:-1])
    between = np.interp(places, x, y, np.nan, np.nan)
    rows = []
    for ufunc in (np.add, np.minimum, np.maximum) if extremes else (np.add,):
        found = ufunc.reduceat(y, begins[full]) if len(full) else np.empty(0)
        # What lies behind the last column was reduced with it.
        if len(full) and begins[-1] < len(y):
            found[-1] = ufunc.reduce(y[begins[full[-1]] : begins[full[-1] + 1]])
        if ufunc is np.add:
            found = found / (begins[1:] - begins[:-1])[full]
        row = between.copy()
        row[full] = found
        rows.append(row)
    return (rows[0], rows[-2], rows[-1]) if extremes else (rows[0], rows[0], rows[0])


def _around(
    x: Floats,
    middle: Floats,
    least: Floats,
    greatest: Floats,
    count: npt.NDArray[np.int64],
    center: Center,
    band: Band,
) -> Spread:
    mean = np.nansum(middle, axis=0) / count
    at = mean if center == "mean" else np.nanmedian(middle, axis=0) if len(x) else mean
    if band == "minmax":
        low, high = np.fmin.reduce(least, axis=0), np.fmax.reduce(greatest, axis=0)
        return Spread(x, at, low, high, count)
    freedom = np.maximum(count - 1, 1)
    with np.errstate(over="ignore"):
        reach = np.sqrt(np.nansum((middle - mean) ** 2, axis=0) / freedom)
    if band != "std":
        reach = reach / np.sqrt(count) * (_OF_MEDIAN if center == "median" else 1)
    if band == "ci95":
        reach = reach * _t95(freedom)
    return Spread(x, at, at - reach, at + reach, count)


def _t95(freedom: npt.NDArray[np.int64]) -> Floats:
    """Student's t: from the table, beyond it from the normal quantile (Abramowitz & Stegun 26.7.5)."""
    z, n = _Z95, freedom.astype(np.float64)
    large = z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
    large += (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    table = np.array(_T95)[np.minimum(freedom, len(_T95)) - 1]
    quantiles: Floats = np.where(freedom <= len(_T95), table, large)
    return quantiles
