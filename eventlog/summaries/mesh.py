"""Meshes: points or triangles in space, at a step.

A mesh is logged in parts: a tensor of vertices, and maybe one of faces and one of colours, each with a tag of its own.
What is said of each tag (``MeshPluginData``) names the mesh and the part.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import SummaryError
from ..messages import SummaryValue, parse
from ..plugin_messages import MeshPluginData
from . import tensor

__all__ = ["COLOR", "FACE", "PLUGIN", "VERTEX", "Part", "decode", "decode_part", "encode"]

PLUGIN = "mesh"

VERTEX, FACE, COLOR = 1, 2, 3
"""The parts: what ``MeshPluginData.content_type`` says."""

_DTYPES: dict[int, type[np.generic]] = {VERTEX: np.float32, FACE: np.int32, COLOR: np.uint8}
_SUFFIXES = {f"_{name}": part for part, name in ((VERTEX, "VERTEX"), (FACE, "FACE"), (COLOR, "COLOR"))}
_SUFFIXES |= {f"_{part}": part for part in (VERTEX, FACE, COLOR)}
_NAMES = {VERTEX: "VERTEX", FACE: "FACE", COLOR: "COLOR"}
_MAX_CONFIG = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of which mesh a tag is, and the view's settings (camera, lights, material) as logged."""

    name: str
    part: int
    config: dict[str, Any] = field(default_factory=dict)


def encode(name: str, parts: dict[int, npt.NDArray[Any]], json_config: str) -> list[Any]:
    """Return the Summary.Values of a mesh, one for each of its parts, laid out as TensorBoard's own op does.

    Parameters
    ----------
    name
        Of the mesh; ``_VERTEX`` and so on is appended to it in the tags.
    parts
        By kind: float32 vertices, int32 faces, uint8 colours, each of shape [batch, n, 3].
    json_config
        Settings of the view, a JSON object.
    """
    components = sum(1 << kind for kind in parts)
    return [_encode_part(name, kind, array, components, json_config) for kind, array in parts.items()]


def _encode_part(name: str, kind: int, array: npt.NDArray[Any], components: int, json_config: str) -> Any:
    said = MeshPluginData(name=name, content_type=kind, json_config=json_config, shape=array.shape)
    said.components = components
    value = SummaryValue(tag=f"{name}_{_NAMES[kind]}")
    value.metadata.plugin_data.plugin_name = PLUGIN
    value.metadata.plugin_data.content = said.SerializeToString()
    value.tensor.CopyFrom(tensor.encode(array.astype(_DTYPES[kind], copy=False)))
    return value


def decode_part(tag: str, content: bytes) -> Part:
    """Return which part of a mesh `tag` is, by the content of its metadata, or if that does not say, by its suffix.

    Raises
    ------
    SummaryError
        If neither says.
    """
    said = parse(content, MeshPluginData)
    suffix = next((suffix for suffix in _SUFFIXES if tag.endswith(suffix)), "")
    part = said.content_type or _SUFFIXES.get(suffix, 0)
    if part not in _DTYPES:
        raise SummaryError(f"a part of a mesh of no known kind ({part})")
    name = said.name or (tag.removesuffix(suffix) if not said.content_type else tag)
    return Part(name, part, _config(said.json_config))


def _config(text: str) -> dict[str, Any]:
    """Return the settings; none if they are no JSON object."""
    try:
        config = json.loads(text) if text and len(text) <= _MAX_CONFIG else {}
    except (ValueError, RecursionError):
        return {}
    return config if isinstance(config, dict) else {}


def decode(value: Any, part: int) -> npt.NDArray[Any]:
    """Return a part of a Summary.Value: float32 vertices, int32 faces or uint8 colours, of shape [batch, n, 3].

    What does not fit the type (writers log all of it as floats) becomes the nearest value that does.

    Raises
    ------
    SummaryError
        If it is no tensor of that shape.
    """
    array = tensor.decode(value.tensor)
    if array.ndim == 2:
        array = array[np.newaxis]
    if array.ndim != 3 or array.shape[2] != 3 or array.dtype.kind not in "fiub":
        raise SummaryError(f"a part of a mesh that is a tensor of shape {list(array.shape)} and type {array.dtype}")
    if part == VERTEX:
        with np.errstate(over="ignore"):
            return array.astype(np.float32)
    dtype = np.int32 if part == FACE else np.uint8
    limits = np.iinfo(dtype)
    return np.clip(np.nan_to_num(array.astype(np.float64)), limits.min, limits.max).astype(dtype)
