"""Texts: strings at a step, usually Markdown."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..messages import SummaryValue
from . import tensor

__all__ = ["PLUGIN", "SUFFIX", "decode", "encode"]

PLUGIN = "text"

SUFFIX = "/text_summary"
"""What torch's and tensorboardX's writers append to the tag of a text."""


def encode(tag: str, text: str | bytes) -> Any:
    """Return the Summary.Value of a text, as torch's writer lays it out: a tensor of strings of shape [1]."""
    octets = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    value = SummaryValue(tag=tag + SUFFIX)
    value.metadata.plugin_data.plugin_name = PLUGIN
    value.tensor.CopyFrom(tensor.encode_strings([octets], (1,)))
    return value


def decode(value: Any) -> npt.NDArray[np.object_]:
    """Return the strings of a Summary.Value as an object array of str, of the logged shape.

    Bytes that are no UTF-8 become U+FFFD.

    Raises
    ------
    SummaryError
        If it holds no tensor of strings.
    """
    octets = tensor.decode_strings(value.tensor)
    cells = np.empty(octets.size, object)
    cells[:] = [cell.decode("utf-8", "replace") for cell in octets.ravel()]
    return cells.reshape(octets.shape)
