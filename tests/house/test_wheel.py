"""What ships: the wheel and the sdist beside the tree they were built from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DATA = "cellboard-{version}.data/data/"
INFO = "cellboard-{version}.dist-info/"
LAB = "share/jupyter/labextensions/cellboard/"
BUILD_WITHOUT_NODE = """
import sys
out = sys.argv[1]  # setuptools writes over it
sys.path.insert(0, "_build")
import backend, frontends
assert frontends.stale() == [], "the sdist's front ends do not match its sources"
for name in ("wheel", "sdist", "editable"):
    wanted = getattr(backend, f"get_requires_for_build_{name}")()
    assert not [one for one in wanted if "node" in one or "builder" in one], wanted
backend.build_wheel(out)
"""


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def tree(folder: Path, prefix: str) -> dict[str, bytes]:
    """Return the files below a folder by the names they have in a wheel."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {prefix + path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def expected(root: Path, rooms: dict[str, Path], frontends: ModuleType, pyproject: dict[str, Any]) -> dict[str, bytes]:
    """Every file that the wheel has to hold, except its metadata."""
    files = {}
    for package, folder in rooms.items():
        inside = package.replace(".", "/") + "/"
        files |= {inside + path.name: path.read_bytes() for path in folder.glob("*.py")}
    files |= {f"cellboard/examples/{path.name}": path.read_bytes() for path in (root / "examples").glob("*.ipynb")}
    files["cellboard/py.typed"] = b""
    files |= tree(frontends.WEB_APP.output, "cellboard/viewer/web/dist/")
    data = DATA.format(version=pyproject["project"]["version"])
    files |= tree(frontends.LAB_EXTENSION.output, data + LAB)
    files[data + LAB + "install.json"] = (root / "labextension" / "install.json").read_bytes()
    enabled = (root / "labextension" / "etc" / "cellboard.json").read_bytes()
    files[data + "etc/jupyter/jupyter_server_config.d/cellboard.json"] = enabled
    return files


def test_the_wheel_holds_the_tree_and_nothing_else(
    wheel: Path, expected: dict[str, bytes], pyproject: dict[str, Any]
) -> None:
    info = INFO.format(version=pyproject["project"]["version"])
    held = {name: content for name, content in contents(wheel).items() if not name.startswith(info)}
    compiled = {name for name in held if name.endswith((".so", ".pyd"))}
    assert set(held) - compiled == set(expected)
    assert [name for name in expected if held[name] != expected[name]] == []


def test_every_python_file_of_the_rooms_is_in_a_listed_package(rooms: dict[str, Path], tracked: list[Path]) -> None:
    folders = set(rooms.values())
    tops = {folder for package, folder in rooms.items() if package.count(".") <= 1}
    inside = [path for path in tracked if path.suffix == ".py" and any(top in path.parents for top in tops)]
    assert inside
    assert [path for path in inside if path.parent not in folders] == []


def test_the_wheels_front_ends_carry_the_hash_of_their_sources(wheel: Path, frontends: ModuleType) -> None:
    held = contents(wheel)
    (web,) = (content for name, content in held.items() if name.endswith("viewer/web/dist/build.json"))
    (lab,) = (content for name, content in held.items() if name.endswith(LAB + "build.json"))
    assert json.loads(web) == {"sources": frontends.WEB_APP.digest()}
    assert json.loads(lab) == {"sources": frontends.LAB_EXTENSION.digest()}


def test_a_wheel_is_built_from_the_sdist_without_node(
    sdist: Path, wheel: Path, tmp_path: Path, run_ok: Callable[..., str]
) -> None:
    with tarfile.open(sdist) as archive:
        names = archive.getnames()
        assert not [name for name in names if "node_modules" in name or "__pycache__" in name]
        # Unknown to the first releases of Python 3.10 and 3.11, and asked for by later ones.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(tmp_path)
    (source,) = tmp_path.iterdir()
    out = tmp_path / "out"
    # A path on which there is a compiler, perhaps, and surely no node.
    path = tmp_path / "bin"
    path.mkdir()
    for name in ("cc", "gcc", "as", "ld", "x86_64-linux-gnu-gcc"):
        found = [Path(folder, name) for folder in os.get_exec_path() if Path(folder, name).exists()]
        if found:
            (path / name).symlink_to(found[0])
    env = {**os.environ, "PATH": str(path)}
    run_ok([sys.executable, "-c", BUILD_WITHOUT_NODE, str(out)], cwd=source, env=env)
    (built,) = out.glob("*.whl")
    same = {name: content for name, content in contents(built).items() if not name.endswith((".so", "RECORD"))}
    assert same == {name: content for name, content in contents(wheel).items() if name in same}


def test_jupyter_finds_both_parts_of_the_extension(wheel: Path, tmp_path: Path, run_ok: Callable[..., str]) -> None:
    env = {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path), "JUPYTER_DATA_DIR": str(tmp_path)}
    listed = run_ok([sys.executable, "-m", "jupyter", "labextension", "list"], env=env)
    (line,) = [line for line in listed.splitlines() if " cellboard " in line]
    assert "enabled" in line
    assert "OK" in line
    listed = run_ok([sys.executable, "-m", "jupyter", "server", "extension", "list"], env=env)
    part = listed[listed.index("cellboard.labextension") :]
    assert "enabled" in part.splitlines()[0]
    assert "OK" in "".join(part.splitlines()[:3])


def test_the_tests_run_on_the_wheel(wheel: Path, root: Path) -> None:
    import cellboard

    home = Path(cellboard.__file__).resolve().parent
    assert home.name == "cellboard"
    assert "site-packages" in home.parts
    assert (home / "viewer" / "web" / "dist" / "index.html").is_file()


def test_the_command_is_installed(wheel: Path, pyproject: dict[str, Any]) -> None:
    command = Path(sys.executable).with_name("cellboard")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"cellboard {pyproject['project']['version']}\n"
