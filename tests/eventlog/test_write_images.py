"""Images and figures: pixels are torch's where torch is right, TensorBoard reads them."""

from __future__ import annotations

import io
import warnings

import matplotlib as mpl
import numpy as np
import pytest
import torch
from cellboard.eventlog import EventLogWarning, SummaryError, SummaryWriter, png
from cellboard.eventlog.messages import SummaryValue, parse
from cellboard.eventlog.summaries import image, tensor
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from torch.utils.tensorboard import SummaryWriter as TorchWriter

mpl.use("Agg")

RNG = np.random.default_rng(0)


def _opened(encoded: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(encoded)))


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 4), st.sampled_from(["noise", "flat", "ramp"]))
def test_pillow_reads_our_png(height: int, width: int, channels: int, kind: str) -> None:
    pixels = {
        "noise": np.random.default_rng(height).integers(0, 256, (height, width, channels), np.uint8),
        "flat": np.full((height, width, channels), 77, np.uint8),
        "ramp": np.arange(height * width * channels).astype(np.uint8).reshape(height, width, channels),
    }[kind]
    assert (_opened(png.encode(pixels)).reshape(pixels.shape) == pixels).all()


def _smooth(height: int, width: int) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width] / 64
    noise = RNG.normal(0, 4, (height, width, 3))
    return np.clip(127 + 100 * np.stack([np.sin(x), np.cos(y), np.sin(x * y)], 2) + noise, 0, 255).astype(np.uint8)


def _drawing() -> np.ndarray:
    pixels = np.full((480, 640, 3), 255, np.uint8)
    for row in range(20, 460, 40):
        pixels[row : row + 3, 40:600] = (31, 119, 180)
    pixels[30:450:7, 50:60] = 0
    return pixels


@pytest.mark.parametrize("pixels", [_smooth(256, 256), _smooth(40, 40), _drawing()], ids=["photo", "small", "drawing"])
def test_our_png_is_no_larger_than_pillows(pixels: np.ndarray) -> None:
    pillows = io.BytesIO()
    Image.fromarray(pixels).save(pillows, "PNG")
    ours = png.encode(pixels)
    assert (_opened(ours) == pixels).all()
    assert len(ours) <= 1.2 * len(pillows.getvalue())


IMAGES = {
    "CHW float32": ("CHW", RNG.random((3, 5, 7), np.float32)),
    "CHW float64": ("CHW", RNG.random((3, 5, 7))),
    "HWC uint8": ("HWC", RNG.integers(0, 256, (5, 7, 3), np.uint8)),
    "CHW gray": ("CHW", RNG.random((1, 5, 7))),
    "HW": ("HW", RNG.random((5, 7))),
    "WH": ("wh", RNG.random((5, 7))),
    "RGBA": ("CHW", RNG.integers(0, 256, (4, 5, 7), np.uint8)),
    "mask": ("HW", np.array([[0, 1], [1, 0]])),
    "bools": ("HW", np.array([[False, True], [True, False]])),
    "tensor": ("CHW", torch.rand(3, 5, 7)),
    "NCHW": ("NCHW", RNG.random((11, 3, 4, 5))),
    "NHWC": ("NHWC", RNG.integers(0, 256, (3, 4, 5, 3), np.uint8)),
    "NCHW gray": ("NCHW", RNG.random((9, 1, 4, 5))),
}


@pytest.mark.parametrize("name", IMAGES)
def test_the_pixels_are_torchs(tmp_path, accumulated, name: str) -> None:
    dataformats, array = IMAGES[name]
    for kind, folder in ((SummaryWriter, "ours"), (TorchWriter, "torchs")):
        with kind(str(tmp_path / folder)) as writer:
            add = writer.add_images if "N" in dataformats else writer.add_image
            add("x", array, 3, 1e9, dataformats)
    ours, torchs = (accumulated(tmp_path / folder).Images("x")[0] for folder in ("ours", "torchs"))
    assert (ours.step, ours.wall_time, ours.width, ours.height) == (3, 1e9, torchs.width, torchs.height)
    assert (_opened(ours.encoded_image_string) == _opened(torchs.encoded_image_string)).all()


def _logged(accumulated, path, *arguments, **options) -> np.ndarray:
    with SummaryWriter(path) as writer:
        writer.add_image("x", *arguments, **options)
    return _opened(accumulated(path).Images("x")[0].encoded_image_string)


@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.uint16, np.int16])
def test_integers_are_not_saturated(tmp_path, accumulated, dtype) -> None:
    pixels = np.arange(60, dtype=dtype).reshape(4, 5, 3)
    assert (_logged(accumulated, tmp_path, pixels, dataformats="HWC") == pixels).all()


@pytest.mark.parametrize(
    ("array", "says", "pixels"),
    [
        (np.array([[-0.5, 0.5, 1.5]]), "clipped to 0..1", [0, 127, 255]),
        (np.array([[0.0, 200.0]]), "integers for pixels", [0, 255]),
        (np.array([[0.0, 1e300]]), "clipped to 0..1", [0, 255]),
        (np.array([[np.nan, 1.0, np.inf]]), "NaN", [0, 255, 255]),
        (np.array([[-5, 7, 300]]), "clipped to 0..255", [0, 7, 255]),
    ],
)
def test_what_is_out_of_range_is_clipped_with_one_warning(tmp_path, accumulated, array, says, pixels) -> None:
    with warnings.catch_warnings(record=True) as caught, SummaryWriter(tmp_path) as writer:
        warnings.simplefilter("always")
        for step in range(3):
            writer.add_image("the tag", array, step, dataformats="HW")
        writer.add_image("other", array, dataformats="HW")
    assert [warning.category for warning in caught] == [EventLogWarning] * 2
    assert says in str(caught[0].message)
    assert "'the tag'" in str(caught[0].message)
    assert caught[0].filename == __file__
    logged = accumulated(tmp_path).Images("the tag")
    assert len(logged) == 3
    assert _opened(logged[0].encoded_image_string)[0, :, 0].tolist() == pixels


def test_rounding_is_no_reason_to_warn(tmp_path, accumulated) -> None:
    _logged(accumulated, tmp_path, np.array([[1 + 1e-6, -1e-6]]), dataformats="HW")


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "1"])
def test_pictures_of_pil(tmp_path, accumulated, mode: str) -> None:
    picture = Image.fromarray(RNG.integers(0, 256, (6, 4, 3), np.uint8)).convert(mode)
    wanted = np.asarray(picture if mode == "RGBA" else picture.convert("RGB"))
    assert (_logged(accumulated, tmp_path, picture) == wanted).all()


@pytest.mark.parametrize(
    "pictures", [[np.zeros((3, 4, 5), np.uint8)] * 2, [torch.zeros(3, 4, 5)] * 2, (np.zeros((3, 4, 5)),) * 2]
)
def test_a_list_of_pictures_is_a_grid(tmp_path, accumulated, pictures) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_images("x", pictures, dataformats="CHW")
    logged = accumulated(tmp_path).Images("x")[0]
    assert (logged.width, logged.height) == (10, 4)


@pytest.mark.parametrize(
    ("array", "dataformats", "error"),
    [
        (np.zeros((3, 4)), "CHW", ValueError),
        (np.zeros((3, 4, 5, 6)), "CHW", ValueError),
        (np.zeros((4, 5, 9)), "HWC", ValueError),
        (np.zeros((3, 4, 5)), "CHX", ValueError),
        (np.zeros((3, 4, 5)), "CHH", ValueError),
        (np.zeros((3, 4)), "CH", ValueError),
        (np.zeros((3, 4, 0)), "CHW", ValueError),
        (np.zeros((3, 4, 5)), None, TypeError),
        (np.zeros((3, 4, 5), complex), "CHW", TypeError),
        ("a.png", "CHW", TypeError),
        (None, "CHW", TypeError),
    ],
)
def test_what_is_no_image_is_refused_by_name(tmp_path, array, dataformats, error) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(error, match="'the tag'"):
        writer.add_image("the tag", array, dataformats=dataformats)


def _figure(size: tuple[float, float] = (2, 1)):
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=size, dpi=50)
    axes.plot([1, 3, 2])
    return figure


def test_a_figure_is_what_torch_draws(tmp_path, accumulated) -> None:
    import matplotlib.pyplot as plt

    for kind, folder in ((SummaryWriter, "ours"), (TorchWriter, "torchs")):
        with kind(str(tmp_path / folder)) as writer:
            writer.add_figure("one", _figure(), 1)
            writer.add_figure("two", [_figure(), _figure()], 1)
    assert plt.get_fignums() == []
    for tag in ("one", "two"):
        ours, torchs = (accumulated(tmp_path / folder).Images(tag)[0] for folder in ("ours", "torchs"))
        assert (_opened(ours.encoded_image_string) == _opened(torchs.encoded_image_string)).all()


def test_a_figure_that_stays_open_keeps_its_canvas(tmp_path) -> None:
    import matplotlib.pyplot as plt

    figure = _figure()
    canvas = figure.canvas
    with SummaryWriter(tmp_path) as writer:
        writer.add_figure("x", figure, close=False)
    assert figure.canvas is canvas
    assert plt.get_fignums() == [figure.number]
    plt.close(figure)


def test_a_transparent_figure_is_on_white(tmp_path, accumulated) -> None:
    figure = _figure()
    figure.patch.set_alpha(0)
    with SummaryWriter(tmp_path) as writer:
        writer.add_figure("x", figure)
    assert _opened(accumulated(tmp_path).Images("x")[0].encoded_image_string)[0, 0].tolist() == [255, 255, 255]


def test_what_is_no_figure_is_refused_by_name(tmp_path) -> None:
    import matplotlib.pyplot as plt

    with SummaryWriter(tmp_path) as writer:
        for wrong, error in (
            (3, TypeError),
            ("x", TypeError),
            ([], ValueError),
            ([_figure(), _figure((3, 3))], ValueError),
        ):
            with pytest.raises(error, match="'the tag'"):
                writer.add_figure("the tag", wrong)
    plt.close("all")


def test_images_are_read_in_every_form(payloads, tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_image("x", np.zeros((3, 4, 5)))
    one = image.decode(parse(payloads(tmp_path)[1]).summary.value[0])
    assert (one.width, one.height, len(one.encoded)) == (5, 4, 1)
    assert image.mime(one.encoded[0]) == "image/png"
    several = SummaryValue()
    several.tensor.CopyFrom(tensor.encode_strings([b"5", b"4", b"GIF89a...", b"<svg onload=alert(1)>"], (4,)))
    read = image.decode(several)
    assert (read.width, read.height) == (5, 4)
    assert [image.mime(encoded) for encoded in read.encoded] == ["image/gif", "application/octet-stream"]


@pytest.mark.parametrize(
    ("strings", "shape"),
    [([b"5"], (1,)), ([b"-5", b"4"], (2,)), ([b"9" * 5000, b"4"], (2,)), ([b"5", b"4"], (1, 2)), ([b"5"], (1 << 60,))],
)
def test_what_is_no_image_is_said_to_be_none(strings, shape) -> None:
    value = SummaryValue()
    value.tensor.CopyFrom(tensor.encode_strings(strings, shape))
    with pytest.raises(SummaryError):
        image.decode(value)
