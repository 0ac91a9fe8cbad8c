"""What is wrong with a draft, and what a relation being typed covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.monitoring.definition import DefinitionInvalid, RelationSpec, load
from apps.monitoring.definition.build import build
from apps.monitoring.definition.rules import RuleBook
from apps.monitoring.definition.schema import schema_faults, shape_faults
from apps.monitoring.definition.spread import spread
from apps.monitoring.designer.telling import Told, told_of
from apps.monitoring.relations import RelationError, parse

TRIAL_BRANCHES = (("1", "филиал 1"), ("2", "филиал 2"))
MOST_SHOWN = 60


@dataclass(frozen=True)
class Checked:
    """The outcome: a fault in words, or the cells covered (the first of them in words)."""

    fault: str = ""
    count: int = 0
    cells: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        return self.count - len(self.cells)


def faults_of(document: Any) -> list[Told]:
    """All faults of a draft, each with its place on the page."""
    try:
        load(document)
    except DefinitionInvalid as invalid:
        return told_of(document, invalid.faults)
    return []


def check_relation(document: Any, text: str, section: str) -> Checked:
    """Reads a relation that may not be saved yet; where the form itself is faulty, only its notation."""
    if not text.strip():
        return Checked("Напишите соотношение, например: стр. 01 = стр. 02 + стр. 03")
    try:
        if shape_faults(document) or schema_faults(document):
            parse(text)
            return Checked("Запись верна. Клетки будут видны, когда в форме не останется ошибок.")
        layout = spread(build(document), TRIAL_BRANCHES).layout
        book = RuleBook()
        book.add(RelationSpec("new", text, section), layout)
    except RelationError as error:
        return Checked(str(error))
    rules = (*book.rules, *book.templates)
    cells = list(dict.fromkeys(address for rule in rules for address in rule.instance.own))
    titles = [layout.cells[one].title if one in layout.cells else one for one in cells[:MOST_SHOWN]]
    return Checked("", len(cells), tuple(titles))
