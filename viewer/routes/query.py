"""Reading a request's parameters, each with its bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ..errors import BadParameterError

_MOST_REPEATED = 20_000


class Query:
    """The parameters of one request, by name, as the bytes the client sent.

    tornado's own ``get_query_argument`` strips blanks and replaces control characters, which names of tags may have.
    """

    def __init__(self, arguments: Mapping[str, Sequence[bytes]]) -> None:
        self._arguments = arguments

    def has(self, name: str) -> bool:
        """Whether the parameter is given."""
        return name in self._arguments

    def text(self, name: str) -> str:
        """A text that must be given."""
        values = self._arguments.get(name)
        if not values:
            raise BadParameterError(f"the parameter {name} is missing", f"add {name}=... to the address")
        return _decode(name, values[-1])

    def texts(self, name: str) -> list[str]:
        """A text that may be given any number of times; in the order given, each once."""
        values = self._arguments.get(name, ())
        if len(values) > _MOST_REPEATED:
            raise BadParameterError(f"the parameter {name} is given {len(values)} times", f"at most {_MOST_REPEATED}")
        return list(dict.fromkeys(_decode(name, value) for value in values))

    def choice(self, name: str, known: Sequence[str]) -> str:
        """One of `known`, the first by default."""
        value = self.text(name) if name in self._arguments else known[0]
        if value not in known:
            raise BadParameterError(f"{name}={value[:100]!r} is unknown", "one of " + ", ".join(known))
        return value

    def integer(self, name: str, default: int | None, least: int, most: int) -> int:
        """A whole number from `least` to `most`; without a default it must be given."""
        if default is not None and name not in self._arguments:
            return default
        text = self.text(name)
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 19 and least <= int(text) <= most):
            raise BadParameterError(f"{name}={text[:100]!r} is out of range", f"a whole number from {least} to {most}")
        return int(text)

    def real(self, name: str, default: float, least: float = -math.inf, most: float = math.inf) -> float:
        """A finite number from `least` to `most`."""
        if name not in self._arguments:
            return default
        text = self.text(name)
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and least <= value <= most):
            bounds = f" from {least:g} to {most:g}" if math.isfinite(least) else ""
            raise BadParameterError(f"{name}={text[:100]!r} is out of range", f"a finite number{bounds}")
        return value


def _decode(name: str, value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise BadParameterError(f"the parameter {name} is no UTF-8", "names are URL-encoded as UTF-8") from None
