"""The results of a question: of all who answered, and by the groups of a cut. What is hidden is None."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np

from apps.core.charts import Chart, Series
from apps.core.russian import ratio, round_half_up
from apps.questionnaires.enums import Cut, Passport, QuestionKind
from apps.questionnaires.models import Question
from apps.questionnaires.results.arrays import Answers, Grouping
from apps.questionnaires.suppression import hidden_cells, hidden_groups, hidden_points, hidden_totals

NO_ANSWER = "нет ответа"
UNGROUPED = "не отнесено к группе"
Cell = int | Decimal | None
CHOICES = frozenset({QuestionKind.SINGLE, QuestionKind.TEXT})


@dataclass(frozen=True)
class OptionRow:
    """An answer and how many of all chose it; None is hidden. `place` is its place in the question."""

    title: str
    count: int | None
    share: Decimal | None
    place: int | None = None


@dataclass(frozen=True)
class ItemRow:
    """A thing measured: mean point or mean place, Borda points, the distribution."""

    title: str
    mean: Decimal | None
    borda: int | None = None
    points: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class CutRow:
    title: str
    level: int
    size: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class CutTable:
    """A row for each group that has answered; a hidden one stands there without figures."""

    cut: Cut
    columns: tuple[str, ...]
    rows: tuple[CutRow, ...]
    is_mean: bool = False


@dataclass
class QuestionResult:
    """`answered` is None where even that is too few. `is_hidden`: nothing of the question is shown."""

    question: Question
    number: int
    answered: int | None
    options: list[OptionRow] = field(default_factory=list)
    items: list[ItemRow] = field(default_factory=list)
    mean: Decimal | None = None
    median: Decimal | None = None
    texts: list[str] = field(default_factory=list)
    is_hidden: bool = False

    @property
    def has_hidden(self) -> bool:
        found: list[Cell] = [one.count for one in self.options]
        found += [cell for one in self.items for cell in (one.mean, *one.points)]
        return None in found

    @property
    def kind_title(self) -> str:
        return str(QuestionKind(self.question.kind).label)

    @cached_property
    def chart(self) -> Chart | None:
        """Only what the table shows; a hidden count has no bar."""
        if self.options:
            return self._chart("Сколько ответили так", [(one.title, one.count) for one in self.options], 0)
        is_ranking = self.question.kind == QuestionKind.RANKING
        if len(self.items) > 1 and not all(one.mean is None for one in self.items):
            title = "Среднее место (чем меньше, тем выше)" if is_ranking else "Средняя оценка"
            return self._chart(title, [(one.title, one.mean) for one in self.items], 2)
        if self.items and self.items[0].points:
            names = zip(self.question.options, self.items[0].points, strict=True)
            return self._chart("Сколько поставили такую оценку", list(names), 0)
        return None

    def _chart(self, title: str, rows: list[tuple[str, Cell]], places: int) -> Chart:
        return Chart(
            kind="bar",
            title=title,
            description="Скрытые значения не показаны.",
            categories=[name for name, _ in rows],
            series=[Series(title, [value for _, value in rows])],
            places=places,
        )


class Results:
    """The results of a questionnaire, question by question; nothing leaves here that may not be seen."""

    def __init__(self, answers: Answers) -> None:
        self.answers, self.threshold = answers, answers.questionnaire.threshold
        self.by_key = {one.pk: one for one in answers.questions}
        self._totals: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        self._cells: dict[tuple[int, Cut], tuple[np.ndarray, np.ndarray]] = {}

    def all(self) -> list[QuestionResult]:
        if not self.answers.is_enough:
            return []
        return [self.of(one, number) for number, one in enumerate(self.answers.questions, start=1)]

    def of(self, question: Question, number: int) -> QuestionResult:
        """Of all who answered the questionnaire."""
        answered = int(self.answers.has_answered(question).sum())
        if self.is_closed(question) or answered < self.threshold:
            return QuestionResult(question, number, None, is_hidden=True)
        made = QuestionResult(question, number, answered if self._may_say(question, answered) else None)
        if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TEXT):
            is_ungrouped = question.kind == QuestionKind.TEXT and not self.answers.option_titles(question)
            made.options = [] if is_ungrouped else self._options(question)
            made.texts = self.answers.texts(question) if self._may_read(question) else []
        elif question.kind == QuestionKind.NUMBER:
            amounts = self.answers.amounts(question)
            made.mean = _two(np.nanmean(amounts))
            made.median = _two(np.nanmedian(amounts))
        else:
            made.items = self._items(question)
        return made

    def _may_say(self, question: Question, answered: int) -> bool:
        """How many left the question out is a count like any other."""
        return not 0 < self.answers.count - answered < self.threshold

    def _may_read(self, question: Question) -> bool:
        """Free answers; the words of «Другое» where their number may be told."""
        if question.kind == QuestionKind.TEXT:
            return True
        return question.has_other and not self.totals(question)[1][len(question.options)]

    def is_closed(self, question: Question) -> bool:
        """Nothing is shown of a question that was asked of fewer than the threshold."""
        if question.shown_if_id is None:
            return False
        asked = self.by_key[question.shown_if_id]
        if self.is_closed(asked):
            return True
        if asked.kind == QuestionKind.SCALE:
            counts = np.bincount(self._kept(self.answers.choice(asked)), minlength=len(asked.options))
            hidden = hidden_points(counts.tolist(), self.threshold)
            return hidden is None or bool(hidden[question.shown_option])
        return bool(self.totals(asked)[1][question.shown_option])

    def _kept(self, codes: np.ndarray) -> np.ndarray:
        return codes[codes >= 0]

    # --- of all ---

    def totals(self, question: Question) -> tuple[np.ndarray, np.ndarray]:
        """Counts of the options (with «нет ответа» at the end where everybody chose one), and the hidden."""
        if question.pk not in self._totals:
            counts = self._counts(question)
            adds_up = question.kind != QuestionKind.MULTIPLE
            hidden = self._hidden_of_passport(question)
            if hidden is None:
                hidden = hidden_totals(counts.tolist(), self.threshold, adds_up)
            self._totals[question.pk] = counts, hidden
        return self._totals[question.pk]

    def _counts(self, question: Question) -> np.ndarray:
        if question.kind == QuestionKind.MULTIPLE:
            return self.answers.chosen(question).sum(axis=0)
        codes, width = self._codes(question)
        return np.bincount(codes, minlength=width)

    def _codes(self, question: Question) -> tuple[np.ndarray, int]:
        """Of a single choice: options, for free answers «не отнесено», and «нет ответа» as the last."""
        width = len(self.answers.option_titles(question)) + 1
        codes = self.answers.choice(question)
        if question.kind == QuestionKind.TEXT:
            width += 1
            codes = np.where((codes < 0) & self.answers.has_answered(question), width - 2, codes)
        return np.where(codes < 0, width - 1, codes), width

    def _hidden_of_passport(self, question: Question) -> np.ndarray | None:
        """Positions are counted as groups too: both must hide the same."""
        if question.passport == Passport.NONE:
            return None
        cut = Cut.POSITION if question.passport == Passport.POSITION else Cut.EXPERIENCE
        return self.answers.grouping(cut).hidden[1:]

    def titles(self, question: Question) -> list[str]:
        found = list(self.answers.option_titles(question))
        if question.kind == QuestionKind.TEXT:
            found.append(UNGROUPED)
        if question.kind != QuestionKind.MULTIPLE:
            found.append(NO_ANSWER)
        return found

    def _options(self, question: Question) -> list[OptionRow]:
        counts, hidden = self.totals(question)
        real = len(self.answers.option_titles(question))
        return [
            OptionRow(
                title,
                None if hidden[place] else int(counts[place]),
                None if hidden[place] else ratio(int(counts[place]), self.answers.count),
                place if place < real else None,
            )
            for place, title in enumerate(self.titles(question))
            if place < real or counts[place]
        ]

    def _items(self, question: Question) -> list[ItemRow]:
        points = self.answers.points(question)
        if question.kind == QuestionKind.RANKING:
            return self._ranked(question, points)
        titles = question.statements or [question.text]
        return [
            self._scaled(title, points[:, place], len(question.options)) for place, title in enumerate(titles)
        ]

    def _scaled(self, title: str, codes: np.ndarray, width: int) -> ItemRow:
        kept = self._kept(codes)
        if len(kept) < self.threshold:
            return ItemRow(title, None, points=(None,) * width)
        counts = np.bincount(kept, minlength=width)
        hidden = hidden_points(counts.tolist(), self.threshold)
        if hidden is None:
            return ItemRow(title, None, points=(None,) * width)
        shown = tuple(None if hidden[place] else int(counts[place]) for place in range(width))
        return ItemRow(title, _two(kept.mean() + 1), points=shown)

    def _ranked(self, question: Question, points: np.ndarray) -> list[ItemRow]:
        """Mean place, and Borda points: of n things the first gets n − 1, the last none."""
        kept = points[points[:, 0] >= 0]
        count = len(question.options)
        rows = [
            ItemRow(title, _two(kept[:, place].mean() + 1), int((count - 1 - kept[:, place]).sum()))
            for place, title in enumerate(question.options)
        ]
        return sorted(rows, key=lambda row: -(row.borda or 0))

    # --- by group ---

    def cut(self, question: Question, cut: Cut) -> CutTable | None:
        """The question by the groups of the cut; None where it is not laid out: who answered is no result."""
        if question.passport != Passport.NONE or self.is_closed(question):
            return None
        if self.answers.has_answered(question).sum() < self.threshold:
            return None
        if self._unasked(question, self.answers.grouping(cut)).all():
            return None
        if question.kind == QuestionKind.MULTIPLE or question.kind in CHOICES:
            if question.kind == QuestionKind.TEXT and not self.answers.option_titles(question):
                return None
            return self._cut_of_choices(question, cut)
        return self._cut_of_means(question, cut)

    def _cut_of_choices(self, question: Question, cut: Cut) -> CutTable:
        grouping = self.answers.grouping(cut)
        table, hidden = self.cells(question, cut)
        rows = (
            (row, tuple(None if hidden[row, place] else int(count) for place, count in enumerate(line)))
            for row, line in enumerate(table)
        )
        return CutTable(cut, tuple(self.titles(question)), self._shown(grouping, cut, rows))

    def cells(self, question: Question, cut: Cut) -> tuple[np.ndarray, np.ndarray]:
        """Counts by group and option, and which of them are hidden."""
        grouping = self.answers.grouping(cut)
        key = question.pk, grouping.cut
        if key not in self._cells:
            adds_up = question.kind != QuestionKind.MULTIPLE
            if adds_up:
                table = grouping.counted(*self._codes(question))
            else:
                marks = self.answers.chosen(question)
                columns = [
                    grouping.counted(np.where(marks[:, place] > 0, 0, -1), 1)
                    for place in range(marks.shape[1])
                ]
                table = np.hstack(columns)
            self._cells[key] = table, self._hidden(question, grouping, table, adds_up)
        return self._cells[key]

    def _hidden(self, question: Question, grouping: Grouping, table: np.ndarray, adds_up: bool) -> np.ndarray:
        totals = self.totals(question)[1]
        rows = grouping.hidden | self._unasked(question, grouping)
        rows[0] = grouping.hidden[0]
        if adds_up:
            return hidden_cells(
                table,
                grouping.tree,
                self.threshold,
                rows=rows,
                totals=totals,
                adds_up=True,
                sizes=(grouping.sizes, grouping.hidden),
            )
        # Options chosen beside each other have no sum: each is a table of its own.
        return np.hstack(
            [
                hidden_cells(
                    table[:, [place]],
                    grouping.tree,
                    self.threshold,
                    rows=rows,
                    totals=totals[[place]],
                    adds_up=False,
                )
                for place in range(table.shape[1])
            ]
        )

    def _unasked(self, question: Question, grouping: Grouping) -> np.ndarray:
        """Groups whose number of those asked is hidden: how many answered would tell it."""
        if question.shown_if_id is None:
            return np.zeros(len(grouping.titles), dtype=bool)
        asked = self.by_key[question.shown_if_id]
        if asked.passport != Passport.NONE or asked.kind == QuestionKind.SCALE:
            # Not laid out by this cut anywhere, so neither is what hangs on it.
            return np.ones(len(grouping.titles), dtype=bool)
        return self.cells(asked, grouping.cut)[1][:, question.shown_option]

    def _cut_of_means(self, question: Question, cut: Cut) -> CutTable:
        """Means by group. How many of a group answered is not told, and a small number has no mean."""
        grouping = self.answers.grouping(cut)
        columns: tuple[str, ...]
        if question.kind == QuestionKind.NUMBER:
            amounts = self.answers.amounts(question)
            columns, weights = ("Среднее",), np.nan_to_num(amounts).reshape(-1, 1)
            present = (~np.isnan(amounts)).reshape(-1, 1)
        else:
            points = self.answers.points(question)
            columns, weights, present = self._measured(question), points + 1.0, points >= 0
        means = [
            self._means(question, grouping, weights[:, place], present[:, place])
            for place in range(len(columns))
        ]
        rows = ((row, tuple(mean[row] for mean in means)) for row in range(len(grouping.titles)))
        return CutTable(cut, columns, self._shown(grouping, cut, rows), is_mean=True)

    def _measured(self, question: Question) -> tuple[str, ...]:
        if question.kind == QuestionKind.SCALE:
            return ("Средняя оценка",)
        return tuple(question.statements if question.kind == QuestionKind.MATRIX else question.options)

    def _means(
        self, question: Question, grouping: Grouping, weights: np.ndarray, present: np.ndarray
    ) -> list[Decimal | None]:
        codes = np.where(present, 0, -1)
        counts = grouping.counted(codes, 1)
        sums = _summed(grouping, grouping.placed(codes, weights, 1)[:, 0])
        also = grouping.hidden | self._unasked(question, grouping)
        hidden = hidden_groups(counts[:, 0].tolist(), grouping.tree, self.threshold, also)
        return [
            None if hidden[row] or not counts[row, 0] else _two(sums[row] / counts[row, 0])
            for row in range(len(counts))
        ]

    def _shown(
        self, grouping: Grouping, cut: Cut, rows: Iterable[tuple[int, tuple[Cell, ...]]]
    ) -> tuple[CutRow, ...]:
        """Rows of the level asked for, each kind before its organisations, those nobody is in left out."""
        by_row = dict(rows)
        return tuple(
            CutRow(
                grouping.titles[row],
                grouping.level_of(row),
                None if grouping.hidden[row] else int(grouping.sizes[row]),
                by_row[row],
            )
            for row in grouping.in_order()
            if grouping.sizes[row] and (cut != Cut.KIND or grouping.level_of(row) < 2)
        )


def _summed(grouping: Grouping, leaves: np.ndarray) -> np.ndarray:
    sums = leaves.astype(float)
    for row in range(len(sums) - 1, 0, -1):
        sums[grouping.tree.parents[row]] += sums[row]
    return sums


def _two(value: float) -> Decimal:
    return round_half_up(Decimal(repr(float(value))), 2)
