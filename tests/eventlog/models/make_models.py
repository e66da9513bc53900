"""Makes the files of this folder: a model in ONNX's and OpenVINO's formats, and what tensorboardX draws of each.

Run where onnx, openvino and tensorboardX are installed; the files here are by onnx 1.23.2, openvino 2026.4.1 and
tensorboardX 2.6.5::

    python make_models.py

The operations are chosen for what a reader may stumble over: weights, a constant in an attribute, a second output that
is used, an argument left out, a branch with graphs of its own, a size and a shape that are not known.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import openvino
from onnx import TensorProto, helper, numpy_helper
from tensorboardX.onnx_graph import load_onnx_graph
from tensorboardX.openvino_graph import load_openvino_graph

HERE = Path(__file__).parent


def branch(name: str, op: str) -> onnx.GraphProto:
    value = f"{name}_out"
    node = helper.make_node(op, ["leaky"], [value])
    return helper.make_graph([node], name, [], [helper.make_tensor_value_info(value, TensorProto.FLOAT, None)])


def weights() -> list[onnx.TensorProto]:
    return [
        numpy_helper.from_array(np.arange(108, dtype=np.float32).reshape(4, 3, 3, 3), "conv.weight"),
        numpy_helper.from_array(np.ones(4, np.float32), "conv.bias"),
        numpy_helper.from_array(np.array(3, np.float32), "max"),
    ]


def model() -> onnx.ModelProto:
    picture = ["batch", 3, 8, 8]
    nodes = [
        helper.make_node(
            "Conv",
            ["x", "conv.weight", "conv.bias"],
            ["/conv/Conv_output_0"],
            kernel_shape=[3, 3],
            auto_pad="SAME_UPPER",
        ),
        helper.make_node("Relu", ["/conv/Conv_output_0"], ["/relu/Relu_output_0"], name="/relu/Relu"),
        helper.make_node("LeakyRelu", ["/relu/Relu_output_0"], ["leaky"], alpha=0.25),
        helper.make_node("Split", ["leaky"], ["a", "b"], axis=1, num_outputs=2),
        helper.make_node("Clip", ["b", "", "max"], ["clipped"]),
        helper.make_node("Add", ["a", "clipped"], ["y"]),
        helper.make_node("Constant", [], ["two"], value=numpy_helper.from_array(np.array([2, 2], np.int64), "v")),
        helper.make_node("Cast", ["flag"], ["chosen"], to=TensorProto.BOOL),
        helper.make_node(
            "If", ["chosen"], ["branched"], then_branch=branch("then", "Abs"), else_branch=branch("else", "Neg")
        ),
        helper.make_node("Pow", ["branched", "two"], ["z"]),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, picture),
            helper.make_tensor_value_info("flag", TensorProto.UINT8, []),
        ],
        [
            helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 2, 8, 8]),
            helper.make_tensor_value_info("z", TensorProto.FLOAT, None),
        ],
        weights(),
        value_info=[
            helper.make_tensor_value_info("/relu/Relu_output_0", TensorProto.FLOAT, ["batch", 4, 8, 8]),
            helper.make_tensor_value_info("a", TensorProto.FLOAT, [1, 2, 8, 8]),
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])


def plain_model() -> onnx.ModelProto:
    """The part that OpenVINO's reader takes."""
    whole = model()
    del whole.graph.node[6:], whole.graph.output[1:], whole.graph.input[1:]
    return whole


if __name__ == "__main__":
    onnx.save(model(), HERE / "small.onnx")
    (HERE / "small.onnx.tensorboardx").write_bytes(load_onnx_graph(HERE / "small.onnx").SerializeToString())
    onnx.save(plain_model(), HERE / "plain.onnx")
    openvino.save_model(openvino.convert_model(HERE / "plain.onnx"), HERE / "small.xml", compress_to_fp16=False)
    graph = load_openvino_graph(HERE / "small.xml")
    (HERE / "small.xml.tensorboardx").write_bytes(graph.SerializeToString())
    for left_over in ("plain.onnx", "small.bin"):
        (HERE / left_over).unlink()
