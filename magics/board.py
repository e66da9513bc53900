"""``%board``: registered here, carried out in `command`, which loads on first use to keep ``%load_ext`` quick."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["board", "live_cell", "register"]


def board(line: str) -> None:
    """Show training logs in the cell.

    ::

        %board --logdir DIR [--port N] [--height PX]           start a viewer, or reuse the one that runs, and show it
        %board list                                            which viewers run
        %board stop PORT | all                                 end them
        %board inline        --logdir DIR [--tags RE] [--runs RE] [--tab KIND]  all there is in tabs, without a port
        %board scalars       --logdir DIR [--smoothing 0.6] [--x-axis relative] [--y-scale log]  one kind alone
        %board images        --logdir DIR [--step N] [--size large]
        %board histograms    --logdir DIR [--step N] [--view heat] [--bins 60]
        %board distributions --logdir DIR [--x-axis wall]
        %board texts         --logdir DIR [--step N]
        %board pr_curves     --logdir DIR [--step N]
        %board hparams       --logdir DIR [--sort COLUMN | --sort=-COLUMN]
        %%board [scalars]    --logdir DIR [--tags RE] [--runs RE]  live above the output of the cell, while it runs

    Quotes work as in a shell; IPython puts in the values of {expressions} and $variables first.
    """
    from .command import run

    run(line)


def live_cell(lines: list[str]) -> list[str]:
    """Read a cell that begins with ``%%board``: the board first, then the cell as it stands.

    IPython would hand the text of such a cell to a function. As a line before it, errors in the cell keep their line
    numbers, the last expression is shown, and ``await`` works.
    """
    found = re.match(r"%%board(?:\s+(.*))?$", lines[0]) if lines else None
    if found is None:
        return lines
    return [f"get_ipython().run_line_magic('board', {'live ' + (found[1] or '').strip()!r})\n", *lines[1:]]


def register(ipython: Any) -> None:
    """Give *ipython* the magic; ``%load_ext cellboard`` calls this."""
    ipython.register_magic_function(board, "line", "board")
    cleanups = ipython.input_transformers_cleanup
    # Once, however often the extension is loaded; IPython reads cell magics after all of these.
    cleanups[:] = [cleanup for cleanup in cleanups if getattr(cleanup, "__module__", "") != __name__]
    cleanups.append(live_cell)
