"""Tensors keep their shape, type and bits."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from cellboard.eventlog import SummaryWriter, typed_arrays
from cellboard.eventlog.summaries import tensor
from tensorboard.compat.proto import types_pb2
from tensorboard.util import tensor_util


def logged(tmp_path, judged, given: object) -> object:
    with SummaryWriter(tmp_path) as writer:
        writer.add_tensor("t", given, 7, 1.5)
    ((step, time, value),) = judged(tmp_path)
    assert (step, time, value.tag, value.metadata.plugin_data.plugin_name) == (7, 1.5, "t", "tensor")
    return value.tensor


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_floats_have_the_right_bits(tmp_path, judged, dtype) -> None:
    given = torch.tensor([[1.5, -2.25, 3e4], [0.1, float("inf"), float("nan")]]).to(dtype)
    found = logged(tmp_path, judged, given)
    assert found.tensor_content == given.view(torch.int16).numpy().tobytes()
    np.testing.assert_array_equal(tensor.decode(found), given.float().numpy())
    if dtype == torch.float16:  # TensorBoard has no bfloat16 without TensorFlow
        np.testing.assert_array_equal(tensor_util.make_ndarray(found), given.numpy())


def test_bytes_are_read_as_such_by_tensorboard(tmp_path, judged) -> None:
    read = tensor_util.make_ndarray(logged(tmp_path, judged, torch.tensor([0, 127, 255], dtype=torch.uint8)))
    assert (read.dtype, read.tolist()) == (np.uint8, [0, 127, 255])


@pytest.mark.parametrize("dtype", [torch.complex32, torch.complex64, torch.complex128])
@pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")
def test_complex_numbers_keep_both_parts(tmp_path, judged, dtype) -> None:
    given = torch.tensor([1 - 2j, 0.5j], dtype=torch.complex64).to(dtype)
    read = tensor_util.make_ndarray(logged(tmp_path, judged, given))
    assert read.tolist() == [1 - 2j, 0.5j]


@pytest.mark.parametrize(
    ("dtype", "number"),
    [(torch.float8_e5m2, types_pb2.DT_FLOAT8_E5M2), (torch.float8_e4m3fn, types_pb2.DT_FLOAT8_E4M3FN)],
)
def test_small_floats_keep_their_bits(tmp_path, judged, dtype, number) -> None:
    given = torch.tensor([1.5, -2.0, 0.25]).to(dtype)
    read = logged(tmp_path, judged, given)
    assert (read.dtype, read.tensor_content) == (number, given.view(torch.uint8).numpy().tobytes())


@pytest.mark.parametrize(
    "kind", ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?", "c8", ">f4", "g"]
)
@pytest.mark.parametrize("shape", [(), (1,), (2, 3), (0, 4)])
def test_numpy_arrays_of_any_type_and_shape(tmp_path, judged, kind, shape) -> None:
    given = np.arange(int(np.prod(shape))).reshape(shape).astype(kind)
    read = tensor.decode_any(logged(tmp_path, judged, given))
    assert read.shape == shape
    np.testing.assert_array_equal(read, given)


def test_tensors_of_any_layout_and_device_state(tmp_path, judged) -> None:
    given = torch.arange(6.0, requires_grad=True).reshape(2, 3).T
    assert tensor.decode(logged(tmp_path, judged, given)).tolist() == [[0, 3], [1, 4], [2, 5]]
    assert tensor.decode(logged(tmp_path / "2", judged, torch.eye(2).to_sparse())).tolist() == [[1, 0], [0, 1]]
    conjugate = torch.tensor([1 + 2j]).conj()
    assert tensor.decode(logged(tmp_path / "3", judged, conjugate)).tolist() == [1 - 2j]


@pytest.mark.parametrize("given", ["text", None, ..., [[1], [2, 3]], np.array(["a"]), [None]], ids=repr)
def test_what_is_no_tensor_is_refused_by_name(tmp_path, given) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(TypeError, match="'t'"):
        writer.add_tensor("t", given)


def test_what_no_event_can_hold_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(typed_arrays, "MAX_BYTES", 100)
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match=r"'t'.*2 GiB"):
        writer.add_tensor("t", np.zeros(101, np.uint8))
