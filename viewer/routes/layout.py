"""Which scalars to draw together: the layouts that were logged, and the charts that a person made in the page.

The one address that can be written to.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import BadBodyError, LayoutError
from ..layouts import ChartOfMine, read_charts
from .base import Handler, to_json

if TYPE_CHECKING:
    from ...eventlog import LogDir
    from ...eventlog.summaries.custom_scalars import Category, Chart
    from ..layouts import LayoutStore

_PATIENCE = 0.5
# Of what is logged; a log can say anything.
_MOST_CATEGORIES = 200
_MOST_CHARTS = 500
_MOST_PATTERNS = 100
_MOST_LETTERS = 1000


class Layout(Handler):
    """``api/v1/layout``."""

    writes: ClassVar[tuple[str, ...]] = ("POST", "PUT")

    async def get(self) -> None:
        """Send the layouts of all runs as one, and the person's own charts."""
        store = self.viewer.store
        log = await store.log(_PATIENCE)
        said = await store.run(lambda: {**_logged(log), **_own(self.viewer.layouts)})
        self._say(said)

    async def put(self) -> None:
        """Keep the person's own charts."""
        charts, version = _asked(self.request.body)
        layouts = self.viewer.layouts
        kept = await self.viewer.store.run(lambda: layouts.write(charts, version))
        self._say({"charts": [asdict(chart) for chart in charts], "version": kept})

    async def post(self) -> None:
        """As `put`: some proxies pass no other writing on."""
        await self.put()

    def _say(self, said: dict[str, Any]) -> None:
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(to_json(said))


def _asked(body: bytes) -> tuple[tuple[ChartOfMine, ...], str]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadBodyError(f"the body is no JSON: {error}"[:200], "docs/http-api.md says what a layout is") from None
    if not isinstance(said, dict) or set(said) != {"charts", "version"} or not isinstance(said["version"], str):
        raise BadBodyError("the body is no layout", 'it has the names "charts" and "version", no others')
    return read_charts(said["charts"]), said["version"]


def _own(layouts: LayoutStore) -> dict[str, Any]:
    try:
        charts, version = layouts.read()
    except LayoutError as error:
        return {"charts": [], "version": "", "problem": str(error)}
    return {"charts": [asdict(chart) for chart in charts], "version": version, "problem": None}


def _logged(log: LogDir) -> dict[str, Any]:
    layout = log.custom_scalars
    categories, charts = [], 0
    for category in (layout.categories if layout else ())[:_MOST_CATEGORIES]:
        shown = category.charts[: _MOST_CHARTS - charts]
        charts += len(shown)
        categories.append(_category(category, shown))
    every = sum(len(category.charts) for category in layout.categories) if layout else 0
    return {"logged": categories, "left_out": every - charts}


def _category(category: Category, charts: tuple[Chart, ...]) -> dict[str, Any]:
    return {
        "title": category.title[:_MOST_LETTERS],
        "closed": category.is_closed,
        "charts": [
            {
                "title": chart.title[:_MOST_LETTERS],
                "tags": [tag[:_MOST_LETTERS] for tag in chart.tags[:_MOST_PATTERNS]],
                "margins": [
                    {name: text[:_MOST_LETTERS] for name, text in asdict(margin).items()}
                    for margin in chart.margins[:_MOST_PATTERNS]
                ],
            }
            for chart in charts
        ],
    }


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/layout", Layout)]
