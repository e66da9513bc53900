"""Logging tensors as they are."""

from __future__ import annotations

from typing import Any

from ..arrays import as_tag
from ..messages import SummaryValue
from ..summaries import tensor as tensors
from ..typed_arrays import as_tensor
from .base import WriterBase

__all__ = ["TensorMethods"]


class TensorMethods(WriterBase):
    """`add_tensor`."""

    def add_tensor(self, tag: str, tensor: Any, global_step: Any = None, walltime: float | None = None) -> None:
        """Log an array with its shape and number type, for programs to read: no board shows it.

        Parameters
        ----------
        tag
            Name of the series.
        tensor
            Numbers, bools or complex numbers of any shape, up to 2 GiB. bfloat16 and 8-bit floats keep their bits.
        global_step, walltime
            See the class.
        """
        tag = as_tag(tag)
        array, number = as_tensor(tag, tensor)
        value = SummaryValue(tag=tag)
        value.metadata.plugin_data.plugin_name = "tensor"
        value.tensor.CopyFrom(tensors.encode(array, number))
        self._add_value(value, global_step, walltime)
