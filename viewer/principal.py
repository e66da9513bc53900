"""The first picture of points in many dimensions: their principal components, before the page has the points.

The page computes the same when they are there (`viewer/web/src/projector/pca.ts`), as scikit-learn does: a component's
largest weight is positive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["principal"]

_WHOLE = 512  # dimensions, or points, of which all components are computed
_ROWS = 8192  # at a time
_MORE = 8  # directions beyond those asked for, so that these are found soon
_ROUNDS = 7
_SQUARED = (1e-12, 1e12)  # sizes of numbers of which a float32 holds the squares, and sums of them


def principal(values: npt.NDArray[np.float32], components: int) -> tuple[npt.NDArray[np.float32], list[float]]:
    """Return float32[n, components], the points along their principal components, and each one's share of the variance.

    Components that there are not are 0.
    """
    import numpy as np

    count, dims = values.shape
    coords = np.zeros((count, components), np.float32)
    if not count or not dims:
        return coords, [0.0] * components
    scale = max(float(values.max()), -float(values.min()))
    if scale and not _SQUARED[0] < scale < _SQUARED[1]:
        coords, shares = principal(values / np.float32(scale), components)
        largest = np.finfo(np.float32).max
        return np.clip(coords * np.float64(scale), -largest, largest).astype(np.float32), shares
    with np.errstate(over="ignore", invalid="ignore"):
        mean = values.mean(axis=0, dtype=np.float64)
        centred = (values - mean).astype(np.float32)
        total = float(np.einsum("ij,ij->", centred, centred, dtype=np.float64))
        if not np.isfinite(total) or total <= 0:
            return coords, [0.0] * components
        axes, found = _axes(centred, components)
    kept = axes.shape[1]
    np.matmul(centred, axes.astype(np.float32), out=coords[:, :kept])
    return coords, [*(np.maximum(found, 0) / total).tolist(), *[0.0] * (components - kept)]


def _axes(centred: npt.NDArray[np.float32], components: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return float64[d, k], directions with their signs, and the sum of squares along each."""
    import numpy as np

    count, dims = centred.shape
    components = min(components, count, dims)
    if dims <= _WHOLE:
        squares = np.zeros((dims, dims))
        for row in range(0, count, _ROWS):
            block = centred[row : row + _ROWS]
            squares += block.T @ block
        found, vectors = np.linalg.eigh(squares)
    elif count <= _WHOLE:
        found, left = np.linalg.eigh((centred @ centred.T).astype(np.float64))
        vectors = centred.T @ left
    else:
        found, vectors = _leading(centred, components + _MORE)
    axes = vectors[:, ::-1][:, :components]
    axes = axes / np.maximum(np.linalg.norm(axes, axis=0), np.finfo(np.float64).tiny)
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=0)[None], axis=0)
    return axes * np.where(largest < 0, -1.0, 1.0), found[::-1][:components]


def _leading(centred: npt.NDArray[np.float32], count: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return what ``eigh`` would of the largest `count` directions, going to and fro between points and dimensions."""
    import numpy as np

    start = np.random.default_rng(0).standard_normal((centred.shape[1], count))
    basis = np.linalg.qr(start)[0]
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(centred.T @ (centred @ basis.astype(np.float32)).astype(np.float64))[0]
    along = (centred @ basis.astype(np.float32)).astype(np.float64)
    found, turned = np.linalg.eigh(along.T @ along)
    return found, basis @ turned
