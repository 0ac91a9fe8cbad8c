"""Questions of a draft: added, changed, moved, copied, deleted."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from apps.core import journal
from apps.core.access import Conflict
from apps.core.enums import Verb
from apps.questionnaires.actions.questionnaires import locked_draft
from apps.questionnaires.enums import WITH_OPTIONS, Passport, QuestionKind
from apps.questionnaires.models import Question, Questionnaire

FIELDS = (
    *("kind", "text", "help", "is_required", "options", "has_other", "statements", "low", "high"),
    *("passport", "shown_if", "shown_option"),
)
MOST_QUESTIONS = 200
CONDITIONAL = frozenset({QuestionKind.SINGLE, QuestionKind.SCALE})


@transaction.atomic
def add_question(*, questionnaire: Questionnaire, by: Any, **values: Any) -> Question:
    """A question at the end. `ValidationError` by field, `Conflict` in a questionnaire that is open."""
    row = locked_draft(questionnaire, by)
    if row.questions.count() >= MOST_QUESTIONS:
        raise Conflict(f"В анкете не бывает больше {MOST_QUESTIONS} вопросов.")
    last = row.questions.aggregate(last=Max("order"))["last"]
    question = Question(questionnaire=row, order=0 if last is None else last + 1)
    return _put(question, values, by)


@transaction.atomic
def edit_question(*, question: Question, by: Any, **values: Any) -> Question:
    locked_draft(question.questionnaire, by)
    row = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    made = _put(row, values, by)
    _check_dependents(made)
    return made


def _put(question: Question, values: dict[str, Any], by: Any) -> Question:
    for name in FIELDS:
        if name in values:
            setattr(question, name, values[name])
    _forget_what_does_not_fit(question)
    _check_lists(question)
    _check_condition(question)
    question.full_clean()
    question.save()
    journal.record(by=by, verb=Verb.CHANGED, subject=question.questionnaire, note="вопросы")
    return question


def _forget_what_does_not_fit(question: Question) -> None:
    """What another kind had asked for is not kept."""
    if question.kind not in WITH_OPTIONS:
        question.options = []
    if question.kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        question.has_other = False
    if question.kind != QuestionKind.MATRIX:
        question.statements = []
    if question.kind != QuestionKind.NUMBER:
        question.low = question.high = None
    if question.passport != Passport.NONE:
        question.has_other = False


def _check_lists(question: Question) -> None:
    """The constraints of the table, told beside the field."""
    if question.kind in WITH_OPTIONS and len(question.options) < 2:
        raise ValidationError({"options": "Нужно хотя бы два варианта."})
    if question.kind == QuestionKind.MATRIX and not question.statements:
        raise ValidationError({"statements": "Нужно хотя бы одно утверждение."})


def _check_condition(question: Question) -> None:
    """A condition asks an earlier question of the same questionnaire for one of its answers."""
    asked = question.shown_if
    if asked is None:
        question.shown_option = None
        return
    if asked.questionnaire_id != question.questionnaire_id or asked.order >= question.order:
        raise ValidationError({"shown_if": "Условие ставят на вопрос, который стоит раньше."})
    if asked.kind not in CONDITIONAL:
        raise ValidationError({"shown_if": "Условие ставят на вопрос с одним вариантом ответа."})
    if question.shown_option is None or question.shown_option >= len(asked.choices):
        raise ValidationError({"shown_option": "У этого вопроса такого варианта нет."})


def _check_dependents(question: Question) -> None:
    """What others ask this question for must still be there."""
    for one in question.depending.all():
        if question.kind not in CONDITIONAL or (one.shown_option or 0) >= len(question.choices):
            raise ValidationError(
                f"От этого вопроса зависит «{one.text}»: сначала уберите там условие показа."
            )


@transaction.atomic
def delete_question(*, question: Question, by: Any) -> None:
    """`Conflict` while another question depends on it."""
    row = locked_draft(question.questionnaire, by)
    if question.depending.exists():
        raise Conflict("От этого вопроса зависит показ другого: сначала уберите там условие.")
    question.delete()
    journal.record(by=by, verb=Verb.CHANGED, subject=row, note="вопросы")


@transaction.atomic
def copy_question(*, question: Question, by: Any) -> Question:
    """A copy directly after the question; it is nobody's passport."""
    row = locked_draft(question.questionnaire, by)
    values = {name: getattr(question, name) for name in FIELDS} | {"passport": Passport.NONE}
    copy = Question(questionnaire=row, order=question.order + 1, **values)
    for one in row.questions.filter(order__gt=question.order).order_by("-order"):
        one.order += 1
        one.save(update_fields=["order"])
    copy.full_clean()
    copy.save()
    journal.record(by=by, verb=Verb.CHANGED, subject=row, note="вопросы")
    return copy


@transaction.atomic
def move_question(*, question: Question, by: Any, up: bool) -> None:
    """One place up or down. `Conflict` where it would come before the question its condition asks."""
    row = locked_draft(question.questionnaire, by)
    rows = list(row.questions.select_for_update(of=("self",)).order_by("order", "pk"))
    here = next(place for place, one in enumerate(rows) if one.pk == question.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    first, second = sorted((here, there))
    if rows[second].shown_if_id == rows[first].pk:
        raise Conflict("Вопрос с условием не может стоять раньше того, от которого он зависит.")
    rows[here], rows[there] = rows[there], rows[here]
    for place, one in enumerate(rows):
        if one.order != place:
            one.order = place
            one.save(update_fields=["order"])
    journal.record(by=by, verb=Verb.CHANGED, subject=row, note="порядок вопросов")
