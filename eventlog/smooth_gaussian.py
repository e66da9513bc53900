"""Smoothing of a curve by a Gaussian: every point is the mean of those around it, weighted by a bell."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

__all__ = ["gaussian"]

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

_TERMS = 16
_REACH = 6  # boxes of one sigma on each side of a point's own
_FINEST = 1e15  # boxes: beyond this many, places within a box are lost to rounding, and no point has a neighbour


def gaussian(value: npt.ArrayLike, sigma: float, x: npt.ArrayLike | None = None, at: Indices | None = None) -> Floats:
    """Return the mean of all points, weighted by ``exp(-d**2 / (2 * sigma**2))``, d being how far off each lies.

    (Nadaraya & Watson 1964.) Weights are divided by their sum, so that the ends of a curve and gaps in it are not drawn
    towards 0. Points more than six sigma away are left out.

    Points are gathered in boxes of one sigma, of which each is summed up in a few moments (the fast Gauss transform of
    Greengard & Strain 1991, to ten digits): the time grows with the number of points, not with sigma.

    Parameters
    ----------
    value
        float[n]. A point that is not finite, or has no finite x, comes back as it is and enters no mean.
    sigma
        In the unit of `x`, or in points; above 0.
    x
        float[n], in any order. By default the points that are finite stand one apart.
    at
        Indices of the points that are wanted; by default all.

    Returns
    -------
    float64[n], or float64[len(at)]

    Raises
    ------
    ValueError
        If `sigma` is out of range.
    """
    if not 0 < sigma < np.inf:
        raise ValueError(f"sigma must be finite and above 0, not {sigma!r}")
    values = np.array(value, np.float64)
    wanted = np.arange(len(values)) if at is None else np.asarray(at, np.int64)
    results: Floats = values[wanted]
    finite = np.isfinite(values)
    across = np.cumsum(finite) - 1.0 if x is None else np.asarray(x, np.float64)
    finite &= np.isfinite(across)
    smoothed = finite[wanted]
    if not smoothed.any():
        return results
    low, high = across[finite].min(), across[finite].max()
    if not (high / sigma - low / sigma) < _FINEST:
        return results
    in_sigmas = (across - low) / sigma
    boxes = _Boxes(in_sigmas[finite], values[finite])
    results[smoothed] = boxes.means(in_sigmas[wanted][smoothed])
    return results


class _Boxes:
    """Points in boxes of breadth 1, each box as a few moments.

    With a the place of a target and b that of a point, both from the middle of the point's box and divided by sqrt(2),
    ``exp(-(a - b)**2)`` is ``exp(-a**2) * sum((2 * a * b)**k / k!) * exp(-b**2)``: of the points, only the sums of
    ``(2 * b)**k / k! * exp(-b**2)`` are needed, once with their values and once without.
    """

    def __init__(self, place: Floats, value: Floats) -> None:
        box = np.floor(place)
        self._known, member = np.unique(box, return_inverse=True)
        offset = (place - box - 0.5) / math.sqrt(2)
        weight = np.exp(-offset * offset)
        self._moments = np.empty((_TERMS, 2, len(self._known)))
        for k in range(_TERMS):
            self._moments[k, 0] = np.bincount(member, weight * value, len(self._known))
            self._moments[k, 1] = np.bincount(member, weight, len(self._known))
            weight *= 2 * offset / (k + 1)

    def means(self, place: Floats) -> Floats:
        """Return the weighted mean at each place."""
        box = np.floor(place)
        total = np.zeros((2, len(place)))
        for shift in range(-_REACH, _REACH + 1):
            index = np.minimum(np.searchsorted(self._known, box + shift), len(self._known) - 1)
            there = np.flatnonzero(self._known[index] == box + shift)
            if not len(there):
                continue
            index, a = index[there], (place[there] - box[there] - shift - 0.5) / math.sqrt(2)
            series = np.zeros((2, len(there)))
            for k in reversed(range(_TERMS)):
                series = series * a + self._moments[k][:, index]
            total[:, there] += series * np.exp(-a * a)
        means: Floats = total[0] / total[1]
        return means
