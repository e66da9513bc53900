"""The Jupyter Server part, asked over HTTP: who gets in, what is passed on, what is said when a viewer is gone."""

from __future__ import annotations

import http.client
import http.server
import json
import os
import signal
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import cellboard
import pytest

AS_SCRIPT = {"Accept": "application/json"}
AS_PERSON = {"Accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["api/ping", "api/viewers", "v/{id}", "v/{id}/", "v/{id}/api/v1/ping", "v/nobody/"])
def test_every_address_wants_the_token(server: Any, viewer: dict[str, Any], path: str, method: str) -> None:
    address = "cellboard/" + path.format(id=viewer["id"])
    status, body, _ = server.fetch(address, token=False, headers=AS_SCRIPT, method=method)
    assert status == 403
    assert b"cellboard" not in body


def test_a_person_who_is_not_logged_in_is_asked_to(server: Any, viewer: dict[str, Any]) -> None:
    _, body, headers = server.fetch(f"cellboard/v/{viewer['id']}/", token=False, headers=AS_PERSON)
    assert b"password" in body
    assert "cellboard" not in headers.get("Content-Security-Policy", "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading_is_passed_on(server: Any, viewer: dict[str, Any], method: str) -> None:
    for path in ("api/ping", f"v/{viewer['id']}/"):
        assert server.fetch(f"cellboard/{path}", method=method)[0] in (403, 405)


LAYOUT = {"charts": [{"title": "A", "section": "", "tags": ["loss"], "margins": []}], "version": ""}


def write(server: Any, path: str, headers: dict[str, str], body: bytes | None = None, method: str = "PUT") -> int:
    """Send a layout, or something else, with just these headers; the status."""
    parts = urlsplit(server.address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        content = json.dumps(LAYOUT).encode() if body is None else body
        connection.request(method, f"{parts.path}cellboard/{path}", content, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_layout_is_written_by_who_is_logged_in_and_knows_the_cookie(server: Any, viewer: dict[str, Any]) -> None:
    parts = urlsplit(server.address)
    own = {"Origin": f"http://{parts.netloc}", "Content-Type": "application/json"}
    token = {"Authorization": f"token {server.token}"}
    layout = f"v/{viewer['id']}/api/v1/layout"
    # A browser's session: Jupyter's login cookie and its XSRF cookie, as pages get them.
    with urllib.request.urlopen(f"{server.address}tree?token={server.token}", timeout=20) as page:
        cookies = [cookie.partition(";")[0] for cookie in page.headers.get_all("Set-Cookie")]
    xsrf = next(cookie.partition("=")[2] for cookie in cookies if cookie.startswith("_xsrf="))
    session = {"Cookie": "; ".join(cookies)}
    assert write(server, layout, own) == 403
    assert write(server, layout, own | session) == 403
    assert write(server, layout, own | session | {"X-XSRFToken": "2|x|y|1"}) == 403
    foreign = {"Origin": "http://evil.example"}
    assert write(server, layout, own | session | {"X-XSRFToken": xsrf} | foreign) in (403, 404)
    assert json.loads(server.fetch(f"cellboard/{layout}")[1])["charts"] == []
    assert write(server, layout, own | session | {"X-XSRFToken": xsrf, "Content-Type": "text/plain"}) == 400
    assert write(server, layout, own | session | {"X-XSRFToken": xsrf}, b" " * (1 << 19)) == 413
    assert write(server, layout, own | session | {"X-XSRFToken": xsrf}) == 200
    assert json.loads(server.fetch(f"cellboard/{layout}")[1])["charts"] == LAYOUT["charts"]
    for path in (f"v/{viewer['id']}/api/v1/ping", f"v/{viewer['id']}/", f"v/{viewer['id']}/x/../api/v1/layout"):
        assert write(server, path, own | token) in (400, 404, 405)


def test_a_graph_in_a_file_is_sent_by_who_knows_the_cookie(server: Any, viewer: dict[str, Any]) -> None:
    own = {"Origin": f"http://{urlsplit(server.address).netloc}", "Content-Type": "application/octet-stream"}
    with urllib.request.urlopen(f"{server.address}tree?token={server.token}", timeout=20) as page:
        cookies = [cookie.partition(";")[0] for cookie in page.headers.get_all("Set-Cookie")]
    xsrf = next(cookie.partition("=")[2] for cookie in cookies if cookie.startswith("_xsrf="))
    session = {"Cookie": "; ".join(cookies), "X-XSRFToken": xsrf}
    address = f"v/{viewer['id']}/api/v1/graph_file?name=small.onnx"
    model = (Path(__file__).parent.parent / "eventlog/models/small.onnx").read_bytes()
    assert write(server, address, own, model, "POST") == 403
    assert write(server, address, own | session | {"X-XSRFToken": "2|x|y|1"}, model, "POST") == 403
    assert write(server, address, own | session, model, "POST") == 200
    assert write(server, address, own | session, b"none", "POST") == 400
    # As large as many models are, and far larger than a layout may be.
    assert write(server, address, own | session, model + b"\x1a\x80\x80\x80\x02" + b"x" * (4 << 20), "POST") == 200


def test_the_server_finds_every_handler_guarded(server: Any) -> None:
    # jupyter_server looks at each handler's verbs when unauthenticated access is off, and warns of open ones.
    assert "cellboard" not in "".join(
        line for line in server.log.read_text().splitlines() if "JupyterServerAuthWarning" in line
    )


def test_ping_says_the_version(server: Any) -> None:
    status, body, _ = server.fetch("cellboard/api/ping")
    assert (status, json.loads(body)) == (200, {"cellboard": cellboard.__version__})


def test_viewers_are_listed_without_their_tokens(server: Any, viewer: dict[str, Any]) -> None:
    status, body, _ = server.fetch("cellboard/api/viewers")
    assert status == 200
    (found,) = json.loads(body)["viewers"]
    assert found["id"] == viewer["id"]
    assert found["port"] == viewer["port"]
    assert found["logdir"] == viewer["logdir"]
    assert found["path"] == f"cellboard/v/{viewer['id']}/"
    assert viewer["token"] not in body.decode()


def test_a_viewer_answers_through_the_server(server: Any, viewer: dict[str, Any]) -> None:
    status, body, headers = server.fetch(f"cellboard/v/{viewer['id']}/api/v1/ping")
    assert status == 200
    assert json.loads(body)["id"] == viewer["id"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"].startswith("application/json")


def test_a_viewers_own_policy_arrives_whole_and_alone(server: Any, viewer: dict[str, Any]) -> None:
    _, _, headers = server.fetch(f"cellboard/v/{viewer['id']}/api/v1/ping")
    assert headers.get_all("Content-Security-Policy") == ["default-src 'none'; sandbox; frame-ancestors 'none'"]
    _, _, headers = server.fetch(f"cellboard/v/{viewer['id']}/", headers=AS_PERSON)
    (policy,) = headers.get_all("Content-Security-Policy")
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy


def test_head_gives_the_same_headers_and_no_body(server: Any, viewer: dict[str, Any]) -> None:
    address = f"cellboard/v/{viewer['id']}/api/v1/ping"
    whole, head = server.fetch(address), server.fetch(address, method="HEAD")
    assert head[0] == 200
    assert head[1] == b""
    assert head[2]["Content-Type"] == whole[2]["Content-Type"]


def test_parameters_and_errors_pass_through(server: Any, viewer: dict[str, Any]) -> None:
    address = f"cellboard/v/{viewer['id']}/api/v1/histograms?run=a%20%26b&tag=t%2Fx"
    status, body, _ = server.fetch(address)
    assert status == 404
    assert "a &b" in json.loads(body)["error"]


def test_an_address_without_its_slash_leads_to_the_page(server: Any, viewer: dict[str, Any]) -> None:
    with_slash = server.fetch(f"cellboard/v/{viewer['id']}/", headers=AS_PERSON)
    without = server.fetch(f"cellboard/v/{viewer['id']}", headers=AS_PERSON)
    assert without[0] == with_slash[0]
    assert len(without[1]) == len(with_slash[1])


def test_no_path_leads_out_of_the_viewer(server: Any, viewer: dict[str, Any]) -> None:
    for path in ("../../api/status", "%2e%2e/%2e%2e/api/status", "..%2f..%2fetc/passwd", "//127.0.0.1:1/x"):
        status, body, _ = server.fetch(f"cellboard/v/{viewer['id']}/{path}", headers=AS_SCRIPT)
        assert status in (400, 403, 404), path
        assert b"root:" not in body
        assert b"last_activity" not in body


def test_a_viewer_that_never_was_is_gone(server: Any) -> None:
    status, body, _ = server.fetch("cellboard/v/0123456789ab/api/v1/ping", headers=AS_SCRIPT)
    assert status == 410
    assert "%board" in json.loads(body)["hint"]


def test_a_killed_viewer_is_gone_in_words(server: Any, viewer: dict[str, Any]) -> None:
    os.kill(viewer["pid"], signal.SIGKILL)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{viewer['pid']}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    status, body, headers = server.fetch(f"cellboard/v/{viewer['id']}/", headers=AS_PERSON)
    assert status == 410
    assert b"no longer running" in body
    assert headers["Content-Type"].startswith("text/html")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert json.loads(server.fetch("cellboard/api/viewers")[1]) == {"viewers": []}


class Recorder(http.server.BaseHTTPRequestHandler):
    """Stands where a viewer would and writes down what reaches it."""

    seen: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(304 if "If-None-Match" in self.headers else 200)
        self.send_header("Set-Cookie", "stolen=1")
        self.send_header("Connection", "close")
        self.send_header("Location", "http://elsewhere.example/")
        self.send_header("Etag", '"7"')
        self.end_headers()
        if "If-None-Match" not in self.headers:
            self.wfile.write(b"x" * 3_000_000)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def recorder() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        Recorder.seen.clear()
        yield listening.server_address[1]
        listening.shutdown()


def test_neither_cookies_nor_credentials_reach_a_viewer(
    server: Any, viewer: dict[str, Any], pretend: Callable[..., Path], recorder: int
) -> None:
    pretend(viewer, port=recorder)
    secrets = {
        "Cookie": "session=abc; _xsrf=1",
        "X-XSRFToken": "1",
        "Referer": "http://x/?token=t",
        "Origin": "http://x",
    }
    address = f"cellboard/v/{viewer['id']}/api/v1/runs?tag=a&token={server.token}"
    status, body, headers = server.fetch(address, headers=secrets)
    assert (status, len(body)) == (200, 3_000_000)
    ((path, sent),) = Recorder.seen
    assert path == f"/{viewer['token']}/api/v1/runs?tag=a"
    assert set(sent) <= {"accept", "accept-encoding", "connection", "host", "user-agent"}
    assert sent["host"] == f"127.0.0.1:{recorder}"
    assert server.token not in str(sent)
    assert "stolen" not in str(headers.get_all("Set-Cookie"))
    assert headers["Location"] is None


def test_an_unchanged_answer_stays_one(
    server: Any, viewer: dict[str, Any], pretend: Callable[..., Path], recorder: int
) -> None:
    pretend(viewer, port=recorder)
    status, body, headers = server.fetch(f"cellboard/v/{viewer['id']}/x", headers={"If-None-Match": '"7"'})
    assert (status, body, headers["Etag"]) == (304, b"", '"7"')


def test_a_record_whose_process_ended_reaches_no_port(
    server: Any, viewer: dict[str, Any], pretend: Callable[..., Path], recorder: int
) -> None:
    pretend(viewer, port=recorder, process_start=1.0)
    assert server.fetch(f"cellboard/v/{viewer['id']}/")[0] == 410
    assert Recorder.seen == []


def test_a_record_that_others_could_have_written_reaches_no_port(
    server: Any, viewer: dict[str, Any], pretend: Callable[..., Path], recorder: int
) -> None:
    pretend(viewer, port=recorder).chmod(0o644)
    assert server.fetch(f"cellboard/v/{viewer['id']}/")[0] == 410
    assert Recorder.seen == []


def test_a_live_viewer_that_does_not_answer_is_said_to_be_silent(
    server: Any, viewer: dict[str, Any], pretend: Callable[..., Path]
) -> None:
    # Its process lives, but nobody listens on port 1.
    pretend(viewer, port=1)
    status, body, _ = server.fetch(f"cellboard/v/{viewer['id']}/api/v1/ping", headers=AS_SCRIPT)
    assert status == 502
    assert "does not answer" in json.loads(body)["error"]
