"""Samples that are arrays of numbers: PR curves, and tensors of any kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from .summaries import pr_curve, tensor

__all__ = ["PrCurveSample", "TensorSample"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PrCurveSample:
    """A precision-recall curve of n thresholds, logged at a step.

    Parameters
    ----------
    step, wall_time
        When; the time in seconds since the epoch.
    thresholds
        float64[n]: from 0 to 1 at equal distances. What is predicted with at least so much is taken for positive.
    true_positives, false_positives, true_negatives, false_negatives
        float64[n]: how many there are then, weighted.
    precision, recall
        float64[n], as logged.
    """

    step: int
    wall_time: float
    thresholds: Floats
    true_positives: Floats
    false_positives: Floats
    true_negatives: Floats
    false_negatives: Floats
    precision: Floats
    recall: Floats

    @classmethod
    def of(cls, value: Any, step: int, wall_time: float) -> PrCurveSample:
        """Return the sample of a Summary.Value."""
        rows = pr_curve.decode(value)
        return cls(step, wall_time, np.linspace(0, 1, rows.shape[1]), **dict(zip(pr_curve.ROWS, rows, strict=True)))


@dataclass(frozen=True, slots=True, eq=False)
class TensorSample:
    """A tensor logged at a step.

    Parameters
    ----------
    step, wall_time
        When; the time in seconds since the epoch.
    dtype
        Its data type as logged: ``float32``, ``bfloat16``, ``string`` ...
    shape
        As logged.
    """

    step: int
    wall_time: float
    dtype: str
    shape: tuple[int, ...]
    _message: Any = field(repr=False)

    @classmethod
    def of(cls, value: Any, step: int, wall_time: float) -> TensorSample:
        """Return the sample of a Summary.Value; without a tensor it is of no numbers, float32[0]."""
        message = value.tensor
        if not value.HasField("tensor"):
            message = tensor.encode(np.zeros(0, np.float32))
        return cls(step, wall_time, tensor.dtype_name(message), tensor.shape_of(message), message)

    def array(self) -> npt.NDArray[Any]:
        """Return the tensor, of its shape and type.

        Strings come as an object array of bytes. What numpy has no type for comes wider: bfloat16 and 8-bit floats as
        float32, integers of fewer bits as int8 or uint8.

        Raises
        ------
        SummaryError
            If it does not hold what its shape and type say, or asks for 2**20 elements more than are in the file; also
            for resources and variants, which mean nothing outside the program that had them.
        """
        return tensor.decode_any(self._message)
