"""Logging precision-recall curves."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..arrays import as_array, as_tag
from ..errors import BadValueError
from ..summaries import pr_curve
from .base import WriterBase
from .curves import as_thresholds, curve

__all__ = ["PrCurveMethods"]


class PrCurveMethods(WriterBase):
    """`add_pr_curve` and `add_pr_curve_raw`."""

    def add_pr_curve(
        self,
        tag: str,
        labels: Any,
        predictions: Any,
        global_step: Any = None,
        num_thresholds: int = 127,
        weights: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Log the precision-recall curve of a binary classifier.

        Parameters
        ----------
        tag
            Name of the series.
        labels
            The truth: 0 and 1, or False and True.
        predictions
            As many, in 0..1. What lies outside is clipped and NaN is left out, with one warning a tag.
        global_step, walltime
            See the class.
        num_thresholds
            Points of the curve; the thresholds lie evenly in 0..1.
        weights
            What each label counts; all the same if left out.
        """
        tag = as_tag(tag)
        number = as_thresholds(tag, num_thresholds)
        rows = curve(tag, labels, predictions, number, weights, lambda text: self._notice(tag, text))
        self._add_value(pr_curve.encode(tag, rows), global_step, walltime)

    def add_pr_curve_raw(
        self,
        tag: str,
        true_positive_counts: Any,
        false_positive_counts: Any,
        true_negative_counts: Any,
        false_negative_counts: Any,
        precision: Any,
        recall: Any,
        global_step: Any = None,
        num_thresholds: int | None = None,
        weights: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Log a precision-recall curve that was computed elsewhere, as it stands.

        Parameters
        ----------
        tag
            Name of the series.
        true_positive_counts, false_positive_counts, true_negative_counts, false_negative_counts, precision, recall
            A number for each threshold; these lie evenly in 0..1.
        global_step, walltime
            See the class.
        num_thresholds, weights
            Of no effect: the number of thresholds is that of the numbers.
        """
        tag = as_tag(tag)
        counts = (true_positive_counts, false_positive_counts, true_negative_counts, false_negative_counts)
        rows = [as_array(tag, row).ravel() for row in (*counts, precision, recall)]
        if len({len(row) for row in rows}) != 1 or not len(rows[0]):
            raise BadValueError(
                f"tag {tag!r}: rows of {[len(row) for row in rows]} numbers; there must be as many of each"
            )
        self._add_value(pr_curve.encode(tag, np.stack(rows)), global_step, walltime)
