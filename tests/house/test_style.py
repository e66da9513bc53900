"""Lint, format and types of the Python code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

RUFF = [sys.executable, "-m", "ruff"]
MYPY = [sys.executable, "-m", "mypy", "--strict"]


def test_ruff_finds_nothing(run_ok: Callable[..., str]) -> None:
    run_ok([*RUFF, "check", "."])


def test_ruff_would_format_nothing(run_ok: Callable[..., str]) -> None:
    run_ok([*RUFF, "format", "--check", "."])


def test_the_installed_package_is_typed_strictly(
    run_ok: Callable[..., str], wheel: Path, root: Path, tmp_path: Path
) -> None:
    # From elsewhere, so that the package is the installed one.
    config = ["--config-file", str(root / "pyproject.toml"), "--cache-dir", str(root / ".mypy_cache" / "wheel")]
    run_ok([*MYPY, *config, "-p", "cellboard"], cwd=tmp_path)


def test_the_build_backend_and_the_test_runner_are_typed_strictly(run_ok: Callable[..., str], root: Path) -> None:
    backend = [f"_build/{path.name}" for path in sorted((root / "_build").glob("*.py"))]
    run_ok([*MYPY, "--cache-dir", str(root / ".mypy_cache" / "build"), *backend])
    run_ok([*MYPY, "--cache-dir", str(root / ".mypy_cache" / "run"), "tests/run.py"])
