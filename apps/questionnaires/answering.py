"""What was posted, read against the questions: values to keep, or a sentence beside the question.

An answer to a question that was not shown is not kept.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict

from apps.core.russian import number as ru_number
from apps.core.text import printable
from apps.questionnaires.enums import QuestionKind
from apps.questionnaires.models import Question

LONGEST_TEXT = 5_000
LONGEST_OTHER = 300
LINES = re.compile(r"\r\n?")
REQUIRED = "На этот вопрос нужно ответить."
PLAIN_NUMBER = re.compile(r"[+-]?\d{1,10}(?:[.,]\d{1,2})?", re.ASCII)


@dataclass
class Line:
    """One thing to mark: an option, a point of the scale, a statement of the matrix, an item to rank."""

    name: str
    value: int
    title: str
    is_chosen: bool = False
    points: list["Line"] = field(default_factory=list)


@dataclass
class Asked:
    """A question as the page shows it: with what was marked, and what is wrong with it."""

    question: Question
    number: int
    lines: list[Line]
    text: str = ""
    other: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return f"q{self.question.pk}"

    @property
    def other_place(self) -> int:
        return len(self.question.options)


class AnswerSheet:
    """All the questions of a questionnaire with one person's answers, from a form or empty."""

    def __init__(self, questions: Iterable[Question], data: QueryDict | None = None) -> None:
        self.questions = list(questions)
        self.data = data if data is not None else QueryDict()
        self.values: dict[str, Any] = {}
        self.errors: dict[int, str] = {}
        if data is not None:
            self._read()

    @property
    def is_valid(self) -> bool:
        return not self.errors

    def _read(self) -> None:
        for question in self.questions:
            if not self.is_shown(question):
                continue
            try:
                value = READERS[QuestionKind(question.kind)](question, self.data)
            except ValueError as wrong:
                self.errors[question.pk] = str(wrong)
                continue
            if value is None:
                if question.is_required:
                    self.errors[question.pk] = REQUIRED
                continue
            self.values[question.key] = value
            self._read_other(question, value)

    def _read_other(self, question: Question, value: Any) -> None:
        """The words of «Другое», kept where it is chosen."""
        place = len(question.options)
        if not question.has_other or (place not in value if isinstance(value, list) else value != place):
            return
        words = _text(self.data.get(f"q{question.pk}o", ""), LONGEST_OTHER)
        if words:
            self.values[question.other_key] = words

    def is_shown(self, question: Question) -> bool:
        """Whether the answers before let it be asked."""
        if question.shown_if_id is None:
            return True
        return self.values.get(str(question.shown_if_id)) == question.shown_option

    def asked(self) -> list[Asked]:
        """The questions in order, for the page."""
        return [
            Asked(
                question=one,
                number=number,
                lines=_lines(one, self.data),
                text=self.data.get(f"q{one.pk}", ""),
                other=self.data.get(f"q{one.pk}o", ""),
                error=self.errors.get(one.pk, ""),
            )
            for number, one in enumerate(self.questions, start=1)
        ]


def _lines(question: Question, data: Mapping[str, Any]) -> list[Line]:
    name = f"q{question.pk}"
    if question.kind == QuestionKind.MATRIX:
        return [
            Line(f"{name}_{row}", row, title, points=_marked(f"{name}_{row}", question.options, data))
            for row, title in enumerate(question.statements)
        ]
    if question.kind == QuestionKind.RANKING:
        places = [str(place) for place in range(1, len(question.options) + 1)]
        return [
            Line(f"{name}_{row}", row, title, points=_marked(f"{name}_{row}", places, data))
            for row, title in enumerate(question.options)
        ]
    return _marked(name, question.choices, data)


def _marked(name: str, titles: list[str], data: Any) -> list[Line]:
    chosen = set(data.getlist(name))
    return [Line(name, place, title, str(place) in chosen) for place, title in enumerate(titles)]


def _text(raw: str, longest: int) -> str:
    words = printable(LINES.sub("\n", raw)).strip()
    if len(words) > longest:
        raise ValueError(f"Слишком длинно: не более {longest} знаков, у вас {len(words)}.")
    return words


def _place(raw: str, most: int) -> int | None:
    if not raw:
        return None
    if not raw.isascii() or not raw.isdecimal() or len(raw) > 3 or int(raw) >= most:
        raise ValueError("Выберите вариант из списка.")
    return int(raw)


def _single(question: Question, data: QueryDict) -> int | None:
    return _place(data.get(f"q{question.pk}", ""), len(question.choices))


def _multiple(question: Question, data: QueryDict) -> list[int] | None:
    places = {_place(raw, len(question.choices)) for raw in data.getlist(f"q{question.pk}")[:500]}
    return sorted(place for place in places if place is not None) or None


def _ranking(question: Question, data: QueryDict) -> list[int] | None:
    """The place of each item, from nought; all of them or none."""
    count = len(question.options)
    places = [_place(data.get(f"q{question.pk}_{row}", ""), count) for row in range(count)]
    if all(place is None for place in places):
        return None
    if sorted(place for place in places if place is not None) != list(range(count)):
        raise ValueError(f"Расставьте все места от 1 до {count}, каждое один раз.")
    return [place for place in places if place is not None]


def _matrix(question: Question, data: QueryDict) -> list[int | None] | None:
    """The point for each statement; a required matrix is filled whole."""
    points = [
        _place(data.get(f"q{question.pk}_{row}", ""), len(question.options))
        for row in range(len(question.statements))
    ]
    if all(point is None for point in points):
        return None
    if question.is_required and None in points:
        raise ValueError("Оцените каждое утверждение.")
    return points


def _free(question: Question, data: QueryDict) -> str | None:
    return _text(data.get(f"q{question.pk}", ""), LONGEST_TEXT) or None


def _number(question: Question, data: QueryDict) -> str | None:
    raw = re.sub(r"\s", "", data.get(f"q{question.pk}", "")[:100])
    if not raw:
        return None
    if not PLAIN_NUMBER.fullmatch(raw):
        raise ValueError("Введите число, например 12 или 3,5.")
    try:
        value = Decimal(raw.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError("Введите число, например 12 или 3,5.") from error
    if question.low is not None and value < question.low:
        raise ValueError(f"Число не меньше {ru_number(question.low.normalize())}.")
    if question.high is not None and value > question.high:
        raise ValueError(f"Число не больше {ru_number(question.high.normalize())}.")
    return str(value)


READERS = {
    QuestionKind.SINGLE: _single,
    QuestionKind.SCALE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.RANKING: _ranking,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.TEXT: _free,
    QuestionKind.NUMBER: _number,
}
