"""The example of boards in the docs runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "python-api.md"


@pytest.mark.usefixtures("no_thread_left")
def test_the_example_of_boards_runs(small_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small_log.parent)
    small_log.rename(small_log.with_name("runs"))
    (example,) = re.findall(r"## In a notebook\n.*?```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, PAGE.name, "exec"), names)
    options = names["board"].options()  # type: ignore[attr-defined]
    assert options == {"smoothing": 0.6, "x_axis": "relative"}
