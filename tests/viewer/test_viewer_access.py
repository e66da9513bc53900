"""Who is let in: token, Host, Origin, method; and what a page may do."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cellboard.viewer.access import Access, host_name
from cellboard.viewer.errors import RefusedError
from cellboard.viewer.routes import handlers, lost
from cellboard.viewer.routes.base import Handler
from tornado.web import RequestHandler

TOKEN = "a-token"


def accepted(access: Access, host: str | None, origin: str | None = None) -> bool:
    try:
        access.check(host, origin)
    except RefusedError:
        return False
    return True


class TestHost:
    @pytest.mark.parametrize("host", ["127.0.0.1:6006", "localhost:6006", "LOCALHOST", "[::1]:6006", "127.0.0.1:7000"])
    def test_loopback_names_pass_with_any_port(self, host: str) -> None:
        assert accepted(Access(TOKEN), host)

    @pytest.mark.parametrize(
        "host",
        [
            None,
            "",
            "evil.example",
            "evil.example:6006",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "a b",
            "[::1",
            "localhost:99999",
            "localhost,evil.example",
            "localhost#evil",
            "evil.example\\localhost",
            "10.0.0.1:6006",
        ],
    )
    def test_other_names_are_refused(self, host: str | None) -> None:
        assert not accepted(Access(TOKEN), host)

    def test_a_name_that_was_allowed_passes(self) -> None:
        access = Access(TOKEN, frozenset({"hub.example"}))
        assert accepted(access, "hub.example")
        assert accepted(access, "Hub.Example:8888")
        assert not accepted(access, "sub.hub.example")

    def test_addresses_pass_where_the_viewer_listens_on_one_but_names_do_not(self) -> None:
        access = Access(TOKEN, any_address=True)
        assert accepted(access, "10.0.0.1:6006")
        assert accepted(access, "[fe80::1]:6006")
        assert not accepted(access, "evil.example:6006")

    def test_host_name_reads_what_a_browser_sends(self) -> None:
        assert host_name("Some.Host:80") == "some.host"
        assert host_name("[::1]:6006") == "::1"


class TestOrigin:
    def test_its_own_origin_passes(self) -> None:
        assert accepted(Access(TOKEN), "127.0.0.1:6006", "http://127.0.0.1:6006")

    @pytest.mark.parametrize(
        "origin",
        [
            "http://127.0.0.1:8888",
            "http://localhost:6006",
            "https://evil.example",
            "null",
            "",
            "file://",
            "http://[",
            "x",
        ],
    )
    def test_any_other_is_refused(self, origin: str) -> None:
        assert not accepted(Access(TOKEN), "127.0.0.1:6006", origin)

    def test_a_name_that_was_allowed_passes(self) -> None:
        assert accepted(Access(TOKEN, frozenset({"hub.example"})), "127.0.0.1:6006", "https://hub.example")

    @pytest.mark.parametrize(
        ("name", "passes"),
        [("a.users.example", True), ("A.B.users.example", True), ("users.example", False), ("xusers.example", False)],
    )
    def test_a_dot_allows_the_names_below(self, name: str, passes: bool) -> None:
        access = Access(TOKEN, frozenset({".users.example"}))
        assert accepted(access, f"{name}:6006") == passes
        assert accepted(access, "127.0.0.1:6006", f"https://{name}") == passes
        assert "https://*.users.example:*" in access.page_policy("n").rpartition("frame-ancestors")[2].split()


class TestToken:
    def test_what_stands_behind_the_token(self) -> None:
        access = Access(TOKEN, path_prefix="/team/x")
        assert access.inside("/a-token/api/v1/ping") == "/api/v1/ping"
        assert access.inside("/a-token/") == "/"
        assert access.inside("/a-token") == ""
        assert access.inside("/team/x/a-token/api") == "/api"

    @pytest.mark.parametrize(
        "path",
        ["/", "", "/a-toke", "/a-token2/", "/A-token/", "//a-token/", "/x/a-token/", "/../a-token/", "/a%2dtoken/"],
    )
    def test_nothing_without_it(self, path: str) -> None:
        assert Access(TOKEN, path_prefix="/team/x").inside(path) is None

    def test_it_is_not_in_the_repr(self) -> None:
        assert TOKEN not in repr(Access(TOKEN))


class TestPolicy:
    def test_scripts_run_by_nonce_only(self) -> None:
        policy = dict(part.split(" ", 1) for part in Access(TOKEN).page_policy("N").split("; "))
        assert policy["script-src"] == "'nonce-N' 'strict-dynamic'"
        assert policy["object-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
        assert policy["default-src"] == "'self'"

    def test_jupyter_and_allowed_hosts_may_frame_the_page(self) -> None:
        policy = Access(TOKEN, frozenset({"hub.example", "::2"})).page_policy("N")
        frames = policy.split("frame-ancestors ")[1].split()
        assert {"'self'", "http://localhost:*", "http://127.0.0.1:*", "https://hub.example:*"} <= set(frames)
        assert not any("::2" in source for source in frames)


def test_every_handler_stands_behind_the_gate() -> None:
    for handler in [*(handler for _, handler in handlers()), lost()]:
        assert issubclass(handler, Handler)
        assert handler.prepare is Handler.prepare or handler is lost()
        writes = {
            method
            for method in ("post", "put", "patch", "delete", "options")
            if getattr(handler, method) is not getattr(RequestHandler, method)
        }
        assert writes == {method.lower() for method in handler.writes}
        assert not writes or handler.__name__ in ("Layout", "GraphFile")


@pytest.fixture
def viewer(start, tmp_path: Path):
    return start(tmp_path)


class TestRealViewer:
    def test_the_root_is_refused_in_words(self, viewer, http_get) -> None:
        root = "http://" + urlsplit(viewer.address).netloc
        for path in ("/", "/wrong/", "/wrong/api/v1/ping", "/api/v1/ping", "/favicon.ico"):
            got = http_get(root + path, headers={"Accept": "text/html"})
            assert got.status == 403
            assert b"cellboard list" in got.body
            assert b"<script" not in got.body
        assert http_get(root + "/wrong/").json()["hint"]

    def test_who_comes_without_the_token_may_type_it(self, viewer, http_get) -> None:
        parts = urlsplit(viewer.address)
        root, token = f"http://{parts.netloc}", parts.path.strip("/")
        asked = http_get(root + "/", headers={"Accept": "text/html"})
        assert asked.status == 403
        assert b'<input id="token" name="token" type="password"' in asked.body
        assert b'action="./"' in asked.body
        assert "form-action 'self'" in asked.headers["Content-Security-Policy"]
        for typed in (token, f" {token}\n", viewer.address, f"{viewer.address}#run=a"):
            got = http_get(root + "/", token=typed)
            assert (got.status, got.headers["Location"]) == (303, f"./{token}/")
        assert http_get(f"{root}/x/y/", token=token).headers["Location"] == f"../../{token}/"
        for typed in ("", "x", token[:-1], token + "x", f"{token[:9]} {token[9:]}", "x" * 100_000):
            got = http_get(root + "/", headers={"Accept": "text/html"}, token=typed)
            assert got.status == 403
            assert got.headers["Location"] is None
        assert b"That is not the token" in got.body
        assert http_get(root + "/", "HEAD", token=token).status == 403
        assert http_get(root + "/", headers={"Host": "evil.example"}, token=token).status == 403

    def test_a_refusal_tells_nothing_of_the_logdir(self, viewer, http_get, tmp_path: Path) -> None:
        root = "http://" + urlsplit(viewer.address).netloc
        bodies = {http_get(root + path).body for path in ("/x/", "/x/api/v1/runs", "/x/nothing")}
        assert len(bodies) == 1
        assert tmp_path.name.encode() not in bodies.pop()

    def test_a_foreign_host_or_origin_is_refused_even_with_the_token(self, viewer) -> None:
        assert viewer.get("api/v1/ping", headers={"Host": "evil.example"}).status == 403
        assert viewer.get("api/v1/ping", headers={"Origin": "http://evil.example"}).status == 403
        assert viewer.get("api/v1/ping", headers={"Origin": viewer.address.rsplit("/", 2)[0]}).status == 200
        assert viewer.get("api/v1/ping", headers={"Host": f"localhost:{urlsplit(viewer.address).port}"}).status == 200

    def test_hostile_text_in_a_header_is_shown_as_text(self, viewer) -> None:
        got = viewer.get(headers={"Host": "<img/src=x>", "Accept": "text/html"})
        assert got.status in (400, 403)  # newer tornado turns it away by itself
        assert b"<img" not in got.body

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
    def test_only_get_and_head_are_answered(self, viewer, method: str) -> None:
        got = viewer.get("api/v1/ping", method)
        assert got.status == 405
        assert got.headers["Set-Cookie"] is None

    def test_head_is_get_without_a_body(self, viewer) -> None:
        got, whole = viewer.get("api/v1/ping", "HEAD"), viewer.get("api/v1/ping")
        assert (got.status, got.body) == (200, b"")
        assert int(got.headers["Content-Length"]) == len(whole.body)

    @pytest.mark.parametrize(
        "path",
        [
            "assets/../index.html",
            "assets/%2e%2e/index.html",
            "../",
            "assets/",
            "nothing",
            "api/v2/ping",
            "assets//etc/passwd",
        ],
    )
    def test_what_is_not_served_is_a_404_in_json(self, viewer, path: str) -> None:
        got = viewer.get(path)
        assert got.status in (403, 404)
        assert got.json()["error"]

    def test_the_headers_of_every_answer(self, viewer) -> None:
        for path in ("", "api/v1/ping", "api/v1/runs", "nothing"):
            got = viewer.get(path)
            assert got.headers["Referrer-Policy"] == "no-referrer"
            assert got.headers["X-Content-Type-Options"] == "nosniff"
            assert got.headers["Content-Security-Policy"]
            assert got.headers["Set-Cookie"] is None
            assert got.headers["Server"] is None
            assert got.headers["Access-Control-Allow-Origin"] is None

    def test_the_token_alone_leads_on_to_the_page(self, viewer, http_get) -> None:
        got = http_get(viewer.address.rstrip("/"))
        token = urlsplit(viewer.address).path.strip("/")
        assert (got.status, got.headers["Location"]) == (302, f"{token}/")

    def test_a_path_prefix_is_served_too(self, start, tmp_path: Path, http_get) -> None:
        viewer = start(tmp_path, "--path-prefix", "/team/x/")
        assert "/team/x/" in viewer.address
        assert viewer.get("api/v1/ping").status == 200
        assert http_get(viewer.address.replace("/team/x", "") + "api/v1/ping").status == 200
        assert http_get(viewer.address.replace("/team/x", "/team/y") + "api/v1/ping").status == 403

    def test_an_allowed_name(self, start, tmp_path: Path) -> None:
        viewer = start(tmp_path, "--allow_host", "hub.example", "--allow_host=other.example")
        for name in ("hub.example", "other.example:8000"):
            assert viewer.get("api/v1/ping", headers={"Host": name}).status == 200

    def test_everywhere_still_needs_the_token_and_warns(self, start, tmp_path: Path, http_get) -> None:
        viewer = start(tmp_path, "--host", "0.0.0.0")
        assert viewer.address.startswith("http://127.0.0.1:")
        assert "warning: listening on 0.0.0.0" in viewer.printed
        assert http_get("http://" + urlsplit(viewer.address).netloc + "/").status == 403
        assert viewer.get("api/v1/ping", headers={"Host": "10.1.2.3:6006"}).status == 200
        assert viewer.get("api/v1/ping", headers={"Host": socket.gethostname()}).status == 200
        assert viewer.get("api/v1/ping", headers={"Host": "evil.example"}).status == 403

    def test_bind_all_says_the_address_for_others_and_asks_them_for_the_token(self, start, tmp_path, http_get) -> None:
        viewer = start(tmp_path, "--bind_all", "--path_prefix", "/team")
        token = urlsplit(viewer.address).path.split("/")[2]
        port = urlsplit(viewer.address).port
        assert f"from other machines: http://{socket.gethostname().lower()}:{port}/team/{token}/" in viewer.printed
        assert "warning: listening on every address" in viewer.printed
        root = f"http://127.0.0.1:{port}"
        asked = http_get(root + "/team/", headers={"Accept": "text/html", "Host": "10.1.2.3:80"})
        assert asked.status == 403
        assert b'action="./"' in asked.body
        assert http_get(root + "/team/", token=token).headers["Location"] == f"./{token}/"
        assert viewer.get("api/v1/ping", headers={"Host": "evil.example"}).status == 403
        assert viewer.get("api/v1/ping", headers={"Host": ""}).status in (400, 403)

    def test_several_directories_as_one_tree(self, start, tmp_path) -> None:
        from cellboard import SummaryWriter

        for place in ("one/run", "two"):
            with SummaryWriter(tmp_path / place) as writer:
                writer.add_scalar("loss", 1.0, 0)
        viewer = start(None, "--logdir_spec", f"first:{tmp_path}/one,second:{tmp_path}/two", "--load_fast=false")
        said = viewer.ready()
        assert said["window_title"] == "first, second"
        assert said["logdirs"] == {
            "first": str((tmp_path / "one").resolve()),
            "second": str((tmp_path / "two").resolve()),
        }
        assert {run["name"] for run in viewer.get("api/v1/runs").json()["runs"]} == {"first/run", "second"}
        assert "--load_fast is not needed: there is one reader" in viewer.printed
        assert "Showing 2 runs of 2 directories" in viewer.printed

    def test_garbage_instead_of_http_does_no_harm(self, viewer) -> None:
        with socket.create_connection(("127.0.0.1", urlsplit(viewer.address).port), 10) as raw:
            raw.sendall(b"\x00\xff GARBAGE\r\n\r\n")
            raw.settimeout(10)
            raw.recv(100)
        assert viewer.get("api/v1/ping").status == 200
