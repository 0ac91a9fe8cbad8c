"""Where values of an earlier version went: rows, columns, questions, copies and added rows."""

from copy import deepcopy

import pytest

from apps.monitoring.definition import compile_form, load
from apps.monitoring.versions import GONE, changes, moved, moves_of, unmapped

OLD = {
    "schema": "imo-form/1",
    "code": "clubs",
    "title": "Кружки",
    "sections": [
        {
            "code": "1",
            "number": "1",
            "title": "Кружки",
            "items": [
                {
                    "type": "table",
                    "columns": [{"code": "3", "title": "Всего"}, {"code": "4", "title": "Девочек"}],
                    "rows": [
                        {"code": "01", "title": "Техника"},
                        {"code": "02", "title": "Искусство"},
                        {"code": "03", "title": "Спорт"},
                    ],
                    "value": {"type": "integer"},
                },
                {"type": "question", "code": "site", "title": "Сайт", "value": {"type": "text"}},
            ],
        }
    ],
}


def table_of(document):
    return document["sections"][0]["items"][0]


@pytest.fixture
def new():
    """«Техника» is row 05 by now, row 01 is something else; «Спорт» is gone, «Сайт» has another code."""
    document = deepcopy(OLD)
    table_of(document)["rows"] = [
        {"code": "01", "title": "Наука"},
        {"code": "02", "title": "Искусство"},
        {"code": "05", "title": "техника"},
    ]
    table_of(document)["columns"][1] = {"code": "6", "title": "Из них девочек"}
    document["sections"][0]["items"][1]["code"] = "page"
    return document


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("1/01/3", "1/05/3"),
        ("1/01/4", "1/05/6"),
        ("1@filial/01/4", "1@filial/05/6"),
        ("1/02/3", "1/02/3"),
        ("1/02/4", "1/02/6"),
        ("1/03/3", GONE),
        ("1/n2/4", "1/n2/6"),
        ("1/02/5", "1/02/5"),
        ("1/04/3", "2/01/9"),
        ("site", "page"),
        ("site@filial", "page@filial"),
        ("other", "other"),
    ],
)
def test_moved(address, expected):
    old_codes = {"1/01": "1/05", "1/03": GONE, "1//4": "1//6", "1/04/3": "2/01/9", "site": "page"}
    assert moved(address, old_codes) == expected


def test_moves_are_proposed_by_the_same_words(new):
    found = moves_of(load(OLD), load(new), {})
    assert [(one.old.key, one.to, one.is_said) for one in found] == [
        ("1/01", "1/05", False),
        ("1/03", GONE, False),
        ("1//4", GONE, False),
        ("site", "page", False),
    ]


def test_what_was_said_stands_before_what_is_proposed(new):
    found = moves_of(load(OLD), load(new), {"1/01": GONE, "1//4": "1//6"})
    assert [(one.old.key, one.to, one.is_said) for one in found][:3] == [
        ("1/01", GONE, True),
        ("1/03", GONE, False),
        ("1//4", "1//6", True),
    ]


def test_cells_without_a_place_are_listed(new):
    old_codes = {"1/01": "1/05", "1/03": GONE, "1//4": "1//6", "site": "page"}
    assert unmapped(compile_form(load(OLD)), compile_form(load(new)), old_codes) == ["1/03/3", "1/03/4"]
    assert unmapped(compile_form(load(OLD)), compile_form(load(OLD)), {}) == []


def test_changes_name_the_place_and_both_faces(new):
    found = [(one.what, one.place, one.was, one.became) for one in changes(load(OLD), load(new))]
    assert found == [
        ("добавлено", "разд. 1, таблица 1, гр. 6", "", "Из них девочек"),
        ("изменено", "разд. 1, стр. 01", "название: Техника", "название: Наука"),
        ("добавлено", "разд. 1, стр. 05", "", "техника"),
        ("добавлено", "вопрос page", "", "Сайт"),
        ("удалено", "разд. 1, таблица 1, гр. 4", "Девочек", ""),
        ("удалено", "разд. 1, стр. 03", "Спорт", ""),
        ("удалено", "вопрос site", "Сайт", ""),
    ]


def test_equal_versions_do_not_differ():
    assert changes(load(OLD), load(deepcopy(OLD))) == []


def test_the_kind_of_a_relation_is_told_in_words():
    section = next(iter(OLD["sections"]))["code"]
    relation = {"code": "77", "text": "1 = 1", "section": section}
    old, new = (
        {**deepcopy(OLD), "relations": [{**relation, "severity": one}]} for one in ("error", "warning")
    )

    [found] = changes(load(old), load(new))

    assert (found.was, found.became) == (
        "вид соотношения: обязательное",
        "вид соотношения: предупредительное",
    )
