"""One answer by organisation and position at once.

The sizes of these groups are published nowhere, so people may change places within a table of one answer, and
the tables of different answers do not help each other (docs/decisions/0014-questionnaires.md).
"""

from dataclasses import dataclass

import numpy as np

from apps.questionnaires.enums import Cut, Passport, QuestionKind
from apps.questionnaires.models import Question
from apps.questionnaires.results.tables import Results
from apps.questionnaires.suppression import flat, hidden_cells


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
    first = 1 + max(schools.tree.inner)
    height, width = len(schools.titles) - first, len(positions.titles) - 1
    chosen = _chosen(results, question, place)
    sizes = _table(schools.codes - first, positions.codes - 1, height, width)
    counts = _table((schools.codes - first)[chosen], (positions.codes - 1)[chosen], height, width)
    hidden_rows = results.cells(question, Cut.ORGANIZATION)[1][first:, place] | schools.hidden[first:]
    hidden_columns = results.cells(question, Cut.POSITION)[1][1:, place] | positions.hidden[1:]
    hidden = _hidden(sizes, hidden_rows, hidden_columns, results.threshold)
    hidden = _hidden(counts, hidden_rows, hidden_columns, results.threshold, hidden)
    shown_columns = [column for column in range(width) if sizes[:, column].any()]
    rows = [("Всего", counts.sum(axis=0), hidden_columns, int(counts.sum()), False)]
    rows += [
        (schools.titles[first + row], counts[row], hidden[row], int(counts[row].sum()), hidden_rows[row])
        for row in range(height)
        if sizes[row].any()
    ]
    return NeedTable(
        question.choices[place],
        tuple(positions.titles[1 + column] for column in shown_columns),
        tuple(
            (
                title,
                (
                    None if is_hidden else total,
                    *(None if mask[column] else int(line[column]) for column in shown_columns),
                ),
            )
            for title, line, mask, total, is_hidden in rows
        ),
    )


def _chosen(results: Results, question: Question, place: int) -> np.ndarray:
    if question.kind == QuestionKind.MULTIPLE:
        return results.answers.chosen(question)[:, place] > 0
    return results.answers.choice(question) == place


def _table(rows: np.ndarray, columns: np.ndarray, height: int, width: int) -> np.ndarray:
    return np.bincount(rows * width + columns, minlength=height * width).reshape(height, width)


def _hidden(
    table: np.ndarray,
    rows: np.ndarray,
    columns: np.ndarray,
    threshold: int,
    also: np.ndarray | None = None,
) -> np.ndarray:
    """Cells of the inner table; its sums are those of other tables and help nobody here."""
    height, width = table.shape
    whole = np.vstack([table.sum(axis=0), table])
    given = np.zeros(whole.shape, dtype=bool)
    given[1:] = rows.reshape(-1, 1) | columns
    if also is not None:
        given[1:] |= also
    return hidden_cells(
        whole,
        flat(height),
        threshold,
        rows=np.zeros(height + 1, dtype=bool),
        totals=np.zeros(width, dtype=bool),
        adds_up=True,
        also=given,
    )[1:]
