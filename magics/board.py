"""``%board``: registered here, carried out in `command`, which loads on first use to keep ``%load_ext`` quick."""

from __future__ import annotations

from typing import Any

__all__ = ["board", "register"]


def board(line: str) -> None:
    """Show training logs in the cell.

    ::

        %board --logdir DIR [--port N] [--height PX]           start a viewer, or reuse the one that runs, and show it
        %board list                                            which viewers run
        %board stop PORT | all                                 end them
        %board scalars    --logdir DIR [--tags RE] [--runs RE] charts in the cell, without a viewer or a port
        %board images     --logdir DIR [--tags RE] [--runs RE] images
        %board histograms --logdir DIR [--tags RE] [--runs RE] histograms
        %board text       --logdir DIR [--tags RE] [--runs RE] texts

    Quotes work as in a shell; IPython puts in the values of {expressions} and $variables first.
    """
    from .command import run

    run(line)


def register(ipython: Any) -> None:
    """Give *ipython* the magic; ``%load_ext cellboard`` calls this."""
    ipython.register_magic_function(board, "line", "board")
