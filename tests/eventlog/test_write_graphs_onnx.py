"""ONNX files: what tensorboardX draws of one, the weights that nobody reads, and files that are none."""

from __future__ import annotations

import contextlib
import io
import os
import tracemalloc
from pathlib import Path

import pytest
from cellboard.eventlog import GraphFileError, SummaryError, SummaryWriter
from cellboard.eventlog.graph_messages import GraphDef
from cellboard.eventlog.graphs import onnx_file, onnx_table, table
from cellboard.eventlog.graphs.onnx_graph import onnx_graph
from hypothesis import given
from hypothesis import strategies as st

MODEL = Path(__file__).parent / "models" / "small.onnx"


def of_tensorboardx() -> GraphDef:
    return GraphDef.FromString(MODEL.with_suffix(".onnx.tensorboardx").read_bytes())


def shapes(node) -> list[list[int] | None]:
    return [
        None if shape.unknown_rank else [dim.size for dim in shape.dim]
        for shape in node.attr["_output_shapes"].list.shape
    ]


@pytest.fixture(scope="module")
def nodes():
    return {node.name: node for node in onnx_graph(MODEL).node}


def test_tensorboard_reads_it(tmp_path, accumulated, payloads) -> None:
    from tensorboard.backend import process_graph

    with SummaryWriter(tmp_path) as writer:
        writer.add_onnx_graph(MODEL)
        writer.add_onnx_graph(str(MODEL))
    graph = accumulated(tmp_path).Graph()
    assert graph.SerializeToString(deterministic=True) == onnx_graph(MODEL).SerializeToString(deterministic=True)
    process_graph.prepare_graph_for_ui(graph, limit_attr_size=1024)
    assert len(payloads(tmp_path)) == 3


def test_operations_are_those_of_tensorboardx(nodes) -> None:
    theirs = [node for node in of_tensorboardx().node if node.op != "Variable"]
    assert len(theirs) == 10
    for node in theirs:
        ours = nodes[node.name.lstrip("/")]
        assert ours.op == node.op
        if node.op not in ("Constant", "If"):  # whose attributes hold tensors and graphs
            assert ours.attr["parameters"] == node.attr["parameters"]
        if node.op != "Clip":
            assert list(ours.input) == [name.lstrip("/") for name in node.input]


def test_inputs_are_those_of_tensorboardx_with_their_dtypes_and_sizes(nodes) -> None:
    x, flag = (next(node for node in of_tensorboardx().node if node.name == name) for name in ("x", "flag"))
    assert nodes["x"].op == x.op == "Variable"
    assert nodes["x"].attr["dtype"] == x.attr["dtype"]
    assert [dim.size for dim in x.attr["shape"].shape.dim] == [0, 3, 8, 8]
    assert [dim.size for dim in nodes["x"].attr["shape"].shape.dim] == [-1, 3, 8, 8]
    assert flag.attr["dtype"].type == 2  # ONNX's number of uint8, which is TensorFlow's of float64
    assert nodes["flag"].attr["dtype"].type == 4


def test_every_input_of_a_node_is_one(nodes) -> None:
    for node in nodes.values():
        for source in node.input:
            assert source.partition(":")[0] in nodes
    assert list(nodes["clipped"].input) == ["a:1", "max"]
    assert list(nodes["conv/Conv_output_0"].input) == ["x", "conv.weight", "conv.bias"]


def test_weights_and_outputs_are_nodes_and_edges_have_sizes(nodes) -> None:
    assert nodes["conv.weight"].op == "Const"
    assert shapes(nodes["conv.weight"]) == [[4, 3, 3, 3]]
    assert shapes(nodes["max"]) == [[]]
    assert shapes(nodes["relu/Relu_output_0"]) == [[-1, 4, 8, 8]]
    assert shapes(nodes["a"]) == [[1, 2, 8, 8], None]
    assert list(nodes["output/y"].input) == ["y"]
    assert shapes(nodes["output/y"]) == [[-1, 2, 8, 8]]
    assert shapes(nodes["output/z"]) == [None]
    assert "_output_shapes" not in nodes["leaky"].attr


def test_tensors_and_graphs_in_attributes_are_named_not_dumped(nodes) -> None:
    assert nodes["two"].attr["parameters"].s == b"value = int64[2] = 4"
    assert (
        nodes["branched"].attr["parameters"].s
        == b"else_branch = graph of 1 node = 5, then_branch = graph of 1 node = 5"
    )


def varint(value: int) -> bytes:
    return bytes([value & 0x7F | 0x80]) + varint(value >> 7) if value > 0x7F else bytes([value])


def field(number: int, content: bytes | str | int) -> bytes:
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    octets = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(octets)) + octets


def node(op: str, inputs: list[str], outputs: list[str], *attributes: bytes) -> bytes:
    named = b"".join([field(1, name) for name in inputs] + [field(2, name) for name in outputs])
    return field(1, named + field(4, op) + b"".join(field(5, attribute) for attribute in attributes))


def drawn(folder: Path, *parts: bytes) -> dict[str, object]:
    path = folder / "made.onnx"
    path.write_bytes(field(1, 8) + field(7, b"".join(parts)))
    return {node.name: node for node in onnx_graph(path).node}


def test_gigabytes_of_weights_are_passed_over(tmp_path) -> None:
    size = 3 << 30
    header = field(1, 3) + field(2, 1) + field(8, "huge") + varint(9 << 3 | 2) + varint(size)
    body = node("Relu", ["huge"], ["y"]) + varint(5 << 3 | 2) + varint(len(header) + size) + header
    path = tmp_path / "huge.onnx"
    path.write_bytes(varint(7 << 3 | 2) + varint(len(body) + size) + body)
    os.truncate(path, path.stat().st_size + size)  # a hole: the disk holds none of it
    tracemalloc.start()
    graph = onnx_graph(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(node.name, node.op, list(node.input)) for node in graph.node] == [
        ("huge", "Const", []),
        ("y", "Relu", ["huge"]),
    ]
    assert peak < 8 << 20


def test_a_tensor_in_an_attribute_is_passed_over_too(tmp_path) -> None:
    value = field(1, 5_000_000) + field(2, 3) + field(9, bytes(5_000_000))
    nodes = drawn(tmp_path, node("Constant", [], ["c"], field(1, "value") + field(5, value) + field(20, 4)))
    assert nodes["c"].attr["parameters"].s == b"value = int8[5000000] = 4"


def test_long_attributes_are_cut(tmp_path) -> None:
    many = varint(8 << 3 | 2) + varint(100_000) + bytes(100_000)
    too_many = varint(8 << 3 | 2) + varint(2_000_000) + bytes(2_000_000)
    texts = [
        drawn(tmp_path, node("Op", [], ["c"], field(1, "list") + packed + field(20, 7)))["c"].attr["parameters"].s
        for packed in (many, too_many)
    ]
    assert texts[0].startswith(b"list = [0, 0, 0")
    assert texts[0].endswith("… = 7".encode())
    assert len(texts[0]) < 1100
    assert texts[1] == b"list = 7"


def test_names_are_given_once(tmp_path) -> None:
    value = field(1, "same")
    nodes = drawn(
        tmp_path,
        *[field(11, value), field(12, value), field(5, field(8, "same")), field(11, field(1, "output/same"))],
        *[node("A", ["same"], ["/same"]), node("B", ["/same"], [""]), node("C", [], []), node("D", [], ["//", "x"])],
        node("E", ["x", "nowhere", "\ud800".encode("utf-8", "replace").decode()], ["e"]),
    )
    assert list(nodes) == ["same", "output/same", "same_1", "B", "C", "unnamed", "e", "output/same_1"]
    assert list(nodes["same_1"].input) == ["same"]
    assert list(nodes["B"].input) == ["same_1"]
    assert list(nodes["e"].input) == ["unnamed:1"]


def test_names_that_are_no_text_and_types_that_are_no_tensors(tmp_path) -> None:
    sequence = field(2, field(4, field(1, b"")))
    nodes = drawn(
        tmp_path, field(11, field(1, b"\xff\xfe") + sequence), field(1, field(2, b"\xff!") + field(4, b"\xfe"))
    )
    assert [(node.name, node.op) for node in nodes.values()] == [("\ufffd\ufffd", "Variable"), ("\ufffd!", "\ufffd")]
    assert shapes(nodes["\ufffd\ufffd"]) == [None]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<xml/>",
        b"\x08\x08",  # a version, no graph
        field(7, b""),
        field(7, b"\x0a\xff\xff\xff\xff\x7f"),
        field(7, node("A", [], ["y"]))[:-1],
        field(7, node("A", [], ["y"]) + b"\x0b"),
        field(7, b"\x0a" + b"\xff" * 11),
        field(7, field(1, b"\x0a\x05a")),
        b"\x00\x00",
        bytes(1000),
    ],
    ids=lambda content: repr(content)[:30],
)
def test_what_is_no_onnx_is_said_to_be_none(tmp_path, content) -> None:
    path = tmp_path / "other.onnx"
    path.write_bytes(content)
    with (
        SummaryWriter(tmp_path) as writer,
        pytest.raises(GraphFileError, match=r"other\.onnx: no ONNX model") as caught,
    ):
        writer.add_onnx_graph(path)
    assert isinstance(caught.value, ValueError)
    assert caught.value.path == str(path)


def test_a_missing_file_is_missing(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises(FileNotFoundError):
        writer.add_onnx_graph(tmp_path / "none.onnx")


def test_structure_without_end_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(onnx_file, "MAX_KEPT", 10_000)
    with pytest.raises(GraphFileError, match="larger than any model's"):
        drawn(tmp_path, *[node("A", ["x"] * 100, ["y"])] * 100)
    monkeypatch.setattr(onnx_file, "MAX_FIELDS", 100)
    with pytest.raises(GraphFileError, match="damaged or foreign"):
        drawn(tmp_path, *[node("A", ["x"], ["y"])] * 101)


def test_a_table_of_too_many_operations_is_refused_before_they_are_named(monkeypatch) -> None:
    monkeypatch.setattr(table, "MAX_NODES", 1000)
    monkeypatch.setattr(onnx_table.Names, "free", None)
    many = b"\x0a\x00" * 2000
    content = b"\x3a" + bytes([len(many) & 127 | 128, len(many) >> 7]) + many
    with pytest.raises(SummaryError, match="more than 1,000 operations"):
        onnx_table.onnx_table("m.onnx", io.BytesIO(content), len(content))


def test_many_equal_names_take_no_time_of_their_own(tmp_path) -> None:
    nodes = drawn(tmp_path, *[node("A", [], [f"{'/' * (number % 3)}a"]) for number in range(20_000)])
    assert len(nodes) == 20_000


@given(st.integers(0, MODEL.stat().st_size - 1), st.integers(0, 255))
def test_one_changed_byte_is_read_or_refused(tmp_path_factory, place: int, byte: int) -> None:
    content = bytearray(MODEL.read_bytes())
    content[place] = byte
    path = tmp_path_factory.getbasetemp() / "changed.onnx"
    path.write_bytes(content)
    with contextlib.suppress(GraphFileError):
        onnx_graph(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.onnx"
    path.write_bytes(field(7, content))
    with contextlib.suppress(GraphFileError):
        onnx_graph(path)
