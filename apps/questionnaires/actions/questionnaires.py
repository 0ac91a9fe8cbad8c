"""A questionnaire from its draft to its end."""

import random
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from apps.accounts.models import RoleGrant
from apps.accounts.queries import representatives_of
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.magadan import magadan_today
from apps.notices.actions import notify
from apps.organizations.models import Organization
from apps.questionnaires import permissions
from apps.questionnaires.enums import Mode, QuestionnaireState
from apps.questionnaires.models import Answer, GroupThreshold, Participation, Question, Questionnaire
from apps.questionnaires.models.asked import Recipient
from apps.questionnaires.states import QUESTIONNAIRE
from apps.workflow.actions import announce_finished, move

ONLY_WRITERS = "Анкеты составляют и проводят методисты и заведующий."
FROZEN = "Опрос уже начат: вопросы, организации и условия больше не меняются."
DETAILS = ("title", "purpose", "clause", "audience", "mode", "closes_on")


def locked(questionnaire_id: int) -> Questionnaire:
    """The questionnaire as it is now, held until the end of the transaction."""
    return Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire_id)


def locked_draft(questionnaire: Questionnaire, by: Any) -> Questionnaire:
    """The same for who may write it; `Refused` for others, `Conflict` once it is open."""
    require(permissions.can_write(by), ONLY_WRITERS)
    row = locked(questionnaire.pk)
    if not row.is_draft:
        raise Conflict(FROZEN)
    return row


@transaction.atomic
def create_questionnaire(*, by: Any, **details: Any) -> Questionnaire:
    """A draft without questions. `ValidationError` by field."""
    require(permissions.can_write(by), ONLY_WRITERS)
    row = Questionnaire(created_by_id=by.pk, **{name: details[name] for name in DETAILS if name in details})
    row.full_clean()
    row.save()
    journal.record(by=by, verb=Verb.CREATED, subject=row)
    return row


@transaction.atomic
def edit_questionnaire(*, questionnaire: Questionnaire, by: Any, **details: Any) -> Questionnaire:
    """Another title, purpose, audience, mode or term of a draft."""
    row = locked_draft(questionnaire, by)
    for name in DETAILS:
        if name in details:
            setattr(row, name, details[name])
    row.full_clean()
    row.save()
    journal.record(by=by, verb=Verb.CHANGED, subject=row)
    return row


@transaction.atomic
def extend_questionnaire(*, questionnaire: Questionnaire, by: Any, closes_on: Any) -> Questionnaire:
    """Another last day of an open questionnaire, today or later."""
    require(permissions.can_write(by), ONLY_WRITERS)
    row = locked(questionnaire.pk)
    if row.state != QuestionnaireState.OPEN:
        raise Conflict("Срок продлевают, пока опрос идёт.")
    if closes_on < magadan_today():
        raise ValidationError({"closes_on": "Последний день не может быть в прошлом."})
    row.closes_on = closes_on
    row.full_clean()
    row.save(update_fields=["closes_on"])
    journal.record(by=by, verb=Verb.EXTENDED, subject=row)
    return row


@transaction.atomic
def delete_questionnaire(*, questionnaire: Questionnaire, by: Any) -> None:
    row = locked_draft(questionnaire, by)
    journal.record(by=by, verb=Verb.DELETED, subject=row)
    row.questions.update(shown_if=None, shown_option=None)
    row.delete()


@transaction.atomic
def set_recipients(
    *, questionnaire: Questionnaire, by: Any, organizations: Iterable[Organization]
) -> Questionnaire:
    """Exactly these organisations are asked; links of those that stay are kept."""
    row = locked_draft(questionnaire, by)
    wanted = {one.pk for one in organizations}
    row.recipients.exclude(organization__in=wanted).delete()
    row.invitees.exclude(organization__in=wanted).delete()
    present = set(row.recipients.values_list("organization_id", flat=True))
    Recipient.objects.bulk_create(
        Recipient(questionnaire=row, organization_id=pk) for pk in sorted(wanted - present)
    )
    journal.record(by=by, verb=Verb.CHANGED, subject=row, note="опрашиваемые организации")
    return row


@transaction.atomic
def open_questionnaire(*, questionnaire: Questionnaire, by: Any) -> Questionnaire:
    """Begins: questions stop changing, the threshold of the day is kept, the organisations are told.

    `Conflict` without questions, organisations, or (by personal links) without addresses.
    """
    row = locked_draft(questionnaire, by)
    today = magadan_today()
    _check_complete(row, today)
    row.opens_on, row.threshold = today, GroupThreshold.objects.on(today)
    move(row, QUESTIONNAIRE, "open", by=by, update_fields=("opens_on", "threshold"))
    if row.mode == Mode.ANONYMOUS:
        _list_participants(row)
    if row.mode == Mode.PERSONAL:
        for one in row.invitees.filter(has_answered=False):
            app.configure_task("questionnaires.mail_personal_link").defer(invitee_id=str(one.pk))
    notify(
        recipients=representatives_of(list(row.recipients.values_list("organization_id", flat=True))),
        kind="questionnaire_opened",
        title=f"Анкета «{row.title}»",
        text="Опрос начат. Передайте ссылку или QR-код коллегам: участие добровольное.",
        url=reverse("questionnaires:questionnaire-list"),
        by=by,
    )
    return row


def _check_complete(row: Questionnaire, today: Any) -> None:
    if not row.questions.exists():
        raise Conflict("В анкете нет вопросов.")
    if not row.recipients.exists():
        raise Conflict("Не выбрано ни одной организации.")
    if row.closes_on is not None and row.closes_on < today:
        raise Conflict("Последний день опроса уже прошёл: укажите другой.")
    if row.mode == Mode.PERSONAL and not row.invitees.exists():
        raise Conflict("Не указаны адреса тех, кому отправить личные ссылки.")


def _list_participants(row: Questionnaire) -> None:
    """Whoever may answer by signing in, in an order that tells nothing."""
    people = list(people_asked(row))
    random.SystemRandom().shuffle(people)
    Participation.objects.bulk_create(Participation(questionnaire=row, user_id=pk) for pk in people)


def people_asked(row: Questionnaire) -> set[int]:
    """The numbers of the users who may answer the questionnaire by signing in."""
    grants = RoleGrant.objects.in_force().filter(
        organization__in=row.recipients.values("organization"),
        role__in=permissions.roles_of_audience(row.audience),
        user__is_active=True,
    )
    return set(grants.values_list("user_id", flat=True))


@transaction.atomic
def close_questionnaire(*, questionnaire: Questionnaire, by: Any) -> Questionnaire:
    """Ends: no more answers are taken. The answers are written anew in the order of their random numbers."""
    require(permissions.can_write(by), ONLY_WRITERS)
    row = locked(questionnaire.pk)
    move(row, QUESTIONNAIRE, "close", by=by)
    if row.is_anonymous:
        _rewrite_answers(row)
    announce_finished(row, by=by)
    return row


def _rewrite_answers(row: Questionnaire) -> None:
    """The place of a row in its table would tell who answered after whom."""
    answers = list(row.answers.order_by("pk"))
    row.answers.all().delete()
    Answer.objects.bulk_create(answers, batch_size=1000)


@transaction.atomic
def copy_questionnaire(*, questionnaire: Questionnaire, by: Any) -> Questionnaire:
    """«Провести снова»: a draft with the same questions and organisations, its term not yet said."""
    require(permissions.can_write(by), ONLY_WRITERS)
    kept = {name: getattr(questionnaire, name) for name in DETAILS if name != "closes_on"}
    made = create_questionnaire(by=by, **kept)
    Questionnaire.objects.filter(pk=made.pk).update(copied_from=questionnaire)
    copy_questions(list(questionnaire.questions.all()), made)
    today = magadan_today()
    asked = Organization.objects.active_on(today).filter(
        pk__in=questionnaire.recipients.values("organization")
    )
    Recipient.objects.bulk_create(Recipient(questionnaire=made, organization=one) for one in asked)
    made.refresh_from_db()
    return made


def copy_questions(questions: list[Question], to: Questionnaire) -> None:
    """The questions in their order; conditions lead to the copies."""
    made: dict[int, Question] = {}
    for one in questions:
        values = {
            field.attname: getattr(one, field.attname)
            for field in Question._meta.fields
            if field.name not in ("id", "questionnaire", "shown_if")
        }
        earlier = made.get(one.shown_if_id) if one.shown_if_id else None
        if earlier is None:
            values["shown_option"] = None
        made[one.pk] = Question.objects.create(questionnaire=to, shown_if=earlier, **values)
