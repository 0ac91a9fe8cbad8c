"""Answers as columns of numbers, and the groups they are counted in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from apps.organizations.enums import OrganizationKind
from apps.organizations.models import Organization
from apps.questionnaires.enums import Cut, Passport, QuestionKind
from apps.questionnaires.models import Question, Questionnaire, TextCode, TextGroup
from apps.questionnaires.suppression import Tree, flat, hidden_groups

UNSAID = "не указано"
Codes = np.ndarray


@dataclass(frozen=True)
class Grouping:
    """A cut: its tree, the names of its groups, the group of each answer, and which groups are hidden."""

    cut: Cut
    tree: Tree
    titles: tuple[str, ...]
    codes: Codes
    sizes: np.ndarray
    hidden: np.ndarray

    def counted(self, codes: Codes, width: int) -> np.ndarray:
        """A row for each group, a column for each code 0 … width − 1 of the answers; −1 is left out."""
        return self.tree.summed(self.placed(codes, None, width).astype(np.int64))

    def placed(self, codes: Codes, weights: np.ndarray | None, width: int) -> np.ndarray:
        """The same, not summed up the tree: how many, or the sum of the weights."""
        kept = codes >= 0
        places = self.codes[kept] * width + codes[kept]
        given = None if weights is None else weights[kept]
        return np.bincount(places, given, len(self.titles) * width).reshape(len(self.titles), width)

    def in_order(self, under: int = 0) -> Iterator[int]:
        """Each group before its parts."""
        yield under
        for row, parent in enumerate(self.tree.parents):
            if parent == under:
                yield from self.in_order(row)

    def level_of(self, row: int) -> int:
        parent = self.tree.parents[row]
        return 0 if parent < 0 else 1 + self.level_of(parent)


@dataclass
class Answers:
    """All the answers of a questionnaire, and its questions."""

    questionnaire: Questionnaire
    questions: list[Question]
    organizations: list[tuple[int, str, str]]
    rows: list[tuple[int, dict[str, Any]]]
    text_codes: dict[tuple[str, int], int] = field(default_factory=dict)
    text_groups: dict[int, list[str]] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    _kept: dict[Any, Any] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def is_enough(self) -> bool:
        """Under the threshold nothing at all is shown."""
        return self.count >= self.questionnaire.threshold

    def passport(self, kind: str) -> Question | None:
        return next((one for one in self.questions if one.passport == kind), None)

    def cuts(self) -> list[Cut]:
        """Those that this questionnaire can be laid out by."""
        asked = {Cut.POSITION: Passport.POSITION, Cut.EXPERIENCE: Passport.EXPERIENCE}
        return [cut for cut in Cut if cut not in asked or self.passport(asked[cut]) is not None]

    def grouping(self, cut: Cut) -> Grouping:
        """The groups of the cut; organisations and their kinds are two levels of one tree."""
        key = Cut.ORGANIZATION if cut == Cut.KIND else cut
        if key not in self._kept:
            self._kept[key] = self._organizations() if key == Cut.ORGANIZATION else self._passport(key)
        return self._kept[key]

    def _organizations(self) -> Grouping:
        kinds = sorted({kind for _, _, kind in self.organizations}, key=OrganizationKind.values.index)
        parents = [-1] + [0] * len(kinds) + [1 + kinds.index(kind) for _, _, kind in self.organizations]
        titles = ["Всего", *(OrganizationKind(kind).plural_title for kind in kinds)]
        titles += [title for _, title, _ in self.organizations]
        place = {pk: 1 + len(kinds) + number for number, (pk, _, _) in enumerate(self.organizations)}
        codes = np.array([place[organization] for organization, _ in self.rows], dtype=np.int64)
        return self._grouped(Cut.ORGANIZATION, Tree(tuple(parents)), titles, codes)

    def _passport(self, cut: Cut) -> Grouping:
        question = self.passport(Passport.POSITION if cut == Cut.POSITION else Passport.EXPERIENCE)
        assert question is not None
        titles = ["Всего", *question.choices, UNSAID]
        codes = self.choice(question)
        codes = np.where(codes < 0, len(titles) - 1, codes + 1)
        return self._grouped(cut, flat(len(titles) - 1), titles, codes)

    def _grouped(self, cut: Cut, tree: Tree, titles: Sequence[str], codes: Codes) -> Grouping:
        counts = np.bincount(codes, minlength=len(titles)).reshape(-1, 1).astype(np.int64)
        sizes = tree.summed(counts)[:, 0]
        hidden = hidden_groups(sizes.tolist(), tree, self.questionnaire.threshold)
        return Grouping(cut, tree, tuple(titles), codes, sizes, hidden)

    def choice(self, question: Question) -> Codes:
        """The place of the option each has chosen, −1 for none; the group of a free answer."""
        return self._once("choice", question, self._choice)

    def _choice(self, question: Question) -> Codes:
        if question.kind == QuestionKind.TEXT:
            pk = question.pk
            found = [self.text_codes.get((number, pk), -1) for number in self.numbers]
        else:
            found = [-1 if value is None else value for value in self._values(question)]
        return np.array(found, dtype=np.int64)

    def option_titles(self, question: Question) -> list[str]:
        if question.kind == QuestionKind.TEXT:
            return self.text_groups.get(question.pk, [])
        return question.choices

    def chosen(self, question: Question) -> np.ndarray:
        """Answers × options, one where the option is among those chosen."""
        return self._once("chosen", question, self._chosen)

    def _chosen(self, question: Question) -> np.ndarray:
        marks = np.zeros((self.count, len(question.choices)), dtype=np.int64)
        for row, places in enumerate(self._values(question)):
            marks[row, places or []] = 1
        return marks

    def points(self, question: Question) -> np.ndarray:
        """Answers × things measured: the point (from nought) for each statement or item, −1 for none."""
        return self._once("points", question, self._points)

    def _points(self, question: Question) -> np.ndarray:
        if question.kind == QuestionKind.SCALE:
            return self.choice(question).reshape(-1, 1)
        width = len(question.statements if question.kind == QuestionKind.MATRIX else question.options)
        empty = [None] * width
        table = [value or empty for value in self._values(question)]
        return np.array(
            [[-1 if point is None else point for point in line] for line in table], dtype=np.int64
        ).reshape(self.count, width)

    def amounts(self, question: Question) -> np.ndarray:
        """The numbers given, NaN for none."""
        return np.array([float(value or "nan") for value in self._values(question)], dtype=float)

    def has_answered(self, question: Question) -> np.ndarray:
        return self._once(
            "answered",
            question,
            lambda asked: np.array([value is not None for value in self._values(asked)], dtype=bool),
        )

    def _values(self, question: Question) -> list[Any]:
        key = question.key
        return [values.get(key) for _, values in self.rows]

    def _once(self, what: str, question: Question, made: Callable[[Question], np.ndarray]) -> np.ndarray:
        """Each question is read off the answers once, however many tables it goes into."""
        key = what, question.pk
        if key not in self._kept:
            self._kept[key] = made(question)
        return self._kept[key]

    def same_texts(self, question: Question) -> dict[str, list[str]]:
        """Free answers with the numbers of those who wrote exactly so, without regard to case."""
        found: dict[str, list[str]] = {}
        spelt: dict[str, str] = {}
        for number, text in zip(self.numbers, self._values(question), strict=True):
            if text is not None:
                found.setdefault(spelt.setdefault(text.casefold(), text), []).append(number)
        return found

    def texts(self, question: Question) -> list[str]:
        """Free answers or the words of «Другое» in the order of the alphabet: whose they are is not shown."""
        key = question.key if question.kind == QuestionKind.TEXT else question.other_key
        return sorted(str(values[key]) for _, values in self.rows if key in values)


def answers_of(questionnaire: Questionnaire) -> Answers:
    """Everything that was answered, in memory; the questionnaire was found through `visible_to`."""
    recipients = Organization.objects.filter(pk__in=questionnaire.recipients.values("organization"))
    rows = list(questionnaire.answers.order_by("pk").values_list("pk", "organization_id", "values"))
    groups: dict[int, list[TextGroup]] = {}
    for group in TextGroup.objects.filter(question__questionnaire=questionnaire).order_by("title", "pk"):
        groups.setdefault(group.question_id, []).append(group)
    place = {group.pk: number for found in groups.values() for number, group in enumerate(found)}
    codes = TextCode.objects.filter(question__questionnaire=questionnaire)
    return Answers(
        questionnaire=questionnaire,
        questions=list(questionnaire.questions.all()),
        organizations=list(recipients.order_by("short_name", "pk").values_list("pk", "short_name", "kind")),
        rows=[(organization, values) for _, organization, values in rows],
        numbers=[str(pk) for pk, _, _ in rows],
        text_codes={
            (str(answer), question): place[group]
            for answer, question, group in codes.values_list("answer_id", "question_id", "group_id")
        },
        text_groups={pk: [group.title for group in found] for pk, found in groups.items()},
    )
