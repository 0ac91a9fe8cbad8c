"""Results: what is counted, and that of a school with four answers nothing is shown anywhere."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from apps.organizations.enums import OrganizationKind
from apps.questionnaires.actions.conclusions import put_in_group
from apps.questionnaires.actions.questionnaires import (
    close_questionnaire,
    create_questionnaire,
    open_questionnaire,
    set_recipients,
)
from apps.questionnaires.actions.questions import add_question
from apps.questionnaires.enums import Cut
from apps.questionnaires.models import Questionnaire
from apps.questionnaires.queries import progress_of
from apps.questionnaires.reporting import results_report
from apps.questionnaires.results.arrays import answers_of
from apps.questionnaires.results.needs import can_be_laid_out, need_table
from apps.questionnaires.results.tables import Results
from tests.factories import OrganizationFactory
from tests.papers.conftest import make_department
from tests.questionnaires.world import answer, many, questions, short_questionnaire

pytestmark = pytest.mark.django_db


def results_of(row: Questionnaire) -> Results:
    return Results(answers_of(row))


@pytest.fixture
def school_c(db):
    return OrganizationFactory(short_name="Школа В")


@pytest.fixture
def polled(methodist, school_a, school_b, school_c):
    """Four answers of school A, ten of B, twelve of C, closed."""
    row = short_questionnaire(methodist, [school_a, school_b, school_c])
    row = open_questionnaire(questionnaire=row, by=methodist)
    many(row, school_a, 4, **{"Должность": 0, "Темы": [0], "Довольны?": 0, "Что ещё?": "Тишины"})
    many(row, school_b, 10, **{"Должность": 0, "Темы": [0, 1], "Довольны?": 1})
    many(row, school_c, 5, **{"Должность": 1, "Темы": [1], "Довольны?": 2})
    many(row, school_c, 7, **{"Должность": 1, "Темы": [0], "Довольны?": 2})
    return close_questionnaire(questionnaire=row, by=methodist)


def rows_of(table):
    return {row.title: (row.size, row.cells) for row in table.rows}


def test_counts_of_all(polled):
    found = results_of(polled).all()
    themes = {row.title: (row.count, row.share) for row in found[1].options}
    assert themes["стандарты"] == (21, Decimal(2100) / 26)
    assert themes["одарённые дети"] == (15, Decimal(1500) / 26)
    assert themes["ИКТ"] == (0, Decimal(0))
    assert found[1].answered == 26


def test_small_school_is_hidden_with_the_next_smallest(polled):
    """A has 4, B has 10: with C alone and the totals nobody finds either."""
    table = results_of(polled).cut(questions(polled)["Темы"], Cut.ORGANIZATION)
    shown = rows_of(table)
    assert shown["Школа А"] == (None, (None, None, None, None))
    assert shown["Школа Б"] == (None, (None, None, None, None))
    assert shown["Школа В"] == (12, (7, 5, 0, 0))
    assert shown["Всего"] == (26, (21, 15, 0, 0))
    assert shown["Общеобразовательные организации"] == (26, (21, 15, 0, 0))


def test_means_of_hidden_schools_are_hidden(polled):
    table = results_of(polled).cut(questions(polled)["Довольны?"], Cut.ORGANIZATION)
    shown = rows_of(table)
    assert shown["Школа А"] == (None, (None,))
    assert shown["Школа Б"] == (None, (None,))
    assert shown["Школа В"] == (12, (Decimal("3.00"),))
    assert shown["Всего"] == (26, (Decimal("2.31"),))


def test_who_answered_is_not_laid_out(polled):
    assert results_of(polled).cut(questions(polled)["Должность"], Cut.ORGANIZATION) is None


def test_kinds_are_the_upper_level(polled):
    table = results_of(polled).cut(questions(polled)["Темы"], Cut.KIND)
    assert [row.title for row in table.rows] == ["Всего", "Общеобразовательные организации"]


def test_positions(polled):
    table = results_of(polled).cut(questions(polled)["Темы"], Cut.POSITION)
    assert rows_of(table) == {
        "Всего": (26, (21, 15, 0, 0)),
        "учитель": (14, (14, 10, 0, 0)),
        "воспитатель": (12, (7, 5, 0, 0)),
    }


def test_need_by_organisation_and_position(polled):
    results, question = results_of(polled), questions(polled)["Темы"]
    assert can_be_laid_out(results, question, 0)
    assert not can_be_laid_out(results, question, 4)
    table = need_table(results, question, 0)
    assert table.positions == ("учитель", "воспитатель")
    assert dict(table.rows) == {
        "Всего": (21, 14, 7),
        "Школа А": (None, None, None),
        "Школа Б": (None, None, None),
        "Школа В": (7, 0, 7),
    }


def test_few_answers_show_nothing(methodist, school_a):
    row = open_questionnaire(questionnaire=short_questionnaire(methodist, [school_a]), by=methodist)
    many(row, school_a, 4, **{"Должность": 0, "Темы": [0], "Что ещё?": "Тишины"})
    row = close_questionnaire(questionnaire=row, by=methodist)
    assert results_of(row).all() == []
    assert [one.answered for one in progress_of(row)] == [None, None, None]


def test_threshold_of_the_day_of_opening_stays(methodist, school_a):
    from django.utils import timezone

    from apps.questionnaires.models import GroupThreshold

    GroupThreshold.objects.create(value=8, starts_on=timezone.localdate())
    row = open_questionnaire(questionnaire=short_questionnaire(methodist, [school_a]), by=methodist)
    GroupThreshold.objects.update(value=5)
    many(row, school_a, 7, Должность=0)
    row = close_questionnaire(questionnaire=row, by=methodist)
    assert row.threshold == 8
    assert results_of(row).all() == []


# --- kinds of questions ---


@pytest.fixture
def kinds(methodist, school_a):
    row = create_questionnaire(by=methodist, title="Все виды", purpose="Проверка")
    for values in (
        {"kind": "ranking", "text": "Места", "options": ["курсы", "семинар", "чтение"]},
        {"kind": "matrix", "text": "Оценки", "options": ["нет", "да"], "statements": ["раз", "два"]},
        {"kind": "number", "text": "Сколько"},
        {"kind": "single", "text": "Есть?", "options": ["да", "нет"]},
    ):
        add_question(questionnaire=row, by=methodist, **values)
    asked = row.questions.get(text="Есть?")
    add_question(
        questionnaire=row,
        by=methodist,
        kind="single",
        text="Какой?",
        options=["новый", "старый"],
        shown_if=asked,
        shown_option=0,
    )
    set_recipients(questionnaire=row, by=methodist, organizations=[school_a])
    return open_questionnaire(questionnaire=row, by=methodist)


def test_ranking_by_mean_place_and_borda(kinds, school_a, methodist):
    many(kinds, school_a, 5, Места=[0, 1, 2])
    many(kinds, school_a, 5, Места=[2, 0, 1])
    found = results_of(kinds).all()[0]
    assert [(one.title, one.mean, one.borda) for one in found.items] == [
        ("семинар", Decimal("1.50"), 15),
        ("курсы", Decimal("2.00"), 10),
        ("чтение", Decimal("2.50"), 5),
    ]


def test_matrix_by_statement(kinds, school_a):
    many(kinds, school_a, 5, Оценки=[0, None])
    many(kinds, school_a, 15, Оценки=[1, 1])
    first, second = results_of(kinds).all()[1].items
    assert (first.mean, first.points) == (Decimal("1.75"), (5, 15))
    assert (second.mean, second.points) == (Decimal("2.00"), (0, 15))


def test_numbers(kinds, school_a):
    for value in ("1", "2", "3", "4", "5.5"):
        answer(kinds, school_a, Сколько=value)
    found = results_of(kinds).all()[2]
    assert (found.mean, found.median) == (Decimal("3.10"), Decimal("3.00"))


def test_question_asked_of_few_is_hidden(kinds, school_a):
    """Three said yes: who was asked next is a group of three."""
    many(kinds, school_a, 3, **{"Есть?": 0, "Какой?": 0})
    many(kinds, school_a, 20, **{"Есть?": 1})
    first, second = results_of(kinds).all()[3:]
    assert [(row.title, row.count) for row in first.options] == [("да", None), ("нет", None)]
    assert second.is_hidden
    assert results_of(kinds).cut(second.question, Cut.ORGANIZATION) is None


def test_question_that_follows_hides_where_the_first_does(methodist, school_a, school_b, school_c):
    """How many of B answered the second question would tell how many of B said yes to the first."""
    row = create_questionnaire(by=methodist, title="Условие", purpose="Проверка")
    first = add_question(questionnaire=row, by=methodist, kind="single", text="Есть?", options=["да", "нет"])
    add_question(
        questionnaire=row,
        by=methodist,
        kind="single",
        text="Какой?",
        options=["новый", "старый"],
        shown_if=first,
        shown_option=0,
    )
    set_recipients(questionnaire=row, by=methodist, organizations=[school_a, school_b, school_c])
    row = open_questionnaire(questionnaire=row, by=methodist)
    many(row, school_a, 3, **{"Есть?": 0, "Какой?": 0})
    many(row, school_a, 10, **{"Есть?": 1})
    many(row, school_b, 6, **{"Есть?": 0, "Какой?": 0})
    many(row, school_b, 9, **{"Есть?": 1})
    many(row, school_c, 20, **{"Есть?": 0, "Какой?": 1})
    many(row, school_c, 20, **{"Есть?": 1})
    results = results_of(row)
    table = rows_of(results.cut(questions(row)["Есть?"], Cut.ORGANIZATION))
    following = rows_of(results.cut(questions(row)["Какой?"], Cut.ORGANIZATION))
    assert table["Школа А"] == (13, (None, None, 0))
    assert table["Школа Б"] == (15, (None, None, 0))
    assert table["Школа В"] == (40, (20, 20, 0))
    assert following["Школа А"] == (13, (None, None, None))
    assert following["Школа Б"] == (15, (None, None, None))


# --- free answers ---


def test_free_answers_by_hand_and_frequency(polled, methodist):
    question = questions(polled)["Что ещё?"]
    ids = [one.pk for one in polled.answers.all() if question.key in one.values]
    assert put_in_group(question=question, by=methodist, answers=ids, title="Тишина") == 4
    found = results_of(polled).all()[3]
    assert found.is_hidden  # four people wrote anything at all


def test_texts_stand_in_the_order_of_the_alphabet(methodist, school_a):
    row = open_questionnaire(questionnaire=short_questionnaire(methodist, [school_a]), by=methodist)
    for text in ("яблоко", "арбуз", "банан", "груша", "айва"):
        answer(row, school_a, **{"Должность": 0, "Что ещё?": text})
    row = close_questionnaire(questionnaire=row, by=methodist)
    found = results_of(row).all()[3]
    assert found.texts == ["айва", "арбуз", "банан", "груша", "яблоко"]
    assert [(one.title, one.count) for one in found.options] == []


# --- nothing of the school with four answers, anywhere ---


def test_xlsx_shows_nothing_of_a_small_school(polled, signed_in, methodist):
    page = signed_in(methodist).get(f"/questionnaires/{polled.pk}/results.xlsx")
    book = load_workbook(io.BytesIO(page.getvalue()))
    assert book.sheetnames == ["Итоги", "Организации", "Виды организаций", "Должности"]
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    mine = [row for row in rows if "Школа А" in row]
    assert {(row[4], row[5]) for row in mine} == {("скрыто", "скрыто")}
    assert "Тишины" not in str(rows)
    assert {(row[4], row[5]) for row in rows if "Школа Б" in row} == {("скрыто", "скрыто")}


@pytest.mark.parametrize("cut", ["organization", "kind", "position", "nothing"])
def test_page_shows_nothing_of_a_small_school(polled, signed_in, methodist, cut):
    page = signed_in(methodist).get(f"/questionnaires/{polled.pk}/results/?cut={cut}")
    assert page.status_code == 200
    assert "Тишины" not in page.content.decode()
    for _, table in page.context["shown"]:
        for row in table.rows if table else ():
            if row.title == "Школа А":
                assert row.size is None
                assert set(row.cells) == {None}


def test_progress_shows_no_number_of_a_small_school(polled):
    shown = {one.title: one.answered for one in progress_of(polled)}
    assert shown == {
        "Всего": 26,
        "Общеобразовательные организации": 26,
        "Школа А": None,
        "Школа Б": None,
        "Школа В": 12,
    }


def test_report_shows_nothing_of_organisations(polled):
    make_department()
    report = results_report(results_of(polled))
    assert "Школа А" not in repr(report)
    assert "Тишины" not in repr(report)


def test_results_wait_for_the_end(anonymous, signed_in, methodist, school_a):
    """Two pages of a running poll would differ by one answer."""
    many(anonymous, school_a, 20, Должность=0)
    client = signed_in(methodist)
    page = client.get(f"/questionnaires/{anonymous.pk}/results/")
    assert "Итогов пока нет" in page.content.decode()
    assert client.get(f"/questionnaires/{anonymous.pk}/results.xlsx").status_code == 404
    assert client.get(f"/questionnaires/{anonymous.pk}/results.pdf").status_code == 404


def test_only_organisation_of_its_kind(methodist, school_a, school_b):
    """A kindergarten with three answers hides the sum of the schools too, and one of them."""
    garden = OrganizationFactory(short_name="Сад", kind=OrganizationKind.KINDERGARTEN)
    row = short_questionnaire(methodist, [school_a, school_b, garden])
    row = open_questionnaire(questionnaire=row, by=methodist)
    many(row, school_a, 8, Должность=0, Темы=[0])
    many(row, school_b, 20, Должность=0, Темы=[0])
    many(row, garden, 3, Должность=1, Темы=[0])
    row = close_questionnaire(questionnaire=row, by=methodist)
    shown = rows_of(results_of(row).cut(questions(row)["Темы"], Cut.ORGANIZATION))
    hidden = {title for title, (size, _) in shown.items() if size is None}
    assert hidden == {
        "Сад",
        "Школа А",
        "Дошкольные образовательные организации",
        "Общеобразовательные организации",
    }


def test_organisations_stand_under_their_kind(methodist, school_a, school_b):
    garden = OrganizationFactory(short_name="Сад", kind=OrganizationKind.KINDERGARTEN)
    row = short_questionnaire(methodist, [school_b, garden, school_a])
    row = open_questionnaire(questionnaire=row, by=methodist)
    for one in (school_a, school_b, garden):
        many(row, one, 6, Должность=0, Темы=[0])
    table = results_of(row).cut(questions(row)["Темы"], Cut.ORGANIZATION)
    assert [(one.level, one.title) for one in table.rows] == [
        (0, "Всего"),
        (1, "Общеобразовательные организации"),
        (2, "Школа А"),
        (2, "Школа Б"),
        (1, "Дошкольные образовательные организации"),
        (2, "Сад"),
    ]


def test_long_report_leaves_the_cuts_out(polled, monkeypatch):
    make_department()
    assert "По должностям" in repr(results_report(results_of(polled)))
    monkeypatch.setattr("apps.questionnaires.reporting.MOST_ROWS", 5)
    assert "По должностям" not in repr(results_report(results_of(polled)))
