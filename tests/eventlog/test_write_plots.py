"""PR curves, meshes, layouts of charts, raw histograms: what is better than elsewhere, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from cellboard.eventlog import EventLogWarning, SummaryWriter
from tensorboard.plugins.custom_scalar import layout_pb2
from tensorboard.plugins.mesh import plugin_data_pb2 as mesh_pb2
from tensorboard.plugins.pr_curve import plugin_data_pb2 as pr_pb2
from tensorboard.util import tensor_util

RNG = np.random.default_rng(3)
LABELS, PREDICTIONS = RNG.integers(0, 2, 500), RNG.random(500)


def rows(tmp_path, judged) -> np.ndarray:
    value = judged(tmp_path)[-1][2]
    found = tensor_util.make_ndarray(value.tensor)
    said = pr_pb2.PrCurvePluginData.FromString(value.metadata.plugin_data.content)
    assert found.shape == (6, said.num_thresholds)
    return found


@pytest.mark.parametrize("number", [1, 2, 127, 128, 201, 1000])
def test_there_are_as_many_thresholds_as_asked_for(tmp_path, judged, number: int) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_pr_curve("p", LABELS, PREDICTIONS, num_thresholds=number)
    found = rows(tmp_path, judged)
    assert found.shape == (6, number)
    for column, threshold in enumerate(np.linspace(0, 1, number)):
        says = np.floor(PREDICTIONS * (number - 1)) >= column
        counts = [(says & (LABELS == 1)).sum(), (says & (LABELS == 0)).sum()]
        counts += [(~says & (LABELS == 0)).sum(), (~says & (LABELS == 1)).sum()]
        assert found[:4, column].tolist() == counts, threshold


def test_a_raw_curve_states_its_own_number_of_thresholds(tmp_path, judged) -> None:
    given = RNG.random((6, 300))
    with SummaryWriter(tmp_path) as writer:
        writer.add_pr_curve_raw("p", *given)
    np.testing.assert_array_equal(rows(tmp_path, judged), given.astype(np.float32))


def test_predictions_out_of_range_are_clipped_and_nan_left_out_with_a_warning(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        with pytest.warns(EventLogWarning, match="'p'.*clipped"):
            writer.add_pr_curve("p", [0, 1, 1], [-0.5, 1.5, 0.5], num_thresholds=3)
        writer.flush()
        assert rows(tmp_path, judged)[:2].tolist() == [[2, 2, 1], [1, 0, 0]]
        with pytest.warns(EventLogWarning, match="'q'.*NaN"):
            writer.add_pr_curve("q", [0, 1], [0.5, np.nan], num_thresholds=3)
    assert rows(tmp_path, judged)[:2].tolist() == [[0, 0, 0], [1, 1, 0]]


@pytest.mark.parametrize(
    ("labels", "predictions", "options"),
    [
        ([0, 1], [0.5], {}),
        ([0, 2], [0.5, 0.5], {}),
        ([0, np.nan], [0.5, 0.5], {}),
        ([0, 1], [0.5, 0.5], {"weights": [1, 2, 3]}),
        ([0, 1], [0.5, 0.5], {"num_thresholds": 0}),
        ([0, 1], [0.5, 0.5], {"num_thresholds": 1 << 40}),
    ],
)
def test_what_makes_no_curve_is_refused(tmp_path, labels, predictions, options) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match="'p'"):
        writer.add_pr_curve("p", labels, predictions, **options)


def test_rows_of_a_curve_are_as_long(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        with pytest.raises(ValueError, match="'p'"):
            writer.add_pr_curve_raw("p", [1, 2], [1], [1], [1], [1], [1])
        with pytest.raises(ValueError, match="'p'"):
            writer.add_pr_curve_raw("p", *[[]] * 6)


def parts(tmp_path, judged) -> dict[str, np.ndarray]:
    found = [value for _, _, value in judged(tmp_path)]
    said = [mesh_pb2.MeshPluginData.FromString(value.metadata.plugin_data.content) for value in found]
    assert {part.components for part in said} == {sum(1 << part.content_type for part in said)}
    return {value.tag: tensor_util.make_ndarray(value.tensor) for value in found}


def test_indices_are_integers_for_float32_holds_no_odd_number_above_16777216(tmp_path, judged) -> None:
    faces = np.array([[[0, 1, 16777]]])
    with SummaryWriter(tmp_path) as writer:
        writer.add_mesh("m", np.zeros((1, 16778, 3)), faces=torch.from_numpy(faces))
    found = parts(tmp_path, judged)["m_FACE"]
    assert (found.dtype, found.tolist()) == (np.int32, faces.tolist())


@pytest.mark.parametrize(
    ("colors", "expected"),
    [
        (np.array([[[0, 128, 255]]]), [0, 128, 255]),
        (np.array([[[0, 128.7, 300]]]), [0, 128, 255]),
        (np.array([[[0, 0.5, 1.0]]], np.float32), [0, 127, 255]),
        (np.array([[[0, 1, 1]]]), [0, 1, 1]),
        (np.array([[[0, np.nan, 5]]]), [0, 0, 5]),
    ],
    ids=["integers", "floats", "floats up to 1", "integers up to 1", "NaN"],
)
def test_colors_of_every_kind(tmp_path, judged, colors, expected) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_mesh("m", np.zeros((1, 1, 3)), colors)
    found = parts(tmp_path, judged)["m_COLOR"]
    assert (found.dtype, found.ravel().tolist()) == (np.uint8, expected)


def test_a_mesh_without_a_batch_is_a_batch_of_one(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_mesh("m", np.zeros((4, 3)), faces=[[0, 1, 2]])
    assert {tag: part.shape for tag, part in parts(tmp_path, judged).items()} == {
        "m_VERTEX": (1, 4, 3),
        "m_FACE": (1, 1, 3),
    }


@pytest.mark.parametrize(
    "options",
    [
        {"vertices": np.zeros((2, 4, 2))},
        {"vertices": np.zeros(3)},
        {"faces": [[[0, 1, 4]]]},
        {"faces": [[[0, 1, -1]]]},
        {"faces": np.zeros((2, 1, 3), int)},
        {"colors": np.zeros((1, 3, 3))},
        {"config_dict": {"camera": ...}},
        {"colors": "red"},
    ],
    ids=repr,
)
def test_what_is_no_mesh_is_refused(tmp_path, judged, options) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises((TypeError, ValueError), match="'m'"):
        writer.add_mesh("m", **{"vertices": np.zeros((1, 4, 3)), **options})
    assert judged(tmp_path) == []


def layout(tmp_path, judged) -> dict[str, dict[str, list[str]]]:
    (octets,) = tensor_util.make_ndarray(judged(tmp_path)[-1][2].tensor).ravel()
    return {
        category.title: {
            chart.title: [*chart.multiline.tag] or [chart.margin.series[0].value] for chart in category.chart
        }
        for category in layout_pb2.Layout.FromString(octets).category
    }


def test_charts_that_are_added_later_keep_those_before(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_custom_scalars({"c": {"first": ["Multiline", ["a"]]}})
        writer.add_custom_scalars_multilinechart(["b"], "c", "second")
        writer.add_custom_scalars_marginchart(["d", "e", "f"])
        writer.add_custom_scalars_multilinechart(["g"], "c", "first")
        writer.flush()
        assert layout(tmp_path, judged) == {
            "c": {"first": ["g"], "second": ["b"]},
            "default": {"untitled": ["d"]},
        }
        writer.add_custom_scalars({"new": {"only": ["Multiline", "h"]}})
    assert layout(tmp_path, judged) == {"new": {"only": ["h"]}}


@pytest.mark.parametrize(
    "given",
    [["c"], {"c": ["a"]}, {"c": {"t": "Multiline"}}, {"c": {"t": ["Margin", ["a", "b"]]}}, {"c": {"t": 3}}],
    ids=repr,
)
def test_what_is_no_layout_is_refused(tmp_path, given) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises((TypeError, ValueError), match=r"chart|dict"):
        writer.add_custom_scalars(given)
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match="three tags"):
        writer.add_custom_scalars_marginchart(["a", "b"])


def test_limits_and_counts_of_a_raw_histogram_are_as_many(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match="'h'"):
        writer.add_histogram_raw("h", 0, 1, 2, 3, 4, [1.0, 2.0], [1])
