from __future__ import annotations

from html.parser import HTMLParser

import numpy as np
import pytest
from cellboard.widgets.sanitize import MAX_CELLS, MAX_CHARACTERS, cells_html, markdown_html

ALLOWED = {"href", "title", "rel", "target", "start", "align"}


class Elements(HTMLParser):
    """The elements and attributes of some HTML, as a browser would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "<svg/onload=alert(1)>",
        "![x](javascript:alert(1))",
        "![tracker](https://example.org/pixel.png)",
        "[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,x) [v](vbscript:x)",
        "[x](/files/evil.html) [y](//example.org/x) [z](../api/kernels)",
        '[x](https://a.b "title\\" onmouseover=alert(1)")',
        "<a href='https://a.b' style='position:fixed' class='jp-x' id='y'>a</a>",
        "```<script>\nx\n```",
        "`<b onclick=alert(1)>`",
        "<iframe src=https://example.org></iframe><object data=x><embed src=x><form action=x><input autofocus>",
        "<style>*{display:none}</style><link rel=stylesheet href=x><base href=x><meta http-equiv=refresh content=0>",
        "> " * 500 + "<img src=x onerror=alert(1)>",
        "<https://a.b/<img src=x onerror=alert(1)>>",
        "\x00<im\x00g src=x onerror=alert(1)>",
    ],
)
def test_nothing_dangerous_is_left(text: str) -> None:
    found = Elements(markdown_html(text))
    assert not found.tags & {
        "img",
        "script",
        "svg",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "style",
        "link",
        "base",
    }
    assert {name for name, _ in found.attributes} <= ALLOWED
    links = [value for name, value in found.attributes if name == "href"]
    assert all(link.lower().startswith(("http:", "https:", "mailto:")) for link in links)


def test_markdown_is_rendered() -> None:
    html = markdown_html("# Title\n\n**bold** ~~gone~~ `code` [link](https://example.org)\n\n|a|b|\n|-|-|\n|1|2|")
    assert {"h1", "strong", "code", "a", "table", "td"} <= Elements(html).tags
    assert ("rel", "noopener noreferrer nofollow") in Elements(html).attributes
    assert ("target", "_blank") in Elements(html).attributes


def test_raw_html_is_shown_as_text() -> None:
    assert "&lt;b&gt;x&lt;/b&gt;" in markdown_html("<b>x</b>")


def test_a_long_text_is_cut_and_says_so() -> None:
    html = markdown_html("x" * (MAX_CHARACTERS + 1234))
    assert len(html) < MAX_CHARACTERS + 200
    assert "1,234 more characters" in html


def test_cells_become_a_table() -> None:
    cells = np.array([["a", "**b**"], ["<i>c</i>", "d"]], dtype=object)
    html = cells_html(cells)
    assert html.count("<tr>") == 2
    assert html.count("<td>") == 4
    assert "<strong>b</strong>" in html
    assert "<i>" not in html


@pytest.mark.parametrize(
    "shape", [(), (1,), (3,), (2, 2), (2, 2, 2), (0,), (0, 3), (3, 0), (MAX_CELLS * 2,), (1, MAX_CELLS * 2)]
)
def test_cells_of_any_shape_are_bounded(shape: tuple[int, ...]) -> None:
    cells = np.full(shape, "x", dtype=object)
    html = cells_html(cells)
    assert html.count("<td>") <= MAX_CELLS
    assert ("more cells" in html) == (cells.size > MAX_CELLS)
