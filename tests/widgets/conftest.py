"""Logs to show, and a real kernel to show them in."""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

with warnings.catch_warnings():
    # What these packages say of each other on import is not ours to mend.
    warnings.simplefilter("ignore")
    import bqplot
    import bqplot.interacts  # noqa: F401
    import ipywidgets  # noqa: F401

from cellboard import SummaryWriter


@pytest.fixture
def small_log(tmp_path: Path) -> Path:
    """Two runs, each with something of every kind."""
    root = tmp_path / "logs"
    for index, name in enumerate(("alpha", "beta")):
        with SummaryWriter(str(root / name)) as writer:
            for step in range(10):
                writer.add_scalar("train/loss", 1.0 / (step + 1) + index, step, 1000.0 + 60 * step)
                writer.add_scalar("lr", 0.1, step, 1000.0 + 60 * step)
            for step in (0, 5, 9):
                writer.add_image("samples", picture(step + index), step, 1000.0 + step, dataformats="HW")
                writer.add_histogram("weights", np.linspace(-1, 1, 100) * (step + 1), step, walltime=1000.0 + step)
                writer.add_text("note", f"**step {step}** of {name}", step, 1000.0 + step)
                writer.add_pr_curve(
                    "pr", [0, 1, 1, 0, 1], [0.1, 0.9, 0.4, 0.6, 0.7 + index / 10], step, walltime=1000.0
                )
            writer.add_hparams({"rate": 0.1 * (index + 1), "optimizer": name[::-1], "nesterov": index == 0}, {})
    return root


@pytest.fixture
def log_more() -> Callable[[Path], None]:
    """Log something of every kind into a run of its own."""

    def log(run: Path) -> None:
        with SummaryWriter(str(run)) as writer:
            writer.add_scalar("train/loss", 7.0, 123)
            writer.add_image("samples", np.zeros((3, 3), np.uint8), 123, dataformats="HW")
            writer.add_histogram("weights", np.arange(3.0), 123)
            writer.add_text("note", "new", 123)
            writer.add_pr_curve("pr", [0, 1], [0.2, 0.8], 123)
            writer.add_hparams({"rate": 0.3}, {})

    return log


def picture(seed: int) -> np.ndarray[Any, Any]:
    """A grey image of 6 × 8 pixels."""
    return np.random.default_rng(seed).integers(0, 256, (6, 8), dtype=np.uint8)


@pytest.fixture
def no_thread_left() -> Iterator[None]:
    """Fail if a refresher's thread outlives the test."""
    yield
    # A thread that was told to end, from itself or while a page waits, ends a moment later.
    deadline = time.monotonic() + 10
    while left := [thread.name for thread in threading.enumerate() if thread.name.startswith("cellboard-live")]:
        assert time.monotonic() < deadline, left
        time.sleep(0.02)


@pytest.fixture
def show() -> Iterator[Callable[..., Any]]:
    """Build boards that are closed after the test."""
    from cellboard import widgets

    made = []

    def build(kind: str, *arguments: Any, **options: Any) -> Any:
        made.append(getattr(widgets, kind)(*arguments, **options))
        return made[-1]

    yield build
    for board in made:
        board.close()


@pytest.fixture
def wait_for() -> Callable[[Callable[[], bool]], None]:
    """Wait until a condition holds; fail if it never does."""

    def wait(condition: Callable[[], bool], seconds: float = 10) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.02)

    return wait


@dataclass
class Executed:
    """A notebook after a kernel ran it."""

    notebook: Any

    @property
    def states(self) -> dict[str, dict[str, Any]]:
        """The widgets' states as a front end would have them, by model id; binary parts put in as bytes."""
        import base64

        saved = self.notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
        states = {}
        for model, entry in saved.items():
            state = dict(entry["state"])
            for buffer in entry.get("buffers", []):
                place: Any = state
                for part in buffer["path"][:-1]:
                    place = place[part]
                place[buffer["path"][-1]] = base64.b64decode(buffer["data"])
            states[model] = {"model": entry["model_name"], **state}
        return states

    def of(self, model: str) -> list[dict[str, Any]]:
        """The states of the widgets of one kind ("LinesModel")."""
        return [state for state in self.states.values() if state["model"] == model]

    def text(self, cell: int) -> str:
        """What a cell printed."""
        return "".join(out["text"] for out in self.notebook.cells[cell].outputs if out["output_type"] == "stream")

    def forms(self, cell: int) -> list[dict[str, Any]]:
        """The bundles a cell showed."""
        return [out["data"] for out in self.notebook.cells[cell].outputs if "data" in out]

    @staticmethod
    def floats(value: Any) -> np.ndarray[Any, Any]:
        """The numbers of a bqplot array in a widget's state."""
        return np.frombuffer(value["value"], np.dtype(value["dtype"])).reshape(value["shape"])


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[str]], Executed]:
    """Run cells in a real IPython kernel, in a folder of their own, and return the notebook."""
    nbclient = pytest.importorskip("nbclient", reason="the kernel tests run notebooks with nbclient")
    nbformat = pytest.importorskip("nbformat", reason="the kernel tests run notebooks with nbclient")
    for name in ("CONFIG", "DATA", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("PYTHONWARNINGS", raising=False)

    def run(cells: Sequence[str]) -> Executed:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        client = nbclient.NotebookClient(
            notebook, timeout=90, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jupyter_client's own
            client.execute()
        return Executed(notebook)

    return run
