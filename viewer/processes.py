"""Telling processes apart: a number can be used again, a number with its start time cannot."""

from __future__ import annotations

import os
from pathlib import Path


def process_start(pid: int) -> float | None:
    """When the process started, in a unit of this machine's own; None if there is no such process or no way to know.

    Linux: clock ticks since boot, field 22 of ``/proc/<pid>/stat`` (see proc_pid_stat(5)). Elsewhere: seconds since the
    epoch, if psutil is installed. A zombie counts as gone.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return None if os.path.isdir("/proc/self") else _psutil_start(pid)
    # The command stands in parentheses and may itself hold spaces and parentheses.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else float(fields[19])


def is_running(pid: int, start: float | None) -> bool:
    """Whether the process that had this number and start time still runs."""
    found = process_start(pid)
    if found is not None and start is not None:
        return found == start
    if found is None and os.path.isdir("/proc/self"):
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def memory(pid: int) -> int | None:
    """Resident memory of a process in bytes; None if the system does not tell.

    Linux: the second field of ``/proc/<pid>/statm``, in pages (see proc_pid_statm(5)). Elsewhere psutil, if installed.
    """
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return None if os.path.isdir("/proc/self") else _psutil_memory(pid)
    return pages * os.sysconf("SC_PAGE_SIZE")


def user_id() -> int:
    """The number of the user this process belongs to; 0 where the system has none."""
    return os.getuid() if hasattr(os, "getuid") else 0


def _psutil_start(pid: int) -> float | None:
    try:
        import psutil
    except ImportError:
        return None
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else float(process.create_time())
    except psutil.Error:
        return None


def _psutil_memory(pid: int) -> int | None:
    try:
        import psutil
    except ImportError:
        return None
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return None
