"""Logging how values are distributed."""

from __future__ import annotations

from typing import Any

from ..arrays import as_array, as_tag
from ..summaries import histogram
from .base import WriterBase

__all__ = ["HistogramMethods"]


class HistogramMethods(WriterBase):
    """`add_histogram`."""

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
        value = histogram.encode(tag, as_array(tag, values), bins, max_bins)
        self._add_value(value, global_step, walltime)
