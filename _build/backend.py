"""The build backend: setuptools, after the front ends have been built.

``pip`` and ``build`` call these hooks (PEP 517, PEP 660). A build requirement is asked for only when a front end is
stale, so building from an sdist, which carries the output, needs neither Node.js nor npm.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

import frontends
from setuptools import build_meta
from setuptools.build_meta import (
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

Settings = Mapping[str, Any] | None


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    return [*build_meta.get_requires_for_build_wheel(config_settings), *frontends.requirements()]


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    return [*build_meta.get_requires_for_build_sdist(config_settings), *frontends.requirements()]


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    return [*build_meta.get_requires_for_build_editable(config_settings), *frontends.requirements()]


def build_wheel(directory: str, config_settings: Settings = None, metadata_directory: str | None = None) -> str:
    prepare()
    return str(build_meta.build_wheel(directory, config_settings, metadata_directory))


def build_sdist(directory: str, config_settings: Settings = None) -> str:
    prepare()
    return str(build_meta.build_sdist(directory, config_settings))


def build_editable(directory: str, config_settings: Settings = None, metadata_directory: str | None = None) -> str:
    prepare()
    return str(build_meta.build_editable(directory, config_settings, metadata_directory))


def prepare() -> None:
    """Build the front ends and forget what an earlier build left, which setuptools would ship along."""
    frontends.build_stale()
    for leftover in frontends.ROOT.glob("build/lib*"):
        shutil.rmtree(leftover, ignore_errors=True)
    # The list of an earlier sdist's files; its folder stays, since setuptools remembers having made it.
    (frontends.ROOT / "cellboard.egg-info" / "SOURCES.txt").unlink(missing_ok=True)
