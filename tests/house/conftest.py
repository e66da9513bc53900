"""The repository itself, and what was built from it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def rooms(pyproject: dict[str, Any]) -> dict[str, Path]:
    """Each package's name with its folder."""
    setuptools = pyproject["tool"]["setuptools"]
    mapped: dict[str, str] = setuptools["package-dir"]
    folders = {}
    for package in setuptools["packages"]:
        known = max((name for name in mapped if f"{package}.".startswith(f"{name}.")), key=len)
        folders[package] = ROOT.joinpath(mapped[known], *package[len(known) :].split("."))
    return folders


def _built(variable: str) -> Path:
    path = os.environ.get(variable)
    if not path:
        pytest.skip(f"{variable} is not set: run the tests with `python3 tests/run.py`, which builds it")
    return Path(path)


@pytest.fixture(scope="session")
def wheel() -> Path:
    """The wheel under test."""
    return _built("CELLBOARD_WHEEL")


@pytest.fixture(scope="session")
def sdist(wheel: Path) -> Path:
    """The sdist the wheel was built from."""
    return next(wheel.parent.glob("*.tar.gz"))


@pytest.fixture(scope="session")
def frontends() -> ModuleType:
    """The module of the build backend that knows the front ends."""
    sys.path.insert(0, str(ROOT / "_build"))
    try:
        import frontends
    finally:
        sys.path.remove(str(ROOT / "_build"))
    return frontends


@pytest.fixture(scope="session")
def run_ok() -> Callable[..., str]:
    """Run a command that has to succeed; gives what it printed, or fails the test with that."""

    def run(command: Sequence[str], cwd: Path = ROOT, seconds: float = 300, **options: Any) -> str:
        done = subprocess.run(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            encoding="utf-8",
            errors="replace",
            check=False,
            **options,
        )
        if done.returncode:
            pytest.fail(f"{' '.join(map(str, command))} ended with status {done.returncode}\n{done.stdout[-12000:]}")
        return done.stdout

    return run


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """The files of the repository: what git tracks or would add, or in an unpacked sdist everything."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and "node_modules" not in path.parts]
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]
