"""What the scripts have in common: a place to write to, and names that say nothing of the machine they ran on."""

from __future__ import annotations

import os
import platform
import re
import shutil
import socket
import sys
from pathlib import Path

HOST = "host"


def begin(name: str) -> Path:
    """Make the folder ``name`` anew beside this folder, go there, and return its relative path: "."."""
    socket.gethostname = platform.node = lambda: HOST
    folder = Path(__file__).resolve().parents[1] / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    os.chdir(folder)
    return Path()


def end(*versions: str) -> None:
    """Rename event files, delete all else but small text, and write down what made them."""
    for number, path in enumerate(sorted(Path().rglob("*"))):
        if path.is_file() and "tfevents" in path.name:
            time, _, rest = path.name.partition("tfevents.")[2].partition(".")
            suffix = next((kept for kept in (".v2", ".profile-empty") if rest.endswith(kept)), "")
            path.rename(path.with_name(f"events.out.tfevents.{time}.{HOST}.1.{number}{suffix}"))
        elif path.is_file() and path.suffix not in (".pbtxt", ".tsv", ".yaml", ".yml"):
            path.unlink()
    for path in sorted(Path().rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    python = re.match(r"[\d.]+", sys.version)
    assert python
    Path("VERSIONS").write_text("\n".join([f"Python {python.group()}", *versions]) + "\n")
