"""What the viewer answers about graphs: which there are, what they consist of; and graphs in files sent to it."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import torch
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog.graph_messages import GraphDef
from cellboard.eventlog.graph_tables import table_of
from torch import nn

MODELS = Path(__file__).parent.parent / "eventlog/models"


class Block(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(width, width, 3, padding=1), nn.BatchNorm2d(width)
        self.relu = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.relu(self.bn1(self.conv1(x)) + x)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("graphs")
    model = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), *(Block(8) for _ in range(3)))
    with SummaryWriter(root / "net") as writer, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        writer.add_graph(model, torch.rand(2, 3, 16, 16))
    with SummaryWriter(root / "odd") as writer:
        writer.add_onnx_graph(MODELS / "small.onnx")
        writer.add_scalar("loss", 1.0, 0)
    with SummaryWriter(root / "none") as writer:
        writer.add_scalar("loss", 1.0, 0)
    return root


def columns(said: Any) -> list[str]:
    scopes = [said["scopes"][at] for at in said["scope"]]
    return [f"{scope}/{name}" if scope else name for scope, name in zip(scopes, said["name"], strict=True)]


def test_graphs_are_listed_and_empty_profiles_are_not(viewer: Any, log: LogDir) -> None:
    said = viewer.get("api/v1/graphs").json()
    assert said["left_out"] == 0
    of = {(one["run"], one["tag"], one["form"]) for one in said["graphs"]}
    assert of == {("net", "__run_graph__", "graph_def"), ("odd", "__run_graph__", "graph_def")}
    (one,) = viewer.get("api/v1/graphs", run="net").json()["graphs"]
    series = log.runs["net"].graphs["__run_graph__"]
    assert (one["step"], one["wall_time"], one["first"]) == (series.step.tolist(), series.wall_time.tolist(), 0)
    assert viewer.get("api/v1/graphs", run="no").status == 404
    runs = viewer.get("api/v1/runs").json()
    graphs = {run["name"]: [runs["tags"]["graphs"][at] for at in run["graphs"]] for run in runs["runs"]}
    assert "__run_graph__" in graphs["net"]
    assert graphs["none"] == []


def test_a_graph_comes_as_columns(viewer: Any, log: LogDir) -> None:
    answer = viewer.get("api/v1/graph", run="net", tag="__run_graph__", index=-1)
    said, table = answer.json(), table_of(log.runs["net"].graphs["__run_graph__"][-1])
    assert columns(said) == table.path
    assert [said["ops"][at] for at in said["op"]] == table.op
    assert (said["edges"]["source"], said["edges"]["target"]) == (table.source, table.target)
    assert said["time"] == said["memory"] == []
    shapes = {said["shapes"][at] for at in said["edges"]["shape"]}
    assert {"2×3×16×16", "2×8×16×16"} <= shapes
    assert said["sizes"][said["shapes"].index("2×8×16×16")] == 2 * 8 * 16 * 16
    known = viewer.get(
        "api/v1/graph", headers={"If-None-Match": answer.headers["Etag"]}, run="net", tag="__run_graph__", index=-1
    )
    assert known.status == 304
    zipped = viewer.get("api/v1/graph", headers={"Accept-Encoding": "gzip"}, run="net", tag="__run_graph__")
    assert json.loads(gzip.decompress(zipped.body)) == said


def test_attributes_come_in_blocks(viewer: Any, log: LogDir) -> None:
    table = table_of(log.runs["net"].graphs["__run_graph__"][-1])
    found: list[Any] = []
    while len(found) < len(table.path):
        said = viewer.get(
            "api/v1/graph_attributes", run="net", tag="__run_graph__", index=0, first=len(found), count=7
        ).json()
        assert said["first"] == len(found)
        for told in said["nodes"]:
            names = [said["names"][at] for at in told[::2]]
            found.append(list(zip(names, [said["values"][at] for at in told[1::2]], strict=True)))
    assert found == table.attributes
    assert viewer.get("api/v1/graph_attributes", run="net", tag="__run_graph__", count=0).status == 400


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"run": "net", "tag": "__run_graph__", "index": 1}, 404),
        ({"run": "net", "tag": "__run_graph__", "index": -2}, 404),
        ({"run": "net", "tag": "x"}, 404),
        ({"run": "x", "tag": "__run_graph__"}, 404),
        ({"run": "net"}, 400),
        ({"run": "net", "tag": "__run_graph__", "index": "x"}, 400),
    ],
    ids=range(6),
)
def test_what_there_is_not(viewer: Any, query: dict[str, Any], status: int) -> None:
    answer = viewer.get("api/v1/graph", **query)
    assert answer.status == status
    assert answer.json()["error"]


def test_a_damaged_graph_says_why(start: Callable[..., Any], tmp_path: Path) -> None:
    from cellboard.eventlog.event_file_writer import EventFileWriter
    from cellboard.eventlog.messages import Event

    writer = EventFileWriter(tmp_path)
    writer.add_event(Event(graph_def=b"\xff\xff\xff", wall_time=1.0))
    writer.close()
    viewer = start(tmp_path)
    viewer.ready()
    answer = viewer.get("api/v1/graph", run=".", tag="__run_graph__")
    assert answer.status == 404
    assert answer.json()["error"] == "this graph cannot be drawn: no graph: damaged at byte 3"


@pytest.mark.skipif("CELLBOARD_TEST_DATA" not in os.environ, reason="CELLBOARD_TEST_DATA is not set")
def test_graphs_of_a_keras_run(start: Callable[..., Any]) -> None:
    viewer = start(Path(os.environ["CELLBOARD_TEST_DATA"]) / "keras-mnist")
    viewer.ready()
    forms = {one["form"]: one["tag"] for one in viewer.get("api/v1/graphs", run="train").json()["graphs"]}
    assert forms == {"graph_def": "__run_graph__", "keras_model": "keras"}
    said = viewer.get("api/v1/graph", run="train", tag="__run_graph__").json()
    assert len(said["functions"]) == 4
    assert {scope for _, scope in said["calls"]} == {scope for scope, _ in said["functions"]}
    layers = viewer.get("api/v1/graph", run="train", tag="keras").json()
    assert columns(layers) == ["flatten_input", "flatten", "dense", "dropout", "dense_1"]


def send(viewer: Any, name: str, content: bytes, **headers: str | None) -> tuple[int, Any]:
    """POST a file as the page does, with other headers where these are given."""
    parts = urlsplit(viewer.address)
    usual = {"Origin": f"http://{parts.netloc}", "Content-Type": "application/octet-stream"}
    sent = {**usual, **{key.replace("_", "-"): value for key, value in headers.items()}}
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        address = f"{parts.path}api/v1/graph_file?name={quote(name)}"
        connection.request("POST", address, content, {key: value for key, value in sent.items() if value is not None})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_a_file_that_is_sent_is_read(viewer: Any) -> None:
    status, said = send(viewer, "ünder <b>.onnx", (MODELS / "small.onnx").read_bytes())
    assert status == 200
    assert said["graph"]["form"] == "onnx"
    assert "If/then_branch/Abs" in columns(said["graph"])
    assert len(said["attributes"]["nodes"]) == len(said["graph"]["name"])
    message = GraphDef()
    message.node.add(name="a", op="Const").attr["value"].tensor.tensor_content = b"\0" * (3 << 20)
    message.node.add(name="b", op="X", input=["a"])
    status, said = send(viewer, "model.pb", message.SerializeToString())
    assert (status, columns(said["graph"])) == (200, ["a", "b"])


def test_a_file_that_is_no_graph_says_why(viewer: Any) -> None:
    for name, content, why in (
        ("x.onnx", b"", "x.onnx: no ONNX model"),
        ("x.pb", b"\xff" * 9, "damaged"),
        ("x.exe", b"", "not a graph that is known"),
    ):
        status, said = send(viewer, name, content)
        assert status == 400
        assert why in said["error"]


def test_only_the_viewers_own_page_may_send(viewer: Any) -> None:
    for headers in (
        {"Origin": None},
        {"Origin": "http://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
    ):
        assert send(viewer, "x.onnx", b"", **headers)[0] == 403
    for kind in ("text/plain", "application/json", None):
        status, said = send(viewer, "x.onnx", b"", Content_Type=kind)
        assert (status, said["error"]) == (400, "what is sent is not of the type that is taken")
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        answer = viewer.get("api/v1/graph_file", method=method, name="x.onnx")
        assert answer.status in (403, 405)
    answer = viewer.get("api/v1/graph_file", name="x.onnx")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    parts = urlsplit(viewer.address)
    too_much = send(viewer, "x.onnx", b"", Content_Length=str(1 << 40), Origin=f"http://{parts.netloc}")
    assert too_much[0] == 400
