"""Pages of plain words, for people who meet a viewer where its web app cannot be shown."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>cellboard</title><style>
:root {{ color-scheme: light dark }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 36em; margin: 12vh auto; padding: 0 24px }}
h1 {{ font-size: 20px }} code {{ font: 13px ui-monospace, monospace }}
form {{ margin-top: 24px; display: grid; grid-template-columns: 1fr auto; gap: 4px 8px }}
label {{ grid-column: 1 / -1 }} input, button {{ font: inherit; padding: 4px 8px; min-width: 0 }}
</style></head><body><h1>{title}</h1>{text}</body></html>
"""


_FORM = """<form method="get" action="{action}"><label for="token">Token, or the whole address:</label>
<input id="token" name="token" type="password" required autofocus autocomplete="off" spellcheck="false">
<button>Open</button></form>"""


def words_page(message: str, hint: str, below: str = "") -> bytes:
    """A page that says what is the matter, and what to do about it; `below` is HTML."""
    text = f"<p>{_code(_sentence(hint))}</p>{below}"
    return _PAGE.format(title=escape(_sentence(message)), text=text).encode()


def token_form(action: str) -> str:
    """A field to type a viewer's token into; `action` is where that is sent."""
    return _FORM.format(action=escape(action))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _code(text: str) -> str:
    """`text` escaped, with what stands between back quotes set as code."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if index % 2 else piece for index, piece in enumerate(pieces))
