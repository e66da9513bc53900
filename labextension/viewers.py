"""``api/viewers``: the viewers of the user that this server belongs to; list, start, stop.

Starting and stopping wait for processes, so both are done in one thread of their own, one after the other.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from jupyter_server.auth.decorator import authorized
from tornado.web import HTTPError, authenticated

from ..viewer import launch, registry
from ..viewer.errors import LaunchError, OptionError, ViewerError
from ..viewer.options import ViewerOptions
from ..viewer.processes import memory
from .base import Handler
from .owners import kernels_by_pid, owner
from .places import browsed_directory, typed_options
from .proxy import live_viewer
from .words import GONE, Absence

if TYPE_CHECKING:
    from ..viewer.registry import ViewerRecord

T = TypeVar("T")

MOST_ASKED = 1 << 16
FIELDS = ("logdir", "path", "title")

_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cellboard")


class Viewers(Handler):
    """All viewers."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """List the viewers, oldest first."""
        describe = await self._describer()
        self.set_header("Cache-Control", "no-store")
        self.finish({"viewers": [describe(record) for record in registry.running()]})

    head = get

    @authenticated
    @authorized
    async def post(self) -> None:
        """Start a viewer of ``logdir`` (a path) or ``path`` (of the file browser), or find the one that runs."""
        try:
            asked = self._asked()
            record, reused = await _aside(launch.ensure, self._options(asked))
        except OptionError as error:
            self.say(400, _absence(error))
        except ViewerError as error:
            self.log.warning("cellboard: %s", error)
            self.say(500, _absence(error))
        else:
            describe = await self._describer()
            self.set_status(200 if reused else 201)
            self.finish({"viewer": describe(record), "reused": reused})

    @authenticated
    @authorized
    async def delete(self) -> None:
        """Stop all viewers."""
        stopped = await _aside(launch.stop_all)
        self.finish({"stopped": [record.id for record in stopped]})

    def _asked(self) -> dict[str, str]:
        if len(self.request.body) > MOST_ASKED:
            raise HTTPError(413)
        try:
            asked = self.get_json_body()
        except (HTTPError, ValueError, RecursionError):
            asked = None
        if not isinstance(asked, dict) or not all(isinstance(value, str) for value in asked.values()):
            raise OptionError("the request is no JSON object of strings", f"it may name {', '.join(FIELDS)}")
        unknown = sorted(set(asked) - set(FIELDS))
        if unknown:
            raise OptionError(f"unknown field {unknown[0]!r}", f"there are {', '.join(FIELDS)}")
        if not all(map(_is_argument, asked.values())):
            raise OptionError("a text holds what no program can be told", "leave out what is no character")
        if ("logdir" in asked) == ("path" in asked):
            raise OptionError("name either logdir or path", "path is one of the file browser, logdir any other")
        return asked

    def _options(self, asked: dict[str, str]) -> ViewerOptions:
        if "path" in asked:
            options = ViewerOptions(browsed_directory(asked["path"], self.contents_manager))
        else:
            options = typed_options(asked["logdir"], self.contents_manager)
        return replace(options, window_title=asked.get("title", ""))

    async def _describer(self) -> Callable[[ViewerRecord], dict[str, Any]]:
        sessions = await self.session_manager.list_sessions()
        return partial(described, kernels=kernels_by_pid(self.kernel_manager), sessions=sessions)


class OneViewer(Handler):
    """One viewer, by its id."""

    @authenticated
    @authorized
    async def delete(self, viewer_id: str) -> None:
        """Stop it."""
        record = live_viewer(viewer_id)
        if record is None or not await _aside(launch.stop, record):
            self.say(404, GONE)
        else:
            self.finish({"stopped": [viewer_id]})


def described(record: ViewerRecord, kernels: dict[int, str], sessions: list[dict[str, Any]]) -> dict[str, Any]:
    """What a page learns of a viewer; its token stays here."""
    return {
        "id": record.id,
        "path": f"cellboard/v/{record.id}/",
        "port": record.port,
        "logdir": record.logdir,
        "title": record.window_title,
        "version": record.version,
        "started": record.started,
        "age": max(0.0, time.time() - record.started),
        "memory": memory(record.pid),
        "owner": owner(record, kernels, sessions),
    }


def _is_argument(text: str) -> bool:
    """Whether a program that is started can be given a text."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def _absence(error: ViewerError) -> Absence:
    said = error.log.strip().splitlines()[-1:] if isinstance(error, LaunchError) else []
    hint = error.hint or (f"it said: {said[0]}" if said else "")
    return Absence(_sentence(error.message), _sentence(hint))


def _sentence(text: str) -> str:
    return text and f"{text[0].upper()}{text[1:].rstrip('.')}{'' if text.endswith('?') else '.'}"


async def _aside(work: Callable[..., T], *arguments: Any) -> T:
    return await asyncio.get_running_loop().run_in_executor(_worker, work, *arguments)
