"""Logging embeddings: points in a space of many dimensions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..arrays import as_array, as_tag
from ..errors import BadValueError
from . import projector_config, projector_files
from .base import WriterBase
from .files import write_atomically

__all__ = ["EmbeddingMethods"]


class EmbeddingMethods(WriterBase):
    """`add_embedding`."""

    def add_embedding(
        self,
        mat: Any,
        metadata: Any = None,
        label_img: Any = None,
        global_step: Any = None,
        tag: str = "default",
        metadata_header: Any = None,
    ) -> None:
        """Write points for the projector: to files in ``<log_dir>/<step>/<tag>/``, beside the event files.

        They are added to what other writers and processes wrote for the run. What has the same tag and step is
        replaced, with one warning a tag.

        Parameters
        ----------
        mat
            Numbers of shape [points, dimensions].
        metadata
            A label for each point; with a `metadata_header`, a list of labels.
        label_img
            A small picture for each point: [points, channels, height, width], with pixels as for `add_image`.
        global_step
            See the class.
        tag
            Name of the embedding.
        metadata_header
            Names of the labels.

        Raises
        ------
        OSError
            If a file cannot be written.
        """
        tag, step = as_tag(tag), self._step("add_embedding", global_step)
        if not self.write_to_disk:
            return
        vectors = as_array(tag, mat)
        if vectors.ndim != 2 or not vectors.size:
            shape = list(vectors.shape)
            raise BadValueError(f"tag {tag!r}: an embedding has the shape [points, dimensions], not {shape}")
        folder = f"{step:05d}/{_encoded(tag)}"
        entry = {"tensor_name": f"{tag}:{step:05d}", "tensor_path": f"{folder}/tensors.tsv"}
        table, sheet = None, None
        if metadata is not None:
            table = projector_files.as_table(tag, metadata, metadata_header, len(vectors))
        if label_img is not None:
            sheet = projector_files.as_sheet(tag, label_img, len(vectors), lambda text: self._notice(tag, text))
        self._write_embedding(tag, folder, entry, vectors, table, sheet)

    def _write_embedding(
        self,
        tag: str,
        folder: str,
        entry: dict[str, Any],
        vectors: Any,
        table: projector_files.Table | None,
        sheet: tuple[bytes, int, int] | None,
    ) -> None:
        target = Path(self.log_dir, folder)
        target.mkdir(parents=True, exist_ok=True)
        projector_files.write_vectors(target / "tensors.tsv", vectors)
        if table is not None:
            projector_files.write_table(target / "metadata.tsv", table)
            entry["metadata_path"] = f"{folder}/metadata.tsv"
        if sheet is not None:
            write_atomically(target / "sprite.png", sheet[0])
            entry["sprite"] = {"image_path": f"{folder}/sprite.png", "single_image_dim": sheet[1:]}
        if projector_config.add_embedding(self.log_dir, entry):
            self._notice(tag, f"the embedding {entry['tensor_name']} was there already and is replaced")


def _encoded(tag: str) -> str:
    if not tag:
        raise BadValueError("an embedding needs a tag")
    for letter in "%/\\" if tag.strip(".") else "%.":
        tag = tag.replace(letter, f"%{ord(letter):02x}")
    return tag
