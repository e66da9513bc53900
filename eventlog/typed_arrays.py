"""What users hand to `add_tensor`: an array whose number type is kept, also where numpy has none.

bfloat16 and the 8-bit floats of torch, jax and TensorFlow come as their bits and the number of their DataType.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import plain_torch
from .errors import BadTypeError, BadValueError, NotANumberError
from .summaries.small_types import SMALL_TYPES

__all__ = ["MAX_BYTES", "as_tensor"]

MAX_BYTES = (1 << 31) - (1 << 16)
"""What a tensor may have: an event, which is a protobuf message, ends at 2 GiB."""

_BITS = {name: number for number, name in SMALL_TYPES.items() if name.startswith("float8")} | {"bfloat16": 14}
_WIDER = {"complex32": "complex64"}  # by name, for torch
_NUMPY = {"g": np.float64, "G": np.complex128}  # extended precision, which no DataType has


def as_tensor(tag: str, values: Any) -> tuple[npt.NDArray[Any], int | None]:
    """Return `values` as an array of numbers or bools, and the DataType if the array holds bits of another type.

    Raises
    ------
    BadTypeError, NotANumberError
        If they are no numbers.
    BadValueError
        If they take 2 GiB or more.
    """
    try:
        array, number = _typed(values)
    except (TypeError, ValueError, RuntimeError) as error:
        raise BadTypeError(f"tag {tag!r}: cannot make a tensor of {type(values).__name__}: {error}") from error
    if array.dtype.kind not in "biufc":
        raise NotANumberError(f"tag {tag!r}: {type(values).__name__} of dtype {array.dtype} holds no numbers")
    if array.nbytes > MAX_BYTES:
        raise BadValueError(f"tag {tag!r}: a tensor of {array.nbytes:,} bytes; an event holds less than 2 GiB")
    return array, number


def _typed(values: Any) -> tuple[npt.NDArray[Any], int | None]:
    if hasattr(values, "detach") and hasattr(values, "cpu"):
        return _typed_torch(plain_torch(values))
    array = np.asarray(values)
    number = _BITS.get(array.dtype.name) if array.dtype.kind == "V" else None
    if number is not None:
        return array.view(f"u{array.dtype.itemsize}"), number
    return array.astype(_NUMPY.get(array.dtype.char, array.dtype), copy=False), None


def _typed_torch(tensor: Any) -> tuple[npt.NDArray[Any], int | None]:
    torch: Any = sys.modules["torch"]
    name = str(tensor.dtype).removeprefix("torch.")
    if name in _WIDER:
        tensor = tensor.to(getattr(torch, _WIDER[name]))
    if name in _BITS:
        bits = tensor.contiguous().view(torch.int16 if name == "bfloat16" else torch.uint8)
        return np.asarray(bits.numpy()), _BITS[name]
    return np.asarray(tensor.numpy()), None
