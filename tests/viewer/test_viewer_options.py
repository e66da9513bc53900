"""A viewer's command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cellboard.viewer.errors import OptionError
from cellboard.viewer.options import ViewerOptions, parse_options, real_path


def test_flags_as_tensorboard_has_them() -> None:
    line = (
        "--logdir runs --port=7000 --host 0.0.0.0 --path_prefix /x/y/ --reload_interval 5 "
        "--allow_host Hub.example --allow_host [::1]"
    )
    options = parse_options([*line.split(), "--window_title", "my title"])
    assert options == ViewerOptions("runs", 7000, "0.0.0.0", "/x/y", "my title", 5.0, ("hub.example", "::1"))


def test_underscores_and_dashes_are_the_same() -> None:
    one = parse_options(["--logdir", "a-b", "--window-title", "t-t", "--path-prefix=/x-y"])
    two = parse_options(["--logdir", "a-b", "--window_title", "t-t", "--path_prefix=/x-y"])
    assert one == two
    assert (one.logdir, one.path_prefix) == ("a-b", "/x-y")


def test_arguments_say_the_same_again(tmp_path: Path) -> None:
    options = ViewerOptions(str(tmp_path), 0, "::1", "/p", "--odd title", 2.5, ("a.example", "b.example"))
    assert parse_options(options.arguments()) == options
    assert parse_options(ViewerOptions(str(tmp_path)).arguments()) == ViewerOptions(str(tmp_path))


def test_port_default_is_any_of_the_usual_ones() -> None:
    assert parse_options(["--logdir", "x", "--port", "default"]).port is None
    assert parse_options(["--logdir", "x"]).port is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--logdir runs"),
        (["--logdir"], "--logdir"),
        (["--logdir", "x", "--prot", "1"], "--port"),
        (["--logdri", "x"], "--logdir"),
        (["--logdir", "x", "--zzz"], "The options are --logdir"),
        (["--logdir", "x", "--bind_all"], "--host 0.0.0.0"),
        (["--logdir", "x", "--bind-all"], "--host 0.0.0.0"),
        (["--logdir", "x", "--samples_per_plugin=images=0"], "every sample is kept"),
        (["--logdir", "x", "--port", "65536"], "65535"),
        (["--logdir", "x", "--port", "-1"], "--port"),
        (["--logdir", "x", "--port", "http"], "is no port"),
        (["--logdir", "x", "--path_prefix", "x"], "/team/board"),
        (["--logdir", "x", "--path_prefix", "/a/../b"], "is no path prefix"),
        (["--logdir", "x", "--path_prefix", "/a(b"], "is no path prefix"),
        (["--logdir", "x", "--reload_interval", "nan"], "seconds"),
        (["--logdir", "x", "--reload_interval", "-1"], "seconds"),
        (["--logdir", "x", "--allow_host", "a b"], "hub.example.org"),
        (["--logdir", "x", "surplus"], "unexpected argument 'surplus'"),
        (["--logdir", "x", "/"], "--logdir /"),
    ],
)
def test_what_cannot_be_followed_is_explained(arguments: list[str], says: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse_options(arguments)
    assert says in str(caught.value)


def test_a_logdir_is_the_same_however_it_is_spelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "runs").mkdir()
    os.symlink(tmp_path / "runs", tmp_path / "link")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    spellings = ["runs", "./runs/", "link", "~/runs", "runs/../runs", str(tmp_path / "runs")]
    assert {real_path(spelling) for spelling in spellings} == {str((tmp_path / "runs").resolve())}
