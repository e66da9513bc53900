"""OpenVINO files: the edges that tensorboardX draws of one, and files that are none."""

from __future__ import annotations

import contextlib
import tracemalloc
from pathlib import Path

import pytest
from cellboard.eventlog import GraphFileError, SummaryWriter
from cellboard.eventlog.graph_messages import GraphDef
from cellboard.eventlog.graphs.openvino_graph import openvino_graph
from hypothesis import given
from hypothesis import strategies as st

MODEL = Path(__file__).parent / "models" / "small.xml"

LAYER = '<layer id="{0}" name="{1}" type="Op"><output><port id="1"><dim>{2}</dim></port></output></layer>'


def net(layers: str, edges: str = "") -> str:
    return f"<net><layers>{layers}</layers><edges>{edges}</edges></net>"


def edge(source: object, source_port: object, target: object, target_port: object) -> str:
    return f'<edge from-layer="{source}" from-port="{source_port}" to-layer="{target}" to-port="{target_port}"/>'


@pytest.fixture
def drawn(tmp_path):
    def read(content: str | bytes) -> dict[str, object]:
        path = tmp_path / "made.xml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return {node.name: node for node in openvino_graph(path).node}

    return read


def sizes(node) -> list[list[int]]:
    return [[dim.size for dim in shape.dim] for shape in node.attr["_output_shapes"].list.shape]


def test_edges_are_those_of_tensorboardx() -> None:
    theirs = GraphDef.FromString(MODEL.with_suffix(".xml.tensorboardx").read_bytes()).node
    wanted = sorted((node.input[0].lstrip("/"), node.name.lstrip("/")) for node in theirs)
    ours = openvino_graph(MODEL).node
    assert sorted((source.partition(":")[0], node.name) for node in ours for source in node.input) == wanted
    assert len(wanted) == 13


def test_tensorboard_reads_it(tmp_path, accumulated) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_openvino_graph(MODEL)
    nodes = {node.name: node for node in accumulated(tmp_path).Graph().node}
    assert len(nodes) == 13
    assert nodes["conv/Conv_output_0/WithoutBiases"].op == "Convolution"
    assert list(nodes["conv/Conv_output_0/WithoutBiases"].input) == ["x", "conv.weight"]
    assert list(nodes["clipped"].input) == ["b:1"]
    assert sizes(nodes["b"]) == [[-1, 2, 8, 8], [-1, 2, 8, 8]]
    assert nodes["b"].attr["parameters"].s == b"num_splits = 2"
    assert nodes["y/sink_port_0"].op == "Result"


def test_inputs_come_in_the_order_of_their_ports(drawn) -> None:
    layers = "".join(LAYER.format(number, f"n{number}", 1) for number in range(12))
    edges = "".join(edge(number, 1, 11, port) for number, port in ((0, 10), (1, 9), (2, 0), (99, 3)))
    assert list(drawn(net(layers, edges))["n11"].input) == ["n2", "n1", "n0"]


def test_names_are_given_once_and_missing_ones_made(drawn) -> None:
    layers = LAYER.format(0, "/a", 1) + LAYER.format(1, "a", 2) + '<layer id="2"/>'
    nodes = drawn(net(layers, edge(0, 1, 2, 0) + edge(1, 1, 2, 1)))
    assert list(nodes) == ["a", "a_1", "layer_2"]
    assert list(nodes["layer_2"].input) == ["a", "a_1"]
    assert nodes["layer_2"].op == "op"


def test_networks_inside_layers_are_not_of_this_graph(drawn) -> None:
    inner = net(LAYER.format(0, "inner", 1)).replace("net>", "body>")
    nodes = drawn(net(f'<layer id="0" name="If" type="If">{inner}</layer>'))
    assert list(nodes) == ["If"]


def test_long_settings_are_cut(drawn) -> None:
    nodes = drawn(net(f'<layer id="0" name="a" type="Op"><data x="{"1" * 5000}" y="ü"/></layer>'))
    assert nodes["a"].attr["parameters"].s.decode() == f"x = {'1' * 1000}…, y = ü"


BOMB = "".join(
    ["<!DOCTYPE net [", '<!ENTITY e0 "ha">']
    + [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    + ["]>", net('<layer id="0" name="&e11;" type="Op"/>')]
)
OUTSIDE = '<!DOCTYPE net [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + net('<layer id="0" name="&e;" type="Op"/>')


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no element found"),
        ("{}", "not well-formed"),
        ("<html><layers/></html>", "its root is 'html', not 'net'"),
        ("<net/>", "it has no layers"),
        (net(""), "it has no layers"),
        (net("<layer name='a'/>"), "an element 'layer' has no 'id'"),
        (net(LAYER.format(0, "a", 1), "<edge from-layer='0'/>"), "an element 'edge' has no 'to-layer'"),
        (net(LAYER.format(0, "a", "many")), "a size of 'many'"),
        (net(LAYER.format(0, "a", "9" * 5000)), "a size of '999"),
        (net(LAYER.format(0, "a", "--1")), "a size of '--1'"),
        (net(LAYER.format(0, "a", 1))[:-4], "unclosed token|no element found"),
        ("<net>" + "<a>" * 100_000, "nested too deeply"),
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (b"\xff\xfe\x00", "not well-formed|unclosed|no element|invalid"),
        ('<?xml version="1.0" encoding="cp037"?><net/>', "unknown encoding"),
        ('<?xml version="1.0" encoding="no-such"?><net/>', "unknown encoding"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_openvino_model_is_said_to_be_none(tmp_path, content, message) -> None:
    path = tmp_path / "other.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    tracemalloc.start()
    with (
        SummaryWriter(tmp_path) as writer,
        pytest.raises(GraphFileError, match=rf"(?s)other\.xml: no Open.*({message})"),
    ):
        writer.add_openvino_graph(path)
    assert tracemalloc.get_traced_memory()[1] < 20 << 20
    tracemalloc.stop()


def test_a_missing_file_is_missing(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(FileNotFoundError):
        writer.add_openvino_graph(tmp_path / "none.xml")


@given(st.integers(0, MODEL.stat().st_size - 1), st.integers(0, 255))
def test_one_changed_byte_is_read_or_refused(tmp_path_factory, place: int, byte: int) -> None:
    content = bytearray(MODEL.read_bytes())
    content[place] = byte
    path = tmp_path_factory.getbasetemp() / "changed.xml"
    path.write_bytes(content)
    with contextlib.suppress(GraphFileError):
        openvino_graph(path)
