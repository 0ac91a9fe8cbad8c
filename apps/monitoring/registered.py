"""What monitoring gives to the portal: navigation, tasks, search, panels, figures of the statute, jobs."""

from collections import defaultdict
from typing import Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from apps.accounts.queries import has_approval_right
from apps.core import registry
from apps.core.jobs import JobKind, job_kinds
from apps.core.models import Job
from apps.core.registry import (
    ClauseWork,
    HomeFigure,
    HomePanel,
    Indicator,
    LinkedWork,
    NavItem,
    PanelProvider,
    PlanSubject,
    Scope,
    SearchHit,
    SearchProvider,
    Task,
    TaskProvider,
)
from apps.core.roles import CITY_READERS, Role, has_role, reads_city, represented_ids
from apps.monitoring import indicators, load, printing
from apps.monitoring.actions.reports import revoke_report
from apps.monitoring.models import Amendment, Campaign, Form, MonitoringReport, Response
from apps.monitoring.queries import responses_to_review, waiting_responses, with_progress
from apps.papers.signals import paper_revoked
from apps.workflow.models import TransitionRecord

MAX_TASKS = 20


def staff(user: Any) -> bool:
    return has_role(user, *CITY_READERS)


def representative(user: Any) -> bool:
    return has_role(user, Role.REPRESENTATIVE)


def response_tasks(user: Any) -> list[Task]:
    """What the user's organisations owe; whoever answers for several is told for which one."""
    several = len(represented_ids(user)) > 1
    return [
        Task(
            title=one.campaign.title,
            url=reverse("monitoring:response-detail", args=[one.pk]),
            action="Продолжить" if one.saved_at else "Заполнить",
            detail=" · ".join(
                [
                    *([one.organization.short_name] if several else []),
                    one.campaign.period_title,
                    one.get_state_display(),
                ]
            ),
            due_at=one.due_at,
            is_late=one.is_overdue,
        )
        for one in waiting_responses(user)[:MAX_TASKS]
    ]


def review_tasks(user: Any) -> list[Task]:
    """Campaigns with responses that wait to be reviewed."""
    waiting: dict[int, list[Response]] = {}
    for one in responses_to_review(user):
        waiting.setdefault(one.campaign_id, []).append(one)
    return [
        Task(
            title=f"Проверить отчёты: {ones[0].campaign.title}",
            url=f"{reverse('monitoring:campaign-detail', args=[pk])}?state=submitted",
            action="Проверить",
            detail=f"ждут проверки: {len(ones)}",
            due_at=ones[0].campaign.due_at,
        )
        for pk, ones in waiting.items()
    ]


def late_tasks(user: Any) -> list[Task]:
    """For the head and methodists: who has not answered in time."""
    campaigns = with_progress(Campaign.objects.visible_to(user).running()).order_by("due_at")
    return [
        Task(
            title=f"Не ответили в срок: {one.title}",
            url=f"{reverse('monitoring:campaign-detail', args=[one.pk])}?show=late",
            action="Посмотреть",
            detail=f"просрочили {one.overdue} из {one.asked}, ответили {one.answered}",
            due_at=one.due_at,
            is_late=True,
        )
        for one in campaigns
        if one.overdue
    ]


def approval_tasks(user: Any) -> list[Task]:
    """Reports that wait for whoever has the head's right to approve today."""
    reports = MonitoringReport.objects.visible_to(user).waiting().select_related("campaign")
    return [
        Task(
            title=f"Утвердить отчёт: {one.campaign.title}",
            url=reverse("monitoring:campaign-report", args=[one.campaign_id]),
            action="Открыть",
            detail=one.campaign.period_title,
        )
        for one in reports
    ]


def given_back_tasks(user: Any) -> list[Task]:
    """Reports the user wrote that the head has returned or whose paper was revoked."""
    mine = MonitoringReport.objects.visible_to(user).given_back().filter(edited_by=user)
    return [
        Task(
            title=f"Исправить отчёт: {one.campaign.title}",
            url=reverse("monitoring:campaign-report", args=[one.campaign_id]),
            action="Исправить",
            detail=one.campaign.period_title,
        )
        for one in mine.select_related("campaign")
    ]


def search_campaigns(user: Any, query: str, limit: int) -> list[SearchHit]:
    found = Campaign.objects.visible_to(user).filter(title__icontains=query).distinct()[:limit]
    if reads_city(user):
        return [
            SearchHit(
                one.title,
                reverse("monitoring:campaign-detail", args=[one.pk]),
                "мониторинг",
                one.period_title,
            )
            for one in found
        ]
    own = Response.objects.visible_to(user).without_documents().filter(campaign__in=found)
    return [
        SearchHit(
            one.campaign.title,
            reverse("monitoring:response-detail", args=[one.pk]),
            "отчёт",
            one.campaign.period_title,
        )
        for one in own.select_related("campaign")[:limit]
    ]


def choices_of_plan(user: Any, query: str, limit: int) -> list[tuple[str, str]]:
    """Campaigns for an event of a plan, the newest first."""
    found = Campaign.objects.visible_to(user).filter(title__icontains=query).order_by("-pk")[:limit]
    return [(str(one.pk), f"{one.title}, {one.period_title}") for one in found]


def search_forms(user: Any, query: str, limit: int) -> list[SearchHit]:
    found = Form.objects.visible_to(user).filter(title__icontains=query)[:limit]
    return [SearchHit(one.title, reverse("monitoring:form-detail", args=[one.pk]), "форма") for one in found]


def panel(user: Any, organization: Any) -> dict[str, Any] | None:
    """The responses of an organisation on its card."""
    rows = (
        Response.objects.visible_to(user)
        .without_documents()
        .filter(organization=organization)
        .select_related("campaign", "organization")
        .order_by("-campaign__due_at")[:10]
    )
    return {"responses": list(rows)}


def campaigns_held(user: Any, scope: Scope) -> Any:
    """Campaigns started within the days, by whom they were made."""
    rows = Campaign.objects.visible_to(user).filter(started_at__date__range=(scope.first, scope.last))
    return rows.filter(created_by=scope.person) if scope.person else rows


def responses_reviewed(user: Any, scope: Scope) -> Any:
    """Reports of organisations accepted or returned within the days, by who did it."""
    steps = TransitionRecord.objects.filter(
        subject_type=Response._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField()),
        name__in=("accept", "return"),
        at__date__range=(scope.first, scope.last),
    )
    steps = steps.filter(by=scope.person) if scope.person else steps
    rows = Response.objects.visible_to(user).without_documents().filter(Exists(steps))
    return rows.select_related("organization", "campaign")


def campaigns_with_clauses(user: Any, scope: Scope) -> list[LinkedWork]:
    """Campaigns started within the days by forms that name a clause."""
    rows = Campaign.objects.visible_to(user).filter(started_at__date__range=(scope.first, scope.last))
    return [
        LinkedWork(
            one.version.form.clause,
            str(one),
            reverse("monitoring:campaign-detail", args=[one.pk]),
            "мониторинг",
            one.get_state_display().lower(),
        )
        for one in rows.exclude(version__form__clause="").select_related("version__form")
    ]


def may_see_job(job: Job, user: Any) -> bool:
    return reads_city(user)


@receiver(paper_revoked)
def reopen_report(sender: Any, paper: Any, reason: str, by: Any, **kwargs: Any) -> None:
    """A revoked paper gives its report back to the methodist."""
    report = MonitoringReport.objects.filter(paper=paper).first()
    if report is not None:
        revoke_report(report=report, reason=reason, by=by)


def running_panel(user: Any) -> dict[str, Any] | None:
    """Every running campaign in one screen: who has not answered, who is late, what waits."""
    campaigns = list(with_progress(Campaign.objects.visible_to(user).running()).order_by("due_at"))
    if not campaigns:
        return None
    silent = Response.objects.without_documents().unanswered().past_due(timezone.now())
    silent = silent.filter(campaign__in=campaigns).select_related("organization").order_by("pk")
    names: dict[int, list[str]] = defaultdict(list)
    for one in silent:
        names[one.campaign_id].append(one.organization.short_name)
    return {"rows": [(one, names[one.pk]) for one in campaigns]}


def load_panel(user: Any) -> dict[str, Any] | None:
    """What the user's organisations have to hand in during the next weeks."""
    weeks = load.weeks_from(timezone.localdate(), 6)
    own = load.by_week(load.dues_of(user, weeks[0], weeks[-1]))
    if not own:
        return None
    return {"weeks": sorted(own.items()), "several": len(represented_ids(user)) > 1}


def amendment_tasks(user: Any) -> list[Task]:
    """Amendments that wait for a decision."""
    waiting = Amendment.objects.visible_to(user).waiting()
    return [
        Task(
            title=f"Рассмотреть поправку: {one.response.campaign.title}",
            url=reverse("monitoring:amendment-detail", args=[one.response_id, one.pk]),
            action="Рассмотреть",
            detail=f"{one.response.organization.short_name} · {one.response.campaign.period_title}",
        )
        for one in waiting.select_related("response__campaign", "response__organization")
    ]


def amendment_draft_tasks(user: Any) -> list[Task]:
    """Amendments begun by the user's organisations and not sent."""
    drafts = Amendment.objects.own_drafts(user).select_related("response__campaign")
    return [
        Task(
            title=f"Отправить поправку: {one.response.campaign.title}",
            url=reverse("monitoring:amendment-detail", args=[one.response_id, one.pk]),
            action="Продолжить",
            detail=one.response.campaign.period_title,
        )
        for one in drafts
    ]


def running_count(user: Any) -> int:
    return Campaign.objects.visible_to(user).running().count()


def register() -> None:
    registry.plan_subjects.register(
        PlanSubject("campaign", "мониторинг", "monitoring.campaign", choices_of_plan)
    )
    registry.home_panels.register(
        HomePanel("running", "Идущие мониторинги", "monitoring/_home_panel.html", running_panel, 10, staff)
    )
    registry.home_panels.register(
        HomePanel(
            "load",
            "Нагрузка по неделям",
            "monitoring/_load_panel.html",
            load_panel,
            12,
            _only_representative,
        )
    )
    registry.home_figures.register(
        HomeFigure(
            "running",
            "Идущие мониторинги",
            running_count,
            "monitoring:home",
            "идущий мониторинг,идущих мониторинга,идущих мониторингов",
            10,
            staff,
        )
    )
    registry.navigation.register(
        NavItem("monitoring", "Мониторинги", "monitoring:home", "clipboard-data", "Работа", 10, staff)
    )
    registry.navigation.register(
        NavItem("monitoring-forms", "Формы", "monitoring:form-list", "list", "Работа", 11, staff)
    )
    registry.navigation.register(
        NavItem(
            "own-reports",
            "Мои отчёты",
            "monitoring:home",
            "clipboard-data",
            "Работа",
            10,
            _only_representative,
        )
    )
    registry.home_tasks.register(
        TaskProvider("responses", "Отчёты организации", response_tasks, 10, representative)
    )
    registry.home_tasks.register(
        TaskProvider("approval", "На утверждении", approval_tasks, 5, has_approval_right)
    )
    registry.home_tasks.register(
        TaskProvider("given-back", "Возвращённые отчёты", given_back_tasks, 6, _runner)
    )
    registry.home_tasks.register(TaskProvider("amendments", "Поправки", amendment_tasks, 25, _runner))
    registry.home_tasks.register(
        TaskProvider("own-amendments", "Поправки", amendment_draft_tasks, 12, representative)
    )
    registry.home_tasks.register(TaskProvider("late", "Просроченные отчёты", late_tasks, 20, _runner))
    registry.home_tasks.register(TaskProvider("review", "Проверка отчётов", review_tasks, 30, _runner))
    registry.search_providers.register(SearchProvider("campaigns", "Мониторинги", search_campaigns, 10))
    registry.search_providers.register(SearchProvider("forms", "Формы", search_forms, 11, staff))
    registry.organization_panels.register(
        PanelProvider(
            "monitoring", "Отчёты по мониторингам", "monitoring/_organization_panel.html", panel, 10
        )
    )
    indicators.register()
    for order, (key, title, rows) in enumerate(
        [
            ("held", "Начато мониторингов", campaigns_held),
            ("reviewed", "Проверено отчётов организаций", responses_reviewed),
        ]
    ):
        registry.indicators.register(
            Indicator(f"monitoring-{key}", title, rows=rows, order=order, allowed=staff, by_person=True)
        )
    registry.clause_work.register(ClauseWork("campaigns", campaigns_with_clauses, 20))
    for key in ("monitoring.export", "monitoring.report"):
        job_kinds.register(JobKind(key, may_see_job))
    printing.register()


def _only_representative(user: Any) -> bool:
    return representative(user) and not staff(user)


def _runner(user: Any) -> bool:
    return has_role(user, Role.HEAD, Role.METHODIST)
