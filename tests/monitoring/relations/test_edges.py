"""Places where a relation could silently mean nothing, or fail instead of giving no answer."""

import pytest

from apps.monitoring.definition import DefinitionInvalid
from apps.monitoring.relations import parse, to_text
from tests.monitoring.relations.forms import compiled, rule, section, table

CHOICES = {"list": [{"code": "1", "title": "да"}, {"code": "2", "title": "нет"}]}
ANSWERS = {
    "type": "question",
    "code": "m",
    "title": "Ответы",
    "value": {"type": "multi_choice", "choices": "list"},
}
OPEN = {
    "type": "open_table",
    "columns": [{"code": str(number), "title": f"Графа {number}"} for number in range(1, 21)],
    "total": False,
}


def test_a_condition_that_divides_by_zero_hides_and_is_no_error() -> None:
    form = compiled(
        section("2", table("101", "3 4"), ANSWERS),
        section("3", table("1", "3"), when="вопрос m содержит раздел 2 стр.101 гр.3 / раздел 2 стр.101 гр.4"),
        choices=CHOICES,
    )

    assert form.hidden({"m": "1", "2/101/3": "4"}) == {"3/1/3"}
    assert form.hidden({"m": "1", "2/101/3": "4", "2/101/4": "4"}) == frozenset()


def test_rows_added_later_take_nothing_off_the_budget_of_the_form() -> None:
    form = compiled(section("2", OPEN), relations=[rule("гр.1 >= сумма гр.2–20")])
    values = {f"2/n{number}/2": "1" for number in range(1, 6_001)}

    assert len(form.check(values)) == 6_000


def test_all_copies_of_another_form_are_refused_because_they_are_not_known() -> None:
    text = "стр.101 гр.3 = сумма форма x раздел 5@* стр.1 гр.3"

    with pytest.raises(DefinitionInvalid) as refused:
        compiled(section("2", table("101", "3")), relations=[rule(text)])

    assert "Повторения раздела другой формы нужно назвать" in refused.value.faults[0].message


def test_a_copy_of_a_question_that_is_not_repeated_is_refused() -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        compiled(
            section("2", table("101", "3"), ANSWERS),
            choices=CHOICES,
            relations=[rule("если вопрос m@1 заполнен, то стр.101 гр.3 > 0")],
        )

    assert "Нет вопроса m@1" in refused.value.faults[0].message


@pytest.mark.parametrize("text", ["вопрос «а б» = 0", "вопрос «а б»@«в г» = 0", "вопрос m@1 = 0"])
def test_the_name_of_a_question_is_printed_as_it_is_read(text: str) -> None:
    assert to_text(parse(text)) == text


@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("scope", ["по всем строкам", "по всем строкам, кроме Итого"])
def test_all_rows_of_an_open_table_are_those_the_respondent_adds(scope: str, total: bool) -> None:
    """Also where no row is left beside them; without «Итого» it can't be left out."""
    form_of = [section("2", {**OPEN, "total": total})]
    relations = [rule(f"{scope}: гр.1 >= гр.2")]
    if not total and "кроме" in scope:
        with pytest.raises(DefinitionInvalid, match="Итого"):
            compiled(*form_of, relations=relations)
        return

    form = compiled(*form_of, relations=relations)

    assert [one.instance for one in form.check({"2/n1/1": "5", "2/n2/2": "1"})] == ["K::n2::"]
