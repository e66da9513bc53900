"""Does a cell run in this kernel: then Python's lock is wanted by somebody's training."""

from __future__ import annotations

from typing import Any

__all__ = ["is_busy", "watch"]

_hooked: list[Any] = []
_state = {"busy": False}


def watch() -> None:
    """Begin to look; asked for by what a cell shows, so a cell runs."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None or shell in _hooked:
        return
    _hooked.append(shell)
    _state["busy"] = True
    shell.events.register("pre_run_cell", _begun)
    shell.events.register("post_run_cell", _ended)


def is_busy() -> bool:
    """Return whether a cell runs; False outside of IPython."""
    return _state["busy"]


def _begun(info: Any) -> None:
    _state["busy"] = True


def _ended(result: Any) -> None:
    _state["busy"] = False
