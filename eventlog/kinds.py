"""The kinds of series that a run has: what its attributes are called, and what is in them."""

from __future__ import annotations

from .graph_series import GraphSeries
from .mesh_series import PartSeries
from .series import (
    AudioSeries,
    HistogramSeries,
    ImageSeries,
    PrCurveSeries,
    ScalarSeries,
    Series,
    TensorSeries,
    TextSeries,
    ValueSeries,
)
from .summaries import audio, custom_scalars, graph, histogram, hparams, image, mesh, pr_curve, scalar, text

__all__ = ["SERIES", "kind_of"]

SERIES: dict[str, type[Series]] = {
    "scalars": ScalarSeries,
    "images": ImageSeries,
    "histograms": HistogramSeries,
    "texts": TextSeries,
    "audio": AudioSeries,
    "pr_curves": PrCurveSeries,
    "tensors": TensorSeries,
    "meshes": PartSeries,
    "graphs": GraphSeries,
    "hparams": ValueSeries,
    "custom_scalars": ValueSeries,
}
"""What the series of each kind are, by the name of the run's attribute."""

_KINDS = {
    scalar.PLUGIN: "scalars",
    image.PLUGIN: "images",
    histogram.PLUGIN: "histograms",
    text.PLUGIN: "texts",
    audio.PLUGIN: "audio",
    pr_curve.PLUGIN: "pr_curves",
    mesh.PLUGIN: "meshes",
    hparams.PLUGIN: "hparams",
    custom_scalars.PLUGIN: "custom_scalars",
    **dict.fromkeys(graph.PLUGINS, "graphs"),
}


def kind_of(noted: str, plugin: str) -> str:
    """Return the kind of a series, one of `SERIES`.

    Parameters
    ----------
    noted
        What the scan noted: a plugin, or "" for a tensor of which it did not know.
    plugin
        What the log says of the tag elsewhere; "" if nothing.
    """
    kind = _KINDS.get(noted or plugin, "tensors")
    # A tensor that is no number, whatever is said of its tag.
    return "tensors" if kind == "scalars" and not noted else kind
