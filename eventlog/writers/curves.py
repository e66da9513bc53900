"""From labels and predictions to a precision-recall curve.

Source: TensorBoard's pr_curve op. A prediction p counts as positive at threshold ``linspace(0, 1, n)[j]`` if
``floor(p * (n - 1)) >= j``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from ..arrays import as_array
from ..errors import BadValueError

__all__ = ["as_thresholds", "curve"]

Floats = npt.NDArray[np.float64]

_MIN_COUNT = 1e-7  # so that nothing is divided by zero
_MAX_THRESHOLDS = 1 << 20


def as_thresholds(tag: str, number: Any) -> int:
    """Return a number of thresholds as an int.

    Raises
    ------
    BadValueError
        If there can be no curve with so many.
    """
    if not 1 <= int(number) <= _MAX_THRESHOLDS:
        raise BadValueError(f"tag {tag!r}: num_thresholds is {number}, not within 1..{_MAX_THRESHOLDS}")
    return int(number)


def curve(tag: str, labels: Any, predictions: Any, number: int, weights: Any, notice: Callable[[str], None]) -> Floats:
    """Return float64[6, number]: true and false positives, true and false negatives, precision, recall.

    Parameters
    ----------
    tag
        For messages.
    labels
        0 and 1, or False and True; any shape.
    predictions
        In 0..1, as many. What lies outside is clipped; NaN is left out.
    number
        Of thresholds.
    weights
        What each counts, as many; or one number; or None for 1.
    notice
        Told what had to be changed.

    Raises
    ------
    NotANumberError
        If they are no numbers.
    BadValueError
        If they are not equally many, or labels are not in 0..1.
    """
    truth, places, counts = _as_many(tag, labels, predictions, weights)
    if truth.size and not (truth.min() >= 0 and truth.max() <= 1):
        raise BadValueError(f"tag {tag!r}: labels from {truth.min():g} to {truth.max():g}, not 0 and 1")
    known = ~np.isnan(places)
    if not known.all():
        notice(f"{len(known) - int(known.sum())} predictions that are NaN were left out")
        truth, places, counts = truth[known], places[known], counts[known]
    if places.size and (places.min() < 0 or places.max() > 1):
        notice(f"predictions from {places.min():g} to {places.max():g} were clipped to 0..1")
    bins = np.floor(places.clip(0, 1) * (number - 1)).astype(np.int64)
    positive = _at_least(bins, truth * counts, number)
    negative = _at_least(bins, (1 - truth) * counts, number)
    return _rows(positive, negative)


def _as_many(tag: str, labels: Any, predictions: Any, weights: Any) -> tuple[Floats, npt.NDArray[Any], Floats]:
    truth = as_array(tag, labels).ravel().astype(np.float64)
    places = as_array(tag, predictions).ravel()
    if places.dtype.itemsize < 4 or places.dtype.kind != "f":  # float32 is computed with as it is, as torch does
        places = places.astype(np.float64)
    counts = np.ones(1) if weights is None else as_array(tag, weights).ravel().astype(np.float64)
    if len(truth) != len(places) or len(counts) not in (1, len(truth)):
        many = f"{len(truth)} labels, {len(places)} predictions" + (
            f", {len(counts)} weights" if len(counts) > 1 else ""
        )
        raise BadValueError(f"tag {tag!r}: {many}: there must be as many of each")
    return truth, places, np.broadcast_to(counts, truth.shape)


def _at_least(bins: npt.NDArray[np.int64], weights: Floats, number: int) -> Floats:
    """Return the weight of what lies in each of `number` bins or a later one."""
    held = np.bincount(bins, weights, number).astype(np.float64)
    return np.cumsum(held[::-1])[::-1]


def _rows(true_positives: Floats, false_positives: Floats) -> Floats:
    false_negatives = true_positives[0] - true_positives
    true_negatives = false_positives[0] - false_positives
    precision = true_positives / np.maximum(_MIN_COUNT, true_positives + false_positives)
    recall = true_positives / np.maximum(_MIN_COUNT, true_positives + false_negatives)
    return np.stack((true_positives, false_positives, true_negatives, false_negatives, precision, recall))
