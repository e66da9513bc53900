"""Tables for papers."""

from __future__ import annotations

import io

import numpy as np
import pytest
from cellboard.eventlog.errors import BadValueError
from cellboard.eventlog.export import write_table
from cellboard.eventlog.export_latex import latex_number, latex_text
from cellboard.eventlog.scalar_table import Rows


def rows(run, tag, *values):
    numbers = np.array(values, np.float64)
    return Rows(run, tag, np.arange(len(values), dtype=np.int64), numbers, numbers)


def latex(parts, shown="last"):
    out = io.BytesIO()
    write_table(parts, out, "latex", shown=shown)
    return out.getvalue().decode().splitlines()


PARTS = [
    rows("a", "loss", 3.0, np.nan, 1.0),
    rows("a", "loss", 2.0),
    rows("a", "acc", 0.5),
    rows("b_1", "acc", -np.inf, np.nan),
]


@pytest.mark.parametrize(
    ("shown", "a", "b"),
    [
        ("last", ["$2$", "$0.5$"], ["--", "NaN"]),
        ("min", ["$1$", "$0.5$"], ["--", r"$-\infty$"]),
        ("max", ["$3$", "$0.5$"], ["--", r"$-\infty$"]),
        ("mean", ["$2$", "$0.5$"], ["--", r"$-\infty$"]),
    ],
)
def test_a_row_for_each_run_and_a_column_for_each_tag(shown, a, b):
    assert latex(PARTS, shown) == [
        f"% {shown} values; \\usepackage{{booktabs}} in the preamble",
        r"\begin{tabular}{lrr}",
        r"\toprule",
        r"run & loss & acc \\",
        r"\midrule",
        rf"a & {a[0]} & {a[1]} \\",
        rf"b\_1 & {b[0]} & {b[1]} \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


def test_points_have_a_row_for_each_step():
    found = latex([rows("a", "loss", 3.0, 1.0), rows("b", "loss", 0.25)], "points")
    assert found[5:7] == [r"0 & $3$ & $0.25$ \\", r"1 & $1$ & -- \\"]
    with pytest.raises(BadValueError, match="one tag"):
        latex(PARTS, "points")


def test_nothing_is_a_table_without_rows():
    assert latex([])[-3:] == [r"\midrule", r"\bottomrule", r"\end{tabular}"]


def test_no_name_is_a_command():
    name = "\\input{x} $a^b_c~ % & # <i> \"q\" 'q' `q` |--|\n\\end{tabular}\x00"
    text = latex_text(name)
    assert "\n" not in text
    assert "\x00" not in text
    rest = text
    for harmless in (
        *(r"\textbackslash{}", r"\textasciitilde{}", r"\textasciicircum{}", r"\textless{}", r"\textgreater{}"),
        *(r"\textbar{}", r"\textquotedbl{}", r"\textquotesingle{}", r"\textasciigrave{}", "{-}"),
        *(f"\\{sign}" for sign in "{}$&#_%"),
    ):
        rest = rest.replace(harmless, "")
    assert not set(rest) & set("\\{}$&#^_~%")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "$1$"),
        (-0.123456789, "$-0.123457$"),
        (1.5e-7, r"$1.5 \times 10^{-7}$"),
        (2e30, r"$2 \times 10^{30}$"),
        (np.inf, r"$\infty$"),
        (None, "--"),
    ],
)
def test_numbers(value, text):
    assert latex_number(value) == text
