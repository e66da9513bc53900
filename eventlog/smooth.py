"""Smoothing of a curve: exponential averages, and the one door to every kind of smoothing.

Windows and Gaussians are in `smooth_windows` and `smooth_gaussian`. All run over every point, before anything is
thinned; what is not finite comes back as it is and enters no average.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from .smooth_gaussian import gaussian
from .smooth_windows import running_mean, running_median

__all__ = ["SMOOTHINGS", "Smoothing", "ema", "ema_by_distance", "smoothed"]

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

Smoothing = Literal["ema", "halflife", "mean", "median", "gaussian", "gaussian_x"]

SMOOTHINGS: tuple[Smoothing, ...] = get_args(Smoothing)
"""Kinds of smoothing; `smoothed` explains."""

_BLOCK = 64
_FEW = 32


def smoothed(
    x: npt.ArrayLike, value: npt.ArrayLike, kind: Smoothing, amount: float, at: Indices | None = None
) -> Floats:
    """Return the smoothed curve, or what it is at some of its points.

    Parameters
    ----------
    x, value
        float[n].
    kind
        ``ema``: exponential average over points, `amount` its weight (`ema`). ``halflife``: exponential average over
        distances of x, `amount` the distance at which a point counts half (`ema_by_distance`). ``mean``, ``median``: of
        the `amount` points around each (`running_mean`, `running_median`). ``gaussian``: weighted by a bell whose sigma
        is `amount` points, ``gaussian_x``: whose sigma is a distance of x (`gaussian`).
    amount
        0 for no smoothing.
    at
        Indices of the points that are wanted; by default all. All points are smoothed over either way.

    Returns
    -------
    float64[n], or float64[len(at)]

    Raises
    ------
    ValueError
        If `kind` is unknown or `amount` out of its range.
    """
    values = np.array(value, np.float64)
    wanted = np.arange(len(values)) if at is None else at
    if not amount:
        unchanged: Floats = values[wanted]
        return unchanged
    if kind == "ema":
        return ema(values, amount)[wanted]
    if kind == "halflife":
        return ema_by_distance(x, values, amount)[wanted]
    if kind == "mean":
        return running_mean(values, int(amount))[wanted]
    if kind == "median":
        return running_median(values, int(amount), wanted)
    if kind == "gaussian":
        return gaussian(values, amount, at=wanted)
    if kind == "gaussian_x":
        return gaussian(values, amount, x=x, at=wanted)
    raise ValueError(f"there is no smoothing {kind!r}, only {', '.join(SMOOTHINGS)}")


def ema(value: npt.ArrayLike, weight: float) -> Floats:
    """Return the exponential moving average of `value`, debiased.

    The average s starts at 0 and follows ``s = weight * s + (1 - weight) * value``; the k-th result is
    ``s / (1 - weight**k)``, so that the first one is the first value and early ones are not drawn towards 0
    (Kingma & Ba, "Adam", section 3; the smoothing of TensorBoard's scalar charts). NaN and infinities come back as
    they are and do not enter the average.

    Parameters
    ----------
    value
        float[n].
    weight
        0 (no smoothing) up to, not including, 1.

    Returns
    -------
    float64[n]

    Raises
    ------
    ValueError
        If `weight` is out of range.
    """
    if not 0 <= weight < 1:
        raise ValueError(f"the smoothing weight must be at least 0 and below 1, not {weight!r}")
    values = np.array(value, np.float64)
    if not weight or not values.size:
        return values
    finite = np.isfinite(values)
    if finite.all():
        return _debiased(values, weight)
    values[finite] = _debiased(values[finite], weight)
    return values


def ema_by_distance(x: npt.ArrayLike, value: npt.ArrayLike, half_life: float) -> Floats:
    """Return the exponential average of `value` over distances of `x`.

    The i-th result is the mean of all points up to i, the j-th weighted by ``0.5 ** (d / half_life)``, d being the way
    from x[j] to x[i]: points that lie far apart forget each other however few lie between them (the average that pandas
    calls ``ewm(halflife=..., times=...)``). Where x goes back, as after a restart, the way counts as if it went on. On
    points one apart it is `ema` with the weight ``0.5 ** (1 / half_life)``.

    Parameters
    ----------
    x, value
        float[n]. A point of which either is not finite comes back as it is and does not enter the average.
    half_life
        In the unit of x, above 0.

    Returns
    -------
    float64[n]

    Raises
    ------
    ValueError
        If `half_life` is out of range.
    """
    if not 0 < half_life < np.inf:
        raise ValueError(f"the half-life must be finite and above 0, not {half_life!r}")
    across, values = np.asarray(x, np.float64), np.array(value, np.float64)
    finite = np.isfinite(values) & np.isfinite(across)
    known = values[finite]
    if not len(known):
        return values
    with np.errstate(under="ignore", over="ignore"):
        decay = np.exp2(-np.abs(np.diff(across[finite], prepend=across[finite][:1])) / half_life)
        total, weight = _varying_recurrence(decay, np.stack([known, np.ones(len(known))]))
    values[finite] = total / weight
    return values


def _debiased(values: Floats, weight: float) -> Floats:
    smoothed = _recurrence((1 - weight) * values, weight)
    # Beyond this many points the bias is below the precision of a float.
    biased = min(len(values), int(np.log(1e-18) / np.log(weight)) + 1)
    smoothed[:biased] /= 1 - weight ** np.arange(1.0, biased + 1)
    return smoothed


def _recurrence(values: Floats, weight: float) -> Floats:
    """Return s with ``s[i] = weight * s[i-1] + values[i]``, s[-1] being 0.

    Within blocks it is one multiplication by a triangular matrix; what each block hands on to the next follows the
    same recurrence, a block being one step of it.
    """
    if len(values) <= _BLOCK:
        return _plain_recurrence(values, weight)
    blocks = -(-len(values) // _BLOCK)
    padded = np.zeros(blocks * _BLOCK)
    padded[: len(values)] = values
    lags = np.arange(_BLOCK)[:, None] - np.arange(_BLOCK)
    response = np.where(lags >= 0, weight ** np.maximum(lags, 0), 0.0)
    within = padded.reshape(blocks, _BLOCK) @ response.T
    handed_on = _recurrence(within[:, -1], weight**_BLOCK)
    within[1:] += handed_on[:-1, None] * weight ** np.arange(1.0, _BLOCK + 1)
    smoothed: Floats = within.reshape(-1)[: len(values)]
    return smoothed


def _plain_recurrence(values: Floats, weight: float) -> Floats:
    results, last = [], 0.0
    for value in values.tolist():
        last = weight * last + value
        results.append(last)
    return np.array(results, np.float64)


def _varying_recurrence(decay: Floats, added: Floats) -> Floats:
    """Return s with ``s[:, i] = decay[i] * s[:, i-1] + added[:, i]``, s[:, -1] being 0; `added` is float64[rows, n].

    Two neighbours make one step of a recurrence of half the length (Blelloch 1990, "Prefix sums and their
    applications"), whose results are those at odd places; those at even places follow from them.
    """
    count = added.shape[1]
    if count <= _FEW:
        return _plain_varying_recurrence(decay, added)
    paired = count // 2 * 2
    even, odd = slice(0, paired, 2), slice(1, paired, 2)
    results = np.empty_like(added)
    handed_on = _varying_recurrence(decay[even] * decay[odd], decay[odd] * added[:, even] + added[:, odd])
    results[:, odd] = handed_on
    results[:, 0] = added[:, 0]
    results[:, 2::2] = decay[2::2] * handed_on[:, : (count - 1) // 2] + added[:, 2::2]
    return results


def _plain_varying_recurrence(decay: Floats, added: Floats) -> Floats:
    results = added.copy()
    for i in range(1, added.shape[1]):
        results[:, i] += decay[i] * results[:, i - 1]
    return results
