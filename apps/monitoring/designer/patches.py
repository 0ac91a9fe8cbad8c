"""What an edit changed, as the smallest replaced pieces: enough to take it back and to do it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
Patch = dict[str, Any]
"""`path` of the list or object, `at` (index or key) in it, and the pieces `before` and `after`, as lists:
a slice of a list, or no value or one value under a key."""


def difference(old: Any, new: Any) -> list[Patch]:
    """Pieces in which two documents differ; they don't overlap, so their order doesn't matter."""
    return list(_difference(old, new, ()))


def _difference(old: Any, new: Any, path: Path) -> Iterator[Patch]:
    if old is new:
        return
    for at, before, after in _pieces(old, new):
        single = len(before) == len(after) == 1
        if single and _alike(before[0], after[0]):
            yield from _difference(before[0], after[0], (*path, at))
        else:
            yield {"path": list(path), "at": at, "before": before, "after": after}


def _alike(one: Any, other: Any) -> bool:
    return type(one) is type(other) and isinstance(one, dict | list)


def _pieces(old: Any, new: Any) -> Iterator[tuple[str | int, list[Any], list[Any]]]:
    if isinstance(old, dict):
        for key in dict.fromkeys((*old, *new)):
            before = [old[key]] if key in old else []
            after = [new[key]] if key in new else []
            if before != after:
                yield key, before, after
    elif old != new:
        start = _common(old, new)
        end = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
        yield start, old[start : len(old) - end], new[start : len(new) - end]


def _common(one: list[Any], other: list[Any]) -> int:
    """Length of the common beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (left, right) in pairs if left != right), min(len(one), len(other)))


def put(document: Any, patches: list[Patch]) -> Any:
    """The document after the edit. The given one is left as it was."""
    for patch in patches:
        document = _replaced(document, tuple(patch["path"]), patch["at"], patch["before"], patch["after"])
    return document


def taken_back(document: Any, patches: list[Patch]) -> Any:
    """The document before the edit: `taken_back(apply(d)) == d`."""
    for patch in patches:
        document = _replaced(document, tuple(patch["path"]), patch["at"], patch["after"], patch["before"])
    return document


def _replaced(node: Any, path: Path, at: Any, old: list[Any], new: list[Any]) -> Any:
    if path:
        copy = node.copy()
        copy[path[0]] = _replaced(node[path[0]], path[1:], at, old, new)
        return copy
    if isinstance(node, dict):
        kept = {key: value for key, value in node.items() if key != at}
        return {**kept, at: new[0]} if new else kept
    return [*node[:at], *new, *node[at + len(old) :]]
