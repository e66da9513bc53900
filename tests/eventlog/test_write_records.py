"""Framing and checksums, held against published vectors, against a plain twin and against TensorBoard's reader."""

from __future__ import annotations

import io

import numpy as np
import pytest
from cellboard.eventlog import RecordError
from cellboard.eventlog.crc32c import crc32c, crc32c_rows, mask, plain_crc32c
from cellboard.eventlog.records import (
    Damage,
    Record,
    frame,
    iter_file,
    iter_records,
    read_record,
    whole_records,
)
from hypothesis import given, settings
from hypothesis import strategies as st

GOLDEN_PAYLOAD = bytes.fromhex("090000803899d6d7411a0d") + b"brain.Event:2"
GOLDEN = bytes.fromhex("1800000000000000a37f4b22") + GOLDEN_PAYLOAD + bytes.fromhex("124b36ab")


@pytest.mark.parametrize(
    ("data", "crc"),
    [
        (b"", 0),
        (b"123456789", 0xE3069283),
        (bytes(32), 0x8A9136AA),
        (b"\xff" * 32, 0x62A8AB43),
        (bytes(range(32)), 0x46DD794E),
    ],
)
def test_crc_of_published_vectors(data: bytes, crc: int) -> None:
    assert crc32c(data) == crc
    assert plain_crc32c(data) == crc


def test_mask_of_published_vectors() -> None:
    assert mask(0xE3069283) == 0xC78AB0E5
    assert mask(0) == 0xA282EAD8
    assert mask(crc32c(bytes(8))) == 0x07980329
    assert mask(np.array([0xE3069283, 0], np.uint32)).tolist() == [0xC78AB0E5, 0xA282EAD8]


@given(st.integers(0, 5000), st.randoms(use_true_random=False))
def test_fast_crc_is_the_plain_one(size: int, random: object) -> None:
    data = random.randbytes(size)  # type: ignore[attr-defined]
    assert crc32c(data) == plain_crc32c(data)


@pytest.mark.parametrize("size", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, (1 << 20) + 3, (1 << 20) + 4, (1 << 20) + 301])
def test_fast_crc_across_blocks(size: int) -> None:
    data = np.random.default_rng(size).bytes(size)
    assert crc32c(data) == plain_crc32c(data)


@given(st.integers(1, 40), st.integers(0, 300))
@settings(max_examples=25)
def test_crc_of_rows_is_that_of_each(count: int, length: int) -> None:
    rows = np.random.default_rng(length).integers(0, 256, (count, length), np.uint8)
    assert crc32c_rows(rows).tolist() == [plain_crc32c(row.tobytes()) for row in rows]


def test_golden_record() -> None:
    assert frame(GOLDEN_PAYLOAD) == GOLDEN
    (record,) = iter_records(GOLDEN)
    assert isinstance(record, Record)
    assert (bytes(record.payload), record.offset, record.end) == (GOLDEN_PAYLOAD, 0, len(GOLDEN))


@given(st.lists(st.binary(max_size=300), max_size=8), st.integers(0, 400))
def test_a_torn_tail_is_no_damage(payloads: list[bytes], cut: int) -> None:
    data = b"".join(map(frame, payloads))
    cut = min(cut, len(data))
    items = list(iter_records(data[:cut]))
    assert all(isinstance(item, Record) for item in items)
    end, count = whole_records(data, cut)
    assert len(items) == count
    assert (items[-1].end if items else 0) == end
    rest = list(iter_records(data, end))
    assert [bytes(item.payload) for item in items + rest if isinstance(item, Record)] == payloads


def test_a_broken_payload_is_skipped() -> None:
    data = bytearray(GOLDEN * 3)
    data[len(GOLDEN) + 20] ^= 1
    first, damage, last = iter_records(data)
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert damage == Damage(len(GOLDEN), len(GOLDEN), "payload fails its checksum")
    assert len(list(iter_records(data, check=False))) == 3


def test_a_broken_length_is_not_believed_and_reading_goes_on() -> None:
    data = bytearray(GOLDEN * 3)
    data[len(GOLDEN) + 1] ^= 0x40
    items = list(iter_records(data))
    assert [type(item) for item in items] == [Record, Damage, Record]
    assert (items[1].offset, items[1].end) == (len(GOLDEN), 2 * len(GOLDEN))


def test_a_file_that_is_no_event_log_is_damage() -> None:
    text = b"This is not an event log. " * 10
    (damage,) = iter_records(text)
    assert isinstance(damage, Damage)
    assert (damage.offset, damage.end) == (0, len(text) - 11)


def test_read_record_says_what_is_not_there(tmp_path) -> None:
    path = tmp_path / "events.out.tfevents.1"
    path.write_bytes(GOLDEN * 2)
    assert [bytes(item.payload) for item in iter_file(path)] == [GOLDEN_PAYLOAD] * 2
    with path.open("rb") as file:
        assert read_record(file, len(GOLDEN), len(GOLDEN)) == GOLDEN_PAYLOAD
        with pytest.raises(RecordError, match=r"tfevents\.1: the file ends within a record at byte 80"):
            read_record(file, 80, len(GOLDEN), path=str(path))
        with pytest.raises(RecordError):
            read_record(file, 7, len(GOLDEN))
    broken = bytearray(GOLDEN)
    broken[-1] ^= 1
    with pytest.raises(ValueError, match="checksum"):
        read_record(io.BytesIO(broken), 0, len(broken))
