"""Colours of runs: given in the order in which runs appear, and kept for their names.

The first eight can be told apart with deuteranopia and protanopia too, and every colour can be seen on a white and on a
nearly black ground; a test simulates it (Machado, Oliveira & Fernandes 2009, full severity; distances in CIELAB).
"""

from __future__ import annotations

import colorsys

__all__ = ["PALETTE", "ColorBook", "run_color"]

PALETTE = (
    "#5064d2",
    "#ff9100",
    "#0a7337",
    "#c30087",
    "#3cb4e1",
    "#7d19ff",
    "#b9a55a",
    "#eb91a5",
    "#ca0820",
    "#68ac00",
    "#d064fc",
    "#586491",
    "#00b4a4",
    "#fc006c",
    "#b46cb4",
    "#b0543c",
    "#ac3c64",
    "#b4a8d8",
    "#5c48e4",
    "#ec9c50",
)
"""The colours of the first runs."""

_TURN = 0.035  # of the hue circle, each time the palette is gone through again
_LIGHTNESS = 0.94
_LUMINANCE = (0.125, 0.42)
"""Of what can be seen on a nearly black and on a white ground, relative to white (WCAG 2)."""


def run_color(index: int) -> str:
    """Return the colour ``#rrggbb`` of the run that is the `index`-th (from 0) to appear.

    After the palette come its colours again, each time turned a little further and alternately darker, none of them
    too light or too dark to be seen.
    """
    rounds, place = divmod(index, len(PALETTE))
    if not rounds:
        return PALETTE[place]
    red, green, blue = (int(PALETTE[place][at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    turned = colorsys.hls_to_rgb((hue + _TURN * rounds) % 1, lightness * _LIGHTNESS ** (rounds % 2), saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in _made_visible(turned))


def _made_visible(color: tuple[float, float, float]) -> list[float]:
    """Darken or lighten a colour (red, green, blue; 0 to 1) until it can be seen on either ground, in the same hue."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color]
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    least, most = _LUMINANCE
    if luminance > most:
        parts = [part * most / luminance for part in parts]
    elif luminance < least:
        white = (least - luminance) / (1 - luminance)
        parts = [part + (1 - part) * white for part in parts]
    return [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts]


class ColorBook:
    """Remembers which name has which colour."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def color_of(self, name: str) -> str:
        """Return the colour of a name: the one it had before, else the next one."""
        return run_color(self._places.setdefault(name, len(self._places)))
