"""An attacker who holds every table of a question at once: by organisation, by position, and by both."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.questionnaires.enums import Cut, Passport, QuestionKind
from apps.questionnaires.models import Question, Questionnaire
from apps.questionnaires.results.arrays import Answers
from apps.questionnaires.results.needs import can_be_laid_out, need_table
from apps.questionnaires.results.tables import Results

SCHOOLS = [(1, "А", "school"), (2, "Б", "school"), (3, "В", "kindergarten"), (4, "Г", "kindergarten")]
POSITIONS, OPTIONS = ["учитель", "воспитатель"], ["да", "нет"]
SAID = {
    QuestionKind.SINGLE: ((), (0,), (1,)),
    QuestionKind.MULTIPLE: ((), (0,), (1,), (0, 1)),
}


def cells_of(kind: QuestionKind) -> list[tuple]:
    """Who answered what: organisation, position, the options that were chosen."""
    return list(product(range(len(SCHOOLS)), range(len(POSITIONS)), SAID[kind]))


def has(cell: tuple, column: int) -> bool:
    """Whether the answer counts in the column: an option, or «нет ответа» behind them."""
    return column in cell[2] if column < len(OPTIONS) else not cell[2]


def results_of(kind: QuestionKind, counts: dict[tuple, int]) -> Results:
    position = Question(
        pk=1, kind=QuestionKind.SINGLE, text="Должность", options=POSITIONS, passport=Passport.POSITION
    )
    asked = Question(pk=2, kind=kind, text="Вопрос", options=OPTIONS)
    rows = []
    for (school, place, said), count in counts.items():
        value = list(said) if kind == QuestionKind.MULTIPLE else next(iter(said), None)
        values = {"1": place} | ({"2": value} if said else {})
        rows += [(SCHOOLS[school][0], values)] * count
    questionnaire = Questionnaire(pk=1, threshold=5)
    return Results(Answers(questionnaire, [position, asked], SCHOOLS, rows))


def published(results: Results, counts: dict) -> tuple[list[set], list[set]]:
    """Sets of cells whose sum is shown, and sets whose sum is small and hidden."""
    asked = results.answers.questions[1]
    known, secret, every = [set(counts)], [], set(counts)

    def say(cells: set, value: int | None) -> None:
        if value is not None:
            known.append(cells)
        elif 0 < sum(counts.get(cell, 0) for cell in cells) < 5:
            secret.append(cells)

    kinds = {"Общеобразовательные организации": {0, 1}, "Дошкольные образовательные организации": {2, 3}}
    schools = {title: {number} for number, (_, title, _) in enumerate(SCHOOLS)} | kinds
    schools["Всего"] = set(range(len(SCHOOLS)))
    table = results.cut(asked, Cut.ORGANIZATION)
    for row in table.rows if table else ():
        mine = {cell for cell in every if cell[0] in schools[row.title]}
        say(mine, row.size)
        for option, value in enumerate(row.cells):
            say({cell for cell in mine if has(cell, option)}, value)
    table = results.cut(asked, Cut.POSITION)
    for row in table.rows if table else ():
        places = set(range(len(POSITIONS))) if row.title == "Всего" else {POSITIONS.index(row.title)}
        mine = {cell for cell in every if cell[1] in places}
        say(mine, row.size)
        for option, value in enumerate(row.cells):
            say({cell for cell in mine if has(cell, option)}, value)
    for option in range(len(OPTIONS)):
        if not can_be_laid_out(results, asked, option):
            continue
        shown = need_table(results, asked, option)
        for title, (_, *cells) in shown.rows:
            for position, value in zip(shown.positions, cells, strict=True):
                place = POSITIONS.index(position)
                there = {cell for cell in every if cell[0] in schools[title] and cell[1] == place}
                say({cell for cell in there if has(cell, option)}, value)
    return known, secret


def is_found(target: set, known: list[set]) -> bool:
    """Whether the sum follows from the known ones: it lies in their span."""
    cells = sorted(known[0])
    rows = [[Fraction(cell in one) for cell in cells] for one in known]
    goal = [Fraction(cell in target) for cell in cells]
    top = 0
    for column in range(len(cells)):
        pivot = next((number for number in range(top, len(rows)) if rows[number][column]), None)
        if pivot is None:
            continue
        rows[top], rows[pivot] = rows[pivot], rows[top]
        lead = rows[top][column]
        rows[top] = [value / lead for value in rows[top]]
        for number in range(top + 1, len(rows)):
            if factor := rows[number][column]:
                rows[number] = [a - factor * b for a, b in zip(rows[number], rows[top], strict=True)]
        if factor := goal[column]:
            goal = [a - factor * b for a, b in zip(goal, rows[top], strict=True)]
        top += 1
    return not any(goal)


@st.composite
def polls(draw):
    kind = draw(st.sampled_from(sorted(SAID)))
    number = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 30))
    counts = {cell: draw(number) for cell in cells_of(kind)}
    return kind, counts


@settings(max_examples=300, deadline=None)
@given(polls().filter(lambda poll: sum(poll[1].values()) >= 5))
def test_no_small_number_follows_from_all_tables_together(poll):
    kind, counts = poll
    known, secret = published(results_of(kind, counts), counts)
    assert [sorted(one) for one in secret if is_found(one, known)] == []


def test_the_attacker_finds_what_is_there_to_find():
    """The test itself: with one hidden cell of a row the attacker would have it."""
    whole = set(cells_of(QuestionKind.SINGLE))
    part = {min(whole)}
    assert is_found(part, [whole, whole - part])
    assert not is_found(part, [whole])


def test_a_large_poll_shows_most_of_it():
    """The test itself: it has something to work with."""
    counts = {cell: 20 + number for number, cell in enumerate(cells_of(QuestionKind.SINGLE))}
    counts[0, 0, (0,)] = 3
    known, secret = published(results_of(QuestionKind.SINGLE, counts), counts)
    # All; 7 rows of organisations and 3 of positions with four figures; 5 × 2 of each need but for a square.
    assert (len(known), secret) == (1 + 28 + 12 + 2 * 10 - 4, [{(0, 0, (0,))}])
