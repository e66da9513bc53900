"""The kernel's side with old dependencies: our floors, and what Google Colab's image holds.

Each list of ``tests/pins`` gets an environment of its own below ``build/``, kept from run to run, with the wheel in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PINS = ["floors", "colab"]
TOOLS = ["ipykernel", "nbclient", "pytest", "pytest-timeout", "hypothesis"]
ROOMS = ["tests/eventlog", "tests/widgets", "tests/magics"]


def pinned(root: Path, name: str) -> dict[str, str]:
    """Return the exact versions of a list."""
    lines = (root / "tests" / "pins" / f"{name}.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


def environment(root: Path, name: str, wheel: Path, run_ok: Callable[..., str]) -> Path:
    """Make the environment of a list, or renew the wheel in it; return its Python."""
    constraints = root / "tests" / "pins" / f"{name}.txt"
    folder = root / "build" / "pins" / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = folder / "made.json"
    asked = {"constraints": constraints.read_text(), "tools": TOOLS, "requirements": requirements(wheel)}
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    known: dict[str, Any] = json.loads(mark.read_text()) if mark.exists() else {}
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
    if known.get("asked") != asked:
        venv.create(folder, clear=True, with_pip=True)
        run_ok([*pip, "--constraint", str(constraints), str(wheel), *TOOLS], seconds=900)
    elif known.get("wheel") != digest:
        run_ok([*pip, "--no-deps", "--force-reinstall", str(wheel)])
    mark.write_text(json.dumps({"asked": asked, "wheel": digest}))
    return python


def requirements(wheel: Path) -> list[str]:
    """Return what the wheel requires."""
    import zipfile

    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return re.findall(r"^Requires-Dist: (.*)$", archive.read(metadata).decode(), re.MULTILINE)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", PINS)
def test_the_kernels_side_works_with(root: Path, wheel: Path, run_ok: Callable[..., str], name: str) -> None:
    python = environment(root, name, wheel, run_ok)
    listed = json.loads(run_ok([str(python), "-m", "pip", "list", "--format", "json"]))
    versions = {package["name"].lower(): package["version"] for package in listed}
    wanted = pinned(root, name)
    assert {package: versions[package] for package in wanted} == wanted

    # Deprecations of old packages are none of ours to mend: warnings are not errors here.
    options = ["-q", "-p", "no:cacheprovider", "-o", "filterwarnings=default", "--no-header"]
    env = {**os.environ, "CELLBOARD_PINS": "1", "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    env.pop("VIRTUAL_ENV", None)
    for variable in ("CELLBOARD_REQUIRE_BROWSER", "CELLBOARD_WHEEL", "CELLBOARD_REQUIRE_WHEEL"):
        env.pop(variable, None)
    said = run_ok([str(python.with_name("pytest")), *options, *ROOMS], cwd=root, env=env, seconds=900)
    passed = re.search(r"(\d+) passed", said)
    assert passed is not None
    assert int(passed[1]) > 200, said[-2000:]


def test_the_floors_are_the_requirements(root: Path, pyproject: dict[str, Any]) -> None:
    asked = dict(re.match(r"([\w-]+)>=([\d.]+)", line).groups() for line in pyproject["project"]["dependencies"])  # type: ignore[union-attr]
    floors = pinned(root, "floors")
    padded = {name: version + ".0" * (2 - version.count(".")) for name, version in asked.items()}
    assert {name: floors[name] + ".0" * (2 - floors[name].count(".")) for name in asked} == padded


def test_colab_moves_nothing(root: Path, pyproject: dict[str, Any]) -> None:
    from packaging.requirements import Requirement

    colab = pinned(root, "colab")
    for line in pyproject["project"]["dependencies"]:
        requirement = Requirement(line)
        if requirement.name in colab:
            assert colab[requirement.name] in requirement.specifier, line


def test_no_dependency_has_an_upper_pin(pyproject: dict[str, Any]) -> None:
    assert [line for line in pyproject["project"]["dependencies"] if re.search(r"<|==|~=", line.split(";")[0])] == []


def test_this_environment_is_consistent(wheel: Path) -> None:
    import sys

    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
