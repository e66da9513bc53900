"""Logging texts."""

from __future__ import annotations

from typing import Any

from ..arrays import as_tag
from ..errors import BadTypeError
from ..summaries import text
from .base import WriterBase

__all__ = ["TextMethods"]


class TextMethods(WriterBase):
    """`add_text`."""

    def add_text(
        self,
        tag: str,
        text_string: str,
        global_step: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Log a text, shown as Markdown.

        Parameters
        ----------
        tag
            Name of the series; the log holds it with ``/text_summary`` appended, as torch does.
        text_string
            The text.
        global_step, walltime
            See the class.
        """
        tag = as_tag(tag)
        if not isinstance(text_string, (str, bytes)):
            raise BadTypeError(f"tag {tag!r}: a text must be a str, not {type(text_string).__name__}")
        self._add_value(text.encode(tag, text_string), global_step, walltime)
