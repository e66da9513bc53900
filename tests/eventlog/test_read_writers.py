"""Logs of other writers, and of our own, come back as they were logged."""

from __future__ import annotations

import io
import math
import os
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from cellboard.eventlog import LogDir, SummaryError, SummaryWriter
from cellboard.eventlog.messages import Summary

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:torch"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:tensorboardX"),
]


def torch_writer(*args, **options):
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    return TorchWriter(*args, **options)


def x_writer(*args, **options):
    from tensorboardX import SummaryWriter as XWriter

    return XWriter(*args, **options)


WRITERS = {"torch": torch_writer, "tensorboardX": x_writer, "cellboard": SummaryWriter}


@pytest.fixture(params=WRITERS)
def writer_of(request):
    """Return a function that opens a writer of each library in turn."""
    return WRITERS[request.param]


def png(array):
    buffer = io.BytesIO()
    PIL.Image.fromarray(array).save(buffer, "PNG")
    return buffer.getvalue()


def test_every_kind_comes_back(tmp_path, writer_of):
    rng = np.random.default_rng(1)
    pictures = rng.integers(0, 256, (4, 3, 5, 7), np.uint8)
    values = rng.normal(size=(4, 1000))
    with writer_of(str(tmp_path)) as writer:
        for step in range(4):
            writer.add_scalar("train/loss", [0.5, math.nan, math.inf, -2.0][step], step * 10, 1e9 + step)
            writer.add_image("picture", pictures[step], step)
            writer.add_histogram("weights", values[step], step)
            writer.add_text("note", f"**step** {step} é", step)
    run = LogDir(tmp_path).runs["."]
    loss = run.scalars["train/loss"]
    assert loss.step.tolist() == [0, 10, 20, 30]
    assert loss.wall_time.tolist() == [1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3]
    np.testing.assert_array_equal(loss.value, [0.5, math.nan, math.inf, -2.0])
    for step, sample in enumerate(run.images["picture"]):
        assert (sample.step, sample.width, sample.height, sample.mime, sample.count) == (step, 7, 5, "image/png", 1)
        np.testing.assert_array_equal(sample.array(), pictures[step].transpose(1, 2, 0))
        np.testing.assert_array_equal(np.asarray(sample.pil()), sample.array())
    for step, sample in enumerate(run.histograms["weights"]):
        assert sample.total == 1000
        assert sample.edges[0] == sample.min == pytest.approx(values[step].min())
        assert sample.edges[-1] == sample.max == pytest.approx(values[step].max())
        assert sample.sum == pytest.approx(values[step].sum())
        assert sample.sum_squares == pytest.approx((values[step] ** 2).sum())
        at = len(sample.counts) // 2
        assert sample.counts[:at].sum() == (values[step] < sample.edges[at]).sum()
    [(tag, texts)] = run.texts.items()
    assert tag == "note/text_summary"
    assert [sample.text for sample in texts] == [f"**step** {step} é" for step in range(4)]
    assert texts[0].cells.shape == (1,)


def test_a_writer_for_each_epoch_in_one_directory(tmp_path):
    """As in a tutorial: one hundred files, many begun within the same second."""
    for epoch in range(100):
        with SummaryWriter(log_dir=str(tmp_path), comment="train") as writer:
            writer.add_histogram("his/x", np.array([epoch / 7]), epoch)
            writer.add_scalar("data/x", epoch / 2, epoch)
            writer.add_scalars("data/group", {"x": epoch, "y": -epoch}, epoch)
    log = LogDir(tmp_path)
    assert sum("tfevents" in name for name in os.listdir(tmp_path)) == 100
    run = log.runs["."]
    assert run.scalars["data/x"].step.tolist() == list(range(100))
    assert run.scalars["data/x"].value.tolist() == [epoch / 2 for epoch in range(100)]
    assert [sample.step for sample in run.histograms["his/x"]] == list(range(100))
    group = {name: run for name, run in log.runs.items() if "data/group" in run.scalars}
    assert len(group) == 2
    for run in group.values():
        assert run.scalars["data/group"].step.tolist() == list(range(100))


@pytest.mark.parametrize("library", ["torch", "cellboard"])
def test_a_run_that_is_resumed(tmp_path, library):
    with WRITERS[library](str(tmp_path)) as writer:
        for step in range(10):
            writer.add_scalar("loss", 0.0, step)
    with WRITERS[library](str(tmp_path), purge_step=6) as writer:
        for step in range(6, 12):
            writer.add_scalar("loss", 1.0, step)
    loss = LogDir(tmp_path).runs["."].scalars["loss"]
    assert loss.step.tolist() == list(range(12))
    assert loss.value.tolist() == [0.0] * 6 + [1.0] * 6
    assert len(LogDir(tmp_path, restarts="all").runs["."].scalars["loss"]) == 16


def test_new_style_and_double_precision_scalars_of_torch(tmp_path):
    with torch_writer(str(tmp_path)) as writer:
        for step in range(40):
            writer.add_scalar("f4", 0.1, step, new_style=True)
            writer.add_scalar("f8", 0.1, step, new_style=True, double_precision=True)
    scalars = LogDir(tmp_path).runs["."].scalars
    assert scalars["f4"].value.tolist() == [float(np.float32(0.1))] * 40
    assert scalars["f8"].value.tolist() == [0.1] * 40


def test_names_and_descriptions_of_tensorboardx(tmp_path):
    with x_writer(str(tmp_path)) as writer:
        for step in range(30):
            writer.add_scalar("a", 1.0, step, display_name="Loss", summary_description="the *loss*")
    series = LogDir(tmp_path).runs["."].scalars["a"]
    assert (len(series), series.display_name, series.description) == (30, "Loss", "the *loss*")


def test_what_tensorflow_2_writes(tmp_path, events):
    pictures = [png(np.full((2, 3), shade, np.uint8)) for shade in (0, 200)]
    rows = np.array([[-1.0, 0.0, 3.0], [0.0, 2.0, 4.0]])
    table = events.tensor_value("table", [b"a", b"b", b"c", b"d"], "text")
    for _ in range(2):
        table.tensor.tensor_shape.dim.add(size=2)
    del table.tensor.tensor_shape.dim[0]
    plain = events.tensor_value("plain", [b"no shape"], "text")
    del plain.tensor.tensor_shape.dim[:]
    values = [
        events.tensor_value("loss", np.array(0.25, "f4"), "scalars"),
        events.tensor_value("images", [b"3", b"2", *pictures], "images"),
        events.tensor_value("histogram", rows, "histograms"),
        table,
        plain,
    ]
    payloads = [events.version(), *(events.of_value(value, 4, 1e9) for value in values)]
    (tmp_path / "events.out.tfevents.1700000000.host.123.0.v2").write_bytes(events.log(*payloads))
    run = LogDir(tmp_path).runs["."]
    assert run.scalars["loss"].value.tolist() == [0.25]
    images = run.images["images"][0]
    assert (images.count, images.width, images.height, images.wall_time) == (2, 3, 2, 1e9)
    assert images.all_encoded == tuple(pictures)
    assert images.encoded == pictures[0]
    assert images.array(1).tolist() == [[200] * 3] * 2
    histogram = run.histograms["histogram"][0]
    assert (histogram.edges.tolist(), histogram.counts.tolist()) == ([-1.0, 0.0, 2.0], [3.0, 4.0])
    assert run.texts["table"][0].cells.tolist() == [["a", "b"], ["c", "d"]]
    assert run.texts["table"][0].text == "a\tb\nc\td"
    assert (run.texts["plain"][0].text, run.texts["plain"][0].cells.shape) == ("no shape", ())


def test_metadata_on_the_first_event_alone(tmp_path, events):
    """As TensorFlow 1 writes summaries of tensors."""
    first = events.tensor_value("t", [b"one"], "text")
    number = events.tensor_value("n", np.array(1.0, "f4"), "scalars")
    payloads = [events.of_value(first, 1), events.of_value(number, 1)]
    payloads += [events.of_value(events.tensor_value("t", [b"more"]), step) for step in (2, 3)]
    payloads += [events.of_value(events.tensor_value("n", np.array(2.0, "f4")), step) for step in range(2, 50)]
    (tmp_path / "tfevents").write_bytes(events.log(*payloads))
    run = LogDir(tmp_path).runs["."]
    assert [sample.text for sample in run.texts["t"]] == ["one", "more", "more"]
    assert run.scalars["n"].value.tolist() == [1.0] + [2.0] * 48


def test_several_values_in_an_event_and_one_tag_twice(tmp_path, events):
    image = [Summary.Value(tag="i", image=Summary.Image(width=at, encoded_image_string=b"%d" % at)) for at in (1, 2)]
    numbers = [Summary.Value(tag="a", simple_value=at) for at in (1, 2)]
    event = events.of_value(image[0])
    for value in (numbers[0], image[1], numbers[1]):
        event += events.of_value(value)  # messages that follow each other merge
    (tmp_path / "tfevents").write_bytes(events.log(event))
    run = LogDir(tmp_path).runs["."]
    assert run.scalars["a"].value.tolist() == [1.0, 2.0]
    assert [sample.encoded for sample in run.images["i"]] == [b"1", b"2"]


def test_hostile_media_fail_alone(tmp_path, events):
    bomb = events.tensor_value("h", np.zeros((1, 3)), "histograms")
    bomb.tensor.tensor_content = b""
    bomb.tensor.tensor_shape.dim[0].size = 1 << 60
    wide = events.tensor_value("i", [b"99999999999999", b"1", b"x"], "images")
    good = events.tensor_value("i", [b"1", b"1", b"<svg onload=alert(1)>"], "images")
    payloads = [events.of_value(value) for value in (bomb, wide, good)]
    (tmp_path / "tfevents").write_bytes(events.log(*payloads))
    run = LogDir(tmp_path).runs["."]
    for series in (run.histograms["h"], run.images["i"]):
        with pytest.raises(SummaryError):
            series[0]
    picture = run.images["i"][1]
    assert picture.mime == "application/octet-stream"
    with pytest.raises(OSError, match="cannot identify"):
        picture.pil()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG"])
def test_pictures_of_many_kinds_are_arrays(tmp_path, events, kind, mode):
    picture = PIL.Image.new("RGBA", (4, 2), (255, 0, 0, 255)).convert(mode)
    if kind == "JPEG" and mode in ("P", "RGBA", "LA"):
        picture = picture.convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    value = Summary.Value(tag="i", image=Summary.Image(encoded_image_string=buffer.getvalue()))
    (tmp_path / "tfevents").write_bytes(events.log(events.of_value(value)))
    sample = LogDir(tmp_path).runs["."].images["i"][0]
    assert sample.mime == f"image/{kind.lower()}"
    array = sample.array()
    assert array.dtype == np.uint8
    assert array.shape[:2] == (2, 4)


@pytest.fixture(scope="module")
def real_logs():
    """The folder of logs that real training runs have written."""
    path = os.environ.get("CELLBOARD_TEST_DATA")
    if not path:
        pytest.skip("CELLBOARD_TEST_DATA is not set: it names a folder of real event logs")
    return Path(path)


def assert_same_points(run, accumulated):
    from tensorboard.util.tensor_util import make_ndarray

    names = {tag: accumulated.SummaryMetadata(tag).plugin_data.plugin_name for tag in accumulated.Tags()["tensors"]}
    scalars = {tag: accumulated.Scalars(tag) for tag in accumulated.Tags()["scalars"]}
    wanted = {tag: [(p.wall_time, p.step, p.value) for p in points] for tag, points in scalars.items()}
    for tag, plugin in names.items():
        points = [(p.wall_time, p.step, make_ndarray(p.tensor_proto)) for p in accumulated.Tensors(tag)]
        if plugin == "scalars":
            wanted[tag] = [(wall_time, step, float(array.item())) for wall_time, step, array in points]
        elif plugin == "images":
            found = [
                (s.wall_time, s.step, (b"%d" % s.width, b"%d" % s.height, *s.all_encoded)) for s in run.images[tag]
            ]
            assert found == [(wall_time, step, tuple(array.tolist())) for wall_time, step, array in points]
        elif plugin == "histograms":
            assert_same_histograms(run.histograms[tag], points)
    found = {tag: list(zip(s.wall_time, s.step, s.value, strict=True)) for tag, s in run.scalars.items()}
    assert found == wanted
    assert set(run.images) == {tag for tag, plugin in names.items() if plugin == "images"}
    assert set(run.histograms) == {tag for tag, plugin in names.items() if plugin == "histograms"}


def assert_same_histograms(series, points):
    assert [(s.wall_time, s.step) for s in series] == [(wall_time, step) for wall_time, step, _ in points]
    for sample, (_, _, rows) in zip(series, points, strict=True):
        held = np.flatnonzero(rows[:, 2])
        rows = rows[held[0] : held[-1] + 1]
        np.testing.assert_array_equal(sample.counts, rows[:, 2])
        np.testing.assert_array_equal(sample.edges, np.append(rows[:, 0], rows[-1, 1]))


def test_real_logs_point_for_point_as_tensorboard_reads_them(real_logs, accumulated):
    log = LogDir(real_logs)
    assert log.problems == []
    assert {"keras-mnist/train", "keras-mnist/validation", "keras-hparams"} <= set(log.runs)
    assert sum(len(series) for run in log.runs.values() for series in run.scalars.values()) > 100_000
    for run in log.runs.values():
        assert_same_points(run, accumulated(run.path))


def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path, events):
    octets = bytearray(png(np.zeros((1, 1), np.uint8)))
    octets[16:24] = b"\x00\x00\xff\xff" * 2
    octets[29:33] = zlib.crc32(octets[12:29]).to_bytes(4, "big")
    value = Summary.Value(tag="i", image=Summary.Image(encoded_image_string=bytes(octets)))
    (tmp_path / "tfevents").write_bytes(events.log(events.of_value(value)))
    with pytest.raises(OSError, match="decode"):
        LogDir(tmp_path).runs["."].images["i"][0].pil()
