"""The controls above the cards: one look for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import ipywidgets
from ipywidgets import Layout

from .errors import OptionError

__all__ = ["choice", "one_of"]

Name = TypeVar("Name", bound=str)


def choice(names: Sequence[Name], chosen: Name, label: str, about: Sequence[str]) -> ipywidgets.ToggleButtons:
    """Return a row of buttons of which one is pressed; *about* says in a tooltip what each does."""
    buttons = ipywidgets.ToggleButtons(
        options=list(names),
        value=chosen,
        description=label,
        tooltips=list(about),
        layout=Layout(width="auto", margin="0"),
        style={"button_width": "auto", "description_width": "auto"},
    )
    buttons.add_class("cb-choice")
    return buttons


def one_of(option: str, value: str, known: Sequence[str]) -> None:
    """Refuse a value that an option does not know.

    Raises
    ------
    OptionError
        Names what there is.
    """
    if value not in known:
        raise OptionError(f"{option} is {value!r}; it is one of {', '.join(map(repr, known))}")
