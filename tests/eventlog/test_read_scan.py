"""The scan against a plain twin that takes one event at a time."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cellboard.eventlog.crc32c import crc32c, mask
from cellboard.eventlog.messages import Event, Summary
from cellboard.eventlog.records import Record, frame, iter_records
from cellboard.eventlog.scan import scan
from cellboard.eventlog.scan_events import Entry, Scalar, read_event
from cellboard.eventlog.scan_patterns import pattern_of, read_matching
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("each_scan")

steps = st.one_of(st.integers(-3, 300), st.integers(-(2**63), 2**63 - 1), st.just(0))
times = st.one_of(st.floats(1.5e9, 1.7e9), st.sampled_from([0.0, -0.0, math.nan, math.inf]))
tags = st.sampled_from(["a", "b", "loss", "acc!", "é/ü", "", "x" * 100, "y" * 130])
numbers = st.one_of(st.floats(width=32), st.sampled_from([0.0, math.nan, -math.inf]))


def plain_scan(data, plugins=None):
    """Scalars and entries of `data`, event by event."""
    known, scalars, entries = dict(plugins or {}), [], []
    for record in iter_records(data):
        assert isinstance(record, Record)
        event = read_event(record.payload, lambda tag: known.get(tag, ""))
        for tag, metadata in (event.metadata or {}).items():
            known.setdefault(tag, metadata.plugin)
        for found in event.found:
            if isinstance(found, Scalar):
                scalars.append((found.tag, event.step, event.wall_time, found.value))
            else:
                place = (record.offset + 12, len(record.payload), found.item)
                entries.append((found.kind, found.tag, event.step, event.wall_time, *place))
    return scalars, entries


def rows_of(found):
    scalars, entries = found.scalars, found.entries
    names = [found.tags[tag] for tag in scalars.tag]
    kinds = [(found.kinds[kind], found.tags[tag]) for kind, tag in zip(entries.kind, entries.tag, strict=True)]
    columns = (entries.step, entries.wall_time, entries.offset, entries.length, entries.item)
    return (
        list(zip(names, *(c.tolist() for c in (scalars.step, scalars.wall_time, scalars.value)), strict=True)),
        [(*kind, *rest) for kind, rest in zip(kinds, zip(*(c.tolist() for c in columns), strict=True), strict=True)],
    )


def assert_same(found, wanted):
    for mine, theirs in zip(rows_of(found), wanted, strict=True):
        assert repr(mine) == repr(theirs)  # NaN equals NaN, and -0.0 is not 0.0


@pytest.fixture(scope="module")
def a_scalar_event(events):
    """Strategy of one scalar event, in one of the forms in which they are written."""

    def build(form, tag, number, step, wall_time):
        if form == "simple":
            return events.scalar(tag, number, step, wall_time)
        if form == "named":
            value = Summary.Value(tag=tag, simple_value=number)
            value.metadata.display_name = "A name"
            return events.of_value(value, step, wall_time)
        dtype, plugin = {"float": ("f4", "scalars"), "double": ("f8", "scalars"), "bare": ("f4", "")}[form]
        value = events.tensor_value(tag, np.array(number, dtype), plugin)
        if form == "double":  # as torch writes it, without content and shape
            value.tensor.Clear()
            value.tensor.dtype = 2
            value.tensor.double_val.append(number)
        return events.of_value(value, step, wall_time)

    forms = st.sampled_from(["simple", "named", "float", "double", "bare"])
    return st.builds(build, forms, tags, numbers, steps, times)


def test_many_scalars_alike(events):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["aa", "ab", "é"]), numbers, st.integers(-2, 40_000)), min_size=30))
    def check(points):
        data = events.log(
            events.version(),
            *(events.scalar(tag, number, step, 1e9 + at) for at, (tag, number, step) in enumerate(points)),
        )
        found = scan(data)
        assert len(found.scalars.step) == len(points)
        assert_same(found, plain_scan(data))

    check()


def test_scalars_of_every_form_and_other_events(events, a_scalar_event):
    histogram = events.tensor_value("h", np.zeros((2, 3)), "histograms")
    image = Summary.Value(tag="i", image=Summary.Image(encoded_image_string=b"x" * 100))
    others = [events.of_value(histogram), events.of_value(image), events.start(3), events.version()]

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(a_scalar_event, min_size=1, max_size=4),
        st.lists(st.sampled_from(others), max_size=3),
        st.integers(1, 30),
        st.randoms(use_true_random=False),
    )
    def check(kinds, more, times, random):
        payloads = kinds * times + more
        random.shuffle(payloads)
        data = events.log(*payloads)
        assert_same(scan(data), plain_scan(data))

    check()


def test_a_scan_in_pieces_is_the_scan_of_the_whole(events):
    value = events.tensor_value("t", np.array(3.0))
    first = events.tensor_value("t", np.array(2.0), "scalars", display_name="T")
    payloads = [events.version(), events.start(0), events.of_value(first, 1), events.of_value(value, 2)]
    payloads += [events.scalar("a", at, at) for at in range(60)]
    data = events.log(*payloads)
    whole = scan(data)
    for cut in range(0, len(data), 7):
        before = scan(data[:cut])
        plugins = {tag: metadata.plugin for tag, metadata in before.metadata.items()}
        after = scan(data[before.offset :], before.offset, plugins=plugins)
        assert after.offset == len(data)
        joined = [a + b for a, b in zip(rows_of(before), rows_of(after), strict=True)]
        assert repr(joined) == repr(list(rows_of(whole)))


def test_metadata_is_what_was_said_first(events):
    value = events.tensor_value
    said = [value("t", np.array(1.0, "f4"), "scalars", display_name=name) for name in ("first", "other")]
    for count in (1, 40):
        data = events.log(events.of_value(said[0]), *[events.of_value(said[1])] * count)
        assert scan(data).metadata["t"].display_name == "first"


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"])
def test_a_tensor_of_any_type_is_a_scalar(events, dtype):
    data = events.log(events.of_value(events.tensor_value("t", np.array(1, dtype), "scalars"), 5))
    assert rows_of(scan(data))[0] == [("t", 5, 1.0, 1.0)]
    data = events.log(events.of_value(events.tensor_value("t", np.ones(1, dtype), "scalars"), 5))
    assert rows_of(scan(data))[0] == [("t", 5, 1.0, 1.0)]


def test_what_has_no_metadata(events):
    number, text = events.tensor_value("n", np.array(4.0)), events.tensor_value("t", [b"hello"])
    data = events.log(events.of_value(number), events.of_value(text))
    found = scan(data)
    assert [row[0] for row in rows_of(found)[0]] == ["n"]
    assert [row[:2] for row in rows_of(found)[1]] == [("", "t")]
    assert [row[:2] for row in rows_of(scan(data, plugins={"t": "text", "n": "else"}))[1]] == [
        ("else", "n"),
        ("text", "t"),
    ]


def test_a_value_under_its_old_name_a_hollow_one_and_metadata_alone(events):
    old = Summary.Value(node_name="node")
    old.tensor.CopyFrom(events.tensor_value("", np.array(1.0)).tensor)
    alone = Summary.Value(tag="_hparams_/experiment")
    alone.metadata.plugin_data.plugin_name = "hparams"
    event = Event(wall_time=2, summary=Summary(value=[old, Summary.Value(tag="hollow"), alone]))
    scalars, entries = rows_of(scan(events.log(event.SerializeToString())))
    assert [row[0] for row in scalars] == ["node"]
    assert [(row[0], row[1], row[-1]) for row in entries] == [("hparams", "_hparams_/experiment", 2)]


def test_where_a_session_begins_anew(events):
    data = events.log(events.start(0), events.scalar("a", 1), events.scalar("a", 2), events.start(7, 9.0))
    starts = scan(data).starts
    assert [(start.step, start.wall_time, start.scalars) for start in starts] == [(0, 1.0, 0), (7, 9.0, 2)]


def test_a_tag_that_is_no_text_is_reported(events):
    good = events.scalar("tag", 1.0, 5)
    data = events.log(*[good] * 30, *[good.replace(b"tag", b"t\xffg")] * 3)
    found = scan(data)
    assert len(found.scalars.step) == 30
    assert [damage.size for damage in found.damage] == [len(frame(good))] * 3


@pytest.mark.parametrize("damaged", [0, 7, 39])
def test_every_checksum_is_checked_in_a_batch(events, damaged):
    payloads = [events.scalar("a", at, at + 1) for at in range(40)]
    data = bytearray(events.log(*payloads))
    size = len(data) // 40
    data[damaged * size + 20] ^= 4
    found = scan(bytes(data))
    assert [damage.offset for damage in found.damage] == [damaged * size]
    assert found.scalars.step.tolist() == [at + 1 for at in range(40) if at != damaged]


@given(st.binary(max_size=60))
def test_the_pattern_of_anything(octets):
    assert pattern_of(octets) is None or len(octets) >= 20
    assert pattern_of(b"\x09" + octets) is None or len(octets) >= 19


def test_a_pattern_is_never_found_where_protobuf_sees_something_else(events):
    original = events.scalar("a", 1.0, 300)

    @settings(max_examples=300, deadline=None)
    @given(st.integers(9, len(original) - 1), st.integers(0, 255))
    def check(place, octet):
        changed = original[:place] + bytes([octet]) + original[place + 1 :]
        data = frame(changed) * 40
        found = scan(data)
        try:
            wanted = plain_scan(data)
        except ValueError:
            assert len(found.damage) == 40
        else:
            assert_same(found, wanted)

    check()


def test_reading_by_pattern_sees_every_column(events):
    payload = events.scalar("loss", 0.25, 12345, 1.5e9)
    row = np.zeros((3, -(-len(payload) // 8) * 8), np.uint8)
    row[:, : len(payload)] = np.frombuffer(payload, np.uint8)
    read = read_matching(row, pattern_of(payload))
    assert (read.step.tolist(), read.value.tolist(), read.tag) == ([12345] * 3, [0.25] * 3, [b"loss"] * 3)


def test_a_scan_touches_nothing_but_what_it_is_given(events):
    payloads = [events.scalar("a", at, at) for at in range(50)]
    data = events.log(*payloads)
    found, again = scan(data, 1000), scan(data, 1000)
    assert rows_of(found) == rows_of(again)
    assert found.offset == 1000 + len(data)


def test_an_entry_says_where_its_payload_is(events):
    text = events.of_value(events.tensor_value("t", [b"hello"], "text"), 3)
    data = events.log(events.version(), text)
    found = scan(data, 500).entries
    begin = int(found.offset[0]) - 500
    assert data[begin : begin + int(found.length[0])] == text
    assert mask(crc32c(text)) == int.from_bytes(data[-4:], "little")
    assert Entry("text", "t", 0) == read_event(text, lambda tag: "").found[0]
