"""The card of a sample: its heading, what shows it, and the line below that says which step it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import ipywidgets
from ipywidgets import Layout

from . import axis_format, shown, theme

__all__ = ["NOTHING_YET", "Caption", "CaptionedCard", "caption", "problem"]


@dataclass(frozen=True, slots=True)
class Caption:
    """The line under a sample.

    Parameters
    ----------
    text
        What it says.
    full
        The time in full, for a tooltip.
    is_problem
        It says why the sample cannot be shown.
    """

    text: str = ""
    full: str = ""
    is_problem: bool = False

    @property
    def html(self) -> str:
        """The line as HTML."""
        text = escape(self.text, quote=True)
        if self.is_problem:
            return f'<span class="cb-sub cb-problem">{text}</span>'
        title = f"{text} ({escape(self.full, quote=True)})" if self.full else text
        return f'<span class="cb-sub cb-mono cb-clip" title="{title}">{text}</span>'


NOTHING_YET = Caption("nothing logged up to this step")


def caption(step: int, wall_time: float, *more: str) -> Caption:
    """Return the line under a sample: its step, its time, and *more*."""
    text = " · ".join([f"step {step:,}", *more, axis_format.clock(wall_time, "%H:%M:%S")])
    return Caption(text, axis_format.clock(wall_time))


def problem(error: Exception, step: int | None = None) -> Caption:
    """Return the line under a sample that cannot be read or shown."""
    what = "cannot be shown" if step is None else f"step {step:,} cannot be shown"
    return Caption(f"{what}: {error}", is_problem=True)


class CaptionedCard:
    """Base of the cards of samples.

    Parameters
    ----------
    content
        The widgets between heading and caption.

    Attributes
    ----------
    widget : ipywidgets.VBox
        The card.
    head : ipywidgets.HTML
        Its heading, written by the board.
    caption : Caption
        The line below.
    """

    def __init__(self, content: Sequence[ipywidgets.Widget]) -> None:
        self.caption = Caption()
        self.head, self._line = theme.html(), theme.html()
        self.widget = ipywidgets.VBox(
            [self.head, *content, self._line],
            layout=Layout(padding="6px 12px 8px", margin="0", min_width="0", width="auto"),
        )
        self.widget.add_class("cb-card")

    def say(self, caption: Caption) -> None:
        """Write the line below."""
        self.caption = caption
        theme.put(self._line, value=caption.html)

    def shown_as(self, *content: shown.Content) -> shown.Card:
        """Return the card as plain data."""
        text = self.caption.text
        said = {"problem": text} if self.caption.is_problem else {"caption": text}
        return shown.Card("", content=content, **said)
