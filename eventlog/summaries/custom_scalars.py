"""Custom scalars: which scalars to draw together, in charts and categories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..errors import SummaryError
from ..messages import SummaryValue, parse
from ..plugin_messages import Layout as LayoutMessage
from . import tensor

__all__ = ["PLUGIN", "TAG", "Category", "Chart", "Layout", "Margin", "decode", "encode", "merged"]

PLUGIN = "custom_scalars"

TAG = "custom_scalars__config__"


@dataclass(frozen=True, slots=True)
class Margin:
    """A line within a band: regular expressions for the tags of the line and of the band's lower and upper edge."""

    value: str
    lower: str
    upper: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: either lines, or lines within bands.

    Parameters
    ----------
    title
        As logged; may be "".
    tags
        Regular expressions (`re.match`) for the tags whose lines are drawn.
    margins
        The lines within bands.
    """

    title: str
    tags: tuple[str, ...] = ()
    margins: tuple[Margin, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """Charts under one title; `is_closed` says whether they are folded away at first."""

    title: str
    charts: tuple[Chart, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The charts of a run, by category."""

    categories: tuple[Category, ...] = ()


def encode(layout: Layout) -> Any:
    """Return the Summary.Value of a layout, as torch's writer lays it out: a string tensor that is a scalar."""
    message = LayoutMessage()
    for category in layout.categories:
        part = message.category.add(title=category.title, closed=category.is_closed)
        for chart in category.charts:
            _add_chart(part.chart.add(title=chart.title), chart)
    value = SummaryValue(tag=TAG)
    value.metadata.plugin_data.plugin_name = PLUGIN
    value.tensor.CopyFrom(tensor.encode_strings([message.SerializeToString()], ()))
    return value


def _add_chart(message: Any, chart: Chart) -> None:
    if chart.margins:
        for margin in chart.margins:
            message.margin.series.add(value=margin.value, lower=margin.lower, upper=margin.upper)
    else:
        message.multiline.SetInParent()
        message.multiline.tag.extend(chart.tags)


def decode(value: Any) -> Layout:
    """Return the layout of a Summary.Value: a string tensor that holds a serialized ``Layout``.

    Raises
    ------
    SummaryError
        If it is none.
    """
    strings = tensor.decode_strings(value.tensor).ravel()
    if len(strings) != 1:
        raise SummaryError(f"a layout of charts that is {len(strings)} strings, not one")
    found = parse(strings[0], LayoutMessage)
    return Layout(tuple(Category(part.title, tuple(map(_chart, part.chart)), part.closed) for part in found.category))


def _chart(chart: Any) -> Chart:
    if chart.WhichOneof("content") == "margin":
        margins = tuple(Margin(series.value, series.lower, series.upper) for series in chart.margin.series)
        return Chart(chart.title, margins=margins)
    return Chart(chart.title, tags=tuple(chart.multiline.tag))


def merged(layouts: Iterable[Layout]) -> Layout:
    """Return one layout of several: categories of one title become one, and a chart that is in it already is left out.

    A category is folded away if its first layout says so.
    """
    charts: dict[str, dict[Chart, None]] = {}
    closed: dict[str, bool] = {}
    for layout in layouts:
        for category in layout.categories:
            closed.setdefault(category.title, category.is_closed)
            charts.setdefault(category.title, {}).update(dict.fromkeys(category.charts))
    return Layout(tuple(Category(title, tuple(found), closed[title]) for title, found in charts.items()))
