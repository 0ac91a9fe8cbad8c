"""What stays unseen, and that an attacker who solves the equations of a table finds no hidden small cell."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.questionnaires.suppression import (
    Tree,
    flat,
    hidden_cells,
    hidden_groups,
    hidden_points,
    hidden_totals,
)

FIVE = 5
CITY = Tree((-1, 0, 0, 1, 1, 1, 2, 2))  # the city, two kinds, three schools and two kindergartens


def test_tree_begins_with_the_whole():
    with pytest.raises(ValueError, match="whole"):
        Tree((0, 0))
    with pytest.raises(ValueError, match="before"):
        Tree((-1, 2, 0))


def test_sums_go_up_the_tree():
    leaves = np.array([[0], [0], [0], [3], [4], [5], [6], [7]])
    assert CITY.summed(leaves).ravel().tolist() == [25, 12, 13, 3, 4, 5, 6, 7]


def test_large_groups_are_all_shown():
    assert not hidden_groups([25, 10, 15, 5, 5, 0, 8, 7], CITY, FIVE).any()


def test_one_small_group_takes_the_next_smallest_with_it():
    assert hidden_groups([34, 19, 15, 4, 6, 9, 8, 7], CITY, FIVE).tolist() == [
        False, False, False, True, True, False, False, False,
    ]  # fmt: skip


def test_two_small_groups_that_are_small_together_take_a_third():
    assert hidden_groups([33, 18, 15, 2, 2, 14, 8, 7], CITY, FIVE).tolist() == [
        False, False, False, True, True, True, False, False,
    ]  # fmt: skip


def test_a_small_city_shows_nothing():
    assert hidden_groups([4, 4, 0, 4, 0, 0, 0, 0], CITY, FIVE).all()


def test_only_organisation_of_its_kind_hides_another_kind():
    tree = Tree((-1, 0, 0, 1, 1, 2))
    assert hidden_groups([24, 20, 4, 8, 12, 4], tree, FIVE).tolist() == [False, True, True, True, False, True]


def test_small_answer_of_the_whole_takes_the_next_smallest():
    assert hidden_totals([3, 12, 80, 205], FIVE, adds_up=True).tolist() == [True, True, False, False]
    assert hidden_totals([3, 12, 80, 205], FIVE, adds_up=False).tolist() == [True, False, False, False]


def test_square_of_hidden_cells():
    """School 1 has a cell of 2: a cell of its row, one of its column, and the one that closes the square."""
    table = np.array([[20, 20, 20], [2, 7, 9], [9, 6, 5], [9, 7, 6]])
    none = np.zeros(4, dtype=bool)
    hidden = hidden_cells(table, flat(3), FIVE, rows=none, totals=np.zeros(3, dtype=bool), adds_up=True)
    assert hidden.tolist() == [
        [False, False, False],
        [True, True, False],
        [True, True, False],
        [False, False, False],
    ]


# --- the attacker ---


@st.composite
def questions(draw):
    """A tree of two levels, a table of counts under it, whether everybody chose exactly one answer."""
    kinds = draw(st.integers(1, 3))
    parents = [-1] + [0] * kinds
    parents += draw(st.lists(st.integers(1, kinds), min_size=1, max_size=7))
    tree = Tree(tuple(parents))
    width = draw(st.integers(1, 4))
    count = st.one_of(st.integers(0, 6), st.integers(0, 40))
    leaves = np.array(
        [[draw(count) if row not in tree.inner else 0 for _ in range(width)] for row in range(len(parents))]
    )
    adds_up = draw(st.booleans())
    table = tree.summed(leaves)
    extra = tree.summed(np.array([[draw(st.integers(0, 5))] for _ in parents]))
    sizes = table.sum(axis=1) if adds_up else table.max(axis=1) + extra[:, 0]
    if not adds_up:
        sizes = tree.summed(sizes.reshape(-1, 1))[:, 0]
    return tree, table, sizes, adds_up


def published(tree, table, sizes, adds_up):
    """What the portal shows of the question: hidden groups, hidden cells."""
    rows = hidden_groups(sizes, tree, FIVE)
    totals = hidden_totals(table[0], FIVE, adds_up)
    if rows.all():
        return rows, np.ones(table.shape, dtype=bool)
    hidden = hidden_cells(
        table, tree, FIVE, rows=rows, totals=totals, adds_up=adds_up, sizes=(sizes, rows) if adds_up else None
    )
    return rows, hidden


def equations(tree, width, adds_up):
    """Every equation of the table over the cells and the sizes (the last column), redundant ones too."""
    height, found = len(tree.parents), []
    number = lambda row, column: row * (width + 1) + column  # noqa: E731
    for row in range(height):
        children = [child for child, parent in enumerate(tree.parents) if parent == row]
        if children:
            found += [
                {number(row, column): -1, **{number(child, column): 1 for child in children}}
                for column in range(width + 1)
            ]
        if adds_up:
            found.append({number(row, width): -1, **{number(row, column): 1 for column in range(width)}})
    return found


def determined(rows_of_equations, unknown):
    """The unknowns that have one solution: exact elimination over the equations."""
    index = {cell: place for place, cell in enumerate(unknown)}
    matrix = [
        [Fraction(line.get(cell, 0)) for cell in unknown]
        for line in rows_of_equations
        if any(cell in index for cell in line)
    ]
    found, top = set(), 0
    pivots = []
    for column in range(len(unknown)):
        pivot = next((one for one in range(top, len(matrix)) if matrix[one][column]), None)
        if pivot is None:
            continue
        matrix[top], matrix[pivot] = matrix[pivot], matrix[top]
        matrix[top] = [value / matrix[top][column] for value in matrix[top]]
        for one in range(len(matrix)):
            if one != top and matrix[one][column]:
                factor = matrix[one][column]
                matrix[one] = [a - factor * b for a, b in zip(matrix[one], matrix[top], strict=True)]
        pivots.append((top, column))
        top += 1
    for line, column in pivots:
        if not any(value for place, value in enumerate(matrix[line]) if place != column):
            found.add(unknown[column])
    return found


@settings(max_examples=400, deadline=None)
@given(questions())
def test_attacker_does_not_find_a_small_cell(question):
    tree, table, sizes, adds_up = question
    rows, hidden = published(tree, table, sizes, adds_up)
    width = table.shape[1]
    unknown = [
        row * (width + 1) + column
        for row in range(len(tree.parents))
        for column in range(width + 1)
        if (rows[row] if column == width else hidden[row, column])
    ]
    whole = np.hstack([table, sizes.reshape(-1, 1)]).ravel()
    known = determined(equations(tree, width, adds_up), unknown)
    assert [cell for cell in known if 0 < whole[cell] < FIVE] == []


@settings(max_examples=400, deadline=None)
@given(questions())
def test_small_cells_and_small_groups_are_never_shown(question):
    tree, table, sizes, adds_up = question
    rows, hidden = published(tree, table, sizes, adds_up)
    assert not ((table > 0) & (table < FIVE) & ~hidden).any()
    assert not ((sizes > 0) & (sizes < FIVE) & ~rows).any()
    assert hidden[rows].all()


def solutions(shown, hidden, row_sums, column_sums):
    """Every table of whole numbers from nought up that fits what is shown; small tables only."""
    height, width = shown.shape
    free = [(r, c) for r in range(height) for c in range(width) if hidden[r, c]]
    rows = [row_sums[r] - sum(shown[r, c] for c in range(width) if not hidden[r, c]) for r in range(height)]
    columns = [
        column_sums[c] - sum(shown[r, c] for r in range(height) if not hidden[r, c]) for c in range(width)
    ]

    def fill(place, left, below, made):
        if place == len(free):
            if not any(left) and not any(below):
                yield dict(made)
            return
        row, column = free[place]
        last_of_row = all(r != row for r, _ in free[place + 1 :])
        last_of_column = all(c != column for _, c in free[place + 1 :])
        most = min(left[row], below[column])
        for value in range(most + 1):
            if (last_of_row and value != left[row]) or (last_of_column and value != below[column]):
                continue
            left[row] -= value
            below[column] -= value
            made[row, column] = value
            yield from fill(place + 1, left, below, made)
            left[row] += value
            below[column] += value

    yield from fill(0, list(rows), list(columns), {})


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=2, max_size=3).filter(
        lambda rows: (
            all(sum(row) >= FIVE for row in rows)
            and all(sum(column) >= FIVE or not sum(column) for column in zip(*rows, strict=True))
        )
    )
)
def test_attacker_who_knows_that_counts_are_whole_and_not_negative(leaves):
    """Groups and totals of five and more, all shown: each hidden small cell has at least two solutions."""
    inner = np.array(leaves)
    table = np.vstack([inner.sum(axis=0), inner])
    shown = np.zeros(len(table), dtype=bool)
    hidden = hidden_cells(
        table, flat(len(inner)), FIVE, rows=shown, totals=np.zeros(3, dtype=bool), adds_up=True
    )[1:]
    found: dict[tuple[int, int], set[int]] = {}
    for one in solutions(inner, hidden, inner.sum(axis=1), inner.sum(axis=0)):
        for cell, value in one.items():
            found.setdefault(cell, set()).add(value)
        if all(len(values) > 1 for values in found.values()):
            break
    small = [(r, c) for r in range(len(inner)) for c in range(3) if 0 < inner[r, c] < FIVE]
    assert [cell for cell in small if len(found[cell]) < 2] == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=5).filter(lambda points: sum(points) >= FIVE))
def test_attacker_who_knows_the_mean_of_a_scale(counts):
    """Sum and weighted sum of the hidden points are known: every small one has two solutions, or no mean."""
    hidden = hidden_points(counts, FIVE)
    small = [place for place, count in enumerate(counts) if 0 < count < FIVE]
    if hidden is None:
        assert small
        return
    places = [place for place in range(len(counts)) if hidden[place]]
    people = sum(counts[place] for place in places)
    points = sum(place * counts[place] for place in places)
    found: dict[int, set[int]] = {}

    def fill(rest, people, points, made):
        if not rest:
            if not people and not points:
                for place, value in made.items():
                    found.setdefault(place, set()).add(value)
            return
        for value in range(people + 1):
            if rest[0] * value <= points:
                fill(rest[1:], people - value, points - rest[0] * value, made | {rest[0]: value})

    fill(places, people, points, {})
    assert [place for place in small if len(found[place]) < 2] == []


def test_scale_with_large_points_is_whole():
    assert hidden_points([5, 0, 9, 20, 11], FIVE).tolist() == [False] * 5


def test_scale_of_two_points_has_no_mean_with_a_small_one():
    assert hidden_points([3, 20], FIVE) is None
