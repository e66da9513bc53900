"""What a board shows at this moment, as plain data: what is in the page, and nothing that needs a page.

``board.shown()`` gives a `Shown`: groups of cards, and in each card a chart, images, text or a table. A chart holds
what was sent to the page: thinned lines, bands, bars, with colours, ranges and tick labels. Numbers are in the units of
the axes. A static picture, a test or another program can be made of it without asking the log again.

Names, labels and texts are as they were logged, not escaped: whoever makes markup of them escapes. `Markup` alone holds
HTML, which has passed the sanitiser.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = [
    "Axis",
    "Band",
    "Bars",
    "Card",
    "Cells",
    "Chart",
    "Content",
    "Curve",
    "Dots",
    "Group",
    "Mark",
    "Markup",
    "Outline",
    "Picture",
    "Pictures",
    "Shown",
    "Table",
]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a chart.

    Parameters
    ----------
    low, high
        Its range.
    ticks
        Places in the range and what is written there.
    log
        Places lie by their logarithm. Other scales (symlog, dates) are already in the numbers.
    grid
        A faint line across the chart at each tick.
    title
        What the axis shows: "step", "recall"; "" where nothing has to be said.
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    log: bool = False
    grid: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A line through the points x, y float64[n]; it is broken where y is NaN."""

    x: Floats
    y: Floats
    color: str
    opacity: float = 1.0
    width: float = 1.6
    label: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """What lies between low and high float64[n] over x float64[n], filled."""

    x: Floats
    low: Floats
    high: Floats
    color: str
    opacity: float
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A closed shape through x, y float64[n], filled, with a thin edge."""

    x: Floats
    y: Floats
    color: str
    edge: str
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Bars from 0 to heights float64[n] between edges float64[n+1]."""

    edges: Floats
    heights: Floats
    color: str


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A heat map: row i from y_edges[i] to y_edges[i+1], column j from x_edges[j] to x_edges[j+1].

    Parameters
    ----------
    x_edges, y_edges
        float64[columns+1], float64[rows+1], rising.
    shares
        float64[rows, columns], 0 (nothing: no colour) to 1 (the most: the full colour).
    color
        The full colour; a share less is that opaque.
    """

    x_edges: Floats
    y_edges: Floats
    shares: Floats
    color: str


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Marks at x, y float64[n], each of its own colour."""

    x: Floats
    y: Floats
    colors: tuple[str, ...]
    shape: Literal["circle", "triangle"] = "circle"


Mark = Curve | Band | Outline | Bars | Cells | Dots


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A chart: its axes, and the marks in the order they are painted.

    Parameters
    ----------
    height
        Of the figure in the page, in pixels, with the tick labels.
    """

    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    height: int = 220


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An image: the bytes as logged, and their type ("image/png")."""

    mime: str
    content: bytes
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """The images of one sample; *left_out* more were logged."""

    pictures: tuple[Picture, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Markup:
    """Text as harmless HTML (see `sanitize`)."""

    html: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as text.

    Parameters
    ----------
    columns
        Their headings.
    rows
        One cell a column.
    colors
        Of each row, the colour of its run.
    note
        What is left out; "" if nothing is.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    colors: tuple[str, ...] = ()
    note: str = ""


Content = Chart | Pictures | Markup | Table


@dataclass(frozen=True, slots=True)
class Card:
    """One card.

    Parameters
    ----------
    title
        The tag; "" where the heading of the group says it.
    run, color
        The run that it shows, and its colour; "" for a card of several runs.
    content
        What is in it, from top to bottom.
    caption
        The line below: step, size, time.
    problem
        Why it cannot be shown; "" if it can.
    """

    title: str
    run: str = ""
    color: str = ""
    content: tuple[Content, ...] = ()
    caption: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under a heading; *left_out* more are folded away or on other pages."""

    title: str
    cards: tuple[Card, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A board.

    Parameters
    ----------
    title
        Its name on screen: "Scalars".
    logdir
        The directory it shows.
    count
        What there is: "2 runs · 3 tags".
    runs
        Name and colour of each run that is ticked.
    groups
        The cards.
    note
        Why there are none; "" if there are.
    """

    title: str
    logdir: str
    count: str
    runs: tuple[tuple[str, str], ...] = ()
    groups: tuple[Group, ...] = field(default=())
    note: str = ""

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of all groups."""
        return tuple(card for group in self.groups for card in group.cards)
