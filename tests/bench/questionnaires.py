"""Results of a large questionnaire: 2,500 answers of 60 questions, laid out by every cut."""

import random
import time
from typing import Any

from django.utils import timezone

from apps.organizations.enums import OrganizationKind
from apps.organizations.models import Organization
from apps.questionnaires.actions.questionnaires import create_questionnaire
from apps.questionnaires.actions.questions import add_question
from apps.questionnaires.enums import Cut, QuestionKind
from apps.questionnaires.models import Answer, Questionnaire
from apps.questionnaires.models.asked import Recipient
from apps.questionnaires.results.arrays import answers_of
from apps.questionnaires.results.needs import can_be_laid_out, need_table
from apps.questionnaires.results.tables import Results
from tests.bench import data
from tests.bench.report import Results as Report

ANSWERS, QUESTIONS, SCHOOLS = 2_500, 60, 45
SEED = 20261123


def run(results: Report, by: Any) -> None:
    row = _questionnaire(by)
    started = time.perf_counter()
    answers = answers_of(row)
    results.at_most(
        "questionnaire: 2,500 answers of 60 questions read", time.perf_counter() - started, 2.0, "s"
    )
    seconds, hidden = _laid_out(answers)
    results.at_most("questionnaire: hidden cells of 60 questions × 5 cuts", seconds, 2.0, "s")
    assert hidden


def _laid_out(answers: Any) -> tuple[float, int]:
    """All questions of all and by four cuts, and one need by organisation and position."""
    started = time.perf_counter()
    found = Results(answers)
    found.all()
    tables = [found.cut(question, cut) for question in answers.questions for cut in Cut]
    hidden = sum(None in row.cells for table in tables if table for row in table.rows)
    asked = next(one for one in answers.questions if can_be_laid_out(found, one, 0))
    need_table(found, asked, 0)
    return time.perf_counter() - started, hidden


def _questionnaire(by: Any) -> Questionnaire:
    row = create_questionnaire(by=by, title="Большая анкета", purpose="Замер")
    options = [f"вариант {number}" for number in range(6)]
    for number in range(QUESTIONS):
        kind = [QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE][number % 3]
        passport = {0: "position", 3: "experience"}.get(number, "")
        add_question(
            questionnaire=row, by=by, kind=kind, text=f"Вопрос {number}", options=options, passport=passport
        )
    kinds = [OrganizationKind.SCHOOL, OrganizationKind.KINDERGARTEN, OrganizationKind.ADDITIONAL]
    schools = data.organizations_named("Анкетная", SCHOOLS)
    for number, school in enumerate(schools):
        Organization.objects.filter(pk=school.pk).update(kind=kinds[number % 3])
        Recipient.objects.create(questionnaire=row, organization=school)
    _answer(row, schools)
    return row


def _answer(row: Questionnaire, schools: list[Organization]) -> None:
    """Schools of very different size, options of very different favour."""
    chance = random.Random(SEED)
    questions, today = list(row.questions.all()), timezone.localdate()
    weights, favour = [number + 1 for number in range(len(schools))], [40, 25, 15, 12, 6, 2]
    made = []
    for school in chance.choices(schools, weights, k=ANSWERS):
        values: dict[str, Any] = {}
        for question in questions:
            chosen = chance.choices(range(6), favour, k=2)
            several = question.kind == QuestionKind.MULTIPLE
            values[question.key] = sorted(set(chosen)) if several else chosen[0]
        made.append(Answer(questionnaire=row, organization=school, answered_on=today, values=values))
    Answer.objects.bulk_create(made, batch_size=500)
