"""``projector_config.pbtxt``: which embeddings a run has, by whichever writer or process.

Source: TensorBoard's ``projector_config.proto``, in protobuf's text format.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ..notices import warn
from ..plugin_messages import ProjectorConfig
from .files import write_atomically
from .locks import locked

__all__ = ["NAME", "add_embedding"]

NAME = "projector_config.pbtxt"


def add_embedding(log_dir: str | os.PathLike[str], embedding: dict[str, Any]) -> bool:
    """Add an embedding to the file in `log_dir`; the others stay. Return whether there was one of its name.

    Parameters
    ----------
    log_dir
        The directory of the run.
    embedding
        Fields of an EmbeddingInfo.

    Raises
    ------
    OSError
        If the file cannot be read or written.
    """
    from google.protobuf import text_format

    path = Path(log_dir, NAME)
    with locked(log_dir):
        before = _read(path)
        config = ProjectorConfig()
        config.CopyFrom(before)
        del config.embeddings[:]
        others = [entry for entry in before.embeddings if entry.tensor_name != embedding["tensor_name"]]
        config.embeddings.extend(others)
        config.embeddings.add(**embedding)
        write_atomically(path, text_format.MessageToString(config).encode())
    return len(others) < len(before.embeddings)


def _read(path: Path) -> Any:
    from google.protobuf import text_format

    try:
        return text_format.Parse(path.read_bytes().decode(), ProjectorConfig(), allow_unknown_field=True)
    except FileNotFoundError:
        return ProjectorConfig()
    except (text_format.ParseError, UnicodeDecodeError) as error:
        aside = path.with_suffix(".damaged.pbtxt")
        os.replace(path, aside)
        warn(f"{path} is damaged ({error}); it was renamed to {aside.name} and begun anew")
        return ProjectorConfig()
