"""What is written in C gives what its twin in Python gives."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import numpy as np
import pytest
from cellboard.eventlog import event_file_writer, grouping, scalar_batch
from cellboard.eventlog.crc32c import crc32c_numpy, plain_crc32c
from cellboard.eventlog.messages import SCHEMA
from cellboard.eventlog.native import kernel, native_available
from cellboard.eventlog.number_rows import BadRowError, count_python, count_rows, parse_python, parse_rows
from cellboard.eventlog.scan_columns import ScalarColumns
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.skipif(not native_available(), reason="the extension was not built")

tags = st.one_of(
    st.sampled_from(["", "loss", "a" * 120, "b" * 20_000]), st.text(st.characters(codec=None), max_size=140)
)
numbers = st.one_of(st.floats(), st.sampled_from([0.0, -0.0, 3.4e38, 3.5e38, -1e300, 1e-46, float("nan")]))
steps = st.one_of(st.integers(-(2**63), 2**63 - 1), st.integers(-3, 20_000), st.just(0))
scalars = st.tuples(tags, numbers, steps, st.one_of(st.floats(), st.just(0.0), st.just(-0.0)))


@settings(deadline=None)
@given(st.lists(st.one_of(scalars, st.binary(max_size=300)), max_size=30), st.integers(1, 12))
def test_records_of_events(events, times):
    events *= times
    assert kernel.frame_events(events) == event_file_writer.encode_python(events)


@given(scalars)
def test_the_record_of_a_scalar(scalar):
    assert kernel.frame_events([scalar]) == scalar_batch.encode_plain([scalar])


@pytest.mark.parametrize(
    ("event", "error"),
    [
        (("tag", 1.0, 2**63, 0.0), OverflowError),
        (("tag", "1", 1, 0.0), TypeError),
        ((1, 1.0, 1, 0.0), TypeError),
        (("tag", 1.0, 1), ValueError),
        ("tag", SystemError),
    ],
)
def test_what_is_no_event(event, error):
    with pytest.raises(error):
        kernel.frame_events([("tag", 1.0, 1, 0.0), event])


@given(st.binary(max_size=600), st.integers(0, 600))
def test_checksums(data, cut):
    assert kernel.crc32c(data) == plain_crc32c(data) == crc32c_numpy(data)
    for by_table in (False, True):
        assert kernel.crc32c(data[cut:], kernel.crc32c(data[:cut], 0, by_table), by_table) == plain_crc32c(data)


@pytest.mark.parametrize("size", [65_535, 65_536, (1 << 20) + 5])
def test_checksums_of_much(size):
    data = np.random.default_rng(size).bytes(size)
    assert kernel.crc32c(data) == kernel.crc32c(memoryview(bytearray(data))) == crc32c_numpy(data)


@given(st.lists(st.integers(0, 5), max_size=200), st.integers(6, 9))
def test_scalars_by_tag(tag, tags):
    rows = np.arange(len(tag))
    columns = ScalarColumns(np.array(tag, np.int32), rows, rows * 0.5, rows * -1.0)
    found, ends = grouping.group(columns, tags)
    wanted, wanted_ends = grouping.group_numpy(columns, tags)
    assert ends.tolist() == wanted_ends.tolist()
    assert ends.dtype == wanted_ends.dtype == np.int64
    for name, column in wanted.items():
        assert found[name].dtype == column.dtype
        assert found[name].tolist() == column.tolist()


@pytest.mark.parametrize("tag", [[-1], [0, 2], [2**31 - 1]])
def test_a_tag_that_there_is_not(tag):
    column = np.zeros(len(tag))
    with pytest.raises(ValueError, match="no such tag"):
        kernel.group(np.array(tag, np.int32), column, column, column, 2)
    with pytest.raises(ValueError, match="of one length"):
        kernel.group(np.array(tag, np.int32), column, column[1:], column, 2)


def test_a_walk_belongs_to_one_thread_and_ends(events):
    data = events.log(*[events.scalar("a", 1.0, at) for at in range(200_000)])
    walk = kernel.begin_walk(data, 0, [], bytes(16))
    refused, starting = [], threading.Event()

    def follow():
        starting.set()
        walk.follow(0)

    thread = threading.Thread(target=follow)
    thread.start()
    starting.wait()
    while thread.is_alive():
        try:
            walk.rows()
        except RuntimeError as error:
            refused.append(str(error))
    thread.join()
    assert set(refused) <= {"another thread is walking"}
    assert walk.rows() == (200_000, 0)
    walk.finish()
    for call in (walk.rows, walk.finish, lambda: walk.follow(0)):
        with pytest.raises(RuntimeError, match="finished"):
            call()


@pytest.mark.parametrize("at", [-1, 11, 2**62])
def test_a_walk_stays_in_its_buffer(at):
    with pytest.raises(IndexError):
        kernel.begin_walk(bytes(10), 0, [], bytes(16)).follow(at)


@pytest.mark.parametrize(("offset", "key"), [(-1, bytes(16)), (0, bytes(15)), (2**63 - 1, bytes(16))])
def test_a_walk_that_cannot_begin(offset, key):
    with pytest.raises(ValueError, match=r"16 bytes|that far"):
        kernel.begin_walk(bytes(10), offset, [], key)


def test_columns_outlive_their_walk_and_are_not_shared(events):
    """Memory goes from scan to scan, but never while somebody looks at it."""
    first = events.log(*[events.scalar("a", 1.0, at) for at in range(30_000)])
    second = events.log(*[events.scalar("b", 2.0, at + 5) for at in range(30_000)])

    def steps(data):
        walk = kernel.begin_walk(data, 0, [], bytes(16))
        walk.follow(0)
        return np.frombuffer(walk.finish()[2][1], np.int64)

    for _ in range(5):
        kept, other = steps(first), steps(second)
        assert kept.tolist() == list(range(30_000))
        assert other.tolist() == list(range(5, 30_005))
    kernel.trim()
    assert kept[-1] == 29_999


def test_without_the_extension_everything_is_there():
    code = "from cellboard.eventlog.native import native_available as a; from cellboard import LogDir; print(a())"
    environment = {**os.environ, "CELLBOARD_NO_NATIVE": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


FIELDS_KNOWN_IN_C = {
    "Event": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    "Summary": [1],
    "Summary.Value": [1, 7, 9, 2, 3, 4, 5, 6, 8],
    "Summary.Image": [1, 2, 3, 4],
    "Summary.Audio": [1, 2, 3, 4, 5],
    "HistogramProto": [1, 2, 3, 4, 5, 6, 7],
    "SummaryMetadata": [1, 2, 3, 4],
    "SummaryMetadata.PluginData": [1, 2],
    "TensorProto": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 18],
    "TensorShapeProto": [2, 3],
    "TensorShapeProto.Dim": [1, 2],
}


def test_the_scan_in_c_knows_every_field():
    """Whoever gives a message another field teaches it to eventlog/native as well: it skips what it does not know."""
    messages = {paragraph.split("\n")[0]: paragraph.split("\n")[1:] for paragraph in SCHEMA.strip().split("\n\n")}
    for name, known in FIELDS_KNOWN_IN_C.items():
        assert [int(field.split()[0]) for field in messages[name]] == known, name


def between(bits):
    """Halfway between two floats: where the last digit decides."""
    one, other = np.array([bits, bits + 1], np.uint32).view(np.float32).tolist()
    return repr((one + other) / 2)


cells = st.one_of(
    st.floats().map(repr),
    st.floats(width=32).map(repr),
    st.integers(0, 0x7F7FFFFE).map(between),
    st.from_regex(r"[+-]?[0-9]{0,22}\.?[0-9]{0,22}([eE][+-]?[0-9]{1,3})?", fullmatch=True),
    st.sampled_from(["nan", "-Infinity", " 1", "1_0", "", "x", "0x1p3", "1\r", "\xff", "1.401298464324817e-45", "-0"]),
)


def parsed(parse, data, dims, rows):
    out = np.zeros((count_rows(data) if rows is None else len(rows), dims), np.float32)
    try:
        parse(data, dims, rows, out)
    except BadRowError as error:
        return error.row, error.reason
    return np.where(np.isnan(out), np.float32(12345), out).tobytes()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(cells, min_size=2, max_size=3), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n", "\n\n", "\n\r\n"]),
    st.sets(st.integers(0, 5)),
    st.booleans(),
)
def test_rows_of_numbers(lines, end, picked, picks):
    data = (end.join("\t".join(line) for line in lines) + end).encode("latin-1")
    assert count_rows(data) == count_python(data)
    rows = np.array(sorted(picked), np.int64) if picks else None
    assert parsed(parse_rows, data, len(lines[0]), rows) == parsed(parse_python, data, len(lines[0]), rows)


def test_numbers_as_writers_write_them():
    values = (np.random.default_rng(0).normal(size=(300, 7)) * 10.0 ** np.arange(-15, 6, 3)).astype(np.float32)
    for written in ("\t".join(map(repr, row)) for row in values.tolist()):
        out = np.empty((1, 7), np.float32)
        assert kernel.parse_rows(written.encode(), 7, None, out) == b""  # none is left to Python
    lines = "\n".join("\t".join(f"{value:.18e}" for value in row) for row in values.tolist())
    assert parsed(parse_rows, lines.encode(), 7, None) == values.tobytes()


def test_rows_without_room():
    for dims, rows in [(0, None), (-1, None), (2, np.zeros(1, np.int64))]:
        with pytest.raises(ValueError, match="no room"):
            kernel.parse_rows(b"1\t2\n" * 4, dims, rows, np.zeros((3, 2), np.float32))
    with pytest.raises((TypeError, BufferError)):
        kernel.parse_rows(b"1\n", 1, None, b"1234")
