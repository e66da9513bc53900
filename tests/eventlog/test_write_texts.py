"""Texts, and tensors: TensorBoard's own encoder and decoder are the judge, and hostile tensors cost nothing."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from cellboard.eventlog import SummaryError, SummaryWriter
from cellboard.eventlog.messages import SummaryValue, TensorProto, parse
from cellboard.eventlog.summaries import tensor, text
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tensorboard.util import tensor_util
from torch.utils.tensorboard import SummaryWriter as TorchWriter

TEXTS = ["", "plain", "**bold** | table |", "ünï\ncode 🎉", "<script>alert(1)</script>"]


def test_every_byte_is_torchs(tmp_path, payloads) -> None:
    for kind, folder in ((SummaryWriter, "ours"), (TorchWriter, "torchs")):
        with kind(str(tmp_path / folder)) as writer:
            for step, content in enumerate(TEXTS):
                writer.add_text("note", content, step, 1e9)
    assert payloads(tmp_path / "ours")[1:] == payloads(tmp_path / "torchs")[1:]


def test_tensorboard_reads_texts(tmp_path, accumulated) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step, content in enumerate(TEXTS):
            writer.add_text("note", content, step)
        writer.add_text("broken", "a lone \ud800 surrogate")
    events = accumulated(tmp_path)
    read = [event.tensor_proto.string_val[0].decode() for event in events.Tensors("note/text_summary")]
    assert read == TEXTS
    assert events.Tensors("broken/text_summary")[0].tensor_proto.string_val[0] == b"a lone ? surrogate"


@pytest.mark.parametrize("content", [3, None, ["a"], ...], ids=repr)
def test_what_is_no_text_is_refused_by_name(tmp_path, content) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(TypeError, match="'note'"):
        writer.add_text("note", content)


def test_texts_of_any_rank_are_read(tmp_path, payloads) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_text("note", "é")
    assert text.decode(parse(payloads(tmp_path)[1]).summary.value[0]).tolist() == ["é"]
    for array in (np.array("one", object), np.array([["a", "b"], ["c", "d"]], object), np.zeros((0, 2), object)):
        value = SummaryValue()
        value.tensor.ParseFromString(
            tensor_util.make_tensor_proto(array, shape=array.shape, dtype="string").SerializeToString()
        )
        read = text.decode(value)
        assert read.shape == array.shape
        assert read.tolist() == array.tolist()
    value.tensor.CopyFrom(tensor.encode_strings([b"\xff\xfe", b"ok"], (2,)))
    assert text.decode(value).tolist() == ["\ufffd\ufffd", "ok"]


numeric = st.sampled_from(
    [np.dtype(name) for name in ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "c8", "c16", "?", "f2"]]
)


@given(arrays.arrays(numeric, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0)))
def test_tensorboard_and_we_read_each_others_tensors(array: np.ndarray) -> None:
    theirs = tensor_util.make_tensor_proto(array)
    read = tensor.decode(parse(theirs.SerializeToString(), TensorProto))
    assert read.shape == array.shape
    np.testing.assert_array_equal(read, array.astype(np.float32) if array.dtype == np.float16 else array)
    theirs.Clear()
    theirs.ParseFromString(tensor.encode(array).SerializeToString())
    if array.dtype != np.float16:  # whose bits TensorBoard expects elsewhere
        np.testing.assert_array_equal(tensor_util.make_ndarray(theirs), array)


@pytest.mark.parametrize("dtype", [np.uint32, np.uint64])
def test_unsigned_tensors_that_tensorboard_cannot_read(dtype) -> None:
    array = np.array([[0, np.iinfo(dtype).max]], dtype)
    np.testing.assert_array_equal(tensor.decode(tensor.encode(array)), array)


def test_bfloat16_and_half() -> None:
    bfloat16 = TensorProto(dtype=14, half_val=[0x3FC0, 0xC000])
    bfloat16.tensor_shape.dim.add(size=2)
    assert tensor.decode(bfloat16).tolist() == [1.5, -2.0]
    half = TensorProto(dtype=19, tensor_content=np.array([1.5, -2], np.float16).tobytes())
    half.tensor_shape.dim.add(size=2)
    assert tensor.decode(half).tolist() == [1.5, -2.0]


def test_one_value_fills_a_tensor_and_the_last_one_goes_on() -> None:
    filled = TensorProto(dtype=1, float_val=[7.0])
    filled.tensor_shape.dim.add(size=3)
    assert tensor.decode(filled).tolist() == [7, 7, 7]
    filled.float_val.append(8.0)
    assert tensor.decode(filled).tolist() == [7, 8, 8]


HOSTILE = {
    "petabytes": ([1 << 50], {"float_val": [1.0]}),
    "overflow": ([1 << 62, 1 << 62], {"float_val": [1.0]}),
    "empty but vast": ([0, 1 << 62, 1 << 62], {}),
    "negative": ([-1], {"float_val": [1.0]}),
    "many axes": ([1] * 100, {"float_val": [1.0]}),
    "too many values": ([1], {"float_val": [1.0, 2.0]}),
    "no values": ([2], {}),
    "torn": ([1], {"tensor_content": b"123"}),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("dtype", [1, tensor.STRING])
def test_hostile_tensors_are_refused_and_cost_nothing(name: str, dtype: int) -> None:
    sizes, fields = HOSTILE[name]
    if dtype == tensor.STRING:
        fields = {"string_val": [b"x"] * len(fields.get("float_val", []))}
    message = TensorProto(dtype=dtype, **fields)
    for size in sizes:
        message.tensor_shape.dim.add(size=size)
    tracemalloc.start()
    try:
        with pytest.raises(SummaryError):
            (tensor.decode_strings if dtype == tensor.STRING else tensor.decode)(message)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("dtype", [0, 7, 20, 21, 34, 99, -1])
def test_types_that_hold_no_numbers_are_refused(dtype: int) -> None:
    with pytest.raises(SummaryError, match="no numbers"):
        tensor.decode(TensorProto(dtype=dtype, float_val=[1.0]))
