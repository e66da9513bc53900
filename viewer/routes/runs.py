"""Which runs there are, and which tags each has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .base import Handler, number
from .data import Answer, DataHandler
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir, Run

KINDS = ("scalars", "images", "histograms", "texts", "audio", "pr_curves")
"""What is logged again and again under a tag."""

ONCE = ("hparams", "custom_scalars")
"""What is said once about a run, or about all."""


class Runs(DataHandler):
    """``api/v1/runs``: names, colours and tags of all runs."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read `Runs`."""
        return Answer.json(list_runs(log))


def list_runs(log: LogDir) -> dict[str, Any]:
    """`Runs` of docs/http-api.md: each tag is written once, a run holds the indices of its tags."""
    revision, runs = log.revision, list(log.runs.values())
    tags = {kind: _all_tags(runs, kind) for kind in KINDS}
    index = {kind: {tag: i for i, tag in enumerate(names)} for kind, names in tags.items()}
    has = {kind: any(kind in run.kinds for run in runs) for kind in ONCE}
    return {
        "revision": revision,
        "names": digest_of([run.name for run in runs], tags["scalars"]),
        "tags": tags,
        "has": has,
        "runs": [_describe(run, index) for run in runs],
    }


def scalar_tags(log: LogDir) -> list[str]:
    """The tags of scalars in the order of `Runs`."""
    return _all_tags(list(log.runs.values()), "scalars")


def digest_of(runs: Sequence[str], tags: Sequence[str]) -> str:
    """A short text that tells these names of runs and tags, in this order, from others."""
    text = json.dumps([list(runs), list(tags)])
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _describe(run: Run, index: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": run.name,
        "color": run.color,
        "started": None if run.started is None else number(run.started),
    }
    for kind, positions in index.items():
        # A tag that a refresh has added since is left to the next answer.
        described[kind] = sorted(positions[tag] for tag in list(getattr(run, kind)) if tag in positions)
    return described


def _all_tags(runs: list[Run], kind: str) -> list[str]:
    from ...eventlog.natural import natural_key

    return sorted({tag for run in runs for tag in list(getattr(run, kind))}, key=natural_key)


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/runs", Runs)]
