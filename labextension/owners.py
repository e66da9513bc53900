"""Who started a viewer: a kernel of this server, and of which notebook; this server; another process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..viewer.idle import process_of
from ..viewer.processes import is_running

if TYPE_CHECKING:
    from ..viewer.registry import ViewerRecord


def kernels_by_pid(kernel_manager: Any) -> dict[int, str]:
    """The ids of a server's kernels by their process numbers; those that run elsewhere are left out."""
    found = {}
    for kernel_id in kernel_manager.list_kernel_ids():
        provisioner = getattr(kernel_manager.get_kernel(kernel_id), "provisioner", None)
        pid = getattr(provisioner, "pid", None)
        if isinstance(pid, int):
            found[pid] = kernel_id
    return found


def owner(
    record: ViewerRecord, kernels: Mapping[int, str], sessions: Iterable[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Say who started a viewer.

    Parameters
    ----------
    kernels
        `kernels_by_pid` of this server.
    sessions
        As the server's sessions API lists them.

    Returns
    -------
    dict or None
        ``{"kind": "kernel" | "server" | "process", "running": bool, "kernel": id or "", "path": notebook or ""}``; None
        if it was started by hand.
    """
    found = process_of(record.starter)
    if found is None:
        return None
    pid, start = found
    said: dict[str, Any] = {"kind": "process", "running": is_running(pid, start), "kernel": "", "path": ""}
    if pid == os.getpid():
        return said | {"kind": "server"}
    if said["running"] and pid in kernels:
        kernel = kernels[pid]
        paths = [session["path"] for session in sessions if session.get("kernel", {}).get("id") == kernel]
        return said | {"kind": "kernel", "kernel": kernel, "path": paths[0] if paths else ""}
    return said
