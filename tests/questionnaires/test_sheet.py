"""What was posted, read against the questions."""

import pytest
from django.http import QueryDict

from apps.questionnaires.answering import AnswerSheet
from apps.questionnaires.models import Question


def question(pk, kind, **fields):
    return Question(pk=pk, kind=kind, text="Вопрос", order=pk, **fields)


def read(questions, query):
    sheet = AnswerSheet(questions, QueryDict(query))
    return sheet.values, sheet.errors


@pytest.mark.parametrize(
    ("kind", "query", "value"),
    [
        ("single", "q1=1", {"1": 1}),
        ("scale", "q1=0", {"1": 0}),
        ("multiple", "q1=2&q1=0&q1=2", {"1": [0, 2]}),
        ("ranking", "q1_0=2&q1_1=0&q1_2=1", {"1": [2, 0, 1]}),
        ("text", "q1=+слово+", {"1": "слово"}),
        ("number", "q1=1 5,5".replace(" ", "+"), {"1": "15.5"}),
        ("single", "", {}),
        ("multiple", "q1=", {}),
        ("ranking", "", {}),
    ],
)
def test_values(kind, query, value):
    assert read([question(1, kind, options=["а", "б", "в"])], query) == (value, {})


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("single", "q1=3"),
        ("single", "q1=-1"),
        ("single", "q1=²"),
        ("multiple", "q1=0&q1=9"),
        ("ranking", "q1_0=0&q1_1=0&q1_2=1"),
        ("ranking", "q1_0=0"),
        ("number", "q1=NaN"),
        ("number", "q1=1e9"),
        ("number", "q1=" + "9" * 40),
        ("text", "q1=" + "я" * 5001),
    ],
)
def test_faults(kind, query):
    values, errors = read([question(1, kind, options=["а", "б", "в"])], query)
    assert values == {}
    assert list(errors) == [1]


def test_matrix_keeps_what_was_marked():
    asked = question(1, "matrix", options=["нет", "да"], statements=["первое", "второе"])
    assert read([asked], "q1_1=0") == ({"1": [None, 0]}, {})
    asked.is_required = True
    assert read([asked], "q1_1=0") == ({}, {1: "Оцените каждое утверждение."})


def test_bounds_of_a_number():
    asked = question(1, "number", low=1, high=40)
    from decimal import Decimal

    asked.low, asked.high = Decimal(1), Decimal(40)
    assert read([asked], "q1=41") == ({}, {1: "Число не больше 40."})


def test_words_of_other_belong_to_its_choice():
    asked = question(1, "single", options=["а", "б"], has_other=True)
    assert read([asked], "q1=2&q1o=своё") == ({"1": 2, "1o": "своё"}, {})
    assert read([asked], "q1=0&q1o=своё") == ({"1": 0}, {})


def test_question_that_was_not_shown_is_passed_over():
    first = question(1, "single", options=["да", "нет"])
    second = question(2, "text", shown_if_id=1, shown_option=0, is_required=True)
    assert read([first, second], "q1=1&q2=слово") == ({"1": 1}, {})
    assert read([first, second], "q1=0") == ({"1": 0}, {2: "На этот вопрос нужно ответить."})
