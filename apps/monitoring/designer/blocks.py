"""Which piece of the page an edit changes, and the ids of pieces."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from apps.monitoring.designer.patches import Patch
from apps.monitoring.designer.places import Path, node_at, path_of

BODY: Path = ()
HEAD: Path = ("form",)
LISTS: Path = ("lists",)
RELATIONS: Path = ("relations",)
STEP = re.compile(r"\[(\d+)\]")


def id_of(path: Path) -> str:
    """The id of the piece of a path: «d-sections-0-items-1»."""
    return "-".join(("d", *map(str, path)))


def block_of(document: Any, patches: list[Patch]) -> Path:
    """The smallest piece of the page that shows all that was replaced."""
    paths = [(*patch["path"], patch["at"]) for patch in patches]
    tops = {path[0] for path in paths}
    if tops == {"relations"}:
        return RELATIONS
    if tops == {"choices"} or tops == {"dimensions"}:
        return LISTS
    if tops != {"sections"}:
        return HEAD if tops and tops <= {"title", "note", "signature"} else BODY
    common = _common([tuple(patch["path"]) for patch in patches])
    return _row_of_cells(document, patches, common) or shown(common)


def _common(paths: list[Path]) -> Path:
    columns = takewhile(lambda one: len(set(one)) == 1, zip(*paths, strict=False))
    return tuple(one[0] for one in columns)


def shown(path: Path) -> Path:
    """The nearest piece at or above a path: a row, an item, a section or the whole form."""
    for end in range(len(path), 1, -1):
        if path[end - 2] in ("rows", "items", "sections") and isinstance(path[end - 1], int):
            return path[:end]
    return BODY


def _row_of_cells(document: Any, patches: list[Patch], common: Path) -> Path | None:
    """The row, when an edit has touched nothing but the X cells or own cells of one row."""
    codes, table = set(), common
    for patch in patches:
        path = (*patch["path"], patch["at"])
        names = [index for index, one in enumerate(path) if one in ("x", "cells")]
        if not names or len(path) > names[0] + 2:
            return None
        table = path[: names[0]]
        ones = [*patch["before"], *patch["after"]]
        if path[-1] in ("x", "cells"):
            ones = [one for whole in ones for one in whole]
        codes |= {one["row"] if isinstance(one, dict) else one[0] for one in ones}
    rows = node_at(document, table).get("rows", [])
    found = [index for index, row in enumerate(rows) if row.get("code") in codes]
    return (*table, "rows", found[0]) if len(codes) == len(found) == 1 else None


def place_of_fault(written: str) -> Path:
    """The piece of the page for the JSON path of a fault: «sections[0].items[1].rows[3].title»."""
    path = path_of(STEP.sub(r".\1", written)[:300])
    if path[:1] == ("relations",):
        return path[:2] if len(path) > 1 else RELATIONS
    if path[:1] in (("choices",), ("dimensions",)):
        return LISTS
    if len(path) > 2 and path[-2] == "columns":
        return path
    for end in range(len(path), 1, -1):
        if path[end - 2] in ("rows", "columns", "items", "sections") and isinstance(path[end - 1], int):
            return path[:end]
    return HEAD
