"""Hyperparameters: what a training session was started with, how it ended, and what is compared over sessions.

All of it is in the metadata of three tags; no tensor holds anything.
"""

from __future__ import annotations

from typing import Any

from ..errors import SummaryError
from ..messages import parse
from ..plugin_messages import HParamsPluginData

__all__ = ["EXPERIMENT", "PLUGIN", "SESSION_END", "SESSION_START", "HParam", "decode", "decode_value"]

PLUGIN = "hparams"

EXPERIMENT = "_hparams_/experiment"
SESSION_START = "_hparams_/session_start_info"
SESSION_END = "_hparams_/session_end_info"

HParam = float | str | bool | None | list[Any] | dict[str, Any]
"""The value of a hyperparameter; numbers are floats in this format."""


def decode(value: Any) -> Any:
    """Return the HParamsPluginData of a Summary.Value: an ``experiment``, ``session_start_info``, ``session_end_info``.

    Raises
    ------
    SummaryError
        If it is none, or of a version that is not known.
    """
    found = parse(value.metadata.plugin_data.content, HParamsPluginData)
    if found.version:
        raise SummaryError(f"hyperparameters of version {found.version}, which is not known")
    return found


def decode_value(value: Any) -> HParam:
    """Return what a google.protobuf.Value message holds; None if nothing."""
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return {name: decode_value(field) for name, field in value.struct_value.fields.items()}
    if kind == "list_value":
        return [decode_value(item) for item in value.list_value.values]
    found: HParam = None if kind in (None, "null_value") else getattr(value, kind)
    return found
