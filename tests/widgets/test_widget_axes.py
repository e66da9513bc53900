from __future__ import annotations

import json
import math
import shutil
import subprocess

import numpy as np
import pytest
from cellboard.widgets import axis_format as axes
from cellboard.widgets.value_scale import Y_SCALES, value_scale


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


@pytest.mark.parametrize(
    ("values", "threshold", "expected"),
    [
        ([0.016, 0.03, 0.1, 0.4, 2.3], 0.01, ["0.03", "0.1", "0.3", "1", "3"]),
        ([-1e3, 1e-6, 1e6], 1e-3, ["−1000", "−1", "0", "1", "1000", "1e+06"]),
        ([100.0, 104.0, 109.0], 100, ["100", "105"]),
        ([0.0, 0.0], 1, ["0", "0.5", "1"]),
        ([math.nan, math.inf], 1, ["0", "0.5", "1"]),
    ],
)
def test_symlog_has_a_place_for_every_value(values: list[float], threshold: float, expected: list[str]) -> None:
    scale = value_scale("symlog", [np.array(values)])
    assert scale.threshold == pytest.approx(threshold)
    places = scale.places(np.array(values))
    low, high = scale.range([places])
    assert all(low <= place <= high for place in places[np.isfinite(places)])
    ticks, texts = scale.ticks(low, high)
    assert texts == expected
    assert ticks == sorted(ticks)
    assert all(low <= tick <= high + 1e-9 for tick in ticks)


def test_a_range_as_wide_as_floats_are_is_shown() -> None:
    for kind in Y_SCALES:
        scale = value_scale(kind, [np.array([-1.7e308, 1.7e308])])
        low, high = scale.range([scale.places(np.array([-1.7e308, 1.7e308]))])
        assert low < high
        assert isinstance(scale.ticks(low, high)[1], list)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.00824, "0.00824s"),
        (59, "59s"),
        (61, "1m 1s"),
        (7384, "2h 3m"),
        (200_000, "2d 7h"),
        (-5, "−5s"),
        (math.nan, "–"),
    ],
)
def test_a_stretch_of_time_has_its_two_greatest_units(seconds: float, text: str) -> None:
    assert axes.duration(seconds) == text
