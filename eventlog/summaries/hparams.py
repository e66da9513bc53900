"""Hyperparameters: what a training session was started with, how it ended, and what is compared over sessions.

All of it is in the metadata of three tags; no tensor holds anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import SummaryError
from ..messages import SummaryValue, parse
from ..plugin_messages import HParamsPluginData

__all__ = ["EXPERIMENT", "PLUGIN", "SESSION_END", "SESSION_START", "HParam", "decode", "decode_value", "encode"]

PLUGIN = "hparams"

EXPERIMENT = "_hparams_/experiment"
SESSION_START = "_hparams_/session_start_info"
SESSION_END = "_hparams_/session_end_info"

HParam = float | str | bool | None | list[Any] | dict[str, Any]
"""The value of a hyperparameter; numbers are floats in this format."""


_STRING, _BOOL, _FLOAT64 = 1, 2, 3  # HParamInfo.type
_SUCCESS = 1  # SessionEndInfo.status


def encode(
    hparams: Mapping[str, float | str | bool],
    metrics: Iterable[str],
    domains: Mapping[str, Sequence[float | str | bool]],
) -> list[Any]:
    """Return the Summary.Values of a session that has ended well: experiment, start and end, laid out as torch does.

    Parameters
    ----------
    hparams
        What the session was started with.
    metrics
        Tags of the scalars that are compared.
    domains
        The values that a hyperparameter may have, for those where that is known.
    """
    experiment, start, end = HParamsPluginData(), HParamsPluginData(), HParamsPluginData()
    for name, hparam in hparams.items():
        info = experiment.experiment.hparam_infos.add(name=name, type=_type(hparam))
        if name in domains:
            for option in domains[name]:
                _set(info.domain_discrete.values.add(), option)
        _set(start.session_start_info.hparams[name], hparam)
    for tag in metrics:
        experiment.experiment.metric_infos.add().name.tag = tag
    experiment.experiment.SetInParent()
    start.session_start_info.SetInParent()
    end.session_end_info.status = _SUCCESS
    return [_value(tag, said) for tag, said in ((EXPERIMENT, experiment), (SESSION_START, start), (SESSION_END, end))]


def _type(hparam: float | str | bool) -> int:
    if isinstance(hparam, bool):
        return _BOOL
    return _STRING if isinstance(hparam, str) else _FLOAT64


def _set(message: Any, hparam: float | str | bool) -> None:
    kind = {_BOOL: "bool_value", _STRING: "string_value", _FLOAT64: "number_value"}[_type(hparam)]
    setattr(message, kind, hparam)


def _value(tag: str, said: Any) -> Any:
    value = SummaryValue(tag=tag)
    value.metadata.plugin_data.plugin_name = PLUGIN
    value.metadata.plugin_data.content = said.SerializeToString(deterministic=True)
    return value


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
