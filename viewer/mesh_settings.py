"""How a log wants its meshes to be seen: camera, lights and material, cut down to what can be harmless.

Whoever logged them says names of three.js classes and their settings. What is no plain value is left out here; which of
the rest means anything, and within which bounds, the page decides (``dashboards/meshes/scene/view_settings.ts``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

__all__ = ["plain_settings"]

_MOST_LIGHTS = 8
_MOST_KEYS = 32
_LONGEST = 64
_LARGEST = 1e12
_COORDINATES = 3

Setting = bool | float | str | list[float]


def plain_settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``{"camera", "lights", "material"}``: each a class with its settings or None, lights a list or None."""
    said = config.get("lights")
    lights = said[:_MOST_LIGHTS] if isinstance(said, list) else None
    return {
        "camera": _object(config.get("camera")),
        "lights": None if lights is None else [kept for light in lights if (kept := _object(light))],
        "material": _object(config.get("material")),
    }


def _object(said: Any) -> dict[str, Setting] | None:
    """Return the plain settings of an object that names its class; None of what does not."""
    if not isinstance(said, dict) or not isinstance(said.get("cls"), str):
        return None
    kept = {str(name)[:_LONGEST]: value for name, value in list(said.items())[:_MOST_KEYS] if _is_plain(value)}
    return {**kept, "cls": said["cls"][:_LONGEST]}


def _is_plain(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST
    if isinstance(value, list):
        return len(value) == _COORDINATES and all(_is_number(one) for one in value)
    return isinstance(value, bool) or _is_number(value)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return -_LARGEST <= value <= _LARGEST and math.isfinite(value)
