"""What the pages of the top floor collect."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from apps.accounts.models import Invitation, RoleGrant, User
from apps.accounts.permissions import can_invite
from apps.accounts.queries import organizations_without_representative, representatives_of
from apps.core.admin import narrowed
from apps.core.changes import events_of
from apps.core.models import JournalRecord, PortalState
from apps.core.registry import (
    SearchHit,
    StandIn,
    Task,
    home_figures,
    home_panels,
    home_tasks,
    search_providers,
    stand_ins,
)
from apps.core.roles import Role, reads_city, represented_ids
from apps.core.russian import plural
from apps.core.text import printable
from apps.organizations.models import Organization
from apps.portal.permissions import can_finish_set_up, can_read_journal, can_read_values

QUERY_LENGTH = 200
HITS_OF_A_KIND = 10
LONG_AGO = datetime.datetime.min.replace(tzinfo=datetime.UTC)


def tasks_of(user: Any) -> list[Task]:
    """What waits for the user and for those he stands in for: the late first, then what has no deadline,
    then by deadline."""
    tasks = [task for provider in home_tasks.allowed(user) for task in provider.tasks(user)]
    for stand_in in stand_ins_of(user):
        tasks = with_tasks_of(stand_in, user, tasks)
    return sorted(tasks, key=lambda task: (not task.is_late, task.due_at or LONG_AGO))


def stand_ins_of(user: Any) -> list[StandIn]:
    """Whom the user stands in for today."""
    return [one for provider in stand_ins.values() for one in provider.absent_ones(user)]


def with_tasks_of(stand_in: StandIn, user: Any, tasks: list[Task]) -> list[Task]:
    """The user's tasks and those of the absent one that the user himself may do, marked as theirs.

    Work that waits for both already stands once and bears the mark.
    """
    absent = stand_in.absent
    theirs = [
        task
        for provider in home_tasks.allowed(user)
        if provider.allowed(absent) and not provider.is_personal
        for task in provider.tasks(absent)
    ]
    own = [(task.title, task.url) for task in tasks]
    shared = {(task.title, task.url) for task in theirs}
    return [
        *(marked(task, stand_in) if (task.title, task.url) in shared else task for task in tasks),
        *(marked(task, stand_in) for task in theirs if (task.title, task.url) not in own),
    ]


def marked(task: Task, stand_in: StandIn) -> Task:
    """«… · за О. А. Лугову, до 12.12.2026»."""
    return replace(task, detail=" · ".join(filter(None, [task.detail, stand_in.mark])))


@dataclass(frozen=True)
class Tile:
    value: int
    label: str
    url: str


def tiles_of(user: Any) -> list[Tile]:
    """Figures of the home page that have something to say to the user."""
    tiles = []
    for entry in home_figures.allowed(user):
        value = entry.figure(user)
        if value is not None:
            label = plural(value, *entry.forms.split(",")) if entry.forms else entry.title
            tiles.append(Tile(value, label, reverse(entry.url_name) if entry.url_name else ""))
    return tiles


@dataclass(frozen=True)
class Panel:
    key: str
    title: str
    content: SafeString


def panels_of(user: Any) -> list[Panel]:
    """Parts of the home page that the apps below have registered, rendered."""
    panels = []
    for entry in home_panels.allowed(user):
        context = entry.context(user)
        if context is not None:
            panels.append(
                Panel(entry.key, entry.title, SafeString(render_to_string(entry.template, context)))
            )
    return panels


@dataclass(frozen=True)
class HitGroup:
    title: str
    hits: list[SearchHit]
    has_more: bool


def searched_text(text: str) -> str:
    """What is really looked for: one line of at most 200 characters."""
    return " ".join(printable(text[: QUERY_LENGTH * 2]).split())[:QUERY_LENGTH]


def search_everything(user: Any, query: str) -> list[HitGroup]:
    """Hits by kind. Each provider looks only at what the user may see; an empty query finds nothing."""
    if not query:
        return []
    groups = []
    for provider in search_providers.allowed(user):
        hits = provider.search(user, query, HITS_OF_A_KIND + 1)
        if hits:
            groups.append(HitGroup(provider.title, hits[:HITS_OF_A_KIND], len(hits) > HITS_OF_A_KIND))
    return groups


def journal_for(user: Any) -> QuerySet[JournalRecord]:
    """The whole journal, with the name of the organisation each record is about; nothing for other roles."""
    if not can_read_journal(user):
        return JournalRecord.objects.none()
    organization = Organization.objects.filter(pk=OuterRef("organization_id"))
    return JournalRecord.objects.select_related("user").annotate(
        organization_name=Subquery(organization.values("short_name")[:1])
    )


def row_with_history(user: Any, model: type[Model], pk: Any) -> Model:
    """The row, through `visible_to`, or 404.

    A deleted row is known by its last event alone, to whom the values of its table are open.
    """
    row = narrowed(model._default_manager.all(), user).filter(pk=pk).first()
    if row is not None:
        return row
    if model._base_manager.filter(pk=pk).exists() or not can_read_values(user, model._meta.app_label):
        raise Http404
    event = events_of(model, pk).first()
    if event is None:
        raise Http404
    kept = {field.attname for field in event._meta.fields} & {field.attname for field in model._meta.fields}
    return model(**{name: getattr(event, name) for name in kept})


def representatives_panel(user: Any, organization: Organization) -> dict[str, Any] | None:
    """Who answers for an organisation today, for its card; telephone and e-mail of people are not shown."""
    if not (reads_city(user) or can_invite(user) or organization.pk in represented_ids(user)):
        return None
    return {
        "people": representatives_of([organization.pk]).order_by("last_name", "first_name"),
        "may_invite": can_invite(user, Role.REPRESENTATIVE),
    }


def unanswered_count(user: Any) -> int | None:
    """Organisations nobody answers for and nobody is invited to; None (no tile) when there is none."""
    return organizations_without_representative(user).count() or None


def needs_set_up() -> bool:
    """Nobody has ever been made a user here, and nobody has set the portal up."""
    return not (PortalState.objects.exclude(set_up_at=None).exists() or User.objects.exists())


@dataclass(frozen=True)
class FirstStep:
    title: str
    text: str
    url: str
    is_done: bool


def first_steps(user: Any) -> list[FirstStep]:
    """What remains to be done after the first start; nothing once it is done, or for other roles."""
    if not can_finish_set_up(user):
        return []
    has_organizations = Organization.objects.visible_to(user).exists()
    has_head = _has_or_awaits_head(user)
    waiting = organizations_without_representative(user).count() if has_organizations else 0
    if has_organizations and not waiting and has_head:
        return []
    return [
        FirstStep(
            "Загрузите организации",
            "Списком из Excel; образец файла — на странице загрузки.",
            reverse("organizations:organization-import"),
            has_organizations,
        ),
        FirstStep(
            "Пригласите ответственных от организаций",
            f"Без ответственного и без приглашения: {waiting}." if waiting else "После загрузки организаций.",
            reverse("accounts:invitation-bulk"),
            has_organizations and not waiting,
        ),
        FirstStep(
            "Пригласите заведующего и методистов",
            "Мониторинги проводят методисты, отчёты утверждает заведующий.",
            reverse("accounts:invitation-create"),
            has_head,
        ),
    ]


def _has_or_awaits_head(user: Any) -> bool:
    held = RoleGrant.objects.in_force().filter(role=Role.HEAD, is_acting=False)
    invited = Invitation.objects.visible_to(user).waiting().filter(role=Role.HEAD)
    return held.exists() or invited.exists()
