"""Watch a model train in a notebook cell.

The public names load on first use, so that ``import cellboard`` costs nearly nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .eventlog import GlobalSummaryWriter, LogDir, SummaryWriter
    from .magics import notebook

__version__ = "0.1.0"

__all__ = [
    "GlobalSummaryWriter",
    "LogDir",
    "SummaryWriter",
    "__version__",
    "load_ipython_extension",
    "notebook",
    "widgets",
]

_HOMES = {
    "GlobalSummaryWriter": ("cellboard.eventlog", "GlobalSummaryWriter"),
    "LogDir": ("cellboard.eventlog", "LogDir"),
    "SummaryWriter": ("cellboard.eventlog", "SummaryWriter"),
    "notebook": ("cellboard.magics.notebook", None),
    "widgets": ("cellboard.widgets", None),
}


def __getattr__(name: str) -> Any:
    try:
        module_name, attribute = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'cellboard' has no attribute {name!r}") from None
    module = import_module(module_name)
    value = module if attribute is None else getattr(module, attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def load_ipython_extension(ipython: Any) -> None:
    """Register ``%board`` (called by ``%load_ext cellboard``)."""
    from .magics.board import register

    register(ipython)
