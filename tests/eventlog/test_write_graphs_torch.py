"""Graphs of torch modules: torch's own writer and TensorBoard are the judges, and the model never notices."""

from __future__ import annotations

import collections
import contextlib
import random
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from cellboard.eventlog import SummaryWriter, TraceError
from cellboard.eventlog.messages import parse
from tensorboard.backend import process_graph
from tensorboard.compat.proto import graph_pb2
from torch import nn
from torch.nn import functional as F
from torch.utils.tensorboard import SummaryWriter as TorchWriter


@contextlib.contextmanager
def as_torch_is() -> Iterator[None]:
    """Let torch's writer and compiler warn, of themselves too. Ours are to be silent, or the test fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def scripted(module: nn.Module) -> nn.Module:
    with as_torch_is():
        return torch.jit.script(module)


class Net(nn.Module):
    """Of a tutorial on TensorBoard in torch."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels=3, out_channels=32, kernel_size=3)
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(in_channels=32, out_channels=64, kernel_size=5)
        self.dropout = nn.Dropout2d(p=0.1)
        self.adaptive_pool = nn.AdaptiveMaxPool2d((1, 1))
        self.flatten = nn.Flatten()
        self.linear1 = nn.Linear(64, 32)
        self.relu = nn.ReLU()
        self.linear2 = nn.Linear(32, 1)
        self.sigmoid = nn.Sigmoid()

    def forward(self, x):
        x = self.pool(self.conv1(x))
        x = self.pool(self.conv2(x))
        x = self.dropout(x)
        x = self.adaptive_pool(x)
        x = self.flatten(x)
        x = self.linear1(x)
        x = self.relu(x)
        x = self.linear2(x)
        y = self.sigmoid(x)
        return y


class LeNet(nn.Module):
    """Of another one."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 4 * 4, 120)
        self.fc2 = nn.Linear(120, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(-1, 16 * 4 * 4)
        return self.fc2(F.relu(self.fc1(x)))


class VGG(nn.Module):
    """The layout of VGG-16, a sixteenth as wide."""

    def __init__(self) -> None:
        super().__init__()
        layers, channels = [], 3
        for width in (4, 4, "M", 8, 8, "M", 16, 16, 16, "M", 32, 32, 32, "M", 32, 32, 32, "M"):
            if width == "M":
                layers.append(nn.MaxPool2d(2, 2))
            else:
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(inplace=True)]
                channels = width
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        self.classifier = nn.Sequential(
            nn.Linear(32 * 49, 64), nn.ReLU(True), nn.Dropout(), nn.Linear(64, 64), nn.ReLU(True), nn.Linear(64, 10)
        )

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class Block(nn.Module):
    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(width, out, 3, padding=1, bias=False), nn.BatchNorm2d(out)
        self.relu = nn.ReLU(inplace=True)
        self.conv2, self.bn2 = nn.Conv2d(out, out, 3, padding=1, bias=False), nn.BatchNorm2d(out)
        self.downsample = nn.Sequential(nn.Conv2d(width, out, 1), nn.BatchNorm2d(out)) if out != width else None

    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += identity
        return self.relu(out)


class ResNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layer1 = nn.Sequential(Block(3, 4), Block(4, 4))
        self.layer2 = nn.ModuleList([Block(4, 8), Block(8, 8)])
        self.scale = nn.ParameterList([nn.Parameter(torch.ones(1))])
        self.register_buffer("offset", torch.zeros(8, 1, 1))
        self.fc = nn.Linear(8, 5)

    def forward(self, x):
        x = self.layer1(x)
        for block in self.layer2:
            x = block(x)
        return self.fc((x * self.scale[0] + self.offset).mean((2, 3)))


class Recurrent(nn.Module):
    """Returns a tensor and a tuple of tensors."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(10, 4)
        self.lstm = nn.LSTM(4, 8, num_layers=2, bidirectional=True, batch_first=True)
        self.fc = nn.Linear(16, 2)

    def forward(self, x):
        y, (h, c) = self.lstm(self.embedding(x))
        return self.fc(y[:, -1]), (h, c)


class Shared(nn.Module):
    """One layer under two names, a parameter of its own, and two inputs of which one is used twice."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.second = self.first
        self.weight = nn.Parameter(torch.ones(4))

    def forward(self, x, y):
        x = self.second(F.relu(self.first(x))) * self.weight
        return x + y * y


class Mapped(nn.Module):
    """Takes a dict and returns one."""

    def forward(self, batch):
        return {"sum": batch["x"] + batch["y"], "product": batch["x"] * batch["y"]}


class Scripted(nn.Module):
    """Holds a part that torch compiled, with a branch in it."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.clipped = scripted(clipped)
        self.inner = scripted(nn.Sequential(nn.Linear(4, 4), nn.Dropout()))

    def forward(self, x):
        return self.clipped(self.inner(self.fc(x)))


def clipped(x: torch.Tensor) -> torch.Tensor:
    if bool(x.sum() > 0):
        return x + 1
    return x * 2


def mlp() -> nn.Module:
    return nn.Sequential(
        collections.OrderedDict(fc=nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 8)), out=nn.Linear(8, 2))
    )


def transformer(*, batch_first: bool = False) -> nn.Module:
    layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=batch_first)
    return nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)


# A model, what it is called with, and whether it returns a tensor and takes only tensors.
MODELS = {
    "tutorial": (Net, lambda: torch.rand(1, 3, 32, 32), True),
    "lenet": (LeNet, lambda: torch.rand(4, 1, 28, 28), True),
    "mlp": (mlp, lambda: torch.rand(2, 6), True),
    "vgg": (VGG, lambda: (torch.rand(1, 3, 64, 64),), True),
    "resnet": (ResNet, lambda: torch.rand(2, 3, 8, 8), True),
    "lstm": (Recurrent, lambda: torch.randint(0, 10, (3, 5)), False),
    "shared": (Shared, lambda: (torch.rand(2, 4), torch.rand(4)), True),
    "list of inputs": (Shared, lambda: [torch.rand(2, 4), torch.rand(4)], True),
    "dicts": (Mapped, lambda: {"x": torch.rand(2), "y": torch.rand(2)}, False),
    "transformer": (transformer, lambda: torch.rand(3, 5, 8), True),
    "scripted part": (Scripted, lambda: torch.rand(3, 4), True),
    "passed through": (nn.Identity, lambda: torch.rand(3), True),
    "scalar": (lambda: nn.MSELoss(), lambda: (torch.rand(3), torch.rand(3)), True),
}


@pytest.fixture
def drawn(tmp_path, accumulated):
    """Return a function: the GraphDef of a model that TensorBoard reads from the log of a writer."""

    def read(model, *args, writer=SummaryWriter, **kwargs) -> graph_pb2.GraphDef:
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        with writer(str(folder)) as log, as_torch_is() if writer is TorchWriter else contextlib.nullcontext():
            log.add_graph(model, *args, **kwargs)
        return accumulated(folder).Graph()

    return read


def improved(graph: graph_pb2.GraphDef, *, only_tensors: bool) -> graph_pb2.GraphDef:
    """Return what torch's writer drew, without inputs that are no node, and without shapes of what is no tensor."""
    names = {node.name for node in graph.node}
    for node in graph.node:
        known = [name for name in node.input if name in names]
        del node.input[:]
        node.input.extend(known)
        if node.op == "IO Node" and not only_tensors and node.attr["_output_shapes"].list.shape[0].dim[0].size == 1:
            del node.attr["_output_shapes"]
    return graph


@pytest.mark.parametrize("name", MODELS)
def test_the_graph_is_that_of_torch(drawn, name) -> None:
    make, inputs, only_tensors = MODELS[name]
    model, arguments = make(), inputs()
    theirs = drawn(model, arguments, writer=TorchWriter, use_strict_trace=only_tensors)
    ours = drawn(model, arguments, use_strict_trace=only_tensors)
    wanted = {node.name: node for node in improved(theirs, only_tensors=only_tensors).node}
    assert list(wanted) == [node.name for node in ours.node]
    for node in ours.node:
        assert node == wanted[node.name]
    assert ours == theirs


@pytest.mark.parametrize("name", MODELS)
def test_every_node_is_there_once_and_every_input_is_one(drawn, name) -> None:
    make, inputs, only_tensors = MODELS[name]
    graph = drawn(make(), inputs(), use_strict_trace=only_tensors)
    names = [node.name for node in graph.node]
    assert len(set(names)) == len(names)
    assert {source for node in graph.node for source in node.input} <= set(names)
    process_graph.prepare_graph_for_ui(graph, limit_attr_size=1024)  # as the graph plugin does


def test_events_are_torchs(tmp_path, payloads) -> None:
    model, inputs = nn.Linear(3, 2), torch.rand(2, 3)
    with SummaryWriter(tmp_path / "ours") as writer:
        writer.add_graph(model, inputs)
    with TorchWriter(str(tmp_path / "torchs")) as writer, as_torch_is():
        writer.add_graph(model, inputs)
    ours, theirs = ([parse(event) for event in payloads(tmp_path / folder)] for folder in ("ours", "torchs"))
    assert [event.WhichOneof("what") for event in ours] == [event.WhichOneof("what") for event in theirs]
    assert [event.step for event in ours] == [0, 0, 0]
    assert ours[2].tagged_run_metadata == theirs[2].tagged_run_metadata
    assert ours[1].wall_time > 1.6e9


def test_a_model_that_runs_otherwise_without_gradients_is_drawn(drawn) -> None:
    model, inputs = transformer(batch_first=True), torch.rand(3, 5, 8)
    with pytest.raises(torch.jit.TracingCheckError):  # which runs the model again, without gradients
        drawn(model, inputs, writer=TorchWriter)
    ops = collections.Counter(node.op for node in drawn(model, inputs).node)
    assert ops["aten::scaled_dot_product_attention"] == 2
    assert ops["aten::layer_norm"] == 4


def test_an_output_is_drawn_whatever_the_program_calls_its_variables(drawn) -> None:
    class Renaming(nn.Module):
        def forward(self, x):
            output = x + 1
            output = output * 2
            output = torch.sigmoid(output)
            return output

    graph = drawn(Renaming(), torch.rand(2))
    (end,) = [node for node in graph.node if node.name.startswith("output/")]
    assert [node.op for node in graph.node if [node.name] == end.input] == ["aten::sigmoid"]


def test_a_dict_of_named_arguments_is_passed_by_name(drawn) -> None:
    class Attending(nn.Module):
        def forward(self, ids, other=None, mask=None):
            assert other is None
            return ids * mask

    graph = drawn(Attending(), {"mask": torch.rand(2), "ids": torch.rand(2)})
    nodes = {node.name: node for node in graph.node}
    (product,) = [node for node in graph.node if node.op == "aten::mul"]
    assert list(product.input) == ["input/ids", "input/mask"]
    assert list(nodes["output/output.1"].input) == [product.name]


def test_a_function_is_drawn(drawn) -> None:
    def double(x):
        return x * 2

    graph = drawn(double, torch.rand(2))
    assert {node.name.partition("/")[0] for node in graph.node} == {"input", "output", "double"}


def test_a_scripted_module_needs_no_input_and_stays_as_it_is(drawn) -> None:
    module = scripted(mlp())
    before = str(module.graph)
    graph = drawn(module)
    assert [node.op for node in graph.node].count("aten::linear") == 3
    assert "Sequential/Sequential[fc]/Linear[0]/weight" in {node.name.rpartition("/")[0] for node in graph.node}
    assert str(module.graph) == before


def test_a_module_that_torch_compiles_is_drawn_as_what_it_was(drawn) -> None:
    module, inputs = mlp(), torch.rand(2, 6)
    with as_torch_is():
        compiled = torch.compile(module)
    assert drawn(compiled, inputs) == drawn(module, inputs)


class Stateful(nn.Module):
    """Does everything to its state, its inputs and the random generators that a forward pass may do."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0
        self.bn, self.frozen = nn.BatchNorm1d(4), nn.BatchNorm1d(4).eval()
        self.register_buffer("counted", torch.zeros(3))
        self.register_buffer("replaced", torch.zeros(3))
        self.register_buffer("behind", torch.full((2,), float("nan")))
        self.register_buffer("late", None)
        self.register_buffer("grown", torch.zeros(1))
        self.register_buffer("sparse", torch.eye(3).to_sparse())
        self.register_buffer("meta", torch.zeros(2, device="meta"))

    def train(self, mode: bool = True):
        self.calls += 1
        return super().train(mode)

    def forward(self, x, fail: torch.Tensor | None = None):
        self.counted += 1
        self.replaced = self.replaced + 1
        self.behind.data.fill_(1)
        self.late = x
        self.grown.resize_(5).fill_(1)
        self.sparse.mul_(2)
        random.random()
        np.random.rand()
        x.relu_()
        if fail is not None:
            raise ValueError("on purpose")
        return self.frozen(self.bn(x)) + torch.rand(4)


@pytest.mark.parametrize("fails", [False, True])
def test_nothing_of_the_model_changes(drawn, fails) -> None:
    model, x = Stateful(), torch.randn(2, 4)
    kept, states = x.clone(), (torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist())
    content = {name: (id(value), value.clone()) for name, value in model.named_buffers()}
    modes = {name: module.training for name, module in model.named_modules()}
    if fails:
        with pytest.raises(TraceError, match=r"cannot trace Stateful: on purpose\. Check"):
            drawn(model, (x, x))
    else:
        graph = drawn(model, x)
        norms = [node for node in graph.node if node.op == "aten::batch_norm"]
        constants = {node.name: node.attr["attr"].s for node in graph.node}
        assert [constants[node.input[5]] for node in norms] == [b"{ value : 0}"] * 2  # not training
    assert modes == {name: module.training for name, module in model.named_modules()}
    assert modes["bn"]
    assert not modes["frozen"]
    assert model.calls == 0
    assert model.late is None
    assert content.keys() == dict(model.named_buffers()).keys()
    for name, value in model.named_buffers():
        assert id(value) == content[name][0]
        if not value.is_meta:
            torch.testing.assert_close(value, content[name][1], equal_nan=True)
    assert torch.equal(x, kept)
    assert torch.equal(torch.get_rng_state(), states[0])
    assert random.getstate() == states[1]
    assert np.random.get_state()[1].tolist() == states[2]
    assert all(parameter.grad is None for parameter in model.parameters())


def test_a_backward_pass_goes_on_after_it(drawn) -> None:
    model = ResNet()
    x = torch.rand(2, 3, 8, 8, requires_grad=True)
    loss = model(x).sum()
    drawn(model, x)
    loss.backward()
    assert x.grad is not None
    assert all(parameter.grad is not None for parameter in model.parameters())


def test_two_threads_draw_at_once(tmp_path, accumulated) -> None:
    def draw(number: int) -> None:
        with SummaryWriter(tmp_path / str(number)) as writer:
            writer.add_graph(ResNet(), torch.rand(2, 3, 8, 8))

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    graphs = [accumulated(tmp_path / str(number)).Graph() for number in range(3)]
    assert graphs[0] == graphs[1] == graphs[2]


class Branching(nn.Module):
    def forward(self, x):
        return x * 2 if x.sum() > 0 else x


def test_verbose_prints_the_trace_and_lets_torch_warn(drawn, capsys) -> None:
    drawn(Branching(), torch.rand(2))
    assert capsys.readouterr().out == ""
    with pytest.warns(torch.jit.TracerWarning):
        drawn(Branching(), torch.rand(2), verbose=True)
    assert "aten::mul" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("model", "inputs", "message"),
    [
        (
            nn.Sequential(mlp(), nn.Linear(7, 1)),
            torch.rand(2, 6),
            r"Sequential, in its part 1, a Linear: mat1 .* Check",
        ),
        (mlp(), (torch.rand(2, 6), torch.rand(1)), "positional argument"),
        (mlp(), "a picture", "only tensors are traced"),
        (Shared(), (torch.rand(2, 4), 3), "only tensors are traced"),
        (Mapped(), {"x": torch.rand(2), "y": torch.rand(2)}, "Give add_graph use_strict_trace=False"),
        (nn.Sequential(nn.LazyLinear(3)), torch.rand(2, 6), "LazyLinear .* Call the model once"),
        (nn.LazyBatchNorm1d(), torch.rand(2, 6), "Call the model once"),
    ],
)
def test_what_cannot_be_traced_is_named_and_nothing_logged(tmp_path, accumulated, model, inputs, message) -> None:
    with SummaryWriter(tmp_path) as writer:
        with pytest.raises(RuntimeError, match=message):
            writer.add_graph(model, inputs)
        writer.add_scalar("after", 1)
    assert model.training
    assert accumulated(tmp_path).Tags()["graph"] is False


def test_without_an_input_the_error_says_what_to_give(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(TypeError, match="give add_graph an input_to_model"):
        writer.add_graph(mlp())


def test_torch_told_not_to_trace(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("torch.jit._trace._enabled", False)
    with SummaryWriter(tmp_path) as writer, pytest.raises(TraceError, match="PYTORCH_JIT"):
        writer.add_graph(mlp(), torch.rand(2, 6))


@pytest.mark.parametrize("model", [3, None, "model", [nn.Linear(1, 1)]], ids=repr)
def test_what_is_no_model_is_refused(tmp_path, model) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(TypeError, match="add_graph takes a torch module"):
        writer.add_graph(model, torch.rand(1))


def test_torch_is_not_imported_for_it(tmp_path) -> None:
    program = """
import sys
from cellboard import SummaryWriter
with SummaryWriter(sys.argv[1]) as writer:
    try:
        writer.add_graph(len, 3)
    except TypeError:
        print("refused", "torch" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "refused False\n"


class TestTutorials:
    """The calls as tutorials make them."""

    def test_an_input_by_keyword(self, drawn) -> None:
        graph = drawn(Net(), input_to_model=torch.rand(1, 3, 32, 32))
        layers = {node.name.split("/")[1] for node in graph.node}
        assert {"x", "output.1", "Conv2d[conv1]", "MaxPool2d[pool]", "Linear[linear2]", "Sigmoid[sigmoid]"} <= layers

    def test_a_large_picture(self, drawn) -> None:
        (node,) = [node for node in drawn(Net(), torch.rand(1, 3, 224, 224)).node if node.name == "input/x"]
        assert [dim.size for dim in node.attr["_output_shapes"].list.shape[0].dim] == [1, 3, 224, 224]

    def test_a_tuple_of_one(self, tmp_path, accumulated) -> None:
        vgg16, vgg16_input = VGG(), torch.rand(1, 3, 224, 224)
        with SummaryWriter(log_dir=tmp_path / "logs", comment="vgg16") as writer:
            writer.add_graph(vgg16, (vgg16_input,))
        ops = [node.op for node in accumulated(tmp_path / "logs").Graph().node]
        assert ops.count("aten::_convolution") == 13
        assert ops.count("aten::linear") == 3

    def test_every_argument_by_keyword(self, drawn) -> None:
        graph = drawn(mlp(), input_to_model=torch.randn(1, 6), verbose=False, use_strict_trace=True)
        assert "Sequential/Sequential[fc]/Linear[0]" in {node.name.rpartition("/")[0] for node in graph.node}
