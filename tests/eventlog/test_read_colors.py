"""Runs can be told apart, by everybody."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from cellboard.eventlog.colors import PALETTE, ColorBook, run_color

# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(color):
    parts = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    relative = XYZ @ np.clip(rgb, 0, 1) / XYZ.sum(1)
    f = np.where(relative > 216 / 24389, np.cbrt(relative), (24389 / 27 * relative + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(color, ground):
    low, high = sorted(float(XYZ[1] @ linear(each)) for each in (color, ground))
    return (high + 0.05) / (low + 0.05)


def least_distance(colors, seen_with):
    seen = [lab(seen_with @ linear(color)) for color in colors]
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2))


@pytest.mark.parametrize(
    ("seen_with", "least"), [(np.eye(3), 45), (DEUTERANOPIA, 30), (PROTANOPIA, 24)], ids=["all", "deuter", "protan"]
)
def test_the_first_eight_are_told_apart(seen_with, least):
    assert least_distance(PALETTE[:8], seen_with) > least


def test_twenty_and_more_are_distinct():
    assert len(PALETTE) >= 20
    assert least_distance(PALETTE, np.eye(3)) > 20
    assert len({run_color(index) for index in range(100)}) == 100


@pytest.mark.parametrize(("ground", "least"), [("#ffffff", 2.2), ("#111318", 3.0)])
def test_each_is_seen_on_white_and_on_nearly_black(ground, least):
    assert min(contrast(run_color(index), ground) for index in range(500)) > least


def test_a_name_keeps_its_color():
    book = ColorBook()
    assert [book.color_of(name) for name in "abab"] == [run_color(0), run_color(1)] * 2
