"""Names in natural order, against a plain twin that compares piece by piece."""

from __future__ import annotations

import re

from cellboard.eventlog.natural import natural_key
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = st.text(st.sampled_from(["a", "B", "!", "/", "-", "0", "1", "9", "é", "\U0001f600"]), max_size=9)


def plain_key(name):
    parts = []
    for part in name.split("/"):
        pieces = re.split("([0-9]+)", part)
        digits = [piece.lstrip("0") for piece in pieces[1::2]]
        pieces[1::2] = [(len(piece), piece) for piece in digits]
        parts.append(pieces)
    return parts, name


@settings(max_examples=1000, deadline=None)
@given(NAMES, NAMES)
def test_two_names_come_in_the_order_of_their_pieces(one, other):
    assert (natural_key(one) < natural_key(other)) == (plain_key(one) < plain_key(other))


def test_numbers_have_no_longest_one_and_a_slash_in_disguise_is_none():
    names = ["a" + "9" * digits for digits in (5000, 48, 47, 46, 1)]
    assert sorted(names, key=natural_key) == names[::-1]
    assert sorted(["b" * 300 + "10", "b" * 300 + "9"], key=natural_key) == ["b" * 300 + "9", "b" * 300 + "10"]
    assert natural_key("a1/b") < natural_key("a1a")


def test_no_two_names_have_one_key():
    names = ["1", "01", "001", "a/1", "a/01", "", "\0", "\1", "a\0b", "a\1b", "a/b", "a\2\1" + "1", "a1"]
    assert len({natural_key(name) for name in names}) == len(names)
