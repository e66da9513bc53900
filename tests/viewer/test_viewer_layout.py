"""Layouts: what was logged is given, what a person makes is kept for the logdir, and nobody else may write."""

from __future__ import annotations

import http.client
import json
import stat
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import pytest
from cellboard import SummaryWriter
from cellboard.viewer.errors import BadBodyError, ConflictError, LayoutError
from cellboard.viewer.layouts import ChartOfMine, LayoutStore, read_charts

CHART = {"title": "Loss <b>", "section": "Mine", "tags": ["^loss", "(a+)+$"], "margins": []}
BAND = {"title": "Band", "section": "", "tags": [], "margins": [{"value": "v", "lower": "l", "upper": "u"}]}
LAYOUT = {
    "Training": {"losses": ["Multiline", ["loss/.*"]], "band": ["Margin", ["mean", "low", "high"]]},
    "Other": {"acc": ["Multiline", ["acc", "(a+)+$"]]},
}


class TestStore:
    def test_what_is_kept_is_read_again(self, tmp_path: Path) -> None:
        store = LayoutStore("/logs/a", tmp_path)
        assert store.read() == ((), "")
        charts = read_charts([CHART, BAND])
        version = store.write(charts, "")
        assert store.read() == (charts, version)
        assert LayoutStore("/logs/b", tmp_path).read() == ((), "")

    def test_the_file_is_the_users_alone_and_nothing_else_is_left(self, tmp_path: Path) -> None:
        store = LayoutStore("/logs/a", tmp_path)
        store.write((ChartOfMine("x"),), store.write((), ""))
        assert store.path is not None
        assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [store.path]

    def test_a_change_from_elsewhere_is_not_lost(self, tmp_path: Path) -> None:
        store = LayoutStore("/logs/a", tmp_path)
        version = store.write((ChartOfMine("first"),), "")
        for old in ("", "x"):
            with pytest.raises(ConflictError):
                store.write((ChartOfMine("second"),), old)
        assert store.read()[0][0].title == "first"
        store.write((ChartOfMine("second"),), version)

    def test_a_failed_write_leaves_the_old_layout(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        store = LayoutStore("/logs/a", tmp_path)
        version = store.write((ChartOfMine("first"),), "")

        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("os.replace", full)
            with pytest.raises(LayoutError, match="No space"):
                store.write((ChartOfMine("second"),), version)
        assert store.read() == ((ChartOfMine("first"),), version)
        assert len(list(tmp_path.rglob("*.json"))) == len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1

    @pytest.mark.parametrize(
        "content", [b"", b"[]", b"{", b'{"charts": 3}', b'{"charts": [{"title": 3}]}', b"[" * 9999]
    )
    def test_a_file_that_is_no_layout_is_said_to_be_none(self, tmp_path: Path, content: bytes) -> None:
        store = LayoutStore("/logs/a", tmp_path)
        assert store.path is not None
        store.path.parent.mkdir()
        store.path.write_bytes(content)
        with pytest.raises(LayoutError):
            store.read()

    def test_without_a_config_directory_nothing_is_kept(self) -> None:
        with pytest.raises(LayoutError):
            LayoutStore("/logs/a", None).write((), "")


@pytest.mark.parametrize(
    "charts",
    [
        None,
        {},
        ["x"],
        [{}],
        [{"title": 1}],
        [{"title": "x", "tags": "y"}],
        [{"title": "x", "tags": [1]}],
        [{"title": "x", "surprise": 1}],
        [{"title": "x" * 1001}],
        [{"title": "x", "tags": ["y"] * 101}],
        [{"title": "x", "margins": [{"value": "a", "lower": "b"}]}],
        [{"title": "x", "tags": ["y"], "margins": [{"value": "a", "lower": "b", "upper": "c"}]}],
        [{"title": "x"}] * 501,
    ],
)
def test_what_is_no_layout_is_refused(charts: Any) -> None:
    with pytest.raises(BadBodyError):
        read_charts(charts)


@pytest.fixture
def config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(path))
    return path


@pytest.fixture
def viewer(start: Any, config: Path, tmp_path: Path) -> Any:
    logdir = tmp_path / "logs"
    with SummaryWriter(logdir / "run") as writer:
        writer.add_scalar("loss/a", 1, 0)
        writer.add_custom_scalars(LAYOUT)
    viewer = start(logdir)
    viewer.ready()
    return viewer


def send(
    viewer: Any, body: Any, method: str = "PUT", headers: Mapping[str, str | None] = MappingProxyType({})
) -> tuple[int, Any]:
    """Send a layout as the page does; a header given as None is left out."""
    parts = urlsplit(viewer.address)
    usual = {"Origin": f"http://{parts.netloc}", "Content-Type": "application/json"}
    sent = {name: value for name, value in {**usual, **headers}.items() if value is not None}
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, parts.path + "api/v1/layout", content, sent)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def test_what_was_logged(viewer: Any) -> None:
    said = viewer.get("api/v1/layout").json()
    assert [(category["title"], category["closed"]) for category in said["logged"]] == [
        ("Training", False),
        ("Other", False),
    ]
    losses, band = said["logged"][0]["charts"]
    assert losses == {"title": "losses", "tags": ["loss/.*"], "margins": []}
    assert band["margins"] == [{"value": "mean", "lower": "low", "upper": "high"}]
    assert (said["charts"], said["version"], said["problem"], said["left_out"]) == ([], "", None, 0)


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_what_is_made_is_kept_in_the_config_directory(viewer: Any, config: Path, tmp_path: Path, method: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    status, said = send(viewer, {"charts": [CHART, BAND], "version": ""}, method)
    assert (status, said["charts"]) == (200, [CHART, BAND])
    again = viewer.get("api/v1/layout").json()
    assert (again["charts"], again["version"]) == ([CHART, BAND], said["version"])
    (file,) = (path for path in config.rglob("*") if path.is_file())
    assert file.parent == config / "cellboard" / "layouts"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(tmp_path.rglob("*")) == before
    assert send(viewer, {"charts": [], "version": ""}, method)[0] == 409
    assert send(viewer, {"charts": [], "version": said["version"]}, method)[0] == 200


REFUSED: list[tuple[dict[str, str | None], int]] = [
    ({"Origin": None}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://evil.example"}, 403),
    ({"Origin": "http://127.0.0.1:1"}, 403),
    ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Content-Type": None}, 400),
    ({"Content-Type": "text/plain"}, 400),
    ({"Content-Type": "application/x-www-form-urlencoded"}, 400),
]


def test_nobody_else_may_write(viewer: Any, config: Path) -> None:
    for headers, status in REFUSED:
        for method in ("PUT", "POST"):
            got, said = send(viewer, {"charts": [CHART], "version": ""}, method, headers)
            assert (got, bool(said["error"])) == (status, True), headers
    assert not any(path.is_file() for path in config.rglob("*"))


def test_the_token_is_needed(viewer: Any, config: Path) -> None:
    address, viewer.address = viewer.address, viewer.address.replace(urlsplit(viewer.address).path, "/wrong/")
    assert send(viewer, {"charts": [CHART], "version": ""})[0] == 403
    viewer.address = address
    assert not any(path.is_file() for path in config.rglob("*"))


BODIES = [
    *(b"", b"{", b"[]", b'"x"', b"[" * 50_000),
    *(b'{"charts": []}', b'{"charts": [], "version": 1}', b'{"charts": 1, "version": ""}'),
    b'{"charts": [], "version": "", "x": 1}',
]


def test_a_body_that_is_no_layout_is_explained(viewer: Any) -> None:
    for body in BODIES:
        status, said = send(viewer, body)
        assert (status, bool(said["hint"])) == (400, True), body[:50]


def test_a_body_that_is_too_large_is_not_read(viewer: Any, config: Path) -> None:
    parts = urlsplit(viewer.address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.putrequest("PUT", parts.path + "api/v1/layout")
    for name, value in {"Origin": f"http://{parts.netloc}", "Content-Type": "application/json"}.items():
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(1 << 30))
    connection.endheaders()
    try:
        status = connection.getresponse().status
    except (http.client.HTTPException, OSError):
        status = 400  # turned away without a word
    connection.close()
    assert status in (400, 413)
    assert not any(path.is_file() for path in config.rglob("*"))


def test_no_other_method(viewer: Any) -> None:
    for method in ("DELETE", "PATCH", "OPTIONS"):
        got = viewer.get("api/v1/layout", method)
        assert got.status == 405
        assert got.headers["Allow"] == "GET, HEAD, POST, PUT"
        assert got.headers["Access-Control-Allow-Origin"] is None


def test_a_spoiled_file_is_explained_and_the_logged_layout_shown(viewer: Any, config: Path) -> None:
    send(viewer, {"charts": [CHART], "version": ""})
    (file,) = (path for path in config.rglob("*") if path.is_file())
    file.write_bytes(b"{")
    said = viewer.get("api/v1/layout").json()
    assert (len(said["logged"]), said["charts"]) == (2, [])
    assert "mend the file" in said["problem"].lower()
    assert send(viewer, {"charts": [], "version": ""})[0] == 409
