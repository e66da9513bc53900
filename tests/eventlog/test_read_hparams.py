"""Hyperparameters and layouts of charts: of one run, and of all runs side by side."""

from __future__ import annotations

import pytest
from cellboard.eventlog import LogDir
from cellboard.eventlog.hparams import Interval
from cellboard.eventlog.messages import Summary
from cellboard.eventlog.plugin_messages import HParamsPluginData, Layout
from cellboard.eventlog.summaries.custom_scalars import Category, Chart, Margin
from cellboard.eventlog.summaries.hparams import EXPERIMENT, SESSION_END, SESSION_START

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:torch"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:tensorboardX"),
]


def as_value(tag, said):
    value = Summary.Value(tag=tag)
    value.metadata.plugin_data.plugin_name = "hparams"
    value.metadata.plugin_data.content = said.SerializeToString() if not isinstance(said, bytes) else said
    return value


def a_start(group="", start_time=0.0, **values):
    said = HParamsPluginData()
    said.session_start_info.SetInParent()
    said.session_start_info.group_name, said.session_start_info.start_time_secs = group, start_time
    for name, value in values.items():
        field = {bool: "bool_value", str: "string_value"}.get(type(value), "number_value")
        setattr(said.session_start_info.hparams[name], field, value)
    return as_value(SESSION_START, said)


def an_end(status, time=0.0):
    said = HParamsPluginData()
    said.session_end_info.status, said.session_end_info.end_time_secs = status, time
    return as_value(SESSION_END, said)


@pytest.fixture
def runs_of(tmp_path, events):
    """Return a function: the log of runs, a list of Values each."""

    def write(**runs):
        for at, (name, values) in enumerate(runs.items()):
            folder = tmp_path if name == "root" else tmp_path / name.replace("__", "/")
            folder.mkdir(parents=True, exist_ok=True)
            payloads = [events.of_value(value, step) for step, value in enumerate(values)]
            (folder / "tfevents").write_bytes(events.log(events.version(at + 1.0), *payloads))
        return LogDir(tmp_path)

    return write


@pytest.mark.parametrize("library", ["torch", "tensorboardX"])
def test_what_add_hparams_writes(tmp_path, library):
    if library == "torch":
        from torch.utils.tensorboard import SummaryWriter
    else:
        from tensorboardX import SummaryWriter
    with SummaryWriter(str(tmp_path)) as writer:
        for at, rate in enumerate((0.1, 0.01)):
            name = {"run_name": f"s{at}"} if library == "torch" else {"name": f"s{at}"}
            writer.add_hparams({"lr": rate, "net": "cnn", "drop": True}, {"hparam/loss": 1.0 - at}, **name)
    log = LogDir(tmp_path)
    session = log.runs["s1"].hparams
    assert session.values == {"lr": 0.01, "net": "cnn", "drop": True}
    assert (session.is_session, session.status, session.problems) == (True, "success", ())
    assert [info.name for info in session.infos.values()] == ["lr", "net", "drop"]
    assert [metric.tag for metric in session.metrics.values()] == ["hparam/loss"]
    assert log.runs["."].hparams is None
    experiment = log.hparams
    assert list(experiment.sessions) == ["s0", "s1"]
    assert [(info.name, info.differs) for info in experiment.hparams] == [("lr", True), ("drop", False), ("net", False)]
    [metric] = experiment.metrics
    assert [experiment.values[run][metric].value for run in ("s0", "s1")] == [1.0, 0.0]
    assert experiment.groups() == {"s0": ["s0"], "s1": ["s1"]}


def test_keys_that_are_added_later_are_with_the_first_ones(runs_of):
    log = runs_of(r=[a_start(lr=0.1, seed=1), an_end(3), a_start(lr=0.2, layers=3, group="g"), an_end(1, 50.0)])
    for restarts in ("latest", "all", "last-step"):
        session = LogDir(log.path, restarts=restarts).runs["r"].hparams
        assert session.values == {"lr": 0.2, "seed": 1.0, "layers": 3.0}
        assert (session.group, session.status, session.ended, session.started) == ("g", "success", 50.0, None)


def test_all_at_one_step_are_kept_whatever_restarts_do(tmp_path, events):
    values = [a_start(lr=0.1), a_start(seed=1)]
    (tmp_path / "tfevents").write_bytes(events.log(*[events.of_value(value, 0) for value in values]))
    assert LogDir(tmp_path, restarts="last-step").runs["."].hparams.values == {"lr": 0.1, "seed": 1.0}


def test_what_is_not_said_is_inferred(runs_of):
    loss, accuracy = (Summary.Value(tag=tag, simple_value=at) for at, tag in enumerate(["loss", "acc"]))
    log = runs_of(
        a=[a_start(lr=0.1, net="cnn", drop=True, same=5), loss],
        b=[a_start(lr=0.3, net="mlp", drop=False, same=5, only=1), accuracy],
        b__eval=[loss],
        c=[a_start(lr="auto", same=5, group="g")],
        unrelated=[accuracy],
    )
    experiment = log.hparams
    infos = {info.name: info for info in experiment.hparams}
    assert [*infos] == ["drop", "lr", "net", "only", "same"]
    assert (infos["lr"].type, infos["lr"].domain) == ("string", ("0.1", "0.3", "auto"))
    assert (infos["net"].type, infos["net"].domain) == ("string", ("cnn", "mlp"))
    assert (infos["drop"].type, infos["drop"].domain) == ("bool", (False, True))
    assert (infos["same"].type, infos["same"].domain, infos["same"].differs) == ("float", Interval(5, 5), False)
    assert infos["only"].differs
    assert [(metric.tag, metric.group) for metric in experiment.metrics] == [
        ("acc", ""),
        ("loss", ""),
        ("loss", "eval"),
    ]
    found = {run: {(m.tag, m.group) for m in values} for run, values in experiment.values.items()}
    assert found == {"a": {("loss", "")}, "b": {("acc", ""), ("loss", "eval")}, "c": set()}
    assert experiment.groups() == {"a": ["a"], "b": ["b"], "g": ["c"]}


def test_what_is_said_counts_and_later_experiments_add_to_it(runs_of):
    first = HParamsPluginData()
    first.experiment.name, first.experiment.description = "E", "all of it"
    first.experiment.hparam_infos.add(name="lr", type=3, display_name="rate").domain_interval.max_value = 1.0
    metric = first.experiment.metric_infos.add(display_name="Accuracy", dataset_type=2)
    metric.name.tag, metric.name.group = "acc", "validation"
    second = HParamsPluginData()
    second.experiment.hparam_infos.add(name="net", type=1).domain_discrete.values.add(string_value="cnn")
    second.experiment.hparam_infos.add(name="lr", display_name="another")
    second.experiment.metric_infos.add().name.tag = "loss"
    accuracy = Summary.Value(tag="acc", simple_value=0.5)
    log = runs_of(
        root=[as_value(EXPERIMENT, first)],
        s=[as_value(EXPERIMENT, second), a_start(lr=1, new=2)],
        s__validation=[accuracy],
    )
    assert (log.runs["."].hparams.name, log.runs["."].hparams.is_session) == ("E", False)
    experiment = log.hparams
    infos = {info.name: info for info in experiment.hparams}
    assert set(infos) == {"lr", "net", "new"}
    assert (infos["lr"].display_name, infos["lr"].domain) == ("rate", Interval(0, 1))
    assert infos["net"].domain == ("cnn",)
    assert [(m.tag, m.group, m.display_name, m.dataset) for m in experiment.metrics] == [
        ("acc", "validation", "Accuracy", "validation"),
        ("loss", "", "loss", ""),
    ]
    assert [value.value for value in experiment.values["s"].values()] == [0.5]


def test_what_cannot_be_read_is_said(runs_of):
    other = HParamsPluginData(version=3)
    log = runs_of(r=[as_value(SESSION_START, b"\xff"), as_value(SESSION_START, other), a_start(lr=1)])
    session = log.runs["r"].hparams
    assert session.values == {"lr": 1.0}
    assert ["version 3" in problem for problem in session.problems] == [False, True]
    assert log.runs["r"].hparams is session
    strange = HParamsPluginData()
    strange.session_end_info.status = 99
    deep = strange.session_start_info.hparams["deep"]
    deep.list_value.values.add().struct_value.fields["x"].null_value = 0
    assert runs_of(q=[as_value(SESSION_START, strange)]).runs["q"].hparams.values == {"deep": [{"x": None}]}


def a_layout(**categories):
    layout = Layout()
    for title, charts in categories.items():
        category = layout.category.add(title=title)
        for name, tags in charts:
            category.chart.add(title=name).multiline.tag.extend(tags)
    return layout


def as_layout(layout):
    value = Summary.Value(tag="custom_scalars__config__")
    value.metadata.plugin_data.plugin_name = "custom_scalars"
    value.tensor.dtype = 7
    value.tensor.string_val.append(layout if isinstance(layout, bytes) else layout.SerializeToString())
    return value


@pytest.mark.parametrize("library", ["torch", "tensorboardX"])
def test_the_layout_that_writers_log(tmp_path, library):
    if library == "torch":
        from torch.utils.tensorboard import SummaryWriter
    else:
        from tensorboardX import SummaryWriter
    with SummaryWriter(str(tmp_path)) as writer:
        writer.add_custom_scalars_multilinechart(["old"])
        charts = {"twse": ["Multiline", ["twse/0050", "twse/2330"]], "dow": ["Margin", ["dow/a", "dow/b", "dow/c"]]}
        writer.add_custom_scalars({"Taiwan": charts, "USA": {}})
    layout = LogDir(tmp_path).runs["."].custom_scalars
    lines, band = Chart("twse", ("twse/0050", "twse/2330")), Chart("dow", margins=(Margin("dow/a", "dow/b", "dow/c"),))
    assert layout.categories == (Category("Taiwan", (lines, band)), Category("USA"))


def test_the_layouts_of_all_runs_are_one(runs_of):
    one = a_layout(a=[("x", ["x"]), ("y", ["y"])])
    one.category[0].closed = True
    two = a_layout(b=[], a=[("x", ["x"]), ("x", ["other"])])
    log = runs_of(r2=[as_layout(two)], r1=[as_layout(one), as_layout(b"\xff")], r3=[])
    assert log.runs["r3"].custom_scalars is None
    [first, second] = log.custom_scalars.categories
    assert (first.title, first.is_closed, second) == ("a", True, Category("b"))
    assert [(chart.title, *chart.tags) for chart in first.charts] == [("x", "x"), ("y", "y"), ("x", "other")]
