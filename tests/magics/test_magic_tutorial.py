"""The cells of a PyTorch tutorial on TensorBoard with only the imports swapped, and digits for its data set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from cellboard import LogDir
from cellboard.magics.display import MIME_TYPE

pytest.importorskip("torch", reason="the tutorial trains with torch")
pytest.importorskip("matplotlib", reason="the tutorial draws with matplotlib")
pytest.importorskip("sklearn", reason="scikit-learn's digits stand in for the tutorial's data set")

NOTEBOOK = ["%load_ext cellboard", "from cellboard import notebook\nnotebook.list()"]

START = 'notebook.start("--logdir ./data/tensorboard")'

SCALARS = """
import numpy as np
import torch
from cellboard import SummaryWriter

# f(x) = a*x**2 + b*x + the minimum value of c
x = torch.tensor(0.0,requires_grad = True) # x needs to be differentiated
a = torch.tensor(1.0)
b = torch.tensor(-2.0)
c = torch.tensor(1.0)

optimizer = torch.optim.SGD(params=[x],lr = 0.01)

def f(x):
    result = a*torch.pow(x,2) + b*x + c
    return(result)

writer = SummaryWriter('./data/tensorboard')
for i in range(500):
    optimizer.zero_grad()
    y = f(x)
    y.backward()
    optimizer.step()
    writer.add_scalar("x",x.item(),i) #Record the value of x in the step i in the log
    writer.add_scalar("y",y.item(),i) #Record the value of y in the step i in the log

writer.close()
"""

HISTOGRAMS = """
# Create a normal distribution tensor simulation parameter matrix
def norm(mean,std):
    t = std*torch.randn((100,20))+mean
    return t

writer = SummaryWriter('./data/tensorboard')
for step,mean in enumerate(range(-10,10,1)):
    w = norm(mean,1)
    writer.add_histogram("w",w, step)
    writer.flush()
writer.close()
"""

GRAPH = """
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(in_channels=3,out_channels=32,kernel_size = 3)
        self.pool = nn.MaxPool2d(kernel_size = 2,stride = 2)
        self.flatten = nn.Flatten()
        self.linear1 = nn.Linear(7200,1)

    def forward(self,x):
        return self.linear1(self.flatten(self.pool(self.conv1(x))))

net = Net()
writer = SummaryWriter('./data/tensorboard')
writer.add_graph(net,input_to_model = torch.rand(1,3,32,32))
writer.close()
"""

DATA = """
from sklearn.datasets import load_digits
digits = load_digits()
images = torch.tensor(digits.images[:50] / 16, dtype=torch.float32)[:, None].expand(-1, 3, -1, -1)
labels = torch.tensor(digits.target[:50])
"""

IMAGES = """
# View only one picture
writer = SummaryWriter('./data/tensorboard')
writer.add_image('images[0]', images[0])
writer.close()

# Write multiple pictures directly
writer = SummaryWriter('./data/tensorboard')
writer.add_images("images",images,global_step = 0)
writer.close()
"""

FIGURE = """
%matplotlib inline
%config InlineBackend.figure_format ='svg'
from matplotlib import pyplot as plt

figure = plt.figure(figsize=(8,8))
for i in range(9):
    img,label = images[i], labels[i]
    img = img.permute(1,2,0)
    ax=plt.subplot(3,3,i+1)
    ax.imshow(img.numpy())
    ax.set_title("label = %d"%label.item())
    ax.set_xticks([])
    ax.set_yticks([])
plt.show()
"""

ADD_FIGURE = """
writer = SummaryWriter('./data/tensorboard')
writer.add_figure('figure',figure,global_step=0)
writer.close()
"""


def test_the_tutorial_runs(kernel: Callable[[Sequence[str]], Any], tmp_path: Path) -> None:
    inline = [f"%board {kind} --logdir ./data/tensorboard" for kind in ("scalars", "images", "histograms")]
    cells = [
        *NOTEBOOK,
        START,
        SCALARS,
        GRAPH,
        HISTOGRAMS,
        DATA,
        IMAGES,
        FIGURE,
        ADD_FIGURE,
        START,
        *inline,
        "notebook.stop('all')",
    ]
    done = kernel(cells)
    errors = [output for cell in done.cells for output in cell.outputs if output["output_type"] == "error"]
    assert not errors
    assert "No viewers are running" in done.cells[1].outputs[0]["text"]
    shown = [
        [output for output in done.cells[index].outputs if MIME_TYPE in output.get("data", {})] for index in (2, 10)
    ]
    assert len(shown[0]) == len(shown[1]) == 1
    assert shown[0][0]["data"][MIME_TYPE]["id"] == shown[1][0]["data"][MIME_TYPE]["id"]
    with LogDir(tmp_path / "data" / "tensorboard") as log:
        (run,) = log.runs.values()
        assert len(run.scalars["x"]) == len(run.scalars["y"]) == 500
        assert run.scalars["x"].value[-1] == pytest.approx(1, abs=1e-3)
        assert [sample.total for sample in run.histograms["w"]] == [2000] * 20
        assert (run.images["images[0]"][0].width, run.images["images[0]"][0].height) == (8, 8)
        table = run.graphs["__run_graph__"][-1].table()
        assert {"Conv2d[conv1]", "Linear[linear1]"} <= {path.split("/")[1] for path in table.path if "/" in path}
        assert run.images["figure"][0].width == pytest.approx(800, abs=100)
    states = done.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    points = [
        state["state"]["x"]["shape"]
        for state in states
        if state["model_name"] == "LinesModel" and "x" in state["state"]
    ]
    assert points.count([500]) == 2
