"""Event logs that no writer would write: the inputs on which the two scans are compared, and the one in C is fuzzed.

`a_log` draws everything from a `Draw`, that is from one number: payloads built field by field on the wire (any order,
repeated, of another wire type, over-long numbers, no UTF-8, unknown fields, cut off), framed, and then flipped, cut,
shuffled and mixed with junk, false headers and logs within logs.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random

from cellboard.eventlog.crc32c import crc32c, mask
from cellboard.eventlog.records import frame

TAGS = [b"", b"a", b"a", b"b", b"loss", b"loss", "é/ü".encode(), "😀".encode(), b"x" * 130, b"__run_graph__"]
BAD_TEXT = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"ok\xe2\x82", b"\xf0\x80\x80\xaf"]
PLUGINS = [b"", b"scalars", b"scalars", b"images", b"histograms", b"text", b"audio", "ü".encode()]
DTYPES = [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 22, 23, 24, 25, 0, -1, 101, 1 << 33]
SIZES = {1: 4, 2: 8, 3: 4, 4: 1, 5: 2, 6: 1, 9: 8, 10: 1, 11: 1, 12: 1, 13: 4, 14: 2, 15: 2, 16: 2, 17: 2, 19: 2}
SIZES |= {22: 4, 23: 8, 8: 8, 18: 16, 24: 1}
NUMBERS = [0, 1, 2, 127, 128, 255, 300, 65535, 65536, 2**31 - 1, 2**31, 2**32, 2**63 - 1, 2**63, 2**64 - 1]
DOUBLES = [0.0, -0.0, 1.0, -1.5, 1e9, 1.7e9, 1e308, 5e-324, float("inf"), float("-inf"), float("nan")]


class Draw(Random):
    """Random choices, the same for the same `seed`; how often one is odd is a choice as well."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.hostility = self.choice([0.0, 0.0, 0.05, 0.3, 1.0])

    def is_odd(self, chance: float) -> bool:
        return self.random() < chance * self.hostility


Builder = Callable[[Draw], bytes]


def varint(number: int, random: Draw | None = None) -> bytes:
    number &= 2**64 - 1
    octets = bytearray()
    while number > 0x7F:
        octets.append(number & 0x7F | 0x80)
        number >>= 7
    octets.append(number)
    if random and random.is_odd(0.01):  # longer than need be
        octets[-1] |= 0x80
        octets += b"\x80" * random.randrange(9) + bytes([random.choice([0, 0, 0, 1, 2])])
    return bytes(octets)


def field(number: int, wire: int, content: bytes | int | float, random: Draw) -> bytes:
    """A field; now and then of another wire type than asked for."""
    if random.is_odd(0.004):
        wire = random.choice([0, 1, 2, 3, 4, 5, 6, 7])
        content = random.choice([random.choice(NUMBERS), random.randbytes(random.choice([0, 4, 8, 9]))])
    key = varint(number << 3 | wire, random)
    if wire == 0:
        return key + varint(content if isinstance(content, int) else 1, random)
    octets = content if isinstance(content, bytes) else varint(int(content) if content == content else 0)
    if wire == 2:
        return key + varint(len(octets), random) + octets
    return key + octets


def text(pool: list[bytes]) -> Builder:
    return lambda random: random.choice(BAD_TEXT) if random.is_odd(0.01) else random.choice(pool)


def double(random: Draw) -> bytes:
    return struct.pack("<d", random.choice(DOUBLES))


def single(random: Draw) -> bytes:
    number = random.choice(DOUBLES)
    return struct.pack("<f", number if abs(number) < 1e38 or number in (float("inf"), float("-inf")) else 2.0)


def number(random: Draw) -> int:
    return random.choice(NUMBERS) if random.random() < 0.5 else random.randrange(100)


def octets(random: Draw) -> bytes:
    return random.randbytes(random.choice([0, 0, 1, 4, 8, 20]))


def message(fields: list[bytes], random: Draw) -> bytes:
    """The fields, usually in order, usually once."""
    if random.is_odd(0.1):
        random.shuffle(fields)
    if fields and random.is_odd(0.03):
        fields.insert(random.randrange(len(fields) + 1), random.choice(fields))
    if random.is_odd(0.03):
        unknown = field(
            random.choice([11, 15, 19, 31, 100, 2000, 2**20, 2**29 - 1, 0]), *unknown_content(random), random
        )
        fields.insert(random.randrange(len(fields) + 1), unknown)
    joined = b"".join(fields)
    if joined and random.is_odd(0.005):
        place = random.randrange(len(joined))
        joined = joined[:place] + random.choice([b"", random.randbytes(1) + joined[place + 1 :]])
    return joined


def unknown_content(random: Draw) -> tuple[int, bytes | int]:
    wire = random.choice([0, 1, 2, 5, 3])
    return wire, {0: number(random), 1: random.randbytes(8), 2: octets(random), 5: random.randbytes(4), 3: b""}[wire]


def some(random: Draw, *parts: tuple[float, int, int, Callable[[Draw], bytes | int]]) -> bytes:
    """A message of parts, each a chance, a field number, a wire type and its content."""
    made = [
        field(at, wire, make(random), random)
        for chance, at, wire, make in parts
        if (random.is_odd(chance) if chance < 0.05 else random.random() < chance)
    ]
    return message(made, random)


def metadata(random: Draw) -> bytes:
    def plugin_data(random: Draw) -> bytes:
        return some(random, (0.9, 1, 2, text(PLUGINS)), (0.2, 2, 2, octets))

    return some(random, (0.9, 1, 2, plugin_data), (0.2, 2, 2, text(TAGS)), (0.1, 3, 2, text(TAGS)), (0.2, 4, 0, number))


def shape(random: Draw) -> bytes:
    dims = random.choice([[], [], [], [1], [1, 1], [2], [0], [1] * 33, [2**63], [3, 2]])
    parts = [field(2, 2, some(random, (0.9 if size else 0, 1, 0, lambda _, size=size: size)), random) for size in dims]
    if random.is_odd(0.03):
        parts.append(field(3, 0, random.choice([0, 1, 1, 2]), random))
    return message(parts, random)


def repeated(at: int, wire: int, make: Callable[[Draw], bytes | int], random: Draw) -> list[bytes]:
    values = [make(random) for _ in range(random.choice([0, 1, 1, 1, 1, 2, 5]))]
    if random.random() < 0.5:
        return [field(at, wire, value, random) for value in values]
    return [field(at, 2, b"".join(v if isinstance(v, bytes) else varint(v, random) for v in values), random)]


def tensor(random: Draw) -> bytes:
    dtype = random.choice(DTYPES)
    fields = [field(1, 0, dtype, random)]
    if random.random() < 0.7:
        fields.append(field(2, 2, shape(random), random))
    if random.random() < 0.05:
        fields.append(field(3, 0, number(random), random))
    if random.random() < 0.5:
        size = SIZES.get(dtype, 4) * random.choice([1, 1, 1, 1, 2]) + random.is_odd(0.02)
        fields.append(field(4, 2, random.choice([bytes([1]) + bytes(size - 1), random.randbytes(size)]), random))
    else:
        fields += values_of(dtype, random)
    if random.is_odd(0.03):
        fields += values_of(random.choice(DTYPES), random)
    return message(fields, random)


def values_of(dtype: int, random: Draw) -> list[bytes]:
    if dtype == 7:
        return repeated(8, 2, octets, random)
    if dtype in (1, 8):
        return repeated(5 if dtype == 1 else 9, 5, single, random)
    if dtype in (2, 18):
        return repeated(6 if dtype == 2 else 12, 1, double, random)
    places = {9: 10, 10: 11, 14: 13, 19: 13, 22: 16, 23: 17}
    at = places.get(dtype, 7)
    return repeated(at, 0, (lambda random: random.choice([0, 1, 1, 2])) if at == 11 else number, random)


def image(random: Draw) -> bytes:
    return some(random, (0.9, 1, 0, number), (0.9, 2, 0, number), (0.5, 3, 0, number), (0.9, 4, 2, octets))


def histogram(random: Draw) -> bytes:
    fields = [field(at, 1, double(random), random) for at in range(1, 6) if random.random() < 0.8]
    return message(fields + repeated(6, 1, double, random) + repeated(7, 1, double, random), random)


def audio(random: Draw) -> bytes:
    return some(
        random,
        (0.8, 1, 5, single),
        (0.8, 2, 0, number),
        (0.5, 3, 0, number),
        (0.9, 4, 2, octets),
        (0.8, 5, 2, text(TAGS)),
    )


def value(random: Draw) -> bytes:
    body = random.choice(
        [(2, 5, single)] * 6
        + [(8, 2, tensor)] * 6
        + [(4, 2, image), (5, 2, histogram), (6, 2, audio), (3, 2, octets), (2, 5, single)]
    )
    return some(
        random,
        (0.95, 1, 2, text(TAGS)),
        (0.4, 9, 2, metadata),
        (0.03, 7, 2, text(TAGS)),
        (0.93, *body),
        (0.01, 8, 2, tensor),
        (0.01, 4, 2, image),
    )


def summary(random: Draw) -> bytes:
    count = random.choice([0, 1, 1, 1, 1, 1, 2, 3, 8])
    return message([field(1, 2, value(random), random) for _ in range(count)], random)


def event(random: Draw) -> bytes:
    what: list[tuple[int, Builder]] = [(5, summary)] * 30
    what += [(3, lambda random: b"brain.Event:2"), (4, octets), (6, octets), (9, octets)]
    what += [(7, lambda random: some(random, (0.9, 1, 0, lambda random: random.choice([0, 1, 1, 2, 3]))))]
    what += [(8, lambda random: some(random, (0.9, 1, 2, text(TAGS)), (0.9, 2, 2, octets)))]
    at, make = random.choice(what)
    return some(
        random,
        (0.95, 1, 1, double),
        (0.9, 2, 0, number),
        (0.97, at, 2, make),
        (0.01, 10, 2, octets),
        (0.01, 5, 2, summary),
    )


def header(length: int) -> bytes:
    packed = struct.pack("<Q", length)
    return packed + struct.pack("<I", mask(crc32c(packed)))


def junk(random: Draw) -> bytes:
    return random.choice(
        [
            random.randbytes(random.randrange(60)),
            bytes(random.randrange(60)),
            header(random.choice([0, 1, 5, 60, 300, 2**31 - 1, 2**31, 2**63, 2**64 - 1])),
            frame(frame(random.randbytes(30)))[:-3],
        ]
    )


def damaged(data: bytes, random: Draw) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 5])):
        if not changed:
            break
        place = random.randrange(len(changed))
        kind = random.randrange(4)
        if kind == 0:
            changed[place] ^= 1 << random.randrange(8)
        elif kind == 1:
            del changed[place : place + random.randrange(40)]
        elif kind == 2:
            changed[place:place] = junk(random)
        else:
            del changed[place:]
    return bytes(changed)


def alike(payload: bytes, random: Draw) -> bytes:
    """An event of the same length that differs in a few bytes."""
    changed = bytearray(payload)
    for _ in range(random.randrange(3)):
        place = random.randrange(len(changed)) if random.random() < 0.7 else random.randrange(min(14, len(changed)))
        changed[place] = random.choice([random.randrange(256), changed[place] ^ 1, changed[place] ^ 0x80, ord("a")])
    return bytes(changed)


def a_log(random: Draw, most: int = 30) -> bytes:
    """Bytes of a log, or of what may once have been one."""
    payloads = [event(random) for _ in range(random.randrange(1, most))]
    if random.random() < 0.5:  # so many that the scan in Python takes them together
        models = [payload for payload in payloads if payload][:3]
        payloads += [alike(model, random) for model in models for _ in range(random.randrange(40))]
    random.shuffle(payloads)
    data = b"".join(map(frame, payloads))
    return damaged(data, random) if random.random() < 0.4 else data


def plugins(random: Draw) -> dict[str, str]:
    """What was known of tags before."""
    if random.random() < 0.5:
        return {}
    return {tag.decode(): random.choice(PLUGINS).decode() for tag in random.sample(TAGS, 4)}
