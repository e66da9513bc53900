from __future__ import annotations

import json
import math
import shutil
import subprocess

import pytest
from cellboard.widgets import axis_format as axes


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 199, ["0", "50", "100", "150"]),
        (0, 100_000, ["0", "20k", "40k", "60k", "80k", "100k"]),
        (-0.2, 1.05, ["0.0", "0.5", "1.0"]),
        (0.98121, 0.98134, ["0.98125", "0.98130"]),
        (1e-6, 5e-6, ["1e−6", "2e−6", "3e−6", "4e−6", "5e−6"]),
        (-1, 1, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
    ],
)
def test_ticks_are_round_and_labels_tell_them_apart(low: float, high: float, expected: list[str]) -> None:
    ticks = axes.nice_ticks(low, high)
    assert axes.labels(ticks) == expected
    assert all(low <= tick <= high for tick in ticks)


def test_step_ticks_are_whole_numbers() -> None:
    assert axes.nice_ticks(0, 2, least=1.0) == [0, 1, 2]


@pytest.mark.parametrize("low", [0.0, 5.0, -1e300, math.nan, math.inf])
@pytest.mark.parametrize("high", [0.0, 5.0, 1e300, math.nan, math.inf])
def test_no_range_is_too_odd_for_ticks(low: float, high: float) -> None:
    assert len(axes.labels(axes.nice_ticks(low, high))) < 30


@pytest.mark.parametrize(("low", "high"), [(1e-3, 10), (0.2, 0.9), (1e-300, 1e300), (1, 1.001)])
def test_log_ticks_lie_inside_and_are_few(low: float, high: float) -> None:
    ticks = axes.log_ticks(low, high)
    assert 1 <= len(ticks) <= 12
    assert all(low <= tick <= high for tick in ticks)


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        (40, ["0", "10 s", "20 s", "30 s", "40 s"]),
        (600, ["0", "2 min", "4 min", "6 min", "8 min", "10 min"]),
        (7 * 3600, ["0", "2 h", "4 h", "6 h"]),
        (4 * 86_400, ["0", "1 d", "2 d", "3 d", "4 d"]),
    ],
)
def test_spans_are_written_in_the_unit_that_reads_best(span: float, labels: list[str]) -> None:
    assert axes.span_ticks(0, span)[1] == labels


def test_dates_are_written_as_clock_or_day() -> None:
    hour = axes.date_ticks(0, 3600, 4)[1]
    assert hour == ["00:00", "00:15", "00:30", "00:45", "01:00"]
    assert axes.date_ticks(0, 4 * 86_400, 4)[1] == ["Jan 01", "Jan 02", "Jan 03", "Jan 04", "Jan 05"]


@pytest.mark.parametrize("span", [1e-5, 0.06, 0.5, 2, 90, 5e4, 1e9])
def test_no_span_of_time_is_without_ticks(span: float) -> None:
    for ticks, texts in (axes.date_ticks(1.79e9, 1.79e9 + span, 4), axes.span_ticks(0, span)):
        assert 2 <= len(ticks) <= 12
        assert len(set(texts)) == len(texts)


def test_numbers_keep_what_they_are() -> None:
    assert [axes.number(value) for value in (math.nan, math.inf, -math.inf, -1.5, 1e-7)] == [
        "NaN",
        "Inf",
        "−Inf",
        "−1.5",
        "1e−07",
    ]


@pytest.mark.skipif(
    shutil.which("node") is None, reason="compares with JavaScript's own number formatting: needs Node.js"
)
def test_label_keys_are_javascripts() -> None:
    values = [0.0, 1.0, -2.5, 0.1, 1e-5, 1.5e-7, 3e-10, 1790000000.0, 1e20, 123456789.125, 0.30000000000000004]
    script = f"console.log(JSON.stringify({json.dumps(values)}.map(String)))"
    said = json.loads(subprocess.run(["node", "-e", script], capture_output=True, check=True, timeout=30).stdout)
    assert [axes.label_key(value) for value in values] == said
