"""Loading: a good definition survives the round trip, a bad one names all its faults."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.monitoring.definition import DefinitionInvalid, dump, load
from tests.monitoring.relations.forms import document, rule, section, table

FULL = document(
    section(
        "1",
        {"type": "note", "text": "Заполняет библиотекарь", "when": "вопрос q1 = 1"},
        {
            "type": "question",
            "code": "q1",
            "title": "Есть библиотека?",
            "value": {"type": "yes_no", "required": True},
        },
        {
            "type": "question",
            "code": "q2",
            "title": "Какие?",
            "value": {"type": "multi_choice", "choices": "kinds"},
        },
        {
            "type": "question",
            "code": "q3",
            "title": "Оценка",
            "help": "От 1 до 5",
            "when": "вопрос q2 содержит 2",
            "value": {"type": "scale", "minimum": "1", "maximum": "5"},
        },
    ),
    section(
        "2",
        {
            **table("101 102 103", "3 4"),
            "title": "Фонд",
            "value": {"unit": {"code": "642", "name": "единица"}},
            "header": [
                {
                    "title": "Всего",
                    "children": [{"column": "3"}, {"title": "новых", "children": [{"column": "4"}]}],
                }
            ],
            "rows": [
                {
                    "code": "101",
                    "title": "Фонд",
                    "kind": "total",
                    "value": {"computed": "сумма стр.102, 103"},
                },
                {"title": "в том числе:", "kind": "heading"},
                {"code": "102", "title": "учебники", "level": 1, "kind": "including"},
                {"code": "103", "title": "прочее", "level": 1, "when": "вопрос q1 = 1"},
            ],
            "x": [["103", "4"]],
            "cells": [
                {"row": "102", "column": "4", "value": {"type": "decimal", "decimals": 2, "required": True}}
            ],
        },
        when="вопрос q1 = 1",
        number="2.1",
        unit={"code": "792", "name": "человек"},
    ),
    section(
        "3",
        {
            "type": "open_table",
            "columns": [
                {"code": "1", "title": "Имя", "value": {"type": "text", "prefill": "organization.full_name"}},
                {"code": "2", "title": "Год", "total": False},
            ],
            "min_rows": 1,
            "max_rows": 9,
        },
        repeat="br",
        sections=[section("3.1", table("01", "1"))],
    ),
    relations=[
        rule("стр.101 >= стр.102", severity="warning", message="Проверьте"),
        {"code": "X", "text": "count-selected(${a}) > 1", "enabled": False, "note": "Не переведено"},
    ],
    choices={"kinds": [{"code": "1", "title": "книги"}, {"code": "2", "title": "диски"}]},
    dimensions={"br": {"title": "Филиал", "source": "branches"}},
    signature=False,
    note="Приказ",
)


def test_every_feature_survives_the_round_trip():
    form = load(FULL)
    assert load(dump(form)) == form
    assert form.repeats_by_branch
    assert form.section("2").items[0].rows[1].kind == "heading"


def faults_of(data) -> dict[str, str]:
    with pytest.raises(DefinitionInvalid) as caught:
        load(data)
    return {fault.path: fault.message for fault in caught.value.faults}


def broken(**changes):
    data = copy.deepcopy(FULL)
    data.update(changes)
    return data


def test_all_faults_of_sense_come_at_once():
    data = document(
        section(
            "1",
            table("101 102 101", "3 4 3", x=[["101", "9"], ["102", "3"], ["102", "3"]]),
            {"type": "question", "code": "q", "title": "?", "value": {"type": "choice", "choices": "none"}},
            {"type": "question", "code": "q", "title": "?", "value": {"type": "choice"}},
            {"type": "question", "code": "s", "title": "?", "value": {"type": "scale"}},
            repeat="nothing",
        ),
        section("1", table("n1 total", "3", header=[{"column": "4"}])),
        section(
            "4",
            {"type": "open_table", "columns": [{"code": "1", "title": "a"}], "min_rows": 5, "max_rows": 2},
        ),
        relations=[rule("стр.101 > 0", "9"), rule("гр.3 = ", "4")],
        choices={
            "c": [{"code": "1", "title": "а"}, {"code": "01", "title": "б"}, {"code": "1", "title": "в"}]
        },
    )
    faults = faults_of(data)
    assert faults["sections[0].items[0].rows[2]"] == "Код строки 101 уже занят в этом разделе"
    assert faults["sections[0].items[0].columns[2]"] == "Номер графы 3 уже занят в этой таблице"
    assert faults["sections[0].items[0].x[0]"] == "Клетка X вне таблицы: стр. 101, гр. 9"
    assert "названа дважды" in faults["sections[0].items[0].x[1]"]
    assert faults["sections[0].items[1].value.choices"] == "Нет списка ответов «none»"
    assert faults["sections[0].items[2]"].startswith("Код вопроса q уже занят")
    assert "choices" in faults["sections[0].items[2].value"]
    assert "шкалы" in faults["sections[0].items[3].value"]
    assert faults["sections[0].repeat"] == "Нет измерения «nothing»"
    assert faults["sections[1]"] == "Код раздела 1 уже занят"
    assert "занят порталом" in faults["sections[1].items[0].rows[0].code"]
    assert "Шапка" in faults["sections[1].items[0].header"]
    assert "больше наибольшего" in faults["sections[2].items[0].min_rows"]
    assert faults["relations[0].section"] == "Нет раздела 9"
    assert faults["relations[1]"] == "Код соотношения K уже занят"
    assert faults["choices.c[1]"] == "Коды 1 и 01 не отличить как числа"
    assert faults["choices.c[2]"] == "Код 1 уже занят"
    assert "оборвано" in faults["relations[1].text"]


def test_all_faults_of_shape_come_at_once():
    faults = faults_of(
        {
            "schema": "imo-form/2",
            "code": "Форма",
            "sections": [
                {"code": "1\n", "title": "", "items": [{"type": "tabel"}, {"type": "note"}], "colour": 1}
            ],
            "relations": {},
        }
    )
    assert faults["schema"] == "Здесь должно быть «imo-form/1»"
    assert faults["code"] == "Недопустимая запись «Форма»"
    assert faults[""] == "Не хватает поля «title»"
    assert faults["sections[0].code"] == "Недопустимая запись «1\n»"
    assert faults["sections[0].title"] == "Пустой текст"
    assert faults["sections[0].items[0].type"].startswith("Недопустимое значение «tabel»")
    assert faults["sections[0].items[1]"] == "Не хватает поля «text»"
    assert faults["sections[0]"] == "Лишнее поле «colour»"
    assert faults["relations"] == "Здесь должно быть: список […]"


def test_a_circle_of_computed_cells_is_named():
    cells = [
        {"row": "101", "column": "3", "value": {"computed": "стр.102 гр.3 + 1"}},
        {"row": "102", "column": "3", "value": {"computed": "сумма стр.101, 103"}},
    ]
    faults = faults_of(document(section("2", table("101 102 103", "3", cells=cells))))
    (message,) = faults.values()
    assert message.startswith("Вычисления замкнуты в круг")
    assert "разд. 2, стр. 101, гр. 3" in message
    assert "разд. 2, стр. 102, гр. 3" in message


def test_a_row_hidden_by_itself_is_a_circle():
    data = document(section("2", table("101", "3")))
    data["sections"][0]["items"][0]["rows"][0]["when"] = "стр.101 гр.3 > 0"
    assert "условие строки 2/101" in next(iter(faults_of(data).values()))


@pytest.mark.parametrize(
    ("computed", "words"),
    [
        ("стр.109 гр.3", "Нет строки 109"),
        ("гр.3 = 4", "без знака сравнения"),
        ("стр.101 гр.3 за прошлый год", "этой же формы и периода"),
        ("форма a раздел 1 стр.1 гр.1", "этой же формы и периода"),
        ("стр.102–103 гр.3", "Несколько клеток вне суммы"),
    ],
)
def test_a_computed_cell_that_cannot_be(computed, words):
    cells = [{"row": "101", "column": "3", "value": {"computed": computed}}]
    faults = faults_of(document(section("2", table("101 102 103", "3", cells=cells))))
    assert words in next(iter(faults.values()))


@pytest.mark.parametrize(
    "when", ["вопрос z = 1", "если гр.3 > 0, то гр.3 > 1", "стр.1", "раздел 2 стр.101 гр.3 > 0"]
)
def test_a_condition_that_cannot_be(when):
    assert faults_of(document(section("2", table("101", "3"), when=when)))


def nested(depth: int) -> dict:
    data: dict = {"code": "1", "title": "x"}
    for number in range(depth):
        data = {"code": f"s{number}", "title": "x", "sections": [data]}
    return document(data)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "текст",
        {},
        {"schema": 1},
        nested(5_000),
        document(section("1", title="x" * 200_000)),
        document(section("1", title="a\x00")),
        document(section("1", title="a\ud800")),
        document(section("1", title=float("nan"))),
        document(section("1", table("1", "3", min=10**400))),
        {1: 2},
        document(section("1", table("1", "3"), items=object())),
        document(section("1", table(" ".join(map(str, range(2000))), " ".join(map(str, range(200)))))),
        document(
            section("1", table(" ".join(map(str, range(1, 400))), " ".join(map(str, range(1, 40))))),
            relations=[
                {"code": str(i), "section": "1", "text": "гр.1 = " + " + ".join(["сумма гр.1–39"] * 150)}
                for i in range(60)
            ],
        ),
        document(
            section("1", table("1", "3")), relations=[{"code": "1", "section": "1", "text": "(" * 10_000}]
        ),
        document(
            section("1", table(" ".join(map(str, range(1, 360))), " ".join(map(str, range(1, 28))))),
            relations=[
                {"code": str(i), "section": "1", "text": "гр.1 = стр.5 по гр.1–27"} for i in range(300)
            ],
        ),
    ],
)
@pytest.mark.timeout(30)
def test_hostile_documents_are_refused_at_once(data):
    assert faults_of(data)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(json)
def test_arbitrary_json_is_refused_with_faults(data):
    assert all(message for message in faults_of(data).values())


def _spots(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _spots(inner, (*path, key))


SPOTS = [path for path in _spots(FULL) if path]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(SPOTS), json | st.sampled_from(["101", "3", "q1", "1"])),
        min_size=1,
        max_size=3,
    )
)
def test_a_damaged_definition_never_crashes(damages):
    data = copy.deepcopy(FULL)
    for path, value in damages:
        target = data
        try:
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    try:
        form = load(data)
    except DefinitionInvalid as fault:
        assert fault.faults
    else:
        assert load(dump(form)) == form
