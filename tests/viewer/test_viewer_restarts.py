"""What the HTTP API says of restarts, and which points it chooses for axes that are not even."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import SummaryWriter


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("restarts")
    for begin, end, purge in ((0, 50, None), (30, 45, 30), (40, 80, 40)):
        with SummaryWriter(root / "twice", purge_step=purge) as writer:
            for step in range(begin, end):
                writer.add_scalar("loss", float(step + begin), step)
    with SummaryWriter(root / "once") as writer:
        for step in range(20_000):
            writer.add_scalar("loss", np.sin(step), step, walltime=1.7e9 + step)
    return root


def read(viewer: Any, run: str, **query: Any) -> tuple[dict[str, Any], list[np.ndarray]]:
    """The head of the only series, and its arrays in the order in which they are sent."""
    body = viewer.get("api/v1/scalars", tag="loss", run=run, **query).body
    length = int.from_bytes(body[:4], "little")
    (head,) = json.loads(body[4 : 4 + length])["series"]
    numbers = np.frombuffer(body, "<f8", offset=4 + length)
    lengths = [head["n"]] * 3 + [head["superseded"]] * (3 if head["superseded"] else 0)
    assert sum(lengths) == len(numbers)
    return head, np.split(numbers, np.cumsum(lengths)[:-1])


def test_each_restart_says_what_it_made_void(viewer: Any) -> None:
    head, (step, wall_time, value) = read(viewer, "twice")
    assert head["restarts"] == [
        {"step": 30, "last": 49, "count": 20, "wall_time": wall_time[30]},
        {"step": 40, "last": 44, "count": 5, "wall_time": wall_time[40]},
    ]
    assert head["superseded"] == 0
    assert step.tolist() == list(range(80))
    assert value[[29, 35, 41]].tolist() == [29, 65, 81]
    assert read(viewer, "once", width=100)[0]["restarts"] == []


@pytest.mark.parametrize("axis", ["step", "wall", "relative"])
def test_void_points_are_sent_if_asked_for(viewer: Any, axis: str) -> None:
    head, columns = read(viewer, "twice", superseded=1, x=axis)
    assert head["superseded"] == 25
    step, wall_time, value = columns[3:]
    assert step.tolist() == [*range(30, 50), *range(40, 45)]
    assert value.tolist() == [*range(30, 50), *(at + 30 for at in range(40, 45))]
    assert columns[1][39] <= wall_time[-1] <= columns[1][40]


def test_points_are_chosen_by_columns_of_a_logarithmic_axis(viewer: Any) -> None:
    even = read(viewer, "once", width=100)[1][0]
    assert (even < 150).sum() < 8
    head, (step, _, value) = read(viewer, "once", width=100, x_scale="log")
    assert head["unplaced"] == 1
    # With one neighbour that has no place.
    assert step[step < 25].tolist() == list(range(25))
    assert len(step) <= 402
    assert value.max() == np.sin(np.arange(20_000)).astype(np.float32).max()
    head, (step, *_) = read(viewer, "once", width=100, x_scale="symlog", **{"from": 0, "to": 1000})
    assert head["unplaced"] == 0
    assert step[:10].tolist() == list(range(10))
    assert step[-1] == 1001


def test_the_ends_of_a_logarithmic_range_may_have_no_place(viewer: Any) -> None:
    step = read(viewer, "once", width=100, x_scale="log", **{"from": -5, "to": 100})[1][0]
    assert step.tolist() == list(range(102))
    assert viewer.get("api/v1/scalars", tag="loss", x_scale="cubic").status == 400
