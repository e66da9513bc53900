"""Texts inline: Markdown as logged, made harmless, every step within reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import shown, theme
from .caption import NOTHING_YET, Caption, CaptionedCard, caption, problem
from .sample_board import SampleBoard
from .sanitize import cells_html

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir, Run, TextSample

__all__ = ["TextBoard", "TextCard", "text", "texts"]


class TextCard(CaptionedCard):
    """The text of one run and tag."""

    def __init__(self) -> None:
        self._shown: tuple[Any, ...] | None = None
        self._body = ""
        self._text = theme.html(width="auto", margin="4px 0")
        super().__init__([self._text])

    @property
    def html(self) -> str:
        """What is shown, as HTML."""
        return str(self._text.value)

    def update(self, series: Sequence[TextSample], index: int | None) -> None:
        """Show sample *index* of *series*."""
        if index is None:
            self._fill(None, "", NOTHING_YET)
            return
        state = (index, int(series.step[index]), float(series.wall_time[index]))  # type: ignore[attr-defined]
        if state == self._shown:
            return
        try:
            sample = series[index]
            self._fill(state, cells_html(sample.cells), caption(sample.step, sample.wall_time))
        except (OSError, ValueError, LookupError) as error:
            self._fill(state, "", problem(error, state[1]))

    def shown(self) -> shown.Card:
        """Return what it shows, but for what the board wrote above it."""
        return self.shown_as(*([shown.Markup(self._body)] if self._body else []))

    def _fill(self, state: tuple[Any, ...] | None, body: str, below: Caption) -> None:
        self._shown, self._body = state, body
        theme.put(self._text, value=f'<div class="cb-text" style="max-height:320px">{body}</div>' if body else "")
        self.say(below)


class TextBoard(SampleBoard[TextCard]):
    """Texts of a logdir; the parameters are those of `SampleBoard`."""

    kind = "texts"
    title = "Text"

    def _label(self, tag: str) -> str:
        return tag.removesuffix("/text_summary")  # torch and tensorboardX append it

    def _make_card(self, tag: str, run: Run) -> TextCard:
        return TextCard()


def texts(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> TextBoard:
    """Show the texts of *logdir*; the options are those of `TextBoard`."""
    return TextBoard(logdir, **options)


text = texts
