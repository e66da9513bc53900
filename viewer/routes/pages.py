"""Pages of plain words, for people who meet a viewer where its web app cannot be shown."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>cellboard</title><style>
:root {{ color-scheme: light dark }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 36em; margin: 12vh auto; padding: 0 24px }}
h1 {{ font-size: 20px }} code {{ font: 13px ui-monospace, monospace }}
</style></head><body><h1>{title}</h1>{text}</body></html>
"""


def refusal_page(message: str, hint: str) -> bytes:
    """A page that says why nothing is shown, and nothing about what would be."""
    return _page(
        "This viewer needs its whole address",
        f"<p>{escape(_sentence(message))}</p><p>{_code(_sentence(hint))}</p>"
        "<p>In a terminal, <code>cellboard list</code> prints the addresses of your viewers, each with its token. "
        "In a notebook, run the <code>%board</code> cell again.</p>",
    )


def unbuilt_page(message: str, hint: str) -> bytes:
    """A page in place of the web app, where it was not built."""
    return _page("The web app is missing", f"<p>{escape(_sentence(message))}</p><p>{_code(_sentence(hint))}</p>")


def _page(title: str, text: str) -> bytes:
    return _PAGE.format(title=escape(title), text=text).encode()


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _code(text: str) -> str:
    """`text` escaped, with what stands between back quotes set as code."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if index % 2 else piece for index, piece in enumerate(pieces))
