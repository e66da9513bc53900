"""The example of writing in the docs runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "python-api.md"


def test_the_example_of_writing_runs(tmp_path, monkeypatch, accumulated) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text().partition("## Writing")[2], re.DOTALL)
    exec(compile(example, PAGE.name, "exec"), {})
    tags = accumulated(tmp_path / "runs" / "exp1").Tags()
    assert (tags["scalars"], tags["histograms"], tags["images"]) == (["train/loss"], ["weights"], ["sample"])
    for key, value in (("train", 0.5), ("test", 0.6)):
        (event,) = accumulated(tmp_path / "runs" / "exp1" / f"loss_{key}").Scalars("loss")
        assert abs(event.value - value) < 1e-6
