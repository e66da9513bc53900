"""The JupyterLab extension and its Jupyter Server part.

The extension (``src/``) shows a viewer in a cell's output. Its frame's address, ``<base>cellboard/v/<id>/``, is
answered by :mod:`.handlers` in the Jupyter server, which passes the request on (:mod:`.proxy`) to the viewer of that id
in the user's registry. So a viewer is reached wherever Jupyter is, and only by who is logged in there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

__all__: list[str] = []


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "dist", "dest": "cellboard"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "cellboard.labextension"}]


def _load_jupyter_server_extension(server_app: ServerApp) -> None:
    from .handlers import routes

    server_app.web_app.add_handlers(".*$", routes(server_app.base_url))
