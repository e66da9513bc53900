"""The documents: their examples run, their commands and links exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)\)")


def blocks(path: Path, language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_readmes_python_runs_in_order(root: Path, tmp_path: Path) -> None:
    code = blocks(root / "README.md", "python")
    assert len(code) >= 2
    command = [sys.executable, "-W", "error", "-c", "\n".join(code)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[0] == "99"


def test_the_readmes_magics_run(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    lines, cell = [block for block in blocks(root / "README.md", "") if block.startswith("%")]
    first = blocks(root / "README.md", "python")[0]
    cells = [first, *lines.splitlines(), cell, "%board stop all"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    client = nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    assert "application/vnd.jupyter.widget-view+json" in str(notebook.cells[2].outputs)
    assert "application/vnd.cellboard.viewer+json" in str(notebook.cells[3].outputs)
    assert cell.startswith("%%board")
    assert "application/vnd.jupyter.widget-view+json" in str(notebook.cells[4].outputs)
    assert "Stopped the viewer" in str(notebook.cells[-1].outputs)


def test_the_readme_is_short_and_names_the_two_commands(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert readme.count("\n") < 150
    commands = [line for block in blocks(root / "README.md", "bash") for line in block.splitlines()]
    assert "python3 -m venv .venv && .venv/bin/pip install '.[lab]' && .venv/bin/cellboard demo" in commands
    assert "python3 tests/run.py" in commands
    assert "python3 tests/run.py" in (root / ".ci" / "run").read_text().splitlines()


def test_links_and_named_files_exist(root: Path) -> None:
    for document in [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").glob("*.md"))]:
        text = document.read_text(encoding="utf-8")
        for target in LINK.findall(text):
            assert "://" in target or (document.parent / target).exists(), f"{document.name}: {target}"
        for name in re.findall(r"`([\w./]+/[\w.]+\.(?:py|ts|tsx))`", text):
            assert (root / name).exists(), f"{document.name}: {name}"


def test_every_room_is_on_the_plan(root: Path, rooms: dict[str, Path]) -> None:
    plan = (root / "docs" / "design.md").read_text(encoding="utf-8")
    for folder in {path.relative_to(root).parts[0] for path in rooms.values()}:
        assert f"| `{folder}/` |" in plan
