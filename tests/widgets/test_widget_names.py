from __future__ import annotations

import re

import pytest
from cellboard.widgets.errors import BoardError, PatternError
from cellboard.widgets.names import matcher


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (None, ["train/loss", "val/loss", "a+b"]),
        ("loss", ["train/loss", "val/loss"]),
        ("^val", ["val/loss"]),
        (re.compile("LOSS", re.I), ["train/loss", "val/loss"]),
        (["a+b", "gone"], ["a+b"]),
    ],
)
def test_chooses_by_pattern_or_by_name(names: object, chosen: list[str]) -> None:
    matches = matcher(names, "tags")  # type: ignore[arg-type]
    assert [name for name in ("train/loss", "val/loss", "a+b") if matches(name)] == chosen


def test_a_bad_pattern_says_where_and_what_to_write() -> None:
    with pytest.raises(PatternError, match=r"tags: 'a\(b' is not a regular expression.*position 1.*a\\\\\(b") as caught:
        matcher("a(b", "tags")
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, BoardError)
