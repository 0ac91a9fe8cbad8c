"""Differences of two texts of a plan."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.planning.content import (
    audience_line,
    by_section,
    differences,
    executors_line,
    full_title,
    result_line,
    same_text,
    term_line,
)

PERSON = {"id": 1, "name": "Лугова О. А.", "position": "методист"}
HEADER = {
    "owner": "imo", "title": "План", "year_kind": "school", "year": 2026, "year_title": "2026/2027",
    "theme": "", "goal": "", "tasks": "", "priorities": "", "bases": "",
    "order_number": "", "order_date": None,
}  # fmt: skip


def item(pk: int, **fields: Any) -> dict[str, Any]:
    given = {
        "id": pk, "section": "3.1", "order": pk, "form": "", "title": f"Дело {pk}", "term": "15.10.2026",
        "raw_term": {"kind": "day", "starts_on": "2026-10-15", "ends_on": "2026-10-15", "day": None,
                     "starts_at": None, "ends_at": None},
        "place": "", "audience": "", "count": None, "invites_heads": False, "responsible": PERSON,
        "co_executors": [], "partners": "", "result": "", "result_kind": "", "clause": "", "task": None,
        "programme": None, "note": "",
    }  # fmt: skip
    return given | fields


def text(*items: dict[str, Any], **header: Any) -> dict[str, Any]:
    return {"header": HEADER | header, "items": list(items)}


def told(was, became) -> list[tuple[str, ...]]:
    rows = [(one.kind.value, one.title, one.field, one.was, one.became) for one in differences(was, became)]
    return [tuple(part.replace("\u00a0", " ") for part in row) for row in rows]


def test_the_same_text_has_no_difference():
    assert told(text(item(1), item(2)), text(item(1), item(2))) == []


def test_the_header_is_compared():
    assert told(text(), text(goal="Развитие", order_number="5", order_date="2026-08-28")) == [
        ("changed", "Титульная часть", "цель", "—", "Развитие"),
        ("changed", "Титульная часть", "номер приказа об утверждении", "—", "5"),
        ("changed", "Титульная часть", "дата приказа об утверждении", "—", "28.08.2026"),
    ]


@pytest.mark.parametrize(
    ("fields", "row"),
    [
        ({"section": "3.2"}, ("раздел", "Аналитическая деятельность", "Информационная деятельность")),
        ({"title": "Иное"}, ("мероприятие, тема", "Дело 1", "Иное")),
        ({"term": "16.10.2026"}, ("срок", "15.10.2026", "16.10.2026")),
        ({"count": 30}, ("участников по плану", "—", "30")),
        ({"count": 0}, ("участников по плану", "—", "0")),
        ({"invites_heads": True}, ("приглашены руководители организаций", "нет", "да")),
        ({"result_kind": "order"}, ("вид документа", "—", "приказ")),
        ({"task": 5}, ("задача (пункт 2.2)", "—", "развитие творческого потенциала педагогов")),
        ({"programme": {"id": 1, "title": "Город"}}, ("программа", "—", "Город")),
        ({"co_executors": [PERSON]}, ("соисполнители", "—", "Лугова О. А., методист")),
        ({"note": "выезд"}, ("примечание", "—", "выезд")),
    ],
)
def test_each_column_is_compared(fields, row):
    assert told(text(item(1)), text(item(1, **fields))) == [("changed", "Дело 1", *row)]


def test_added_and_removed():
    assert told(text(item(1), item(2)), text(item(1), item(3))) == [
        ("added", "Дело 3", "", "—", "15.10.2026; Лугова О. А., методист"),
        ("removed", "Дело 2", "", "15.10.2026; Лугова О. А., методист", "—"),
    ]


def test_an_event_put_elsewhere_is_told_once():
    was = text(*(item(pk) for pk in (1, 2, 3, 4)))
    became = text(*(item(pk) for pk in (1, 4, 2, 3)))
    assert told(was, became) == [("changed", "Дело 4", "порядок", "№ 4 в разделе", "№ 2 в разделе")]


def test_what_follows_an_added_event_has_not_moved():
    assert told(text(item(1), item(2)), text(item(5), item(1), item(2))) == [
        ("added", "Дело 5", "", "—", "15.10.2026; Лугова О. А., методист")
    ]


def test_another_post_of_the_same_person_is_the_same_text():
    other = PERSON | {"position": "старший методист"}
    assert same_text(text(item(1)), text(item(1, responsible=other)))
    assert not same_text(text(item(1)), text(item(1, responsible=PERSON | {"id": 2})))
    assert not same_text(text(), text(goal="Иная"))


def test_lines_of_print():
    one = item(1, form="Семинар", audience="учителя", count=30, partners="библиотека", co_executors=[PERSON])
    assert full_title(one) == "Семинар: Дело 1"
    assert audience_line(one) == "учителя, 30\u00a0чел."
    assert executors_line(one) == "Лугова О. А., методист; библиотека"
    assert result_line(item(1, result="приняты", result_kind="order")) == "приняты (приказ)"
    assert result_line(item(1, result_kind="order")) == "приказ"
    hours = item(1)["raw_term"] | {"starts_at": "10:00", "ends_at": "12:00"}
    assert term_line(item(1, raw_term=hours)) == "15.10.2026, 10:00–12:00"


def test_sections_stand_in_the_order_of_the_statute():
    sections = by_section(text(item(1, section="5"), item(2, section="3.2"), item(3, section="3.1")))
    assert [(code, [one["id"] for one in items]) for code, _, items in sections] == [
        ("3.1", [3]),
        ("3.2", [2]),
        ("5", [1]),
    ]


ORDERS = st.permutations(range(8))


@given(order=ORDERS)
def test_moves_explain_any_new_order(order):
    """Taking the told events out leaves the others in their old order; in the old order nothing is told."""
    was = text(*(item(pk) for pk in range(8)))
    became = text(*(item(pk) for pk in order))
    moved = {int(one.title.split()[1]) for one in differences(was, became)}
    left = [pk for pk in order if pk not in moved]
    assert left == sorted(left)
    assert bool(moved) == (list(order) != list(range(8)))


@given(gone=st.sets(st.integers(0, 5)), new=st.sets(st.integers(6, 9)))
def test_every_event_is_accounted_for(gone, new):
    was = text(*(item(pk) for pk in range(6)))
    became = text(*(copy.deepcopy(item(pk)) for pk in range(6) if pk not in gone), *(item(pk) for pk in new))
    kinds = [(one.kind.value, int(one.title.split()[1])) for one in differences(was, became)]
    assert sorted(kinds) == sorted([("removed", pk) for pk in gone] + [("added", pk) for pk in new])
