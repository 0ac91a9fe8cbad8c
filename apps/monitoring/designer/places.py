"""Where an edit goes: paths into the document, «sections.0.items.1.rows.3»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
LISTS = {
    "sections": {"section"},
    "items": {"table", "open_table", "question", "note"},
    "rows": {"row"},
    "columns": {"column"},
    "relations": {"relation"},
}
GONE = "Этого места в форме уже нет. Обновите страницу."


class Misplaced(ValueError):
    """The edit doesn't fit the form; the sentence is for the user."""


def path_of(text: Any) -> Path:
    """A path from its written form; "" is the form itself."""
    if not isinstance(text, str) or len(text) > 300:
        raise Misplaced(GONE)
    parts = text.split(".") if text else []
    return tuple(int(one) if one.isascii() and one.isdigit() and len(one) < 6 else one for one in parts)


def text_of(path: Path) -> str:
    return ".".join(map(str, path))


def node_at(document: Any, path: Path) -> Any:
    """What stands at a path. Raises `Misplaced`."""
    for part in path:
        fits = isinstance(document, list) if isinstance(part, int) else isinstance(document, dict)
        if not fits or (part not in document if isinstance(part, str) else part >= len(document)):
            raise Misplaced(GONE)
        document = document[part]
    return document


def kind_at(document: Any, path: Path) -> str:
    """«form», «section», «table», «open_table», «question», «note», «row», «column» or «relation»."""
    node = node_at(document, path)
    if not path:
        return "form"
    if len(path) < 2 or path[-2] not in LISTS or not isinstance(node, dict):
        raise Misplaced(GONE)
    return str(node["type"]) if path[-2] == "items" else str(path[-2])[:-1]


def list_at(document: Any, path: Path) -> list[Any]:
    """The list of children at a path whose last part is its name; a list not there yet is empty."""
    if not path or path[-1] not in LISTS:
        raise Misplaced(GONE)
    owner = node_at(document, path[:-1])
    allowed = {
        "form": ("sections", "relations"),
        "section": ("items", "sections"),
        "table": ("rows", "columns"),
        "open_table": ("columns",),
    }
    if path[-1] not in allowed.get(kind_at(document, path[:-1]), ()):
        raise Misplaced(GONE)
    found = owner.get(path[-1], [])
    return found if isinstance(found, list) else []


def replaced(document: Any, path: Path, node: Any) -> Any:
    """The document with another node at the path; only what lies on the way is copied."""
    if not path:
        return node
    copy = document.copy()
    inner = document.get(path[0], []) if isinstance(document, dict) else document[path[0]]
    copy[path[0]] = replaced(inner, path[1:], node)
    return copy


def sections_of(document: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """All sections with their paths, in reading order."""
    for index, section in enumerate(document.get("sections", ())):
        here = (*path, "sections", index)
        yield here, section
        yield from sections_of(section, here)
