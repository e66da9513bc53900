"""Sounds, curves, tensors, meshes and graphs, as torch, tensorboardX, TensorFlow and TensorBoard log them."""

from __future__ import annotations

import io
import json
import struct
import wave

import numpy as np
import pytest
from cellboard.eventlog import LogDir, SummaryError
from cellboard.eventlog.graph_messages import GraphDef, MetaGraphDef, RunMetadata
from cellboard.eventlog.messages import AudioPluginData, Event, Summary
from cellboard.eventlog.plugin_messages import MeshPluginData
from cellboard.eventlog.summaries import tensor
from cellboard.eventlog.summaries.small_types import widen

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:torch"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:tensorboardX"),
]


@pytest.fixture
def written(tmp_path, events):
    """Return a function: the run that a file with these payloads is."""

    def write(*payloads):
        (tmp_path / "tfevents").write_bytes(events.log(events.version(), *payloads))
        return LogDir(tmp_path).runs["."]

    return write


@pytest.fixture(params=["torch", "tensorboardX"])
def writer(request, tmp_path):
    """A writer of each library, on `tmp_path`."""
    if request.param == "torch":
        from torch.utils.tensorboard import SummaryWriter
    else:
        from tensorboardX import SummaryWriter
    with SummaryWriter(str(tmp_path)) as opened:
        yield opened


def a_wav(samples, rate=8000, width=2):
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return buffer.getvalue()


class TestAudio:
    def test_of_torch(self, tmp_path):
        from torch.utils.tensorboard import SummaryWriter

        sound = np.sin(np.arange(400) / 9).astype("f4")
        with SummaryWriter(str(tmp_path)) as writer:
            for step in range(3):
                writer.add_audio("sound", sound[None] * step / 2, step, sample_rate=22050)
        series = LogDir(tmp_path).runs["."].audio["sound"]
        assert series.step.tolist() == [0, 1, 2]
        sample = series[1]
        assert (sample.mime, sample.sample_rate, sample.count, sample.label) == ("audio/wav", 22050.0, 1, "")
        assert sample.duration == pytest.approx(400 / 22050)
        assert sample.array().shape == (400, 1)
        assert sample.array().dtype == np.float32
        np.testing.assert_allclose(sample.array()[:, 0], sound / 2, atol=1 / 16384)

    def test_in_a_tensor_with_labels(self, written, events):
        left = np.array([[1, -1], [32767, -32768]], "<i2")
        rows = [a_wav(left), b"**one**", a_wav(left[:1]), b"\xff"]
        value = events.tensor_value("a", rows, "audio")
        value.tensor.tensor_shape.Clear()
        for size in (2, 2):
            value.tensor.tensor_shape.dim.add(size=size)
        value.metadata.plugin_data.content = AudioPluginData(encoding=11).SerializeToString()
        sample = written(events.of_value(value, 7)).audio["a"][0]
        assert (sample.count, sample.labels) == (2, ("**one**", "\ufffd"))
        assert sample.encoded == rows[0]
        assert (sample.sample_rate, sample.array(1).shape) == (8000.0, (1, 2))
        np.testing.assert_array_equal(sample.array(), left / np.float32(32768))

    def test_of_one_dimension(self, written, events):
        sample = written(events.of_value(events.tensor_value("a", [b"fLaC..", b"OggS"], "audio"))).audio["a"][0]
        assert (sample.all_encoded, sample.labels, sample.mime) == ((b"fLaC..", b"OggS"), ("", ""), "audio/flac")
        assert np.isnan(sample.sample_rate)
        with pytest.raises(OSError, match="no WAV"):
            sample.array()

    @pytest.mark.parametrize("dtype", ["u1", "i2", "i3", "i4", "f4", "f8"])
    def test_samples_of_every_width(self, written, events, dtype):
        wanted = np.array([[-1.0], [0.0], [0.5]])
        scale = {"u1": 128, "i2": 1 << 15, "i3": 1 << 23, "i4": 1 << 31}.get(dtype, 1)
        if dtype == "u1":
            data = (wanted * scale + 128).astype("u1").tobytes()
        elif dtype == "i3":
            data = b"".join(int(number * scale).to_bytes(3, "little", signed=True) for number in wanted[:, 0])
        else:
            data = (wanted * scale).astype(f"<{dtype}").tobytes()
        width = int(dtype[1])
        code = 3 if dtype[0] == "f" else 1
        form = struct.pack("<HHIIHH", code, 1, 100, 100 * width, width, 8 * width)
        octets = b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<I", len(form)) + form + b"odd \x01\x00\x00\x00x\x00"
        octets += b"data\xff\xff\xff\xff" + data
        value = Summary.Value(tag="a", audio=Summary.Audio(encoded_audio_string=octets, sample_rate=1.0))
        sample = written(events.of_value(value)).audio["a"][0]
        np.testing.assert_array_equal(sample.array(), wanted)
        assert sample.sample_rate == 100

    def test_what_is_no_wav(self, written, events):
        good = a_wav(np.zeros((4, 1), "<i2"))
        changed = [good[:30], good.replace(b"fmt ", b"xmt "), good[:22] + b"\0\0" + good[24:], b"", b"\xff\xfb\x90\0"]
        values = [Summary.Value(tag="a", audio=Summary.Audio(encoded_audio_string=octets)) for octets in changed]
        series = written(*map(events.of_value, values)).audio["a"]
        for sample in series:
            with pytest.raises(OSError, match="no WAV"):
                sample.array()
        assert series[4].mime == "audio/mpeg"


class TestPrCurves:
    def test_of_both_writers(self, tmp_path, writer):
        labels, predictions = np.array([0, 1, 1, 0, 1]), np.array([0.1, 0.9, 0.4, 0.6, 0.7])
        for step in range(2):
            writer.add_pr_curve("pr", labels, predictions, step, num_thresholds=11)
        writer.flush()
        writer.close()
        sample = LogDir(tmp_path).runs["."].pr_curves["pr"][1]
        assert sample.thresholds.tolist() == np.linspace(0, 1, 11).tolist()
        above = predictions[:, None] >= sample.thresholds - 1e-9
        np.testing.assert_array_equal(sample.true_positives, (above & (labels[:, None] == 1)).sum(0))
        np.testing.assert_array_equal(sample.false_positives, (above & (labels[:, None] == 0)).sum(0))
        np.testing.assert_array_equal(sample.true_negatives, 2 - sample.false_positives)
        np.testing.assert_array_equal(sample.false_negatives, 3 - sample.true_positives)
        np.testing.assert_allclose(sample.recall, sample.true_positives / 3, rtol=1e-6)
        assert sample.precision[0] == pytest.approx(3 / 5)

    @pytest.mark.parametrize("shape", [(5, 3), (6,), (6, 0), (6, 2, 1)])
    def test_of_a_wrong_shape(self, written, events, shape):
        value = events.tensor_value("pr", np.zeros(shape, "f4"), "pr_curves")
        with pytest.raises(SummaryError, match="PR curve"):
            written(events.of_value(value)).pr_curves["pr"][0]


class TestTensors:
    def test_of_torch(self, tmp_path):
        import torch
        from torch.utils.tensorboard import SummaryWriter

        logged = {
            dtype: torch.arange(6).reshape(2, 3).to(dtype)
            for dtype in (torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.complex64)
        }
        logged |= {dtype: torch.arange(6).reshape(2, 3).to(dtype) for dtype in (torch.uint8, torch.int8, torch.int64)}
        logged[torch.bool] = torch.tensor([[True, False]])
        with SummaryWriter(str(tmp_path)) as writer:
            for dtype, values in logged.items():
                writer.add_tensor(str(dtype), values, 3)
        run = LogDir(tmp_path).runs["."]
        assert set(run.tensors) == {str(dtype) for dtype in logged}
        for dtype, values in logged.items():
            sample = run.tensors[str(dtype)][0]
            assert (sample.step, sample.shape) == (3, tuple(values.shape))
            assert sample.dtype == str(dtype).removeprefix("torch.")
            wanted = values.float().numpy() if dtype == torch.bfloat16 else values.numpy()
            np.testing.assert_array_equal(sample.array(), wanted)
        assert run.tensors["torch.bool"].plugin == "tensor"

    def test_of_every_type_that_numpy_has(self, written, events):
        types = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "c8", "c16", "?"]
        arrays = {dtype: np.arange(4).reshape(2, 2).astype(dtype) for dtype in types}
        values = [events.tensor_value(dtype, array, "tensor") for dtype, array in arrays.items()]
        run = written(*map(events.of_value, values))
        for dtype, array in arrays.items():
            found = run.tensors[dtype][0].array()
            assert found.dtype == array.dtype
            np.testing.assert_array_equal(found, array)

    def test_of_types_that_numpy_has_not(self, written, events):
        import torch

        patterns = np.arange(256, dtype=np.uint8)
        types = {25: "float8_e4m3fn", 26: "float8_e4m3fnuz", 24: "float8_e5m2", 28: "float8_e5m2fnuz"}
        for number, name in types.items():
            value = events.tensor_value("t", np.zeros(256, "u1"), "tensor")
            value.tensor.dtype, value.tensor.tensor_content = number, b""
            value.tensor.float8_val = patterns.tobytes()
            sample = written(events.of_value(value)).tensors["t"][0]
            assert sample.dtype == name
            wanted = torch.from_numpy(patterns).view(getattr(torch, name)).float().numpy()
            np.testing.assert_array_equal(sample.array(), wanted)
        assert widen(np.array([7, 8, 15, 0xF8], "u1"), 29).tolist() == [7, -8, -1, -8]
        assert widen(np.array([1, 7, 15], "u1"), 33).tolist() == [0.5, 6.0, -6.0]

    def test_strings_and_what_has_no_metadata(self, written, events):
        text = events.tensor_value("s", [b"a", b"\xff"])
        run = written(events.of_value(text, 1), events.of_value(text, 2))
        assert run.texts == {}
        assert run.tensors["s"].plugin == ""
        assert run.tensors["s"][1].dtype == "string"
        assert run.tensors["s"][1].array().tolist() == [b"a", b"\xff"]

    def test_unknown_plugins_are_kept(self, written, events):
        value = events.tensor_value("x", np.ones((2, 2)), "what-if")
        value.metadata.plugin_data.content = b"settings"
        alone = Summary.Value(tag="y")
        alone.metadata.plugin_data.plugin_name = "profile"
        run = written(events.of_value(value), events.of_value(alone))
        assert (run.tensors["x"].plugin, run.tensors["x"].content) == ("what-if", b"settings")
        assert run.tensors["y"][0].array().tolist() == []
        assert run.tensors["y"].plugin == "profile"

    def test_metadata_that_comes_later_moves_a_tensor(self, tmp_path, events):
        path = tmp_path / "tfevents"
        path.write_bytes(events.log(events.of_value(events.tensor_value("t", [b"one"]), 1)))
        log = LogDir(tmp_path)
        assert list(log.runs["."].tensors) == ["t"]
        with path.open("ab") as file:
            file.write(events.log(events.of_value(events.tensor_value("t", [b"two"], "text"), 2)))
        log.refresh()
        assert dict(log.runs["."].tensors) == {}
        assert [sample.text for sample in log.runs["."].texts["t"]] == ["one", "two"]

    def test_impossible_ones(self, written, events):
        huge = events.tensor_value("h", np.zeros((1, 2)), "tensor")
        huge.tensor.tensor_shape.dim[0].size = 1 << 40
        variant = events.tensor_value("v", np.zeros(1), "tensor")
        variant.tensor.dtype = 21
        run = written(events.of_value(huge), events.of_value(variant))
        assert run.tensors["h"][0].shape == (1 << 40, 2)
        for tag in ("h", "v"):
            with pytest.raises(SummaryError):
                run.tensors[tag][0].array()
        assert run.tensors["v"][0].dtype == "variant"


class TestMeshes:
    def test_of_both_writers(self, tmp_path, writer):
        vertices = np.arange(24, dtype="f4").reshape(1, 8, 3)
        faces = np.array([[[0, 1, 2], [2, 3, 7]]])
        colors = (vertices * 10).astype(np.uint8)
        config = {"camera": {"cls": "PerspectiveCamera", "fov": 75}}
        import torch

        for step in range(3):
            parts = [torch.as_tensor(part) for part in (vertices + step, colors, faces)]
            writer.add_mesh("my/mesh", *parts, config, step)
            writer.add_mesh("points", parts[0], global_step=step)
        writer.flush()
        writer.close()
        run = LogDir(tmp_path).runs["."]
        assert list(run.meshes) == ["my/mesh", "points"]
        series = run.meshes["my/mesh"]
        assert (len(series), series.step.tolist(), series.display_name) == (3, [0, 1, 2], "my/mesh")
        sample = series[-1]
        assert (sample.step, sample.config) == (2, config)
        for found, wanted in ((sample.vertices, vertices + 2), (sample.faces, faces), (sample.colors, colors)):
            np.testing.assert_array_equal(found, wanted)
        assert [part.dtype for part in (sample.vertices, sample.faces, sample.colors)] == [
            np.float32,
            np.int32,
            np.uint8,
        ]
        cloud = run.meshes["points"][0]
        assert (cloud.faces, cloud.colors, cloud.config) == (None, None, {})
        assert run.tensors == {}

    def test_parts_of_one_step_in_events_of_their_own(self, written, events):
        def part(kind, array, name="m"):
            value = events.tensor_value(f"{name}_{kind}", array, "mesh")
            said = MeshPluginData(name=name, content_type=kind, json_config="[1]")
            value.metadata.plugin_data.content = said.SerializeToString()
            return value

        ones = np.ones((2, 4, 3))
        payloads = [events.of_value(part(1, ones * number), 5) for number in (1, 2)]
        payloads += [events.of_value(part(3, np.full((2, 4, 3), level)), 5) for level in (300.0, -1.0)]
        payloads += [events.of_value(part(2, np.full((1, 1, 3), np.nan)), 5)]
        payloads += [events.of_value(part(1, ones), 6), events.of_value(part(1, ones[0, 0], "odd"), 6)]
        run = written(*payloads)
        meshes = run.meshes["m"]
        assert [sample.step for sample in meshes] == [5, 5, 6]
        assert [sample.vertices[0, 0, 0] for sample in meshes] == [1, 2, 1]
        assert [sample.colors[0, 0, 0] for sample in meshes[:2]] == [255, 0]
        assert [sample.faces.tolist() for sample in meshes[:2]] == [[[[0, 0, 0]]]] * 2
        assert (meshes[2].faces, meshes[2].config) == (None, {})
        with pytest.raises(SummaryError, match="part of a mesh"):
            run.meshes["odd"][0]
        with pytest.raises(IndexError, match="3 meshes"):
            meshes[3]

    def test_which_part_it_is_may_be_in_the_tag_alone(self, written, events):
        values = [events.tensor_value(tag, np.ones((1, 2, 3)), "mesh") for tag in ("a_VERTEX", "a_COLOR", "b_1", "c")]
        meshes = written(*map(events.of_value, values)).meshes
        assert list(meshes) == ["a", "b"]
        assert meshes["a"][0].colors.shape == (1, 2, 3)


def a_graph(*names):
    graph = GraphDef()
    for name in names:
        graph.node.add(name=name, op="op")
    return graph


class TestGraphs:
    def test_of_both_writers(self, tmp_path, writer):
        import torch

        model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU())
        writer.add_graph(model, torch.zeros(1, 2))
        writer.flush()
        writer.close()
        graphs = LogDir(tmp_path).runs["."].graphs
        [tag] = set(graphs) - {"__run_graph__"}
        sample = graphs["__run_graph__"][0]
        assert sample.form == "graph_def"
        nodes = {node.op for node in sample.graph_def().node}
        assert {"aten::linear", "aten::relu"} <= nodes
        run = graphs[tag][0]
        assert (run.form, tag) == ("run_metadata", {"torch": "step1"}.get(type(writer).__module__.split(".")[0], tag))
        assert [device.device for device in run.run_metadata().step_stats.dev_stats] == ["/device:CPU:0"]
        assert len(run.graph_def().node) == 0
        with pytest.raises(SummaryError, match="no Keras model"):
            sample.keras_model()
        with pytest.raises(SummaryError, match="nothing of a run"):
            sample.run_metadata()

    def test_of_tensorflow_1(self, written):
        meta = MetaGraphDef(graph_def=a_graph("meta"))
        events = [
            Event(wall_time=1, graph_def=a_graph("first").SerializeToString()),
            Event(wall_time=2, meta_graph_def=meta.SerializeToString()),
            Event(wall_time=3, step=9, graph_def=a_graph("second").SerializeToString()),
            Event(wall_time=4, step=9, graph_def=b"\xff\xff"),
        ]
        graphs = written(*[event.SerializeToString() for event in events]).graphs
        assert list(graphs) == ["__meta_graph__", "__run_graph__"]
        assert [node.name for node in graphs["__meta_graph__"][0].graph_def().node] == ["meta"]
        run = graphs["__run_graph__"]
        assert [sample.step for sample in run] == [0, 9, 9]
        assert [sample.graph_def().node[0].name for sample in run[:2]] == ["first", "second"]
        with pytest.raises(SummaryError, match="GraphDef"):
            run[2].graph_def()

    def test_of_tensorflow_2_and_keras(self, written, events):
        functions = RunMetadata()
        functions.function_graphs.add().pre_optimization_graph.CopyFrom(a_graph("f"))
        functions.function_graphs.add().pre_optimization_graph.CopyFrom(a_graph("g"))
        partitions = RunMetadata(partition_graphs=[a_graph("p")])
        model = {"class_name": "Functional", "config": {"layers": []}}

        def value(tag, content, plugin):
            made = events.tensor_value(tag, [content], plugin)
            del made.tensor.tensor_shape.dim[:]
            made.metadata.plugin_data.content = b"1"
            return events.of_value(made)

        tagged = Event()
        tagged.tagged_run_metadata.tag, tagged.tagged_run_metadata.run_metadata = (
            "step1",
            partitions.SerializeToString(),
        )
        graphs = written(
            value("batch_2", functions.SerializeToString(), "graph_run_metadata_graph"),
            value("keras", json.dumps(model).encode(), "graph_keras_model"),
            value("bad", b"[]", "graph_keras_model"),
            value("deep", b"[" * 100_000, "graph_keras_model"),
            tagged.SerializeToString(),
        ).graphs
        assert [node.name for node in graphs["batch_2"][0].graph_def().node] == ["f", "g"]
        assert [node.name for node in graphs["step1"][0].graph_def().node] == ["p"]
        assert graphs["keras"][0].keras_model() == model
        assert graphs["keras"][0].encoded == json.dumps(model).encode()
        for tag in ("bad", "deep"):
            with pytest.raises(SummaryError, match="JSON"):
                graphs[tag][0].keras_model()

    def test_a_hostile_summary_that_claims_to_be_one(self, written, events):
        run = written(events.of_value(events.tensor_value("g", [b"1", b"2"], "graphs")))
        with pytest.raises(SummaryError, match="2 strings"):
            run.graphs["g"][0]


def test_a_tag_may_be_of_several_kinds(written, events):
    values = [
        Summary.Value(tag="x", simple_value=1.0),
        Summary.Value(tag="x", audio=Summary.Audio(encoded_audio_string=b"1")),
        events.tensor_value("x", np.ones((6, 2), "f4"), "pr_curves"),
    ]
    run = written(*map(events.of_value, values))
    assert [list(of) for of in (run.scalars, run.audio, run.pr_curves)] == [["x"]] * 3
    assert repr(run) == "<Run '.': 1 scalars, 1 audio, 1 pr_curves>"


def test_a_half_as_torch_logs_it_is_read_back(events):
    message = tensor.encode(np.zeros(2, "f2"))
    message.tensor_content = b""
    message.half_val.extend(np.array([1.5, -2.0], "f4").view("i4").tolist())
    assert tensor.decode(message).tolist() == [1.5, -2.0]
    message.ClearField("half_val")
    message.half_val.extend([0x3E00, 0xC000])
    assert tensor.decode_any(message).dtype == np.float16
    assert tensor.decode_any(message).tolist() == [1.5, -2.0]
