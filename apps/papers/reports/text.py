"""Words typed by people, made safe for every medium and split into blocks."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from apps.papers.reports.blocks import BulletList, Note, Paragraph, Strong, Text

# What neither HTML nor the XML of DOCX can carry (control characters, halves of surrogate pairs, code points
# that are no characters), and the marks that would turn the direction of the text around.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BULLET = re.compile(r"^\s*[-–—•*]\s+")

T = TypeVar("T")


def clean(text: str) -> str:
    """The text without what no file can carry; line ends are made one kind."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cleaned(value: T) -> T:
    """A frozen value (a report, a block, a tuple of them) with every text in it cleaned."""
    made: Any = value
    if isinstance(value, str):
        made = clean(value) if type(value) is str else value
    elif isinstance(value, tuple | list):
        made = type(value)(cleaned(one) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        present = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        changed = {name: new for name, old in present.items() if (new := cleaned(old)) != old}
        made = replace(value, **changed) if changed else value
    return made


def runs(text: Text) -> tuple[str | Strong | Note, ...]:
    """Any text as a tuple of its runs."""
    return (text,) if isinstance(text, str) else text


def plain(text: Text) -> str:
    """The words alone, without footnotes."""
    words = (run for run in runs(text) if not isinstance(run, Note))
    return "".join(run if isinstance(run, str) else run.text for run in words)


def text_blocks(text: str) -> list[Paragraph | BulletList]:
    """What a person typed into a field as paragraphs and lists.

    A new line begins a paragraph, empty lines are dropped, lines that begin with a dash or a bullet
    become one list.
    """
    blocks: list[Paragraph | BulletList] = []
    items: list[Text] = []
    for line in [*clean(text).split("\n"), ""]:
        if _BULLET.match(line):
            items.append(_BULLET.sub("", line).strip())
            continue
        if items:
            blocks.append(BulletList(tuple(items)))
            items = []
        if line.strip():
            blocks.append(Paragraph(line.strip()))
    return blocks
