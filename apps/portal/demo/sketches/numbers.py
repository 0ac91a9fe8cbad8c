"""Small helpers of the sketches."""

from collections.abc import Mapping
from random import Random


def whole(value: float) -> str:
    """A count as it is stored."""
    return str(max(0, round(value)))


def tenths(value: float, places: int = 1) -> str:
    """A fraction as it is stored: without needless zeros."""
    text = f"{max(0.0, value):.{places}f}".rstrip("0").rstrip(".")
    return text or "0"


def around(rng: Random, value: float, spread: float = 0.1) -> float:
    """The value, give or take the share `spread`."""
    return value * rng.uniform(1 - spread, 1 + spread)


def likely(rng: Random, share: float) -> str:
    """«1» so often, else «0»."""
    return "1" if rng.random() < share else "0"


def earlier(previous: Mapping[str, str] | None, address: str) -> float | None:
    """The number of the round before, None where there is none."""
    value = (previous or {}).get(address)
    return float(value) if value else None
