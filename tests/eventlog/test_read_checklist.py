"""What writers are known to log, one test each."""

from __future__ import annotations

import io
import math

import numpy as np
import PIL.Image
import pytest
from cellboard.eventlog import LogDir
from cellboard.eventlog.messages import Event, Summary


@pytest.fixture
def run_of(tmp_path, events):
    """Return a function: the run that a file with these payloads is."""

    def write(*payloads):
        (tmp_path / "events.out.tfevents.1").write_bytes(events.log(events.version(), *payloads))
        return LogDir(tmp_path).runs["."]

    return write


def a_tensor(tag, dtype, plugin="scalars", **fields):
    """A Value whose tensor has no shape, and its values where they are said to be."""
    value = Summary.Value(tag=tag)
    value.tensor.dtype = dtype
    for name, numbers in fields.items():
        if isinstance(numbers, bytes):
            setattr(value.tensor, name, numbers)
        else:
            getattr(value.tensor, name).extend(numbers)
    if plugin:
        value.metadata.plugin_data.plugin_name = plugin
    return value


def test_scalars_as_simple_values(run_of, events):
    assert run_of(events.scalar("a", 0.5, 3)).scalars["a"].value.tolist() == [0.5]


TENSORS = {
    "float_val": (1, {"float_val": [1.5]}, 1.5),
    "double_val": (2, {"double_val": [0.1]}, 0.1),
    "tensor_content": (1, {"tensor_content": np.float32(2.5).tobytes()}, 2.5),
    "tensor_content of double": (2, {"tensor_content": np.float64(0.1).tobytes()}, 0.1),
    "int_val": (3, {"int_val": [-7]}, -7),
    "int_val of uint8": (4, {"int_val": [200]}, 200),
    "int64_val": (9, {"int64_val": [-(1 << 40)]}, -(1 << 40)),
    "uint32_val": (22, {"uint32_val": [1 << 31]}, 1 << 31),
    "uint64_val": (23, {"uint64_val": [1 << 63]}, float(1 << 63)),
    "bool_val": (10, {"bool_val": [True]}, 1),
    "half_val": (19, {"half_val": [0x3C00]}, 1),
    "half_val of bfloat16": (14, {"half_val": [0x3FC0]}, 1.5),
}


@pytest.mark.parametrize("form", TENSORS)
@pytest.mark.parametrize("times", [1, 40])
def test_scalars_as_tensors_of_every_form_without_a_shape(run_of, events, form, times):
    dtype, fields, number = TENSORS[form]
    payloads = [events.of_value(a_tensor("a", dtype, **fields), step) for step in range(times)]
    assert run_of(*payloads).scalars["a"].value.tolist() == [number] * times


@pytest.mark.parametrize("form", TENSORS)
def test_scalars_as_tensors_of_which_nothing_is_said(run_of, events, form):
    dtype, fields, number = TENSORS[form]
    assert run_of(events.of_value(a_tensor("a", dtype, "", **fields))).scalars["a"].value.tolist() == [number]


def test_metadata_on_the_first_event_only(run_of, events):
    first = events.tensor_value("pr", np.zeros((6, 2), "f4"), "pr_curves", display_name="PR", summary_description="d")
    more = events.tensor_value("pr", np.ones((6, 2), "f4"))
    series = run_of(events.of_value(first, 0), events.of_value(more, 1), events.of_value(more, 2)).pr_curves["pr"]
    assert (series.step.tolist(), series.display_name, series.description) == ([0, 1, 2], "PR", "d")
    assert series[2].recall.tolist() == [1.0, 1.0]


def test_values_that_are_metadata_alone(run_of, events):
    value = Summary.Value(tag="_hparams_/session_start_info")
    value.metadata.plugin_data.plugin_name = "hparams"
    assert run_of(events.of_value(value)).hparams is not None
    scalar = Summary.Value(tag="a")
    scalar.metadata.plugin_data.plugin_name = "scalars"
    run = run_of(events.of_value(scalar), events.scalar("a", 1.0, 1))
    assert run.scalars["a"].step.tolist() == [1]


def test_values_with_neither_value_nor_metadata(run_of, events):
    """As torch logs a video when moviepy is missing."""
    run = run_of(events.of_value(Summary.Value(tag="video")), events.scalar("a", 1.0))
    assert repr(run) == "<Run '.': 1 scalars>"
    assert run.problems == []


def test_several_values_in_an_event(run_of):
    event = Event(step=4, wall_time=2.0)
    for at in range(3):
        event.summary.value.add(tag=f"tag{at}", simple_value=at)
    event.summary.value.add(tag="picture").image.encoded_image_string = b"x"
    run = run_of(event.SerializeToString())
    assert [run.scalars[f"tag{at}"].value.tolist() for at in range(3)] == [[0.0], [1.0], [2.0]]
    assert (run.images["picture"][0].encoded, run.images["picture"].step.tolist()) == (b"x", [4])


def test_several_events_at_a_step(run_of, events):
    series = run_of(*[events.scalar("a", at, 5, 1.0 + at) for at in range(3)]).scalars["a"]
    assert (series.step.tolist(), series.value.tolist()) == ([5, 5, 5], [0.0, 1.0, 2.0])


def test_a_step_that_was_not_logged_is_0(run_of, events):
    payload = events.scalar("a", 1.0, 0)
    assert b"\x10" not in payload[9:11]
    assert run_of(payload).scalars["a"].step.tolist() == [0]


def test_negative_steps(run_of, events):
    steps = [-1, -(2**63), 2**63 - 1]
    assert run_of(*[events.scalar("a", 1.0, step) for step in steps]).scalars["a"].step.tolist() == steps


def test_steps_that_go_back(run_of, events):
    steps = [3, 1, 2, 0, 2]
    assert run_of(*[events.scalar("a", 1.0, step) for step in steps]).scalars["a"].step.tolist() == steps


def test_nan_and_infinities(run_of, events):
    values = [math.nan, math.inf, -math.inf, 1.0]
    series = run_of(*[events.scalar("a", value, step) for step, value in enumerate(values)]).scalars["a"]
    np.testing.assert_array_equal(series.value, values)


@pytest.mark.parametrize("wall_time", [math.nan, math.inf, -math.inf, 0.0, -5.0, 1e300])
def test_wall_times_that_are_no_times(run_of, events, wall_time):
    series = run_of(events.scalar("a", 1.0, 0, wall_time), events.scalar("a", 2.0, 1, 9.0)).scalars["a"]
    np.testing.assert_array_equal(series.wall_time, [wall_time, 9.0])


@pytest.mark.parametrize(
    "tag",
    ["two words", "a/b/c", "/a", "a//b/", "ünï/日本 🎉", " ", ".", "..", "<b>&\"'", "a\nb\x00\x1b[1m", "x" * 5000],
)
def test_tags_of_every_kind(run_of, events, tag):
    run = run_of(events.scalar(tag, 1.0), events.of_value(events.tensor_value(tag, [b"text"], "text")))
    assert (list(run.scalars), list(run.texts)) == ([tag], [tag])
    assert run.texts[tag][0].text == "text"


def test_an_empty_tag_and_the_name_of_a_node(run_of, events):
    named, nameless = a_tensor("", 1, "", float_val=[1.0]), a_tensor("", 1, "", float_val=[2.0])
    named.node_name = "node/name"
    plain = Summary.Value(node_name="ignored", simple_value=3.0)
    run = run_of(*map(events.of_value, (named, nameless, plain)))
    assert {tag: series.value.tolist() for tag, series in run.scalars.items()} == {"": [2.0, 3.0], "node/name": [1.0]}


@pytest.mark.parametrize("kind", ["GIF", "JPEG", "PNG", "BMP", "WEBP"])
def test_images_of_every_format(run_of, events, kind):
    buffer = io.BytesIO()
    pictures = [PIL.Image.new("RGB", (6, 4), color) for color in ("red", "blue")]
    more = {"save_all": True, "append_images": pictures[1:]} if kind == "GIF" else {}
    pictures[0].save(buffer, kind, **more)
    value = Summary.Value(tag="i", image=Summary.Image(width=6, height=4, encoded_image_string=buffer.getvalue()))
    sample = run_of(events.of_value(value)).images["i"][0]
    assert (sample.mime, sample.encoded) == (f"image/{kind.lower()}", buffer.getvalue())
    assert sample.array().shape == (4, 6, 3)
    assert sample.array()[0, 0, 0] > 200


def test_several_files_in_a_run(tmp_path, events):
    for at in range(12):
        path = tmp_path / f"events.out.tfevents.{100 + at}.host"
        path.write_bytes(events.log(events.version(100.0 + at), events.scalar("a", at, at)))
    run = LogDir(tmp_path).runs["."]
    assert run.scalars["a"].step.tolist() == list(range(12))
    assert [path[-8:] for path in run.files] == [f"{100 + at}.host" for at in range(12)]


def test_one_tag_of_different_plugins_in_different_runs(tmp_path, events):
    values = {
        "a": Summary.Value(tag="x", simple_value=1.0),
        "b": events.tensor_value("x", [b"text"], "text"),
        "c": Summary.Value(tag="x", image=Summary.Image(encoded_image_string=b"i")),
    }
    for name, value in values.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "tfevents").write_bytes(events.log(events.of_value(value)))
    runs = LogDir(tmp_path).runs
    assert [list(of) for of in (runs["a"].scalars, runs["b"].texts, runs["c"].images)] == [["x"]] * 3
    assert [list(of) for of in (runs["a"].texts, runs["b"].scalars, runs["c"].texts)] == [[]] * 3


def test_a_run_that_is_a_graph_alone(run_of):
    run = run_of(Event(graph_def=b"\n\x07\n\x01a\x12\x02op").SerializeToString())
    assert [node.name for node in run.graphs["__run_graph__"][0].graph_def().node] == ["a"]


def test_a_run_that_is_a_profile_alone(tmp_path, events):
    """TensorFlow's profiler makes a file that says nothing but its version, and puts its own files elsewhere."""
    (tmp_path / "plugins" / "profile" / "2023_01_01_00_00_00").mkdir(parents=True)
    (tmp_path / "plugins" / "profile" / "2023_01_01_00_00_00" / "host.xplane.pb").write_bytes(b"profile")
    (tmp_path / "events.out.tfevents.1.host.profile-empty").write_bytes(events.log(events.version(7.0)))
    log = LogDir(tmp_path)
    assert list(log.runs) == ["."]
    assert (repr(log.runs["."]), log.runs["."].started, log.problems) == ("<Run '.': empty>", 7.0, [])


@pytest.mark.parametrize("tag", ["t/scalar_summary", "t/image/0", "t/image", "t/audio/3"])
def test_tags_are_as_they_were_logged(run_of, events, tag):
    """Suffixes of TensorBoard's first version and of TensorFlow 1 are for views to hide."""
    assert list(run_of(events.scalar(tag, 1.0)).scalars) == [tag]


def test_events_that_say_nothing_to_a_reader(run_of, events):
    log_message = Event(wall_time=3.0)
    log_message.log_message.message = "hello"
    checkpoint = Event(wall_time=4.0)
    checkpoint.session_log.status, checkpoint.session_log.checkpoint_path = 3, "model.ckpt"
    old = events.of_value(Summary.Value(tag="h", obsolete_old_style_histogram=b"x"))
    payloads = [log_message.SerializeToString(), checkpoint.SerializeToString(), old, b"", events.scalar("a", 1.0)]
    run = run_of(*payloads)
    assert repr(run) == "<Run '.': 1 scalars>"
    assert run.problems == []
