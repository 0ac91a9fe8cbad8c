"""One answer by organisation and position at once.

The sizes of these groups are published nowhere, so people may change places within a table of one answer, and
the tables of different answers do not help each other (docs/decisions/0014-questionnaires.md).
"""

from dataclasses import dataclass

import numpy as np

from apps.questionnaires.enums import Cut, Passport, QuestionKind
from apps.questionnaires.models import Question
from apps.questionnaires.results.arrays import Grouping
from apps.questionnaires.results.tables import Results
from apps.questionnaires.suppression import hidden_cells


@dataclass(frozen=True)
class NeedTable:
    """Organisations in rows, positions in columns, «Всего» first in both; None is hidden."""

    title: str
    positions: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


def can_be_laid_out(results: Results, question: Question, place: int) -> bool:
    """A listed answer, itself not hidden, of a questionnaire that asks for the position."""
    if results.answers.passport(Passport.POSITION) is None or question.passport != Passport.NONE:
        return False
    if question.kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE) or results.is_closed(question):
        return False
    if question.shown_if_id is not None or not 0 <= place < len(question.choices):
        return False
    return not results.totals(question)[1][place]


def need_table(results: Results, question: Question, place: int) -> NeedTable:
    """Of an answer for which `can_be_laid_out`."""
    schools = results.answers.grouping(Cut.ORGANIZATION)
    positions = results.answers.grouping(Cut.POSITION)
    width = len(positions.titles) - 1
    chosen = _chosen(results, question, place)
    sizes = schools.counted(positions.codes - 1, width)
    counts = schools.counted(np.where(chosen, positions.codes - 1, -1), width)
    rows = results.cells(question, Cut.ORGANIZATION)[1][:, place] | schools.hidden
    columns = results.cells(question, Cut.POSITION)[1][1:, place] | positions.hidden[1:]
    hidden = np.zeros(sizes.shape, dtype=bool)
    for table in (sizes, counts):
        hidden = _hidden(table, schools, rows, columns | hidden, results.threshold)
    shown = [column for column in range(width) if sizes[0, column]]
    leaves = [row for row in range(1, len(sizes)) if row not in schools.tree.inner and sizes[row].any()]
    hidden[0], rows[0] = columns, False
    return NeedTable(
        question.choices[place],
        tuple(positions.titles[1 + column] for column in shown),
        tuple(
            (
                schools.titles[row],
                (
                    None if rows[row] else int(counts[row].sum()),
                    *(None if hidden[row, column] else int(counts[row, column]) for column in shown),
                ),
            )
            for row in (0, *leaves)
        ),
    )


def _chosen(results: Results, question: Question, place: int) -> np.ndarray:
    if question.kind == QuestionKind.MULTIPLE:
        return results.answers.chosen(question)[:, place] > 0
    return results.answers.choice(question) == place


def _hidden(
    table: np.ndarray, schools: Grouping, rows: np.ndarray, given: np.ndarray, threshold: int
) -> np.ndarray:
    """Hidden cells of the inner table. Its sums are those of other tables and protect nothing here.

    People of hidden organisations may change places; kinds of organisations are not shown by position.
    """
    also = given | rows.reshape(-1, 1)
    also[sorted(schools.tree.inner)] = True
    return hidden_cells(
        table,
        schools.tree,
        threshold,
        rows=np.zeros(len(table), dtype=bool),
        totals=np.zeros(table.shape[1], dtype=bool),
        adds_up=True,
        sizes=(table.sum(axis=1), schools.hidden),
        also=also,
    )
