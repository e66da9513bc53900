"""What `add_hparams` was told about a run, and what becomes of the values that it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..arrays import as_array, as_number, as_text
from ..errors import BadTypeError, EventLogError

__all__ = ["HParam", "Session", "as_domain", "as_hparam"]

HParam = float | str | bool


@dataclass(frozen=True, slots=True)
class Session:
    """Hyperparameters, the tags that are compared, and where it is known the values that a hyperparameter may have."""

    hparams: dict[str, HParam] = field(default_factory=dict)
    metrics: tuple[str, ...] = ()
    domains: dict[str, list[HParam]] = field(default_factory=dict)

    def with_more(self, hparams: Mapping[str, HParam], metrics: Iterable[str]) -> Session:
        """Return this session with what is new, and what has changed, from another call."""
        tags = tuple(dict.fromkeys((*self.metrics, *metrics)))
        domains = {name: options for name, options in self.domains.items() if name not in hparams}
        return Session({**self.hparams, **hparams}, tags, domains)


def as_hparam(value: Any) -> HParam | None:
    """Return a value as the format can hold it: a float, a bool, a string, or None for nothing.

    Arrays and tensors of one element are that element. Functions and classes are their names, anything else is what
    `str` makes of it.
    """
    if value is None or isinstance(value, (bool, str)):
        return value if value is None or isinstance(value, bool) else as_text(value)
    if isinstance(value, (int, float)):
        return as_number("add_hparams", value)
    if isinstance(value, (np.number, np.bool_)) or hasattr(value, "shape"):
        return _from_numbers(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    name = getattr(value, "__name__", None) if callable(value) else None
    return as_text(value if name is None else name)


def _from_numbers(value: Any) -> HParam:
    try:
        array = as_array("add_hparams", value)
    except EventLogError:
        return as_text(value)
    if array.size != 1:
        return str(array.tolist())
    element = array.reshape(())[()]
    return bool(element) if array.dtype.kind == "b" else float(element)


def as_domain(name: str, options: Any, hparams: Mapping[str, HParam]) -> list[HParam]:
    """Return the values that a hyperparameter may have.

    Raises
    ------
    BadTypeError
        If they are no list, or there is no such hyperparameter, or one is of another type than it.
    """
    if name not in hparams:
        raise BadTypeError(f"hparam_domain_discrete names {name!r}, which is no hyperparameter of this run")
    if isinstance(options, (str, bytes)) or not isinstance(options, Iterable):
        raise BadTypeError(f"hparam_domain_discrete[{name!r}] is no list")
    kind, found = type(hparams[name]), [as_hparam(option) for option in options]
    if not all(type(option) is kind for option in found):
        raise BadTypeError(f"hparam_domain_discrete[{name!r}] holds values of another type than {hparams[name]!r}")
    return [option for option in found if option is not None]
