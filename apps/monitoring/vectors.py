"""A response's numbers as one array of whole numbers, so that a city is summed in milliseconds.

The array stands beside the document, never instead of it. A value of a cell with `d` decimals is kept as
value × 10^d, so sums are exact. One place for each cell of `CompiledForm.numeric`, in its order.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from apps.monitoring.definition import CompiledForm

BLANK = np.iinfo(np.int64).min
# Sums are made of two halves of the bits, so that 10^5 values of 18 digits do not overflow.
HALF = 31
LOW = (1 << HALF) - 1


def vector_of(compiled: CompiledForm, values: Mapping[str, str]) -> bytes:
    """The numbers of `values` as little-endian 64-bit whole numbers, `BLANK` where the cell is blank."""
    scaled = [
        _scaled(values.get(address, ""), compiled.cells[address].decimals) for address in compiled.numeric
    ]
    return np.array(scaled, dtype="<i8").tobytes()


def _scaled(text: str, decimals: int) -> int:
    return int(Decimal(text).scaleb(decimals)) if text else int(BLANK)


def answers_of(compiled: CompiledForm, values: Mapping[str, str]) -> dict[str, str]:
    """What is not in the vector: choices, texts, dates, rows of open tables."""
    numeric = compiled.numeric_set
    return {address: value for address, value in values.items() if address not in numeric}


def matrix_of(vectors: Iterable[bytes], width: int) -> NDArray[np.int64]:
    """Responses × cells; a missing vector is a row of blanks."""
    blank = np.full(width, BLANK, dtype="<i8").tobytes()
    joined = b"".join(bytes(one) if one else blank for one in vectors)
    return np.frombuffer(joined, dtype="<i8").reshape(-1, width) if width else np.empty((0, 0), np.int64)


def column_sums(matrix: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """Exact sums of every column over the filled cells, and how many of them are filled."""
    filled = matrix != BLANK
    present = np.where(filled, matrix, 0)
    high, low = (present >> HALF).sum(axis=0), (present & LOW).sum(axis=0)
    sums = [(int(upper) << HALF) + int(lower) for upper, lower in zip(high, low, strict=True)]
    return sums, [int(count) for count in filled.sum(axis=0)]


def unscaled(number: int, decimals: int) -> Decimal:
    """A stored whole number as the value it stands for."""
    return Decimal(number).scaleb(-decimals)
