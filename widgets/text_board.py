"""Texts inline: Markdown as logged, made harmless, every step within reach."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets
from ipywidgets import Layout

from . import theme
from .sample_board import SampleBoard, caption
from .sanitize import cells_html

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir, Run, TextSample

__all__ = ["TextBoard", "TextCard", "text"]


class TextCard:
    """The text of one run and tag."""

    def __init__(self) -> None:
        self._shown: tuple[Any, ...] | None = None
        self._text = theme.html(width="auto", margin="4px 0")
        self.head, self._caption = theme.html(), theme.html()
        self.widget = ipywidgets.VBox(
            [self.head, self._text, self._caption],
            layout=Layout(padding="6px 12px 8px", margin="0", min_width="0", width="auto"),
        )
        self.widget.add_class("cb-card")

    @property
    def html(self) -> str:
        """What is shown, as HTML."""
        return str(self._text.value)

    def update(self, series: Sequence[TextSample], index: int | None) -> None:
        """Show sample *index* of *series*."""
        if index is None:
            self._fill(None, "", '<span class="cb-sub">nothing logged up to this step</span>')
            return
        state = (index, int(series.step[index]), float(series.wall_time[index]))  # type: ignore[attr-defined]
        if state == self._shown:
            return
        try:
            sample = series[index]
            body = f'<div class="cb-text" style="max-height:320px">{cells_html(sample.cells)}</div>'
            self._fill(state, body, caption(sample.step, sample.wall_time))
        except (OSError, ValueError, LookupError) as error:
            words = f"step {state[1]:,} cannot be shown: {error}"
            self._fill(state, "", f'<span class="cb-sub cb-problem">{escape(words)}</span>')

    def _fill(self, state: tuple[Any, ...] | None, body: str, below: str) -> None:
        self._shown = state
        theme.put(self._text, value=body)
        theme.put(self._caption, value=below)


class TextBoard(SampleBoard[TextCard]):
    """Texts of a logdir; the parameters are those of `SampleBoard`."""

    kind = "texts"
    title = "Text"

    def _label(self, tag: str) -> str:
        return tag.removesuffix("/text_summary")  # torch and tensorboardX append it

    def _make_card(self, tag: str, run: Run) -> TextCard:
        return TextCard()


def text(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> TextBoard:
    """Show the texts of *logdir*; the options are those of `TextBoard`."""
    return TextBoard(logdir, **options)
