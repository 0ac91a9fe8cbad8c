"""Chance that repeats itself: the same words give the same numbers on every machine and every day."""

from random import Random

SEED = "imo-portal-demo-1"


def chance(*words: object) -> Random:
    """A generator of its own for what the words name, so that one part does not move another."""
    return Random(":".join([SEED, *map(str, words)]))  # noqa: S311
