"""Logging the graphs of models."""

from __future__ import annotations

import os
import sys
from typing import Any

from ..errors import BadTypeError
from ..messages import Event
from .base import WriterBase

__all__ = ["GraphMethods"]

_RUN_METADATA = "step1"  # the tag that torch's writer gives it


class GraphMethods(WriterBase):
    """`add_graph`, `add_onnx_graph`, `add_openvino_graph`."""

    def add_graph(
        self,
        model: Any,
        input_to_model: Any = None,
        verbose: bool = False,
        use_strict_trace: bool = True,
    ) -> None:
        """Log the graph of a model.

        A torch module is run once, in eval mode, while torch traces it. Its modes, buffers and gradients, the random
        generators and `input_to_model` stay as they are. A Keras model describes itself and is not run.

        Parameters
        ----------
        model
            A torch module, also a scripted one, or a function of tensors; or a Keras model.
        input_to_model
            What a torch module is called with: a tensor, a tuple or list of the arguments, or a dict. A dict whose
            keys are names of the arguments is passed by name, any other dict as the one argument. Keras models and
            scripted modules need none.
        verbose
            Print torch's trace, and show the tracer's warnings.
        use_strict_trace
            False lets a torch module return lists and dicts.

        Raises
        ------
        TraceError
            If the model cannot be run or traced with `input_to_model`; it is a `RuntimeError`.
        BadTypeError
            If `model` is no model, or there is no `input_to_model`.
        """
        torch = sys.modules.get("torch")  # whoever has a module of torch's has imported it
        traceable = torch is not None and isinstance(model, torch.nn.Module) and input_to_model is not None
        if callable(getattr(model, "to_json", None)) and not traceable:  # Keras' models may be modules of torch, too
            self._add_keras(model)
        elif torch is not None and callable(model):
            self._add_torch(torch, model, input_to_model, verbose, use_strict_trace)
        else:
            raise BadTypeError(f"add_graph takes a torch module or a Keras model, not {type(model).__name__}")

    def add_onnx_graph(self, prototxt: str | os.PathLike[str]) -> None:
        """Log the graph of an ONNX file. Neither onnx nor the weights in the file are needed: those are not read.

        Parameters
        ----------
        prototxt
            Path of the file, in ONNX's binary form.

        Raises
        ------
        GraphFileError
            If it is no ONNX model; it is a `ValueError`.
        OSError
            If it cannot be read.
        """
        from ..graphs.onnx_graph import onnx_graph

        self._add_graph_def(onnx_graph(prototxt))

    def add_openvino_graph(self, xmlname: str | os.PathLike[str]) -> None:
        """Log the graph of an OpenVINO model.

        Parameters
        ----------
        xmlname
            Path of the ``.xml`` file; the ``.bin`` file with the weights is not needed.

        Raises
        ------
        GraphFileError
            If it is no OpenVINO model; it is a `ValueError`.
        OSError
            If it cannot be read.
        """
        from ..graphs.openvino_graph import openvino_graph

        self._add_graph_def(openvino_graph(xmlname))

    def _add_torch(self, torch: Any, model: Any, inputs: Any, verbose: bool, strict: bool) -> None:
        from ..graphs.torch_graph import torch_graph

        graph, metadata = torch_graph(torch, model, inputs, verbose=verbose, strict=strict)
        self._add_graph_def(graph)
        noted = {"tag": _RUN_METADATA, "run_metadata": metadata.SerializeToString()}
        self._add_event("add_graph", Event(tagged_run_metadata=noted))

    def _add_keras(self, model: Any) -> None:
        from ..graphs import keras_json

        self._add_value(keras_json.encode(keras_json.model_json(model)))

    def _add_graph_def(self, graph: Any) -> None:
        self._add_event("add_graph", Event(graph_def=graph.SerializeToString()))
