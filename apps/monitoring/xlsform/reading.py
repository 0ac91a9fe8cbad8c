"""An XLSForm into a definition: every problem at once, nothing translated by guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, Any

from apps.monitoring.definition import DefinitionInvalid, Fault, load
from apps.monitoring.xlsform.assemble import Assembler
from apps.monitoring.xlsform.choices import read_choices
from apps.monitoring.xlsform.names import identifier
from apps.monitoring.xlsform.problems import Level, Problem, Problems
from apps.monitoring.xlsform.survey import Entry, read_survey
from apps.monitoring.xlsform.workbook import SURVEY, Book, read_book

TRIALS = 12
_RELATION = re.compile(r"relations\[(\d+)\]\.text")
_CARRIED = frozenset(
    [
        "type",
        "name",
        "label",
        "hint",
        "relevant",
        "constraint",
        "constraint_message",
        "calculation",
        "required",
        "required_message",
        "choice_filter",
        "repeat_count",
        "appearance",
        "parameters",
        "imo",
        "kobo--matrix_list",
        "notes",
        "note",
    ]
)


@dataclass
class ReadForm:
    """What a workbook holds. `definition` is None where `errors` stop the import."""

    definition: dict[str, Any] | None
    problems: Problems
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        return self.problems.of(Level.ERROR)

    @property
    def warnings(self) -> list[Problem]:
        return self.problems.of(Level.WARNING)

    @property
    def notes(self) -> list[Problem]:
        return self.problems.of(Level.NOTE)


def read_xlsform(file: IO[bytes] | Any, *, name: str = "", code: str = "") -> ReadForm:
    """Reads a workbook. `name` stands in for a missing title; `code` is that of the form it is meant for.

    Raises `SpreadsheetRefused` where the file is no workbook or must not be opened.
    """
    problems = Problems()
    book = read_book(file, problems)
    lists = read_choices(book.choices, problems)
    top = read_survey(book.survey, lists, problems)
    if problems.has_errors:
        return ReadForm(None, problems)
    title, own_code = _settings(book, name)
    assembler = Assembler(lists, problems)
    assembler.name_all(top)
    sections = assembler.sections_of(top, title)
    _columns(book, top, problems)
    document: dict[str, Any] = {
        "schema": "imo-form/1", "code": code or own_code, "title": title, "sections": sections,
    }  # fmt: skip
    choices = {one.code: one.document for one in lists.values() if one.is_used}
    if choices:
        document["choices"] = choices
    if not sections:
        problems.error(SURVEY, 0, "", "В форме не осталось ни одного вопроса.")
    elif not problems.has_errors:
        _tried(document, assembler, problems)
    if problems.has_errors:
        return ReadForm(None, problems)
    return ReadForm(document, problems, _counted(document))


def _settings(book: Book, name: str) -> tuple[str, str]:
    line = book.settings.lines[0] if book.settings.lines else None
    title = (line.get("form_title") if line else "") or name or "Форма из XLSForm"
    written = line.get("form_id") if line else ""
    return title[:300], identifier(written) or identifier(title) or "xlsform"


def _columns(book: Book, top: list[Entry], problems: Problems) -> None:
    """Columns that have no counterpart are named once each, with the first line that fills them."""
    told: set[str] = set()
    for entry in (one for start in top for one in start.walk()):
        for column in entry.line.cells:
            plain = column.partition("::")[0]
            if plain not in _CARRIED and plain not in told:
                told.add(plain)
                problems.note(SURVEY, entry.row, plain[:60], "Такой столбец портал не переносит.")


def _tried(document: dict[str, Any], assembler: Assembler, problems: Problems) -> None:
    """Loads the document; an expression our own check refuses is disabled, until the rest is accepted."""
    rules = assembler.rules
    for _ in range(TRIALS):
        document["relations"] = rules.relations
        try:
            load(document)
        except DefinitionInvalid as invalid:
            if not _disabled(invalid.faults, assembler):
                for fault in invalid.faults[:50]:
                    problems.error(SURVEY, 0, "", str(fault))
                return
        else:
            if not rules.relations:
                del document["relations"]
            return
    problems.error(SURVEY, 0, "", "Выражения формы противоречат друг другу: упростите их.")


def _disabled(faults: list[Fault], assembler: Assembler) -> bool:
    rules, done = assembler.rules, False
    for fault in faults:
        relation = _RELATION.fullmatch(fault.path)
        if relation:
            code = rules.relations[int(relation[1])]["code"]
            rules.demote(code, fault.message.partition(": ")[2] or fault.message)
            done = True
        else:
            address = fault.path.rpartition(" ")[2]
            done = rules.take_out(address, fault.message) or done
    return done


def _counted(document: dict[str, Any]) -> dict[str, int]:
    """What was recognised, for the preview."""
    counts = {"sections": 0, "questions": 0, "tables": 0, "relations": 0, "disabled": 0}
    stack = list(document["sections"])
    while stack:
        section = stack.pop()
        stack += section.get("sections", [])
        counts["sections"] += 1
        for item in section.get("items", ()):
            counts["questions"] += item["type"] == "question"
            counts["tables"] += item["type"] in ("table", "open_table")
    for relation in document.get("relations", ()):
        counts["relations" if relation.get("enabled", True) else "disabled"] += 1
    return counts
