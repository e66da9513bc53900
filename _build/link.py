"""Show Jupyter the lab extension of this checkout: ``python _build/link.py``, after ``pip install -e .``.

An editable install places no files in ``share/jupyter`` and ``etc/jupyter``. This links them into the environment of
the Python that runs it, so that a rebuilt front end (``python _build/frontends.py``) is what Jupyter loads next.
"""

from __future__ import annotations

import sys
from pathlib import Path

from frontends import LAB_EXTENSION

LINKS = {
    Path("share/jupyter/labextensions/cellboard"): LAB_EXTENSION.output,
    Path("etc/jupyter/jupyter_server_config.d/cellboard.json"): LAB_EXTENSION.folder / "etc" / "cellboard.json",
}


def link(prefix: Path) -> None:
    """Make, or renew, the links below an environment's folder."""
    for place, target in LINKS.items():
        path = prefix / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            path.unlink()
        path.symlink_to(target)
        print(f"{path} -> {target}")


if __name__ == "__main__":
    link(Path(sys.prefix))
