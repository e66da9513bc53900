"""Logging hyperparameters."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ..arrays import as_number, as_text
from ..errors import BadTypeError
from ..messages import Event, Summary
from ..summaries import hparams
from .base import WriterBase
from .sessions import Session, as_domain, as_hparam

__all__ = ["HParamsMethods"]


class HParamsMethods(WriterBase):
    """`add_hparams`."""

    def add_hparams(
        self,
        hparam_dict: Mapping[str, Any],
        metric_dict: Mapping[str, Any],
        hparam_domain_discrete: Mapping[str, Any] | str | None = None,
        run_name: str | None = None,
        global_step: Any = None,
        name: str | None = None,
    ) -> None:
        """Log the hyperparameters of the run, and the metrics by which runs are compared.

        May be called again: what is new is added to what was logged for the run, and what has changed replaces it.
        TensorBoard shows the first call only.

        Parameters
        ----------
        hparam_dict
            Numbers, bools and strings by name. None is left out; functions and classes are logged by their names,
            anything else as `str` writes it.
        metric_dict
            Numbers by tag, logged as scalars. With None instead of a number the tag is named only; log it with
            `add_scalar`.
        hparam_domain_discrete
            For any hyperparameter, the list of the values that it may have.
        run_name
            Log to the run ``<log_dir>/<run_name>`` and not to this one.
        global_step
            See the class.
        name
            The same as `run_name`, by the name that it has in tensorboardX.
        """
        if isinstance(hparam_domain_discrete, str):  # where tensorboardX has the name
            hparam_domain_discrete, name = None, hparam_domain_discrete
        for given in (hparam_dict, metric_dict, hparam_domain_discrete or {}):
            if not isinstance(given, Mapping):
                raise BadTypeError(f"add_hparams takes dicts, not {type(given).__name__}")
        given_values = {as_text(key): as_hparam(value) for key, value in hparam_dict.items()}
        values = {key: value for key, value in given_values.items() if value is not None}
        metrics = {as_text(tag): _metric(as_text(tag), number) for tag, number in metric_dict.items()}
        sub_run = run_name or name
        directory = os.path.join(self.log_dir, sub_run) if sub_run else self.log_dir
        session = self._sessions.get(directory, Session()).with_more(values, metrics)
        for key, options in (hparam_domain_discrete or {}).items():
            session.domains[as_text(key)] = as_domain(as_text(key), options, session.hparams)
        self._sessions[directory] = session
        self._log_session(directory, session, metrics, global_step)

    def _log_session(
        self, directory: str, session: Session, metrics: Mapping[str, float | None], global_step: Any
    ) -> None:
        step, events = self._step("add_hparams", global_step), self._writer_for(directory)
        for value in hparams.encode(session.hparams, session.metrics, session.domains):
            event = Event(step=step, wall_time=self._clock(), summary=Summary(value=[value]))
            events.add_event(event)
        for tag, number in metrics.items():
            if number is not None:
                events.add_scalar(tag, number, step, self._clock())
        if directory != self.log_dir:
            events.close()  # programs that search log a thousand of them


def _metric(tag: str, number: Any) -> float | None:
    return None if number is None else as_number(tag, number)
