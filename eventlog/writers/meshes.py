"""Logging meshes and point clouds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from ..arrays import as_array, as_tag
from ..errors import BadTypeError, BadValueError
from ..summaries import mesh
from .base import WriterBase

__all__ = ["MeshMethods"]


class MeshMethods(WriterBase):
    """`add_mesh`."""

    def add_mesh(
        self,
        tag: str,
        vertices: Any,
        colors: Any = None,
        faces: Any = None,
        config_dict: Mapping[str, Any] | None = None,
        global_step: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Log points or triangles in space.

        Parameters
        ----------
        tag
            Name of the series.
        vertices
            [batch, n, 3], or [n, 3]: where the points are.
        colors
            A colour, RGB, for each point, of the same shape: integers in 0..255, or floats in 0..255, or in 0..1 if
            none is larger.
        faces
            [batch, m, 3], or [m, 3]: indices of the three points of each triangle.
        config_dict
            Settings of the view: camera, lights, material, by the names that three.js has for them.
        global_step, walltime
            See the class.
        """
        tag = as_tag(tag)
        parts = {mesh.VERTEX: _rows(tag, "vertices", vertices)}
        if faces is not None:
            parts[mesh.FACE] = _indices(tag, _rows(tag, "faces", faces), parts[mesh.VERTEX].shape)
        if colors is not None:
            parts[mesh.COLOR] = _bytes(tag, _rows(tag, "colors", colors), parts[mesh.VERTEX].shape)
        try:
            config = json.dumps(config_dict or {}, sort_keys=True)
        except (TypeError, ValueError) as error:
            raise BadTypeError(f"tag {tag!r}: config_dict is no JSON: {error}") from error
        self._add_values(tag, mesh.encode(tag, parts, config), global_step, walltime)


def _rows(tag: str, what: str, values: Any) -> npt.NDArray[Any]:
    array = as_array(tag, values)
    array = array[np.newaxis] if array.ndim == 2 else array
    if array.ndim != 3 or array.shape[2] != 3:
        raise BadValueError(f"tag {tag!r}: {what} have the shape [batch, n, 3], not {list(array.shape)}")
    return array


def _indices(tag: str, faces: npt.NDArray[Any], shape: tuple[int, ...]) -> npt.NDArray[Any]:
    if len(faces) != shape[0]:
        raise BadValueError(f"tag {tag!r}: {len(faces)} meshes of faces for {shape[0]} of vertices")
    if faces.size and not (faces.min() >= 0 and faces.max() < shape[1]):
        raise BadValueError(f"tag {tag!r}: faces from {faces.min()} to {faces.max()} for {shape[1]} vertices")
    return faces.astype(np.int32)


def _bytes(tag: str, colors: npt.NDArray[Any], shape: tuple[int, ...]) -> npt.NDArray[Any]:
    if colors.shape != shape:
        raise BadValueError(f"tag {tag!r}: colors of shape {list(colors.shape)} for vertices of shape {list(shape)}")
    if colors.dtype.kind == "f" and colors.size and colors.max() <= 1:
        colors = colors * 255
    return np.nan_to_num(colors.astype(np.float64)).clip(0, 255).astype(np.uint8)
