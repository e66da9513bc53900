"""Graphs of models as the page draws them: what is read back is what stands on the canvas."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import torch
from cellboard import SummaryWriter
from cellboard.eventlog.file_writer import FileWriter
from cellboard.eventlog.graph_messages import GraphDef, RunMetadata
from torch import nn

MODELS = Path(__file__).parent.parent / "eventlog/models"
HOSTILE = [
    "<img src=x onerror=window.pwned=1>",
    '"><script>window.pwned=1</script>',
    "__proto__",
    "a" * 3000,
    "\u202egnp.exe/\u0000\u0007",
]
VGG16 = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]


class Net(nn.Module):
    """Of a tutorial on convolutional networks."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.pool, self.conv2 = nn.Conv2d(1, 6, 5), nn.MaxPool2d(2, 2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(256, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x.flatten(1))))))


class VGG(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inside = 3
        for width in VGG16:
            if width:
                layers += [nn.Conv2d(inside, width, 3, padding=1), nn.ReLU(inplace=True)]
                inside = width
            else:
                layers.append(nn.MaxPool2d(2, 2))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        widths = [(25088, 4096), (4096, 4096)]
        hidden = [layer for pair in widths for layer in (nn.Linear(*pair), nn.ReLU(True), nn.Dropout())]
        self.classifier = nn.Sequential(*hidden, nn.Linear(4096, 1000))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class Bottleneck(nn.Module):
    def __init__(self, inside: int, width: int, stride: int) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inside, width, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = nn.Conv2d(width, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width)
        self.relu, self.downsample = nn.ReLU(inplace=True), None
        if stride != 1 or inside != 4 * width:
            shortcut = nn.Conv2d(inside, 4 * width, 1, stride, bias=False)
            self.downsample = nn.Sequential(shortcut, nn.BatchNorm2d(4 * width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        kept = self.downsample(x) if self.downsample else x
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.relu(self.bn2(self.conv2(x)))
        return self.relu(self.bn3(self.conv3(x)) + kept)


class ResNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64)
        self.relu, self.maxpool = nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)
        inside = 64
        for stage, count in enumerate((3, 4, 6, 3)):
            blocks = []
            for block in range(count):
                blocks.append(Bottleneck(inside, 64 << stage, 2 if stage and not block else 1))
                inside = 256 << stage
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d((1, 1)), nn.Linear(inside, 1000)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


def without_training(kind: type[nn.Module]) -> nn.Module:
    """A network whose weights are whatever lay in memory: their values are not in its graph."""
    with torch.device("meta"):
        net = kind()
    return net.to_empty(device="cpu").eval()


def chain(names: list[str], op: str = "Relu", device: str = "") -> GraphDef:
    graph = GraphDef()
    for before, name in zip([None, *names], names, strict=False):
        graph.node.add(name=name, op=op, device=device, input=[before] if before else [])
    return graph


def timed() -> tuple[GraphDef, RunMetadata]:
    """Two scopes on two devices; the second takes four times as long."""
    graph, metadata = chain(["fast/a", "fast/b"], device="/CPU:0"), RunMetadata()
    graph.node.add(name="slow/c", op="MatMul", device="/GPU:0", input=["fast/b"])
    graph.node.add(name="slow/d", op="MatMul", device="/GPU:0", input=["slow/c", "^fast/a"])
    for device, names, micros in (("/CPU:0", ["fast/a", "fast/b"], 100), ("/GPU:0", ["slow/c", "slow/d"], 400)):
        stats = metadata.step_stats.dev_stats.add(device=device)
        for at, name in enumerate(names):
            stats.node_stats.add(node_name=name, all_start_micros=1000 * at, all_end_rel_micros=micros)
    return graph, metadata


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("graphs") / "runs"
    net, images = Net(), torch.zeros(4, 1, 28, 28)
    with SummaryWriter(root / "net") as writer:
        writer.add_graph(net, input_to_model=images)
    vgg16, x = without_training(VGG), torch.zeros(1, 3, 32, 32)
    with SummaryWriter(root / "vgg16") as writer:
        writer.add_graph(vgg16, (x,))
    with SummaryWriter(root / "resnet50") as writer:
        writer.add_graph(without_training(ResNet), (x,))
    big = [f"stage_{at // 1000}/part{at // 100}x/op{at}" for at in range(10_000)]
    for run, graph in (("big", chain(big)), ("hostile", chain(HOSTILE))):
        file = FileWriter(str(root / run))
        file.add_onnx_graph(graph)
        file.close()
    file = FileWriter(str(root / "timed"))
    file.add_graph(timed())
    file.close()
    file = FileWriter(str(root / "twice"))
    file.add_onnx_graph(chain(["before"]))
    file.add_onnx_graph(chain(["after"]))
    file.close()
    if data := os.environ.get("CELLBOARD_TEST_DATA"):
        shutil.copytree(Path(data) / "keras-mnist", root / "keras")
    return root


class Graph:
    """The page of graphs."""

    def __init__(self, view: Any) -> None:
        self.view, self.page = view, view.page

    def shown(self, until: Callable[[dict[str, Any]], Any] = bool) -> dict[str, Any]:
        """What is drawn, once it is and satisfies `until`; of very many boxes the first."""
        return self.view.wait(
            lambda: self.view.ask("graphs", 400),
            lambda said: said["phase"] == "open" and said["isSharp"] and until(said),
        )

    def box(self, path: str, until: Callable[[dict[str, Any]], Any] = bool) -> dict[str, Any]:
        """A box that is drawn, once it is and satisfies `until`."""
        found = self.shown(lambda said: any(box["path"] == path and until(box) for box in said["boxes"]))
        return next(box for box in found["boxes"] if box["path"] == path)

    def click(self, path: str, **options: Any) -> dict[str, Any]:
        """Click a box, on its head and beside the sign that opens it."""
        box = self.box(path)
        self.page.mouse.click(box["x"] + min(20, box["width"] / 3), box["y"] + min(9, box["height"] / 2), **options)
        return box

    def toggle(self, path: str) -> None:
        """Open or close a box by a double click."""
        box = self.box(path)
        self.page.mouse.dblclick(box["x"] + min(20, box["width"] / 3), box["y"] + min(9, box["height"] / 2))
        self.box(path, lambda now: now["isExpanded"] != box["isExpanded"])

    def menu(self, path: str, item: str) -> None:
        self.click(path, button="right")
        self.view.get(f"graph-do-{item}").click()


@pytest.fixture
def graph(viewer: Callable[[str], Any]) -> Callable[[str], Graph]:
    """Open the graph of a run, ``graph("net&graph-color=type")``."""
    return lambda state: Graph(viewer(f"#graphs&graph-run={state}"))


def paths(said: dict[str, Any]) -> list[str]:
    return [box["path"] for box in said["boxes"]]


def test_a_tutorials_network_is_drawn(graph: Callable[[str], Graph]) -> None:
    net = graph("net")
    said = net.shown()
    boxes = {box["path"]: box for box in said["boxes"]}
    assert boxes["Net"]["isExpanded"]
    names = {box["name"] for box in said["boxes"]}
    assert {"input", "output", "Conv2d[conv1]", "Conv2d[conv2]", "MaxPool2d[pool]"} <= names
    assert boxes["Net/Conv2d[conv1]"]["canExpand"]
    source = next(box for path, box in boxes.items() if path.startswith("input"))
    assert boxes["Net/Conv2d[conv1]"]["y"] > boxes["Net"]["y"] > source["y"]
    shapes = {edge["label"] for edge in said["edges"]}
    assert {"4×1×28×28", "4×6×24×24", "4×10"} <= shapes
    wide = max(said["edges"], key=lambda edge: edge["width"])
    assert wide["label"] == "4×6×24×24"
    for box in said["boxes"]:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1400
    assert (
        net.page.evaluate(
            """() => {
          const canvas = document.querySelector('[data-testid=graph] canvas');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          const colors = new Set();
          for (let i = 0; i < pixels.length; i += 4) colors.add(pixels.slice(i, i + 3).join());
          return colors.size;
        }"""
        )
        > 20
    )


def test_boxes_open_where_they_are_and_close_again(graph: Callable[[str], Graph]) -> None:
    net = graph("net")
    path = "Net/Conv2d[conv1]"
    before = net.box(path)
    net.page.mouse.dblclick(before["x"] + 20, before["y"] + 9)
    after = net.box(path, lambda box: box["isExpanded"])
    assert after["x"] + after["width"] / 2 == pytest.approx(before["x"] + before["width"] / 2, abs=1.5)
    assert after["y"] == pytest.approx(before["y"], abs=1.5)
    inside = [box for box in net.shown()["boxes"] if box["path"].startswith(f"{path}/")]
    assert inside
    assert {"weight", "bias"} <= {name for box in inside for name in box["attachments"]}
    net.view.wait(lambda: unquote(net.page.url), lambda url: f"graph-open={path}" in url)
    sign = net.box(path)
    net.page.mouse.click(sign["x"] + sign["width"] - 14 * net.shown()["camera"]["zoom"], sign["y"] + 12)
    assert not net.box(path, lambda box: not box["isExpanded"])["isExpanded"]


@pytest.mark.parametrize("run", ["vgg16", "resnet50"])
def test_well_known_networks_open_and_all_of_them_can_be_opened(graph: Callable[[str], Graph], run: str) -> None:
    net = graph(run)
    net.shown(lambda said: len(said["boxes"]) >= 10)
    net.view.get("graph-open-all").click()
    said = net.shown(lambda said: len(said["boxes"]) > 60)
    convolutions = [box for box in said["boxes"] if box["op"] == "aten::_convolution"]
    assert len(convolutions) == {"vgg16": 13, "resnet50": 53}[run]
    known = {box["path"] for box in said["boxes"]}
    assert all(edge["from"] in known and edge["to"] in known for edge in said["edges"])
    net.view.get("graph-fit").click()
    fitted = net.shown(lambda now: now["camera"]["zoom"] < said["camera"]["zoom"])
    first, last = fitted["boxes"][0], max(fitted["boxes"], key=lambda box: box["y"])
    assert first["y"] > 80
    assert last["y"] + last["height"] < 900
    net.view.get("graph-close-all").click()
    assert len(net.shown(lambda said: len(said["boxes"]) < 10)["boxes"]) < 10


def test_panning_and_zooming(graph: Callable[[str], Graph]) -> None:
    net = graph("resnet50")
    before = net.shown()["camera"]
    net.page.mouse.move(500, 700)
    net.page.mouse.down()
    net.page.mouse.move(560, 650, steps=4)
    net.page.mouse.up()
    moved = net.shown(lambda said: said["camera"]["x"] != before["x"])["camera"]
    assert (before["x"] - moved["x"]) * before["zoom"] == pytest.approx(60, abs=1)
    assert (before["y"] - moved["y"]) * before["zoom"] == pytest.approx(-50, abs=1)
    spot = net.box("ResNet/Conv2d[conv1]")
    at = (spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
    net.page.mouse.move(*at)
    net.shown(lambda said: said["pointed"] == spot["path"])
    net.page.mouse.wheel(0, -300)
    zoomed = net.shown(lambda said: said["camera"]["zoom"] > moved["zoom"] * 1.2)
    now = next(box for box in zoomed["boxes"] if box["path"] == spot["path"])
    assert now["x"] + now["width"] / 2 == pytest.approx(at[0], abs=1.5)
    assert now["y"] + now["height"] / 2 == pytest.approx(at[1], abs=1.5)
    corner = net.view.get("graph-map").locator("canvas").bounding_box()
    net.page.mouse.click(corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] - 2)
    last = net.shown(lambda said: said["camera"]["y"] > zoomed["camera"]["y"])["camera"]
    assert last["y"] > zoomed["camera"]["y"]
    net.view.get("graph-fit").click()
    net.shown(lambda said: said["camera"]["zoom"] < zoomed["camera"]["zoom"])


def test_a_node_says_what_it_is_and_leads_on(graph: Callable[[str], Graph]) -> None:
    net = graph("net&graph-open=Net&graph-open=Net/Conv2d[conv1]")
    said = net.shown()
    convolution = next(box for box in said["boxes"] if box["op"] == "aten::_convolution")
    net.click(convolution["path"])
    panel = net.view.get("graph-node")
    panel.locator("xpath=self::*[@aria-busy='false']").wait_for()
    text = panel.inner_text()
    assert "aten::_convolution" in text
    assert "4×6×24×24" in text
    assert panel.get_by_test_id("graph-attributes").inner_text().strip()
    source = panel.get_by_test_id("graph-inputs").locator("button", has_text=re.compile("input"))
    source.first.click()
    net.shown(lambda said: said["selected"] != convolution["path"])
    assert f"graph-node={net.shown()['selected']}" in net.view.wait(
        lambda: net.page.url, lambda url: "graph-node" in url
    )
    net.page.mouse.click(262, 100)
    net.shown(lambda said: said["selected"] == "")
    overview = net.view.get("graph-overview").inner_text()
    assert "aten::_convolution" in overview


def test_searching_goes_from_one_to_the_next(graph: Callable[[str], Graph]) -> None:
    net = graph("resnet50")
    net.shown()
    net.page.keyboard.press("/")
    net.page.keyboard.insert_text("downsample conv2d")
    found = net.shown(lambda said: said["found"] and said["found"]["total"])["found"]
    assert found["total"] == sum("downsample" in path for path in found["paths"])
    net.page.keyboard.press("Enter")
    first = net.shown(lambda said: said["selected"] == found["paths"][0])
    assert found["paths"][0] in paths(first)
    assert first["found"]["at"] == 0
    box = net.box(found["paths"][0])
    assert 250 < box["x"] < 1080
    assert 90 < box["y"] < 900
    net.page.keyboard.press("Enter")
    net.shown(lambda said: said["selected"] == found["paths"][1])
    assert net.view.get("graph-found-count").inner_text().startswith("2 of ")
    net.view.get("graph-regex").click()
    net.view.get("graph-search").fill(r"layer[24].*bn3\]$")
    found = net.shown(lambda said: (said["found"] or {}).get("total") == 4 + 3)["found"]
    assert all(path.endswith("bn3]") for path in found["paths"])
    net.view.get("graph-search").fill("((")
    assert net.view.wait(lambda: net.view.get("graph-search-error").inner_text())


def test_tracing_lets_the_rest_step_back(graph: Callable[[str], Graph]) -> None:
    net = graph("net")
    net.click("Net/Conv2d[conv1]")
    net.view.get("graph-trace").get_by_text("Trace inputs").click()
    said = net.shown(lambda said: said["traced"] is not None)
    lit = {box["path"] for box in said["boxes"] if not box["isDimmed"]}
    assert {"Net", "Net/Conv2d[conv1]"} <= lit
    assert any(path.startswith("input") for path in lit)
    assert "Net/Conv2d[conv2]" not in lit
    assert "graph-trace=inputs" in net.view.wait(lambda: net.page.url, lambda url: "graph-trace" in url)
    net.menu("Net/Conv2d[conv1]", "trace-outputs")
    said = net.shown(lambda said: said["traced"] and "Net/Conv2d[conv2]" in said["traced"])
    net.view.get("graph").press("Escape")
    assert not any(box["isDimmed"] for box in net.shown(lambda said: said["traced"] is None)["boxes"])


def test_colours_and_their_legend(graph: Callable[[str], Graph]) -> None:
    page = graph("timed&graph-form=run_metadata")
    said = page.shown(lambda said: said["mode"] == "structure")
    page.view.get("graph-color").select_option("time")
    said = page.shown(lambda said: said["mode"] == "time")
    fill = {box["path"]: box["fill"] for box in said["boxes"]}
    assert fill["fast"] != fill["slow"]
    assert "800 µs" in page.view.get("graph-legend").inner_text()
    assert page.view.get("graph-device").count() == 2
    page.page.locator('[data-testid=graph-device][data-device="/GPU:0"]').uncheck()
    page.box("slow", lambda box: box["fill"] not in fill.values())
    assert page.box("fast")["fill"] == fill["fast"]
    page.view.get("graph-color").select_option("device")
    said = page.shown(lambda said: said["mode"] == "device")
    assert "/GPU:0" in page.view.get("graph-legend").inner_text()
    page.click("slow")
    text = page.view.get("graph-node").inner_text
    assert "800 µs" in page.view.wait(text, lambda found: "µs" in found)
    page.view.get("graph-color").select_option("type")
    page.view.get("graph-open-all").click()
    said = page.shown(lambda said: said["mode"] == "type" and len(said["boxes"]) > 4)
    fill = {box["path"]: box["fill"] for box in said["boxes"] if box["op"]}
    assert fill["fast/a"] == fill["fast/b"] != fill["slow/c"] == fill["slow/d"]
    controls = [(edge["from"], edge["to"]) for edge in said["edges"] if edge["isControl"]]
    assert controls == [("fast/a", "slow/d")]
    page.view.get("graph-color").select_option("none")
    page.shown(lambda said: said["mode"] == "none")
    assert page.view.get("graph-legend").count() == 0


def test_keys_go_from_box_to_box(graph: Callable[[str], Graph]) -> None:
    net = graph("net&graph-color=none")
    net.shown()
    net.view.get("graph").focus()
    visited = []
    for _ in range(3):
        net.page.keyboard.press("ArrowDown")
        visited.append(net.shown(lambda said: said["selected"] not in ["", *visited])["selected"])
    assert visited[0].startswith("input")
    assert visited[1] == "Net/Conv2d[conv1]"
    net.page.keyboard.press("ArrowUp")
    net.shown(lambda said: said["selected"] == "Net/Conv2d[conv1]")
    words = net.view.get("graph-active").inner_text()
    assert words.startswith("Conv2d[conv1], scope of ")
    assert "closed" in words
    net.page.keyboard.press("Enter")
    net.box("Net/Conv2d[conv1]", lambda box: box["isExpanded"])
    net.page.keyboard.press("Tab")
    after = net.shown(lambda said: said["selected"] != "Net/Conv2d[conv1]")["selected"]
    assert after.startswith("Net/Conv2d[conv1]/")
    zoom = net.shown()["camera"]["zoom"]
    net.page.keyboard.press("+")
    nearer = net.shown(lambda said: said["camera"]["zoom"] > zoom)["camera"]["zoom"]
    net.page.keyboard.press("0")
    net.shown(lambda said: said["camera"]["zoom"] < nearer)
    net.page.keyboard.press("Escape")
    net.shown(lambda said: said["selected"] == "")


def test_nodes_move_out_of_the_graph_and_series_apart(graph: Callable[[str], Graph]) -> None:
    net = graph("net")
    net.menu("Net/MaxPool2d[pool]", "move-out")
    assert net.box("Net/MaxPool2d[pool]", lambda box: box["isExtracted"])
    net.menu("Net/MaxPool2d[pool]", "move-in")
    assert not net.box("Net/MaxPool2d[pool]", lambda box: not box["isExtracted"])["isExtracted"]
    series = next(box["path"] for box in net.shown()["boxes"] if box["kind"] == "series")
    net.menu(series, "ungroup")
    said = net.shown(lambda said: series not in paths(said))
    assert {f"Net/Linear[fc{number}]" for number in (1, 2, 3)} <= set(paths(said))
    net.menu("Net/Linear[fc2]", "group")
    net.shown(lambda said: series in paths(said))
    net.view.get("graph-way").click()
    right = net.shown(lambda said: said["scene"]["width"] > said["scene"]["height"])
    place = {box["path"]: box for box in right["boxes"]}
    assert place["Net/Conv2d[conv2]"]["x"] > place["Net/Conv2d[conv1]"]["x"]


def test_a_view_is_kept_in_its_address(graph: Callable[[str], Graph], viewer: Callable[[str], Any]) -> None:
    net = graph("resnet50&graph-color=type")
    net.toggle("ResNet/Sequential[layer2]")
    net.click("ResNet/Sequential[layer2]")
    net.view.get("graph-trace").get_by_text("Trace inputs").click()
    net.shown(lambda said: said["traced"])
    address = net.view.wait(lambda: net.page.url, lambda url: "graph-trace" in url and "layer2" in url)
    again = Graph(viewer("#" + address.split("#")[1]))
    said = again.shown(lambda said: said["traced"])
    assert said["selected"] == "ResNet/Sequential[layer2]"
    assert said["mode"] == "type"
    assert next(box for box in said["boxes"] if box["path"] == said["selected"])["isExpanded"]


def test_ten_thousand_nodes_open_and_the_page_stays_alive(graph: Callable[[str], Graph]) -> None:
    big = graph("big")
    said = big.shown()
    assert said["boxCount"] < 200
    big.page.evaluate(
        """() => {
          window.gaps = []; let last = performance.now();
          const tick = now => { window.gaps.push(now - last); last = now; requestAnimationFrame(tick); };
          requestAnimationFrame(tick);
        }"""
    )
    big.view.get("graph-open-all").click()
    said = big.shown(lambda said: said["boxCount"] > 1000)
    big.view.get("graph-fit").click()
    big.shown()
    # That it was drawn in pieces: no one of them took as long as all together.
    gaps = big.page.evaluate("window.gaps")
    assert len(gaps) > 10
    assert max(gaps) < sum(gaps) / 2


def test_hostile_names_are_only_names(graph: Callable[[str], Graph]) -> None:
    page = graph("hostile")
    said = page.shown(lambda said: said["boxes"])
    page.view.get("graph-open-all").click()
    page.view.get("graph-search").fill("img")
    page.view.get("graph-found-count").wait_for()
    page.page.keyboard.press("Enter")
    page.shown(lambda said: said["selected"])
    assert "onerror" in page.view.get("graph-node").inner_text()
    for box in page.shown()["boxes"]:
        assert box["width"] < 700 or box["isExpanded"]
    said = page.page.evaluate("({pwned: window.pwned === 1, images: document.querySelectorAll('main img').length})")
    assert said == {"pwned": False, "images": 0}
    page.view.assert_nothing_sticks_out()


def test_runs_forms_and_steps_are_chosen(viewer: Callable[[str], Any]) -> None:
    page = Graph(viewer("#graphs"))
    page.shown()
    page.view.get("graph-run").select_option("twice")
    page.shown(lambda said: paths(said) == ["after"])
    page.view.get("graph-step").select_option("0")
    page.shown(lambda said: paths(said) == ["before"])
    assert "graph-index=0" in page.view.wait(lambda: page.page.url, lambda url: "graph-index" in url)
    page.view.get("graph-run").select_option("net")
    page.shown(lambda said: "Net" in paths(said))


@pytest.mark.skipif("CELLBOARD_TEST_DATA" not in os.environ, reason="CELLBOARD_TEST_DATA is not set")
def test_the_graphs_of_keras(viewer: Callable[[str], Any]) -> None:
    page = Graph(viewer("#graphs&graph-run=keras/train&graph-form=keras_model"))
    page.shown()
    page.view.get("graph-run").select_option("keras/train")
    forms = page.view.get("graph-form").locator("option").all_inner_texts()
    assert len(forms) >= 2
    page.view.get("graph-form").select_option(label=next(form for form in forms if form.startswith("Conceptual")))
    said = page.shown(lambda said: said["form"] == "keras_model")
    assert {"Dense", "Dropout", "Flatten"} <= {box["op"] for box in said["boxes"]}
    page.view.get("graph-form").select_option(label=next(form for form in forms if form.startswith("Op")))
    said = page.shown(lambda said: said["form"] == "graph_def")
    page.view.get("graph-search").fill("MatMul")
    page.page.keyboard.press("Enter")
    page.shown(lambda said: "MatMul" in said["selected"])


def test_a_file_is_drawn_or_says_why_not(viewer: Callable[[str], Any], tmp_path: Path) -> None:
    page = Graph(viewer("#graphs"))
    page.shown()
    page.view.get("graph-file").set_input_files(MODELS / "small.onnx")
    said = page.shown(lambda said: said["form"] == "onnx")
    assert said["boxes"]
    assert page.view.get("graph-file-name").inner_text().strip() == "small.onnx"
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    page.view.get("graph-file").set_input_files(broken)
    page.view.get("graph-failed").wait_for()
    assert len(page.view.get("graph-failed").inner_text()) > 40
    text = tmp_path / "small.pbtxt"
    text.write_text('node { name: "a/x" op: "Placeholder" }\nnode { name: "a/y" op: "Relu" input: "a/x" }\n')
    page.page.evaluate(
        """([name, content]) => {
          const data = new DataTransfer();
          data.items.add(new File([content], name));
          const main = document.querySelector('main');
          main.dispatchEvent(new DragEvent('dragover', {dataTransfer: data, bubbles: true, cancelable: true}));
          main.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        [text.name, text.read_text()],
    )
    said = page.shown(lambda said: any(box["op"] == "Relu" or box["path"] == "a" for box in said["boxes"]))
    page.view.get("graph-file-close").click()
    page.shown(lambda said: said["form"] == "graph_def" and len(said["boxes"]) > 3)


def test_a_graph_that_fails_says_so_and_opens_again(viewer: Callable[[str], Any]) -> None:
    view = viewer("#scalars")
    view.page.route(re.compile("api/v1/graph[?]"), lambda route: route.fulfill(status=422, json={"error": "it is cut"}))
    view.open_tab("graphs")
    view.get("graph-failed").wait_for()
    assert "it is cut" in view.get("graph-failed").inner_text()
    view.page.unroute_all()
    view.get("graph-failed").get_by_text("Try again").click()
    Graph(view).shown(lambda said: said["boxes"])


def test_reading_can_be_cancelled(viewer: Callable[[str], Any]) -> None:
    view = viewer("#scalars")
    view.page.route(re.compile("api/v1/graph[?]"), lambda route: None)
    view.open_tab("graphs")
    view.get("graph-cancel").click()
    view.get("graph-stopped").wait_for()
    view.page.unroute_all(behavior="ignoreErrors")
    view.get("graph-stopped").get_by_role("button").click()
    Graph(view).shown(lambda said: said["boxes"])


def test_the_whole_graph_is_saved(graph: Callable[[str], Graph], tmp_path: Path) -> None:
    net = graph("vgg16")
    net.shown()
    net.view.get("graph-open-all").click()
    said = net.shown(lambda said: len(said["boxes"]) > 60)
    for kind in ("svg", "png"):
        net.view.get("graph-save").click()
        with net.page.expect_download() as download:
            net.view.get(f"graph-save-{kind}").click()
        assert download.value.suggested_filename == f"graph-vgg16-__run_graph__.{kind}"
        download.value.save_as(tmp_path / f"graph.{kind}")
    svg = (tmp_path / "graph.svg").read_text(encoding="utf-8")
    width, height = (float(value) for value in re.findall(r'(?:width|height)="([\d.]+)"', svg)[:2])
    assert (width, height) == (said["scene"]["width"] + 48, said["scene"]["height"] + 48)
    assert svg.count("aten::_convolution") == 13
    from PIL import Image

    with Image.open(tmp_path / "graph.png") as picture:
        assert picture.height <= 16_000
        assert picture.width / picture.height == pytest.approx(width / height, rel=0.02)
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20


def test_no_graph_says_what_to_do(open_viewer: Callable[..., Any], tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "run") as writer:
        writer.add_scalar("loss", 1.0, 0)
    view = open_viewer(tmp_path, "#graphs")
    view.get("no-tags").wait_for()
    assert "add_graph" in view.get("no-tags").inner_text()
    view.get("graph-file").last.set_input_files(MODELS / "small.onnx")
    assert Graph(view).shown(lambda said: said["form"] == "onnx")["boxes"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_of_graphs(graph: Callable[[str], Graph], screenshots: Path, theme: str) -> None:
    net = graph(f"net&theme={theme}&graph-node=Net/MaxPool2d[pool]")
    for panel, size in ((True, (1400, 900)), (True, (900, 700)), (False, (900, 700)), (False, (600, 480))):
        net.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        if net.view.get("graph-side").count() != panel:
            net.view.get("graph-panel-toggle").click()
        net.shown(lambda said: said["selected"] and said["view"]["width"] > 0)
        net.page.screenshot(path=screenshots / f"viewer-graphs-{theme}-{size[0]}{'' if panel else '-alone'}.png")
        net.view.assert_nothing_sticks_out()
        wide = net.page.evaluate(
            """() => [...document.querySelectorAll('.graph-toolbar, .graph-body, .graph-side, .graph-legend')]
              .filter(box => Math.max(box.getBoundingClientRect().right - innerWidth,
                                      box.scrollWidth - box.clientWidth) > 1)
              .map(box => box.className)"""
        )
        assert wide == []
