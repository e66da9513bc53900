"""The table of a graph that was logged; see `graphs.table`."""

from __future__ import annotations

from .graph_series import GraphSample
from .graphs.table import GraphTable

__all__ = ["is_empty", "table_of"]


def table_of(sample: GraphSample, beside: GraphSample | None = None) -> GraphTable:
    """Return the operations of a graph and what flows between them.

    Parameters
    ----------
    sample
        The graph.
    beside
        A graph of the same run, in case `sample` is what was measured in a run and holds no graph itself.

    Raises
    ------
    SummaryError
        If it is damaged, or too large to be drawn.
    """
    from .graphs import graph_def_table, keras_table, run_table

    if sample.form == "keras_model":
        return keras_table.keras_table(sample.keras_model())
    if sample.form == "graph_def":
        return graph_def_table.graph_def_table(sample.encoded)
    if sample.form == "run_metadata" and beside is not None and not run_table.has_graph(sample.encoded):
        table = table_of(beside)
        run_table.add_stats(table, sample.encoded)
        return table
    return run_table.run_table(sample.form, sample.encoded)


def is_empty(sample: GraphSample) -> bool:
    """Whether what was noted of a run holds neither a graph nor anything that was measured."""
    from .graphs import run_table

    return sample.form == "run_metadata" and not run_table.holds_anything(sample.encoded)
