"""``cellboard demo``: train a small network, watch it in the viewer and in JupyterLab.

Everything it starts (the viewer, JupyterLab, the kernels) ends with it: on Ctrl-C, on SIGTERM, or when the terminal
closes.
"""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import time
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from .demo_lab import NEEDS_LAB_EXTRA, DemoError

if TYPE_CHECKING:
    from types import FrameType

    from .demo_network import Digits
    from .demo_training import Progress
    from .viewer.registry import ViewerRecord

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")


def main(arguments: Sequence[str]) -> int:
    """Run the demo; returns the exit status."""
    options = _options(arguments)
    folder = Path(options.dir).expanduser().resolve()
    try:
        with _ending_on_signals():
            _run(folder, options)
    except KeyboardInterrupt:
        _say(f"\nEnded; the logs stay in {folder / 'runs'}")
    except DemoError as error:
        print(f"cellboard demo: {error}", file=sys.stderr)
        return 1
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="cellboard demo",
        description="Train a small network on scikit-learn's handwritten digits, and watch it.",
        epilog="It runs until Ctrl-C. With --no-lab and without a terminal it ends when the training does.",
        allow_abbrev=False,
    )
    parser.add_argument("--steps", type=_count, default=3000, metavar="N", help="steps to train (default: 3000)")
    parser.add_argument("--dir", default="cellboard-demo", metavar="D", help="where to work (default: cellboard-demo)")
    parser.add_argument("--port", type=int, metavar="N", help="the viewer's port (default: 6006 or the next free one)")
    parser.add_argument("--no-lab", action="store_true", help="the viewer alone, no JupyterLab")
    parser.add_argument("--no-browser", action="store_true", help="print the addresses and open no browser")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of steps")
    return int(text)


def _run(folder: Path, options: argparse.Namespace) -> None:
    from .demo_lab import Lab

    digits, logdir = _digits(), _logdir(folder)
    with ExitStack() as stack:
        viewer = stack.enter_context(_viewer(logdir, options.port))
        lab = None if options.no_lab else stack.enter_context(Lab(folder))
        _say(f"Three runs of a small network learn to read handwritten digits. Logs: {logdir}")
        _say(f"Watch them:  {viewer.address}")
        _open(viewer.address, options)
        _train(digits, logdir, options.steps)
        if lab is None and not sys.stdin.isatty():
            _say(f"\nTo see the runs again: cellboard --logdir {shlex.quote(str(logdir))}")
            return
        _say(f"\nViewer:      {viewer.address}")
        if lab is not None:
            notebook = lab.address()
            _say(f"JupyterLab:  {notebook}")
            _open(notebook, options)
        _say("Ctrl-C ends both." if lab else "Ctrl-C ends it.")
        _wait()


def _digits() -> Digits:
    try:
        from .demo_network import Digits

        return Digits.load()
    except ModuleNotFoundError:
        raise DemoError(NEEDS_LAB_EXTRA.format("scikit-learn")) from None


def _logdir(folder: Path) -> Path:
    try:
        (folder / "runs").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DemoError(f"cannot work in {folder}: {error.strerror}; choose another directory with --dir") from error
    return folder / "runs"


@contextmanager
def _viewer(logdir: Path, port: int | None) -> Iterator[ViewerRecord]:
    """Start a viewer, or use the one that runs; at the end stop those on the demo's logs that were not there before."""
    from .viewer import launch, registry
    from .viewer.options import ViewerOptions, real_path

    before = {record.id for record in registry.running()}
    try:
        yield launch.ensure(ViewerOptions(logdir=str(logdir), port=port))[0]
    finally:
        inside = Path(real_path(logdir.parent))
        for record in registry.running():
            if record.id not in before and Path(record.logdir).is_relative_to(inside):
                launch.stop(record)


def _train(digits: Digits, logdir: Path, steps: int) -> None:
    from .demo_training import LEARNING_RATES, train

    started = time.monotonic()
    _say("")
    _say("        step   " + "".join(f"{f'lr={rate:g}':>12}" for rate in LEARNING_RATES) + "   digits read correctly")
    for progress in train(digits, logdir, steps):
        if progress.step == steps or progress.step % max(1, steps // 10) == 0:
            _say(_line(progress, steps))
    _say(f"Trained in {time.monotonic() - started:.0f} s.")


def _line(progress: Progress, steps: int) -> str:
    return f"{progress.step:>6}/{steps:<8}" + "".join(f"{accuracy:>12.1%}" for accuracy in progress.accuracy)


def _open(address: str, options: argparse.Namespace) -> None:
    from .demo_lab import can_open_browser

    if not options.no_browser and can_open_browser():
        webbrowser.open(address)


@contextmanager
def _ending_on_signals() -> Iterator[None]:
    """Turn the signals that end a program into `KeyboardInterrupt`, even where a shell had SIGINT ignored."""

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        # What is cleaned up now is bounded in time; a second signal is not to leave it half done.
        for name in known:
            signal.signal(name, signal.SIG_IGN)
        raise KeyboardInterrupt

    known = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    earlier = {name: signal.signal(name, interrupt) for name in known}
    try:
        yield
    finally:
        for name, handler in earlier.items():
            signal.signal(name, handler)


def _wait() -> NoReturn:
    while True:
        time.sleep(3600)


def _say(words: str) -> None:
    print(words, flush=True)
