"""From the words after ``%board scalars`` and its kin to the options of a board."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..viewer.errors import OptionError
from ..viewer.options import unknown_option
from .options import Parser, underscored

__all__ = ["FLAGS", "InlineOptions", "inline_options"]

_STEP: dict[str, Callable[[str], Any]] = {"step": int}

FLAGS: dict[str, dict[str, Callable[[str], Any]]] = {
    "scalars": {"smoothing": float, "x_axis": str, "y_scale": str, "pointer": str, "values": str},
    "images": {"size": str, **_STEP},
    "histograms": {"view": str, "bins": int, **_STEP},
    "distributions": {"x_axis": str},
    "texts": _STEP,
    "pr_curves": _STEP,
    "hparams": {"sort": str},
}
"""Of each kind of board the options that it has besides those of all, with what reads their values; what values there
are, the board says."""

_EVERY: dict[str, Callable[[str], Any]] = {
    "tab": str,
    **{name: read for each in FLAGS.values() for name, read in each.items()},
}
_OF_ALL = ("logdir", "tags", "runs")


@dataclass(frozen=True, slots=True)
class InlineOptions:
    """What an inline board shows.

    Parameters
    ----------
    logdir
        Directory to show.
    tags, runs
        Regular expressions; None for all.
    more
        Further options of the board, as it takes them.
    """

    logdir: str
    tags: str | None = None
    runs: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def inline_options(arguments: Sequence[str], kind: str = "scalars") -> InlineOptions:
    """Read the options of an inline board of *kind*; "inline" takes those of every kind, and ``--tab``.

    Raises
    ------
    OptionError
        An unknown option, one without a value or with one that cannot be read, or no logdir.
    """
    flags = _EVERY if kind == "inline" else FLAGS[kind]
    parser = Parser(add_help=False, allow_abbrev=False)
    for name in _OF_ALL:
        parser.add_argument(f"--{name}")
    for name, read in flags.items():
        parser.add_argument(f"--{name}", type=read, default=None)
    parsed, unknown = parser.parse_known_args([underscored(argument) for argument in arguments])
    if unknown:
        raise unknown_option(unknown[0], (*_OF_ALL, *flags))
    if not parsed.logdir:
        raise OptionError("no logdir given", "say which directory holds the logs: --logdir runs")
    given = {name: value for name in flags if (value := getattr(parsed, name)) is not None}
    return InlineOptions(parsed.logdir, parsed.tags, parsed.runs, _by_tab(given) if kind == "inline" else given)


def _by_tab(given: dict[str, Any]) -> dict[str, Any]:
    """Hand each option to all tabs that have it."""
    options = {kind: {name: value for name, value in given.items() if name in flags} for kind, flags in FLAGS.items()}
    tab = {"tab": given["tab"].replace("-", "_")} if "tab" in given else {}
    kept = {kind: some for kind, some in options.items() if some}
    return tab | ({"options": kept} if kept else {})
