"""Searching within texts: plain characters, in every step of the runs that are asked about."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .base import Handler, number
from .data import Answer, DataHandler
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir, TextSeries

_MOST = 10**9
_MOST_MATCHES = 500
_LONGEST = 200
_AROUND = 60
_PATIENCE = 1.0
"""Seconds; what is not searched by then, the next request goes on with."""


class TextSearch(DataHandler):
    """``api/v1/text_search``: `TextSearch`."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Look through the texts from the `skip`-th on, until there are `limit` matches or time is up."""
        # The words are taken as they are: no expression of a user's runs here.
        words = query.text("q")[:_LONGEST]
        pattern = re.compile(re.escape(words), re.IGNORECASE)
        skip, limit = query.integer("skip", 0, 0, _MOST), query.integer("limit", 100, 1, _MOST_MATCHES)
        series = _chosen(log, query.texts("run"), query.texts("tag"))
        total = sum(len(one) for _, _, one in series)
        until = time.monotonic() + _PATIENCE
        matches: list[dict[str, Any]] = []
        searched = skip
        for run, tag, index, one in itertools.islice(_newest_first(series), skip, None):
            if len(matches) >= limit or time.monotonic() > until:
                break
            searched += 1
            if words and (found := _look(one, index, pattern)):
                matches.append({"run": run, "tag": tag, "index": index, **found})
        following = searched if searched < total else None
        return Answer.json({"q": words, "matches": matches, "searched": searched, "total": total, "next": following})


def _chosen(log: LogDir, runs: list[str], tags: list[str]) -> list[tuple[str, str, TextSeries]]:
    """Run, tag and series of the texts to search, all by default."""
    wanted_runs, wanted_tags = set(runs), set(tags)
    return [
        (name, tag, series)
        for name, run in list(log.runs.items())
        if not wanted_runs or name in wanted_runs
        for tag, series in list(run.texts.items())
        if not wanted_tags or tag in wanted_tags
    ]


def _newest_first(series: list[tuple[str, str, TextSeries]]) -> Iterator[tuple[str, str, int, TextSeries]]:
    for run, tag, one in series:
        for index in range(len(one) - 1, -1, -1):
            yield run, tag, index, one


def _look(series: TextSeries, index: int, pattern: re.Pattern[str]) -> dict[str, Any] | None:
    """The first place in a step's text, what stands around it, and how many places there are."""
    from ...eventlog import EventLogError

    try:
        cells = series[index].cells.ravel().tolist()
    except (EventLogError, IndexError, OSError):
        return None  # damaged, or taken away meanwhile
    first, count = None, 0
    for text in cells:
        for found in pattern.finditer(text):
            count += 1
            first = first or (text, found.start(), found.end())
    if first is None:
        return None
    text, start, end = first
    return {
        "step": int(series.step[index]),
        "wall_time": number(series.wall_time[index]),
        "before": ("…" if start > _AROUND else "") + text[max(0, start - _AROUND) : start],
        "match": text[start:end],
        "after": text[end : end + _AROUND] + ("…" if len(text) > end + _AROUND else ""),
        "count": count,
    }


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/text_search", TextSearch)]
