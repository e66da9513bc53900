"""``cellboard doctor``: in plain words why nothing shows, one reason a test."""

from __future__ import annotations

import gzip
import math
import os
import socket
import time
from pathlib import Path

import pytest
from cellboard import SummaryWriter
from cellboard.cli import main
from cellboard.eventlog.event_file_writer import EventFileWriter
from cellboard.eventlog.graph_messages import GraphDef
from cellboard.eventlog.messages import Event
from cellboard.viewer import webapp


@pytest.fixture(autouse=True)
def in_order(tmp_path_factory, monkeypatch):
    """An installation in which nothing is wrong: that it is one is not what these tests ask."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    monkeypatch.setattr(webapp.WebApp, "is_built", True)


@pytest.fixture
def logdir(tmp_path):
    folder = tmp_path / "logs" / "runs"
    with SummaryWriter(folder / "a") as writer:
        for step in range(5):
            writer.add_scalar("loss", 1 / (1 + step), step)
    return folder


@pytest.fixture
def doctor(capsys):
    """Run the command; give its exit status and what it says."""

    def run(*arguments):
        status = main(["doctor", *map(str, arguments)])
        return status, capsys.readouterr().out

    return run


def event_file(folder: Path) -> Path:
    [path] = folder.rglob("*tfevents*")
    return path


def test_where_all_is_well(doctor, logdir):
    status, said = doctor(logdir)
    assert status == 0
    assert "1 run in 1 event file" in said
    assert "there are scalars in 1 run" in said
    assert "written to " in said
    assert said.endswith("Nothing is wrong.\n")


def test_a_directory_that_is_missing(doctor, logdir):
    status, said = doctor(logdir.parent / "rnus")
    assert status == 1
    assert "rnus does not exist" in said
    assert "there is runs: was that meant?" in said
    assert f"{logdir} (1 run)" in said
    assert "1 problem found" in said


def test_a_file_instead_of_a_directory(doctor, logdir):
    path = event_file(logdir)
    status, said = doctor(path)
    assert status == 1
    assert "is an event file, not a directory" in said
    assert str(path.parent) in said


def test_a_link_to_nowhere(doctor, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    from cellboard.doctor_places import about_place

    for name in ("link", "loop"):
        [finding] = about_place(tmp_path / name)
        assert "is a link to" in finding.text


def test_a_directory_without_event_files(doctor, logdir):
    other = logdir.parent / "other"
    other.mkdir()
    (other / "metrics.csv").write_text("a,b\n")
    (other / "old.tar.gz").write_bytes(b"")
    (other / "host_1.123.pt.trace.json").write_text("{}")
    status, said = doctor(other)
    assert status == 1
    assert "no event files" in said
    assert "1 file *.csv" in said
    assert "old.tar.gz" in said
    assert "profiler" in said
    assert f"{logdir} (1 run)" in said


def test_files_and_directories_that_may_not_be_read(doctor, logdir, monkeypatch):
    path = event_file(logdir)
    real_open, real_scandir = os.open, os.scandir
    (logdir / "closed").mkdir()

    def refuse(name, *rest, **options):
        if os.fspath(name) == str(path):
            raise PermissionError(13, "Permission denied", str(name))
        return real_open(name, *rest, **options)

    def refuse_list(name):
        if str(name).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(name))
        return real_scandir(name)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "scandir", refuse_list)
    status, said = doctor(logdir)
    assert status == 1
    assert "1 event file could not be read" in said
    assert "1 place could not be looked into" in said
    assert said.count("Permission denied") == 2


def test_empty_compressed_foreign_and_damaged_files(doctor, logdir):
    path = event_file(logdir)
    whole = path.read_bytes()
    (logdir / "a" / "events.out.tfevents.0").touch()
    (logdir / "a" / "events.out.tfevents.1.gz").write_bytes(gzip.compress(whole))
    (logdir / "a" / "notes.tfevents").write_bytes(b"hello\n" * 20)
    changed = bytearray(whole)
    changed[-6] ^= 1
    path.write_bytes(changed)
    status, said = doctor(logdir)
    assert status == 1
    assert "1 event file of no bytes" in said
    assert "1 event file compressed with gzip" in said
    assert "2 files with 'tfevents' in the name, but without a single record" in said
    assert "1 damaged place in 1 file, " in said
    assert "4 problems found" in said


def test_nothing_logged_yet(doctor, tmp_path):
    SummaryWriter(tmp_path / "x").close()
    status, said = doctor(tmp_path)
    assert status == 1
    assert "nothing was logged, or not yet flushed" in said


def test_kinds_that_are_no_scalars(doctor, tmp_path):
    with SummaryWriter(tmp_path / "x") as writer:
        writer.add_text("t", "hello", 0)
    status, said = doctor(tmp_path)
    assert status == 0
    assert "no scalars, so their page is empty; there are texts in 1 run" in said


def test_what_no_page_shows(doctor, tmp_path):
    with SummaryWriter(tmp_path / "x") as writer:
        writer.add_tensor("t", [[1.0, 2.0]], 0)
    status, said = doctor(tmp_path)
    assert status == 1
    assert "nothing that a page shows, only tensors in 1 run" in said


def test_scalars_of_which_nothing_can_be_drawn(doctor, tmp_path):
    with SummaryWriter(tmp_path / "x") as writer:
        for _ in range(3):
            writer.add_scalar("loss", math.nan)
    status, said = doctor(tmp_path)
    assert status == 1
    assert "1 of 1 scalar without a finite value" in said
    assert "1 of 1 scalar with all points at one step" in said
    assert "x: loss, 3 points at step 0" in said


def test_points_that_a_restart_made_void(doctor, logdir):
    time.sleep(0.01)
    with SummaryWriter(logdir / "a", purge_step=2) as writer:
        writer.add_scalar("loss", 0.5, 2)
    status, said = doctor(logdir)
    assert status == 0
    assert "a: 3 points" in said


def test_files_that_do_not_grow(doctor, logdir):
    hours_ago = time.time() - 3 * 3600 - 5
    os.utime(event_file(logdir), (hours_ago, hours_ago))
    assert "nothing was written for 3 hours" in doctor(logdir)[1]


def test_the_parts_of_the_installation(doctor, logdir, monkeypatch):
    said = doctor(logdir)[1]
    assert "cellboard 0." in said
    assert "numpy " in said
    assert "the extension in C is" in said
    assert "the web app is built" in said
    monkeypatch.setattr(webapp.WebApp, "is_built", False)
    status, said = doctor(logdir)
    assert status == 1
    assert webapp.HOW_TO_BUILD in said


def test_a_port_that_is_taken(doctor, logdir):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        status, said = doctor(logdir, "--port", port)
        assert status == 1
        assert f"port {port} is in use by another program" in said
    assert f"port {port} is free" in doctor(logdir, "--port", port)[1]


def test_hostile_names_do_nothing_to_the_terminal(doctor, tmp_path):
    (tmp_path / "a\x1b[2Jb.tar").touch()
    assert "\x1b" not in doctor(tmp_path)[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [([], "no directory"), (["a", "b"], "'b'"), (["a", "--prot", "1"], "--port"), (["a", "--port", "x"], "no port")],
)
def test_what_is_not_understood(arguments, says, capsys):
    assert main(["doctor", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_help(capsys):
    assert main(["doctor", "--help"]) == 0
    assert "cellboard doctor DIR" in capsys.readouterr().out


def test_embeddings_alone_are_something_to_see(doctor, tmp_path):
    with SummaryWriter(tmp_path / "run") as writer:
        writer.add_embedding([[1.0, 2.0], [3.0, 4.0]])
    status, said = doctor(tmp_path)
    assert status == 0
    assert "there are no scalars, so their page is empty; there are embeddings" in said
    assert "1 embedding for the projector" in said


def test_embeddings_that_cannot_be_read(doctor, logdir):
    (logdir / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "up" tensor_path: "../../up.tsv" } embeddings { tensor_name: "trained" }'
    )
    (logdir / "a" / "projector_config.pbtxt").write_text("embeddings {")
    status, said = doctor(logdir)
    assert status == 1
    assert "3 embeddings cannot be read" in said
    for words in ("lies outside of", "only TensorFlow can read", "no configuration of embeddings"):
        assert words in said


def test_graphs_that_cannot_be_drawn(doctor, logdir):
    writer = EventFileWriter(logdir / "a")
    writer.add_event(Event(graph_def=b"\xff\xff\xff", wall_time=1.0))
    writer.close()
    status, said = doctor("--logdir", logdir)
    assert status == 1
    assert "1 graph cannot be drawn" in said
    assert "a: __run_graph__: no graph: damaged" in said


def test_graphs_alone_are_something_to_see(doctor, tmp_path):
    graph = GraphDef(node=[{"name": "a", "op": "X", "input": ["gone"]}])
    writer = EventFileWriter(tmp_path)
    writer.add_event(Event(graph_def=graph.SerializeToString(), wall_time=1.0))
    writer.close()
    status, said = doctor("--logdir", tmp_path)
    assert status == 0
    assert "there are no scalars, so their page is empty; there are graphs in 1 run" in said
    assert "1 input of operations names nodes that are not in the graph" in said
