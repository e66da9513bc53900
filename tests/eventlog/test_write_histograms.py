"""Histograms: counts are numpy's, the layout is torch's, TensorBoard reads them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from cellboard.eventlog import SummaryError, SummaryWriter
from cellboard.eventlog.default_bins import count, default_edges
from cellboard.eventlog.messages import SummaryValue, parse
from cellboard.eventlog.summaries import histogram, tensor
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tensorboard.backend.event_processing.plugin_event_accumulator import EventAccumulator
from tensorboard.util import tensor_util
from torch.utils.tensorboard import SummaryWriter as TorchWriter

EDGES = default_edges()
ON_AN_EDGE = np.concatenate([EDGES, np.nextafter(EDGES, -np.inf), np.nextafter(EDGES, np.inf)])

dtypes = st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.uint8, np.int32, np.bool_])


def _numpy_counts(values: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):  # NaN that signal
        return np.histogram(values.astype(np.float64), EDGES)[0]


def test_the_edges_are_torchs(tmp_path) -> None:
    with TorchWriter(str(tmp_path)) as writer:
        assert EDGES.tolist() == writer.default_bins
    assert len(EDGES) == 1549


@given(dtypes.flatmap(lambda dtype: arrays.arrays(dtype, st.integers(1, 200))))
def test_counts_are_numpys(values: np.ndarray) -> None:
    assert (count(values).counts == _numpy_counts(values)).all()


@given(arrays.arrays(np.float64, st.integers(1, 200), elements=st.sampled_from(ON_AN_EDGE.tolist())))
def test_counts_are_numpys_on_every_edge(values: np.ndarray) -> None:
    for typed in (values, values.astype(np.float32)):
        assert (count(typed).counts == _numpy_counts(typed)).all()


@pytest.mark.parametrize("dtype", [np.uint32, np.uint64])
def test_counts_are_numpys_for_any_bits(dtype: type) -> None:
    bits = np.random.default_rng(0).integers(0, np.iinfo(dtype).max, 300_000, dtype, endpoint=True)
    values = bits.view(np.float32 if dtype is np.uint32 else np.float64)
    assert (count(values).counts == _numpy_counts(values)).all()
    assert (count(ON_AN_EDGE).counts == _numpy_counts(ON_AN_EDGE)).all()


def test_statistics_are_over_all_values() -> None:
    values = np.random.default_rng(0).normal(size=(300, 500)).astype(np.float32)
    wide = values.astype(np.float64)
    counted = count(values)
    assert (counted.min, counted.max, counted.num) == (wide.min(), wide.max(), 150_000)
    assert counted.sum == pytest.approx(wide.sum(), rel=1e-12, abs=1e-9)
    assert counted.sum_squares == pytest.approx((wide**2).sum(), rel=1e-12)


SAMPLES = {
    "normal": np.random.default_rng(1).normal(size=5000),
    "float32": np.random.default_rng(1).normal(size=5000).astype(np.float32),
    "zeros": np.zeros(4),
    "one": np.array([3.0]),
    "negative": -np.arange(1.0, 50.0),
    "integers": np.arange(100),
    "wide": np.array([-1e19, 1e-13, 0, 1e19]),
    "tensor": torch.arange(12.0).reshape(3, 4),
}


@pytest.mark.parametrize(
    "options",
    [{}, {"max_bins": 7}, {"bins": "auto"}, {"bins": [-1.0, 0.0, 0.5, 9.0]}, {"bins": 5, "max_bins": 2}],
    ids=str,
)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_message_is_torchs(tmp_path, payloads, name: str, options: dict) -> None:
    for kind, folder in ((SummaryWriter, "ours"), (TorchWriter, "torchs")):
        with kind(str(tmp_path / folder)) as writer:
            writer.add_histogram("w", SAMPLES[name], 3, walltime=1e9, **options)
    ours, torchs = (parse(payloads(tmp_path / folder)[1]) for folder in ("ours", "torchs"))
    for event in (ours, torchs):
        histo = event.summary.value[0].histo
        # Summation order is free.
        histo.sum, histo.sum_squares = round(histo.sum, 6), round(histo.sum_squares, 6)
    assert ours == torchs


def test_tensorboard_shows_every_count(tmp_path) -> None:
    values = np.random.default_rng(0).normal(size=1000)
    with SummaryWriter(tmp_path) as writer:
        writer.add_histogram("w", values, 1)
    (event,) = EventAccumulator(str(tmp_path)).Reload().Tensors("w")
    left, right, counts = tensor_util.make_ndarray(event.tensor_proto).T
    assert counts.sum() == 1000
    assert left[0] == np.float32(values.min())
    assert right[-1] == np.float32(values.max())


def test_a_model_that_diverged_does_not_stop_the_program(tmp_path, payloads) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_histogram("w", np.full(3, np.nan), 1)
        writer.add_histogram("w", np.array([np.nan, 1.0, 2.0], np.float32), 2)
    nothing, some = (histogram.decode(parse(payload).summary.value[0]) for payload in payloads(tmp_path)[1:])
    assert (len(nothing.counts), nothing.num) == (0, 3)
    assert (some.total, some.num) == (2, 3)
    assert np.isnan([some.min, some.sum]).all()


@pytest.mark.parametrize("values", [[], np.zeros((0, 3)), torch.zeros(0)], ids=repr)
def test_no_values_are_refused_by_name(tmp_path, values) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match=r"'layer/w'"):
        writer.add_histogram("layer/w", values)


@pytest.mark.parametrize("values", ["words", None, [1j], {"a": 1}, [[1], [1, 2]]], ids=repr)
def test_what_is_no_number_is_refused_by_name(tmp_path, values) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(TypeError, match=r"'layer/w'"):
        writer.add_histogram("layer/w", values)


def test_an_infinity_is_in_no_bin(tmp_path, payloads) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_histogram("w", [1.0, -np.inf, np.inf, 1e30])
    read = histogram.decode(parse(payloads(tmp_path)[1]).summary.value[0])
    assert (read.total, read.num, read.min, read.max) == (1, 4, -np.inf, np.inf)


def test_bins_that_numpy_refuses_are_refused_by_name(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for bins in ("no such rule", [3.0, 1.0], 0):
            with pytest.raises(ValueError, match=r"'layer/w'"):
                writer.add_histogram("layer/w", [1.0, 2.0], bins=bins)


def _histo(limits: list[float], counts: list[float], low: float, high: float) -> object:
    value = SummaryValue()
    value.histo.bucket_limit.extend(limits)
    value.histo.bucket.extend(counts)
    value.histo.min, value.histo.max, value.histo.num = low, high, sum(counts)
    return value


def _rows(rows: list[list[float]]) -> object:
    value = SummaryValue()
    value.tensor.CopyFrom(tensor.encode(np.array(rows, np.float64).reshape(-1, 3)))
    return value


@pytest.mark.parametrize(
    ("value", "edges", "counts"),
    [
        (_histo([0, 1, 2, 3], [0, 5, 0, 2], 0.5, 2.5), [0.5, 1, 2, 2.5], [5, 0, 2]),
        (_histo([0, 1e-12], [0, 4], 0, 0), [0, 0], [4]),
        (_histo([1.7976931348623157e308], [3], -1, 2), [-1, 2], [3]),
        (_histo([1, 1.7976931348623157e308], [3, 1], -1, 2), [-1, 1, 2], [3, 1]),
        (_histo([1, 2], [3, 1], np.nan, np.inf), [1, 1, 2], [3, 1]),
        (_histo([], [], 0, 0), [0], []),
        (_histo([1.7976931348623157e308], [0], 0, 0), [0], []),
        (_rows([[0, 1, 0], [1, 2, 3], [2, 3, 0], [3, 4, 1], [4, 5, 0]]), [1, 2, 3, 4], [3, 0, 1]),
        (_rows([[0, 1, 2], [3, 4, 5]]), [0, 1, 3, 4], [2, 0, 5]),
        (_rows([[2, 2, 0], [2, 2, 9]]), [2, 2], [9]),
        (_rows([]), [0], []),
    ],
)
def test_histograms_are_read_in_every_form(value, edges, counts) -> None:
    read = histogram.decode(value)
    assert read.edges.tolist() == edges
    assert read.counts.tolist() == counts
    assert read.total == sum(counts)


@pytest.mark.parametrize(
    "value",
    [
        _histo([1, 2], [1], 0, 2),
        _histo([2, 1], [1, 1], 0, 2),
        _histo([1, np.nan], [1, 1], 0, 2),
        _histo([1, 2], [1, -1], 0, 2),
        _histo([1, 2], [1, np.inf], 0, 2),
        _rows([[0, 1, np.nan]]),
        _rows([[5, 6, 1], [0, 1, 1]]),
        _rows([[0, np.inf, 1]]),
        SummaryValue(),
        SummaryValue(simple_value=1),
    ],
)
def test_what_is_no_histogram_is_said_to_be_none(value) -> None:
    with pytest.raises(SummaryError):
        histogram.decode(value)
