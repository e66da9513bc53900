"""``api/viewers``: who may list, start and stop viewers, which directories are meant, and what is said of them."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cellboard.viewer.processes import is_running

API = "cellboard/api/viewers"


@pytest.fixture
def ask(server: Any) -> Callable[..., tuple[int, Any]]:
    """Ask the API: status and what the JSON says. With the token unless headers are given."""

    def ask_(method: str, path: str = "", body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        parts = urlsplit(server.address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=40)
        sent = {"Authorization": f"token {server.token}"} if headers is None else headers
        content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        try:
            connection.request(method, f"{parts.path}{API}{path}", content, {"Accept": "application/json", **sent})
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        is_json = (answer.getheader("Content-Type") or "").startswith("application/json")
        return answer.status, json.loads(said) if is_json and said else said

    return ask_


@pytest.fixture
def start(ask: Callable[..., tuple[int, Any]]) -> Iterator[Callable[..., Any]]:
    """Ask for a viewer, which has to come; all are stopped at the end."""

    def start_(**asked: str) -> Any:
        status, said = ask("POST", body=asked)
        assert status in (200, 201), said
        assert said["reused"] == (status == 200)
        return said["viewer"]

    yield start_
    assert ask("DELETE")[0] == 200


@pytest.fixture
def session(server: Any) -> dict[str, str]:
    """The cookies of a browser that has logged in; ``xsrf`` is the value to send back."""
    with urllib.request.urlopen(f"{server.address}tree?token={server.token}", timeout=20) as page:
        cookies = [cookie.partition(";")[0] for cookie in page.headers.get_all("Set-Cookie")]
    xsrf = next(cookie.partition("=")[2] for cookie in cookies if cookie.startswith("_xsrf="))
    return {"Cookie": "; ".join(cookies), "xsrf": xsrf}


@pytest.fixture
def tree(server: Any) -> Path:
    """Folders below the server's root: runs (an event file in it), .secret, a file that is none."""
    runs = server.root / "my runs" / "é"
    runs.mkdir(parents=True, exist_ok=True)
    (runs / "events.out.tfevents.1.host").touch()
    (server.root / ".secret").mkdir(exist_ok=True)
    (server.root / "note.txt").touch()
    root: Path = server.root
    return root


def test_only_who_is_logged_in_starts_and_stops(
    server: Any, ask: Callable[..., tuple[int, Any]], session: dict[str, str], tree: Path, viewer: dict[str, Any]
) -> None:
    own = {"Origin": "http://" + urlsplit(server.address).netloc, "Content-Type": "application/json"}
    cookies = {"Cookie": session["Cookie"]}
    known = {"X-XSRFToken": session["xsrf"]}
    body = {"path": "my runs"}
    one = f"/{viewer['id']}"
    refused = [own, own | known, own | cookies, own | cookies | {"X-XSRFToken": "2|x|y|1"}, cookies]
    for headers in refused:
        for method, path in (("POST", ""), ("DELETE", ""), ("DELETE", one)):
            status, said = ask(method, path, body if method == "POST" else None, headers)
            assert status == 403, (method, path, headers)
            assert viewer["logdir"] not in str(said)
    foreign = own | cookies | known | {"Origin": "http://evil.example"}
    assert ask("POST", "", body, foreign)[0] in (403, 404)
    assert ask("DELETE", one, None, foreign)[0] in (403, 404)
    assert [found["id"] for found in ask("GET")[1]["viewers"]] == [viewer["id"]]
    status, said = ask("POST", "", body, own | cookies | known)
    assert (status, said["reused"]) == (201, False)
    assert ask("DELETE", one, None, own | cookies | known) == (200, {"stopped": [viewer["id"]]})
    assert ask("DELETE", "", None, own | cookies | known) == (200, {"stopped": [said["viewer"]["id"]]})


def test_a_viewer_is_started_once_for_every_spelling_of_its_directory(
    server: Any, ask: Callable[..., tuple[int, Any]], start: Callable[..., Any], tree: Path
) -> None:
    (tree / "link").symlink_to(tree / "my runs")
    first = start(path="my runs")
    assert first["logdir"] == str((tree / "my runs").resolve())
    assert first["path"] == f"cellboard/v/{first['id']}/"
    spellings = [
        {"path": "/my runs/"},
        {"path": "link"},
        {"path": "my runs/../my runs"},
        {"logdir": "my runs"},
        {"logdir": " ./my runs/ "},
        {"logdir": str(tree / "my runs")},
        {"logdir": first["logdir"]},
    ]
    for spelled in spellings:
        status, said = ask("POST", body=spelled)
        assert (status, said["reused"], said["viewer"]["id"]) == (200, True, first["id"]), spelled
    assert json.loads(server.fetch(f"{first['path']}api/v1/ping")[1])["id"] == first["id"]
    # An event file means its folder, in the file browser and typed.
    deep = start(path="my runs/é/events.out.tfevents.1.host")
    assert deep["logdir"] == str((tree / "my runs" / "é").resolve())
    assert start(logdir=f"{tree}/my runs/é/events.out.tfevents.1.host")["id"] == deep["id"]
    assert start(path="")["logdir"] == str(tree.resolve())
    # A directory may come later, as with %board.
    assert start(logdir="later")["logdir"] == str((tree / "later").resolve())


def test_what_a_record_of_several_directories_says_starts_the_same_again(
    ask: Callable[..., tuple[int, Any]], start: Callable[..., Any], tree: Path
) -> None:
    spec = f"a:{tree.resolve()}/my runs,b:{tree.resolve()}/later"
    first = start(logdir=spec)
    assert (first["logdir"], first["title"]) == (spec, "a, b")
    assert ask("DELETE", f"/{first['id']}")[0] == 200
    again = start(logdir=first["logdir"], title="Mine")
    assert (again["logdir"], again["title"]) == (spec, "Mine")
    assert again["id"] != first["id"]
    # A folder of that kind of name is a folder.
    (tree / "a:b").mkdir()
    assert start(logdir="a:b")["logdir"] == str(tree.resolve() / "a:b")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("..", "outside of the server's root"),
        ("../..", "outside of the server's root"),
        ("my runs/../../x", "outside of the server's root"),
        ("/../etc", "outside of the server's root"),
        (".secret", "is hidden"),
        ("my runs/../.secret", "is hidden"),
        ("RTC:my runs", "drive 'RTC' is not on this server's disk"),
        ("gdrive:x/y", "drive 'gdrive' is not on this server's disk"),
        ("nowhere", "no nowhere any more"),
        ("note.txt", "is a file without events"),
        ("my runs\0", "holds what no program can be told"),
    ],
)
def test_the_file_browser_leads_to_folders_below_the_root_alone(
    ask: Callable[..., tuple[int, Any]], tree: Path, path: str, words: str
) -> None:
    status, said = ask("POST", body={"path": path})
    assert status == 400
    assert words in said["error"]
    assert "viewers" in ask("GET")[1]
    assert ask("GET")[1]["viewers"] == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (None, "no JSON object"),
        (b"\xff", "no JSON object"),
        (b"[" * 60_000, "no JSON object"),
        ([], "no JSON object"),
        ({"logdir": 7}, "no JSON object of strings"),
        ({}, "Name either logdir or path."),
        ({"logdir": "a", "path": "a"}, "Name either logdir or path."),
        ({"logdir": " "}, "No log directory given."),
        ({"logdir": "a\0b"}, "A text holds what no program can be told."),
        ({"logdir": "note.txt"}, "file without events"),
        ({"logdir": "a", "title": "b\0c"}, "A text holds what no program can be told."),
        ({"logdir": "a\ud800"}, "A text holds what no program can be told."),
        ({"logdir": "a", "host": "0.0.0.0"}, "Unknown field 'host'."),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_cannot_be_followed_is_said_in_words(
    ask: Callable[..., tuple[int, Any]], tree: Path, body: Any, words: str
) -> None:
    status, said = ask("POST", body=body)
    assert status == 400
    assert words in said["error"]
    assert set(said) == {"error", "hint"}


def test_too_much_is_not_read(ask: Callable[..., tuple[int, Any]]) -> None:
    assert ask("POST", body={"logdir": "x" * 70_000})[0] == 413


def test_a_viewer_is_listed_with_age_memory_and_who_started_it(
    server: Any, ask: Callable[..., tuple[int, Any]], start: Callable[..., Any], viewer: dict[str, Any], tree: Path
) -> None:
    ours = start(path="my runs")
    listed = {found["id"]: found for found in ask("GET")[1]["viewers"]}
    assert set(listed) == {viewer["id"], ours["id"]}
    assert listed[ours["id"]]["owner"] == {"kind": "server", "running": True, "kernel": "", "path": ""}
    # The process that started the other one has ended since.
    assert listed[viewer["id"]]["owner"] == {"kind": "process", "running": False, "kernel": "", "path": ""}
    for found in listed.values():
        assert 0 <= found["age"] < 300
        assert found["memory"] > 1 << 20
    assert viewer["token"] not in json.dumps(listed)


def test_a_stopped_viewer_is_gone_and_cannot_be_stopped_again(
    server: Any, ask: Callable[..., tuple[int, Any]], viewer: dict[str, Any]
) -> None:
    assert ask("DELETE", f"/{viewer['id']}") == (200, {"stopped": [viewer["id"]]})
    assert not is_running(viewer["pid"], viewer["process_start"])
    status, said = ask("DELETE", f"/{viewer['id']}")
    assert (status, said["error"]) == (404, "This viewer is no longer running.")
    assert server.fetch(f"cellboard/v/{viewer['id']}/")[0] == 410
    assert ask("DELETE", "/../../x")[0] in (403, 404)
    assert ask("DELETE") == (200, {"stopped": []})


def test_what_is_not_this_users_living_viewer_is_neither_listed_nor_stopped(
    server: Any, ask: Callable[..., tuple[int, Any]], viewer: dict[str, Any], pretend: Callable[..., Path]
) -> None:
    for changed in ({"uid": 4_000_000}, {"machine": "elsewhere"}, {"starter": 7}, {"process_start": 1.0}):
        pretend(viewer, **changed)
        assert ask("DELETE", f"/{viewer['id']}")[0] == 404, changed
        assert server.fetch(f"cellboard/v/{viewer['id']}/")[0] == 410, changed
        assert ask("GET")[1]["viewers"] == [], changed
        assert ask("DELETE") == (200, {"stopped": []}), changed
    assert is_running(viewer["pid"], viewer["process_start"])
    os.kill(viewer["pid"], signal.SIGTERM)  # Nobody but this test would end it.


def test_looking_at_the_list_does_not_keep_an_idle_server_awake(
    server: Any, ask: Callable[..., tuple[int, Any]]
) -> None:
    def last() -> str:
        said: dict[str, str] = json.loads(server.fetch("api/status?no_track_activity=1")[1])
        return said["last_activity"]

    before = last()
    time.sleep(0.01)
    assert ask("GET")[0] == 200
    assert last() == before
