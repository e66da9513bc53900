"""Logging how values are distributed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..arrays import as_array, as_number, as_tag
from ..default_bins import default_edges
from ..errors import BadValueError
from ..summaries import histogram
from .base import WriterBase

__all__ = ["HistogramMethods"]


class HistogramMethods(WriterBase):
    """`add_histogram` and `add_histogram_raw`."""

    @property
    def default_bins(self) -> list[float]:
        """Edges of the bins ``"tensorflow"``, in ascending order."""
        edges: list[float] = default_edges().tolist()
        return edges

    def add_histogram(
        self,
        tag: str,
        values: Any,
        global_step: Any = None,
        bins: Any = "tensorflow",
        walltime: float | None = None,
        max_bins: int | None = None,
    ) -> None:
        """Log how the elements of an array are distributed.

        Parameters
        ----------
        tag
            Name of the series.
        values
            Real numbers of any shape. NaN and infinities are in no bin.
        global_step, walltime
            See the class.
        bins
            ``"tensorflow"``: 1548 bins whose edges grow by a tenth each, on both sides of zero, as torch has them.
            Otherwise what ``numpy.histogram`` takes.
        max_bins
            Join neighbouring bins if there are more than so many.
        """
        tag = as_tag(tag)
        if not self.write_to_disk:
            return
        value = histogram.encode(tag, as_array(tag, values), bins, max_bins)
        self._add_value(value, global_step, walltime)

    def add_histogram_raw(
        self,
        tag: str,
        min: Any,
        max: Any,
        num: Any,
        sum: Any,
        sum_squares: Any,
        bucket_limits: Any,
        bucket_counts: Any,
        global_step: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Log a histogram that was computed elsewhere, as it stands.

        Parameters
        ----------
        tag
            Name of the series.
        min, max, num, sum, sum_squares
            Of the values: the smallest, the largest, how many, their sum and that of their squares.
        bucket_limits
            Right edge of each bin.
        bucket_counts
            Number of values in each.
        global_step, walltime
            See the class.
        """
        tag = as_tag(tag)
        low, high = as_number(tag, min), as_number(tag, max)
        sums = as_number(tag, num), as_number(tag, sum), as_number(tag, sum_squares)
        limits, counts = (as_array(tag, given).ravel().astype(np.float64) for given in (bucket_limits, bucket_counts))
        if len(limits) != len(counts):
            raise BadValueError(f"tag {tag!r}: {len(limits)} bucket_limits and {len(counts)} bucket_counts")
        self._add_value(histogram.encode_raw(tag, (low, high, *sums), limits, counts), global_step, walltime)
