"""Pairing of two series by step: a curve over another scalar, such as the loss over epochs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["last_at_or_before"]

Floats = npt.NDArray[np.float64]


def last_at_or_before(step: npt.ArrayLike, other_step: npt.ArrayLike, other_value: npt.ArrayLike) -> Floats:
    """Return for each of `step` the value that another series last had at that step or before it.

    Parameters
    ----------
    step
        int[n], in any order.
    other_step, other_value
        int[m], float[m]: the other series, in the order of logging. Of several values at one step the last counts.

    Returns
    -------
    float64[n]: NaN where the other series had no value yet.
    """
    steps, values = np.asarray(other_step), np.asarray(other_value, np.float64)
    if len(steps) and not (steps[1:] >= steps[:-1]).all():
        order = np.argsort(steps, kind="stable")
        steps, values = steps[order], values[order]
    found = np.searchsorted(steps, np.asarray(step), "right") - 1
    paired: Floats = np.concatenate([values, [np.nan]])[found]
    return paired
