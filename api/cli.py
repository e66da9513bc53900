"""The ``cellboard`` command."""

from __future__ import annotations

import difflib
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .eventlog import LogDir
    from .viewer.registry import ViewerRecord
    from .viewer.server import Viewer

USAGE = """\
cellboard: watch a model train. Shows TensorBoard event logs in the browser and in notebooks.

  cellboard --logdir DIR [options]   show the runs below DIR; ends with Ctrl-C
  cellboard list                     the viewers that run, with their addresses
  cellboard stop PORT|ID|all         end viewers
  cellboard inspect DIR [--help]     what the logs below DIR hold, and what is damaged
  cellboard doctor DIR [--help]      why nothing shows, or not what was expected
  cellboard export DIR [--help]      all scalars as one table: CSV, JSON, Parquet or LaTeX
  cellboard demo [--help]            train a small network and watch it
  cellboard help, --version

options of --logdir:
  --logdir_spec N:DIR,… instead of --logdir: several directories as one tree, the runs of each below its name
  --port N              listen on this port; 0 for any free one (default: 6006 or the next free one of 100)
  --host H              listen on this address (default: 127.0.0.1)
  --bind_all            listen on every address of this machine; whoever opens it is asked for the token
  --path_prefix /P      answer below this path too, for a proxy that keeps it
  --window_title T      title of the page
  --reload_interval S   look at the log at most every S seconds, when a page asks (default: 0.5; 0: once)
  --idle_timeout T      a viewer of %board ends T (90m, 12h, 2d; 0: never) after the last look at it, once its notebook
                        is gone (default: 12h)
  --allow_host NAME     a name the viewer may be called by, as behind a proxy (.NAME: all below it)
  --inspect             say what the logs hold, and end: `cellboard inspect DIR`
TensorBoard's --samples_per_plugin, --load_fast and the like are accepted; nothing needs them here.

In a notebook: %load_ext cellboard, then %board --logdir DIR
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 0, 1 if it failed, 2 if it was not understood."""
    from .errors import CommandError
    from .viewer.errors import OptionError, ViewerError

    arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _command(arguments)
    except OptionError as error:
        print(f"cellboard: {error}\n`cellboard help` lists everything.", file=sys.stderr)
        return 2
    except (ViewerError, CommandError) as error:
        print(f"cellboard: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`cellboard list | head -1`): nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _command(arguments: list[str]) -> int:
    first = arguments[0] if arguments else "help"
    if first in _COMMANDS:
        return _COMMANDS[first](arguments[1:])
    if first.startswith("-"):
        if "--help" in arguments or "-h" in arguments:
            return _help([])
        return _serve(arguments)
    raise _unknown_command(first)


def _unknown_command(name: str) -> Exception:
    from .viewer.errors import OptionError

    close = difflib.get_close_matches(name, [c for c in _COMMANDS if not c.startswith("-")], 1)
    if close:
        return OptionError(f"no command {name!r}", f"did you mean `cellboard {close[0]}`?")
    if os.path.isdir(name):
        return OptionError(f"no command {name!r}", f"did you mean `cellboard --logdir {name}`?")
    return OptionError(f"no command {name!r}")


def _help(arguments: list[str]) -> int:
    print(USAGE, end="")
    return 0


def _version(arguments: list[str]) -> int:
    from . import __version__

    print(f"cellboard {__version__}")
    return 0


def _demo(arguments: list[str]) -> int:
    from .demo import main as demo

    return int(demo(arguments) or 0)


def _inspect(arguments: list[str]) -> int:
    from .inspect_command import inspect

    return inspect(arguments)


def _doctor(arguments: list[str]) -> int:
    from .doctor_command import doctor

    return doctor(arguments)


def _export(arguments: list[str]) -> int:
    from .export_command import export

    return export(arguments)


def _serve(arguments: list[str]) -> int:
    from .viewer.options import parse_options
    from .viewer.serve import serve

    if "--inspect" in arguments:
        from .inspect_command import inspect_as_tensorboard

        return inspect_as_tensorboard([argument for argument in arguments if argument != "--inspect"])
    options = parse_options(arguments)
    for note in options.notes:
        print(note, file=sys.stderr)
    serve(options, _Terminal())
    return 0


class _Terminal:
    """Says to a terminal how the viewer in the foreground stands."""

    def listening(self, viewer: Viewer) -> None:
        record = viewer.record
        print(f"cellboard {record.version} at {record.address}", flush=True)
        if viewer.access.any_address:
            from .viewer.ports import machine_name

            if record.reach != record.host:
                print(f"from other machines: {record.address_on(machine_name())}", flush=True)
            self.warn(
                f"listening on {record.host or 'every address'}: other machines can reach this viewer, and nothing it "
                "sends is encrypted. "
                "Whoever has the whole address can read the logs."
            )

    def loaded(self, log: LogDir) -> None:
        print(f"{_about(log)} Ctrl-C ends it.", flush=True)

    def warn(self, warning: str) -> None:
        print(f"warning: {warning}", file=sys.stderr, flush=True)


def _about(log: LogDir) -> str:
    runs, several = len(log.runs), len(log.roots) > 1
    if runs:
        of = f"{len(log.roots)} directories" if several else log.path
        return f"Showing {runs} run{'s' if runs > 1 else ''} of {of}."
    if several:
        return f"None of the {len(log.roots)} directories holds event files yet; watching them."
    if not log.exists:
        is_file = os.path.exists(log.path)
        return f"{log.path} {'is a file, not a directory' if is_file else 'does not exist yet'}; watching for it."
    return f"{log.path} holds no event files yet; watching it."


def _list(arguments: list[str]) -> int:
    from .viewer import registry
    from .viewer.errors import OptionError

    if arguments:
        raise OptionError(f"`cellboard list` takes no {arguments[0]!r}")
    found = registry.running()
    if not found:
        print("No viewers are running. `cellboard --logdir DIR` or %board in a notebook starts one.")
    for record in found:
        silent = "" if registry.ping(record) else "  (does not answer)"
        print(f"{record.address}{silent}\n  {record.logdir}  id {record.id}, pid {record.pid}, {_age(record)}")
    return 0


def _stop(arguments: list[str]) -> int:
    from .viewer import launch, registry
    from .viewer.errors import OptionError

    if len(arguments) != 1:
        raise OptionError("`cellboard stop` takes one port or id, or all", "`cellboard list` shows what runs")
    found = registry.running()
    chosen = found if arguments[0] == "all" else registry.choose(found, arguments[0])
    if not chosen:
        print("No viewers are running.")
    for record in chosen:
        launch.stop(record)
        print(f"Stopped the viewer on port {record.port}, {record.logdir}")
    return 0


def _age(record: ViewerRecord) -> str:
    seconds = max(0, int(time.time() - record.started))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"started {seconds // size} {unit} ago"
    return f"started {seconds} s ago"


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "list": _list,
    "stop": _stop,
    "inspect": _inspect,
    "doctor": _doctor,
    "export": _export,
    "demo": _demo,
    "help": _help,
    "-h": _help,
    "--help": _help,
    "version": _version,
    "--version": _version,
}

if __name__ == "__main__":
    sys.exit(main())
