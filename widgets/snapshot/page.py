"""The output that keeps a board's last picture: HTML that asks nothing of the page that shows it.

Text is HTML and takes the page's own colours; charts and images are images. Where a page strips styles, the cards stand
below each other; where it strips scripts, nothing is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from .. import shown
from ..words import plain
from . import chart, svg, thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Draw = Callable[[shown.Content, str], str]

__all__ = ["CLASS", "MAX_BYTES", "bundle"]

MAX_BYTES = 200_000
"""What a picture adds to a notebook, at most."""

CLASS = "cellboard-picture"

_CARD = chart.WIDTH + 4
_MAX_NAME = 200
_MAX_RUNS = 40
_MAX_CARDS = 48

# Without a kernel the widget's own output says "Loading widget…" for ever, or that there is no such model. It is hidden
# where a picture follows it and no board is in it. The picture waits for a moment, so that it is not seen first where
# the board is about to come, which hides it for as long as it is on the page.
_STYLE = (
    f".jp-OutputArea-child:not(:has(.cellboard)):has(>.lm-Panel.jp-OutputArea-output):has(+* .{CLASS}),"
    f'.jp-OutputArea-child:not(:has(.cellboard)):has(>[data-mime-type="text/plain"]):has(+* .{CLASS})'
    "{display:none}"
    f"@media screen{{@keyframes {CLASS}{{from,99%{{visibility:hidden}}}}.{CLASS}{{animation:{CLASS} .8s}}}}"
)


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much of each thing there is in a picture.

    Parameters
    ----------
    share
        Of what the picture may weigh, what its lines and images are given.
    rows
        Rows of a table.
    characters
        Of HTML of one text.
    cards
        Cards in all.
    """

    share: float
    rows: int
    characters: int
    cards: int


_DETAILS = (
    _Detail(0.7, 20, 6000, _MAX_CARDS),
    _Detail(0.5, 10, 2000, 24),
    _Detail(0.35, 6, 600, 12),
    _Detail(0.2, 4, 200, 8),
    _Detail(0.1, 2, 100, 2),
    _Detail(0.0, 0, 0, 0),
)


def bundle(board: shown.Shown, name: str = "") -> dict[str, str]:
    """Return the forms of the output of *board*, by MIME type, together less than `MAX_BYTES`.

    Parameters
    ----------
    name
        A class of its own for this picture, by which the board on the page hides it.
    """
    text = f"{_clipped(board.title)} of {_clipped(board.logdir)}: {_clipped(board.count)}"
    for detail in _DETAILS:
        made = _page(board, name, detail)
        if len(made.encode("utf-8", "replace")) + len(text.encode("utf-8", "replace")) < MAX_BYTES - 500:
            break
    return {"text/html": made, "text/plain": text}


def _page(board: shown.Shown, name: str, detail: _Detail) -> str:
    left, groups = detail.cards, []
    for group in board.groups:
        cards = group.cards[:left]
        left -= len(cards)
        groups.append(shown.Group(group.title, cards, group.left_out + len(group.cards) - len(cards)))
    draw = _drawers([content for group in groups for card in group.cards for content in card.content], detail)
    body = "".join(_group(group, draw) for group in groups if group.cards or group.title)
    hidden = sum(group.left_out for group in groups)
    more = f"<p>{hidden:,} more {'card is' if hidden == 1 else 'cards are'} not in this picture.</p>" if hidden else ""
    note = f"<p>{escape(_clipped(board.note))}</p>" if board.note else ""
    # Where every card names its run, there is nothing to add.
    runs = board.runs if any(not card.run for card in board.cards) else ()
    return (
        f'<div class="{CLASS} {escape(name, quote=True)}"><style>{_STYLE}</style>'
        f"<p><b>{escape(_clipped(board.title))}</b> &nbsp; {escape(_clipped(board.logdir))} &nbsp; "
        f"{escape(_clipped(board.count))}<br><small>The board as it was shown last. Run the cell to have it live."
        f"</small></p>{_runs(runs)}{note}{body}{more}</div>"
    )


def _runs(runs: Sequence[tuple[str, str]]) -> str:
    if not runs:
        return ""
    more = f" and {len(runs) - _MAX_RUNS:,} more" if len(runs) > _MAX_RUNS else ""
    return f"<p>{' &nbsp; '.join(_run(*run) for run in runs[:_MAX_RUNS])}{more}</p>"


def _run(name: str, color: str) -> str:
    return f'<span style="color:{escape(color, quote=True)}">■</span> {escape(_clipped(name) or ".")}'


def _group(group: shown.Group, draw: Draw) -> str:
    title = f"<p><b>{escape(_clipped(group.title))}</b></p>" if group.title else ""
    cards = "".join(_card(card, draw) for card in group.cards)
    return f'{title}<div style="display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start">{cards}</div>'


def _card(card: shown.Card, draw: Draw) -> str:
    title = f"<b>{escape(_clipped(card.title))}</b>" if card.title else ""
    run = _run(card.run, card.color) if card.run or card.color else ""
    head = " ".join(part for part in (title, run) if part)
    below = "".join(
        f"<div><small>{escape(_clipped(line))}</small></div>" for line in (card.caption, card.problem) if line
    )
    name = _clipped(" ".join(part for part in (card.title, card.run, card.caption) if part)) or "chart"
    content = "".join(draw(one, name) for one in card.content)
    return (
        f'<div style="width:{_CARD}px;max-width:100%;overflow:hidden">'
        f'<div style="overflow:hidden;text-overflow:ellipsis;white-space:nowrap">{head}</div>{content}{below}</div>'
    )


# contents


def _drawers(contents: Sequence[shown.Content], detail: _Detail) -> Draw:
    """Return what draws one content under a name, given that all of them share the room there is."""
    room = int(MAX_BYTES * detail.share)
    lines = sum(chart.curves(one) for one in contents if isinstance(one, shown.Chart))
    images = sum(len(one.pictures) for one in contents if isinstance(one, shown.Pictures))
    if lines and images:
        room //= 2
    # A column keeps up to four points of a line, of some six bytes each.
    columns = min(150, max(room // (24 * max(lines, 1)), 3))
    most = room // max(images, 1)

    def draw(content: shown.Content, name: str) -> str:
        if isinstance(content, shown.Chart):
            drawing = svg.address(chart.draw(content, columns))
            size = f'width="{chart.WIDTH}" height="{content.height}" style="max-width:100%"'
            return f'<img alt="{escape(name, quote=True)}" {size} src="{drawing}">'
        if isinstance(content, shown.Pictures):
            return _pictures(content, name, most)
        if isinstance(content, shown.Markup):
            return _markup(content.html, detail.characters)
        return _table(content, detail.rows)

    return draw


def _pictures(content: shown.Pictures, name: str, most: int) -> str:
    side = _CARD - 8 if len(content.pictures) == 1 else 88
    parts = [_picture(one, name, most, side) for one in content.pictures]
    more = f"<small>{content.left_out:,} more were logged</small>" if content.left_out else ""
    return f"<div>{' '.join(parts)}</div>{more}"


def _picture(picture: shown.Picture, name: str, most: int, side: int) -> str:
    found = thumbnail.address(picture, most)
    if not found:
        return "<small>(an image)</small>"
    width, height = picture.width or side, picture.height or side
    scale = side / max(width, height)
    if scale > 1:
        scale = min(scale, max(1, 192 // max(width, height)))
    size = f'width="{max(1, round(width * scale))}" height="{max(1, round(height * scale))}"'
    return f'<img alt="{escape(name, quote=True)}" {size} style="image-rendering:pixelated" src="{found}">'


def _markup(html: str, most: int) -> str:
    if len(html) <= most:
        return f'<div style="max-height:320px;overflow:auto;overflow-wrap:anywhere">{html}</div>'
    words = plain(html)
    return f"<div>{escape(words[:most])}{'…' if len(words) > most else ''}</div>"


def _table(table: shown.Table, most: int) -> str:
    head = "".join(_cell(name, "th", at == 0) for at, name in enumerate(table.columns))
    rows = "".join(
        f"<tr>{_row(row, table.colors[at] if at < len(table.colors) else '')}</tr>"
        for at, row in enumerate(table.rows[:most])
    )
    left = len(table.rows) - most
    notes = [f"{left:,} more {'row' if left == 1 else 'rows'}"] if left > 0 else []
    note = "; ".join([*notes, *([_clipped(table.note)] if table.note else [])])
    return (
        f'<table style="width:100%;margin:0;font-size:12px;border-collapse:collapse"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>" + (f"<small>{escape(note)}</small>" if note else "")
    )


def _row(row: Sequence[str], color: str) -> str:
    swatch = f'<span style="color:{escape(color, quote=True)}">■</span> ' if color else ""
    return "".join(_cell(cell or (at == 0 and ".") or "", "td", at == 0, swatch) for at, cell in enumerate(row))


def _cell(text: str, kind: str, first: bool, swatch: str = "") -> str:
    place = "left;max-width:140px;overflow:hidden;text-overflow:ellipsis" if first else "right"
    style = f"padding:0 0 0 {0 if first else 8}px;white-space:nowrap;text-align:{place}"
    return f'<{kind} style="{style}">{swatch if first else ""}{escape(_clipped(text))}</{kind}>'


def _clipped(text: str) -> str:
    """Return *text*, shortened if it is long: names out of a log may be of any length."""
    return text if len(text) <= _MAX_NAME else text[: _MAX_NAME - 1] + "…"
