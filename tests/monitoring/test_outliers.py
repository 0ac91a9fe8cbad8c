"""Outlier questions: bounds by hand, on their own and before sending."""

import copy
import datetime
from decimal import Decimal

import numpy as np
import pytest

from apps.monitoring.actions.filling import Edit, save_cells
from apps.monitoring.actions.sending import NotReady, submit
from apps.monitoring.checking import checked
from apps.monitoring.definition import compile_form, dump, load
from apps.monitoring.outliers import Peers, changed_too_much, is_far, outliers_of, ready_answers, spread_of
from apps.monitoring.reporting.compose import footnotes
from apps.monitoring.vectors import BLANK
from tests.factories import form_version
from tests.monitoring.small import BOOKS, READERS, SHARE, SMALL, accepted, campaign_of, organization, owed

AT = "1/01/3"


def form_with(outliers=None, row=None, column=None):
    definition = copy.deepcopy(SMALL)
    if outliers is not None:
        definition["outliers"] = outliers
    table = definition["sections"][0]["items"][0]
    if row is not None:
        table["rows"][0]["value"] = {"outlier": row}
    if column is not None:
        table["columns"][2]["value"]["outlier"] = column
    return definition


def compiled_with(**given):
    return compile_form(load(form_with(**given)))


def peers(*pairs, decimals=0):
    numbers = [[BLANK if value is None else value] for value, _ in pairs]
    return Peers({AT: (0, decimals)}, np.array(numbers, dtype="<i8"), [pupils for _, pupils in pairs])


def asked(compiled, value, **given):
    return [(one.instance, one.message) for one in outliers_of(compiled, {AT: value}, **given)]


def decimals(*values):
    return [Decimal(value) for value in values]


def test_median_and_mad_by_hand():
    """10, 12, 14, 16, 100: median 14, distances 4, 2, 0, 2, 86, their median 2."""
    usual = spread_of(decimals(10, 12, 14, 16, 100))
    assert (usual.median, usual.mad) == (Decimal(14), Decimal(2))


def test_even_number_of_values():
    """1, 2, 3, 4, 5, 10: median 3,5; distances 2,5 1,5 0,5 0,5 1,5 6,5: median 1,5."""
    usual = spread_of(decimals(1, 2, 3, 4, 5, 10))
    assert (usual.median, usual.mad) == (Decimal("3.5"), Decimal("1.5"))


def test_four_values_say_nothing():
    assert spread_of(decimals(1, 2, 3, 4)) is None


def test_most_values_equal_say_nothing():
    assert spread_of(decimals(7, 7, 7, 7, 500)) is None


@pytest.mark.parametrize(("value", "far"), [(24, False), (25, True), (4, False), (3, True)])
def test_modified_score(value, far):
    """Median 14, MAD 2, bound 3,5: asked beyond 14 ± 3,5 × 2 / 0,6745 = 14 ± 10,378…"""
    assert is_far(Decimal(value), spread_of(decimals(10, 12, 14, 16, 100)), Decimal("3.5")) is far


@pytest.mark.parametrize(
    ("now", "before", "asks"),
    [(130, 100, False), (131, 100, True), (70, 100, False), (69, 100, True), (0, 100, True), (1, 0, True)],
)
def test_change_of_more_than_thirty_per_cent(now, before, asks):
    assert changed_too_much(Decimal(now), Decimal(before), 30) is asks


def test_nothing_changed_from_zero():
    assert not changed_too_much(Decimal(0), Decimal(0), 30)


def test_off_by_default():
    compiled = compile_form(load(SMALL))
    assert compiled.laid.outliers == {}
    assert asked(compiled, "900", last={AT: "1"}) == []


def test_form_bounds_hold_for_typed_numbers_only():
    assert set(compiled_with(outliers={"last": 30}).laid.outliers) == {READERS, BOOKS}


def test_row_replaces_the_form_and_an_empty_one_switches_off():
    assert set(compiled_with(outliers={"last": 30}, row={}).laid.outliers) == set()
    compiled = compiled_with(outliers={"last": 30}, row={"last": 5})
    assert compiled.laid.outliers[READERS].last == 5
    assert SHARE in compiled.laid.outliers  # said at the row itself, so the computed cell is asked too


def test_question_against_the_last_round():
    compiled = compiled_with(outliers={"last": 30})
    assert asked(compiled, "320", last={AT: "100"}) == [
        ("?last:1/01/3", "Сейчас 320, в прошлом периоде было 100 (+220, 220,0\u00a0%).")
    ]
    assert asked(compiled, "5", last={AT: "0"}) == [
        ("?last:1/01/3", "Сейчас 5, в прошлом периоде было 0 (+5).")
    ]


@pytest.mark.parametrize(
    ("value", "last"), [("", {AT: "100"}), ("500", {}), ("500", None), ("130", {AT: "100"})]
)
def test_no_question_against_the_last_round(value, last):
    assert asked(compiled_with(outliers={"last": 30}), value, last=last) == []


FIVE = [(10, 100), (12, 100), (14, 100), (16, 100), (100, 100)]


def test_question_against_similar():
    compiled = compiled_with(row={"similar": "3.5"})
    assert asked(compiled, "25", peers=peers(*FIVE)) == [
        (
            "?similar:1/01/3",
            "Сейчас 25, у похожих организаций в прошлом периоде обычно 14 (по 5 организациям).",
        )
    ]
    assert asked(compiled, "24", peers=peers(*FIVE)) == []


@pytest.mark.parametrize(
    "others",
    [
        [*FIVE[:4]],
        [*FIVE[:4], (None, 100)],
        [(7, 10), (7, 10), (7, 10), (7, 10), (500, 10)],
        [],
    ],
)
def test_too_few_or_equal_similar(others):
    given = peers(*others) if others else None
    assert asked(compiled_with(row={"similar": "3.5"}), "9000", peers=given) == []


def test_per_pupil():
    """Per pupil 0,10 0,12 0,14 0,16 1,00: median 0,14, MAD 0,02. 250 of 1000 is 0,25, asked beyond 0,2438."""
    compiled = compiled_with(row={"similar": "3.5", "per_pupil": True})
    given = peers((10, 100), (24, 200), (14, 100), (16, 100), (100, 100), (9, None))
    assert asked(compiled, "240", peers=given, pupils=1000) == []
    assert asked(compiled, "250", peers=given, pupils=1000) == [
        (
            "?similar:1/01/3",
            "Сейчас 25,0 на 100 обучающихся, у похожих организаций в прошлом периоде обычно 14,0 "
            "(по 5 организациям).",
        )
    ]
    assert asked(compiled, "250", peers=given, pupils=None) == []
    assert asked(compiled, "250", peers=given, pupils=0) == []


def test_definition_round_trip():
    definition = form_with(
        outliers={"last": 30, "answers": ["Новый корпус."]}, row={"similar": "3.5"}, column={}
    )
    form = load(definition)
    assert load(dump(form)) == form
    assert dump(form)["outliers"] == {"last": 30, "answers": ["Новый корпус."]}
    assert ready_answers(compile_form(form)) == ("Новый корпус.",)
    assert ready_answers(compile_form(load(SMALL))) == (
        "Открыт новый корпус.",
        "Ошибка прошлого периода.",
        "Значение верно: ",
    )


@pytest.fixture
def two_rounds(methodist):
    """Last round: six schools with 10, 12, 14, 16, 100 readers and ours with 20; this round is open."""
    version = form_version(form_with(outliers={"last": 30, "similar": "3.5"}), methodist)
    last = campaign_of(version, methodist, title="Прошлый", period_start=datetime.date(2025, 9, 1))
    for number, readers in enumerate([10, 12, 14, 16, 100]):
        place, by = organization(f"Школа {number}", "school", [], 100)
        accepted(last, place, by, {READERS: str(readers)}, methodist)
    ours, by = organization("Наша", "school", [], 100)
    accepted(last, ours, by, {READERS: "20"}, methodist)
    now = campaign_of(version, methodist, previous=last)
    return owed(now, ours), by


@pytest.mark.django_db
def test_sent_only_with_answers(two_rounds):
    response, by = two_rounds
    save_cells(response_id=response.pk, edits=[Edit(READERS, "60")], by=by)
    with pytest.raises(NotReady) as refused:
        submit(response_id=response.pk, by=by)
    assert [one.instance for one in refused.value.checked.unexplained] == [
        "?last:1/01/3",
        "?similar:1/01/3",
    ]


@pytest.mark.django_db
def test_answer_is_a_footnote(two_rounds, client):
    response, by = two_rounds
    save_cells(response_id=response.pk, edits=[Edit(READERS, "23")], by=by)
    response.refresh_from_db()
    assert [one.instance for one in checked(response).warnings] == []
    save_cells(response_id=response.pk, edits=[Edit(READERS, "60")], by=by)
    client.force_login(by)
    page = client.get(f"/monitoring/responses/{response.pk}/?checked=1").content.decode()
    assert "Открыт новый корпус." in page and "Вопрос" in page
    url = f"/monitoring/responses/{response.pk}/"
    answers = {"e:?last:1/01/3": "Открыт новый корпус.", "e:?similar:1/01/3": "Школа с двумя зданиями."}
    posted = client.post(url, {"c:1/01/3": "60", **answers, "do": "submit"})
    assert posted.status_code == 302
    kept = list(response.explanations.order_by("pk"))
    assert [(one.address, one.about, one.text) for one in kept] == [
        (READERS, "сравнение с прошлым периодом", "Открыт новый корпус."),
        (READERS, "сравнение с похожими организациями", "Школа с двумя зданиями."),
    ]
    notes, others = footnotes(compile_form(load(SMALL)), kept)
    assert notes == {READERS: ["Наша: Открыт новый корпус.", "Наша: Школа с двумя зданиями."]}
    assert others == []


@pytest.mark.django_db
def test_answer_to_a_question_that_is_gone_is_dropped(two_rounds, client):
    response, by = two_rounds
    client.force_login(by)
    save_cells(response_id=response.pk, edits=[Edit(READERS, "60")], by=by)
    client.post(
        f"/monitoring/responses/{response.pk}/explain/", {"instance": "?last:1/01/3", "text": "Корпус."}
    )
    assert response.explanations.count() == 1
    save_cells(response_id=response.pk, edits=[Edit(READERS, "21")], by=by)
    submit(response_id=response.pk, by=by)
    assert response.explanations.count() == 0


@pytest.mark.django_db
def test_few_queries(two_rounds, django_assert_num_queries):
    """Last round, similar organisations, explanations; the form is compiled already."""
    response, _ = two_rounds
    response.refresh_from_db()
    checked(response)
    with django_assert_num_queries(3):
        checked(response)
