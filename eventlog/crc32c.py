"""CRC-32C (Castagnoli): in C, or in numpy, which is fast enough for images.

A CRC is linear over GF(2): the checksum of a message is the XOR of what each of its bytes adds, and that depends on the
byte and on its distance from the end alone. So long messages are cut into rows of 256 bytes; each row is one table
look-up per byte and an XOR, all rows at once; rows are then joined in pairs, pairs of pairs, and so on.

Source: RFC 3720, appendix B.4 (polynomial 0x1EDC6F41, reflected; initial value and final XOR all ones).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .native import kernel

__all__ = ["crc32c", "crc32c_numpy", "crc32c_rows", "distance_tables", "mask", "unmask"]

Words = npt.NDArray[np.uint32]

_POLYNOMIAL = 0x82F63B78  # 0x1EDC6F41, bit-reversed
_ONES = 0xFFFFFFFF
_ROW = 256
_SHORT = 192  # bytes below which a plain loop beats numpy's overhead
_BLOCK = 1 << 20  # bytes looked up at once: the look-up needs eight times as much memory


def _byte_table() -> Words:
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> np.uint32(1)) ^ np.uint32(_POLYNOMIAL), table >> np.uint32(1))
    return table


_TABLE = _byte_table()
_TABLE_LIST: list[int] = _TABLE.tolist()


def mask(crc: Any) -> Any:
    """Return `crc` as a record stores it: rotated right by 15 bits, plus a constant.

    A file that holds checksums of itself would else be checked with them (the reason TFRecord gives).
    Takes an int or an array of uint32 and returns the same kind.
    """
    if isinstance(crc, np.ndarray):
        return ((crc >> np.uint32(15)) | (crc << np.uint32(17))) + np.uint32(0xA282EAD8)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & _ONES


def unmask(masked: int) -> int:
    """Return the checksum that a record stores as `masked`."""
    rotated = (masked - 0xA282EAD8) & _ONES
    return ((rotated >> 17) | (rotated << 15)) & _ONES


def crc32c(data: bytes | bytearray | memoryview, crc: int = 0) -> int:
    """Return the CRC-32C of `data`, unmasked; or of what has the CRC `crc`, with `data` behind it."""
    if kernel is None:
        return crc32c_numpy(data, crc)
    after: int = kernel.crc32c(data, crc)
    return after


def crc32c_numpy(data: bytes | bytearray | memoryview, crc: int = 0) -> int:
    """Return what `crc32c` returns, without the help of C."""
    if len(data) < _SHORT:
        return plain_crc32c(data, crc)
    rest = np.frombuffer(data, np.uint8)
    state = crc ^ _ONES
    for start in range(0, len(rest), _BLOCK):
        block = rest[start : start + _BLOCK].copy()
        block[:4] ^= np.frombuffer(state.to_bytes(4, "little"), np.uint8)[: len(block)]
        # A block shorter than the state itself cannot hold all of it.
        state = _raw(block) ^ (state >> 8 * len(block) if len(block) < 4 else 0)
    return state ^ _ONES


def plain_crc32c(data: bytes | bytearray | memoryview, crc: int = 0) -> int:
    """Return what `crc32c` returns, one byte at a time: its readable twin, and quicker for a few bytes."""
    table, state = _TABLE_LIST, crc ^ _ONES
    for byte in data:
        state = table[(state ^ byte) & 0xFF] ^ (state >> 8)
    return state ^ _ONES


def crc32c_rows(rows: npt.NDArray[np.uint8]) -> Words:
    """Return the CRC-32C of each row of `rows`, uint8[n, length], as uint32[n]."""
    count, length = rows.shape
    tables = distance_tables(length)
    crcs = np.full(count, crc32c(bytes(length)), np.uint32)
    for column in range(length):
        crcs ^= tables[length - 1 - column].take(rows[:, column])
    return crcs


@cache
def _tables_of_power(power: int) -> Words:
    tables = np.empty((1 << power, 256), np.uint32)
    row = _TABLE
    for distance in range(len(tables)):
        tables[distance] = row
        row = _TABLE[row & np.uint32(0xFF)] ^ (row >> np.uint32(8))
    return tables


def distance_tables(distances: int) -> Words:
    """Return uint32[at least `distances`, 256]: what byte b, followed by d more bytes, adds to a CRC, at [d, b]."""
    return _tables_of_power(max(distances - 1, 0).bit_length())


@cache
def _row_tables() -> tuple[Words, npt.NDArray[np.intp]]:
    tables = distance_tables(_ROW)[_ROW - 1 :: -1]
    return tables.ravel(), np.arange(_ROW, dtype=np.intp) * 256


@cache
def _shift(power: int) -> Words:
    """Tables uint32[4, 256] that advance a state by 2**power zero bytes, one table per byte of the state."""
    if power:
        half = _shift(power - 1)
        return _advance(half.ravel(), half).reshape(4, 256)
    values = np.arange(256, dtype=np.uint32) << (np.uint32(8) * np.arange(4, dtype=np.uint32)[:, None])
    shift: Words = _TABLE[values & np.uint32(0xFF)] ^ (values >> np.uint32(8))
    return shift


def _advance(states: Words, shift: Words) -> Words:
    octets = states.astype("<u4").view(np.uint8).reshape(-1, 4)
    moved: Words = shift[0][octets[:, 0]] ^ shift[1][octets[:, 1]] ^ shift[2][octets[:, 2]] ^ shift[3][octets[:, 3]]
    return moved


def _raw(block: npt.NDArray[np.uint8]) -> int:
    """CRC of `block` with initial value and final XOR zero; leading zeros change nothing, so it pads in front."""
    count = 1 << (-(-len(block) // _ROW) - 1).bit_length()
    padded = np.zeros(count * _ROW, np.uint8)
    padded[len(padded) - len(block) :] = block
    flat, bases = _row_tables()
    states = np.bitwise_xor.reduce(flat.take(padded.reshape(-1, _ROW) + bases), axis=1)
    power = _ROW.bit_length() - 1
    while len(states) > 1:
        states = _advance(states[0::2], _shift(power)) ^ states[1::2]
        power += 1
    return int(states[0])
