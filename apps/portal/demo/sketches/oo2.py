"""The big form: every cell by the magnitude its unit and place suggest."""

from collections.abc import Mapping
from random import Random

from apps.portal.demo.size import Size


def sketch(size: Size, rng: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    return {}
