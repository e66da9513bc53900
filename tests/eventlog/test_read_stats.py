"""Scalars in a few numbers, beside what numpy says of each series alone."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import scalar_stats
from cellboard.eventlog.scalar_stats import ScalarStats, stats_of, value_at

RNG = np.random.default_rng(3)
# All are float32, as they are logged.
SERIES = {
    "one": [0.5],
    "nan": [math.nan, math.nan],
    "between": [math.nan, 2.0, -1.0, math.nan, 2.0, -1.0, math.nan],
    "inf": [1.0, math.inf, -math.inf],
    "up": [0.0, math.inf],
    "same": [3.0] * 9,
    **{f"random{at}": RNG.normal(size=200).astype(np.float32).tolist() for at in range(5)},
}


@pytest.fixture
def scalars(tmp_path):
    with SummaryWriter(tmp_path) as writer:
        for tag, values in SERIES.items():
            for at, value in enumerate(values):
                writer.add_scalar(tag, value, 10 * at)
    return LogDir(tmp_path).runs["."].scalars


def alone(values: list[float]) -> ScalarStats:
    """The readable twin."""
    numbers = [(value, 10 * at) for at, value in enumerate(values) if not math.isnan(value)]
    low, high = (numbers and pick(numbers, key=lambda pair: pair[0]) for pick in (min, max))
    mean = float(np.mean([value for value, _ in numbers])) if numbers else math.nan
    return ScalarStats(
        first=values[0],
        last=values[-1],
        min=low[0] if low else math.nan,
        max=high[0] if high else math.nan,
        mean=mean,
        last_step=10 * (len(values) - 1),
        min_step=low[1] if low else None,
        max_step=high[1] if high else None,
    )


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
@pytest.mark.parametrize("at_once", [1, 150, 1 << 20])
def test_many_at_once_are_as_each_alone(scalars, monkeypatch, at_once):
    monkeypatch.setattr(scalar_stats, "_AT_ONCE", at_once)
    stats_of(scalars.values())
    for tag, values in SERIES.items():
        found, expected = scalars[tag].stats, alone(values)
        for name in ScalarStats.__slots__:
            said, wanted = getattr(found, name), getattr(expected, name)
            assert type(said) is type(wanted), (tag, name)
            assert said is wanted or said == pytest.approx(wanted, rel=1e-12, nan_ok=True), (tag, name)


def test_what_was_found_stays_with_the_series(scalars):
    assert scalars["one"].stats is scalars["one"].stats
    assert scalars["one"].superseded.stats is None


@pytest.mark.parametrize(
    ("steps", "step", "index"),
    [
        ([0, 10, 20], 10, 1),
        ([0, 10, 20], 19, 1),
        ([0, 10, 20], 99, 2),
        ([0, 10, 20], -1, None),
        ([0, 5, 5, 9], 5, 2),
        ([5, 9, 0, 5, 1], 6, 3),
        ([5, 9, 0, 5, 1], 2, 4),
        ([5, 9, 7], 4, None),
    ],
)
def test_the_value_at_a_step(tmp_path, steps, step, index):
    with SummaryWriter(tmp_path) as writer:
        for at, one in enumerate(steps):
            writer.add_scalar("x", float(at), one)
    series = LogDir(tmp_path, restarts="all").runs["."].scalars["x"]
    assert series.step.tolist() == steps
    assert value_at(series, step) == index
