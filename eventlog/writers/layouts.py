"""Logging which scalars to draw together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..arrays import as_text
from ..errors import BadTypeError, BadValueError
from ..summaries import custom_scalars
from ..summaries.custom_scalars import Category, Chart, Layout, Margin
from .base import WriterBase

__all__ = ["LayoutMethods"]


class LayoutMethods(WriterBase):
    """`add_custom_scalars` and its short forms."""

    def add_custom_scalars(self, layout: Mapping[str, Mapping[str, Any]]) -> None:
        """Say which scalars to draw together; the last layout of a run counts.

        Parameters
        ----------
        layout
            ``{category: {chart: ["Multiline", tags]}}`` for lines, or ``["Margin", [value, lower, upper]]`` for a line
            within a band. Tags are regular expressions that match from the beginning of a tag.
        """
        if not isinstance(layout, Mapping):
            raise BadTypeError(f"add_custom_scalars takes a dict, not {type(layout).__name__}")
        self._layout = {as_text(title): _charts(charts) for title, charts in layout.items()}
        self._add_layout()

    def add_custom_scalars_multilinechart(
        self, tags: Iterable[str], category: str = "default", title: str = "untitled"
    ) -> None:
        """Add a chart with a line for each of `tags` to what this writer has laid out so far.

        Parameters
        ----------
        tags
            See `add_custom_scalars`.
        category, title
            Where the chart is, and its name; one that is there already is replaced.
        """
        self._add_chart(category, title, ["Multiline", tags])

    def add_custom_scalars_marginchart(
        self, tags: Iterable[str], category: str = "default", title: str = "untitled"
    ) -> None:
        """Add a chart with a line within a band to what this writer has laid out so far.

        Parameters
        ----------
        tags
            Three of them: the line, and the lower and the upper edge of the band.
        category, title
            See `add_custom_scalars_multilinechart`.
        """
        self._add_chart(category, title, ["Margin", tags])

    def _add_chart(self, category: str, title: str, said: Any) -> None:
        self._layout.setdefault(as_text(category), {}).update(_charts({title: said}))
        self._add_layout()

    def _add_layout(self) -> None:
        categories = [Category(title, tuple(charts.values())) for title, charts in self._layout.items()]
        self._add_value(custom_scalars.encode(Layout(tuple(categories))))


def _charts(charts: Any) -> dict[str, Chart]:
    if not isinstance(charts, Mapping):
        raise BadTypeError(f"a category of charts is a dict, not {type(charts).__name__}")
    return {as_text(title): _chart(as_text(title), said) for title, said in charts.items()}


def _chart(title: str, said: Any) -> Chart:
    if isinstance(said, (str, bytes)) or not isinstance(said, Iterable) or len(parts := list(said)) != 2:
        raise BadValueError(
            f'chart {title!r} is ["Multiline", tags] or ["Margin", [value, lower, upper]], not {said!r}'
        )
    kind, tags = parts[0], [as_text(parts[1])] if isinstance(parts[1], str) else [as_text(tag) for tag in parts[1]]
    if kind != "Margin":
        return Chart(title, tags=tuple(tags))
    if len(tags) != 3:
        raise BadValueError(f"chart {title!r}: a margin chart has three tags (value, lower, upper), not {len(tags)}")
    return Chart(title, margins=(Margin(*tags),))
