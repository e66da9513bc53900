"""Logs that frameworks have written: all of it is read, as TensorBoard reads it.

They are in ``logs/``, with the versions of what wrote them, and the scripts that did so in ``logs/make``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cellboard.eventlog import LogDir
from cellboard.eventlog.summaries.custom_scalars import Category, Chart

LOGS = Path(__file__).parent / "logs"
WRITERS = sorted(path.parent.name for path in LOGS.glob("*/VERSIONS"))
RUNS = sorted({str(path.parent.relative_to(LOGS)) for path in LOGS.rglob("*tfevents*")})

# The plugin of a tag to TensorBoard, and what its series are called here.
KINDS = {
    "images": "images",
    "histograms": "histograms",
    "audio": "audio",
    "text": "texts",
    "pr_curves": "pr_curves",
    "graph_keras_model": "graphs",
    "graph_run_metadata_graph": "graphs",
}


@pytest.fixture(scope="module")
def log():
    return LogDir(LOGS, index=False)


@pytest.fixture(scope="module")
def run(log):
    return lambda name: log.runs[name]


def test_every_writer_is_there(log):
    assert WRITERS == [
        "clu",
        "hugging_face",
        "keras_2",
        "keras_3",
        "lightning",
        "tensorflow_1",
        "tensorflow_2",
    ]
    assert sorted(log.runs) == RUNS
    assert log.problems == []


@pytest.mark.parametrize("name", RUNS)
def test_points_and_tags_are_those_of_tensorboard(run, accumulated, name):
    from tensorboard.util.tensor_util import make_ndarray

    found, judge = run(name), accumulated(LOGS / name)
    tags = judge.Tags()
    plugins = {tag: said.plugin_data.plugin_name for tag, said in judge.summary_metadata.items()}
    wanted = {tag: [(p.wall_time, p.step, p.value) for p in judge.Scalars(tag)] for tag in tags["scalars"]}
    for tag in (tag for tag, plugin in plugins.items() if plugin == "scalars"):
        points = judge.Tensors(tag)
        wanted[tag] = [(p.wall_time, p.step, float(make_ndarray(p.tensor_proto).item())) for p in points]
    scalars = {tag: list(zip(s.wall_time, s.step, s.value, strict=True)) for tag, s in found.scalars.items()}
    assert scalars == wanted
    for plugin, kind in KINDS.items():
        theirs = {tag for tag, of in plugins.items() if of == plugin} | set(tags.get(plugin, []))
        ours = getattr(found, kind)
        assert theirs <= set(ours) if kind == "graphs" else theirs == set(ours), kind
        for tag in set(plugins) & theirs:
            assert ours[tag].step.tolist() == [point.step for point in judge.Tensors(tag)]
    assert bool({"__run_graph__", "__meta_graph__"} & set(found.graphs)) == tags["graph"]


@pytest.mark.parametrize("name", RUNS)
def test_every_sample_of_every_kind_can_be_read(run, name):
    found = run(name)
    for kind in ("images", "histograms", "texts", "audio", "pr_curves", "tensors", "meshes", "graphs"):
        for tag, series in getattr(found, kind).items():
            samples = list(series)
            assert [sample.step for sample in samples] == series.step.tolist(), (kind, tag)
            for sample in samples:
                if kind in ("images", "audio", "tensors"):
                    sample.array()
                elif kind == "graphs" and sample.form != "keras_model":
                    sample.graph_def()


def test_tensorflow_1(run):
    found = run("tensorflow_1")
    assert found.scalars["loss"].value.tolist() == [0.0, 0.25, 0.5, 0.75]
    assert set(found.images) == {"picture/image", "pictures/image/0", "pictures/image/1"}
    assert found.images["pictures/image/0"][0].array().shape == (4, 5, 3)
    assert [sample.text for sample in found.texts["note"]] == ["0.000000", "0.250000", "0.500000", "0.750000"]
    assert found.histograms["weights"][1].total == 10
    assert (found.audio["sound/audio"][0].sample_rate, found.audio["sound/audio"][0].array().shape) == (8000, (50, 1))
    assert found.tensors["tensor"][3].array().tolist() == [[0, 1, 2], [3, 4, 5]]
    names = {node.name for node in found.graphs["__run_graph__"][0].graph_def().node}
    assert "number" in names
    assert {node.name for node in found.graphs["__meta_graph__"][0].graph_def().node} == names
    assert found.graphs["step 3"][0].run_metadata().step_stats.dev_stats[0].node_stats
    assert found.superseded == {}


def test_tensorflow_2(run, log):
    found = run("tensorflow_2/all")
    assert found.scalars["loss"].description == "the *loss*"
    assert found.scalars["integer"].value.tolist() == [0.0, 1.0, 2.0]
    assert [sample.count for sample in found.images["pictures"]] == [2, 2, 2]
    assert found.histograms["weights"][1].counts.tolist() == [2.0] * 5
    assert found.audio["sounds"][0].array(1).shape == (50, 1)
    assert found.texts["table"][2].cells.tolist() == [["a", "b"], ["c", "2"]]
    assert (found.tensors["raw"][1].dtype, found.tensors["raw"][2].array().tolist()) == (
        "int16",
        [[0, 2, 4], [6, 8, 10]],
    )
    mesh = found.meshes["mesh"][2]
    assert (mesh.vertices[0, 3, 2], mesh.faces.shape, int(mesh.colors[0, 0, 0])) == (22.0, (1, 2, 3), 200)
    assert mesh.config == {"camera": {"cls": "PerspectiveCamera"}}
    assert found.pr_curves["pr/pr_curves"][0].thresholds.tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert found.custom_scalars.categories == (Category("all", (Chart("losses", ("loss.*",)),)),)
    assert any("mul" in node.name for node in found.graphs["double"][0].graph_def().node)
    infos = {info.name: info for info in run("tensorflow_2").hparams.infos.values()}
    assert (infos["rate"].description, infos["net"].domain) == ("of learning", ("cnn", "mlp"))
    session = run("tensorflow_2/session 1").hparams
    assert (session.values, session.group) == ({"rate": 0.25, "net": "mlp", "drop": True}, "trial 1")
    assert session.started == 1.5e9
    metric = next(metric for metric in log.hparams.metrics if metric.tag == "accuracy")
    assert log.hparams.values["tensorflow_2/session 0"][metric].value == 0.5


@pytest.mark.parametrize(("name", "rate"), [("keras_2", set()), ("keras_3", {"epoch_learning_rate"})])
def test_keras(run, name, rate):
    train, validation = run(f"{name}/train"), run(f"{name}/validation")
    epochs = {"epoch_loss", "epoch_mae", "epoch_steps_per_second", *rate}
    assert set(train.scalars) == epochs | {"batch_loss", "batch_mae", "batch_steps_per_second"}
    assert train.scalars["epoch_loss"].step.tolist() == [0, 1, 2]
    assert validation.scalars["evaluation_loss_vs_iterations"].step.tolist() == [2, 4, 6]
    assert train.graphs["keras"][0].keras_model()["class_name"] == "Sequential"
    assert all(tag.endswith("/histogram") for tag in train.histograms)
    assert len(train.histograms) == 4
    assert all(tag.endswith("/image") for tag in train.images)


def test_lightning(run):
    found = run("lightning/lightning_logs/version_0")
    assert {"epoch", "hp_metric", "loss_epoch", "loss_step", "val_loss"} == set(found.scalars)
    assert found.scalars["hp_metric"].value[0] == -1
    assert (found.hparams.values, found.hparams.status) == ({"rate": 0.1, "net": "linear"}, "success")
    assert any(node.op == "aten::linear" for node in found.graphs["__run_graph__"][0].graph_def().node)


def test_hugging_face(run, log):
    found = run("hugging_face/runs/first")
    assert {"train/loss", "train/learning_rate", "train/grad_norm", "train/epoch", "eval/loss"} <= set(found.scalars)
    assert '"learning_rate"' in found.texts["args/text_summary"][0].text
    tracked = [name for name in log.runs if name.startswith("hugging_face/tracked/project")]
    assert [log.runs[name].scalars["both"].value.tolist() for name in tracked if "both" in name] == [
        [1.0] * 3,
        [2.0] * 3,
    ]
    [values] = [log.runs[name].hparams.values for name in tracked if log.runs[name].hparams]
    assert values == {"rate": 0.1, "net": "cnn"}


def test_clu(run):
    found = run("clu")
    assert found.scalars["loss"].value.tolist() == [0.0, 0.5, 1.0]
    assert [sample.text for sample in found.texts["note"]] == ["step 0", "step 1", "step 2"]
    assert found.images["picture"][2].array()[0, 0].tolist() == [np.uint8(127)] * 3
    assert found.hparams.values == {"rate": 0.1, "net": "cnn"}
    assert found.audio["sound"][0].sample_rate == 8000
