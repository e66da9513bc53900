"""Meshes over steps, put together of the parts that they were logged in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from .errors import SummaryError
from .natural import natural_key
from .series import SampleSeries, ValueSeries
from .summaries import mesh

__all__ = ["MeshSample", "MeshSeries", "PartSeries", "meshes_of"]


@dataclass(frozen=True, slots=True, eq=False)
class MeshSample:
    """A mesh, or a batch of them, logged at a step.

    Parameters
    ----------
    step, wall_time
        When; the time in seconds since the epoch.
    vertices
        float32[batch, n, 3].
    faces
        int32[batch, m, 3]: vertices that are the corners of a triangle, as logged (they may be out of range); None for
        a cloud of points.
    colors
        uint8[batch, n, 3]: red, green and blue of each vertex; None if there are none.
    config
        How to view it (``camera``, ``lights``, ``material``), as logged; {} if the log does not say.
    """

    step: int
    wall_time: float
    vertices: npt.NDArray[np.float32]
    faces: npt.NDArray[np.int32] | None
    colors: npt.NDArray[np.uint8] | None
    config: Mapping[str, Any]


class PartSeries(ValueSeries):
    """One part of a mesh over steps."""

    @cached_property
    def part(self) -> mesh.Part:
        """Which part of which mesh.

        Raises
        ------
        SummaryError
            If the log does not say.
        """
        return mesh.decode_part(self.tag, self._metadata.content)

    @cached_property
    def places(self) -> dict[int, list[int]]:
        """The samples of each step, by number."""
        places: dict[int, list[int]] = {}
        for at, step in enumerate(self.step.tolist()):
            places.setdefault(step, []).append(at)
        return places

    def array(self, at: int) -> npt.NDArray[Any]:
        """Return a sample as `cellboard.eventlog.summaries.mesh.decode` gives it."""
        return mesh.decode(self[at], self.part.part)


class MeshSeries(Sequence[MeshSample]):
    """Meshes over steps: one for each time that vertices were logged, read from disk when it is looked at.

    Parameters
    ----------
    name
        Of the mesh, as logged.
    parts
        Its parts, at most one of each kind; the vertices are among them.
    """

    def __init__(self, name: str, parts: Mapping[int, PartSeries]) -> None:
        self.tag = name
        self._parts = parts
        self._vertices = parts[mesh.VERTEX]

    @property
    def display_name(self) -> str:
        """The name to show: that of the mesh, unless the log says otherwise."""
        said = self._vertices.display_name
        return self.tag if said == self._vertices.tag else said

    @property
    def description(self) -> str:
        """What the log says about the mesh, in Markdown; "" if it says nothing. Not to be trusted as HTML."""
        return self._vertices.description

    @property
    def step(self) -> npt.NDArray[np.int64]:
        """int64[n], read-only, in the order of logging."""
        return self._vertices.step

    @property
    def wall_time(self) -> npt.NDArray[np.float64]:
        """float64[n], read-only: seconds since the epoch."""
        return self._vertices.wall_time

    def __len__(self) -> int:
        return len(self._vertices)

    def __repr__(self) -> str:
        return f"<MeshSeries {self.tag!r}: {len(self)} points>"

    @overload
    def __getitem__(self, index: int) -> MeshSample: ...

    @overload
    def __getitem__(self, index: slice) -> list[MeshSample]: ...

    def __getitem__(self, index: int | slice) -> MeshSample | list[MeshSample]:
        """Read a mesh, or a list of them; raises what `SampleSeries` does."""
        if isinstance(index, slice):
            return [self._read(at) for at in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"there are {len(self)} meshes of {self.tag!r}, none has the number {index}")
        return self._read(at)

    def __iter__(self) -> Iterator[MeshSample]:
        return map(self._read, range(len(self)))

    def _read(self, at: int) -> MeshSample:
        step = int(self.step[at])
        nth = self._vertices.places[step].index(at)
        faces, colors = (self._of_step(part, step, nth) for part in (mesh.FACE, mesh.COLOR))
        wall_time, config = float(self.wall_time[at]), MappingProxyType(self._vertices.part.config)
        return MeshSample(step, wall_time, self._vertices.array(at), faces, colors, config)

    def _of_step(self, part: int, step: int, nth: int) -> npt.NDArray[Any] | None:
        """Return the part that was logged at a step the nth time, or the last time if there is none; None if never."""
        series = self._parts.get(part)
        places = series.places.get(step) if series else None
        return series.array(places[min(nth, len(places) - 1)]) if series and places else None


def meshes_of(parts: Iterable[SampleSeries[Any]]) -> Mapping[str, MeshSeries]:
    """Return the meshes that the parts make, by name; parts that say nothing of themselves are left out."""
    found: dict[str, dict[int, PartSeries]] = {}
    for series in parts:
        if not isinstance(series, PartSeries):
            continue
        try:
            part = series.part
        except SummaryError:
            continue
        found.setdefault(part.name, {}).setdefault(part.part, series)
    named = {name: of for name, of in found.items() if mesh.VERTEX in of}
    return MappingProxyType({name: MeshSeries(name, named[name]) for name in sorted(named, key=natural_key)})
