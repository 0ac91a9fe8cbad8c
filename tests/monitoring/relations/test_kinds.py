"""The fifteen kinds of control relations, each worked out by hand."""

from decimal import Decimal

import pytest

from apps.monitoring.definition import DefinitionInvalid, covered_cells, load
from tests.monitoring.relations.forms import cells, compiled, document, failures, rule, section, table

WIDE = section("2", table("101 102 103 104 105 106", "3 4 5 6 7 8"))


def wide(text: str, **extra: object):
    return compiled(WIDE, relations=[rule(text, **extra)])


def test_k1_column_sum_over_a_range_of_rows():
    form = wide("по строкам 101, 103–105: гр.3 = сумме гр.4, 7, 8")
    values = cells(
        "2", {"101": {"3": 12, "4": 5, "7": 4, "8": 3}, "102": {"3": 99}, "104": {"3": 7, "4": 5, "7": 1}}
    )
    (found,) = form.check(values)
    assert found.instance == "K::104::"
    assert (found.left, found.right, found.difference) == (Decimal(7), Decimal(6), Decimal(1))
    assert found.addresses == ("2/104/3", "2/104/4", "2/104/7", "2/104/8")
    assert found.message == (
        "Разд. 2, стр. 104, гр. 3: 7, должно быть равно 6 (сумма стр.104 гр.4, 7, 8), разница 1"
    )


def test_k2_row_sum_over_a_range_of_columns():
    form = wide("по графам 3–6: стр.101 = сумме стр.102–105")
    values = cells(
        "2",
        {
            "101": {"3": 10, "4": 3, "7": 5},
            "102": {"3": 1, "4": 1},
            "103": {"3": 2, "4": 1},
            "104": {"3": 3},
            "105": {"3": 4},
        },
    )
    assert failures(form, values) == ["::4:"]
    assert form.check(values)[0].difference == Decimal(1)


def test_k3_another_rule_for_an_excluded_row():
    form = compiled(
        WIDE,
        relations=[
            {**rule("по строкам 101–106, кроме 102: гр.3 = сумме гр.4, 5"), "code": "A"},
            {**rule("по строке 102: гр.3 = гр.4"), "code": "B"},
        ],
    )
    values = cells("2", {"101": {"3": 5, "4": 2, "5": 3}, "102": {"3": 5, "4": 4, "5": 1}})
    assert [one.instance for one in form.check(values)] == ["B::102::"]
    assert "2/102/3" not in covered_cells(form, "A")
    assert covered_cells(form, "B") == ["2/102/3", "2/102/4"]


def test_k4_part_is_not_more_than_the_whole():
    form = wide("гр.4 >= сумме гр.5, 6")
    assert failures(form, cells("2", {"101": {"4": 5, "5": 2, "6": 3}})) == []
    assert failures(form, cells("2", {"103": {"4": 4, "5": 2, "6": 3}})) == [":103::"]


def test_k5_across_sections_with_mapped_columns():
    form = compiled(
        section("1", table("102", "3 5 6")),
        section("2", table("301", "3 5 7")),
        relations=[rule("стр.301 по гр.3, 5, 7 = раздел 1 стр.102 по гр.3, 5, 6 соответственно")],
    )
    values = {"2/301/3": "1", "1/102/3": "1", "2/301/5": "2", "1/102/5": "2", "2/301/7": "9", "1/102/6": "3"}
    (found,) = form.check(values)
    assert found.instance == "K::::3"
    assert found.addresses == ("2/301/7", "1/102/6")
    assert "разд. 1, стр. 102, гр. 6" in found.message


def test_k6_sum_with_gaps_takes_only_the_rows_there_are():
    rows = "301 302 305 309 311 312 320"
    form = compiled(section("2", table(rows, "3")), relations=[rule("стр.301 = сумме стр.302, 309–312, 320")])
    assert covered_cells(form, "K") == [f"2/{row}/3" for row in ("301", "302", "309", "311", "312", "320")]
    values = cells("2", {row: {"3": 1} for row in rows.split()} | {"301": {"3": 5}})
    assert failures(form, values) == []


def test_k7_implication():
    form = wide("если стр.101 гр.3 > 0, то стр.106 гр.3 > 0")
    assert failures(form, {"2/101/3": "5", "2/106/3": "1"}) == []
    assert failures(form, {"2/101/3": "0"}) == []
    assert failures(form, {"2/106/3": "0"}) == []  # a premise over a blank is false
    (found,) = form.check({"2/101/3": "5"})
    assert found.message == (
        "Разд. 2, стр. 106, гр. 3: 0, должно быть больше 0, разница 0 (так как стр.101 гр.3 > 0)"
    )


def test_k8_set_of_codes():
    form = wide("стр.105 = 1 или 2")
    assert failures(form, {"2/105/3": "1", "2/105/4": "2"}) == []
    (found,) = form.check({"2/105/3": "3"})
    assert found.message == "Разд. 2, стр. 105, гр. 3: 3, допустимо 1 или 2"


def test_k8_only_if_means_where_a_holds_b_must_hold():
    form = wide("стр.105 = 1 или 2, только если стр.101 = 5")
    assert failures(form, {"2/105/3": "1", "2/101/3": "5"}) == []
    assert failures(form, {"2/105/3": "3", "2/101/3": "4"}) == []
    assert failures(form, {"2/101/3": "4"}) == []
    assert failures(form, {"2/105/3": "2", "2/101/3": "4"}) == ["::3:"]


@pytest.mark.parametrize(
    ("value", "bad"), [("10002", True), ("10003", False), ("48000", False), ("48001", True)]
)
def test_k9_range(value, bad):
    form = wide("10003 <= гр.3 <= 48000")
    assert bool(form.check({"2/101/3": value})) is bad
    assert form.check({}) == []


def test_k9_message_speaks_of_the_cell():
    (found,) = wide("10003 <= гр.3 <= 48000").check({"2/101/3": "7"})
    assert found.message == (
        "Разд. 2, стр. 101, гр. 3: 7, должно быть не меньше 10\u00a0003, разница −9\u00a0996"
    )


def test_k10_ratio_and_division_by_zero():
    form = wide("гр.4 × 1000 / гр.3 >= 4611")
    assert failures(form, {"2/101/3": "2", "2/101/4": "10"}) == []  # 5000
    assert failures(form, {"2/101/3": "2", "2/101/4": "9"}) == [":101::"]  # 4500
    assert form.check({"2/101/3": "2", "2/101/4": "9"})[0].message == (
        "Разд. 2: стр.101 гр.4 × 1000 / стр.101 гр.3: 4\u00a0500, должно быть не меньше 4\u00a0611, "
        "разница −111"
    )
    assert failures(form, {"2/101/3": "0", "2/101/4": "9"}) == []
    assert failures(form, {"2/101/4": "9"}) == []


def test_k11_k12_warning_with_the_methodists_words():
    form = wide("гр.3 > гр.4", severity="warning", message="Равенство допустимо с пояснением")
    (found,) = form.check({"2/101/3": "4", "2/101/4": "4"})
    assert found.severity == "warning"
    assert found.message.startswith("Равенство допустимо с пояснением. Разд. 2, стр. 101, гр. 3: 4,")


def test_k13_total_of_an_open_list():
    open_table = {
        "type": "open_table",
        "columns": [
            {"code": "1", "title": "Имя", "value": {"type": "text"}},
            {"code": "2", "title": "Число"},
        ],
    }
    form = compiled(section("2", open_table), relations=[rule("Итого = сумма предыдущих строк")])
    values = {"2/n1/2": "4", "2/n3/2": "5", "2/n2/1": "без числа"}
    assert form.compute(values) == {"2/total/2": "9"}
    assert form.check(values | form.compute(values)) == []


def test_k13_total_of_a_coded_table():
    rows = [{"code": "01", "title": "а"}, {"code": "02", "title": "б"}]
    rows.append({"code": "03", "title": "Итого", "kind": "grand_total"})
    form = compiled(
        section("2", {**table("1", "3"), "rows": rows}), relations=[rule("Итого = сумма предыдущих строк")]
    )
    assert failures(form, {"2/01/3": "1", "2/02/3": "2", "2/03/3": "3"}) == []
    assert failures(form, {"2/01/3": "1", "2/02/3": "2", "2/03/3": "4"}) == [":03:3:"]


def test_k14_another_section():
    form = compiled(
        section("1.2", table("24", "3")),
        section("2.1", table("01", "3")),
        relations=[rule("раздел 2.1 стр.01 гр.3 = раздел 1.2 стр.24 гр.3", section="")],
    )
    assert form.check({"2.1/01/3": "5", "1.2/24/3": "5"}) == []
    assert form.check({"2.1/01/3": "5", "1.2/24/3": "4"})[0].difference == Decimal(1)


def test_k14_another_form_only_where_it_is_accepted():
    form = wide("стр.101 гр.3 = форма library раздел 2.1 стр.01 гр.3")
    assert form.other_forms == {"library"}
    values = {"2/101/3": "5"}
    assert form.check(values) == []
    assert form.check(values, others={"library": {"2.1/01/3": "5"}}) == []
    assert form.check(values, others={"library": {"2.1/01/3": "4"}})[0].difference == Decimal(1)


def test_k15_round_to_round_only_where_the_earlier_one_is_accepted():
    form = wide("стр.101 гр.6 = стр.101 гр.6 за прошлый год + стр.101 гр.4 − стр.101 гр.5")
    assert form.uses_previous
    values = cells("2", {"101": {"6": 105, "4": 10, "5": 5}})
    assert form.check(values) == []
    assert form.check(values, previous={"2/101/6": "100"}) == []
    (found,) = form.check(values, previous={"2/101/6": "90"})
    assert (found.left, found.right) == (Decimal(105), Decimal(95))


# -- readings that must not be left to chance ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("по строкам 105–101: гр.3 = гр.4", "Перевёрнутый диапазон 105–101"),
        ("стр.101 = сумме стр.102–107", "Нет строки 107"),
        ("стр.101 = сумме стр.100–105", "Нет строки 100"),
        ("гр.3 = сумме гр.4–9", "Нет графы 9"),
        ("стр.1 гр.3 > 0", "Нет строки 1"),
        ("раздел 9 стр.101 гр.3 > 0", "Нет раздела 9"),
        ("гр.4–6 > 0", "Несколько клеток вне суммы"),
        ("вопрос q9 = 1", "Нет вопроса q9"),
        ("стр.101 = сумме стр.102, 103, 102", "Код 102 назван дважды"),
        ("гр.3 = сумме гр.4, 5 по строкам 101, 102 + стр.103 по гр.3, 4, 5", "разной длины"),
    ],
)
def test_a_relation_that_does_not_fit_is_refused_with_its_place(text, words):
    with pytest.raises(DefinitionInvalid) as caught:
        load(document(WIDE, relations=[rule(text)]))
    (fault,) = caught.value.faults
    assert words in fault.message
    assert "строка 1, позиция" in fault.message
    assert fault.path == "relations[0].text"


def test_codes_01_and_1_are_different():
    form = compiled(section("2", table("01 1 02 2 03", "3")), relations=[rule("стр.2 = сумме стр.01–03")])
    assert covered_cells(form, "K") == ["2/2/3", "2/01/3", "2/02/3", "2/03/3"]
    form = compiled(section("2", table("01 1 02 2 03 3", "3")), relations=[rule("стр.01 = сумме стр.1–3")])
    assert covered_cells(form, "K") == ["2/01/3", "2/1/3", "2/2/3", "2/3/3"]


def test_an_x_cell_is_no_part_of_a_sum():
    form = compiled(
        section("2", table("101 102 103", "3 4", x=[["102", "3"], ["101", "4"]])),
        relations=[rule("стр.101 = сумме стр.102, 103")],
    )
    assert covered_cells(form, "K") == ["2/101/3", "2/103/3"]  # in column 4 row 101 itself is X


def test_a_relation_left_with_no_cell_is_a_fault():
    with pytest.raises(DefinitionInvalid, match="не покрывает ни одной клетки"):
        load(
            document(
                section("2", table("101 102", "3", x=[["102", "3"]])),
                relations=[rule("стр.101 = сумме стр.102")],
            )
        )


@pytest.mark.parametrize(
    ("value", "holds"), [("33.3", True), ("33.4", False), ("33.30", True), ("33", False)]
)
def test_an_equality_with_a_percentage_at_the_precision_of_the_column(value, holds):
    decimal_cell = {"row": "101", "column": "5", "value": {"type": "decimal", "decimals": 1}}
    form = compiled(
        section("2", table("101", "3 4 5", cells=[decimal_cell])),
        relations=[rule("гр.5 = процент гр.4 от гр.3")],
    )
    assert (form.check({"2/101/3": "3", "2/101/4": "1", "2/101/5": value}) == []) is holds


def test_rounding_is_half_up():
    form = wide("гр.3 = гр.4 / гр.5")
    assert form.check(cells("2", {"101": {"3": 3, "4": 5, "5": 2}})) == []  # 2.5 → 3
    assert form.check(cells("2", {"101": {"3": 2, "4": 5, "5": 2}})) != []


def test_an_inequality_with_a_quotient_is_exact():
    form = wide("гр.3 >= гр.4 / гр.5")
    assert form.check(cells("2", {"101": {"3": 2, "4": 5, "5": 2}})) != []
    form = wide("гр.3 / гр.4 × гр.4 >= гр.3")
    assert form.check(cells("2", {"101": {"3": 1, "4": 3}})) == []


def test_a_blank_counts_as_zero_in_a_sum_and_an_all_blank_relation_is_not_evaluated():
    form = wide("стр.101 гр.3 = сумме стр.101 гр.4, 5")
    assert form.check({}) == []
    assert form.check({"2/101/3": "", "2/101/4": ""}) == []
    assert form.check({"2/101/3": "4", "2/101/4": "4"}) == []
    assert form.check({"2/101/4": "4"})[0].left == Decimal(0)


def test_a_premise_over_blanks_in_a_sum():
    form = wide("если сумма стр.101 гр.3, 4 = 0, то стр.102 гр.3 = 1")
    assert form.check({"2/102/3": "5"}) == []
    assert form.check({"2/101/3": "0", "2/102/3": "5"}) != []


def test_a_negated_premise_over_a_blank_is_false_too():
    form = wide("если не (стр.101 гр.3 > 0), то стр.102 гр.3 = 1")
    assert form.check({"2/102/3": "5"}) == []
    assert form.check({"2/101/3": "0", "2/102/3": "5"}) != []


def test_a_relation_in_a_repeated_section_goes_copy_by_copy():
    form = compiled(
        section("2", table("101 102", "3"), repeat="forms"),
        relations=[rule("стр.101 >= стр.102")],
        dimensions={
            "forms": {
                "title": "Форма",
                "values": [{"code": "o", "title": "очная"}, {"code": "z", "title": "заочная"}],
            }
        },
    )
    values = {"2@o/101/3": "5", "2@o/102/3": "4", "2@z/101/3": "3", "2@z/102/3": "4"}
    (found,) = form.check(values)
    assert found.instance == "K:z::3:"
    assert found.message.startswith("Разд. 2 (заочная), стр. 101, гр. 3: 3, должно быть не меньше 4")


def test_copies_of_a_section_are_summed_and_named():
    dimension = {"source": "branches", "title": "Филиал"}
    sections = [section("1", table("01", "3")), section("2", table("101", "3"), repeat="br")]
    form = compiled(
        *sections,
        relations=[rule("стр.01 = сумме раздел 2@* стр.101 гр.3", section="1")],
        dimensions={"br": dimension},
        branches=(("7", "Ола"), ("8", "Уптар")),
    )
    assert form.check({"1/01/3": "5", "2@7/101/3": "2", "2@8/101/3": "3"}) == []
    assert form.check({"1/01/3": "5", "2@7/101/3": "2"})[0].difference == Decimal(3)


def test_the_cell_itself_over_rows_and_columns():
    form = wide("по строкам 101, 102 и графам 3, 4: клетка >= клетка за прошлый год")
    assert covered_cells(form, "K") == ["2/101/3", "2/101/4", "2/102/3", "2/102/4"]
    (found,) = form.check({"2/102/4": "5"}, previous={"2/102/4": "7"})
    assert found.message == (
        "Разд. 2, стр. 102, гр. 4: 5, должно быть не меньше 7 "
        "(разд. 2, стр. 102, гр. 4 за прошлый период), разница −2"
    )


@pytest.mark.parametrize("text", ["по строкам 101, 102: стр.103 > 0", "по графам 3, 4: гр.5 > 0"])
def test_a_scope_that_nothing_takes_is_a_slip(text):
    with pytest.raises(DefinitionInvalid, match="ни к чему не относится"):
        load(document(WIDE, relations=[rule(text)]))


def test_an_alternative_shows_its_cells():
    (found,) = wide("стр.101 гр.3 = 5 или стр.102 гр.3 > 7").check({"2/101/3": "1"})
    assert found.message == (
        "Не выполнено: стр.101 гр.3 = 5 или стр.102 гр.3 > 7 "
        "(разд. 2, стр. 101, гр. 3: 1; разд. 2, стр. 102, гр. 3: пусто)"
    )


def test_damaged_stored_values_give_no_answer_instead_of_an_error():
    form = wide("гр.3 = гр.4")
    assert form.check({"2/101/3": "abc", "2/102/3": "1e999999999", "2/103/3": "NaN", "//": "1"}) == []


def test_an_incremental_check_touches_only_what_depends():
    form = wide("по строкам 101–106: гр.3 = гр.4")
    delta = form.check_changed({"2/101/3": "1", "2/105/4": "2"}, ["2/105/4"])
    assert delta.instances == {"K::105::"}
    assert [one.instance for one in delta.violations] == ["K::105::"]
    assert delta.relations == {"K"}
