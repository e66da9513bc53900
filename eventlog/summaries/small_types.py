"""Numbers of 8 bits and fewer that numpy has no type for, a byte each.

Source: the Open Compute Project's formats for 8-bit and microscaling floats, and the variants of TensorFlow's
``types.proto``: "FN" has no infinities, "UZ" has one zero, and its pattern of a negative zero is NaN.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

__all__ = ["SMALL_TYPES", "widen"]

# DataType: name, bits of exponent, bits of mantissa, bias.
_FLOATS = {
    24: ("float8_e5m2", 5, 2, 15),
    25: ("float8_e4m3fn", 4, 3, 7),
    26: ("float8_e4m3fnuz", 4, 3, 8),
    27: ("float8_e4m3b11fnuz", 4, 3, 11),
    28: ("float8_e5m2fnuz", 5, 2, 16),
    33: ("float4_e2m1fn", 2, 1, 1),
}
# DataType: name, bits, whether there are negative ones.
_INTEGERS = {29: ("int4", 4, True), 30: ("uint4", 4, False), 31: ("int2", 2, True), 32: ("uint2", 2, False)}

SMALL_TYPES = {number: said[0] for number, said in (_FLOATS | _INTEGERS).items()}
"""The names of the types, by the number of their DataType."""


def widen(octets: npt.NDArray[np.uint8], number: int) -> npt.NDArray[np.generic]:
    """Return numbers of a small type as float32, int8 or uint8.

    Parameters
    ----------
    octets
        uint8[...], a number each, in its low bits.
    number
        Of the DataType.
    """
    values: npt.NDArray[np.generic] = _values(number)[octets & (len(_values(number)) - 1)]
    return values


@cache
def _values(number: int) -> npt.NDArray[np.generic]:
    """Value of every pattern of bits."""
    if number in _INTEGERS:
        _, bits, is_signed = _INTEGERS[number]
        patterns = np.arange(1 << bits)
        if not is_signed:
            return patterns.astype(np.uint8)
        return (patterns - (patterns >> (bits - 1) << bits)).astype(np.int8)
    name, exponent_bits, mantissa_bits, bias = _FLOATS[number]
    patterns = np.arange(1 << (1 + exponent_bits + mantissa_bits))
    negative = patterns >> (exponent_bits + mantissa_bits) == 1
    exponent = patterns >> mantissa_bits & ((1 << exponent_bits) - 1)
    mantissa = patterns & ((1 << mantissa_bits) - 1)
    whole = mantissa + np.where(exponent > 0, 1 << mantissa_bits, 0)
    values = whole * 2.0 ** (np.maximum(exponent, 1) - bias - mantissa_bits)
    values = np.where(negative, -values, values)
    _set_special(values, name, exponent == exponent.max(), mantissa, negative & (exponent == 0) & (mantissa == 0))
    rounded: npt.NDArray[np.float32] = values.astype(np.float32)
    return rounded


def _set_special(
    values: npt.NDArray[np.float64],
    name: str,
    is_highest: npt.NDArray[np.bool_],
    mantissa: npt.NDArray[np.int64],
    is_negative_zero: npt.NDArray[np.bool_],
) -> None:
    if name.endswith("uz"):
        values[is_negative_zero] = np.nan
    elif name == "float8_e4m3fn":
        values[is_highest & (mantissa == 7)] = np.nan
    elif name == "float8_e5m2":
        values[is_highest & (mantissa == 0)] *= np.inf
        values[is_highest & (mantissa > 0)] = np.nan
