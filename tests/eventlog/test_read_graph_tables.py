"""Graphs as tables, of whatever they were logged as: paths that can be nested, edges, shapes, measured times."""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cellboard.eventlog import GraphFileError, LogDir, SummaryError
from cellboard.eventlog.graph_messages import GraphDef, MetaGraphDef, RunMetadata
from cellboard.eventlog.graph_series import GraphSample
from cellboard.eventlog.graph_tables import is_empty, table_of
from cellboard.eventlog.graphs import run_table, table
from cellboard.eventlog.graphs.graph_def_table import graph_def_table
from cellboard.eventlog.graphs.graph_file import read_graph_file
from cellboard.eventlog.graphs.keras_table import keras_table
from cellboard.eventlog.graphs.table import GraphTable
from google.protobuf import text_format

HERE = Path(__file__).parent


def graph(*nodes: str) -> Any:
    """A GraphDef; a node is written ``name op input input``."""
    message = GraphDef()
    for node in nodes:
        name, op, *inputs = node.split()
        message.node.add(name=name, op=op, input=inputs)
    return message


def edges(found: GraphTable) -> set[tuple[str, str, int]]:
    of = zip(found.source, found.target, found.port, strict=True)
    return {(found.path[a], found.path[b], port) for a, b, port in of}


def sound(found: GraphTable) -> None:
    """What every table promises."""
    assert len(set(found.path)) == len(found.path)
    scopes = {path.rpartition("/")[0] for path in found.path}
    for scope in list(scopes):
        while scope:
            scope = scope.rpartition("/")[0]
            scopes.add(scope)
    assert not scopes & set(found.path)
    for path in found.path:
        parts = path.split("/")
        assert all(parts)
        assert len(parts) <= table.MAX_DEPTH
        assert len(path) <= 2 * table.MAX_NAME
    columns = (found.op, found.device, found.attributes, found.outputs, found.time, found.memory)
    assert {len(column) for column in columns} == {len(found.path)}
    assert all(0 <= at < len(found.path) for at in (*found.source, *found.target))


class TestGraphDef:
    def test_inputs_name_outputs_and_orders(self) -> None:
        found = graph_def_table(graph("a X", "b Y a a:1 ^a", "c/d Z b:0").SerializeToString())
        assert edges(found) == {("a", "b", 0), ("a", "b", 1), ("a", "b", -1), ("b", "c/d", 0)}
        assert found.notes == []

    def test_inputs_that_are_not_there_are_counted_but_for_the_modules_that_torch_leaves_out(self) -> None:
        nodes = graph("net/w prim::GetAttr net/self", "net/y aten::relu net/w gone other")
        found = graph_def_table(nodes.SerializeToString())
        assert edges(found) == {("net/w", "net/y", 0)}
        assert found.notes == ["2 inputs of operations name nodes that are not in the graph"]

    def test_an_operation_of_the_name_of_a_scope_is_put_into_it(self) -> None:
        found = graph_def_table(graph("a X", "a/b Y a", "a/(a) Z").SerializeToString())
        sound(found)
        assert found.path == ["a/(a)", "a/b", "a/(a) (2)"]
        assert edges(found) == {("a/(a)", "a/b", 0)}
        assert ("name as logged", "a") in found.attributes[0]

    def test_shapes_types_devices_and_attributes(self) -> None:
        message = graph("a X")
        node = message.node[0]
        node.device = "/device:GPU:0"
        node.attr["T"].type = 1
        node.attr["flag"].b = True
        node.attr["name"].s = b"\xff<b>"
        node.attr["many"].list.i.extend(range(1000))
        node.attr["value"].tensor.dtype = 3
        node.attr["value"].tensor.int_val.append(7)
        for sizes in ((32, -1), ()):
            node.attr["_output_shapes"].list.shape.add(dim=[{"size": size} for size in sizes])
        node.attr["_output_shapes"].list.shape.add(unknown_rank=True)
        found = graph_def_table(message.SerializeToString())
        assert found.device == ["/device:GPU:0"]
        assert found.outputs == [[("float32", (32, -1)), ("float32", ()), ("float32", None)]]
        told = dict(found.attributes[0])
        assert told["T"] == "float32"
        assert told["flag"] == "True"
        assert told["name"] == "\ufffd<b>"
        assert told["value"] == "int32 scalar: 7"
        assert told["many"].startswith("[0, 1, 2, ")
        assert told["many"].endswith("1,000 in all]")

    def test_the_bodies_of_functions_are_scopes(self) -> None:
        message = graph("x A", "call PartitionedCall x", "f B call")
        message.node[1].attr["f"].func.name = "f"
        function = message.library.function.add()
        function.signature.name = "f"
        function.signature.input_arg.add(name="x", type=1)
        function.node_def.add(name="inner", op="Mul", input=["x", "x"])
        function.node_def.add(name="last", op="Add", input=["inner:z:0", "^inner"])
        function.ret["out"] = "last:z:1"
        found = graph_def_table(message.SerializeToString())
        sound(found)
        assert found.functions == {"functions/f": "f"}
        assert found.calls == [(1, "functions/f")]
        room = "functions/f"
        assert edges(found) == {
            ("x", "call", 0),
            ("call", "f", 0),
            (f"{room}/x", f"{room}/inner", 0),
            (f"{room}/inner", f"{room}/last", 0),
            (f"{room}/inner", f"{room}/last", -1),
            (f"{room}/last", f"{room}/out (result)", 1),
        }
        assert ("signature", "(x) → ()") in found.scopes[room][1]

    def test_a_large_attribute_is_not_read(self) -> None:
        message = graph("a Const", "b X a")
        message.node[0].attr["value"].tensor.tensor_content = b"\0" * (1 << 20)
        message.node[0].attr["dtype"].type = 1
        found = graph_def_table(message.SerializeToString())
        assert dict(found.attributes[0]) == {"dtype": "float32"}
        assert found.notes == ["1 large attribute is not shown"]
        assert edges(found) == {("a", "b", 0)}


class TestRunMetadata:
    def test_what_was_measured_is_added_to_the_nodes(self) -> None:
        noted = RunMetadata()
        device = noted.step_stats.dev_stats.add(device="/device:CPU:0")
        device.node_stats.add(node_name="a/b", all_end_rel_micros=5).memory.add(total_bytes=100)
        device.node_stats.add(node_name="a", all_end_rel_nanos=2500)
        device.node_stats.add(node_name="gone", all_end_rel_micros=1)
        beside = GraphSample(0, 0, "graph_def", graph("a X", "a/b Y a", "c Z").SerializeToString())
        found = table_of(GraphSample(0, 0, "run_metadata", noted.SerializeToString()), beside)
        assert dict(zip(found.path, found.time, strict=True)) == {"a/(a)": 2.5, "a/b": 5, "c": None}
        assert dict(zip(found.path, found.memory, strict=True)) == {"a/(a)": None, "a/b": 100, "c": None}
        assert found.device == ["/device:CPU:0", "/device:CPU:0", ""]
        assert found.notes == ["1 operation that was measured is not in the graph"]

    def test_of_a_gpu_counts_what_ran_and_once(self) -> None:
        noted = RunMetadata()
        for name, took in (("/gpu:0", 2), ("/gpu:0/stream:all", 50), ("/gpu:0/stream:14", 50), ("/gpu:0/memcpy", 9)):
            noted.step_stats.dev_stats.add(device=name).node_stats.add(node_name="a", all_end_rel_micros=took)
        beside = GraphSample(0, 0, "graph_def", graph("a X").SerializeToString())
        found = table_of(GraphSample(0, 0, "run_metadata", noted.SerializeToString()), beside)
        assert found.time == [50]

    def test_its_own_graphs_come_first(self) -> None:
        noted = RunMetadata()
        noted.function_graphs.add().pre_optimization_graph.CopyFrom(graph("p X"))
        noted.partition_graphs.add().CopyFrom(graph("q X"))
        beside = GraphSample(0, 0, "graph_def", graph("r X").SerializeToString())
        assert table_of(GraphSample(0, 0, "run_metadata", noted.SerializeToString()), beside).path == ["p"]

    def test_what_torch_logs_beside_a_graph_is_empty(self) -> None:
        noted = RunMetadata()
        noted.step_stats.dev_stats.add(device="/device:CPU:0")
        assert is_empty(GraphSample(0, 0, "run_metadata", noted.SerializeToString()))
        noted.step_stats.dev_stats[0].node_stats.add(node_name="a")
        assert not is_empty(GraphSample(0, 0, "run_metadata", noted.SerializeToString()))


def layer(name: str, kind: str = "Dense", inbound: Any = None, **config: Any) -> dict[str, Any]:
    said = {"class_name": kind, "name": name, "config": {"name": name, **config}}
    return said if inbound is None else {**said, "inbound_nodes": inbound}


def tensor(name: str, shape: list[Any], port: int = 0) -> dict[str, Any]:
    config = {"shape": shape, "dtype": "float32", "keras_history": [name, 0, port]}
    return {"class_name": "__keras_tensor__", "config": config}


def functional(*layers: dict[str, Any], inputs: list[Any], outputs: list[Any], name: str = "m") -> dict[str, Any]:
    config = {"name": name, "layers": list(layers), "input_layers": inputs, "output_layers": outputs}
    return {"class_name": "Functional", "name": name, "config": config}


class TestKeras:
    def test_a_sequence_is_a_chain(self) -> None:
        layers = [layer("in", "InputLayer", batch_shape=[None, 8]), layer("a", units=4), layer("b", "ReLU")]
        found = keras_table({"class_name": "Sequential", "config": {"name": "s", "layers": layers}})
        assert edges(found) == {("in", "a", 0), ("a", "b", 0)}
        assert found.op == ["InputLayer", "Dense", "ReLU"]
        assert found.outputs[0] == [("", (-1, 8))]
        assert found.attributes[1] == [("units", "4")]

    def test_keras_2_names_inputs_in_lists(self) -> None:
        found = keras_table(
            functional(
                layer("x", "InputLayer", []),
                layer("y", "InputLayer", []),
                layer("sum", "Add", [[["x", 0, 0, {}], ["y", 0, 0, {}]]]),
                layer("att", "Attention", [["sum", 0, 0, {"value": ["x", 0, 0]}]]),
                inputs=[["x", 0, 0], ["y", 0, 0]],
                outputs=[["att", 0, 0]],
            )
        )
        assert edges(found) == {("x", "sum", 0), ("y", "sum", 0), ("sum", "att", 0), ("x", "att", 0)}

    def test_keras_3_has_tensors_with_their_history(self) -> None:
        call = {"args": [[tensor("x", [None, 4]), tensor("y", [None, 4], 1)]], "kwargs": {"mask": None}}
        found = keras_table(
            functional(
                layer("x", "InputLayer", []),
                layer("y", "InputLayer", []),
                layer("sum", "Add", [call]),
                inputs=[["x", 0, 0]],
                outputs=["sum", 0, 0],
            )
        )
        assert edges(found) == {("x", "sum", 0), ("y", "sum", 1)}
        assert found.outputs[0] == [("", (-1, 4))]

    def test_models_within_models_are_scopes_that_edges_go_through(self) -> None:
        inner = functional(
            layer("i", "InputLayer", []),
            layer("d", "Dense", [[["i", 0, 0, {}]]]),
            inputs=[["i", 0, 0]],
            outputs=[["d", 0, 0]],
            name="block",
        )
        sequence = {
            "class_name": "Sequential",
            "name": "seq",
            "config": {"name": "seq", "layers": [layer("p"), layer("q")]},
            "inbound_nodes": [[["block", 0, 0, {}]]],
        }
        found = keras_table(
            functional(
                layer("x", "InputLayer", []),
                {**inner, "inbound_nodes": [[["x", 0, 0, {}]]]},
                sequence,
                layer("out", "Dense", [[["seq", 0, 0, {}]]]),
                inputs=[["x", 0, 0]],
                outputs=[["out", 0, 0]],
            )
        )
        sound(found)
        assert edges(found) == {
            ("x", "block/i", 0),
            ("block/i", "block/d", 0),
            ("block/d", "seq/p", 0),
            ("seq/p", "seq/q", 0),
            ("seq/q", "out", 0),
        }
        assert found.scopes["block"][0] == "Functional"

    @pytest.mark.parametrize("model", [{}, {"config": None}, {"config": {"units": 3}}, {"class_name": "Mine"}])
    def test_what_says_nothing_of_layers_says_so(self, model: dict[str, Any]) -> None:
        with pytest.raises(SummaryError, match="Keras model"):
            keras_table(model)

    def test_odd_parts_are_passed_over(self) -> None:
        odd: list[Any] = [None, 3, {"config": 1, "class_name": []}, layer("a", inbound=[[[["a"]]], {"a": ["b", 1]}])]
        found = keras_table({"config": {"layers": odd}})
        sound(found)
        assert len(found.path) == 2


class TestFiles:
    def test_graph_defs_as_text_and_as_bytes(self) -> None:
        message = graph("a X", "b Y a")
        message.node[0].attr["value"].tensor.tensor_content = b'"}\n\0' * 100_000
        text = text_format.MessageToString(message).encode()
        for name, content in (("g.pbtxt", text), ("g.pb", message.SerializeToString())):
            assert edges(read_graph_file(name, content)) == {("a", "b", 0)}

    def test_what_else_ends_in_pb(self) -> None:
        meta = MetaGraphDef(graph_def=graph("a X", "b Y a"))
        octets = meta.SerializeToString()
        saved = b"\x08\x01\x12" + bytes([len(octets)]) + octets
        for content in (octets, saved):
            assert edges(read_graph_file("saved_model.pb", content)) == {("a", "b", 0)}

    def test_onnx_with_graphs_in_branches(self) -> None:
        found = read_graph_file("small.onnx", (HERE / "models/small.onnx").read_bytes())
        sound(found)
        assert found.form == "onnx"
        among = edges(found)
        assert ("conv.weight", "Conv", 0) in among
        assert ("Split", "Clip", 1) in among
        assert ("LeakyRelu", "If/then_branch/Abs", 0) in among
        assert ("If/then_branch/Abs", "If/(If)", 0) in among
        assert ("Add", "output/y", 0) in among
        told = dict(zip(found.path, found.attributes, strict=True))
        assert ("auto_pad", "SAME_UPPER") in told["Conv"]

    def test_keras_json_also_as_text_in_json(self) -> None:
        model = {"class_name": "Sequential", "config": {"layers": [layer("a"), layer("b")]}}
        for content in (json.dumps(model), json.dumps(json.dumps(model))):
            assert edges(read_graph_file("model.JSON", content.encode())) == {("a", "b", 0)}

    @pytest.mark.parametrize(
        ("name", "content", "why"),
        [
            ("a.txt", b"", "not a graph that is known"),
            ("a.pbtxt", b"", "holds no graph"),
            ("a.pbtxt", b"node {", "no GraphDef as text"),
            ("a.pbtxt", b"node { attr { value { func { " * 2000, "nested too deeply"),
            ("a.pbtxt", b"x" * ((8 << 20) + 1), "save it as .pb"),
            ("a.pb", b"", "holds no graph"),
            ("a.pb", b"\xff" * 100, "damaged"),
            ("a.onnx", b"", "no ONNX model"),
            ("a.onnx", b"\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "no ONNX model"),
            ("a.json", b"[" * 100_000, "no JSON"),
            ("a.json", b"[]", "no Keras model"),
            ("a.json", b"{}", "no Keras model"),
            ("b" * 9999 + ".onnx", b"", "no ONNX model"),
        ],
        ids=range(13),
    )
    def test_what_is_no_graph_says_why(self, name: str, content: bytes, why: str) -> None:
        with pytest.raises(GraphFileError, match=why) as error:
            read_graph_file(name, content)
        assert len(str(error.value)) < 1000

    @pytest.mark.parametrize(("depth", "padding"), [(10, 0), (10, 3000), (5000, 0)])
    def test_onnx_graphs_within_each_other(self, depth: int, padding: int) -> None:
        found = read_graph_file("deep.onnx", _nested(depth, padding))
        sound(found)
        assert 8 < len(found.path) <= 11

    def test_onnx_graphs_too_deep_within_each_other(self) -> None:
        with pytest.raises(GraphFileError, match="no ONNX model"):
            read_graph_file("deep.onnx", _nested(40, 0))


def _nested(depth: int, padding: int) -> bytes:
    """A model with a node with a graph in an attribute, and in that a node with ...; names of `padding` bytes."""
    content = b""
    for _ in range(depth):
        content = b"\x22\x02If" + _field(5, _field(6, _field(2, b"n" * padding) + _field(1, content)))
    return _field(7, _field(1, content))


def _field(number: int, content: bytes) -> bytes:
    size, octets = len(content), bytearray()
    while size > 0x7F:
        octets.append(size & 0x7F | 0x80)
        size >>= 7
    return bytes([number << 3 | 2, *octets, size]) + content


NAMES = ("a", "a/b", "//a", "/", "", "a//b/", "__proto__", "constructor", "é/\u202e", "x" * 5000, "d/" * 5000, "a/(a)")


class TestHostile:
    @pytest.mark.parametrize("seed", range(5))
    def test_any_names_make_a_sound_table(self, seed: int) -> None:
        chosen = random.Random(seed)
        message = GraphDef()
        for _ in range(60):
            inputs = [chosen.choice(NAMES) + chosen.choice(("", ":1", ":99999999", ":x")) for _ in range(3)]
            message.node.add(name=chosen.choice(NAMES), op="\0<script>", input=[*inputs, "^", "^a", ":"])
        found = graph_def_table(message.SerializeToString())
        sound(found)
        assert any("have a name that another has" in note for note in found.notes)
        assert any("not in the graph" in note for note in found.notes)

    def test_too_many_nodes_are_refused_quickly(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table, "MAX_NODES", 1000)
        with pytest.raises(SummaryError, match="more than 1,000 operations, too many to be drawn"):
            graph_def_table(b"\x0a\x00" * 5_000_000)

    def test_too_many_edges_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table, "MAX_EDGES", 100)
        with pytest.raises(SummaryError, match="more than 100 edges"):
            graph_def_table(graph(*(f"n{at} X a b c" for at in range(50))).SerializeToString())

    def test_attributes_are_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table, "MAX_ALL_TEXT", 5000)
        message = graph("a X", "b X")
        for at in range(1000):
            message.node[0].attr[f"k{at}"].s = b"v" * 3000
        message.node[1].attr["last"].s = b"v"
        found = graph_def_table(message.SerializeToString())
        assert sum(len(value) for of in found.attributes for _, value in of) <= 6000
        assert any("without all attributes" in note for note in found.notes)

    def test_attributes_within_attributes_end(self) -> None:
        content = b""
        for _ in range(300):  # AttrValue.func.attr.value ...
            content = _field(10, _field(2, b"\x0a\x01k" + _field(2, content)))
        with pytest.raises(SummaryError):
            graph_def_table(_field(1, b"\x0a\x01a" + _field(5, b"\x0a\x01k" + _field(2, content))))

    def test_two_functions_that_call_each_other(self) -> None:
        message = GraphDef()
        for name, other in (("f", "g"), ("g", "f"), ("f", "f"), ("a/b", "f"), ("", "g")):
            function = message.library.function.add()
            function.signature.name = name
            function.node_def.add(name="call", op=other)
        found = graph_def_table(message.SerializeToString())
        sound(found)
        assert len(found.functions) == 4
        assert len(found.calls) == 4

    def test_functions_without_operations_are_counted_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        message = GraphDef()
        for at in range(30_000):
            message.library.function.add().signature.name = f"{'f' * 300}{at}"
        assert len(graph_def_table(message.SerializeToString()).functions) == 30_000
        monkeypatch.setattr(table, "MAX_NODES", 1000)
        with pytest.raises(SummaryError, match="too many to be drawn"):
            graph_def_table(message.SerializeToString())

    def test_a_function_named_again_and_again_is_called_once(self) -> None:
        message = graph("a X")
        message.library.function.add().signature.name = "f"
        for _ in range(1000):
            message.node[0].attr["of"].list.func.add(name="f")
        assert graph_def_table(message.SerializeToString()).calls == [(0, "functions/f")]

    def test_shapes_are_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table, "MAX_SIZES", 1000)
        message = graph("a X", "b X", "c X")
        for node, count in zip(message.node, (600, 600, 300), strict=True):
            for _ in range(count):
                node.attr["_output_shapes"].list.shape.add()
        found = graph_def_table(message.SerializeToString())
        assert [len(outputs) for outputs in found.outputs] == [600, 0, 300]
        assert "1 operation is shown without the shapes of outputs: there are too many" in found.notes

    def test_statistics_are_counted_before_they_are_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(run_table, "_MOST_STATS", 1000)
        stats = _field(1, _field(1, b"\x0a\x01d" + _field(2, b"\x0a\x01a") * 1001))
        with pytest.raises(SummaryError, match="statistics of 1,001 runs of operations on one device"):
            run_table.run_table("run_metadata", stats)

    def test_long_names_of_scopes_are_not_kept_for_every_layer(self) -> None:
        inner = {"class_name": "Sequential", "config": {"name": "n" * 50_000, "layers": [layer("a"), layer("b")]}}
        for at in range(10):
            inner = {"class_name": "Sequential", "config": {"name": f"{at}" * 50_000, "layers": [inner]}}
        found = keras_table({"class_name": "Sequential", "config": {"layers": [inner]}})
        sound(found)
        assert len(edges(found)) == 1
        assert max(map(len, found.logged)) <= 2 * table.MAX_NAME + 1

    def test_references_to_long_names_are_found(self) -> None:
        name = "n" * 5000
        model = functional(
            layer(name, "InputLayer", []), layer("b", "X", [[[name, 0, 0, {}]]]), inputs=[[name, 0, 0]], outputs=[]
        )
        assert len(edges(keras_table(model))) == 1

    def test_settings_of_any_depth(self) -> None:
        text = json.dumps({"config": {"layers": [{"config": {"name": "a", "deep": 0}}]}})
        for depth in range(900, 1000):
            # Python's reader of JSON may go deeper than its writer: what was read is drawn, whichever ends first.
            with contextlib.suppress(GraphFileError):
                sound(read_graph_file("m.json", text.replace("0", "[" * depth + "]" * depth).encode()))

    def test_shapes_of_any_size(self) -> None:
        message = graph("a X")
        shapes = message.node[0].attr["_output_shapes"].list.shape
        shapes.add(dim=[{"size": 2**62}] * 50)
        shapes.add(dim=[{"size": -5}])
        found = graph_def_table(message.SerializeToString())
        assert found.outputs[0][1] == ("", (-1,))
        assert table.elements(found.outputs[0][0][1]) is not None


@pytest.fixture(scope="module")
def logs() -> Iterator[LogDir]:
    with LogDir(HERE / "logs") as opened:
        yield opened


def test_graphs_of_real_logs(logs: LogDir) -> None:
    seen = {}
    for run in logs.runs.values():
        for tag, series in run.graphs.items():
            sample = series[-1]
            assert series.form == sample.form
            found = table_of(sample)
            sound(found)
            seen[run.name, tag] = found
    assert len(seen["tensorflow_1", "__run_graph__"].path) == len(seen["tensorflow_1", "__meta_graph__"].path) == 36
    assert edges(seen["keras_3/train", "keras"]) == {("input_layer", "hidden", 0), ("hidden", "out", 0)}
    assert edges(seen["keras_2/train", "keras"]) == {("input_1", "hidden", 0), ("hidden", "out", 0)}
    assert ("x", "mul/(mul)", 0) in edges(seen["tensorflow_2/all", "double"])
    run = logs.runs["tensorflow_1"]
    measured = table_of(run.graphs["step 3"][-1], run.graphs["__run_graph__"][-1])
    known = [time for time in measured.time if time is not None]
    assert len(measured.path) == 36
    assert known
    assert min(known) >= 0
