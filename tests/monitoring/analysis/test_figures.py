"""Groups and places worked out by hand, of the organisations of `tests/monitoring/conftest.py`.

Now: A 100 readers, 50.5 books, 200 pupils; B 300, 30.5, 100 pupils; the kindergarten none, 5, pupils unknown.
"""

import datetime
from decimal import Decimal

import pytest

from apps.monitoring.analysis.blocks import analysis_of, chart_of, sheet_of, table_of
from apps.monitoring.analysis.pivot import pivot_of
from apps.monitoring.analysis.ranking import method_of, ranking_of
from apps.monitoring.analysis.spec import Attribute, Kind, Measure, Wish, weight_of
from apps.monitoring.compiled import compiled_for
from tests.factories import user_with
from tests.monitoring.small import BOOKS, READERS, SHARE, accepted, campaign_of, organization


def by_group(pivot) -> dict[str, list[list[str | None]]]:
    """Group → of each indicator its values as text, the earliest period first."""
    return {
        row.title: [[None if one is None else f"{one:f}" for one in values] for values in row.values]
        for row in pivot.rows
    }


def wished(*indicators: str, **asked) -> Wish:
    weights = {one: Decimal(1) for one in indicators} | asked.pop("weights", {})
    return Wish(indicators=indicators, weights=weights, **asked)


@pytest.fixture
def two_rounds(three, small, collecting, methodist):
    """Before: A 80 readers, 40 books; B 300, 20; a school that is silent now 1000 and no books."""
    past = campaign_of(small, methodist, title="Прошлый", period_start=datetime.date(2025, 9, 1))
    for name, readers, books in (("A", "80", "40"), ("B", "300", "20")):
        place = three[name].organization
        accepted(
            past, place, user_with("representative", place), {"1/01/3": readers, "1/01/4": books}, methodist
        )
    accepted(past, *organization("Школа Г", "school", ["basic"], 50), {"1/01/3": "1000"}, methodist)
    collecting.previous = past
    collecting.save()
    return collecting


def test_totals_of_kinds_over_two_rounds(two_rounds):
    pivot = pivot_of(two_rounds, wished(READERS, SHARE, rounds=1))
    assert pivot.periods == ("2025/2026 учебный год", "2026/2027 учебный год")
    # Shares of the totals: 60 × 100 / 1380 = 4,35; 81 × 100 / 400 = 20,25; 86 × 100 / 400 = 21,5.
    assert by_group(pivot) == {
        "Общеобразовательные организации": [["1380", "400"], ["4.3", "20.3"]],
        "Дошкольные образовательные организации": [[None, None], [None, None]],
        "Всего": [["1380", "400"], ["4.3", "21.5"]],
    }
    assert [row.organizations for row in pivot.rows] == [2, 1, 3]


def test_a_school_with_two_levels_stands_in_both(collecting, three):
    pivot = pivot_of(collecting, wished(BOOKS, by=Attribute.LEVEL))
    assert by_group(pivot) == {
        "Дошкольное": [["5.0"]],
        "Начальное общее": [["50.5"]],
        "Основное общее": [["81.0"]],
        "Всего": [["86.0"]],
    }


def test_sizes_and_those_without_a_size(collecting, three):
    pivot = pivot_of(collecting, wished(BOOKS, by=Attribute.SIZE))
    assert by_group(pivot) == {
        "До 100 обучающихся": [["30.5"]],
        "101–300 обучающихся": [["50.5"]],
        "Не указано": [["5.0"]],
        "Всего": [["86.0"]],
    }


@pytest.mark.parametrize(
    ("measure", "schools", "city"),
    [
        (Measure.MEAN, "40.500000", "28.666667"),  # (50,5 + 30,5) / 2; 86 / 3
        (Measure.MEDIAN, "40.500000", "30.500000"),
        (Measure.PER_HUNDRED, "27.0", "27.0"),  # 81 × 100 / 300, the kindergarten has no number of pupils
    ],
)
def test_measures(collecting, three, measure, schools, city):
    found = by_group(pivot_of(collecting, wished(BOOKS, measure=measure)))
    assert (found["Общеобразовательные организации"], found["Всего"]) == ([[schools]], [[city]])


def test_blank_cells_have_no_mean(collecting, three):
    found = by_group(pivot_of(collecting, wished(READERS, measure=Measure.MEAN)))
    assert found["Дошкольные образовательные организации"] == [[None]]
    assert found["Всего"] == [["200.000000"]]  # of two that filled it in


def test_only_the_wished_kinds(collecting, three):
    pivot = pivot_of(collecting, wished(BOOKS, kinds=("kindergarten",)))
    assert by_group(pivot) == {"Дошкольные образовательные организации": [["5.0"]], "Всего": [["5.0"]]}


def test_a_group_that_only_the_past_had(two_rounds):
    found = by_group(pivot_of(two_rounds, wished(READERS, by=Attribute.ORGANIZATION, rounds=1)))
    assert found["Школа Г"] == [["1000", None]]
    assert found["Сад В"] == [[None, None]]


def test_queries_do_not_grow(collecting, three, methodist, django_assert_num_queries):
    wish = wished(READERS, BOOKS, by=Attribute.ORGANIZATION)
    compiled_for(collecting.version_id)
    with django_assert_num_queries(1):
        pivot_of(collecting, wish)
    for number in range(5):
        accepted(collecting, *organization(f"Школа {number}", "school", [], 9), {"1/01/3": "1"}, methodist)
    with django_assert_num_queries(1):
        pivot_of(collecting, wish)


# --- ranking ---


@pytest.fixture
def four(collecting, three, methodist):
    """Школа Г between the other two: 200 readers, 45.5 books, 400 pupils."""
    place = organization("Школа Г", "school", ["basic"], 400)
    return accepted(collecting, *place, {"1/01/3": "200", "1/01/4": "45,5"}, methodist)


def test_places_by_two_weighted_indicators(collecting, four):
    wish = wished(
        READERS, BOOKS, kind=Kind.RANKING, weights={BOOKS: Decimal(3)}, less_is_better=frozenset({BOOKS})
    )
    ranking = ranking_of(collecting, wish)
    # Г: readers (200 − 100) / 200 = 50; books (50,5 − 45,5) / 20 = 25; (50 × 1 + 25 × 3) / 4 = 31,25.
    assert [(one.place, one.organization, str(one.score)) for one in ranking.rows] == [
        ("1", "Школа Б", "100.0"),
        ("2", "Школа Г", "31.3"),
        ("3", "Школа А", "0.0"),
    ]
    assert ranking.unranked == ("Сад В",)
    told = method_of(ranking, {READERS: "Читателей", BOOKS: "Книг"})
    assert told[1:] == [
        "«Читателей»: вес 1, лучше большее, значения от 100 до 300.",
        "«Книг»: вес 3, лучше меньшее, значения от 30,5 до 50,5.",
        "Не участвуют, так как заполнили не все показатели: Сад В.",
    ]


def test_places_per_pupil(collecting, four):
    rows = ranking_of(collecting, wished(READERS, kind=Kind.RANKING, per_pupil=True)).rows
    # 100 / 200, 300 / 100, 200 / 400 per hundred: 50, 300, 50.
    assert [(one.place, one.organization) for one in rows] == [
        ("1", "Школа Б"),
        ("2–3", "Школа А"),
        ("2–3", "Школа Г"),
    ]


def test_an_indicator_that_tells_nobody_apart_is_left_out(collecting, three, methodist):
    accepted(
        collecting, *organization("Школа Г", "school", [], 5), {"1/01/3": "300", "1/01/4": "50,5"}, methodist
    )
    ranking = ranking_of(collecting, wished(READERS, kind=Kind.RANKING, kinds=("school",)))
    assert [one.place for one in ranking.rows] == ["1–2", "1–2", "3"]
    alike = ranking_of(collecting, wished(BOOKS, kind=Kind.RANKING, kinds=("kindergarten",)))
    assert [(one.organization, str(one.score)) for one in alike.rows] == [("Сад В", "100.0")]
    assert "не входит" in method_of(alike, {BOOKS: "Книг"})[1]


def test_nobody_has_answered(collecting):
    assert ranking_of(collecting, wished(READERS, kind=Kind.RANKING)).rows == ()
    assert [row.title for row in pivot_of(collecting, wished(READERS)).rows] == ["Всего"]
    assert chart_of(analysis_of(collecting, "", wished(READERS))) is None


# --- what is made of them ---


def test_tables_of_both_kinds(two_rounds):
    table = table_of(analysis_of(two_rounds, "Фонд", wished(READERS, rounds=1)))
    assert [[head.text for head in row] for row in table.header] == [
        ["Вид организации", "Организаций", "Всего — Читателей (разд. 1, стр. 01, гр. 3)"],
        ["2025/2026 учебный год", "2026/2027 учебный год"],
    ]
    ranked = sheet_of(analysis_of(two_rounds, "Рейтинг", wished(READERS, kind=Kind.RANKING)))
    assert [list(row)[:3] for row in ranked.rows] == [
        ["1", "Школа Б", Decimal("100.0")],
        ["2", "Школа А", Decimal("0.0")],
        ["", "Сад В", None],
    ]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("2", "2"),
        ("0,5", "0.5"),
        (" 1000 ", "1000"),
        ("0", None),
        ("-1", None),
        ("1001", None),
        ("NaN", None),
        ("1e999999", None),
        ("", None),
        ("два", None),
    ],
)
def test_weights(text, weight):
    assert weight_of(text) == (None if weight is None else Decimal(weight))


def test_a_wish_comes_back_from_what_is_kept(collecting):
    compiled = compiled_for(collecting.version_id)
    for wish in (
        wished(READERS, BOOKS, by=Attribute.SIZE, rounds=3, kinds=("school",), with_submitted=True),
        wished(
            BOOKS,
            kind=Kind.RANKING,
            weights={BOOKS: Decimal("0.5")},
            less_is_better=frozenset({BOOKS}),
            per_pupil=True,
        ),
    ):
        assert Wish.from_json(wish.as_query(), compiled) == wish
    assert Wish.from_json({"indicators": ["9/9/9", READERS]}, compiled).indicators == (READERS,)
