"""Every edit of the designer by hand, and taking back whatever was done."""

import copy
import random

import pytest

from apps.monitoring.definition import load
from apps.monitoring.designer import Misplaced, apply, difference, put, taken_back
from apps.monitoring.designer.places import sections_of, text_of

TABLE = "sections.0.items.0"


def form() -> dict:
    return {
        "schema": "imo-form/1",
        "code": "library",
        "title": "Библиотека",
        "sections": [
            {
                "code": "1",
                "title": "Фонд",
                "items": [
                    {
                        "type": "table",
                        "header": [
                            {"column": "3"},
                            {"title": "из них", "children": [{"column": "4"}, {"column": "5"}]},
                        ],
                        "columns": [
                            {"code": "3", "title": "Всего"},
                            {"code": "4", "title": "книг"},
                            {"code": "5", "title": "дисков"},
                        ],
                        "rows": [{"code": "01", "title": "Поступило"}, {"code": "02", "title": "Выбыло"}],
                        "x": [["02", "5"]],
                        "cells": [{"row": "01", "column": "4", "value": {"required": True}}],
                    },
                    {"type": "question", "code": "q1", "title": "Есть ли зал?", "value": {"type": "yes_no"}},
                ],
            }
        ],
        "relations": [{"code": "1", "text": "гр. 3 = гр. 4 + гр. 5", "section": "1", "severity": "error"}],
    }


def edited(op: str, path: str = "", document: dict | None = None, **more: object) -> dict:
    return apply(document or form(), {"op": op, "path": path, **more})


def table_of(document: dict) -> dict:
    return document["sections"][0]["items"][0]


def test_a_row_is_added_after_another_with_the_next_free_code() -> None:
    rows = table_of(edited("add", f"{TABLE}.rows", kind="row", at=1))["rows"]

    assert [(row["code"], row["title"]) for row in rows] == [
        ("01", "Поступило"),
        ("03", "Новая строка"),
        ("02", "Выбыло"),
    ]


def test_a_new_column_stands_in_the_header() -> None:
    table = table_of(edited("add", f"{TABLE}.columns", kind="column"))

    assert table["columns"][3] == {"code": "6", "title": "Новая графа"}
    assert table["header"][2] == {"column": "6"}


@pytest.mark.parametrize("kind", ["table", "open_table", "question", "note"])
def test_a_new_part_of_a_section_is_valid_at_once(kind: str) -> None:
    document = edited("add", "sections.0.items", kind=kind)

    assert load(document) is not None
    assert document["sections"][0]["items"][2]["type"] == kind


def test_a_new_section_and_a_section_inside_have_codes_of_their_own() -> None:
    document = edited("add", "sections", kind="section")
    document = edited("add", "sections.1.sections", document, kind="section")

    assert document["sections"][1]["code"] == "2"
    assert document["sections"][1]["sections"][0]["code"] == "2.1"


def test_x_cells_and_cells_follow_the_new_code_of_a_row_and_a_column() -> None:
    document = edited("set", f"{TABLE}.rows.1", fields={"code": "20"})
    document = edited("set", f"{TABLE}.columns.1", document, fields={"code": "8"})

    table = table_of(document)
    assert table["x"] == [["20", "5"]]
    assert table["cells"] == [{"row": "01", "column": "8", "value": {"required": True}}]
    assert table["header"][1]["children"] == [{"column": "8"}, {"column": "5"}]


def test_what_a_deleted_row_and_column_had_goes_with_them() -> None:
    document = edited("delete", f"{TABLE}.rows.1")
    document = edited("delete", f"{TABLE}.columns.1", document)

    table = table_of(document)
    assert "x" not in table
    assert "cells" not in table
    assert table["header"] == [{"column": "3"}, {"title": "из них", "children": [{"column": "5"}]}]


def test_levels_of_the_header_are_typed_over_a_column() -> None:
    document = edited("set", f"{TABLE}.columns.0", fields={"over": "Фонд / всего"})
    document = edited("set", f"{TABLE}.columns.1", document, fields={"over": "Фонд / из них"})

    assert table_of(document)["header"] == [
        {
            "title": "Фонд",
            "children": [
                {"title": "всего", "children": [{"column": "3"}]},
                {"title": "из них", "children": [{"column": "4"}]},
            ],
        },
        {"title": "из них", "children": [{"column": "5"}]},
    ]


def test_a_copied_row_keeps_its_crosses_under_a_new_code() -> None:
    table = table_of(edited("copy", f"{TABLE}.rows.1"))

    assert table["rows"][2] == {"code": "03", "title": "Выбыло"}
    assert table["x"] == [["02", "5"], ["03", "5"]]


def test_a_copied_table_goes_on_counting_its_rows() -> None:
    document = edited("copy", TABLE)

    assert [row["code"] for row in document["sections"][0]["items"][1]["rows"]] == ["03", "04"]
    assert document["sections"][0]["items"][1]["x"] == [["04", "5"]]
    assert load(document) is not None


def test_a_copied_section_has_its_own_code_and_questions() -> None:
    document = edited("copy", "sections.0")

    assert document["sections"][1]["code"] == "2"
    assert document["sections"][1]["items"][1]["code"] == "q2"
    assert load(document) is not None


def test_rows_are_moved() -> None:
    table = table_of(edited("move", f"{TABLE}.rows.1", to=0))

    assert [row["code"] for row in table["rows"]] == ["02", "01"]


def test_a_press_marks_a_cell_and_another_frees_it() -> None:
    crossed = edited("x", TABLE, row="01", column="3")

    assert table_of(crossed)["x"] == [["02", "5"], ["01", "3"]]
    assert edited("x", TABLE, crossed, row="01", column="3") == form()


def test_a_cell_without_anything_of_its_own_is_left_out() -> None:
    document = edited("cell", TABLE, row="01", column="4", fields={"value.required": ""})

    assert "cells" not in table_of(document)


def test_a_type_drops_the_limits_of_the_former_one() -> None:
    path = f"{TABLE}.columns.0"
    document = edited("set", path, fields={"value.type": "decimal", "value.decimals": "2"})
    document = edited("set", path, document, fields={"value.type": "text"})

    assert table_of(document)["columns"][0]["value"] == {"type": "text"}


def test_a_unit_is_known_by_its_name() -> None:
    document = edited("set", "sections.0", fields={"unit": "человек"})

    assert document["sections"][0]["unit"] == {"code": "792", "name": "человек"}


def test_a_heading_loses_its_code_and_gets_one_again() -> None:
    document = edited("set", f"{TABLE}.rows.1", fields={"kind": "heading"})
    assert table_of(document)["rows"][1] == {"title": "Выбыло", "kind": "heading"}
    assert "x" not in table_of(document)

    document = edited("set", f"{TABLE}.rows.1", document, fields={"kind": ""})
    assert table_of(document)["rows"][1] == {"title": "Выбыло", "code": "02"}


def test_names_of_rows_are_pasted_with_codes_and_indents() -> None:
    table = table_of(edited("paste_rows", TABLE, text="Списано\r\n  по ветхости\t2а\n\nУтеряно\t01\n"))

    assert table["rows"][2:] == [
        {"code": "03", "title": "Списано"},
        {"code": "2а", "title": "по ветхости", "level": 1},
        {"code": "04", "title": "Утеряно"},
    ]


def test_a_whole_table_is_pasted() -> None:
    text = "Показатель\t№ строки\tВсего\tДевочки\n1\t2\t3\t4\nУчащихся\t10\t\t\nКлассов\t11\t\tX\n"
    document = edited("paste_table", "sections.0", text=text)

    assert document["sections"][0]["items"][2] == {
        "type": "table",
        "title": "",
        "columns": [{"code": "3", "title": "Всего"}, {"code": "4", "title": "Девочки"}],
        "rows": [{"code": "10", "title": "Учащихся"}, {"code": "11", "title": "Классов"}],
        "x": [["11", "4"]],
    }


def test_lists_of_answers_and_values_of_repetition() -> None:
    document = edited("choices", code="halls", text="читальный\t1\nнет зала\t2")
    document = edited("dimension", "", document, code="shifts", title="Смены", text="первая\nвторая")

    assert document["choices"] == {
        "halls": [{"code": "1", "title": "читальный"}, {"code": "2", "title": "нет зала"}]
    }
    assert document["dimensions"]["shifts"]["values"][1] == {"code": "2", "title": "вторая"}
    assert "choices" not in edited("choices", "", document, code="halls", text=" ")


def test_a_relation_is_added_and_written() -> None:
    document = edited("add", "relations", kind="relation")
    document = edited("set", "relations.1", document, fields={"text": "стр. 01 >= стр. 02", "enabled": False})

    assert document["relations"][1] == {
        "code": "2",
        "text": "стр. 01 >= стр. 02",
        "severity": "error",
        "section": "1",
        "enabled": False,
    }


@pytest.mark.parametrize(
    "command",
    [
        {"op": "burn", "path": ""},
        {"op": "delete", "path": ""},
        {"op": "delete", "path": "sections.9"},
        {"op": "delete", "path": "sections.0.items.0.header"},
        {"op": "add", "path": "sections.0.items", "kind": "row"},
        {"op": "add", "path": "sections.0.items.1.rows", "kind": "row"},
        {"op": "set", "path": "sections.0", "fields": {"items": "нет"}},
        {"op": "set", "path": "sections.0", "fields": {"title": ["нет"]}},
        {"op": "set", "path": f"{TABLE}.rows.0", "fields": {"level": "много"}},
        {"op": "set", "path": f"{TABLE}.rows.0", "fields": {"title": "я" * 2001}},
        {"op": "move", "path": f"{TABLE}.rows.0", "to": 2},
        {"op": "x", "path": TABLE, "row": "99", "column": "3"},
        {"op": "x", "path": "sections.0.items.1", "row": "01", "column": "3"},
        {"op": "paste_rows", "path": TABLE, "text": " \n "},
        {"op": "paste_table", "path": "sections.0", "text": "одно"},
        {"op": "choices", "path": "", "code": "Список"},
        {"op": "set", "path": 7},
        [],
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(command: object) -> None:
    document = form()

    with pytest.raises(Misplaced):
        apply(document, command)
    assert document == form()


def random_command(document: dict, dice: random.Random) -> dict:
    """Some edit somewhere in the document; it may be one that is refused."""
    path, section = dice.choice(list(sections_of(document)))
    here = text_of(path)
    places = [here, f"relations.{dice.randint(0, 2)}"]
    for number, item in enumerate(section.get("items", ())):
        places.append(f"{here}.items.{number}")
        for name in ("rows", "columns"):
            places += [f"{here}.items.{number}.{name}.{i}" for i in range(len(item.get(name, ())))]
    lists = ["sections", "relations", f"{here}.items", f"{here}.sections", f"{here}.items.0.rows"]
    kinds = ["section", "relation", "table", "open_table", "question", "note", "row", "column"]
    text = dice.choice(["07", "Всего", "", "decimal", "Итого / из них", "heading"])
    field = dice.choice(["code", "title", "value.type", "over", "kind", "when", "text", "value.unit"])
    return dice.choice(
        [
            {"op": "add", "path": dice.choice(lists), "kind": dice.choice(kinds), "at": dice.randint(0, 3)},
            {"op": "set", "path": dice.choice(places), "fields": {field: text}},
            {"op": "move", "path": dice.choice(places), "to": dice.randint(0, 3)},
            {"op": "copy", "path": dice.choice(places)},
            {"op": "delete", "path": dice.choice(places[1:])},
            {"op": "x", "path": f"{here}.items.0", "row": "02", "column": dice.choice("345")},
            {"op": "cell", "path": f"{here}.items.0", "row": "01", "column": "3",
             "fields": {"value.required": dice.choice(["", "true"])}},
            {"op": "paste_rows", "path": f"{here}.items.0", "text": "Раз\t05\n  Два"},
            {"op": "paste_table", "path": here, "text": "а\tб\nв\tX"},
            {"op": "choices", "code": "one", "text": dice.choice(["да\nнет", ""])},
        ]
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_whatever_was_done_is_taken_back_and_done_again(seed: int) -> None:
    dice, document, done = random.Random(seed), form(), []
    for _ in range(60):
        before = copy.deepcopy(document)
        try:
            after = apply(document, random_command(document, dice))
        except Misplaced:
            assert document == before
            continue
        assert document == before
        patches = difference(document, after)
        assert taken_back(after, patches) == before
        assert put(before, patches) == after
        done.append((before, patches))
        document = after
    assert len(done) > 10
    for before, patches in reversed(done):
        document = taken_back(document, patches)
        assert document == before
    assert document == form()
