"""Smoothing of a curve: the debiased exponential average that TensorBoard draws."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["ema"]

Floats = npt.NDArray[np.float64]

_BLOCK = 64


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
