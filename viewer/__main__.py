"""A viewer in the background, as `launch` starts it: ``python -m cellboard.viewer --logdir DIR``.

Exit status: 0 after a signal, 2 for a bad option, 3 if the port is taken, 1 for anything else.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .errors import OptionError, PortTakenError, ViewerError
from .options import parse_options
from .serve import Voice, serve
from .server import Viewer

if TYPE_CHECKING:
    from ..eventlog import LogDir

PORT_TAKEN = 3


def main(arguments: Sequence[str]) -> int:
    """Serve until told to stop; returns the exit status."""
    try:
        serve(parse_options(arguments), _Log())
    except PortTakenError as error:
        # The launcher raises the same error again, and reads its two parts here.
        print(error.message, error.hint, sep="\n", file=sys.stderr, flush=True)
        return PORT_TAKEN
    except ViewerError as error:
        print(error, file=sys.stderr, flush=True)
        return 2 if isinstance(error, OptionError) else 1
    return 0


class _Log(Voice):
    """Writes to the log file. Its end may be shown in a notebook, so it holds no token."""

    def listening(self, viewer: Viewer) -> None:
        """Say the port."""
        print(f"cellboard {viewer.record.version} on port {viewer.record.port}, {viewer.record.logdir}", flush=True)

    def loaded(self, log: LogDir) -> None:
        """Say how much there is."""
        print(f"{len(log.runs)} runs, {len(log.problems)} problems", flush=True)

    def warn(self, warning: str) -> None:
        """Say what is wrong."""
        print(f"warning: {warning}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
