"""A real IPython shell, in which ``%board`` is loaded, and records of viewers in a directory of their own."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

with warnings.catch_warnings():
    # What these packages say of each other on import is not ours to mend.
    warnings.simplefilter("ignore")
    import bqplot
    import ipywidgets
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.terminal.interactiveshell import TerminalInteractiveShell

    KNOWN = (bqplot, ipywidgets)


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Jupyter's runtime directory, for this test alone; viewers that it started end with it."""
    folder = tmp_path / "runtime"
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.delenv("TENSORBOARD_PROXY_URL", raising=False)
    yield folder
    from cellboard.viewer.launch import stop_all

    stop_all()


@pytest.fixture
def shell(runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TerminalInteractiveShell]:
    """IPython in a terminal, with cellboard loaded, in a folder of its own."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.chdir(tmp_path)
    # One of another kind may be left by what published without a shell.
    InteractiveShell.clear_instance()
    TerminalInteractiveShell.clear_instance()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = TerminalInteractiveShell.instance(history_manager=None, colors="NoColor")
    made.run_line_magic("load_ext", "cellboard")
    yield made
    made.history_manager.end_session()
    TerminalInteractiveShell.clear_instance()


@pytest.fixture
def board(shell: TerminalInteractiveShell, capsys: pytest.CaptureFixture[str]) -> Callable[[str], tuple[str, str]]:
    """Run a ``%board`` line as a cell; returns what it printed and what it complained of."""

    def run(line: str) -> tuple[str, str]:
        capsys.readouterr()
        result = shell.run_cell(f"%board {line}", store_history=False)
        result.raise_error()
        return capsys.readouterr()

    return run


@pytest.fixture
def kernel(runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[str]], Any]:
    """Run cells in a real IPython kernel, in a folder of their own, and return the notebook."""
    nbclient = pytest.importorskip("nbclient", reason="the kernel tests run notebooks with nbclient")
    nbformat = pytest.importorskip("nbformat", reason="the kernel tests run notebooks with nbclient")
    for name in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("PYTHONWARNINGS", raising=False)

    def run(cells: Sequence[str]) -> Any:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        resources = {"metadata": {"path": str(tmp_path)}}
        client = nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jupyter_client's own
            client.execute()
        return notebook

    return run
