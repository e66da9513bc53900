"""Precision-recall curves: how well a binary classifier does at each of n thresholds, at a step."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import SummaryError
from ..messages import SummaryValue
from ..plugin_messages import PrCurvePluginData
from . import tensor

__all__ = ["PLUGIN", "ROWS", "decode", "encode"]

PLUGIN = "pr_curves"

ROWS = ("true_positives", "false_positives", "true_negatives", "false_negatives", "precision", "recall")
"""What the rows of the tensor are."""


def encode(tag: str, rows: npt.NDArray[Any]) -> Any:
    """Return the Summary.Value of a curve, [6, n], its rows as in `ROWS`; numbers are rounded to float32."""
    value = SummaryValue(tag=tag)
    value.metadata.plugin_data.plugin_name = PLUGIN
    value.metadata.plugin_data.content = PrCurvePluginData(num_thresholds=rows.shape[1]).SerializeToString()
    value.tensor.CopyFrom(tensor.encode(rows.astype(np.float32)))
    return value


def decode(value: Any) -> npt.NDArray[np.float64]:
    """Return the curve of a Summary.Value: float64[6, n], its rows as in `ROWS`.

    Column j is for the threshold ``numpy.linspace(0, 1, n)[j]``.

    Raises
    ------
    SummaryError
        If it is no such tensor.
    """
    rows = tensor.decode(value.tensor)
    if rows.ndim != 2 or len(rows) != len(ROWS) or not rows.shape[1] or rows.dtype.kind not in "fiu":
        raise SummaryError(f"a PR curve that is a tensor of shape {list(rows.shape)} and type {rows.dtype}")
    return rows.astype(np.float64)
