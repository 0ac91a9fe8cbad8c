"""Which cells of a table of answers stay unseen, so that no group under the threshold can be computed.

Plain numbers in, masks out; nothing of Django. A table has a tree of groups in its rows (the city, kinds of
organisations, organisations; or the city and its positions), answers in its columns and the size of each
group at the end of its row. A cell with fewer people than the threshold is hidden, and with it as many
others as are needed: whoever subtracts what he sees from the totals must be left with more than one
solution.

Such a table is a network (Gusfield 1988): people flow down the tree of sizes to their group, through a cell
to the answer and up the tree of totals. Each cell is an arc, each equation a vertex. A hidden cell is not
determined exactly when one person can be led around it over other hidden cells, none of which falls below
nought: a path of the residual network. Where there is none, the cheapest path over cells that are still
shown is hidden too. docs/decisions/0014-questionnaires.md says why the tables together are safe when each
one is.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import gcd

import numpy as np

Mask = np.ndarray
# A cell nobody chose protects badly (its neighbour alone may then fill the total): the last to be taken.
EMPTY_COST = 1_000_000
SHOWN, HIDDEN, FIXED = 0, 1, 2


@dataclass(frozen=True)
class Tree:
    """Groups by number: `parents[i]` is the group that `i` is counted in, −1 for the first, which is all.

    A parent stands before its children. ValueError otherwise.
    """

    parents: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.parents or self.parents[0] != -1:
            raise ValueError("the first group is the whole")
        if any(not 0 <= parent < number for number, parent in enumerate(self.parents) if number):
            raise ValueError("a parent stands before its children")

    @property
    def inner(self) -> frozenset[int]:
        return frozenset(self.parents[1:])

    def summed(self, leaves: np.ndarray) -> np.ndarray:
        """The table with every group's row: those without parts as given, the others summed up."""
        table = np.array(leaves, dtype=np.int64)
        for number in sorted(self.inner):
            table[number] = 0
        for number in range(len(self.parents) - 1, 0, -1):
            table[self.parents[number]] += table[number]
        return table


def flat(groups: int) -> Tree:
    """The whole and its groups, without a level between."""
    return Tree((-1,) + (0,) * groups)


def hidden_groups(sizes: Sequence[int], tree: Tree, threshold: int, also: Mask | None = None) -> Mask:
    """The groups of which nothing is shown: those under the threshold, and others to cover them.

    `sizes` of every group of the tree, `also` marks those hidden for another reason. The whole is shown,
    unless it is under the threshold itself: then everything is hidden.
    """
    table = np.asarray(sizes, dtype=np.int64).reshape(-1, 1)
    if table[0, 0] < threshold:
        return np.ones(len(tree.parents), dtype=bool)
    hidden = (table > 0) & (table < threshold)
    if also is not None:
        hidden |= also.reshape(-1, 1)
    hidden[0] = False
    return _protected(Network(tree, table, hidden, adds_up=False), threshold)[:, 0]


def hidden_totals(counts: Sequence[int], threshold: int, adds_up: bool) -> Mask:
    """The answers of the whole that are hidden; `adds_up` where everybody has chosen exactly one."""
    table = np.asarray(counts, dtype=np.int64).reshape(1, -1)
    hidden = (table > 0) & (table < threshold)
    if not adds_up:
        return hidden[0]
    return _protected(Network(Tree((-1,)), table, hidden, adds_up=True, fixed=False), threshold)[0]


def hidden_cells(
    table: np.ndarray,
    tree: Tree,
    threshold: int,
    *,
    rows: Mask,
    totals: Mask,
    adds_up: bool,
    sizes: tuple[np.ndarray, Mask] | None = None,
    also: Mask | None = None,
) -> Mask:
    """The hidden cells of a table: a row for each group of the tree, a column for each answer.

    `rows` are hidden whole, `totals` are the hidden ones of the first row (from `hidden_totals`), which is
    otherwise as it is in every table of the same question. `adds_up`: a row sums to the size of its group.
    `sizes` are those of the groups with the mask of the hidden ones (from `hidden_groups`): people of these
    change places with each other; without it every group stays as large as it is. `also` marks single cells
    hidden for another reason. When nothing else helps the whole table is hidden.
    """
    hidden = (table > 0) & (table < threshold)
    hidden |= rows.reshape(-1, 1)
    if also is not None:
        hidden |= also
    hidden[0] = totals
    return _protected(Network(tree, table, hidden, adds_up=adds_up, sizes=sizes), threshold)


def hidden_points(counts: Sequence[int], threshold: int) -> Mask | None:
    """The hidden points of a scale whose mean is shown; None where the mean itself would tell too much.

    The mean is one equation more: nobody moves from a point unnoticed, unless another moves the other way. So
    at least three points are hidden, and each small one lies in a triple where people can be moved about.
    """
    values = [int(one) for one in counts]
    small = [place for place, value in enumerate(values) if 0 < value < threshold]
    hidden = set(small)
    rest = sorted((value, place) for place, value in enumerate(values) if place not in hidden and value)
    while not all(_moves(place, hidden, values) for place in small) or (
        small and sum(values[place] for place in hidden) < threshold
    ):
        if not rest:
            return None
        hidden.add(rest.pop(0)[1])
    return np.array([place in hidden for place in range(len(values))], dtype=bool)


def _moves(place: int, hidden: set[int], values: list[int]) -> bool:
    """Whether people can be moved between three hidden points, this one among them, the mean unchanged."""
    for triple in combinations(sorted(hidden), 3):
        if place not in triple:
            continue
        a, b, c = triple
        step = gcd(c - b, b - a)
        up, down = ((c - b) // step, (b - a) // step), (c - a) // step
        if values[b] >= down or (values[a] >= up[0] and values[c] >= up[1]):
            return True
    return False


class Network:
    """The table as arcs (tail, head) between equations. An arc's number is row · width + column."""

    def __init__(
        self,
        tree: Tree,
        table: np.ndarray,
        hidden: Mask,
        *,
        adds_up: bool,
        sizes: tuple[np.ndarray, Mask] | None = None,
        fixed: bool = True,
    ) -> None:
        self.shape, self.tree, self.adds_up = table.shape, tree, adds_up
        self.values: list[int] = table.ravel().tolist()
        self.states: list[int] = [HIDDEN if one else SHOWN for one in hidden.ravel().tolist()]
        self.tails, self.heads = _ends(tree, self.shape[1], adds_up)
        for arc in range(self.shape[1] if fixed else 0):
            if self.states[arc] == SHOWN:
                self.states[arc] = FIXED
        if sizes is not None:
            self._let_sizes_change(*sizes)
        self.around: dict[int, list[tuple[int, int, bool]]] = {}
        for arc, (tail, head) in enumerate(zip(self.tails, self.heads, strict=True)):
            if self.states[arc] != FIXED:
                self.around.setdefault(tail, []).append((arc, head, True))
                self.around.setdefault(head, []).append((arc, tail, False))

    def _let_sizes_change(self, sizes: np.ndarray, rows: Mask) -> None:
        """Sizes of hidden groups are arcs too, hidden ones; those that are shown can't change."""
        width, inner = self.shape[1], self.tree.inner
        for row in np.flatnonzero(rows[1:]) + 1:
            self.tails.append(_total_of(int(self.tree.parents[row]), width, width))
            self.heads.append(_total_of(int(row), width, width) if row in inner else _row_of(int(row)))
            self.values.append(int(sizes[row]))
            self.states.append(HIDDEN)

    def mask(self) -> Mask:
        cells = self.shape[0] * self.shape[1]
        return np.array([state == HIDDEN for state in self.states[:cells]], dtype=bool).reshape(self.shape)

    def small(self, threshold: int) -> list[int]:
        """The cells to protect, those in the emptiest places first."""
        cells = self.shape[0] * self.shape[1]
        return [
            arc for arc in range(cells) if self.states[arc] == HIDDEN and 0 < self.values[arc] < threshold
        ]

    def way_around(self, arc: int) -> list[int] | None:
        """The cheapest arcs by which one person leaves the cell for others; None when there are none."""
        start, goal = self.tails[arc], self.heads[arc]
        best: dict[int, int] = {start: 0}
        before: dict[int, tuple[int, int]] = {}
        queue = [(0, start)]
        while queue:
            cost, vertex = heapq.heappop(queue)
            if vertex == goal:
                return list(_traced(before, goal, start))
            if cost > best[vertex]:
                continue
            for other, end, forward in self.around.get(vertex, ()):
                if other == arc or not (forward or self.values[other]):
                    continue
                dearer = cost + self._cost(other)
                if dearer < best.get(end, dearer + 1):
                    best[end], before[end] = dearer, (other, vertex)
                    heapq.heappush(queue, (dearer, end))
        return None

    def too_small_together(self, threshold: int) -> list[int]:
        """Hides one more cell where the hidden ones of an equation make a group under the threshold.

        Gives these cells: each must be led around itself, or it would be known and help nobody.
        """
        added: list[int] = []
        for vertex, arcs in self.around.items():
            sides = {forward for arc, _, forward in arcs if self.states[arc] == HIDDEN}
            if not vertex or len(sides) != 1:
                continue
            side = sides.pop()
            mine = [arc for arc, _, forward in arcs if forward == side]
            together = sum(self.values[arc] for arc in mine if self.states[arc] == HIDDEN)
            rest = [arc for arc in mine if self.states[arc] == SHOWN and self.values[arc]]
            if 0 < together < threshold and rest:
                added.append(min(rest, key=self.values.__getitem__))
                self.states[added[-1]] = HIDDEN
        return added

    def _cost(self, arc: int) -> int:
        return 0 if self.states[arc] == HIDDEN else self.values[arc] or EMPTY_COST


def _traced(before: dict[int, tuple[int, int]], goal: int, start: int) -> Iterator[int]:
    while goal != start:
        arc, goal = before[goal]
        yield arc


def _protected(network: Network, threshold: int) -> Mask:
    """Hides what is needed: first around each small cell, then until no sum of hidden ones is small."""
    todo = network.small(threshold)
    while todo:
        for arc in todo:
            way = network.way_around(arc)
            if way is None:
                return np.ones(network.shape, dtype=bool)
            for other in way:
                network.states[other] = HIDDEN
        todo = network.too_small_together(threshold)
    return network.mask()


# Vertices: 0 is outside, then the rows of groups without parts (odd), then the totals of the others (even).


def _row_of(row: int) -> int:
    return 2 * row + 1


def _total_of(row: int, column: int, width: int) -> int:
    return 2 * (row * (width + 1) + column) + 2


def _ends(tree: Tree, width: int, adds_up: bool) -> tuple[list[int], list[int]]:
    """From where to where each cell leads: from its group (or outside) to the total it is counted in."""
    tails, heads, inner = [], [], tree.inner
    for row, parent in enumerate(tree.parents):
        for column in range(width):
            tails.append(_total_of(row, column, width) if row in inner else _row_of(row) if adds_up else 0)
            heads.append(_total_of(parent, column, width) if row else 0)
    return tails, heads
