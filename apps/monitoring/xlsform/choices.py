"""The sheet choices: lists of answers, each checked whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.monitoring.xlsform.names import Codes, Identifiers
from apps.monitoring.xlsform.problems import Problems
from apps.monitoring.xlsform.workbook import CHOICES, Line, Page

MAX_CHOICES = 1_000
MAX_LISTS = 200
MAX_TITLE = 2_000
OTHER = "other"


@dataclass
class Answers:
    """A list: `codes` leads from names of the XLSForm to ours, `columns` keep the rest for filters."""

    name: str
    code: str
    row: int
    titles: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    columns: dict[str, Mapping[str, str]] = field(default_factory=dict)
    is_used: bool = False

    @property
    def document(self) -> list[dict[str, str]]:
        return [{"code": code, "title": self.titles[name]} for name, code in self.codes.items()]


def read_choices(page: Page, problems: Problems) -> dict[str, Answers]:
    """All lists by their name. Every name that repeats, is missing or can't be told apart is a problem."""
    lists: dict[str, Answers] = {}
    spaces: dict[str, Codes] = {}
    identifiers = Identifiers()
    for line in page.lines:
        name = line.get("list_name")
        if not name:
            if line.get("name") or line.get("value") or line.get("label"):
                problems.error(CHOICES, line.row, "list_name", "Не указано название списка.")
            continue
        if name not in lists:
            lists[name] = Answers(name, identifiers.take(name), line.row)
            spaces[name] = Codes()
        _add(lists[name], line, spaces[name], problems)
    if len(lists) > MAX_LISTS:
        problems.error(CHOICES, 0, "", f"Списков больше {MAX_LISTS}.")
    return lists


def _add(answers: Answers, line: Line, space: Codes, problems: Problems) -> None:
    name = line.get("name") or line.get("value")
    if not name:
        problems.error(CHOICES, line.row, "name", f"В списке «{answers.name}» ответ без кода (name).")
        return
    if name in answers.codes:
        problems.error(
            CHOICES, line.row, "name", f"В списке «{answers.name}» код ответа «{name[:60]}» уже занят."
        )
        return
    if len(answers.codes) == MAX_CHOICES:
        problems.error(CHOICES, line.row, "", f"В списке «{answers.name}» больше {MAX_CHOICES} ответов.")
    if _as_number(name) is not None and any(_as_number(one) == _as_number(name) for one in answers.codes):
        problems.error(
            CHOICES, line.row, "name", f"Код «{name}» не отличить как число от другого кода списка."
        )
        return
    code = space.take(name)
    if code != name:
        problems.note(CHOICES, line.row, "name", f"Код ответа «{name[:60]}» записан как «{code}».")
    label = line.get("label")
    if not label:
        problems.note(CHOICES, line.row, "label", f"У ответа «{name[:60]}» нет подписи: взят его код.")
    answers.codes[name] = code
    answers.titles[name] = (label or name)[:MAX_TITLE]
    answers.columns[name] = line.cells


def _as_number(name: str) -> int | None:
    return int(name) if name.isascii() and name.isdecimal() and len(name) <= 15 else None


def with_other(answers: Answers) -> None:
    """`or_other`: one more answer, «Другое»."""
    if OTHER not in answers.codes:
        answers.codes[OTHER] = OTHER if OTHER not in answers.codes.values() else "other_answer"
        answers.titles[OTHER] = "Другое"
        answers.columns[OTHER] = {}
