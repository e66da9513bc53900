from __future__ import annotations

import json
import shutil
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from cellboard.magics import display, frame
from cellboard.viewer.registry import ViewerRecord

HOSTILE = "/data/</script><img src=x onerror=alert(1)>/\"'&"


def record(logdir: str = "/data/runs", **changes: Any) -> ViewerRecord:
    values: dict[str, Any] = {
        "id": "abc123def456",
        "pid": 4321,
        "process_start": 1.0,
        "machine": "here",
        "uid": 1000,
        "host": "127.0.0.1",
        "port": 6007,
        "token": "s3cr3t-token",
        "path_prefix": "",
        "logdir": logdir,
        "version": "0",
        "started": 0.0,
    }
    return ViewerRecord(**(values | changes))


class Page(HTMLParser):
    """The elements of some HTML, and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)


def options_in(html: str) -> dict[str, Any]:
    """What the page's script is given."""
    (script,) = Page(html).scripts
    found: dict[str, Any] = json.loads(script[script.rindex("})(") + 3 : script.rindex(");")])
    return found


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TENSORBOARD_PROXY_URL", raising=False)


def test_the_bundle_for_jupyter() -> None:
    forms = display.bundle(record(), 500)
    assert list(forms) == [display.MIME_TYPE, "text/html", "text/plain"]
    assert forms[display.MIME_TYPE] == {
        "id": "abc123def456",
        "path": "cellboard/v/abc123def456/",
        "height": 500,
        "title": "runs",
        "logdir": "/data/runs",
    }
    assert "s3cr3t" not in json.dumps(forms[display.MIME_TYPE])
    assert "s3cr3t" not in forms["text/plain"]


def test_a_height_that_is_not_said_is_left_to_jupyterlabs_settings() -> None:
    forms = display.bundle(record(), None)
    assert "height" not in forms[display.MIME_TYPE]
    assert "height:800px" in forms["text/html"]


def test_the_html_knows_every_way_and_no_server() -> None:
    options = options_in(display.bundle(record(), 500)["text/html"])
    assert options["path"] == "cellboard/v/abc123def456/"
    assert options["direct"] == "http://127.0.0.1:6007/s3cr3t-token/"
    assert options["proxy"] == ""


def test_nothing_breaks_out_of_the_html() -> None:
    html = frame.markup(record(HOSTILE), 500)
    page = Page(html)
    assert page.elements == ["div", "p", "iframe", "script"]
    assert options_in(html)["logdir"] == HOSTILE
    assert "<img" not in html


@pytest.mark.skipif(shutil.which("node") is None, reason="checks the script's syntax with Node.js")
def test_the_script_is_javascript(tmp_path: Path) -> None:
    (script,) = Page(frame.markup(record(HOSTILE), 500)).scripts
    (tmp_path / "frame.mjs").write_text(script)
    subprocess.run(["node", "--check", tmp_path / "frame.mjs"], check=True, timeout=30)


def test_every_display_has_its_own_element() -> None:
    assert options_in(frame.markup(record(), 1))["element"] != options_in(frame.markup(record(), 1))["element"]


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("/proxy/%PORT%/", "/proxy/6007/s3cr3t-token/"),
        ("/user/x/proxy/%PORT%", "/user/x/proxy/6007/s3cr3t-token/"),
        ("https://hub.example.org/p/%PORT%/", "https://hub.example.org/p/6007/s3cr3t-token/"),
        ("", ""),
    ],
)
def test_tensorboards_proxy_variable(template: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENSORBOARD_PROXY_URL", template)
    forms = display.bundle(record(), 500)
    assert options_in(forms["text/html"])["proxy"] == address
    assert (display.MIME_TYPE in forms) == (template == "")


def test_a_path_prefix_is_part_of_the_address() -> None:
    assert frame.path(record(path_prefix="/team/board")) == "/team/board/s3cr3t-token/"


def test_in_a_terminal_the_address_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert display.front_end() == "terminal"
    display.show(record(), 500)
    assert "Open http://127.0.0.1:6007/s3cr3t-token/" in capsys.readouterr().out


@pytest.fixture
def notebook_shell(monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    """A shell with a kernel, as far as asking for the front end goes."""
    made = types.SimpleNamespace(kernel=object(), user_ns={})
    monkeypatch.setattr("IPython.get_ipython", lambda: made)
    monkeypatch.delenv("VSCODE_PID", raising=False)
    monkeypatch.delenv("JPY_PARENT_PID", raising=False)
    return made


def test_vs_code_is_known_by_its_notebook(
    notebook_shell: types.SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert display.front_end() == "jupyter"
    notebook_shell.user_ns["__vsc_ipynb_file__"] = "x.ipynb"
    assert display.front_end() == "vscode"
    notebook_shell.user_ns.clear()
    monkeypatch.setenv("VSCODE_PID", "1")
    assert display.front_end() == "vscode"
    monkeypatch.setenv("JPY_PARENT_PID", "2")
    assert display.front_end() == "jupyter"


def test_vs_code_gets_no_form_it_does_not_know() -> None:
    forms = display.bundle(record(), 500, "vscode")
    assert list(forms) == ["text/html", "text/plain"]
    assert options_in(forms["text/html"])["reachable"] is True


@pytest.fixture
def colab(notebook_shell: types.SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A stand-in for ``google.colab``, with what its documentation says of `output`; gives what was asked of it."""
    calls: list[Any] = []
    output = types.ModuleType("google.colab.output")
    output.serve_kernel_port_as_iframe = lambda *args, **kwargs: calls.append((args, kwargs))  # type: ignore[attr-defined]
    output.enable_custom_widget_manager = lambda: calls.append("widgets")  # type: ignore[attr-defined]
    colab = types.ModuleType("google.colab")
    colab.output = output  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    monkeypatch.setitem(sys.modules, "google.colab.output", output)
    return calls


def test_colab_is_asked_for_a_frame(colab: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    published: list[dict[str, str]] = []
    monkeypatch.setattr("IPython.display.publish_display_data", published.append)
    assert display.front_end() == "colab"
    display.show(record(), 500)
    display.enable_widgets()
    assert colab == [((6007,), {"path": "/s3cr3t-token/", "height": "500"}), "widgets"]
    # Beside the frame, which is Colab's own, stands what speaks up if nothing comes.
    (note,) = published
    assert options_in(note["text/html"])["watched"] is True
    assert "cookies" in options_in(note["text/html"])["absent"]


def test_in_colab_a_viewer_answers_to_colabs_names(
    colab: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from cellboard.magics import notebook
    from cellboard.viewer import launch
    from cellboard.viewer.access import Access

    asked: list[Any] = []
    monkeypatch.setattr(launch, "ensure", lambda options: (asked.append(options), (record(), False))[1])
    notebook.start(f"--logdir {tmp_path} --allow_host mine.example")
    (options,) = asked
    access = Access("t", frozenset(options.allow_host))
    for host in ("localhost:6007", "mine.example", "abc-6007-colab.googleusercontent.com", "6007-m-s-x.prod.colab.dev"):
        access.check(host, None)


def test_a_kernel_shows_the_bundle(kernel: Callable[[Sequence[str]], Any]) -> None:
    done = kernel(["%load_ext cellboard", "%board --logdir runs --port 0 --height 432", "%board stop all"])
    forms = [output["data"] for output in done.cells[1].outputs if "data" in output]
    assert len(forms) == 1
    assert forms[0][display.MIME_TYPE]["height"] == 432
    assert forms[0]["text/html"].startswith("<div")
    texts = [output["text"] for output in done.cells[1].outputs if "text" in output]
    assert "There is no directory" in texts[0]


def test_a_viewer_survives_the_interrupt_of_its_kernel(kernel: Callable[[Sequence[str]], Any]) -> None:
    interrupt = """
import os, signal, time
try:
    os.killpg(os.getpgid(0), signal.SIGINT) if os.getpgid(0) == os.getpid() else os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
except KeyboardInterrupt:
    print("interrupted")
"""
    check = "from cellboard.viewer import registry\nprint([registry.probe(record) for record in registry.running()])"
    done = kernel(["%load_ext cellboard", "%board --logdir runs --port 0", interrupt, check, "%board stop all"])
    assert "interrupted" in done.cells[2].outputs[0]["text"]
    assert "[True]" in done.cells[3].outputs[0]["text"]
