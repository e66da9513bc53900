"""Logging numbers."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from ..arrays import as_number, as_tag, as_text, as_wall_time
from ..errors import BadTypeError
from ..summaries import scalar
from .base import WriterBase
from .exported import new_points
from .files import write_atomically

__all__ = ["ScalarMethods"]


class ScalarMethods(WriterBase):
    """`add_scalar`, `add_scalars` and `export_scalars_to_json`."""

    def add_scalar(
        self,
        tag: str,
        scalar_value: Any,
        global_step: Any = None,
        walltime: float | None = None,
        new_style: bool = False,
        double_precision: bool = False,
        display_name: str = "",
        summary_description: str = "",
    ) -> None:
        """Log one number, as float32.

        Parameters
        ----------
        tag
            Name of the series; a ``/`` groups.
        scalar_value
            A number, or an array of one element.
        global_step, walltime
            See the class.
        new_style
            Write a tensor and not a plain value.
        double_precision
            With `new_style`: write it as float64.
        display_name, summary_description
            What a board shows instead of the tag, and says about it in Markdown. Written as a tensor, for TensorBoard
            passes over what is said about plain values.
        """
        if type(tag) is not str:
            tag = as_tag(tag)
        if type(scalar_value) is not float:
            scalar_value = as_number(tag, scalar_value)
        if type(global_step) is not int or not -0x8000000000000000 <= global_step <= 0x7FFFFFFFFFFFFFFF:
            global_step = self._step(tag, global_step)
        walltime = self._clock() if walltime is None else as_wall_time(tag, walltime)
        if new_style or display_name or summary_description:
            said = {"display_name": as_text(display_name or ""), "description": as_text(summary_description or "")}
            value = scalar.encode_tensor(tag, scalar_value, double_precision=double_precision and new_style, **said)
            self._add_value(value, global_step, walltime)
        else:
            self._events.add_scalar(tag, scalar_value, global_step, walltime)

    def add_scalars(
        self,
        main_tag: str,
        tag_scalar_dict: Mapping[str, Any],
        global_step: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Log several numbers for one chart: each in a run of its own, ``<log_dir>/<main_tag>_<key>``, as `main_tag`.

        Parameters
        ----------
        main_tag
            Name of the series in every such run.
        tag_scalar_dict
            A number a key, as for `add_scalar`.
        global_step, walltime
            See the class.
        """
        main_tag = as_tag(main_tag)
        if not isinstance(tag_scalar_dict, Mapping):
            raise BadTypeError(f"tag {main_tag!r}: add_scalars takes a dict, not {type(tag_scalar_dict).__name__}")
        step, when = self._step(main_tag, global_step), self._when(main_tag, walltime)
        numbers = {as_tag(key): as_number(f"{main_tag}/{key}", value) for key, value in tag_scalar_dict.items()}
        for key, number in numbers.items():
            directory = os.path.join(self.log_dir, f"{main_tag.replace('/', '_')}_{key}")
            self._exported.setdefault(directory, {})
            self._writer_for(directory).add_scalar(main_tag, number, step, when)

    def export_scalars_to_json(self, path: str | os.PathLike[str]) -> None:
        """Write to a JSON file what `add_scalars` of this writer logged since the last export.

        It is ``{directory of the run: [[wall time, step, value], ...]}``, the values as they are in the event files;
        what is not finite is "NaN", "Infinity" or "-Infinity".

        Parameters
        ----------
        path
            Of the JSON file; one that is there is replaced.

        Raises
        ------
        OSError
            If the file cannot be written, or an event file not be read.
        """
        self.flush()
        points = {}
        for directory, read in list(self._exported.items()):
            points[directory], self._exported[directory] = new_points(self._writer_for(directory).paths, read)
        write_atomically(path, json.dumps({run: found for run, found in points.items() if found}).encode())
