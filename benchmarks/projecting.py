"""Behind the projector: points read, and what the page computes, beside numpy, scikit-learn and umap-learn."""

from __future__ import annotations

import atexit
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

from .measure import OURS, Line, compare, in_fresh_process

POINTS, DIMS = 100_000, 128
ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "viewer" / "web"

# The modules that the page's workers are made of.
ENTRY = """
import {{ readFileSync, writeFileSync }} from "node:fs";
import {{ principal }} from "{source}/principal";
import {{ TsneLayout }} from "{source}/tsne_layout";
import {{ UmapLayout }} from "{source}/umap_layout";

const [file, count, method, out] = process.argv.slice(2);
const bytes = readFileSync(file);
const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4).slice();
const points = {{ values, count: Number(count), dims: values.length / Number(count) }};
const begun = performance.now();
const common = {{ dims: 2, supervise: null, seed: 1 }};
let coords = values;
if (method === "pca") coords = principal(points, 10).coords;
else {{
  const layout =
    method === "tsne"
      ? new TsneLayout(points, {{ ...common, perplexity: 30, learningRate: "auto" }})
      : new UmapLayout(points, {{ ...common, neighbours: 15, minDist: 0.1, epochs: null }});
  for (const _ of layout.steps());
  coords = Float32Array.from(layout.coords);
}}
console.log((performance.now() - begun) / 1000);
writeFileSync(out, coords);
"""

PEERS = {
    "pca": ("scikit-learn", "from sklearn.decomposition import PCA; fit = PCA(10)"),
    "tsne": ("scikit-learn", "from sklearn.manifold import TSNE; fit = TSNE(2, random_state=0)"),
    # Once before the clock starts: it compiles itself then.
    "umap": ("umap-learn", "from umap import UMAP; fit = UMAP(random_state=0); fit.fit_transform(points[:200])"),
}
PEER = """
import sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np
points = np.fromfile(sys.argv[1], np.float32).reshape(int(sys.argv[2]), -1)
{setup}
start = time.perf_counter()
coords = fit.fit_transform(points)
took = time.perf_counter() - start
coords.astype(np.float32).tofile(sys.argv[3])
print(took)
"""


@contextlib.contextmanager
def _logdir() -> Iterator[Path]:
    """A run with an embedding, written by torch."""
    import torch
    from torch.utils.tensorboard import SummaryWriter

    with tempfile.TemporaryDirectory() as folder:
        points = torch.randn(POINTS, DIMS, generator=torch.Generator().manual_seed(0))
        with SummaryWriter(folder) as writer:
            writer.add_embedding(points, metadata=[str(at % 10) for at in range(POINTS)])
        yield Path(folder)


def points_read() -> Line:
    """100,000 x 128 points out of torch's text, as an array."""
    ours = (
        "import sys, time; from cellboard import LogDir; embedding, = LogDir(sys.argv[1]).embeddings.values(); "
        "start = time.perf_counter(); embedding.sample(); print(time.perf_counter() - start)"
    )
    numpy = (
        "import sys, time, pathlib; import numpy as np; path, = pathlib.Path(sys.argv[1]).rglob('tensors.tsv'); "
        "start = time.perf_counter(); np.loadtxt(path, np.float32); print(time.perf_counter() - start)"
    )
    with _logdir() as logdir:
        takers = {
            OURS: partial(in_fresh_process, ours, str(logdir)),
            "numpy": partial(in_fresh_process, numpy, str(logdir)),
        }
        return compare("100,000 x 128 points, read", "s", takers)


def components() -> Line:
    """Ten principal components of 100,000 x 128 points, in Node.js as in the page's worker."""
    import numpy as np

    points = np.random.default_rng(0).normal(size=(POINTS, DIMS)).astype(np.float32)
    return _computed("pca", "PCA of 100,000 x 128", points)


def tsne_of_digits() -> Line:
    """t-SNE of scikit-learn's 1797 digits in 64 dimensions, 1000 iterations."""
    return _computed("tsne", "t-SNE of the digits", _digits())


def umap_of_digits() -> Line:
    """UMAP of the digits, 500 epochs; umap-learn was compiled before."""
    return _computed("umap", "UMAP of the digits", _digits())


def _digits() -> object:
    import numpy as np
    from sklearn.datasets import load_digits

    return load_digits().data.astype(np.float32)


def _computed(method: str, what: str, points: object) -> Line:
    import numpy as np

    values = np.asarray(points, np.float32)
    peer, setup = PEERS[method]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "points"
        values.tofile(file)
        count = str(len(values))

        def ours() -> float:
            command = [*_script(), str(file), count, method, f"{folder}/{OURS}"]
            return float(subprocess.run(command, capture_output=True, text=True, check=True, timeout=900).stdout)

        takers = {
            OURS: ours,
            peer: partial(in_fresh_process, PEER.format(setup=setup), str(file), count, f"{folder}/{peer}"),
        }
        line = compare(what, "s", takers)
        if method == "pca":
            return line
        kept = {name: _trust(values, Path(folder) / name) for name in takers}
        note = "trustworthiness " + ", ".join(f"{name} {value:.4f}" for name, value in kept.items())
        return Line(line.what, line.unit, line.values, line.budget, note, line.rounds)


def _trust(points: object, file: Path) -> float:
    import numpy as np
    from sklearn.manifold import trustworthiness

    return float(trustworthiness(points, np.fromfile(file, np.float32).reshape(-1, 2), n_neighbors=12))


@cache
def _script() -> tuple[str, ...]:
    """The command that computes as the page does."""
    sys.path.insert(0, str(ROOT / "_build"))
    try:
        import frontends
    finally:
        sys.path.remove(str(ROOT / "_build"))
    node = frontends.nodejs.find()
    if node is None:
        raise RuntimeError("measuring what the page computes needs Node.js")
    frontends.install_packages(frontends.WEB_APP, node)
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "entry.ts").write_text(ENTRY.format(source=(WEB / "src" / "projector").as_posix()))
    (folder / "package.json").write_text(json.dumps({"type": "module"}))
    rolldown = WEB / "node_modules" / "rolldown" / "bin" / "cli.mjs"
    command = [
        node.program,
        rolldown,
        folder / "entry.ts",
        "-f",
        "esm",
        "-o",
        folder / "entry.mjs",
        "--platform",
        "node",
    ]
    subprocess.run(command, cwd=WEB, env=node.environment(), check=True, capture_output=True, timeout=120)
    return str(node.program), str(folder / "entry.mjs")


LINES = {
    "points_read": points_read,
    "components": components,
    "tsne_of_digits": tsne_of_digits,
    "umap_of_digits": umap_of_digits,
}
