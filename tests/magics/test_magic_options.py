from __future__ import annotations

import pytest
from cellboard.magics.errors import UsageError
from cellboard.magics.options import DEFAULT_HEIGHT, InlineOptions, frame_options, inline_options, words
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


def test_the_height_has_a_default() -> None:
    assert frame_options(["--logdir", "runs"])[1] == DEFAULT_HEIGHT


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


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--logdir runs --tag loss", "Did you mean --tags"),
        ("--tags loss", "no logdir given"),
        ("--logdir runs --port 6006", "no option --port.* --logdir, --tags, --runs"),
        ("--logdir runs --tags", "--tags: expected one argument"),
    ],
)
def test_wrong_inline_options_say_what_is_right(line: str, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        inline_options(words(line))
