"""Sounds and videos, without soundfile and moviepy; boxes on pictures."""

from __future__ import annotations

import io
import subprocess
import sys
import wave

import numpy as np
import pytest
import torch
from cellboard.eventlog import EventLogWarning, SummaryWriter
from PIL import Image
from tensorboard.plugins.audio import plugin_data_pb2
from tensorboard.util import tensor_util

RNG = np.random.default_rng(1)


def sound(tmp_path, judged, given: object, rate: float = 8000) -> tuple[wave.Wave_read, np.ndarray]:
    """What TensorBoard finds: the WAV file, and its samples, int16[frames, channels]."""
    with SummaryWriter(tmp_path) as writer:
        writer.add_audio("s", given, 3, rate)
    step, _, value = judged(tmp_path)[-1]
    assert step == 3
    assert value.metadata.plugin_data.plugin_name == "audio"
    content = plugin_data_pb2.AudioPluginData.FromString(value.metadata.plugin_data.content)
    assert content.encoding == plugin_data_pb2.AudioPluginData.WAV
    (octets,) = tensor_util.make_ndarray(value.tensor)
    with wave.open(io.BytesIO(octets)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return file, samples.reshape(-1, file.getnchannels())


STEREO = RNG.uniform(-1, 1, (100, 2)).astype(np.float32)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (STEREO[:, 0], STEREO[:, :1]),
        (STEREO[:, :1], STEREO[:, :1]),
        (STEREO[:, :1].T, STEREO[:, :1]),
        (STEREO, STEREO),
        (STEREO.T, STEREO),
        (STEREO[:2], STEREO[:2]),
        (torch.from_numpy(STEREO[None]), STEREO),
        (STEREO[0, 0], STEREO[:1, :1]),
    ],
    ids=["[n]", "[n, 1]", "[1, n]", "[n, 2]", "[2, n]", "[2, 2]", "[1, n, 2]", "[]"],
)
def test_sounds_of_one_and_two_channels(tmp_path, judged, given, expected) -> None:
    file, samples = sound(tmp_path, judged, given)
    assert (file.getframerate(), file.getsampwidth()) == (8000, 2)
    np.testing.assert_array_equal(samples, (expected * 32767).astype(np.int16))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (np.array([-32768, 0, 32767], np.int16), [-32768, 0, 32767]),
        (np.array([0, 128, 255], np.uint8), [-32768, 0, 127 << 8]),
        (np.array([-128, 127], np.int8), [-32768, 127 << 8]),
        (np.array([-(2**31), 2**31 - 1], np.int32), [-32768, 32767]),
        ([-32768, 5, 32767], [-32768, 5, 32767]),
        (torch.tensor([1.0, -1.0], dtype=torch.bfloat16), [32767, -32767]),
        (np.array([1, 0.5], np.float16), [32767, 16383]),
    ],
    ids=["int16", "uint8", "int8", "int32", "list", "bfloat16", "half"],
)
def test_integers_are_samples_of_their_width(tmp_path, judged, given, expected) -> None:
    assert sound(tmp_path, judged, given)[1].ravel().tolist() == expected


def test_loud_sounds_are_clipped_with_one_warning_a_tag(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        with pytest.warns(EventLogWarning, match="'s'.*clipped") as caught:
            writer.add_audio("s", np.array([2.0, -3.0, 0.5]))
        writer.add_audio("s", np.array([2.0, -3.0, 0.5]))  # warnings are errors here
    assert caught[0].filename == __file__
    (octets,) = tensor_util.make_ndarray(judged(tmp_path)[0][2].tensor)
    assert np.frombuffer(octets[44:], "<i2").tolist() == [32767, -32767, 16383]


def test_what_is_not_a_number_is_silence(tmp_path, judged) -> None:
    with pytest.warns(EventLogWarning, match="NaN"):
        _, samples = sound(tmp_path, judged, np.array([np.nan, np.inf, -np.inf]))
    assert samples.ravel().tolist() == [0, 32767, -32767]


@pytest.mark.parametrize("given", [np.zeros((5, 6)), np.zeros((4, 5, 6)), np.zeros(0), np.zeros((0, 2))], ids=np.shape)
def test_what_is_no_sound_is_refused(tmp_path, given) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match="'s'"):
        writer.add_audio("s", given)


@pytest.mark.parametrize("rate", [0, -1, float("nan"), 1e30])
def test_a_rate_that_is_none_is_refused(tmp_path, rate) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match="sample_rate"):
        writer.add_audio("s", [0.0], sample_rate=rate)


def movie(tmp_path, judged) -> Image.Image:
    value = judged(tmp_path)[-1][2]
    width, height, gif = tensor_util.make_ndarray(value.tensor)
    image = Image.open(io.BytesIO(gif))
    assert (image.format, image.size) == ("GIF", (int(width), int(height)))
    assert image.info["loop"] == 0
    return image


VIDEO = RNG.integers(0, 4, (1, 3, 3, 4, 5), np.uint8) * np.uint8(85)


@pytest.mark.parametrize("layout", ["NTCHW", "TCHW", "thwc", "NHWCT"])
def test_videos_of_any_layout(tmp_path, judged, layout) -> None:
    given = VIDEO if "N" in layout else VIDEO[0]
    source = "NTCHW" if "N" in layout else "TCHW"
    given = given.transpose([source.index(letter) for letter in layout.upper()])
    with SummaryWriter(tmp_path) as writer:
        writer.add_video("v", given / 255, 1, dataformats=layout)
    image = movie(tmp_path, judged)
    assert image.n_frames == 3
    for index in range(3):
        image.seek(index)
        np.testing.assert_array_equal(np.asarray(image.convert("RGB")), VIDEO[0, index].transpose(1, 2, 0))


@pytest.mark.parametrize("channels", [1, 2, 4])
def test_gray_and_transparent_videos(tmp_path, judged, channels) -> None:
    given = RNG.integers(0, 4, (1, 2, channels, 4, 5), np.uint8) * np.uint8(85)
    if channels in (2, 4):
        given[:, :, -1] = 255
        given[:, 1, -1] = 0
    with SummaryWriter(tmp_path) as writer:
        writer.add_video("v", given)
    image = movie(tmp_path, judged)
    colors = given[0, 0, : channels - (channels in (2, 4))].transpose(1, 2, 0)
    np.testing.assert_array_equal(np.asarray(image.convert("RGB")), np.broadcast_to(colors, (4, 5, 3)))
    image.seek(1)
    if channels in (2, 4):
        assert (np.asarray(image.convert("RGB")) == 255).all()


def test_a_video_of_many_colors_comes_near(tmp_path, judged) -> None:
    y, x = np.mgrid[0:64, 0:64] / 63
    given = np.stack([np.stack([x, y, (x + shift) % 1]) for shift in (0, 0.3)])[None]
    with SummaryWriter(tmp_path) as writer:
        writer.add_video("v", given)
    image = movie(tmp_path, judged)
    for index in range(2):
        image.seek(index)
        wanted = (given[0, index] * 255).transpose(1, 2, 0)
        assert np.abs(np.asarray(image.convert("RGB")) - wanted).mean() < 12


def test_time_is_kept_on_average(tmp_path, judged) -> None:
    given = RNG.integers(0, 256, (1, 30, 1, 2, 2), np.uint8)
    with SummaryWriter(tmp_path) as writer:
        writer.add_video("v", given, fps=30)
    image, total = movie(tmp_path, judged), 0
    for index in range(image.n_frames):
        image.seek(index)
        total += image.info["duration"]
    assert total == 1000


def test_what_browsers_do_not_show_is_said(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.warns(EventLogWarning, match="'v'.*50"):
        writer.add_video("v", VIDEO, fps=120)
    assert movie(tmp_path, judged).info["duration"] == 20


@pytest.mark.parametrize(
    ("given", "options"),
    [
        (VIDEO, {"dataformats": "NCHW"}),
        (VIDEO, {"dataformats": "NTCHH"}),
        (VIDEO[0], {}),
        (VIDEO[:0], {}),
        (VIDEO, {"dataformats": "NTHWC"}),
        (VIDEO, {"fps": 0}),
        (VIDEO, {"fps": float("nan")}),
    ],
)
def test_what_is_no_video_is_refused(tmp_path, given, options) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match="'v'"):
        writer.add_video("v", given, **options)


def test_neither_soundfile_nor_moviepy_is_imported(tmp_path) -> None:
    code = """
import sys
for name in ("soundfile", "moviepy", "imageio", "torch"):
    sys.modules[name] = None
from cellboard import SummaryWriter
with SummaryWriter(sys.argv[1]) as writer:
    writer.add_audio("s", [0.0, 0.5])
    writer.add_video("v", [[[[[0.5]]]]])
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code, str(tmp_path)], check=True, timeout=60)


PICTURE = RNG.integers(0, 256, (3, 20, 30), np.uint8)


def picture(tmp_path, judged) -> np.ndarray:
    width, height, octets = tensor_util.make_ndarray(judged(tmp_path)[-1][2].tensor)
    image = Image.open(io.BytesIO(octets))
    assert image.size == (int(width), int(height))  # a peer states the size before the picture is rescaled
    return np.asarray(image)


@pytest.mark.parametrize("scale", [2, 0.5, 1])
def test_the_size_in_the_log_is_that_of_the_rescaled_picture(tmp_path, judged, scale) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_image_with_boxes("i", PICTURE, [[1, 2, 10, 12]], rescale=scale)
    assert picture(tmp_path, judged).shape == (20 * scale, 30 * scale, 3)


def test_boxes_that_are_none_and_one(tmp_path, judged) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_image_with_boxes("i", PICTURE, np.zeros((0, 4)))
        writer.flush()
        np.testing.assert_array_equal(picture(tmp_path, judged), PICTURE.transpose(1, 2, 0))
        writer.add_image_with_boxes("i", PICTURE, torch.tensor([5, 5, 15, 15]))
    assert picture(tmp_path, judged)[5, 10].tolist() == [255, 0, 0]


def test_labels_that_are_not_as_many_are_left_out_with_a_warning(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.warns(EventLogWarning, match="2 labels for 1 boxes"):
        writer.add_image_with_boxes("i", PICTURE, [[1, 2, 10, 12]], labels=["a", "b"])


@pytest.mark.parametrize("given", [[[1, 2, 3]], [[1, 2, 3, float("nan")]], [[[1, 2, 3, 4]]]], ids=repr)
def test_what_is_no_box_is_refused(tmp_path, given) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match="'i'"):
        writer.add_image_with_boxes("i", PICTURE, given)


@pytest.mark.parametrize("channels", [1, 2, 4])
def test_boxes_on_pictures_of_any_number_of_channels(tmp_path, judged, channels) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_image_with_boxes("i", np.full((channels, 20, 30), 0.5), [[5, 5, 15, 15]], labels="ü")
        writer.add_image_with_boxes("far", np.full((channels, 20, 30), 0.5), [[-1e30, 5, 1e30, 15]])
    assert picture(tmp_path, judged)[5, 10, :3].tolist() == [255, 0, 0]
