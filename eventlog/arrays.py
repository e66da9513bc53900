"""What users hand to a writer, as numpy: tensors of torch, jax and TensorFlow, pictures of PIL, lists, numbers.

None of those libraries is imported: a value is known by what it can do.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from .errors import BadTypeError, BadValueError, NotANumberError

__all__ = ["as_array", "as_number", "as_step", "as_tag", "as_text", "as_wall_time", "plain_torch"]

Array = npt.NDArray[Any]


def as_array(tag: str, values: Any) -> Array:
    """Return `values` as an array of bool, integers or floats, without copying where that is possible.

    Half floats that numpy does not know (bfloat16, float8) come as float32; tensors come detached, from any device.

    Raises
    ------
    NotANumberError
        If they are no real numbers.
    """
    try:
        array = _to_numpy(values)
    except (TypeError, ValueError, RuntimeError) as error:
        raise NotANumberError(f"tag {tag!r}: cannot make an array of {_kind(values)}: {error}") from error
    if array.dtype.kind not in "biuf":
        raise NotANumberError(f"tag {tag!r}: {_kind(values)} of dtype {array.dtype} holds no real numbers")
    return array


def _to_numpy(values: Any) -> Array:
    if hasattr(values, "detach") and hasattr(values, "cpu"):
        return _from_torch(values)
    if isinstance(values, (list, tuple)) and any(hasattr(item, "detach") for item in values):
        return np.stack([_to_numpy(item) for item in values])
    array = np.asarray(values)
    # The half floats of jax and TensorFlow reach numpy as types of an extension, which can be cast.
    return array.astype(np.float32) if array.dtype.kind == "V" and array.dtype.names is None else array


def plain_torch(tensor: Any) -> Any:
    """Return a torch tensor detached, dense, not quantized, with its own bytes in main memory."""
    tensor = tensor.detach()
    if getattr(tensor, "is_quantized", False):
        tensor = tensor.dequantize()
    if getattr(tensor, "is_sparse", False):
        tensor = tensor.to_dense()
    tensor = tensor.cpu()
    if getattr(tensor, "is_conj", bool)() or getattr(tensor, "is_neg", bool)():
        tensor = tensor.resolve_conj().resolve_neg()
    return tensor


def _from_torch(tensor: Any) -> Array:
    tensor = plain_torch(tensor)
    try:
        return np.asarray(tensor.numpy())
    except TypeError:  # bfloat16, float8
        return np.asarray(tensor.float().numpy())


def as_number(tag: str, value: Any) -> float:
    """Return `value`, a number or an array of one element, as a float.

    Raises
    ------
    NotANumberError
        If it is no real number, or an array of another size.
    """
    if isinstance(value, (int, float)):
        return _float(tag, value)
    if isinstance(value, (str, bytes, bytearray, list, tuple, dict, set)) or value is None:
        raise NotANumberError(f"tag {tag!r}: {_kind(value)} is no number")
    if not hasattr(value, "shape"):
        return _float(tag, value)
    if tuple(value.shape) == () and hasattr(value, "item"):
        number = value.item()  # several times quicker than an array
        if isinstance(number, (int, float)):
            return _float(tag, number)
    array = as_array(tag, value)
    if array.size != 1:
        raise NotANumberError(
            f"tag {tag!r}: an array of shape {list(array.shape)} is not one number; log its mean, or use add_histogram"
        )
    return float(array.reshape(())[()])


def _float(tag: str, value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    except (TypeError, ValueError) as error:
        raise NotANumberError(f"tag {tag!r}: {_kind(value)} is no number") from error


def as_step(tag: str, step: Any) -> int:
    """Return a global step as an int; None is step 0, as everywhere in this format.

    Raises
    ------
    NotANumberError
        If it is no number.
    BadValueError
        If it is not finite or does not fit 64 bits.
    """
    if step is None:
        return 0
    try:
        number = int(step)
    except (TypeError, RuntimeError) as error:
        raise NotANumberError(f"tag {tag!r}: global_step {_kind(step)} is no number") from error
    except (ValueError, OverflowError) as error:
        kind = NotANumberError if isinstance(step, (str, bytes)) else BadValueError
        raise kind(f"tag {tag!r}: global_step {step!r} is no step") from error
    if isinstance(step, (str, bytes)):
        raise NotANumberError(f"tag {tag!r}: global_step {step!r} is no number")
    if not -(2**63) <= number < 2**63:
        raise BadValueError(f"tag {tag!r}: global_step {step!r} does not fit 64 bits")
    return number


def as_tag(tag: Any) -> str:
    """Return `tag` as a str that can be written.

    Raises
    ------
    BadTypeError
        If it is no string.
    """
    if not isinstance(tag, str):
        raise BadTypeError(f"tag {tag!r} is {_kind(tag)}, not a str")
    return as_text(tag)


def as_text(value: Any) -> str:
    """Return what `str` makes of a value, as it can be written.

    A name of a file may hold what is no character (a lone surrogate, which stands for a byte that is no UTF-8): that
    becomes a question mark, for it is no reason to end a training.
    """
    text = str(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def as_wall_time(tag: str, walltime: Any) -> float:
    """Return a wall time in seconds since the epoch.

    Raises
    ------
    NotANumberError
        If it is no number.
    """
    return as_number(tag, walltime)


def _kind(value: Any) -> str:
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
