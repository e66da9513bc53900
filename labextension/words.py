"""What the Jupyter server says in a viewer's place when there is none."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Absence:
    """Why a viewer is not shown, and what to do."""

    error: str
    hint: str


GONE = Absence(
    "This viewer is no longer running.", "Run its cell again, or start it from any cell: %board --logdir DIR"
)
SILENT = Absence("The viewer does not answer.", "It may be busy: reload this page in a moment.")

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>cellboard</title>
<style>
  :root {{ color-scheme: light dark; font: 14px/20px system-ui, sans-serif; }}
  main {{ max-width: 560px; margin: 48px auto; padding: 0 16px; }}
  h1 {{ margin: 0 0 8px; font-size: 16px; }}
</style>
<main><h1>{error}</h1><p>{hint}</p></main>
</html>
"""


def gone_from(logdir: str) -> Absence:
    """Return the words for a viewer of a known log directory that has just ended."""
    return Absence(GONE.error, f"Run its cell again, or start it from any cell: %board --logdir {logdir}")


def page(absence: Absence) -> str:
    """Return the words as a page that needs nothing else."""
    return _PAGE.format(error=escape(absence.error), hint=escape(absence.hint))
