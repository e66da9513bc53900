"""Every example notebook, run from top to bottom by a kernel; what it logged and what its boards show is looked at.

`test_quickstart` opens the first of them in JupyterLab.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from cellboard import LogDir

pytest.importorskip("nbclient", reason="the examples are run with nbclient")
pytest.importorskip("torch", reason="the examples train with torch")
pytest.importorskip("tensorboardX", reason="an example logs with tensorboardX")
pytest.importorskip("sklearn", reason="scikit-learn's digits are the examples' data")
pytest.importorskip("matplotlib", reason="the examples draw with matplotlib")

ELSEWHERE = {"quickstart"}
WIDGET, VIEWER = "application/vnd.jupyter.widget-view+json", "application/vnd.cellboard.viewer+json"
INLINE = re.compile(r"^(%board (scalars|images|histograms|text)|%%board) ", re.MULTILINE)
FRAME = re.compile(r"^%board --logdir", re.MULTILINE)

# Run after the last cell: what the boards show by then, of each card how much it holds and what is wrong with it.
LOOK = """
import json
from cellboard.widgets.lifetime import _cells

found = []
for board in [board for boards in _cells.values() for board in boards]:
    board.refresh()
    cards = [card for group in board.shown().groups for card in group.cards]
    found.append((type(board).__name__, [(len(card.content), card.problem) for card in cards]))
print(json.dumps(found))
"""

# What add_graph writes: the graph, and with which shapes it ran.
GRAPH = ["__run_graph__", "step1"]

# The folder that is logged to, and what of each run is there at the end: kinds with their tags.
LOGGED: dict[str, tuple[str, dict[str, dict[str, list[str]]]]] = {
    "torch_tour": (
        "runs/tour",
        {
            ".": {
                "scalars": ["parabola/height", "parabola/x"],
                "histograms": ["wandering"],
                "images": ["figure", "pictures/batch", "pictures/first", "pictures/grid"],
                "graphs": GRAPH,
            }
        },
    ),
    "tensorboardx": (
        "runs/tensorboardx",
        {
            "photograph": {"images": ["flower"]},
            "shrinking": {
                "scalars": ["shrinking/loss", "shrinking/x", "shrinking/y"],
                "histograms": ["values"],
            },
            "digits": {"scalars": ["digits/loss"], "embeddings": ["default:00020", "default:00040", "default:00060"]},
            "vgg16": {"graphs": ["__run_graph__", "profiler"]},
        },
    ),
    "train_lenet": (
        "runs",
        {
            "lenet/digits_1": {
                "images": ["four digits"],
                "graphs": GRAPH,
                "embeddings": ["default:00000"],
            },
            "lenet/digits_1/Loss_Training": {"scalars": ["Loss"]},
            "lenet/digits_1/Loss_Validation": {"scalars": ["Loss"]},
            "writer/tour": {
                "scalars": ["first/data1", "first/data2", "second/data1", "second/data2"],
                "histograms": ["moving", "moving, automatic bins"],
                "images": ["orders/CHW", "orders/HW", "orders/HWC", "orders/NHWC", "sine"],
                "texts": ["notes/text_summary"],
                "graphs": GRAPH,
            },
        },
    ),
    "model_graph": ("runs/graph", {".": {"graphs": GRAPH}}),
    "watch_predictions": (
        "runs/predictions",
        {
            ".": {
                "scalars": ["training loss"],
                "images": ["batch", "guesses"],
                "graphs": GRAPH,
                "embeddings": ["default:00000"],
                "pr_curves": [f"digit/{digit}" for digit in range(10)],
            }
        },
    ),
    "colab": (
        "runs/colab",
        {
            f"rate={rate}": {
                "scalars": ["accuracy", "loss"],
                "histograms": ["weights"],
                "images": ["weights as a strip"],
            }
            for rate in ("0.1", "1")
        },
    ),
    "compare_runs": (
        "runs/compare",
        {
            f"rate={rate},width={width}": {"scalars": ["accuracy/test", "final/accuracy", "loss/test", "loss/training"]}
            for rate in ("0.05", "0.3", "1")
            for width in (8, 32)
        },
    ),
}


def notebooks() -> dict[str, Any]:
    """The notebooks that are installed with cellboard."""
    folder = resources.files("cellboard.examples")
    return {file.name.removesuffix(".ipynb"): file for file in folder.iterdir() if file.name.endswith(".ipynb")}


def outputs(cell: Any, kind: str) -> list[Any]:
    return [output for output in cell.outputs if output["output_type"] == kind]


def shown(cell: Any) -> set[str]:
    """The types of what a cell shows."""
    return {mime for output in cell.outputs for mime in output.get("data", {})}


def printed(cell: Any, stream: str) -> str:
    return "".join(output["text"] for output in outputs(cell, "stream") if output["name"] == stream)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a notebook in a folder of its own; the first cell that fails ends the test. Its viewers end with it."""
    import nbclient
    import nbformat

    for name in ("CONFIG", "DATA", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("PYTHONWARNINGS", raising=False)
    # Threads that wait for each other are slow where other tests run beside these.
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    work = tmp_path / "work"
    work.mkdir()

    def execute(text: str) -> Any:
        notebook = nbformat.reads(text, as_version=4)
        resources = {"metadata": {"path": str(work)}}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jupyter_client's own
            notebook.cells.append(nbformat.v4.new_code_cell(LOOK))
            nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
        return notebook, json.loads(printed(notebook.cells.pop(), "stdout")), work

    yield execute
    from cellboard.viewer.launch import stop_all

    stop_all()


def test_each_notebook_is_run_somewhere() -> None:
    assert set(notebooks()) == {*LOGGED, *ELSEWHERE}


@pytest.mark.parametrize("name", LOGGED)
def test_a_notebook_runs_from_top_to_bottom(run: Callable[[str], Any], name: str) -> None:
    notebook, boards, work = run(notebooks()[name].read_text(encoding="utf-8"))
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    # No cell was left out, and none may fail unseen.
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not notebook.metadata.get("allow_errors")
    for cell in code:
        assert not {"raises-exception", "skip-execution"} & set(cell.metadata.get("tags", ())), cell.source
        assert outputs(cell, "error") == [], cell.source
        # What %board has to complain of is written there, as are warnings.
        assert printed(cell, "stderr") == "", cell.source
        if INLINE.search(cell.source):
            assert WIDGET in shown(cell), cell.source
        if FRAME.search(cell.source):
            assert VIEWER in shown(cell), cell.source
    assert any(FRAME.search(cell.source) for cell in code)
    folder, runs = LOGGED[name]
    with LogDir(work / folder) as log:
        found = {
            run: {kind: list(getattr(log.runs[run], kind)) if run in log.runs else [] for kind in kinds}
            for run, kinds in runs.items()
        }
    assert found == runs
    # Each inline board shows something, and knows no problem with it.
    assert len(boards) == sum(bool(INLINE.search(cell.source)) for cell in code)
    for kind, cards in boards:
        assert cards, kind
        assert all(content and not problem for content, problem in cards), (kind, cards)
