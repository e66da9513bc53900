"""Whatever is in a file, everything that is intact is read, and the rest is said."""

from __future__ import annotations

import itertools
import os
import struct

import numpy as np
import pytest
from cellboard.eventlog import LogDir
from cellboard.eventlog.crc32c import crc32c, mask
from cellboard.eventlog.problems import MAX_PER_FILE
from cellboard.eventlog.records import frame
from cellboard.eventlog.scan import scan
from cellboard.eventlog.scan_frames import MAX_PAYLOAD
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("each_scan")


def header(length):
    octets = struct.pack("<Q", length)
    return octets + struct.pack("<I", mask(crc32c(octets)))


@pytest.fixture
def log(events):
    """Twenty records of one size, and that size."""
    payloads = [events.scalar("a", float(at), 100 + at) for at in range(20)]
    return events.log(*payloads), len(frame(payloads[0]))


@pytest.mark.parametrize("bit", [0, 7])
def test_a_flipped_bit_costs_one_record(log, bit):
    data, size = log
    for place in range(5 * size, 6 * size):
        changed = bytearray(data)
        changed[place] ^= 1 << bit
        found = scan(bytes(changed))
        is_in_header = place < 5 * size + 12
        assert found.scalars.step.tolist() == [100 + at for at in range(20) if at != 5 or is_in_header], place
        assert [(part.offset, part.size) for part in found.damage] == [(5 * size, 12 if is_in_header else size)], place
        assert "checksum" in found.damage[0].reason


@pytest.mark.parametrize("record", [0, 5, 19])
@pytest.mark.parametrize("header", [b"\0" * 12, b"\xff" * 12, b"12 letters ", b"\x30" + b"\0" * 11], ids=repr)
def test_an_intact_payload_is_read_whatever_is_left_of_its_header(log, record, header):
    data, size = log
    changed = data[: record * size] + header.ljust(12, b".") + data[record * size + 12 :]
    found = scan(changed)
    assert found.scalars.step.tolist() == [100 + at for at in range(20)]
    assert found.scalars.value.tolist() == list(range(20))
    assert [(part.offset, part.size) for part in found.damage] == [(record * size, 12)]
    assert found.offset == len(data)


def test_two_damaged_headers_in_a_row(log):
    data, size = log
    changed = bytearray(data)
    changed[5 * size : 5 * size + 12] = changed[6 * size : 6 * size + 12] = b"\xee" * 12
    changed[9 * size + 3] ^= 1  # one byte of each of the others
    changed[10 * size + 11] ^= 1
    found = scan(bytes(changed))
    assert found.scalars.step.tolist() == [100 + at for at in range(20) if at not in (5, 6)]
    sizes = [(part.offset // size, part.size) for part in found.damage]
    assert sizes == [(5, 2 * size), (9, 12), (10, 12)]


def embedding(events, inner):
    """A text that holds a log."""
    return events.of_value(events.tensor_value("t", [inner], "text"), 7)


# Of a record that is damaged within its content too, nothing says where it ends once all of its length is lost.
@pytest.mark.parametrize(
    ("place", "is_payload_damaged"),
    [*((place, damaged) for place in range(12) for damaged in (False, True)), ("all", False)],
)
def test_a_log_within_a_record_of_damaged_length_is_no_log(events, place, is_payload_damaged):
    before, after = events.log(events.scalar("a", 1.0, 1)), events.log(events.scalar("a", 2.0, 2))
    outer = bytearray(events.log(embedding(events, events.log(*[events.scalar("evil", 1.0)] * 50))))
    if place == "all":
        outer[:12] = b"\xaa" * 12
    else:
        outer[place] ^= 0x41
    if is_payload_damaged:
        outer[60] ^= 1
    found = scan(before + bytes(outer) + after)
    assert found.tags == (["a"] if is_payload_damaged else ["a", "t"])
    assert found.scalars.step.tolist() == [1, 2]
    size = len(outer) if is_payload_damaged else 12
    assert [(part.offset, part.size) for part in found.damage] == [(len(before), size)]


def test_what_was_read_behind_a_damaged_length_can_be_looked_at(tmp_path, events):
    data = bytearray(events.log(embedding(events, b"hello"), events.scalar("a", 1.0)))
    data[2] ^= 1
    (tmp_path / "tfevents").write_bytes(data)
    with LogDir(tmp_path) as log:
        assert log.runs["."].texts["t"][0].text == "hello"
        [problem] = log.problems
        assert (problem.offset, problem.size) == (0, 12)
        assert "was read" in problem.reason


def test_a_damaged_length_at_the_border_of_what_is_read_at_once(tmp_path, events, monkeypatch):
    records = [events.log(events.scalar("a", float(at), at + 1)) for at in range(30)]
    size = len(records[0])
    monkeypatch.setattr("cellboard.eventlog.tail._WINDOW", 4 * size)
    for record in range(30):
        data = bytearray(b"".join(records))
        data[record * size] ^= 1
        for window in range(4 * size, 5 * size, 7):
            monkeypatch.setattr("cellboard.eventlog.tail._WINDOW", window)
            (tmp_path / "tfevents").write_bytes(data)
            run = LogDir(tmp_path).runs["."]
            assert run.scalars["a"].step.tolist() == list(range(1, 31)), (record, window)
            assert [(problem.offset, problem.size) for problem in run.problems] == [(record * size, 12)]


def test_an_intact_payload_that_is_no_event_is_said_once(events):
    data = bytearray(events.log(events.scalar("a", 1.0), b"\xff\xff\xff", events.scalar("a", 2.0)))
    begin = len(events.log(events.scalar("a", 1.0)))
    data[begin] ^= 1
    found = scan(bytes(data))
    assert found.scalars.value.tolist() == [1.0, 2.0]
    assert [(part.offset, part.size) for part in found.damage] == [(begin, 19)]


def test_headers_of_which_each_may_be_repaired_take_no_more_time_than_their_bytes():
    """Each claims the rest of the file under a wrong checksum, or is followed by thousands that check."""
    count = 20_000
    claiming = b"".join(struct.pack("<QI", 12 * (count - at - 1) + 100, 1) for at in range(count)) + b"x" * 200
    assert scan(claiming).events == 0
    followed = (b"\xee" * 12 + header(5) + b"12345" + bytes(4)) * count
    assert scan(followed).events == 0


def test_a_flipped_bit_in_the_last_record_is_damage_and_nothing_hangs_on_it(log, events):
    data, _ = log
    changed = bytearray(data)
    changed[-10] ^= 1
    found = scan(bytes(changed))
    assert len(found.scalars.step) == 19
    assert found.offset == len(data)
    assert scan(bytes(changed) + events.log(events.scalar("a", 1.0, 200))).scalars.step.tolist()[-1] == 200


def test_a_record_that_was_never_finished_and_appended_to(events):
    whole = [events.scalar("a", float(at), at) for at in range(1, 30)]
    big = frame(b"x" * 2000)
    for cut in (5, 11, 12, 13, 300, 1999):
        data = events.log(*whole[:10]) + big[:cut] + events.log(*whole[10:])
        found = scan(data)
        assert found.scalars.step.tolist() == list(range(1, 30)), cut
        assert [(part.offset, part.size) for part in found.damage] == [(len(events.log(*whole[:10])), cut)]
        assert found.offset == len(data)


def test_a_torn_tail_of_any_length_is_no_damage_and_is_read_when_it_is_whole(tmp_path, events):
    payloads = [
        events.version(),
        events.scalar("loss", 1.0, 1),
        events.of_value(events.tensor_value("t", [b"hi"], "text")),
    ]
    data = events.log(*payloads)
    path = tmp_path / "events.out.tfevents.1"
    for cut in range(len(data)):
        path.write_bytes(data[:cut])
        with LogDir(tmp_path) as log:
            assert log.problems == []
            with path.open("ab") as file:
                file.write(data[cut:])
            log.refresh()
            assert log.problems == []
            run = log.runs["."]
            assert run.scalars["loss"].value.tolist() == [1.0], cut
            assert run.texts["t"][0].text == "hi"


def test_garbage_at_the_end_is_said_once_and_may_yet_end(tmp_path, events):
    path = tmp_path / "tfevents"
    path.write_bytes(events.log(events.scalar("a", 1.0)) + b"\xff" * 50)
    with LogDir(tmp_path) as log:
        begin = len(events.log(events.scalar("a", 1.0)))
        assert [(problem.offset, problem.size) for problem in log.problems] == [(begin, 50)]
        log.refresh()
        for size in (60, 70):
            with path.open("ab") as file:
                file.write(b"\xff" * 10)
            assert log.refresh()
            assert [(problem.offset, problem.size) for problem in log.problems] == [(begin, size)]
        with path.open("ab") as file:
            file.write(events.log(events.scalar("a", 2.0)))
        log.refresh()
        assert log.runs["."].scalars["a"].value.tolist() == [1.0, 2.0]
        assert [(problem.offset, problem.size) for problem in log.problems] == [(begin, 70)]


@pytest.mark.parametrize("content", [b"hello, world\n" * 3, b"\x00" * 5000, bytes(range(256)) * 40_000], ids=len)
def test_a_file_that_is_no_event_log(tmp_path, content):
    (tmp_path / "notes.tfevents.txt").write_bytes(content)
    with LogDir(tmp_path) as log:
        log.refresh()
        [problem] = log.problems
        assert problem.reason.startswith("not an event log")
        assert (problem.run, problem.offset, problem.size) == (".", 0, len(content))
        assert problem.file == str(tmp_path / "notes.tfevents.txt")
        assert str(problem).startswith(problem.file)


@pytest.mark.parametrize("length", [10**6, MAX_PAYLOAD, MAX_PAYLOAD + 1, 2**62, 2**64 - 1])
def test_a_length_beyond_the_file(events, length):
    """Allocates nothing, loses nothing behind it; alone at the end it is a torn tail if it could be one."""
    before, after = events.log(events.scalar("a", 1.0, 1)), events.log(events.scalar("a", 2.0, 2))
    found = scan(before + header(length) + b"junk" + after)
    assert found.scalars.step.tolist() == [1, 2]
    assert [(part.offset, part.size) for part in found.damage] == [(len(before), 16)]
    at_end = scan(before + header(length) + b"junk")
    assert at_end.scalars.step.tolist() == [1]
    assert at_end.offset == len(before)
    assert len(at_end.damage) == (length > MAX_PAYLOAD)


def test_headers_that_all_claim_much_take_no_more_time_than_their_bytes(events):
    """Each claims the rest of the file, whose checksum is wrong: checking every one would take hours."""
    count = 20_000
    data = b"".join(header(12 * (count - at - 1) + 100) for at in range(count)) + b"x" * 200
    found = scan(data)
    assert found.events == 0
    assert sum(part.size for part in found.damage) >= len(data) - 12


def test_alternating_damage_is_counted_but_not_kept_without_bound(tmp_path, events):
    good = events.log(events.scalar("a", 1.0))
    (tmp_path / "x.tfevents").write_bytes((good + b"?") * 500)
    with LogDir(tmp_path) as log:
        assert len(log.runs["."].scalars["a"]) == 500
        assert len(log.problems) == MAX_PER_FILE + 1
        assert "more places" in log.problems[-1].reason


def test_intact_records_that_hold_no_event_or_no_scalar(events):
    wrong = events.of_value(events.tensor_value("w", np.zeros((2, 2)), "scalars"))
    data = events.log(b"\xff\xff\xff", events.scalar("a", 1.0), wrong, b"")
    found = scan(data)
    assert found.scalars.value.tolist() == [1.0]
    reasons = [part.reason for part in found.damage]
    assert len(reasons) == 2
    assert "not a valid Event" in reasons[0]
    assert "'w'" in reasons[1]
    assert found.offset == len(data)


def test_many_headers_that_claim_the_rest_of_the_file_cost_no_more_than_its_size(events, monkeypatch):
    """A file made so that each damaged header asks for a checksum of all that follows."""
    record, count = events.log(events.scalar("a", 1.0)), 2000
    size, data = (len(record) + 12) * count, b""
    for at in range(count):
        length = max(size - (at + 1) * (len(record) + 12) - 11, 1)
        octets = struct.pack("<Q", length)
        data += record + octets + struct.pack("<I", mask(crc32c(octets)) ^ 0x5A5A5A5A)
    summed = []
    monkeypatch.setattr(
        "cellboard.eventlog.scan_repair.crc32c", lambda octets, crc=0: summed.append(len(octets)) or crc32c(octets, crc)
    )
    found = scan(data)
    assert len(found.scalars.step) == count
    assert sum(summed) < 4 * len(data) + (1 << 20)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.lists(st.integers(0, 60), max_size=8), st.integers(0, 2**32))
def test_anything_at_all(junk, lengths, seed):
    """No input makes it fail, go back, or go beyond what there is."""
    rng = np.random.default_rng(seed)
    pieces = [frame(rng.bytes(length)) for length in lengths] + [junk, header(int(rng.integers(0, 400)))]
    data = b"".join(pieces[at] for at in rng.permutation(len(pieces)))
    found = scan(data)
    assert 0 <= found.offset <= len(data)
    ends = [(part.offset, part.offset + part.size) for part in found.damage]
    assert all(0 <= begin < end <= len(data) for begin, end in ends)
    assert all(end <= begin for (_, end), (begin, _) in itertools.pairwise(ends))


def test_windows_smaller_than_records_and_damage(tmp_path, events, monkeypatch):
    """Reading in pieces finds what reading at once finds."""
    monkeypatch.setattr("cellboard.eventlog.tail._WINDOW", 64)
    scalars = [events.scalar("a", float(at), at) for at in range(1, 40)]
    text = events.of_value(events.tensor_value("t", [b"x" * 500], "text"), 3)
    junk = os.urandom(333)
    data = events.log(*scalars[:20], text) + junk + events.log(*scalars[20:], text)
    (tmp_path / "tfevents").write_bytes(data)
    with LogDir(tmp_path) as log:
        run = log.runs["."]
        assert run.scalars["a"].step.tolist() == list(range(1, 40))
        assert [sample.text for sample in run.texts["t"]] == ["x" * 500] * 2
        begin = len(events.log(*scalars[:20], text))
        assert [(problem.offset, problem.size) for problem in log.problems] == [(begin, 333)]


def test_a_file_of_endless_zeros_is_given_up_but_not_its_future(tmp_path, events, monkeypatch):
    monkeypatch.setattr("cellboard.eventlog.tail._GIVE_UP", 8 << 20)
    path, size = tmp_path / "tfevents", 1 << 40
    path.write_bytes(events.log(events.scalar("a", 1.0)))
    begin = path.stat().st_size
    os.truncate(path, size)
    log = LogDir(tmp_path)
    assert [(problem.offset, problem.size) for problem in log.problems] == [(begin, size - begin)]
    with path.open("ab") as file:
        file.write(events.log(events.scalar("a", 2.0)))
    log.refresh()
    assert log.runs["."].scalars["a"].value.tolist() == [1.0, 2.0]


def test_a_file_that_shrinks_while_it_is_read(tmp_path, events, monkeypatch):
    """The size is that of a moment ago: less comes than was asked for."""
    path = tmp_path / "tfevents"
    text = events.of_value(events.tensor_value("t", [b"x" * 5000], "text"))
    path.write_bytes(events.log(events.scalar("a", 1.0), text))
    size = path.stat()
    monkeypatch.setattr("cellboard.eventlog.tail._WINDOW", 100)
    monkeypatch.setattr("cellboard.eventlog.tail.os.fstat", lambda number: size)
    os.truncate(path, 1000)
    assert len(LogDir(tmp_path).runs["."].scalars["a"]) == 1
