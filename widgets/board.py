"""What every board has: a heading that tells the state, the run list, controls, a body, and a life that ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets
from ipywidgets import Layout

from ..eventlog.event_file_writer import flush_all
from ..eventlog.natural import natural_key
from . import lifetime, shown, theme, words
from .answers import Answers
from .errors import PatternError
from .live import refresher
from .names import Names, matcher
from .picture import Picture
from .run_list import RunList
from .teardown import close_tree

if TYPE_CHECKING:
    import os

    from ..eventlog import LogDir, Run

__all__ = ["SETTLED", "Board"]

SETTLED = 150.0
"""Seconds without news after which a board that settles is paused: torch's writer keeps events for up to 120."""

_MAX_WORDS = 110


class Board(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets is not annotated
    """Base of the boards: shows one kind of summary of one logdir and stays up to date by itself.

    A board is drawn from several threads: the kernel's main thread or a subshell's (controls, see `answers`) and the
    refresher's (new data). Whatever touches its widgets holds `lock`. While no page shows a board that pages did show,
    it is not kept up to date.

    Parameters
    ----------
    logdir
        A directory, there already or not, or an open `LogDir`.
    tags, runs
        Which to show: a regular expression, a collection of names, or None for all.
    hidden_runs
        Names of runs that start unticked.
    live
        Keep up to date. Without it the board shows what is logged now, until `refresh` is called.
    """

    kind = ""
    """The attribute of `Run` that holds the series of this board."""

    title = ""
    """Its name on screen."""

    unit = "tag"
    """What there is one of for each thing to filter by name."""

    _closed = True  # until it is built: ipywidgets closes what is thrown away, half built or not

    def __init__(
        self,
        logdir: str | os.PathLike[str] | LogDir = "runs",
        *,
        tags: Names = None,
        runs: Names = None,
        hidden_runs: list[str] | tuple[str, ...] = (),
        live: bool = True,
    ) -> None:
        self.lock = threading.RLock()
        self._live = live
        self._transient, self._paused_by_page = False, False
        self._answers, self._picture = Answers(self, self.lock), Picture(self.shown)
        self._host: Board | None = None
        self._settling, self._changed = False, 0.0
        self._tag_names, self._run_names = tags, runs
        self._tag_matches, self._run_matches = matcher(tags, "tags"), matcher(runs, "runs")
        self._filter_matches = matcher(None, "tags")
        self._refresher = refresher(logdir, self)
        self._closed = False
        self.logdir: LogDir = self._refresher.log
        self._drawn, self._count = -1, ""
        self.run_list = RunList(self.redraw, hidden=hidden_runs)
        self._heading, self._note = theme.html(width="100%"), theme.html(width="100%")
        self._tag_filter = ipywidgets.Text(
            placeholder=f"filter {self.unit}s (regex)",
            continuous_update=False,
            layout=Layout(width="170px", margin="0"),
        )
        self._tag_filter.observe(self._on_tag_filter, "value")
        self._tools = ipywidgets.HBox(
            self._controls(),
            layout=Layout(flex_flow="row wrap", align_items="center", grid_gap="4px 20px", width="100%", margin="0"),
        )
        filters = ipywidgets.HBox(
            [self._tag_filter, self.run_list.tools],
            layout=Layout(flex_flow="row wrap", align_items="center", grid_gap="4px 12px", width="100%", margin="0"),
        )
        self._bar = ipywidgets.VBox(
            [self._tools, filters, self.run_list.rows], layout=Layout(width="100%", margin="0", grid_gap="6px")
        )
        self._bar.add_class("cb-bar")
        super().__init__(
            [theme.style_sheet(self._picture.hiding), self._heading, self._bar, self._note, self._body()],
            layout=Layout(width="100%", grid_gap="8px", padding="4px 2px 8px"),
            _view_count=0,  # a number asks the page to keep it
        )
        self.add_class(theme.CLASS)
        self.observe(self._on_views, "_view_count")
        self.redraw()
        if live:
            self._refresher.subscribe(self)

    # what a board of a kind adds

    def _controls(self) -> list[ipywidgets.Widget]:
        """Return the controls of this kind."""
        raise NotImplementedError

    def _body(self) -> ipywidgets.Widget:
        """Return the widget that holds the cards."""
        raise NotImplementedError

    def _show(self, runs: list[Run], tags: list[str]) -> None:
        """Lay out these runs and tags (in the order to show them) and send what changed."""
        raise NotImplementedError

    def _groups(self) -> tuple[shown.Group, ...]:
        """Return the cards in the page."""
        raise NotImplementedError

    # state

    @property
    def live(self) -> bool:
        """Is the board kept up to date."""
        return self._live and not self._closed

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands: what was clicked, as text to rerun."""
        options: dict[str, Any] = {
            "tags": self._tag_filter.value or self._tag_names,
            "runs": self.run_list.pattern or self._run_names,
        }
        options["hidden_runs"] = self.run_list.hidden or None
        return {name: value for name, value in options.items() if value is not None}

    def shown(self) -> shown.Shown:
        """Return what the board shows now, as plain data: what a picture of it can be made of."""
        with self.lock:
            runs = tuple((run.name, run.color) for run in ([] if self._closed else self.run_list.chosen()))
            note, groups = words.plain(str(self._note.value)), () if self._closed else self._groups()
            return shown.Shown(self.title, str(self.logdir.path), self._count, runs, groups, note)

    def __repr__(self) -> str:
        state = "closed" if self._closed else "live" if self._live else "paused"
        return f"{type(self).__name__}({str(self.logdir.path)!r}, {len(self.logdir.runs)} runs, {state})"

    # drawing

    def push(self) -> None:
        """Send what is new since the last time; called on the refresher's thread."""
        with self.lock:
            if not self._closed and self._drawn != self.logdir.revision:
                self.redraw()
                self._changed = time.monotonic()
        self._picture.follow()
        with self.lock:
            is_over = self._settling and time.monotonic() - self._changed > SETTLED
        if is_over:
            self.pause()

    def refresh(self) -> None:
        """Read what is new and show it."""
        self.logdir.refresh()
        self.redraw()

    def redraw(self) -> None:
        """Bring the page in line with the log and the controls."""
        with self.lock:
            if self._closed:
                return
            revision = self.logdir.revision
            runs = [run for run in self.logdir.runs.values() if self._run_matches(run.name) and self._tags_of(run)]
            tags = self._tags(runs)
            self._list(runs)
            self._say(runs, tags)
            self._show(self.run_list.chosen(), tags)
            self._answers.widen(self._inner())
            self._drawn = revision
            self._redrawn()

    def _redrawn(self) -> None:
        """Note that something else is drawn now, here and where this board is a part."""
        self._picture.changed(alone=not self._live)
        if self._host is not None:
            self._host._redrawn()

    def _list(self, runs: list[Run]) -> None:
        self.run_list.update(runs)

    def _tags(self, runs: list[Run]) -> list[str]:
        """Return the tags to show of *runs*, in the order to show them."""
        return _in_order(runs, self.kind, self._accepts)

    def _accepts(self, tag: str) -> bool:
        return self._tag_matches(tag) and self._filter_matches(tag)

    def _series(self, run: Run) -> Mapping[str, Any]:
        series: Mapping[str, Any] = getattr(run, self.kind)
        return series

    def _tags_of(self, run: Run) -> list[str]:
        return [tag for tag in self._series(run) if self._tag_matches(tag)]

    def _on_tag_filter(self, change: dict[str, Any]) -> None:
        try:
            self._filter_matches = matcher(change["new"] or None, "tags")
        except PatternError as error:
            theme.put(self._note, value=f'<span class="cb-note cb-problem">{escape(str(error))}</span>')
            return
        self.redraw()

    # in another board

    def _inner(self) -> list[Board]:
        """Return the boards that are parts of this one."""
        return []

    def inside(self, host: Board) -> None:
        """Be a part of another board, which has the heading and keeps the picture."""
        self._host = host
        theme.put(self._heading.layout, display="none")
        theme.put(self.layout, padding="0")

    def take_choice(self, other: Board) -> None:
        """Tick the same runs, and filter by the same patterns, as another board of the same log."""
        with self.lock:
            self.run_list.take(other.run_list)
            theme.put(self._tag_filter, value=other._tag_filter.value)
            self.redraw()

    # words

    def _say(self, runs: list[Run], tags: list[str]) -> None:
        self._count = words.count(len(runs), len(tags), self.unit)
        self._say_state()
        theme.put(self._bar.layout, display=None if runs else "none")
        theme.put(self._note, value=self._emptiness(runs, tags) + words.damage(self.logdir.problems))

    def _say_state(self) -> None:
        theme.put(self._heading, value=words.heading(self.title, self.logdir.path, self._count, live=self._live))

    def _emptiness(self, runs: list[Run], tags: list[str]) -> str:
        if runs and tags:
            return ""
        if runs:
            return words.nothing_matches(str(self._tag_filter.value), self.unit)
        chosen = self._run_names is not None or self._tag_names is not None
        return words.emptiness(self.logdir, self.title.lower(), chosen=chosen, live=self._live)

    # life

    def pause(self) -> None:
        """Stop keeping up to date; what is drawn stays."""
        self._paused_by_page = False
        self._pause(wait=True)

    def _pause(self, *, wait: bool) -> None:
        self._refresher.unsubscribe(self, wait=wait)
        with self.lock:
            self._live = False
            if not self._closed:
                self._say_state()

    def settle(self) -> None:
        """Show what is logged by now, and pause once nothing more comes: other writers may still hold events back."""
        self.catch_up()
        with self.lock:
            self._settling, self._changed = True, time.monotonic()

    def catch_up(self) -> None:
        """Show what is logged by now, in the picture too; called whenever a cell has ended."""
        if self._closed or not self._live:
            return
        flush_all()
        self.logdir.refresh()
        with self.lock:
            if self._drawn != self.logdir.revision:
                self.redraw()
        self._picture.follow(at_once=True)

    def resume(self) -> None:
        """Keep up to date again."""
        self._settling = False
        self._resume()

    def _resume(self) -> None:
        with self.lock:
            self._changed = time.monotonic()
            if self._closed or self._live:
                return
            self._live = True
        self._refresher.subscribe(self)
        self.redraw()

    def close(self) -> None:
        """Stop, and remove the board and all its parts from page and kernel; its picture stays where it was shown."""
        if self._closed:
            return
        self._picture.follow(at_once=True)
        self._picture.drop()
        self._refresher.release(self)
        with self.lock:
            self._closed = True
            lifetime.forget(self)
            close_tree(self)

    def close_with_output(self) -> None:
        """Close, rather than pause, when the output that shows this board is gone: nobody else holds it."""
        self._transient = True

    def left_the_page(self) -> None:
        """The output that showed this board is gone (see `lifetime`)."""
        if self._transient:
            self.close()
        elif self._live:
            self.pause()
            self._paused_by_page = True

    def _on_shown(self) -> None:
        lifetime.shown(self)
        if self._paused_by_page:
            self._paused_by_page = False
            self._resume()

    def _on_views(self, change: dict[str, Any]) -> None:
        """A page shows this board, or does not any more: its output or its cell was deleted, or the notebook closed."""
        if change["new"] and self._paused_by_page:
            self._paused_by_page = False
            self._resume()
        elif change["new"] == 0 and self._live:
            self._paused_by_page = True
            self._pause(wait=False)  # the message that says so holds the lock

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> Any:
        """Return what a page is sent; a page that asks for everything has just been opened, and shows nothing yet."""
        state = super().get_state(key, drop_defaults)
        if key is None and "_view_count" in state:
            state["_view_count"] = 0
        return state

    def _ipython_display_(self, **kwargs: Any) -> None:
        """Show the board, and below it the picture that a saved notebook keeps."""
        from IPython.display import publish_display_data

        words = repr(self)
        forms: dict[str, Any] = {"text/plain": words if len(words) <= _MAX_WORDS else words[: _MAX_WORDS - 1] + "…"}
        if not self._closed:
            self._on_shown()
            if self.comm is not None:
                view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
                forms["application/vnd.jupyter.widget-view+json"] = view
        publish_display_data(forms)
        if not self._closed:
            self._picture.show()


def _in_order(runs: list[Run], kind: str, accepts: Callable[[str], bool]) -> list[str]:
    """Return the tags of all *runs* in natural order, as each run has them already."""
    tags = {tag for run in runs for tag in getattr(run, kind) if accepts(tag)}
    return sorted(tags, key=natural_key)
