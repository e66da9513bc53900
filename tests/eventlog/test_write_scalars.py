"""Scalars: the bytes are torch's, TensorBoard reads them, and the fast path is the plain one."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
import torch
from cellboard.eventlog import SummaryWriter, scalar_batch
from cellboard.eventlog.event_file_writer import encode
from cellboard.eventlog.records import frame
from cellboard.eventlog.summaries import scalar
from hypothesis import given
from hypothesis import strategies as st
from tensorboard.compat.proto.event_pb2 import Event
from torch.utils.tensorboard import SummaryWriter as TorchWriter

tags = st.sampled_from(["", "a", "loss", "train/loss", "é/ü", "x" * 117, "x" * 127, "x" * 300, "x" * 401, "\ud800"])
values = st.floats(width=64) | st.sampled_from([0.0, -0.0, 3.4028235677973366e38, 3.4028235677973362e38, 1e-46])
steps = st.integers(-(2**63), 2**63 - 1) | st.integers(0, 300)
times = st.sampled_from([1.7e9, 1e9 + 0.25]) | st.floats(0, 2e9)
scalars = st.tuples(tags, values, steps, times)


@given(st.lists(scalars, min_size=1, max_size=5), st.integers(1, 120))
def test_the_batch_is_the_plain_twin(events: list[tuple[str, float, int, float]], repeats: int) -> None:
    events = events * repeats
    assert scalar_batch.encode(events) == scalar_batch.encode_plain(events)


@given(scalars.filter(lambda event: event[0] != "\ud800"))
def test_an_event_is_what_protobuf_makes_of_it(event: tuple[str, float, int, float]) -> None:
    tag, value, step, wall_time = event
    theirs = Event(wall_time=wall_time, step=step)
    theirs.summary.value.add(tag=tag, simple_value=value)
    ours = scalar.encode_event(tag.encode(), value, step, wall_time)
    if not math.isnan(value):
        assert ours == theirs.SerializeToString()
    assert str(Event.FromString(ours)) == str(theirs)


def test_scalars_and_other_events_keep_their_order() -> None:
    numbers = [("a", 1.0, step, 1e9) for step in range(100)]
    mixed = [*numbers, b"image", *numbers[:3], b"text", b"more"]
    plain = scalar_batch.encode_plain
    assert encode(mixed) == plain(numbers) + frame(b"image") + plain(numbers[:3]) + frame(b"text") + frame(b"more")


def _log(writer) -> None:
    writer.add_scalar("loss", 0.1, 3, 1e9)
    writer.add_scalar("loss", float("nan"), 4, 1e9)
    writer.add_scalar("loss", float("-inf"), 2**40, 1e9)
    writer.add_scalar("loss", 2, None, 1e9)
    writer.add_scalar("new style", 0.1, 5, 1e9, new_style=True)
    writer.add_scalar("double", 0.1, 5, 1e9, new_style=True, double_precision=True)
    writer.add_scalars("pair/of", {"a": 1, "b/c": 2.5}, 7, 1e9)
    writer.close()


def test_every_byte_is_torchs(tmp_path, payloads) -> None:
    _log(SummaryWriter(tmp_path / "ours"))
    _log(TorchWriter(str(tmp_path / "torchs")))
    runs = {path.relative_to(tmp_path / "torchs").parent for path in (tmp_path / "torchs").rglob("*tfevents*")}
    assert len(runs) == 3
    for run in runs:
        # The first event of a file names its writer, and when it began.
        ours, torchs = (payloads(tmp_path / name / run)[1:] for name in ("ours", "torchs"))
        assert ours == torchs


def test_tensorboard_reads_what_was_logged(tmp_path, accumulated) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step in range(20_000):
            writer.add_scalar(f"series {step % 3}/loss", step / 7, step, 1e9 + step)
    events = accumulated(tmp_path)
    assert sorted(events.Tags()["scalars"]) == [f"series {index}/loss" for index in range(3)]
    for index in range(3):
        read = events.Scalars(f"series {index}/loss")
        assert [event.step for event in read] == list(range(index, 20_000, 3))
        assert [event.wall_time for event in read] == [1e9 + step for step in range(index, 20_000, 3)]
        assert [event.value for event in read] == [float(np.float32(step / 7)) for step in range(index, 20_000, 3)]


class FakeJaxArray:
    """What a writer sees of jax's arrays: a shape, an item, and numpy's protocol with a type numpy does not know."""

    shape = ()

    def item(self) -> float:
        return 1.5


ONE_AND_A_HALF = [
    1.5,
    np.float16(1.5),
    np.float32(1.5),
    np.array(1.5),
    np.array([[1.5]]),
    torch.tensor(1.5),
    torch.tensor([1.5], requires_grad=True) * 1,
    torch.tensor(1.5, dtype=torch.bfloat16),
    torch.tensor([1.5], dtype=torch.bfloat16),
    torch.tensor([[1.5]], dtype=torch.float16),
    FakeJaxArray(),
]


def test_every_library_s_numbers_are_accepted(tmp_path, accumulated) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step, value in enumerate(ONE_AND_A_HALF):
            writer.add_scalar("x", value, np.int64(step))
        writer.add_scalar("integers", True, torch.tensor(1))
        writer.add_scalar("integers", np.uint8(7), 2.0)
        writer.add_scalar("integers", 10**400, 3)
    events = accumulated(tmp_path)
    assert [(event.step, event.value) for event in events.Scalars("x")] == [
        (i, 1.5) for i in range(len(ONE_AND_A_HALF))
    ]
    assert [(event.step, event.value) for event in events.Scalars("integers")] == [(1, 1), (2, 7), (3, math.inf)]


def test_nothing_heavy_is_imported_to_write(tmp_path) -> None:
    import subprocess
    import sys

    code = f"""
import sys
from cellboard import SummaryWriter
with SummaryWriter({str(tmp_path)!r}) as writer:
    writer.add_scalar("x", 1.0, 0)
print([name for name in ("torch", "jax", "PIL", "matplotlib", "IPython", "tornado") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_scalar_is_read_in_every_form() -> None:
    from cellboard.eventlog.messages import SummaryValue

    assert scalar.decode(SummaryValue(simple_value=0.0)) == 0.0
    for dtype, field, values in [(1, "float_val", [1.5]), (2, "double_val", [0.1]), (3, "int_val", [-3])]:
        value = SummaryValue()
        value.tensor.dtype = dtype
        getattr(value.tensor, field).extend(values)
        assert scalar.decode(value) == values[0]
    value = SummaryValue()
    value.tensor.dtype, value.tensor.tensor_content = 1, struct.pack("<f", 2.5)
    value.tensor.tensor_shape.SetInParent()
    assert scalar.decode(value) == 2.5
    value.tensor.tensor_content += bytes(4)
    with pytest.raises(ValueError, match="2 values"):
        scalar.decode(value)
    with pytest.raises(ValueError, match="no numbers"):
        scalar.decode(SummaryValue())


@pytest.mark.parametrize(
    "value",
    ["1.5", b"1", None, [1.0], {}, 1j, np.zeros(0), np.zeros(2), np.array("x"), torch.zeros(2, 3), ...],
    ids=repr,
)
def test_what_is_no_number_is_refused_by_name(tmp_path, value) -> None:
    with SummaryWriter(tmp_path) as writer:
        with pytest.raises(TypeError, match="train/loss"):
            writer.add_scalar("train/loss", value, 1)
        with pytest.raises(TypeError, match="several/key"):
            writer.add_scalars("several", {"fine": 1.0, "key": value}, 1)
    assert list(tmp_path.glob("*/*")) == []  # all or nothing


def test_the_size_of_an_array_is_named(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(TypeError, match=r"'grad'.*\[3, 4\]"):
        writer.add_scalar("grad", np.zeros((3, 4)))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((3, 1.0), TypeError),
        ((None, 1.0), TypeError),
        (("x", 1.0, "7"), TypeError),
        (("x", 1.0, object()), TypeError),
        (("x", 1.0, 2**63), ValueError),
        (("x", 1.0, -(2**63) - 1), ValueError),
        (("x", 1.0, math.nan), ValueError),
        (("x", 1.0, 1, "noon"), TypeError),
    ],
)
def test_a_bad_tag_step_or_time_is_refused(tmp_path, arguments, error) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(error):
        writer.add_scalar(*arguments)
