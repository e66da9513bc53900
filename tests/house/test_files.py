"""Tracked files: nothing of one machine, no registry's address, no output in notebooks, no executable surprises."""

from __future__ import annotations

import json
import re
from pathlib import Path

# Spelled so that this file does not hold them.
MACHINE = re.compile(
    "|".join(
        [r"(?<![\w.])/(?:work|farm|root)/", r"/home/(?!user\b|ada\b)\w+/", "/tmp/bash" + "_jobs", "/tmp/set" + "up"]
    )
)
REGISTRY = re.compile("|".join(["registry" + r"\.npm", "registry" + r"\.yarn", "pypi" + r"\.org", "python" + "hosted"]))
TEXT = {".py", ".ts", ".tsx", ".js", ".json", ".md", ".toml", ".in", ".txt", ".css", ".html", ".c", ".h", ".ipynb", ""}


def texts(tracked: list[Path]) -> list[tuple[Path, str]]:
    chosen = [path for path in tracked if path.suffix in TEXT]
    assert len(chosen) > 50
    return [(path, path.read_text(encoding="utf-8")) for path in chosen]


def found(tracked: list[Path], pattern: re.Pattern[str]) -> list[str]:
    return [f"{path}: {match[0]}" for path, text in texts(tracked) for match in pattern.finditer(text)]


def test_no_path_of_one_machine(tracked: list[Path]) -> None:
    assert found(tracked, MACHINE) == []


def test_no_registry(tracked: list[Path]) -> None:
    assert found(tracked, REGISTRY) == []


def test_notebooks_carry_no_outputs(tracked: list[Path]) -> None:
    notebooks = [path for path in tracked if path.suffix == ".ipynb" and "examples" in path.parts]
    assert notebooks
    for path in notebooks:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            assert not cell.get("outputs"), path
            assert cell.get("execution_count") is None, path


def test_texts_end_with_one_newline_and_have_no_tabs_for_indent(tracked: list[Path]) -> None:
    for path, text in texts(tracked):
        if text and "third_party" not in path.parts:
            assert text.endswith("\n"), path
            assert "\r" not in text, path
