"""The page and its assets, as they leave the server."""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from cellboard.viewer import serve as serving
from cellboard.viewer.errors import WebAppMissingError
from cellboard.viewer.options import ViewerOptions
from cellboard.viewer.server import Viewer, make_server
from cellboard.viewer.webapp import WebApp
from tornado.httpclient import AsyncHTTPClient

INDEX = """<!doctype html><html><head>
<script type="module" crossorigin src="./assets/index-Ab1.js"></script>
<link rel="modulepreload" href="./assets/chunk-Cd2.js"><link rel="stylesheet" href="./assets/index-Ef3.css">
<script nonce="mine">1</script></head><body><div id="app"></div></body></html>"""


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build as Vite leaves it."""
    (tmp_path / "assets" / "fonts").mkdir(parents=True)
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "secret.txt").write_text("not an asset")
    (tmp_path / "assets" / "index-Ab1.js").write_text("console.log('é');" * 200)
    (tmp_path / "assets" / "index-Ab1.js.map").write_text("{}")
    (tmp_path / "assets" / "index-Ef3.css").write_text("a{}")
    (tmp_path / "assets" / "fonts" / "x.woff2").write_bytes(b"\x00font" * 1000)
    return tmp_path


def fetch(viewer: Viewer, *requests: tuple[str, dict[str, str]]) -> list[Any]:
    """Serve `viewer` for as long as it takes to answer the requests, addresses relative to the token."""

    async def all_of_them() -> list[Any]:
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setblocking(False)
        server = make_server(viewer)
        server.add_sockets([listener])
        base = f"http://127.0.0.1:{listener.getsockname()[1]}/{viewer.record.token}/"
        client = AsyncHTTPClient(force_instance=True)
        try:
            return [
                await client.fetch(base + path, headers=headers, raise_error=False, decompress_response=False)
                for path, headers in requests
            ]
        finally:
            client.close()
            server.stop()
            await server.close_all_connections()
            viewer.store.close()

    return asyncio.run(all_of_them())


@pytest.fixture
def viewer(build: Path) -> Viewer:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        plain = serving._assemble(ViewerOptions("runs"), [listener])
    return Viewer(plain.options, plain.record, plain.access, plain.store, webapp=WebApp(build))


def test_each_page_has_a_nonce_of_its_own(viewer: Viewer) -> None:
    nonces = []
    for page in fetch(viewer, ("", {}), ("", {})):
        nonce = re.search(r"script-src 'nonce-([\w-]+)' 'strict-dynamic'", page.headers["Content-Security-Policy"])[1]
        text = page.body.decode()
        assert text.count(f'nonce="{nonce}"') == 3
        assert f'<script nonce="{nonce}" type="module" crossorigin src="./assets/index-Ab1.js">' in text
        assert '<script nonce="mine">' in text
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert page.headers["Cache-Control"] == "no-store"
        nonces.append(nonce)
    assert len(set(nonces)) == 2


def test_assets_by_name_with_type_and_gzip(viewer: Viewer, build: Path) -> None:
    packed, plain, style, font = fetch(
        viewer,
        ("assets/index-Ab1.js", {"Accept-Encoding": "gzip, br"}),
        ("assets/index-Ab1.js", {}),
        ("assets/index-Ef3.css", {"Accept-Encoding": "gzip"}),
        ("assets/fonts/x.woff2", {"Accept-Encoding": "gzip"}),
    )
    script = (build / "assets" / "index-Ab1.js").read_bytes()
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body == script
    assert plain.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "immutable" in plain.headers["Cache-Control"]
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert font.headers["Content-Type"] == "font/woff2"
    assert "Content-Encoding" not in font.headers


def test_what_the_build_packed_is_sent_as_it_is(viewer: Viewer, build: Path) -> None:
    (build / "assets" / "index-Ab1.js.gz").write_bytes(b"packed by the build")
    [got] = fetch(viewer, ("assets/index-Ab1.js", {"Accept-Encoding": "gzip"}))
    assert got.body == b"packed by the build"


@pytest.mark.parametrize(
    "name", ["../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "", "fonts", "index-Ab1.js.map", "none.js"]
)
def test_nothing_else_is_served(viewer: Viewer, name: str) -> None:
    [got] = fetch(viewer, (f"assets/{name}", {}))
    assert got.code == 404
    assert b"not an asset" not in got.body


def test_a_file_that_an_update_took_away_is_not_found(viewer: Viewer, build: Path) -> None:
    assert viewer.webapp.asset("index-Ef3.css")
    (build / "assets" / "index-Ef3.css").unlink()
    [got] = fetch(viewer, ("assets/index-Ef3.css", {}))
    assert got.code == 404
    assert b"reload the page" in got.body


def test_without_a_build_it_says_what_to_run(viewer: Viewer, tmp_path: Path) -> None:
    bare = WebApp(tmp_path / "nothing")
    with pytest.raises(WebAppMissingError, match="pip install"):
        bare.page("N")
    unbuilt = Viewer(viewer.options, viewer.record, viewer.access, viewer.store, webapp=bare)
    [got] = fetch(unbuilt, ("", {}))
    assert got.code == 503
    assert b"pip install" in got.body
    assert "script-src" not in got.headers["Content-Security-Policy"]
