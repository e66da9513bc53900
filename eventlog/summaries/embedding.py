"""Embeddings: the configuration that says which files hold points in many dimensions."""

from __future__ import annotations

from typing import Any

from ..errors import SummaryError
from ..plugin_messages import ProjectorConfig

__all__ = ["decode_config"]


def decode_config(text: bytes) -> list[Any]:
    """Return the EmbeddingInfo messages in a ProjectorConfig in protobuf's text format, in order.

    What is not known in it is passed over.

    Raises
    ------
    SummaryError
        If it is no such configuration.
    """
    from google.protobuf import text_format

    try:
        config = text_format.Parse(text.decode("utf-8"), ProjectorConfig(), allow_unknown_field=True)
    except (text_format.ParseError, UnicodeDecodeError, RecursionError) as error:
        raise SummaryError(f"no configuration of embeddings: {error!s:.200}") from None
    return list(config.embeddings)
