"""What reading promises: damage costs at most a record, no peak is lost, every step of every medium can be reached."""

from __future__ import annotations

import itertools
import random
import tracemalloc

import numpy as np
import pytest
from cellboard import SummaryWriter
from cellboard.eventlog import LogDir, thin
from cellboard.eventlog.messages import Summary
from cellboard.eventlog.records import HEADER, frame
from cellboard.eventlog.scan import scan

RECORDS = 5000
APART = 10


@pytest.fixture(scope="module")
def long_log(events):
    """A file of 5,000 scalars, whose steps are 1 to 5,000, and where each record begins."""
    records = [frame(events.scalar("train/loss", float(step), step, 1e9 + step)) for step in range(1, RECORDS + 1)]
    begins = np.cumsum([0, *map(len, records)]).tolist()
    return b"".join(records), begins


@pytest.mark.parametrize("bit", [0, 3, 7])
def test_a_flipped_byte_anywhere_costs_at_most_its_record(long_log, bit):
    """Every byte of every record, in records that are apart from each other: each flip costs no more than one."""
    data, begins = long_log
    longest = max(end - begin for begin, end in itertools.pairwise(begins))
    everything = set(range(1, RECORDS + 1))
    for first in range(APART):
        records = list(range(first, RECORDS, APART))
        for place in range(longest):
            hit = [at for at in records if begins[at] + place < begins[at + 1]]
            changed = bytearray(data)
            for at in hit:
                changed[begins[at] + place] ^= 1 << bit
            found = scan(bytes(changed))
            missing = everything - set(found.scalars.step.tolist())
            is_in_header = place < HEADER
            assert missing == (set() if is_in_header else {at + 1 for at in hit}), (first, place)
            ends = [(begins[at], begins[at] + HEADER if is_in_header else begins[at + 1]) for at in hit]
            assert [(part.offset, part.end) for part in found.damage] == ends, (first, place)


def test_damage_is_named_where_it_is(tmp_path, long_log):
    data, begins = long_log
    path = tmp_path / "events.out.tfevents.1"
    choose = random.Random(7)
    for _ in range(150):
        place = choose.randrange(len(data))
        record = int(np.searchsorted(begins, place, side="right")) - 1
        changed = bytearray(data)
        changed[place] ^= choose.randrange(1, 256)
        path.write_bytes(changed)
        run = LogDir(tmp_path).runs["."]
        steps = run.scalars["train/loss"].step
        is_in_header = place - begins[record] < HEADER
        assert len(steps) == RECORDS - (not is_in_header)
        assert (record + 1 in steps) == is_in_header
        [problem] = run.problems
        size = HEADER if is_in_header else begins[record + 1] - begins[record]
        assert (problem.file, problem.offset, problem.size) == (str(path), begins[record], size)
        assert problem.reason


@pytest.fixture(scope="module")
def spiky(tmp_path_factory):
    """A million points of noise, one of them 100 above the others."""
    folder = tmp_path_factory.mktemp("spiky")
    values = np.random.default_rng(3).normal(size=1_000_000).astype(np.float32)
    values[567_890] += 100
    with SummaryWriter(folder) as writer:
        for step, value in enumerate(values.tolist()):
            writer.add_scalar("noise", value, step)
    return LogDir(folder).runs["."].scalars["noise"]


def test_a_spike_among_a_million_points_is_in_every_view(spiky):
    assert len(spiky) == 1_000_000
    for width in [*range(1, 20), 50, 100, 333, 640, 1000, 1280, 1920, 3840, 7680]:
        kept = thin(spiky.step, spiky.value, width)
        assert 567_890 in kept
        assert len(kept) <= 4 * width + 2


def test_a_spike_is_in_every_view_that_it_lies_in(spiky):
    choose = random.Random(5)
    for _ in range(60):
        low, high = choose.randint(0, 567_890), choose.randint(567_890, 999_999)
        assert 567_890 in thin(spiky.step, spiky.value, choose.randint(1, 2000), low, high)


def test_three_thousand_steps_of_images_are_there_and_take_no_memory(tmp_path, events):
    size = 20_000
    with (tmp_path / "tfevents").open("wb") as file:
        for step in range(3000):
            octets = step.to_bytes(4, "big") * (size // 4)
            value = Summary.Value(tag="sample", image=Summary.Image(encoded_image_string=octets))
            file.write(frame(events.of_value(value, step, 1e9 + step)))
    tracemalloc.start()
    try:
        series = LogDir(tmp_path).runs["."].images["sample"]
        assert series.step.tolist() == list(range(3000))
        for step, sample in enumerate(series):
            assert (sample.step, sample.encoded[:4], len(sample.encoded)) == (step, step.to_bytes(4, "big"), size)
        assert series[2999].encoded == (2999).to_bytes(4, "big") * (size // 4)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12 << 20  # the file has 60 MB


def test_many_tags_take_little_memory(tmp_path, events):
    count = 20_000
    data = events.log(*[events.scalar(f"layer{at}/weight", 1.0) for at in range(count)])
    (tmp_path / "tfevents").write_bytes(data)
    LogDir(tmp_path)  # what is made once
    tracemalloc.start()
    try:
        log = LogDir(tmp_path)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(log.runs["."].scalars) == count
    assert kept < 900 * count
