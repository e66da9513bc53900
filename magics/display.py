"""Show a viewer: which front end is this, and what it needs to reach the viewer.

In Jupyter an output carries a bundle of forms, and the page takes the first it can. Our own type is for JupyterLab with
our extension. The HTML form asks the page itself where it is: it goes through the Jupyter server's cellboard proxy if
there is one, straight to the viewer's port if the page is on the same machine, and else says what is missing. A saved
notebook therefore holds no address of a server and no Jupyter token: only the viewer's id, and its token, which dies
with the viewer.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Literal

from . import frame
from .options import DEFAULT_HEIGHT

if TYPE_CHECKING:
    from ..viewer.registry import ViewerRecord

__all__ = ["COLAB_HOSTS", "MIME_TYPE", "FrontEnd", "bundle", "enable_widgets", "front_end", "show"]

MIME_TYPE = "application/vnd.cellboard.viewer+json"

COLAB_HOSTS = ("colab.research.google.com", ".googleusercontent.com", ".colab.dev")
"""Where Colab shows notebooks, their outputs, and ports of the machine that the kernel runs on."""

FrontEnd = Literal["colab", "vscode", "jupyter", "terminal"]


def front_end() -> FrontEnd:
    """Return what shows the output of this process."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None or getattr(shell, "kernel", None) is None:
        return "terminal"
    if _in_colab():
        return "colab"
    # A Jupyter server started from a terminal of VS Code inherits VSCODE_PID; its kernels have JPY_PARENT_PID too.
    if "__vsc_ipynb_file__" in shell.user_ns or ("VSCODE_PID" in os.environ and "JPY_PARENT_PID" not in os.environ):
        return "vscode"
    return "jupyter"


def show(record: ViewerRecord, height: int | None) -> None:
    """Show the viewer of *record* in the cell, *height* pixels high; in a terminal print its address."""
    where = front_end()
    if where == "terminal":
        print(f"Open {record.address} in a browser.")
    elif where == "colab":
        from google.colab import output
        from IPython.display import publish_display_data

        publish_display_data({"text/html": frame.watch(record, "colab"), "text/plain": ""})
        output.serve_kernel_port_as_iframe(record.port, path=frame.path(record), height=str(height or DEFAULT_HEIGHT))
    else:
        from IPython.display import publish_display_data

        publish_display_data(bundle(record, height, where))


def bundle(record: ViewerRecord, height: int | None, where: FrontEnd = "jupyter") -> dict[str, Any]:
    """Return the forms of the output, by MIME type.

    Parameters
    ----------
    record
        The viewer.
    height
        Height of the frame in pixels; None for the user's setting in JupyterLab, and elsewhere `DEFAULT_HEIGHT`.
    where
        In VS Code, and where ``TENSORBOARD_PROXY_URL`` names a way to the port, our own type is left out: nobody there
        renders it, or the user has said otherwise.
    """
    proxy = frame.proxy_address(record, os.environ.get("TENSORBOARD_PROXY_URL", ""))
    forms: dict[str, Any] = {}
    if where == "jupyter" and not proxy:
        forms[MIME_TYPE] = {
            "id": record.id,
            "path": f"cellboard/v/{record.id}/",
            **({} if height is None else {"height": height}),
            "title": record.window_title or os.path.basename(record.logdir) or record.logdir,
            "logdir": record.logdir,
        }
    host = "vscode" if where == "vscode" else "jupyter"
    forms["text/html"] = frame.markup(
        record, height or DEFAULT_HEIGHT, proxy=proxy, reachable=where == "vscode", host=host
    )
    forms["text/plain"] = f"cellboard viewer of {record.logdir} on port {record.port}"
    return forms


def enable_widgets() -> None:
    """Let Colab show widgets that are not its own (bqplot's); elsewhere nothing is needed."""
    if _in_colab():
        from google.colab import output

        output.enable_custom_widget_manager()


def _in_colab() -> bool:
    if "google.colab" in sys.modules:
        return True
    try:
        import google.colab  # noqa: F401
    except ImportError:
        return False
    return True
