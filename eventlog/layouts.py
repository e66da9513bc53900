"""Which scalars to draw together: the layout of a run, and of all runs of a log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .errors import EventLogError
from .summaries import custom_scalars
from .summaries.custom_scalars import Layout

__all__ = ["layout_of", "merged_layout"]


def layout_of(series: Mapping[str, Any]) -> Layout | None:
    """Return the layout that was logged last, of those that can be read; None if there is none.

    Parameters
    ----------
    series
        A run's series of the plugin, by tag.
    """
    order = sorted(series, key=lambda tag: tag == custom_scalars.TAG)
    for tag in reversed(order):
        for at in reversed(range(len(series[tag]))):
            try:
                return custom_scalars.decode(series[tag][at])
            except (EventLogError, OSError):  # an earlier one is better than none
                continue
    return None


def merged_layout(layouts: Iterable[Layout | None]) -> Layout | None:
    """Return the layouts of several runs as one, with each category and each chart once; None if there is none."""
    found = [layout for layout in layouts if layout is not None]
    return custom_scalars.merged(found) if found else None
