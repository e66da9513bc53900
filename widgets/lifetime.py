"""Which cell shows which board, so that a board whose output is gone stops working for it.

Outputs go when their cell runs again: a board that was shown only there is not on screen any more. It is then paused
(and resumes when it is shown again), or closed, if it was made by a magic and nobody else holds it. Cells are known by
the front end's cell id, else by their source. That an output was deleted otherwise, boards learn from the page.

Whenever a cell has ended, boards catch up with what it logged: who saves the notebook then, saves the last state.
"""

from __future__ import annotations

from typing import Any, Protocol

__all__ = ["Shown", "current_cell", "forget", "shown"]


class Shown(Protocol):
    """What can be shown in a cell."""

    def left_the_page(self) -> None:
        """The last cell that showed this runs again: its output is gone."""

    def catch_up(self) -> None:
        """A cell has ended, which may have logged something."""


_cells: dict[str, list[Shown]] = {}
_hooked: list[Any] = []


def shown(board: Shown) -> None:
    """Note that the running cell shows *board*."""
    shell = _shell()
    if shell is None:
        return
    if shell not in _hooked:
        shell.events.register("pre_run_cell", _before_cell)
        shell.events.register("post_run_cell", _after_cell)
        _hooked.append(shell)
    boards = _cells.setdefault(current_cell(shell), [])
    if not any(known is board for known in boards):
        boards.append(board)


def forget(board: Shown) -> None:
    """Forget a board that was closed."""
    for cell, boards in list(_cells.items()):
        boards[:] = [known for known in boards if known is not board]
        if not boards:
            del _cells[cell]


def _before_cell(info: Any) -> None:
    shell = _shell()
    if shell is None:
        return
    gone = _cells.pop(current_cell(shell, source=info.raw_cell, cell_id=getattr(info, "cell_id", None)), [])
    for board in gone:
        if not any(board is known for boards in _cells.values() for known in boards):
            board.left_the_page()


def _after_cell(result: Any) -> None:
    for board in [board for boards in _cells.values() for board in boards]:
        board.catch_up()


def current_cell(shell: Any, source: str | None = None, cell_id: str | None = None) -> str:
    """Return a name for the running cell: the front end's id, else the cell's source."""
    if cell_id is None:
        cell_id = _cell_id(shell)
    if cell_id:
        return f"id {cell_id}"
    if source is None:
        history = shell.history_manager.input_hist_raw
        source = history[-1] if history else ""
    return f"source {source.rstrip()}"


def _cell_id(shell: Any) -> str | None:
    try:
        parent = shell.get_parent() if hasattr(shell, "get_parent") else shell.parent_header
        return (parent.get("metadata") or {}).get("cellId")
    except (AttributeError, LookupError):
        return None


def _shell() -> Any:
    from IPython import get_ipython

    return get_ipython()
