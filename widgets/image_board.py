"""Images inline: the bytes as logged, in a grid of runs and tags, every step within reach."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Literal, get_args

import ipywidgets
from ipywidgets import Layout

from . import theme
from .errors import OptionError
from .sample_board import SampleBoard, caption

if TYPE_CHECKING:
    import os

    from ..eventlog import ImageSample, LogDir, Run

__all__ = ["MAX_IMAGES", "MAX_IMAGE_BYTES", "ImageBoard", "ImageCard", "Size", "images"]

MAX_IMAGE_BYTES = 8 << 20
"""Encoded images larger than this are not sent to the page."""

MAX_IMAGES = 16
"""Images of one sample in the page, at most."""

Size = Literal["small", "medium", "large", "actual"]
_SIZES: tuple[Size, ...] = get_args(Size)
_COLUMNS = {"small": 132, "medium": 208, "large": 380, "actual": 208}
_FORMATS = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/webp": "webp", "image/bmp": "bmp"}


class ImageCard:
    """The image of one run and tag.

    Attributes
    ----------
    images : list[ipywidgets.Image]
        The images of the sample shown; `value` holds the bytes as logged.
    """

    def __init__(self, size: Size) -> None:
        self.images: list[ipywidgets.Image] = []
        self._size = size
        self._shown: tuple[Any, ...] | None = None
        self._picture = ipywidgets.GridBox(layout=Layout(margin="4px 0", grid_gap="4px", width="auto", overflow="auto"))
        self.head, self._caption = theme.html(), theme.html()
        self.widget = ipywidgets.VBox(
            [self.head, self._picture, self._caption],
            layout=Layout(padding="6px 10px 8px", margin="0", min_width="0", width="auto"),
        )
        self.widget.add_class("cb-card")

    def resize(self, size: Size) -> None:
        """Show the images small, medium, large, or with one image pixel to each page pixel."""
        self._size = size
        for image in self.images:
            self._fit(image)
        self._lay_out()

    def update(self, series: Sequence[ImageSample], index: int | None) -> None:
        """Show sample *index* of *series*."""
        if index is None:
            self._fill([], None, '<span class="cb-sub">nothing logged up to this step</span>')
            return
        state = (index, int(series.step[index]), float(series.wall_time[index]))  # type: ignore[attr-defined]
        if state == self._shown:
            return
        try:
            sample = series[index]
            self._fill(_sendable(sample), state, _caption(sample))
        except (OSError, ValueError, LookupError) as error:
            text = f"step {state[1]:,} cannot be shown: {error}"
            self._fill([], state, f'<span class="cb-sub cb-problem">{escape(text)}</span>')

    def _fill(self, encoded: list[tuple[str, bytes]], state: tuple[Any, ...] | None, text: str) -> None:
        self._shown = state
        while len(self.images) > len(encoded):
            self.images.pop().close()
        while len(self.images) < len(encoded):
            image = ipywidgets.Image(layout=Layout(margin="0"))
            image.add_class("cb-image")
            self._fit(image)
            self.images.append(image)
        for image, (kind, content) in zip(self.images, encoded, strict=True):
            with image.hold_sync():
                image.format, image.value = kind, content
        if self._picture.children != tuple(self.images):
            self._picture.children = tuple(self.images)
            self._lay_out()
        theme.put(self._caption, value=text)

    def _fit(self, image: ipywidgets.Image) -> None:
        actual = self._size == "actual"
        theme.put(
            image.layout,
            width="auto" if actual else "100%",
            max_width="none" if actual else "100%",
            object_fit="contain",
        )

    def _lay_out(self) -> None:
        least = 64 if len(self.images) > 1 and self._size != "actual" else _COLUMNS[self._size] - 24
        theme.put(self._picture.layout, grid_template_columns=f"repeat(auto-fill, minmax(min({least}px, 100%), 1fr))")


class ImageBoard(SampleBoard[ImageCard]):
    """Images of a logdir.

    Parameters
    ----------
    logdir, tags, runs, hidden_runs, step, live
        See `SampleBoard`.
    size
        "small", "medium", "large", or "actual": one image pixel to each page pixel.
    """

    kind = "images"
    title = "Images"

    def __init__(
        self, logdir: str | os.PathLike[str] | LogDir = "runs", *, size: Size = "medium", **options: Any
    ) -> None:
        if size not in _SIZES:
            raise OptionError(f"size is {size!r}; it is one of {', '.join(map(repr, _SIZES))}")
        self._size = ipywidgets.ToggleButtons(options=list(_SIZES), value=size, layout=Layout(width="auto", margin="0"))
        self._size.style.button_width = "74px"
        self.column = _COLUMNS[size]
        super().__init__(logdir, **options)
        self._size.observe(self._on_size, "value")

    @property
    def size(self) -> Size:
        """How large the images are."""
        chosen: Size = self._size.value
        return chosen

    @size.setter
    def size(self, size: Size) -> None:
        self._size.value = size

    def options(self) -> dict[str, Any]:
        """Return the keyword arguments that build this board as it stands."""
        return super().options() | ({} if self.size == "medium" else {"size": self.size})

    def _controls(self) -> list[ipywidgets.Widget]:
        return [*super()._controls(), self._size]

    def _make_card(self, tag: str, run: Run) -> ImageCard:
        return ImageCard(self.size)

    def _on_size(self, _: Any) -> None:
        with self.lock:
            self._grid.set_column(_COLUMNS[self.size])
            for card in self.cards.values():
                card.resize(self.size)


def images(logdir: str | os.PathLike[str] | LogDir = "runs", **options: Any) -> ImageBoard:
    """Show the images of *logdir*; the options are those of `ImageBoard`."""
    return ImageBoard(logdir, **options)


def _sendable(sample: ImageSample) -> list[tuple[str, bytes]]:
    """Return format and bytes of the images of *sample* that may go to the page.

    Raises
    ------
    ValueError
        The sample is of a kind that a page does not show as an image, or larger than `MAX_IMAGE_BYTES`.
    """
    kind = _FORMATS.get(sample.mime)
    if kind is None:
        raise ValueError(f"{sample.mime or 'unknown bytes'} is no PNG, JPEG, GIF, WebP or BMP image")
    encoded = [sample.encoded] if sample.count == 1 else list(sample.all_encoded)[:MAX_IMAGES]
    size = max((len(one) for one in encoded), default=0)
    if size > MAX_IMAGE_BYTES:
        raise ValueError(
            f"an image of {size / 2**20:.1f} MiB is too large for a notebook; %board shows it in the viewer"
        )
    return [(kind, one) for one in encoded]


def _caption(sample: ImageSample) -> str:
    more = [f"{sample.width}×{sample.height}"]
    if sample.count > 1:
        more.append(f"{sample.count:,} images" + (f", {MAX_IMAGES} shown" if sample.count > MAX_IMAGES else ""))
    return caption(sample.step, sample.wall_time, *more)
