"""Graphs over steps: what a model is made of, and what was measured while it ran."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from .errors import SummaryError
from .series import SampleSeries
from .summaries import graph

if TYPE_CHECKING:
    from .graphs.table import GraphTable

__all__ = ["GraphSample", "GraphSeries"]


@dataclass(frozen=True, slots=True)
class GraphSample:
    """A graph logged at a step, or what was noted while one ran.

    Parameters
    ----------
    step, wall_time
        When; the time in seconds since the epoch.
    form
        What it was logged as: ``graph_def`` (a GraphDef message), ``meta_graph_def`` (a MetaGraphDef), ``run_metadata``
        (a RunMetadata: times, memory, graphs of functions) or ``keras_model`` (JSON).
    encoded
        The bytes as they were logged.
    """

    step: int
    wall_time: float
    form: graph.Form
    encoded: bytes = field(repr=False)

    def graph_def(self) -> Any:
        """Return the GraphDef message: ``.node``, each with ``.name .op .input .device .attr``, and ``.library``.

        Of run metadata it is all graphs of functions together, as they were before they were optimised.

        Raises
        ------
        SummaryError
            If it is damaged, or a Keras model.
        """
        return graph.parse_graph(self.form, self.encoded)

    def run_metadata(self) -> Any:
        """Return the RunMetadata message: ``.step_stats.dev_stats`` has times and memory by device and node.

        Raises
        ------
        SummaryError
            If it is damaged, or of another form.
        """
        return graph.parse_run_metadata(self.form, self.encoded)

    def keras_model(self) -> dict[str, Any]:
        """Return the JSON object of a Keras model.

        Raises
        ------
        SummaryError
            If it is damaged, or of another form.
        """
        return graph.parse_keras_model(self.form, self.encoded)

    def table(self, beside: GraphSample | None = None) -> GraphTable:
        """Return its operations and what flows between them, as the viewer draws them.

        Parameters
        ----------
        beside
            A graph of the same run, in case this is what was measured in a run and holds no graph itself.

        Raises
        ------
        SummaryError
            If it is damaged, or too large to be drawn.
        """
        from .graph_tables import table_of

        return table_of(self, beside)


class GraphSeries(SampleSeries[GraphSample]):
    """Graphs over steps."""

    @property
    def form(self) -> graph.Form:
        """What its graphs were logged as, see `GraphSample`; nothing is read from disk."""
        kind = self._segments[-1].kind if self._segments else ""
        if kind == graph.PLUGIN and self.tag == graph.META_GRAPH:
            return "meta_graph_def"
        return graph.PLUGINS.get(kind or self._metadata.plugin, "graph_def")

    @property
    def size(self) -> npt.NDArray[np.int64]:
        """int64[n]: bytes of the records that hold them."""
        return self._columns["length"]

    def _sample(self, event: Any, item: int, kind: str, step: int, wall_time: float) -> GraphSample:
        if event.WhichOneof("what") != "summary":
            return GraphSample(step, wall_time, *graph.decode_event(event))
        values = event.summary.value
        if item >= len(values):
            raise SummaryError(f"the record of {self.tag!r} at step {step} is not the one that was there before")
        plugin = kind or self._metadata.plugin
        return GraphSample(step, wall_time, *graph.decode(values[item], plugin))
