"""Every address of a real viewer: not without the token, not for a foreign Host or page, not out of the logdir."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import numpy as np
import pytest
from cellboard import SummaryWriter
from cellboard.viewer.routes import handlers

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "http-api.md"

SECRET = b"nobody may read this"

OUT = [
    "..",
    "../",
    "../outside",
    "../outside/secret.txt",
    "run/../../outside",
    "..\\outside",
    "%2e%2e/outside",
    "....//outside",
    "/etc/passwd",
    "\0",
    "run/../../outside/secret.txt\0.png",
]

OTHERS = ("x_tag", "kind", "path", "name", "file", "item", "index", "group")


def addresses() -> list[str]:
    """The viewer's addresses behind the token that are not patterns."""
    return [path for path, _ in handlers() if path.startswith("/api/")]


@pytest.fixture
def viewer(start, tmp_path: Path):
    """A viewer over a run of every kind, with another run and a file beside its logdir."""
    for folder in ("logs/run", "outside"):
        with SummaryWriter(tmp_path / folder) as writer:
            writer.add_scalar("tag", 1.0, 0)
            writer.add_text("tag/text", SECRET.decode() if folder == "outside" else "hello")
            writer.add_image("tag/image", np.zeros((3, 2, 2), np.uint8))
            writer.add_histogram("tag/histogram", np.arange(9.0))
            writer.add_embedding([[1.0, 2.0]], tag="tag")
    (tmp_path / "outside" / "secret.txt").write_bytes(SECRET)
    viewer = start(tmp_path / "logs")
    viewer.ready()
    return viewer


def test_no_address_is_answered_to_strangers(viewer, http_get) -> None:
    """Without the token, under a foreign name, to a page from elsewhere."""
    parts = urlsplit(viewer.address)
    token = parts.path.strip("/")
    for path in addresses():
        for wrong in ("x" * len(token), token[:-1], token.swapcase(), ""):
            got = http_get(f"http://{parts.netloc}/{wrong}{path}", run="run", tag="tag")
            assert (got.status, "token" in got.json()["error"]) == (403, True), path
        got = viewer.get(path.lstrip("/"), headers={"Host": "evil.example"}, run="run", tag="tag")
        assert (got.status, "evil.example" in got.json()["error"]) == (403, True), path
        for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
            got = viewer.get(path.lstrip("/"), headers={"Origin": origin}, run="run", tag="tag")
            assert got.status == 403, path
            assert got.headers["Access-Control-Allow-Origin"] is None


def test_no_parameter_leads_out_of_the_logdir(viewer) -> None:
    for path in addresses():
        for names in (("run",), ("tag",), OTHERS):
            for out in OUT:
                query = urlencode({"run": "run", "tag": "tag"} | dict.fromkeys(names, out))
                got = viewer.get(f"{path.lstrip('/')}?{query}")
                assert got.status < 500, (path, query)
                assert SECRET not in got.body, (path, query)
                assert b"root:" not in got.body, (path, query)


def test_no_path_leads_out_of_what_is_served(viewer, http_get) -> None:
    parts = urlsplit(viewer.address)
    for out in ("..", "%2e%2e", "..%2f", "..%5c", "%2e%2e%2f%2e%2e", "....//", "//"):
        for begin in ("", "assets/", "api/v1/", "api/v1/image/"):
            for end in ("/outside/secret.txt", "/index.html", "/../../../../etc/passwd"):
                got = viewer.get(begin + out + end)
                assert got.status in (400, 403, 404), begin + out + end
                assert SECRET not in got.body
    assert http_get(f"http://{parts.netloc}/../../etc/passwd").status in (400, 403, 404)


def test_every_address_is_documented_and_no_other() -> None:
    said = set(re.findall(r"^\| `(api/v1/[a-z0-9_/]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    assert said == {path.lstrip("/") for path in addresses()}
