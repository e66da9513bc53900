"""What a torch module computes, by tracing one call of it, with nothing of the model changed by that.

torch's tracer runs the module. `torch_state` puts back what that changes: modes, buffers (such as the statistics of
batch normalisation), the states of the random generators. The inputs are copies, so that a module that works in place
leaves the caller's alone. Nothing runs backward: gradients stay as they are.
"""

from __future__ import annotations

import inspect
import threading
import warnings
from collections.abc import Mapping
from typing import Any

from ..errors import BadTypeError, TraceError
from .torch_state import unchanged

__all__ = ["trace"]

MAX_REASON = 500  # characters of torch's message that are repeated

_one_at_a_time = threading.RLock()  # torch's tracer keeps its place in module globals


def trace(torch: Any, model: Any, inputs: Any, *, strict: bool, quiet: bool = True) -> Any:
    """Return the inlined TorchScript graph of a call of a module.

    Parameters
    ----------
    torch
        The package torch.
    model
        A module, a scripted or traced one (which is not run), or a function of tensors.
    inputs
        What it is called with: a tensor, a tuple or list of the arguments, or a dict. A dict whose keys are names of
        the arguments is passed by name, any other as the one argument.
    strict
        As for ``torch.jit.trace``: False lets modules return lists and dicts.
    quiet
        Leave out the tracer's warnings that the trace holds for these inputs only.

    Raises
    ------
    TraceError
        If the module cannot be run with `inputs`, or not be traced.
    """
    if isinstance(model, (torch.jit.ScriptModule, torch.jit.ScriptFunction)):
        return model.inlined_graph
    if inputs is None:
        raise BadTypeError(
            f"the graph of {_named(model)} is drawn by running it once: give add_graph an input_to_model, a tensor or "
            "a tuple of the arguments"
        )
    modules = list(model.modules()) if isinstance(model, torch.nn.Module) else []
    _refuse_lazy(torch, model, modules)
    with _one_at_a_time, unchanged(torch, modules, inputs), warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"`torch\.jit\.", DeprecationWarning)
        if quiet:
            warnings.simplefilter("ignore", torch.jit.TracerWarning)
        try:
            traced = torch.jit.trace(model, check_trace=False, strict=strict, **_arguments(torch, model, inputs))
        except Exception as error:
            raise TraceError(_explained(torch, model, error)) from error
    if not isinstance(traced, (torch.jit.ScriptModule, torch.jit.ScriptFunction)):
        raise TraceError("torch does not trace because PYTORCH_JIT=0 is in the environment; start without it")
    return _inlined(torch, traced)


def _inlined(torch: Any, traced: Any) -> Any:
    """Return the graph with its submodules' graphs in their places."""
    inline = getattr(torch._C, "_jit_pass_inline", None)
    if inline is None:
        return traced.inlined_graph
    graph = traced.graph
    inline(graph)  # in place, which keeps the names that torch's own writer shows
    return graph


def _arguments(torch: Any, model: Any, inputs: Any) -> dict[str, Any]:
    """Return the arguments of torch.jit.trace that hold the inputs, copied."""
    copied = _copy(torch, inputs, {})
    if isinstance(inputs, Mapping):
        if set(copied) <= _named_arguments(torch, model):
            return {"example_kwarg_inputs": copied}
        return {"example_inputs": (copied,)}
    return {"example_inputs": tuple(copied) if isinstance(copied, list) else copied}


def _copy(torch: Any, value: Any, known: dict[int, Any]) -> Any:
    """Copy the tensors of a nest of containers; one that occurs twice stays one."""
    if isinstance(value, torch.Tensor):
        if id(value) not in known:
            known[id(value)] = value.clone()
        return known[id(value)]
    if isinstance(value, Mapping):
        return {key: _copy(torch, item, known) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        items = [_copy(torch, item, known) for item in value]
        if isinstance(value, list):
            return items
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return value


def _named_arguments(torch: Any, model: Any) -> set[str]:
    function = model.forward if isinstance(model, torch.nn.Module) else model
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return set()
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return {parameter.name for parameter in parameters if parameter.kind in named}


def _refuse_lazy(torch: Any, model: Any, modules: list[Any]) -> None:
    for module in modules:
        for tensor in (*module._parameters.values(), *module._buffers.values()):
            if torch.nn.parameter.is_lazy(tensor):
                raise TraceError(
                    f"cannot trace {_named(model)}: parameters of {type(module).__name__} are made by the first call. "
                    "Call the model once before add_graph"
                )


def _explained(torch: Any, model: Any, error: Exception) -> str:
    """Say what failed where, and what may help."""
    reason = str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__
    part = _failing_part(torch, model, error)
    failed = f"cannot trace {_named(model)}{f', in its part {part}' if part else ''}"
    if "strict=False" in reason:
        return f"{failed}: it returns or keeps lists or dicts. Give add_graph use_strict_trace=False"
    if "cannot be traced" in reason:
        return f"{failed}: {reason}. In input_to_model only tensors are traced, no numbers, strings or None"
    reason = reason if len(reason) < MAX_REASON else f"{reason[:MAX_REASON]}…"
    return f"{failed}: {reason}. Check that it runs in eval mode when it is called with input_to_model"


def _failing_part(torch: Any, model: Any, error: Exception) -> str:
    """Return the name and class of the innermost submodule that was running."""
    if not isinstance(model, torch.nn.Module):
        return ""
    names = {id(module): name for name, module in model.named_modules() if name}
    part, trail = "", error.__traceback__
    while trail is not None:
        running = trail.tb_frame.f_locals.get("self")
        if id(running) in names:
            part = f"{names[id(running)]}, a {type(running).__name__}"
        trail = trail.tb_next
    return part


def _named(model: Any) -> str:
    return str(getattr(model, "__name__", type(model).__name__))
