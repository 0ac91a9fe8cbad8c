"""Names of an XLSForm into codes of ours: kept where they fit, shortened where they don't, never twice."""

from __future__ import annotations

import re

NAME = re.compile(r"[^\W\d][\w.-]*")
_CODE = re.compile(r"[0-9A-Za-zА-Яа-яЁё_]{1,20}(?:\.[0-9A-Za-zА-Яа-яЁё_]{1,20}){0,6}")
_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "c",
            "ch",
            "sh",
            "sch",
            "",
            "y",
            "",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)
RESERVED = re.compile(r"total|n\d+")


def is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text)) and len(text) <= 40


class Codes:
    """Gives out codes of one space: sections, questions, rows of a table…"""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, name: str) -> str:
        """The name itself, or the nearest free code to it."""
        wanted = name if is_code(name) else re.sub(r"[^0-9A-Za-zА-Яа-яЁё_]", "_", name)[:20] or "q"
        if RESERVED.fullmatch(wanted):
            wanted = f"{wanted[:18]}_"
        code, number = wanted, 2
        while code in self.taken:
            ending = f"_{number}"
            code, number = wanted[: 20 - len(ending)].rstrip(".") + ending, number + 1
        self.taken.add(code)
        return code


class Identifiers(Codes):
    """Codes of lists and forms: `a-z0-9_-`, up to 50 characters."""

    def take(self, name: str) -> str:
        wanted = identifier(name) or "list"
        code, number = wanted, 2
        while code in self.taken:
            code, number = f"{wanted[:46]}-{number}", number + 1
        self.taken.add(code)
        return code


def identifier(name: str) -> str:
    """Latin small letters, digits, hyphen; Russian letters are spelled out. "" where nothing is left."""
    latin = "".join(_LETTERS.get(char, char) for char in name.lower())
    return re.sub(r"[^a-z0-9_]+", "-", latin).strip("-_")[:50].rstrip("-_")
