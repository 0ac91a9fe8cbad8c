"""Sums by hand: of three organisations, by kind and level, over rounds, and never stale."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.monitoring.actions.forms import import_definition, publish
from apps.monitoring.actions.sending import accept, reopen, return_response
from apps.monitoring.definition import compile_form, load
from apps.monitoring.models import SummaryRollup
from apps.monitoring.summaries.behind import behind, ranking
from apps.monitoring.summaries.rollups import rollup_of
from apps.monitoring.summaries.summary import coverage_of, per_hundred, rounds_of, summary_of
from apps.monitoring.vectors import BLANK, column_sums, matrix_of, unscaled, vector_of
from tests.monitoring.small import (
    BOOKS,
    READERS,
    SHARE,
    SMALL,
    campaign_of,
    organization,
    sent,
    small_with_row,
)

COMPILED = compile_form(load(SMALL))


def test_sums_of_the_city(collecting, three):
    summary = summary_of(collecting)
    assert summary.values == {READERS: Decimal(400), BOOKS: Decimal("86.0"), SHARE: Decimal("21.5")}
    assert (summary.filled[READERS], summary.filled[BOOKS]) == (2, 3)
    assert (summary.organizations, summary.pupils) == (3, 300)


@pytest.mark.parametrize(
    ("key", "values", "organizations"),
    [
        ("kind:school", {READERS: "400", BOOKS: "81.0", SHARE: "20.3"}, 2),  # 81 × 100 / 400 = 20,25
        ("kind:kindergarten", {BOOKS: "5.0"}, 1),  # a share of nothing is no number
        ("level:primary", {READERS: "100", BOOKS: "50.5", SHARE: "50.5"}, 1),
        ("level:basic", {READERS: "400", BOOKS: "81.0", SHARE: "20.3"}, 2),
        ("level:preschool", {BOOKS: "5.0"}, 1),
    ],
)
def test_groups(collecting, three, key, values, organizations):
    summary = summary_of(collecting, key=key)
    assert summary.values == {address: Decimal(text) for address, text in values.items()}
    assert summary.organizations == organizations


def test_group_nobody_belongs_to(collecting, three):
    assert summary_of(collecting, key="kind:additional") is None
    assert set(rollup_of(collecting)) == {
        "all",
        "kind:school",
        "kind:kindergarten",
        "level:primary",
        "level:basic",
        "level:preschool",
    }


def test_answers_are_distributed(collecting, three):
    assert summary_of(collecting).answers == {"speed": {"1": 2, "2": 1}, "topics": {"a": 2, "b": 1}}


def test_behind_a_figure(collecting, three):
    rows = [(row.organization, row.value) for row in behind(collecting, READERS)]
    assert rows == [("Сад В", None), ("Школа А", Decimal(100)), ("Школа Б", Decimal(300))]
    schools = behind(collecting, BOOKS, key="kind:school")
    assert [(row.organization, row.value) for row in schools] == [
        ("Школа А", Decimal("50.5")),
        ("Школа Б", Decimal("30.5")),
    ]
    assert [row.text for row in behind(collecting, "speed")] == ["медленно", "медленно", "быстро"]
    with pytest.raises(KeyError):
        behind(collecting, "9/99/9")


def test_ranking(collecting, three):
    places = [(one.place, one.row.organization) for one in ranking(behind(collecting, READERS))]
    assert places == [("1", "Школа Б"), ("2", "Школа А")]


def test_ranking_per_hundred_pupils(collecting, three):
    ranked = ranking(behind(collecting, READERS), per_pupil=True)
    assert [(one.row.organization, one.figure) for one in ranked] == [
        ("Школа Б", Decimal(300)),  # 300 × 100 / 100
        ("Школа А", Decimal(50)),  # 100 × 100 / 200
    ]


def test_equal_figures_share_a_place(collecting, three, methodist):
    for name, readers in (("Школа Г", "100"), ("Школа Д", "7")):
        place, user = organization(name, "school", ["basic"], 50)
        accept(response_id=sent(collecting, place, user, {READERS: readers}).pk, by=methodist)
    places = {one.row.organization: one.place for one in ranking(behind(collecting, READERS))}
    assert places == {"Школа Б": "1", "Школа А": "2–3", "Школа Г": "2–3", "Школа Д": "4"}


@pytest.mark.parametrize(
    ("value", "pupils", "expected"),
    [("400", 300, "133.33"), ("3", 200, "1.50"), ("0", 10, "0.00"), ("5", 0, None), (None, 10, None)],
)
def test_per_hundred(value, pupils, expected):
    found = per_hundred(Decimal(value) if value else None, pupils)
    assert (found if found is None else f"{found:.2f}") == expected


def test_submitted_ones_are_summed_on_request_only(collecting, three):
    place, user = organization("Школа Г", "school", ["basic"], 50)
    sent(collecting, place, user, {READERS: "1000"})
    assert summary_of(collecting).values[READERS] == 400
    assert summary_of(collecting, with_submitted=True).values[READERS] == 1400
    coverage = coverage_of(collecting)
    assert (coverage.asked, coverage.included) == (4, 3)
    assert [one.organization.short_name for one in coverage.waiting] == ["Школа Г"]


def test_kept_sums_are_never_shown_stale(collecting, three, methodist):
    assert summary_of(collecting).values[READERS] == 400
    reopen(response_id=three["B"].pk, by=methodist, comment="ошибка")
    assert summary_of(collecting).values[READERS] == 100

    place, user = organization("Школа Г", "school", ["basic"], 50)
    response = sent(collecting, place, user, {READERS: "1000"})
    assert summary_of(collecting, with_submitted=True).values[READERS] == 1100
    return_response(response_id=response.pk, by=methodist, comment="ошибка")
    assert summary_of(collecting, with_submitted=True).values[READERS] == 100
    assert summary_of(collecting).values[READERS] == 100


def test_fresh_sums_are_kept(collecting, three, django_assert_num_queries):
    summary_of(collecting)
    assert SummaryRollup.objects.filter(campaign=collecting).count() == 1
    with django_assert_num_queries(2):  # the revision, the kept row
        rollup_of(collecting)


def test_sums_of_a_change_that_began_later_are_not_taken(collecting, three):
    """A kept row of a later revision than the campaign's is not its own either."""
    summary_of(collecting)
    SummaryRollup.objects.update(revision=10**6, document={"all": {"organizations": 99}})
    assert summary_of(collecting).organizations == 3


def test_rounds_under_present_addresses(collecting, three, small, methodist):
    draft = import_definition(definition=small_with_row("02"), by=methodist)
    draft.old_codes = {"1/01/3": "1/02/3", "1/01/4": "1/02/4", "1/01/5": "1/02/5"}
    draft.save()
    renamed = campaign_of(
        publish(version=draft, by=methodist), methodist, period_start="2027-09-01", previous=collecting
    )
    last = campaign_of(renamed.version, methodist, period_start="2028-09-01", previous=renamed)

    rounds = rounds_of(last)

    assert [one.campaign.pk for one in rounds] == [renamed.pk, collecting.pk]
    assert rounds[0].values == {}
    assert rounds[1].values == {
        "1/02/3": Decimal(400),
        "1/02/4": Decimal("86.0"),
        "1/02/5": Decimal("21.5"),
    }
    assert [one.campaign.pk for one in rounds_of(last, limit=1)] == [renamed.pk]


FIGURE = st.one_of(st.just(""), st.integers(min_value=-(10**15), max_value=10**15).map(str))
TENTHS = st.one_of(
    st.just(""), st.decimals(min_value=-(10**12), max_value=10**12, places=1).map(lambda one: f"{one:f}")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(FIGURE, TENTHS), max_size=12))
def test_vectors_hold_what_the_documents_hold(rows):
    documents = [{READERS: readers, BOOKS: books} for readers, books in rows]
    matrix = matrix_of([vector_of(COMPILED, one) for one in documents], len(COMPILED.numeric))

    sums, filled = column_sums(matrix)

    for address, decimals in ((READERS, 0), (BOOKS, 1)):
        index = COMPILED.numeric.index(address)
        given_ = [Decimal(one[address]) for one in documents if one[address]]
        assert unscaled(sums[index], decimals) == sum(given_, Decimal(0))
        assert filled[index] == len(given_)


def test_missing_vector_is_a_row_of_blanks():
    assert matrix_of([None], 2).tolist() == [[BLANK, BLANK]]
