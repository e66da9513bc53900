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


def test_several_directories_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = parse_options(["--logdir_spec", f"first:one, second/part:{tmp_path}/two,three/four"])
    wanted = {"first": "one", "second/part": "two", "four": "three/four"}
    assert options.roots == {name: str(tmp_path.resolve() / path) for name, path in wanted.items()}
    assert options.title == "first, second/part, four"
    assert parse_options(options.arguments()).roots == options.roots
    assert parse_options(options.arguments()).real_logdir == options.real_logdir
    assert parse_options(["--logdir-spec=first:one"]).roots == {"first": str(tmp_path.resolve() / "one")}


def test_a_directory_whose_path_would_be_read_as_two_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lr=0.1,seed=2").mkdir()
    monkeypatch.chdir(tmp_path / "lr=0.1,seed=2")
    with pytest.raises(OptionError, match="it has a comma"):
        parse_options(["--logdir_spec", "first:one"])


def test_every_address() -> None:
    options = parse_options(["--logdir", "x", "--bind-all"])
    assert options.host == ""
    assert parse_options(options.arguments()).host == ""


def test_what_tensorboard_needs_and_we_do_not_is_explained() -> None:
    line = "--samples_per_plugin scalars=100,images=0 --load_fast=false --reload-multifile true --max_reload_threads 4"
    options = parse_options(["--logdir", "x", *line.split(), "--load_fast", "auto"])
    assert options == parse_options(["--logdir", "x"])
    assert [note.split()[0] for note in options.notes] == [
        "--samples_per_plugin",
        "--load_fast",
        "--reload_multifile",
        "--max_reload_threads",
    ]
    assert "every sample is kept" in options.notes[0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--logdir runs"),
        (["--logdir"], "--logdir"),
        (["--logdir", "x", "--prot", "1"], "--port"),
        (["--logdri", "x"], "--logdir"),
        (["--logdir", "x", "--zzz"], "The options are --logdir"),
        (["--logdir", "x", "--bind_all", "--host", "10.0.0.1"], "both --host and --bind_all"),
        (["--logdir", "x", "--logdir_spec", "a:y"], "both --logdir and --logdir_spec"),
        (["--logdir_spec", ","], "first:runs/a"),
        (["--logdir_spec", "a:x,a:y"], "calls two directories 'a'"),
        (["--logdir_spec", "a:"], "no path for 'a'"),
        (["--logdir_spec", "../a:x"], "cannot call a directory '../a'"),
        (["--logdir_spec", "a//b:x"], "cannot call a directory 'a//b'"),
        (["--logdir", "x", "--sample_per_plugin=1"], "no option --sample_per_plugin"),
        (["--logdir", "x", "--port", "65536"], "65535"),
        (["--logdir", "x", "--port", "-1"], "--port"),
        (["--logdir", "x", "--port", "http"], "is no port"),
        (["--logdir", "x", "--path_prefix", "x"], "/team/board"),
        (["--logdir", "x", "--path_prefix", "/a/../b"], "is no path prefix"),
        (["--logdir", "x", "--path_prefix", "/a(b"], "is no path prefix"),
        (["--logdir", "x", "--reload_interval", "nan"], "seconds"),
        (["--logdir", "x", "--reload_interval", "-1"], "seconds"),
        (["--logdir", "x", "--allow_host", "a b"], "hub.example.org"),
        (["--logdir", "x", "--allow_host", "."], "hub.example.org"),
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
