"""The rooms: who imports whom, and the names that users rely on."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

# What `import` may not bring along: each costs time at start-up, or a dependency where there is none.
HEAVY = {"IPython", "ipywidgets", "bqplot", "tornado", "jupyter_server", "jupyterlab", "pandas", "matplotlib", "torch"}
PACKAGES = ["cellboard", "cellboard.eventlog", "cellboard.widgets", "cellboard.magics", "cellboard.viewer"]


def allowed(root: Path) -> dict[str, set[str]]:
    """Read the table of docs/design.md: a room's folder with the rooms it may import."""
    rows = re.findall(r"^\| `(\w+)/` \|(.*)\|(.*)\|([^|]*)\|$", (root / "docs" / "design.md").read_text(), re.MULTILINE)
    rooms = {room for room, *_ in rows}
    table = {room: {other for other in rooms if re.search(rf"\b{other}\b", cell)} for room, _, _, cell in rows}
    return table | {room: rooms for room, _, _, cell in rows if "every room" in cell}


def imported_rooms(path: Path, package: str) -> set[str]:
    """Return the rooms that a module imports, at the top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "cellboard" else [module]
        found |= {parts[1] for name in names if (parts := name.split("."))[0] == "cellboard" and len(parts) > 1}
    return found


def test_rooms_import_only_what_the_plan_allows(root: Path, rooms: dict[str, Path]) -> None:
    table = allowed(root)
    assert table["widgets"] == {"eventlog"}
    names = {package.split(".")[1] for package in rooms if "." in package}
    wrong = []
    for package, folder in rooms.items():
        room = package.split(".")[1] if "." in package else "api"
        for path in sorted(folder.glob("*.py")):
            others = (imported_rooms(path, package) & names) - {room}
            wrong += [f"{path.relative_to(root)} imports {other}" for other in sorted(others - table[room])]
    assert wrong == []


# bqplot's own use of traitlets.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", PACKAGES)
def test_public_names_are_sorted_and_importable(name: str) -> None:
    package = importlib.import_module(name)
    names = getattr(package, "__all__", [])
    assert names == sorted(names)
    assert [one for one in names if not hasattr(package, one)] == []
    assert set(names) <= set(dir(package))


@pytest.mark.parametrize("statement", ["import cellboard", "from cellboard import SummaryWriter, LogDir"])
def test_importing_brings_nothing_heavy_along(statement: str) -> None:
    script = f"import sys; {statement}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stdout.split())
    assert "cellboard" in loaded
    assert loaded & HEAVY == set()
    if statement == "import cellboard":
        assert "numpy" not in loaded


def test_no_folder_shadows_the_package(root: Path) -> None:
    assert not (root / "cellboard").exists()
    assert not (root / "cellboard.py").exists()
