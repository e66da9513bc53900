from __future__ import annotations

from pathlib import Path

import pytest
from cellboard.magics.errors import UsageError
from cellboard.magics.inline_options import FLAGS, InlineOptions, inline_options
from cellboard.magics.options import frame_options, words
from cellboard.viewer.errors import OptionError


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("--logdir runs", ["--logdir", "runs"]),
        ("--logdir 'my runs' --tags \"loss|acc\"", ["--logdir", "my runs", "--tags", "loss|acc"]),
        ("--logdir runs # the new ones", ["--logdir", "runs"]),
        ("--logdir runs/exp#1", ["--logdir", "runs/exp#1"]),
        (r"--logdir my\ runs", ["--logdir", "my runs"]),
        ("--tags='^a b$'", ["--tags=^a b$"]),
        ("  ", []),
    ],
)
def test_words_are_split_as_in_a_shell(line: str, expected: list[str]) -> None:
    assert words(line) == expected


def test_an_open_quote_is_named() -> None:
    with pytest.raises(UsageError, match="quote is not closed"):
        words("--logdir 'runs")


@pytest.mark.parametrize("line", ["--logdir runs --port 7000 --height 400", "--logdir=runs --height=400px --port=7000"])
def test_frame_options(line: str) -> None:
    options, height = frame_options(words(line))
    assert (options.logdir, options.port, height) == ("runs", 7000, 400)


def test_a_height_that_is_not_said_is_left_to_the_page() -> None:
    assert frame_options(["--logdir", "runs"])[1] is None


def test_the_options_of_the_command_are_those_of_the_magic() -> None:
    options, height = frame_options(words("--logdir_spec 'a:x y,b:z' --bind_all --load_fast=true --height 300"))
    assert (list(options.roots), options.host, height) == (["a", "b"], "", 300)
    assert options.roots["a"].endswith("/x y")
    assert options.notes == ("--load_fast is not needed: there is one reader, and it is fast",)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--logdri runs", "Did you mean --logdir"),
        ("--logdir runs --heigth 300", "Did you mean --height"),
        ("--logdir runs --height tall", "'tall' is no height"),
        ("--logdir runs --height 1", "'1' is no height"),
        ("--logdir runs --port http", "'http' is no port"),
        ("--logdir", "--logdir: expected one argument"),
        ("--port 6006", "no logdir given"),
        ("--logdir runs --logdir_spec a:b", "both --logdir and --logdir_spec"),
    ],
)
def test_wrong_frame_options_say_what_is_right(line: str, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        frame_options(words(line))


def test_inline_options() -> None:
    line = "--logdir runs --tags 'loss|acc' --runs=^a"
    assert inline_options(words(line)) == InlineOptions("runs", "loss|acc", "^a")
    line = "--logdir runs --smoothing .6 --x-axis wall --y_scale=log"
    assert inline_options(words(line)).more == {"smoothing": 0.6, "x_axis": "wall", "y_scale": "log"}
    assert inline_options(words("--logdir runs --step 7"), "images").more == {"step": 7}
    assert inline_options(words("--logdir runs --sort=-loss"), "hparams").more == {"sort": "-loss"}


def test_options_of_all_tabs_go_to_those_that_have_them() -> None:
    more = inline_options(words("--logdir runs --tab pr-curves --step 7 --x-axis wall"), "inline").more
    assert more["tab"] == "pr_curves"
    assert more["options"] == {
        "scalars": {"x_axis": "wall"},
        "images": {"step": 7},
        "histograms": {"step": 7},
        "distributions": {"x_axis": "wall"},
        "texts": {"step": 7},
        "pr_curves": {"step": 7},
    }


@pytest.mark.parametrize("kind", sorted(FLAGS))
def test_every_flag_is_an_option_of_its_board(kind: str, tmp_path: Path) -> None:
    from cellboard import widgets
    from cellboard.widgets.inline_board import TABS

    values = {"smoothing": 0.5, "x_axis": "wall", "y_scale": "log", "pointer": "pan", "values": "all", "size": "large"}
    values |= {"step": 7, "view": "heat", "bins": 40, "sort": "-loss"}
    given = {name: values[name] for name in FLAGS[kind]}
    board = getattr(widgets, kind)(tmp_path, live=False, **given)
    assert board.options() == given
    board.close()
    assert set(FLAGS) == set(TABS)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--logdir runs --tag loss", "Did you mean --tags"),
        ("--tags loss", "no logdir given"),
        ("--logdir runs --6006", "no option --6006.* --logdir, --tags, --runs, --smoothing"),
        ("--logdir runs --smoothing much", "--smoothing: invalid float value"),
        ("--logdir runs --tags", "--tags: expected one argument"),
    ],
)
def test_wrong_inline_options_say_what_is_right(line: str, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        inline_options(words(line))
