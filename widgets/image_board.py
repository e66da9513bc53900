"""Images inline: the bytes as logged, in a grid of runs and tags, every step within reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import ipywidgets
from ipywidgets import Layout

from . import controls, shown, theme
from .caption import NOTHING_YET, Caption, CaptionedCard, caption, problem
from .sample_board import SampleBoard

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
_ABOUT_SIZES = ("", "", "", "One image pixel to each page pixel")
_FORMATS = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/webp": "webp", "image/bmp": "bmp"}


class ImageCard(CaptionedCard):
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
        self._sample: tuple[int, int, int] = 0, 0, 0
        self._picture = ipywidgets.GridBox(layout=Layout(margin="4px 0", grid_gap="4px", width="auto", overflow="auto"))
        super().__init__([self._picture])

    def resize(self, size: Size) -> None:
        """Show the images small, medium, large, or with one image pixel to each page pixel."""
        self._size = size
        for image in self.images:
            self._fit(image)
        self._lay_out()

    def update(self, series: Sequence[ImageSample], index: int | None) -> None:
        """Show sample *index* of *series*."""
        if index is None:
            self._fill([], None, NOTHING_YET)
            return
        state = (index, int(series.step[index]), float(series.wall_time[index]))  # type: ignore[attr-defined]
        if state == self._shown:
            return
        try:
            sample = series[index]
            self._fill(_sendable(sample), state, _caption(sample))
            self._sample = sample.width, sample.height, sample.count
        except (OSError, ValueError, LookupError) as error:
            self._fill([], state, problem(error, state[1]))

    def shown(self) -> shown.Card:
        """Return what it shows, but for what the board wrote above it."""
        width, height, count = self._sample
        pictures = tuple(
            shown.Picture(f"image/{image.format}", bytes(image.value), width, height) for image in self.images
        )
        return self.shown_as(*([shown.Pictures(pictures, count - len(pictures))] if pictures else []))

    def _fill(self, encoded: list[tuple[str, bytes]], state: tuple[Any, ...] | None, said: Caption) -> None:
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
        self.say(said)

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
    widen = False

    def __init__(
        self, logdir: str | os.PathLike[str] | LogDir = "runs", *, size: Size = "medium", **options: Any
    ) -> None:
        controls.one_of("size", size, _SIZES)
        self._size = controls.choice(_SIZES, size, "Size", _ABOUT_SIZES)
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


def _caption(sample: ImageSample) -> Caption:
    more = [f"{sample.width}×{sample.height}"]
    if sample.count > 1:
        more.append(f"{sample.count:,} images" + (f", {MAX_IMAGES} shown" if sample.count > MAX_IMAGES else ""))
    return caption(sample.step, sample.wall_time, *more)
