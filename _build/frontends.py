"""Build the two front ends when their output is missing or was made from other sources.

Each output folder holds ``build.json`` with a hash over the front end's sources, lock file and configuration. A build,
and every test that looks at the output, compares it with the tree: equal means nothing to do, and no Node.js is needed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nodejs

ROOT = Path(__file__).resolve().parent.parent
LAB_BUILDER = "jupyter-builder>=1.2"
RECORD = "build.json"
# Everything in a front end's folder that its output is made from. Tests lie outside these.
SOURCES = (".npmrc", "*.json", "*.ts", "*.js", "index.html", "src/**/*", "style/**/*", "schema/**/*", "public/**/*")


class BuildError(Exception):
    """A front end could not be built; the message says which step failed and what to do."""


@dataclass(frozen=True)
class FrontEnd:
    """An npm package of this repository that is built into its ``dist`` folder.

    Attributes
    ----------
    title : str
        What messages call it.
    folder : Path
        Where its ``package.json`` lies.
    lab : bool
        Whether the JupyterLab builder bundles it after ``npm run build``.
    """

    title: str
    folder: Path
    lab: bool = False

    @property
    def output(self) -> Path:
        """The folder that ships."""
        return self.folder / "dist"

    def sources(self) -> list[Path]:
        """Return the files that determine the output, sorted by path."""
        found = {path for pattern in SOURCES for path in self.folder.glob(pattern) if path.is_file()}
        return sorted(found, key=lambda path: path.relative_to(self.folder).as_posix())

    def digest(self) -> str:
        """Return the SHA-256 of names and contents of :meth:`sources`, as hex digits."""
        digest = hashlib.sha256()
        for path in self.sources():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(self.folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def is_current(self) -> bool:
        """Tell whether the output was built from the sources as they are."""
        try:
            record = json.loads((self.output / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return isinstance(record, dict) and record.get("sources") == self.digest()


WEB_APP = FrontEnd("the web app", ROOT / "viewer" / "web")
LAB_EXTENSION = FrontEnd("the JupyterLab extension", ROOT / "labextension", lab=True)
FRONT_ENDS = (WEB_APP, LAB_EXTENSION)


def stale() -> list[FrontEnd]:
    """Return the front ends that have to be built."""
    return [front_end for front_end in FRONT_ENDS if not front_end.is_current()]


def requirements() -> list[str]:
    """Return the Python packages that building the stale front ends asks for: none if all are current."""
    outdated = stale()
    wanted = [LAB_BUILDER] if any(front_end.lab for front_end in outdated) else []
    if outdated and nodejs.machine_node() is None:
        wanted.append(nodejs.PYPI_PACKAGE)
    return wanted


def build_stale() -> None:
    """Build what :func:`stale` names.

    Raises
    ------
    BuildError
        If there is no Node.js, or a step fails.
    """
    outdated = stale()
    if not outdated:
        return
    node = nodejs.find()
    if node is None:
        raise BuildError(
            "building the front ends needs Node.js 20.19 or 22.12 and newer with npm: "
            f"install one, or `pip install '{nodejs.PYPI_PACKAGE}'`"
        )
    for front_end in outdated:
        build(front_end, node)


def build(front_end: FrontEnd, node: nodejs.Node) -> None:
    """Build one front end afresh and record what it was built from."""
    print(f"building {front_end.title} with {node.program}", flush=True)
    digest = front_end.digest()
    shutil.rmtree(front_end.output, ignore_errors=True)
    install_packages(front_end, node)
    for command in steps(front_end, node):
        run(front_end, node, command)
    record = json.dumps({"sources": digest}) + "\n"
    (front_end.output / RECORD).write_text(record, encoding="utf-8")


def steps(front_end: FrontEnd, node: nodejs.Node) -> Iterator[Sequence[str]]:
    """Yield the commands that turn a front end's sources into its output."""
    yield (*node.npm, "run", "build")
    if front_end.lab:
        start = "from jupyter_builder.main import main; main()"
        yield (sys.executable, "-c", start, "build", str(front_end.folder))


def install_packages(front_end: FrontEnd, node: nodejs.Node) -> None:
    """Run ``npm ci`` unless ``node_modules`` is already what the lock file says."""
    lock = hashlib.sha256((front_end.folder / "package-lock.json").read_bytes()).hexdigest()
    wanted = f"{lock} {sys.platform}\n"
    mark = front_end.folder / "node_modules" / ".cellboard-lock"
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    run(front_end, node, (*node.npm, "ci", "--no-audit", "--no-fund"))
    mark.parent.mkdir(exist_ok=True)
    mark.write_text(wanted, encoding="utf-8")


def run(front_end: FrontEnd, node: nodejs.Node, command: Sequence[str]) -> None:
    """Run one step in the front end's folder.

    Raises
    ------
    BuildError
        With the end of what the step printed.
    """
    done = subprocess.run(
        command,
        cwd=front_end.folder,
        env=node.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise BuildError(failure(front_end, command, done.returncode, done.stdout))


def failure(front_end: FrontEnd, command: Sequence[str], status: int, printed: str) -> str:
    """Return what to tell the user about a step that failed."""
    lines = [f"building {front_end.title} failed: `{' '.join(command)}` ended with status {status} and said", ""]
    lines += [f"    {line}" for line in printed.strip().splitlines()[-40:]]
    if "ci" in command:
        lines += [
            "",
            "This step downloads the JavaScript packages that package-lock.json names. Without a network or an npm",
            "registry, install cellboard from a wheel or an sdist: both carry the built front ends.",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    build_stale()
