"""From what a page calls a place to a directory of this machine.

The file browser knows paths of Jupyter's contents API: relative to the server's root, with ``/`` on every system. What
a person types, or a notebook holds, is a path as the system writes it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jupyter_core.paths import is_hidden
from jupyter_server.services.contents.fileio import FileManagerMixin
from jupyter_server.utils import ApiPath, to_os_path

from ..viewer.errors import OptionError
from ..viewer.logdir_spec import parse_spec, spec_of
from ..viewer.options import ViewerOptions

if TYPE_CHECKING:
    from jupyter_server.services.contents.manager import ContentsManager

EVENT_FILE_MARK = "tfevents"
"""A file whose name holds this is an event file, to TensorBoard as well."""


class PlaceError(OptionError):
    """A place that cannot be shown."""


def browsed_directory(path: str, contents: ContentsManager) -> str:
    """The directory of a folder, or of an event file, of the file browser.

    Parameters
    ----------
    path
        In the contents API, "" for the root.
    contents
        What the server serves files with.

    Raises
    ------
    PlaceError
        If it is not on this machine's disk, leaves the server's root, is hidden, or is no folder and no event file.
    """
    if ":" in path.split("/")[0]:
        drive = path.partition(":")[0]
        raise PlaceError(f"the drive {drive!r} is not on this server's disk", "boards read files of the server itself")
    if not isinstance(contents, FileManagerMixin):
        raise PlaceError("this server does not keep its files on a disk", "give the log directory as a path instead")
    root = root_of(contents)
    if os.path.splitdrive(path)[0]:
        raise PlaceError(f"{path!r} is no path")
    directory = to_os_path(ApiPath(path), root)
    if os.path.commonpath([root, directory]) != root:
        raise PlaceError(f"{path} is outside of the server's root", "give the log directory as a path instead")
    if not contents.allow_hidden and _is_hidden(directory, root):
        raise PlaceError(f"{path} is hidden", "give the log directory as a path instead")
    if not os.path.exists(directory):
        raise PlaceError(f"there is no {path or 'root directory'} any more", "refresh the file browser")
    return _holding(directory)


def typed_options(logdir: str, contents: ContentsManager) -> ViewerOptions:
    """What to ask a viewer for a log directory as a person types it, or as a viewer's record says it.

    A relative path starts at the server's root, where the file browser does. A record of a viewer over several
    directories says ``name:path,other:path``.

    Raises
    ------
    PlaceError
        If it is a file that holds no events.
    """
    text = logdir.strip()
    if not text:
        raise PlaceError("no log directory given", "name the directory that holds the event files")
    path = os.path.join(root_of(contents), os.path.expanduser(text))
    if not os.path.exists(path) and _is_spec(text):
        return ViewerOptions(logdir_spec=text)
    return ViewerOptions(_holding(path))


def root_of(contents: ContentsManager) -> str:
    """Where the server's files start; the user's home if they lie elsewhere than on the disk."""
    on_disk = isinstance(contents, FileManagerMixin)
    return os.path.abspath(str(contents.root_dir)) if on_disk else os.path.expanduser("~")


def _holding(path: str) -> str:
    """Return the directory that is meant by itself or by an event file in it; it need not exist yet."""
    if not os.path.isfile(path):
        return path
    if EVENT_FILE_MARK not in os.path.basename(path):
        raise PlaceError(f"{path} is a file without events", "open the directory that holds the event files")
    return os.path.dirname(path)


def _is_hidden(path: str, root: str) -> bool:
    try:
        return bool(is_hidden(path, root))
    except (OSError, ValueError):
        return True


def _is_spec(text: str) -> bool:
    try:
        found = parse_spec(text)
        return all(os.path.isabs(path) for path in found.values()) and spec_of(found) == text
    except OptionError:
        return False
