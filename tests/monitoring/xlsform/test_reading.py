"""What a workbook becomes: types, sections, tables, expressions, and what arrives disabled."""

import pytest

from tests.monitoring.xlsform.books import YES_NO, items, q, read


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (q("text", "a"), {"type": "text"}),
        (q("text", "a", appearance="multiline"), {"type": "long_text"}),
        (q("integer", "a"), {"type": "integer"}),
        (q("integer", "a", constraint=". >= 0"), {"type": "integer"}),
        (
            q("integer", "a", constraint=". >= -5"),
            {"type": "integer", "minimum": "-5", "allow_negative": True},
        ),
        (
            q("integer", "a", constraint=". > 0 and . < 10"),
            {"type": "integer", "minimum": "1", "maximum": "9"},
        ),
        (q("decimal", "a", constraint=".>=0"), {"type": "decimal", "decimals": 2}),
        (q("date", "a", required="yes"), {"type": "date", "required": True}),
        (q("select_one yn", "a"), {"type": "choice", "choices": "yn"}),
        (q("select one yn", "a"), {"type": "choice", "choices": "yn"}),
        (q("select_multiple yn", "a"), {"type": "multi_choice", "choices": "yn"}),
        (q("acknowledge", "a"), {"type": "yes_no"}),
        (q("range", "a", parameters="start=1 end=5"), {"type": "scale", "minimum": "1", "maximum": "5"}),
        (q("time", "a"), {"type": "text"}),
        (q("dateTime", "a"), {"type": "date"}),
    ],
)
def test_type(row, value):
    [item] = items(read([row], YES_NO))
    if row["type"] == "integer" and not row.get("constraint"):
        value = {**value, "allow_negative": True}
    assert item["value"] == value


@pytest.mark.parametrize(
    ("relevant", "when"),
    [
        ("${n} > 3", "вопрос n > 3"),
        ("3 < ${n}", "вопрос n > 3"),
        ("selected(${a}, 'yes')", "вопрос a = «yes»"),
        ("${a} = 'yes'", "вопрос a = «yes»"),
        ("${a} != 'yes'", "вопрос a не заполнена или вопрос a <> «yes»"),
        ("not(${a} = 'yes')", "вопрос a не заполнена или вопрос a <> «yes»"),
        ("not(${n} > 3)", "вопрос n не заполнена или вопрос n <= 3"),
        ("${a} != '' and ${a} != 'yes'", "вопрос a <> «yes»"),
        ("selected(${m}, 'no')", "вопрос m содержит «no»"),
        ("${a} = 'yes' or ${a} = 'no'", "вопрос a = «yes» или «no»"),
        ("${a} = 'yes' and ${n} < 2", "вопрос a = «yes» и вопрос n < 2"),
        ("string-length(${t}) > 0", "вопрос t заполнена"),
        ("count-selected(${m}) >= 1", "вопрос m заполнена"),
        ("${t} = ''", "вопрос t не заполнена"),
        ("${d} >= date('2026-09-01')", "вопрос d >= 01.09.2026"),
        ("${n} + 2 * ${n} = 6", "вопрос n + 2 × вопрос n = 6"),
        ("if(${n} > 1, ${a} = 'yes', false())", "вопрос n > 1 и вопрос a = «yes»"),
        ("${flag} = '1'", "вопрос n > 5"),
        ("round(${n} div 3, 1) > 2", "округлить(вопрос n / 3; 1) > 2"),
        ("max(${n}, 2) = 2", "максимум(вопрос n; 2) = 2"),
    ],
)
def test_relevant(relevant, when):
    form = read(
        [
            q("integer", "n"), q("text", "t"), q("date", "d"), q("select_one yn", "a"),
            q("select_multiple yn", "m"), q("calculate", "flag", calculation="if(${n} > 5, '1', '0')"),
            q("text", "last", relevant=relevant),
        ],
        YES_NO,
    )  # fmt: skip
    assert items(form)[-1]["when"] == when


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("constraint", "regex(., '[0-9]+')", "regex"),
        ("constraint", ". <= today()", "Сегодняшнюю дату"),
        ("constraint", "string-length(.) < 5", "Длину текста"),
        ("relevant", "${nope} = 1", "Нет вопроса «nope»"),
        ("relevant", "position(..) = 1", "Номер строки"),
        ("relevant", "pulldata('a', 'b', 'c', 'd') = 1", "Внешние данные"),
        ("relevant", "${n} mod 2 = 0", "Остаток"),
        ("relevant", "${n} >", "Запись не разобрана"),
        ("relevant", "jr:unknown(${n}) = 1", "jr:unknown"),
        ("relevant", "1 = 2", "никогда"),
        ("required", "${n} > today()", "Сегодняшнюю дату"),
        ("relevant", "(" * 40 + "1" + ")" * 40, "глубже 30"),
        ("relevant", "${n} = 1 " * 1200, "длиннее 4000"),
    ],
)
def test_untranslated_arrives_disabled_and_visible(column, text, reason):
    form = read([q("integer", "n"), q("text", "last", **{column: text})])
    [relation] = form.definition["relations"]
    assert relation["enabled"] is False
    assert relation["text"] == text.strip() if len(text) < 4000 else relation["text"].endswith("…")
    assert "строка 3" in relation["note"] and reason in relation["note"]
    assert [(one.row, one.column) for one in form.warnings] == [(3, column)]


def test_constraint_with_its_message_is_a_relation():
    form = read([q("integer", "n"), q("integer", "m", constraint=". <= ${n}", constraint_message="Больше")])
    [relation] = form.definition["relations"]
    assert relation == {
        "code": "k1", "severity": "error", "message": "Больше",
        "text": "если вопрос m заполнена, то вопрос m <= вопрос n",
    }  # fmt: skip


def test_requirement_with_a_condition():
    form = read([q("integer", "n"), q("text", "t", required="${n} > 3")])
    assert form.definition["relations"][0]["text"] == "если вопрос n > 3, то вопрос t заполнена"


def test_calculation():
    form = read([q("integer", "n"), q("calculate", "c", calculation="${n} * 100 div 7")])
    assert items(form)[1]["value"] == {
        "type": "decimal", "decimals": 2, "allow_negative": True, "computed": "вопрос n × 100 / 7",
    }  # fmt: skip


def test_choice_filter_becomes_a_relation_for_each_value():
    choices = [
        ("r", 1, "Север", ""),
        ("r", 2, "Юг", ""),
        ("c", "a", "А", 1),
        ("c", "b", "Б", 2),
        ("c", "d", "В", 2),
    ]
    form = read(
        [q("select_one r", "region"), q("select_one c", "city", choice_filter="region=${region}")],
        choices,
        choice_columns=("list_name", "name", "label", "region"),
    )
    assert [one["text"] for one in form.definition["relations"]] == [
        "если вопрос city заполнена, то вопрос region <> 1 или вопрос city = «a»",
        "если вопрос city заполнена, то вопрос region <> 2 или вопрос city = «b» или вопрос city = «d»",
    ]


def test_groups_are_sections_and_keep_the_order():
    rows = [q("text", "a"), q("begin_group", "g", "Раздел", relevant="${a} != ''"), q("text", "b"),
            q("begin_group", "h", "Внутри"), q("text", "c"), q("end_group", ""), q("text", "d"),
            q("end_group", ""), q("text", "e")]  # fmt: skip
    form = read(rows)
    first, group, last = form.definition["sections"]
    assert [one["code"] for one in (*first["items"], *group["items"], *last["items"])] == ["a", "b", "e"]
    assert group["when"] == "вопрос a заполнена"
    assert [one["title"] for one in group["sections"]] == ["Внутри", "Раздел (продолжение)"]


def test_repeat_is_an_open_table():
    rows = [q("begin_repeat", "kids", "Дети", repeat_count="3"), q("text", "kid", "Имя"),
            q("integer", "age", "Возраст", constraint=". >= 0"), q("end_repeat", ""),
            q("calculate", "sum_age", calculation="sum(${age})")]  # fmt: skip
    form = read(rows)
    assert form.definition["sections"][0]["items"] == [
        {
            "type": "open_table", "total": True, "min_rows": 3, "max_rows": 3,
            "columns": [
                {"code": "kid", "title": "Имя", "value": {"type": "text"}},
                {"code": "age", "title": "Возраст", "value": {"type": "integer"}},
            ],
        }
    ]  # fmt: skip
    assert items(form)[1]["value"]["computed"] == "сумма раздел kids стр.Итого гр.age"


def test_list_of_statements_is_a_table():
    rows = [q("begin_group", "g", "Согласны ли вы", appearance="table-list"), q("select_one yn", "s1", "Первое"),  # noqa: E501
            q("select_one yn", "s2", "Второе"), q("end_group", "")]  # fmt: skip
    [table] = items(read(rows, YES_NO))
    assert table["columns"] == [{"code": "1", "title": "Ответ", "value": {"type": "choice", "choices": "yn"}}]
    assert [one["code"] for one in table["rows"]] == ["s1", "s2"]


def test_matrix_of_kobo_is_a_coded_table():
    rows = [{"type": "begin_kobomatrix", "name": "m", "label": "Матрица", "kobo--matrix_list": "yn"},
            q("integer", "boys", "Мальчики"), q("end_kobomatrix", "")]  # fmt: skip
    [table] = items(read(rows, YES_NO))
    assert [one["title"] for one in table["rows"]] == ["Да", "Нет"]
    assert [one["code"] for one in table["columns"]] == ["boys"]


def test_or_other_adds_an_answer_and_its_text():
    form = read([q("select_one yn or_other", "a")], YES_NO)
    assert [one["code"] for one in form.definition["choices"]["yn"]] == ["yes", "no", "other"]
    assert items(form)[1]["when"] == "вопрос a = «other»"


@pytest.mark.parametrize("kind", ["geopoint", "image", "audio", "video", "file", "geotrace", "geoshape"])
def test_unasked_type_leaves_a_remark(kind):
    form = read([q("text", "a"), q(kind, "b", "Место")])
    assert items(form)[1]["type"] == "note" and "Место" in items(form)[1]["text"]
    assert [(one.row, one.column) for one in form.warnings] == [(3, "type")]


def test_default_language_is_taken():
    columns = ("type", "name", "label::English (en)", "label::Русский (ru)")
    form = read([("text", "a", "Name", "Имя")], settings={"default_language": "English"}, columns=columns)
    assert items(form)[0]["title"] == "Name"
    assert items(read([("text", "a", "Name", "Имя")], columns=columns))[0]["title"] == "Имя"


def test_long_form_is_cut_into_sections():
    form = read([q("integer", f"q{number}") for number in range(400)])
    assert [len(one["items"]) for one in form.definition["sections"]] == [150, 150, 100]
