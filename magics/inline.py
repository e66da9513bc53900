"""``%board scalars`` and its kin: build a board and show it in the cell."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from .display import enable_widgets, front_end
from .errors import MagicError
from .inline_options import FLAGS, InlineOptions

__all__ = ["KINDS", "kind_of", "show"]

KINDS = ("inline", *FLAGS)
"""What is drawn in a cell: all there is, in tabs, or one kind of it."""

_SAME = {"text": "texts"}


def kind_of(word: str) -> str | None:
    """Return the kind that *word* names; None if it names none."""
    kind = word.replace("-", "_")
    kind = _SAME.get(kind, kind)
    return kind if kind in KINDS else None


def show(kind: str, options: InlineOptions, *, live: bool = False) -> None:
    """Show a board of *kind* in the cell. It stays up to date until the cell runs again.

    Parameters
    ----------
    kind
        One of `KINDS`.
    options
        What to show.
    live
        It is there for what the cell logs: once the cell has ended, it follows until nothing more comes.

    Raises
    ------
    MagicError
        There is no notebook to show it in.
    PatternError
        A regular expression does not compile.
    """
    if front_end() == "terminal":
        what = "boards" if kind == "inline" else kind
        raise MagicError(f"{what} are drawn in a notebook; in a terminal use: %board --logdir {options.logdir}")
    from IPython.display import display

    build = getattr(import_module("cellboard.widgets"), kind)
    enable_widgets()
    board = build(options.logdir, tags=options.tags, runs=options.runs, **options.more)
    board.close_with_output()
    display(board)
    if live:
        _after_cell(board.settle)


def _after_cell(call: Callable[[], None]) -> None:
    from IPython import get_ipython

    events = get_ipython().events

    def ended(result: Any) -> None:
        events.unregister("post_run_cell", ended)
        call()

    events.register("post_run_cell", ended)
