"""Viewers from Python: ``from cellboard import notebook``, then what ``tensorboard.notebook`` offers, and `stop`.

>>> notebook.start("--logdir runs")   # doctest: +SKIP
"""

from __future__ import annotations

import builtins
import os
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from .options import frame_options, words
from .viewer_words import age, lines

if TYPE_CHECKING:
    from ..viewer.options import ViewerOptions
    from ..viewer.registry import ViewerRecord

__all__ = ["display", "list", "open_frame", "start", "stop"]


def start(args_string: str) -> None:
    """Start a viewer, or reuse the one that shows the same logdir, and show it in the cell.

    Parameters
    ----------
    args_string
        Options as on a command line: ``"--logdir runs --port 6007 --height 600"``.

    Raises
    ------
    OptionError
        An option that does not exist or has no proper value.
    PortTakenError
        Somebody else listens on the port asked for.
    LaunchError
        The viewer did not come up; holds what it said.
    """
    open_frame(*frame_options(words(args_string)))


def open_frame(options: ViewerOptions, height: int | None = None) -> None:
    """Start or reuse the viewer of *options* and show it, *height* pixels high; None for what the page likes."""
    from ..viewer.launch import ensure
    from .display import COLAB_HOSTS, front_end, show

    if front_end() == "colab":
        options = replace(options, allow_host=(*options.allow_host, *COLAB_HOSTS))
    for note in options.notes:
        print(note)
    roots = options.roots
    for path in [roots] if isinstance(roots, str) else roots.values():
        _warn_of_logdir(path)
    record, reused = ensure(options)
    if reused:
        print(f"Using the viewer on port {record.port}, running since {_since(record.started)}. {_how_to_stop(record)}")
    else:
        print(f"Started a viewer on port {record.port}. {_how_to_stop(record)}")
    show(record, height)


def list() -> None:
    """Show the viewers that run: logdir, port, age, memory; in a notebook with a button that ends each."""
    from ..viewer.registry import running
    from .display import enable_widgets, front_end

    records = running()
    if not records or front_end() == "terminal":
        print(*lines(records), sep="\n")
    else:
        from IPython.display import display as show

        from .viewer_table import ViewerTable

        enable_widgets()
        show(ViewerTable())


def display(port: int | None = None, height: int | None = None) -> None:
    """Show a running viewer in the cell.

    Parameters
    ----------
    port
        Which one; None for the one started last.
    height
        Height of the frame in pixels; by default 800, or what JupyterLab's settings say.

    Raises
    ------
    NoSuchViewerError
        No viewer runs, or none on that port.
    """
    from .display import show

    record = _on_port(port)
    if port is None:
        print(f"Showing {record.logdir} on port {record.port}, started last.")
    show(record, height)


def stop(port: int | str) -> None:
    """End the viewer on a port, or ``"all"``.

    Raises
    ------
    NoSuchViewerError
        No viewer runs on that port.
    """
    from ..viewer.launch import stop as end
    from ..viewer.registry import running

    records = running() if port == "all" else [_on_port(int(port))]
    if not records:
        print("No viewers are running.")
    for record in records:
        end(record)
        print(f"Stopped the viewer on port {record.port} ({record.logdir}).")


def _on_port(port: int | None) -> ViewerRecord:
    from ..viewer.errors import NoSuchViewerError
    from ..viewer.registry import running

    records = running()
    if not records:
        raise NoSuchViewerError("no viewer is running", "start one: %board --logdir DIR")
    matching = [record for record in records if port is None or record.port == port]
    if not matching:
        raise NoSuchViewerError(f"no viewer runs on port {port}", f"there are {_ports(records)}")
    return matching[-1]


def _ports(records: builtins.list[ViewerRecord]) -> str:
    return ", ".join(f"{record.port} ({record.logdir})" for record in records)


def _how_to_stop(record: ViewerRecord) -> str:
    return f"(%board stop {record.port} ends it)"


def _warn_of_logdir(path: str) -> None:
    if not os.path.exists(path):
        print(f"There is no directory {path} yet: the board keeps watching for it.")
    elif not os.path.isdir(path):
        print(f"{path} is a file. A logdir is the directory that holds event files: {os.path.dirname(path)}")


def _since(started: float) -> str:
    return f"{datetime.fromtimestamp(started).strftime('%H:%M:%S')}, {age(started)}"
