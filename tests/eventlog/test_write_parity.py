"""What the methods write is to TensorBoard's own loader what torch's and tensorboardX's writers write."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import tensorboardX
import torch
from cellboard.eventlog import SummaryWriter
from matplotlib.figure import Figure
from PIL import Image
from tensorboard.plugins.hparams import plugin_data_pb2
from tensorboard.util import tensor_util
from torch.utils.tensorboard import SummaryWriter as TorchWriter

RNG = np.random.default_rng(0)
PICTURE = RNG.random((3, 20, 30), np.float32)
OCTETS = RNG.integers(0, 256, (3, 20, 30), np.uint8)
BOXES = np.array([[2, 3, 12, 9], [15.5, 1, 28, 18]])
LABELS, PREDICTIONS = RNG.integers(0, 2, 200), RNG.random(200, np.float32)
VERTICES = RNG.normal(size=(1, 5, 3)).astype(np.float32)
COLORS = RNG.integers(0, 256, (1, 5, 3))
FACES = np.array([[[0, 1, 2], [2, 3, 4]]])
LAYOUT = {
    "Taiwan": {"twse": ["Multiline", ["twse/0050", "twse/2330"]]},
    "USA": {"dow": ["Margin", ["dow/aaa", "dow/bbb", "dow/ccc"]], "nasdaq": ["Multiline", ["nasdaq/aaa"]]},
}


def figure() -> Any:
    drawn = Figure((2, 2), dpi=20)
    drawn.subplots().plot([1, 3, 2])
    return drawn


Call = Callable[[Any], object]

BOTH: dict[str, Call] = {
    "scalar": lambda w: w.add_scalar("a/b", 0.1, 3, 1e9),
    "scalar of an array": lambda w: w.add_scalar("a", np.array([2.5]), 3, 1e9),
    "scalar NaN": lambda w: w.add_scalar("a", float("nan"), 3, 1e9),
    "histogram": lambda w: w.add_histogram("h", PICTURE, 3, walltime=1e9),
    "histogram of numpy's bins": lambda w: w.add_histogram("h", PICTURE, 3, bins="sturges", walltime=1e9),
    "histogram of few bins": lambda w: w.add_histogram("h", PICTURE, 3, walltime=1e9, max_bins=9),
    "raw histogram": lambda w: w.add_histogram_raw("h", -1.0, 2.0, 4, 3.0, 9.0, [0.0, 1.0, 2.0], [1, 0, 3], 3, 1e9),
    "image": lambda w: w.add_image("i", PICTURE, 3, 1e9),
    "image of bytes": lambda w: w.add_image("i", OCTETS.transpose(1, 2, 0), 3, 1e9, "HWC"),
    "gray image": lambda w: w.add_image("i", PICTURE[0], 3, 1e9, "HW"),
    "images": lambda w: w.add_images("i", np.stack([PICTURE] * 10), 3, 1e9),
    "boxes": lambda w: w.add_image_with_boxes("i", OCTETS, BOXES, 3, 1e9),
    "boxes with labels": lambda w: w.add_image_with_boxes("i", OCTETS, BOXES, 3, 1e9, labels=["cat", "dog"]),
    "one box, one label": lambda w: w.add_image_with_boxes("i", OCTETS, BOXES[:1], 3, 1e9, labels="cat"),
    "text": lambda w: w.add_text("t", "**ü**", 3, 1e9),
    "PR curve": lambda w: w.add_pr_curve("p", LABELS, PREDICTIONS, 3, walltime=1e9),
    "PR curve with weights": lambda w: w.add_pr_curve("p", LABELS, PREDICTIONS, 3, 50, PREDICTIONS, 1e9),
    "raw PR curve": lambda w: w.add_pr_curve_raw(
        "p", *np.arange(24, dtype=np.float64).reshape(6, 4), 3, num_thresholds=4, walltime=1e9
    ),
    "layout": lambda w: w.add_custom_scalars(LAYOUT),
    "multiline chart": lambda w: w.add_custom_scalars_multilinechart(["a", "b"]),
    "margin chart": lambda w: w.add_custom_scalars_marginchart(["a", "b", "c"], "x", "y"),
}
TORCHS: dict[str, Call] = {
    "scalar as tensor": lambda w: w.add_scalar("a", 0.1, 3, 1e9, new_style=True),
    "scalar as double": lambda w: w.add_scalar("a", 0.1, 3, 1e9, new_style=True, double_precision=True),
    "figure": lambda w: w.add_figure("f", figure(), 3, walltime=1e9),
    "figures": lambda w: w.add_figure("f", [figure(), figure()], 3, walltime=1e9),
    "sound": lambda w: w.add_audio("s", torch.from_numpy(PICTURE[:1, :1] * 2 - 1), 3, 8000, 1e9),
    "points": lambda w: w.add_mesh("m", torch.from_numpy(VERTICES), global_step=3, walltime=1e9),
    "mesh": lambda w: w.add_mesh(
        "m", *map(torch.from_numpy, (VERTICES, COLORS, FACES)), {"camera": {"cls": "C"}}, 3, 1e9
    ),
    "half scalars": lambda w: w.add_scalar("a", torch.tensor(0.1, dtype=torch.bfloat16), 3, 1e9),
} | {
    f"tensor {dtype}": lambda w, dtype=dtype: w.add_tensor("t", torch.arange(6).reshape(2, 3).to(dtype), 3, 1e9)
    for dtype in (torch.float32, torch.float64, torch.int8, torch.int16, torch.int32, torch.int64, torch.bool)
}
TENSORBOARDXS: dict[str, Call] = {
    "scalar with a name": lambda w: w.add_scalar("a", 0.1, 3, 1e9, display_name="A", summary_description="*what*"),
    "images as a list": lambda w: w.add_images("i", [PICTURE, PICTURE], 3, 1e9, "CHW"),
}


def seen(directory: Any, judged: Any) -> list[Any]:
    return [(step, time if time == 1e9 else 0, *_plain(value)) for step, time, value in judged(directory)]


def _plain(value: Any) -> tuple[Any, ...]:
    metadata = value.metadata
    plugin = metadata.plugin_data.plugin_name
    array = tensor_util.make_ndarray(value.tensor) if value.HasField("tensor") else np.zeros(0)
    content = metadata.plugin_data.content
    if plugin == "hparams":
        content = str(plugin_data_pb2.HParamsPluginData.FromString(content))
    if plugin == "mesh":
        array = array.astype(np.float32)  # ours has indices as integers, as TensorBoard's own op does
    if plugin == "images":
        array = np.array([np.asarray(Image.open(io.BytesIO(octets))) for octets in array[2:]])
    said = (value.tag, plugin, metadata.display_name, metadata.summary_description, metadata.data_class, content)
    return (*said, array.shape, array.tolist())


def _compare(tmp_path: Any, judged: Any, call: Call, other: Any) -> None:
    with SummaryWriter(tmp_path / "ours") as writer:
        call(writer)
    with other(str(tmp_path / "theirs")) as writer:
        call(writer)
    ours, theirs = seen(tmp_path / "ours", judged), seen(tmp_path / "theirs", judged)
    assert theirs
    # By the text, in which NaN equals NaN.
    assert list(map(repr, ours)) == list(map(repr, theirs))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:torch|tensorboard")
@pytest.mark.parametrize("name", [*BOTH, *TORCHS])
def test_as_torch(name: str, tmp_path, judged) -> None:
    _compare(tmp_path, judged, (BOTH | TORCHS)[name], TorchWriter)


@pytest.mark.parametrize("name", [*BOTH, *TENSORBOARDXS])
def test_as_tensorboardx(name: str, tmp_path, judged) -> None:
    # A float times 255 is cut off there without a rounding to float32 first; these pixels are the same either way.
    _compare(tmp_path, judged, (BOTH | TENSORBOARDXS)[name], tensorboardX.SummaryWriter)


def test_hyperparameters_as_torch(tmp_path, judged) -> None:
    for kind, folder in ((SummaryWriter, "ours"), (TorchWriter, "theirs")):
        with kind(str(tmp_path / folder)) as writer:
            given = {"lr": 0.1, "layers": 3, "optimizer": "adam", "none": None}
            writer.add_hparams(given, {"hparam/accuracy": 0.5, "loss": 2}, {"layers": [1, 2, 3]}, "trial", 7)
    ours, theirs = (seen(tmp_path / folder / "trial", judged) for folder in ("ours", "theirs"))
    assert len(theirs) == 5
    assert ours == theirs


def test_hyperparameters_as_tensorboardx(tmp_path, judged) -> None:
    given = {"lr": 0.1, "on": True, "optimizer": "adam", "call": max, "none": None}
    for kind, folder in ((SummaryWriter, "ours"), (tensorboardX.SummaryWriter, "theirs")):
        with kind(str(tmp_path / folder)) as writer:
            writer.add_hparams(given, {"acc": 0.5}, "trial")
    assert seen(tmp_path / "ours" / "trial", judged) == seen(tmp_path / "theirs" / "trial", judged)


def test_scalars_of_several_runs_as_torch(tmp_path, judged) -> None:
    for kind, folder in ((SummaryWriter, "ours"), (TorchWriter, "theirs")):
        with kind(str(tmp_path / folder)) as writer:
            writer.add_scalars("a/b", {"x": 1, "y z": 2}, 3, 1e9)
    for run in ("a_b_x", "a_b_y z"):
        assert seen(tmp_path / "ours" / run, judged) == seen(tmp_path / "theirs" / run, judged) != []


def test_every_public_method_of_both_writers_is_there() -> None:
    ours = set(dir(SummaryWriter))
    for kind in (TorchWriter, tensorboardX.SummaryWriter):
        assert {name for name in dir(kind) if not name.startswith("_")} <= ours


def test_torchs_arguments_are_accepted_in_torchs_order() -> None:
    import inspect

    for name in (name for name in dir(TorchWriter) if name.startswith("add_") or name == "__init__"):
        theirs = list(inspect.signature(getattr(TorchWriter, name)).parameters)
        ours = list(inspect.signature(getattr(SummaryWriter, name)).parameters)
        assert ours[: len(theirs)] == theirs, name


def test_tensorboardxs_arguments_are_accepted_by_name() -> None:
    import inspect

    accepted = {"add_onnx_graph": {"onnx_model_file"}}  # first and only: nobody names it
    for name in (name for name in dir(tensorboardX.SummaryWriter) if name.startswith("add_") or name == "__init__"):
        theirs = set(inspect.signature(getattr(tensorboardX.SummaryWriter, name)).parameters) - {"kwargs", "args"}
        ours = set(inspect.signature(getattr(SummaryWriter, name)).parameters)
        assert theirs - accepted.get(name, set()) <= ours, name


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_videos_stand_where_torch_has_them(count: int, tmp_path, judged) -> None:
    from torch.utils.tensorboard._utils import _prepare_video

    shades = np.array([0, 85, 170, 255], np.uint8)
    videos = shades[RNG.integers(0, 4, (count, 3, 3, 4, 5))]
    expected = np.rint(_prepare_video(videos) * 255).astype(np.uint8)
    with SummaryWriter(tmp_path) as writer:
        writer.add_video("v", torch.from_numpy(videos), 3, walltime=1e9)
    ((step, time, value),) = judged(tmp_path)
    width, height, gif = tensor_util.make_ndarray(value.tensor)
    assert (step, time) == (3, 1e9)
    assert (int(height), int(width)) == expected.shape[1:3]
    movie = Image.open(io.BytesIO(gif))
    for index in itertools.takewhile(lambda index: index < len(expected), itertools.count()):
        movie.seek(index)
        assert movie.info["duration"] == 250
        np.testing.assert_array_equal(np.asarray(movie.convert("RGB")), expected[index])
