"""Keeps a torch model as it is while it is run once more."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

__all__ = ["unchanged"]


@contextlib.contextmanager
def unchanged(torch: Any, modules: list[Any], inputs: Any) -> Iterator[None]:
    """Put modules in eval mode; afterwards modes, buffers and the states of the random generators are what they were.

    Parameters
    ----------
    torch
        The package torch.
    modules
        A model and all its submodules.
    inputs
        What the model is called with; its devices, and those of the parameters, have generators of their own.
    """
    with _same_randomness(torch, modules, inputs), _same_buffers(torch, modules), _eval_mode(modules):
        yield


@contextlib.contextmanager
def _eval_mode(modules: list[Any]) -> Iterator[None]:
    """Set each module's flag itself: `eval` would call methods that may do more, and forget who was frozen."""
    before = [(module, module.training) for module in modules if hasattr(module, "training")]
    try:
        for module, _ in before:
            module.training = False
        yield
    finally:
        for module, training in before:
            module.training = training


@contextlib.contextmanager
def _same_buffers(torch: Any, modules: list[Any]) -> Iterator[None]:
    before = [
        (module, name, buffer, None if buffer is None else buffer.detach().clone())
        for module in modules
        for name, buffer in list(module._buffers.items())
    ]
    try:
        yield
    finally:
        with torch.no_grad():
            for module, name, buffer, content in before:
                if name not in module._buffers or module._buffers[name] is not buffer:
                    module._buffers[name] = buffer
                if buffer is not None:
                    _restore(torch, buffer, content)


def _restore(torch: Any, buffer: Any, content: Any) -> None:
    """Write back only what differs: writing would spoil a backward pass that is still to come."""
    if buffer.shape != content.shape:
        buffer.data = content
        return
    same = False
    with contextlib.suppress(RuntimeError):  # sparse tensors are not compared
        same = torch.equal(buffer, content)
    if not same:
        buffer.copy_(content)


@contextlib.contextmanager
def _same_randomness(torch: Any, modules: list[Any], inputs: Any) -> Iterator[None]:
    tensors = [tensor for module in modules for tensor in module.parameters(recurse=False)]
    tensors.extend(_tensors(torch, inputs))
    cuda = {tensor.device.index or 0 for tensor in tensors if tensor.device.type == "cuda"}
    python, numpys = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng(devices=sorted(cuda)):
            yield
    finally:
        random.setstate(python)
        np.random.set_state(numpys)


def _tensors(torch: Any, value: Any) -> Iterator[Any]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (Mapping, list, tuple)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _tensors(torch, item)
