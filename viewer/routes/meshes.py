"""Meshes of one step, as raw numbers. Which steps there are, `steps` says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import NotFoundError
from .base import Handler, number, to_json
from .data import Answer, DataHandler, find_run, find_series
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import LogDir, MeshSample
    from ..mesh_geometry import Geometry

_MOST = 10**9
_MOST_ITEMS = 16
_LIMIT, _MOST_LIMIT = 300_000, 2_000_000


class Meshes(DataHandler):
    """``api/v1/meshes``: the meshes of one step (its first 16), or one of them."""

    changes_with_log = False

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the step from disk and take what can be drawn of it."""
        from ..mesh_geometry import drawable

        sample = _sample(log, query)
        count, limit = len(sample.vertices), query.integer("limit", _LIMIT, 1, _MOST_LIMIT)
        items = range(min(count, _MOST_ITEMS))
        if query.has("item"):
            item = query.integer("item", None, 0, _MOST)
            if item >= count:
                raise NotFoundError(f"no mesh {item} at this step, which has {count}", "items count from 0")
            items = range(item, item + 1)
        body = encode(sample, items, [drawable(sample, item, max(1, limit // len(items))) for item in items])
        return Answer(body, "application/octet-stream", hashlib.blake2b(body, digest_size=12).hexdigest())


def _sample(log: LogDir, query: Query) -> MeshSample:
    from ...eventlog import EventLogError

    series = find_series(find_run(log, query.text("run")).meshes, "mesh", query.text("tag"))
    index = query.integer("index", None, -_MOST, _MOST)
    try:
        return series[index]
    except IndexError:
        raise NotFoundError(f"no mesh at index {index}", "api/v1/steps?kind=meshes lists the steps") from None
    except (EventLogError, OSError) as error:
        raise NotFoundError(f"the mesh cannot be read: {error}"[:500], "the file is damaged or gone") from error


def encode(sample: MeshSample, items: Sequence[int], geometries: Sequence[Geometry]) -> bytes:
    """`Meshes` of docs/http-api.md: length, JSON, then the arrays of each mesh."""
    from ..mesh_settings import plain_settings

    head = {
        "step": sample.step,
        "wall_time": number(sample.wall_time),
        "count": len(sample.vertices),
        "settings": plain_settings(sample.config),
        "meshes": [{"item": item, **_describe(geometry)} for item, geometry in zip(items, geometries, strict=True)],
    }
    header = to_json(head)
    header += b" " * (-(4 + len(header)) % 8)
    return b"".join([len(header).to_bytes(4, "little"), header, *map(_arrays, geometries)])


def _describe(geometry: Geometry) -> dict[str, Any]:
    return {
        "points": geometry.points,
        "triangles": geometry.triangles,
        "sent_points": len(geometry.vertices),
        "sent_triangles": len(geometry.faces),
        "colored": geometry.colors is not None,
        "not_finite": geometry.not_finite,
        "outside": geometry.outside,
        "misfit": geometry.misfit,
        "low": [number(value) for value in geometry.low],
        "high": [number(value) for value in geometry.high],
    }


def _arrays(geometry: Geometry) -> bytes:
    colors = b"" if geometry.colors is None else geometry.colors.tobytes()
    vertices, faces = geometry.vertices.astype("<f4", copy=False), geometry.faces.astype("<i4", copy=False)
    return b"".join([vertices.tobytes(), faces.tobytes(), colors, b"\0" * (-len(colors) % 4)])


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/meshes", Meshes)]
