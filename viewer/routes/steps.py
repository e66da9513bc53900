"""All steps of one run and tag, of any kind: what a slider needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from .base import Handler, number
from .data import Answer, DataHandler, find_run, find_series
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir

KINDS = ("histograms", "pr_curves", "images", "audio", "texts", "scalars", "meshes")
_WORDS = {
    "histograms": "histogram",
    "pr_curves": "PR curve",
    "images": "image",
    "texts": "text",
    "scalars": "scalar",
    "meshes": "mesh",
}

_S = TypeVar("_S", covariant=True)


class Samples(Protocol[_S]):
    """What is read of a series: a sample at a time."""

    def __getitem__(self, index: int) -> _S: ...


class Steps(DataHandler):
    """``api/v1/steps``: steps and wall times; nothing is read from disk."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Answer from what is known of the series."""
        kind, run, tag = query.choice("kind", KINDS), query.text("run"), query.text("tag")
        series = find_series(getattr(find_run(log, run), kind), _WORDS.get(kind, kind), tag)
        return Answer.json(
            {
                "run": run,
                "tag": tag,
                "step": series.step.tolist(),
                "wall_time": [number(time) for time in series.wall_time.tolist()],
                "description": series.description,
            }
        )


def evenly(total: int, limit: int) -> list[int]:
    """At most `limit` indices below `total`, evenly spread, with the first and the last (of one: the last)."""
    if total <= limit:
        return list(range(total))
    if limit == 1:
        return [total - 1]
    return [round(i * (total - 1) / (limit - 1)) for i in range(limit)]


def readable(series: Samples[_S], indices: Sequence[int]) -> list[_S]:
    """The samples at `indices`; one that is damaged, or was taken away meanwhile, is left out."""
    from ...eventlog import EventLogError

    found = []
    for index in indices:
        try:
            found.append(series[index])
        except (EventLogError, IndexError, OSError):
            continue
    return found


def nearest(steps: Sequence[int], wanted: int) -> int:
    """Index of the step nearest to `wanted`; of equally near ones the last, which is the newer truth."""
    return min(range(len(steps)), key=lambda index: (abs(steps[index] - wanted), -index))


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/steps", Steps)]
