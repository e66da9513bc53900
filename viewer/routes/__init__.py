"""The viewer's HTTP API (docs/http-api.md), one module a kind of data.

A module lists its addresses, as they stand behind the token, in ``ROUTES``; a new dashboard adds its module to
`_KINDS`.
"""

from __future__ import annotations

from . import (
    audio,
    distributions,
    embeddings,
    export,
    graph_file,
    graphs,
    histograms,
    hparams,
    images,
    layout,
    meshes,
    metrics,
    page,
    pr_curves,
    runs,
    scalar_groups,
    scalar_stats,
    scalars,
    status,
    steps,
    text_search,
    texts,
)
from .base import Handler

__all__ = ["handlers", "lost"]

_KINDS = (
    *(page, status, runs, export, layout),
    *(scalars, scalar_stats, scalar_groups, metrics, hparams),
    *(steps, images, audio, texts, text_search, histograms, distributions, pr_curves),
    *(embeddings, graphs, graph_file, meshes),
)


def handlers() -> list[tuple[str, type[Handler]]]:
    """Every address behind the token, as a pattern, with its handler."""
    return [route for kind in _KINDS for route in kind.ROUTES]


def lost() -> type[Handler]:
    """The handler of every other address."""
    return page.Lost
