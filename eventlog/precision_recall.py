"""The area under a precision-recall curve, in one number."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["average_precision"]

Floats = npt.NDArray[np.float64]


class _Curve(Protocol):
    @property
    def precision(self) -> Floats: ...

    @property
    def recall(self) -> Floats: ...

    @property
    def true_positives(self) -> Floats: ...

    @property
    def false_positives(self) -> Floats: ...


def average_precision(curve: _Curve) -> float:
    """Return AP = sum over k of (R(k) - R(k - 1)) P(k), from the highest threshold to the lowest, with R(-1) = 0.

    This is the sum that scikit-learn's ``average_precision_score`` takes over the thresholds of all predictions; here
    it is over those that were logged, and no curve is drawn between them. A threshold that nothing reaches has no
    precision (0 of 0) and adds nothing.

    Parameters
    ----------
    curve
        Arrays over rising thresholds.

    Returns
    -------
    float
        NaN if a number is not finite, if recall falls towards lower thresholds, or if nothing was ever positive.
    """
    some = (curve.true_positives + curve.false_positives) > 0
    precision, recall = curve.precision[some][::-1], curve.recall[some][::-1]
    if not len(recall) or not (np.isfinite(precision).all() and np.isfinite(recall).all()):
        return float("nan")
    rises = np.diff(recall, prepend=0.0)
    if (rises < -1e-6).any():  # a hair's breadth is rounding to float32
        return float("nan")
    return float(np.sum(rises * precision))
