"""What of a mesh can be drawn: points that are somewhere, triangles between points that there are.

A log may say anything: points at NaN or infinity, triangles between points that there are not. These are left out, and
counted. Of more than a page is to draw, an even sample is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ..eventlog import MeshSample

__all__ = ["Geometry", "drawable"]

_CORNERS = 3

_T = TypeVar("_T", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """One mesh of a step, ready to be drawn.

    Parameters
    ----------
    vertices
        float32[n, 3], all finite. If there are triangles, those that are corners of one.
    faces
        int32[m, 3]: indices into `vertices`; empty for a cloud of points.
    colors
        uint8[n, 3], or None if there are none that fit the points.
    points, triangles
        How many were logged.
    not_finite
        Points left out because they are nowhere.
    outside
        Triangles left out because a corner is no point, or one that is nowhere.
    misfit
        Whether colours were logged, but not one for each point.
    low, high
        float64[3]: the box around all finite points; NaN if there are none.
    """

    vertices: npt.NDArray[np.float32]
    faces: npt.NDArray[np.int32]
    colors: npt.NDArray[np.uint8] | None
    points: int
    triangles: int
    not_finite: int
    outside: int
    misfit: bool
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


def drawable(sample: MeshSample, item: int, limit: int) -> Geometry:
    """Return mesh `item` of a step: at most `limit` points if it is a cloud, else at most `limit` triangles."""
    vertices = sample.vertices[item]
    faces, colors = _of_item(sample.faces, item), _of_item(sample.colors, item)
    misfit = colors is not None and len(colors) != len(vertices)
    if misfit:
        colors = None
    finite = np.isfinite(vertices).all(axis=1)
    low, high = _box(vertices[finite])
    triangles = 0 if faces is None else len(faces)
    good = np.empty((0, _CORNERS), np.int32) if faces is None else _good(faces, finite)
    kept = good[evenly(len(good), limit)]
    points: npt.NDArray[np.integer[Any]] = np.flatnonzero(finite)
    used = points[evenly(len(points), limit)]
    if len(kept):
        used, corners = np.unique(kept, return_inverse=True)
        kept = corners.reshape(-1, _CORNERS).astype(np.int32)
    return Geometry(
        vertices=vertices[used],
        faces=kept,
        colors=None if colors is None else colors[used],
        points=len(vertices),
        triangles=triangles,
        not_finite=int(len(vertices) - finite.sum()),
        outside=triangles - len(good),
        misfit=misfit,
        low=low,
        high=high,
    )


def evenly(total: int, limit: int) -> npt.NDArray[np.intp] | slice:
    """Return what takes at most `limit` of `total` things, evenly spread, the first and the last among them."""
    if total <= limit:
        return slice(None)
    return np.linspace(0, total - 1, limit).round().astype(np.intp)


def _of_item(part: npt.NDArray[_T] | None, item: int) -> npt.NDArray[_T] | None:
    """Return what a part has for a mesh of the batch; one for all of them serves each."""
    if part is None or not (item < len(part) or len(part) == 1):
        return None
    found: npt.NDArray[_T] = part[min(item, len(part) - 1)]
    return found


def _good(faces: npt.NDArray[np.int32], finite: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    inside = ((faces >= 0) & (faces < len(finite))).all(axis=1)
    among = faces[inside]
    return among[finite[among].all(axis=1)]


def _box(vertices: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    if not len(vertices):
        return np.full(3, np.nan), np.full(3, np.nan)
    return vertices.min(axis=0).astype(np.float64), vertices.max(axis=0).astype(np.float64)
