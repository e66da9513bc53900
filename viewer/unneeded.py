"""Options that TensorBoard's users may bring along and that change nothing here: accepted, and explained."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

__all__ = ["add_unneeded", "notes_on"]

_WHY = {
    "samples_per_plugin": "every sample is kept and can be reached",
    "load_fast": "there is one reader, and it is fast",
    "reload_multifile": "all files of a run are read",
    "reload_multifile_inactive_secs": "no file is ever given up",
    "reload_task": "logs are read when a page asks",
    "max_reload_threads": "files are read on as many cores as there are",
    "purge_orphaned_data": "what a restart made void is left out, and can still be had",
    "detect_file_replacement": "files that were replaced are always noticed",
    "generic_data": "data travels in one way only",
    "extra_data_server_flags": "there is no data server",
    "verbosity": "there is nothing more to say",
}


class _Unneeded(argparse.Action):
    """Notes the name of an option whatever its value is."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, option: str | None = None
    ) -> None:
        namespace.unneeded = [*namespace.unneeded, (option or "").lstrip("-")]


def add_unneeded(parser: argparse.ArgumentParser) -> None:
    """Have a parser accept them; their names will be in ``unneeded``."""
    for name in _WHY:
        parser.add_argument(f"--{name}", nargs="?", action=_Unneeded, dest="unneeded", default=[])


def notes_on(names: Iterable[str]) -> tuple[str, ...]:
    """Return what is to be said of options that were given: a sentence each."""
    return tuple(f"--{name} is not needed: {_WHY[name]}" for name in dict.fromkeys(names))
