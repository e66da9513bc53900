"""One slider over every step of many series, which follows the newest step until it is moved back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import ipywidgets
from ipywidgets import Layout

from . import theme

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Moment", "StepSlider", "Track"]

Moment = tuple[int, int]
"""A step, and the how many-th sample of that step in its series: steps logged twice stay apart."""

_LAST = 1 << 62
_PACE = 400  # milliseconds a step


class Track:
    """The moments of one series, and which sample belongs to each.

    Parameters
    ----------
    step
        int64[n], the steps of the series in logged order.
    """

    def __init__(self, step: np.ndarray[Any, np.dtype[np.int64]]) -> None:
        seen: dict[int, int] = {}
        found: list[tuple[Moment, int]] = []
        for index, one in enumerate(step.tolist()):
            seen[one] = seen.get(one, -1) + 1
            found.append(((one, seen[one]), index))
        found.sort()
        self.moments = [moment for moment, _ in found]
        self._indices = [index for _, index in found]

    def at_or_before(self, moment: Moment) -> int | None:
        """Return the index of the newest sample not after *moment*; None if there is none."""
        place = bisect_right(self.moments, moment)
        return self._indices[place - 1] if place else None


class StepSlider:
    """A slider over moments.

    Parameters
    ----------
    changed
        Called when the user moved it.
    step
        Where to start: the last moment at or before this step; None follows the newest.
    label
        What stands before it, as text of ours: ipywidgets 7 takes it for markup.
    width
        Of the slider, in pixels.
    play
        With a button that goes through all moments.
    brief
        Say the step alone.
    """

    def __init__(
        self,
        changed: Callable[[], None],
        step: int | None = None,
        *,
        label: str = "Step",
        width: int = 280,
        play: bool = False,
        brief: bool = False,
    ) -> None:
        self._changed, self._brief = changed, brief
        self._moments: list[Moment] = []
        self._wanted: Moment | None = None if step is None else (step, _LAST)
        self._placed = 0
        self._slider = ipywidgets.IntSlider(
            value=0,
            min=0,
            max=0,
            description=label,
            style={"description_width": "initial"},
            readout=False,
            layout=Layout(width=f"{width}px", margin="0"),
        )
        self._slider.observe(self._on_move, "value")
        self._play = ipywidgets.Play(min=0, max=0, interval=_PACE, layout=Layout(margin="0")) if play else None
        self._readout = theme.html()
        parts = [self._slider, self._readout]
        if self._play is not None:
            # Over the kernel, not linked in the page: each step is read from disk here anyway.
            self._play.observe(self._on_play, "value")
            parts = [self._play, *parts]
        self.box = ipywidgets.HBox(parts, layout=Layout(align_items="center", grid_gap="8px", margin="0"))

    @property
    def moment(self) -> Moment | None:
        """The moment the slider stands at; None while nothing is logged."""
        return self._moments[self._placed] if self._moments else None

    @property
    def step(self) -> int | None:
        """The step it was moved to; None while it follows the newest. Set it to go there."""
        return None if self._wanted is None else self._wanted[0]

    @step.setter
    def step(self, step: int | None) -> None:
        self.move(step)
        self._changed()

    def move(self, step: int | None) -> None:
        """Go to a step without telling who made it; None follows the newest."""
        self._wanted = None if step is None else (step, _LAST)
        self._place()

    def update(self, moments: Iterable[Moment]) -> None:
        """Take the moments that there are now; a slider at the newest goes on to the new newest."""
        self._moments = sorted(set(moments))
        self._place()

    def _place(self) -> None:
        last = max(len(self._moments) - 1, 0)
        self._placed = last if self._wanted is None else max(bisect_right(self._moments, self._wanted) - 1, 0)
        theme.put(self._slider, max=last, disabled=last == 0)
        theme.put(self._slider, value=self._placed)
        if self._play is not None:
            theme.put(self._play, max=last, disabled=last == 0)
            self._keep_in_step()
        self._write()

    def _on_move(self, change: dict[str, Any]) -> None:
        index = min(int(change["new"]), len(self._moments) - 1)
        if index == self._placed or index < 0:
            return
        self._placed = index
        self._wanted = None if index == len(self._moments) - 1 else self._moments[index]
        self._keep_in_step()
        self._write()
        self._changed()

    def _on_play(self, change: dict[str, Any]) -> None:
        if change["new"] != self._placed:
            theme.put(self._slider, value=min(int(change["new"]), max(len(self._moments) - 1, 0)))

    def _keep_in_step(self) -> None:
        """Have the button go on from where the slider was moved to; from the end it begins anew."""
        if self._play is not None:
            theme.put(self._play, value=self._placed)

    def _write(self) -> None:
        text = "–" if self._brief else "nothing logged"
        if self._moments:
            at = self._moments[self._placed][0]
            newest = " · newest" if self._placed == len(self._moments) - 1 else ""
            rest = "" if self._brief else f" · {self._placed + 1:,} of {len(self._moments):,}{newest}"
            text = f"<b>{at:,}</b>{rest}"
        theme.put(self._readout, value=f'<span class="cb-sub cb-mono">{text}</span>')
