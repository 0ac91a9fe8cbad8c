"""Campaigns: the list, the conditions, who is asked, who has answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.queries import organizations_without_representative
from apps.core.access import Conflict, found, require
from apps.core.lists import ListPage
from apps.core.pages import FormPage
from apps.core.roles import Role, has_role, reads_city
from apps.monitoring import columns, filters
from apps.monitoring.actions import campaigns as acts
from apps.monitoring.enums import CampaignState, ResponseState
from apps.monitoring.forms import AddRecipientForm, CampaignForm, RecipientsForm, ReopenCampaignForm
from apps.monitoring.models import Campaign, FormVersion, Response
from apps.monitoring.permissions import can_edit_campaign, can_run_campaigns
from apps.monitoring.queries import with_progress
from apps.organizations.enums import OrganizationKind

NO_RIGHT = "Мониторинги проводят методисты и заведующий."
CAMPAIGNS_CRUMB = ("Мониторинги", reverse_lazy("monitoring:home"))


@require_GET
def monitoring_home(request: HttpRequest) -> HttpResponseBase:
    """The department comes to its campaigns, an organisation to its reports."""
    if reads_city(request.user):
        return CampaignList.as_view()(request)
    return OwnResponses.as_view()(request)


class CampaignList(ListPage):
    queryset = Campaign.objects.select_related("version__form")
    columns = columns.CAMPAIGNS
    filterset_class = filters.CampaignFilter
    search = ["title", "version__form__title"]
    order = "-due_at"
    title = "Мониторинги"
    lead = "Каждый мониторинг — одна форма, один период и список организаций, которые должны ответить."
    forms = "мониторинг,мониторинга,мониторингов"
    template_name = "monitoring/campaign_list.html"
    empty_title = "Мониторингов пока нет"
    empty_text = "Создайте первый: выберите форму, срок и организации."

    def is_allowed(self) -> bool:
        return reads_city(self.request.user)

    def get_queryset(self) -> Any:
        return with_progress(super().get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_run=can_run_campaigns(self.request.user), **kwargs)


class OwnResponses(ListPage):
    queryset = Response.objects.without_documents().select_related("campaign", "organization")
    columns = columns.OWN_RESPONSES
    filterset_class = filters.OwnResponseFilter
    search = ["campaign__title"]
    order = "-due_at"
    title = "Мои отчёты"
    lead = "Здесь всё, что департамент просит у вашей организации. Откройте отчёт, заполните и отправьте."
    forms = "отчёт,отчёта,отчётов"
    empty_title = "Отчётов пока нет"
    empty_text = "Когда методист запустит мониторинг, отчёт появится здесь и придёт уведомление."

    def is_allowed(self) -> bool:
        return has_role(self.request.user, Role.REPRESENTATIVE)


def own_campaign(request: HttpRequest, pk: int) -> Campaign:
    """A campaign the user sees, or 404; then 403 unless the pages of the department are for him."""
    campaign = found(
        Campaign.objects.visible_to(request.user).select_related("version__form").distinct(), pk=pk
    )
    require(
        reads_city(request.user), "Эта страница — для департамента. Ваши отчёты — в разделе «Мои отчёты»."
    )
    return campaign


class CampaignPage:
    """What every page of one campaign shares: 404 before 403, tabs, title."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.campaign = own_campaign(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**page_context(self.campaign, self.request), **kwargs})  # type: ignore[misc]


def page_context(campaign: Campaign, request: HttpRequest) -> dict[str, Any]:
    """Title, state, tabs and rights that the pages of a campaign show."""
    pages = [("Ход сбора", "campaign-detail"), ("Свод", "campaign-summary")]
    pages += [("Анализ", "campaign-analysis"), ("Отчёт", "campaign-report")]
    return {
        "campaign": campaign,
        "title": campaign.title,
        "state": CampaignState(campaign.state),
        "tabs": [(title, reverse(f"monitoring:{name}", args=[campaign.pk])) for title, name in pages],
        "can_run": can_run_campaigns(request.user),
        "can_edit": can_edit_campaign(request.user, campaign),
        "is_draft": campaign.state == CampaignState.DRAFT,
        "is_running": campaign.state == CampaignState.RUNNING,
        "is_closed": campaign.state == CampaignState.CLOSED,
    }


def figures_of(campaign: Campaign) -> dict[str, Any]:
    """How many were asked and have answered, in all and by kind; one query."""
    sent = Q(state__in=[ResponseState.SUBMITTED, ResponseState.ACCEPTED])
    by_kind = (
        campaign.responses.values("organization__kind")
        .annotate(
            asked=Count("pk"),
            answered=Count("pk", filter=sent),
            accepted=Count("pk", filter=Q(state=ResponseState.ACCEPTED)),
            waiting=Count("pk", filter=Q(state=ResponseState.SUBMITTED)),
            unopened=Count("pk", filter=Q(opened_at=None, state=ResponseState.NOT_STARTED)),
            late=Count("pk", filter=Q(is_late=True)),
        )
        .order_by("organization__kind")
    )
    rows = [{**row, "title": OrganizationKind(row["organization__kind"]).plural_title} for row in by_kind]
    names = ("asked", "answered", "accepted", "waiting", "unopened", "late")
    total = {name: sum(row[name] for row in rows) for name in names}
    share = total["answered"] * 100 / total["asked"] if total["asked"] else None
    return {"by_kind": rows, "total": total, "share": share}


class CampaignProgress(CampaignPage, ListPage):
    """Who has answered, who is late, who has not opened it."""

    columns = columns.PROGRESS
    filterset_class = filters.ProgressFilter
    search = ["organization__short_name", "organization__full_name"]
    order = "organization"
    forms = "организация,организации,организаций"
    template_name = "monitoring/campaign_detail.html"
    empty_title = "Организации не выбраны"
    empty_text = "Выберите, кого опросить, и запустите мониторинг."
    sizes = (100, 200, 500)

    def get_queryset(self) -> Any:
        return (
            Response.objects.visible_to(self.request.user)
            .without_documents()
            .filter(campaign=self.campaign)
            .select_related("organization", "campaign", "submitted_by")
        )

    def exported(self, rows: Any) -> HttpResponse:
        self.title = f"Ход сбора: {self.campaign.title}"
        return super().exported(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reminders = self.campaign.reminders.select_related("sent_by")[:5]
        return super().get_context_data(
            figures=figures_of(self.campaign),
            reminders=reminders,
            unanswerable=self.unanswerable(),
            **{**kwargs, "title": self.campaign.title},
        )

    def unanswerable(self) -> Any:
        """Before the start: those asked for whom nobody answers and nobody has been invited."""
        if self.campaign.state != CampaignState.DRAFT:
            return []
        asked = self.campaign.responses.values("organization_id")
        return organizations_without_representative(self.request.user).filter(pk__in=asked)


@require_GET
def progress_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures alone: the page asks for them every half a minute."""
    campaign = own_campaign(request, pk)
    return render(
        request, "monitoring/_progress_figures.html", {"figures": figures_of(campaign), "campaign": campaign}
    )


class CampaignCreate(FormPage):
    form_class = CampaignForm
    title = "Новый мониторинг"
    lead = "Условия можно менять, пока мониторинг не завершён; форму и период — до запуска."
    button = "Создать"
    cancel_url = reverse_lazy("monitoring:home")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can_run_campaigns(request.user), NO_RIGHT)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        version = self.request.GET.get("version", "")
        if not version.isdecimal():
            return {}
        chosen = FormVersion.objects.visible_to(self.request.user).filter(pk=version).first()
        return {"version": chosen, "title": chosen.form.title} if chosen else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(breadcrumbs=[CAMPAIGNS_CRUMB], **kwargs)

    def form_valid(self, form: CampaignForm) -> HttpResponse:
        campaign = acts.save_campaign(campaign=form.save(commit=False), by=self.request.user)
        return redirect("monitoring:campaign-recipients", pk=campaign.pk)


class CampaignFormPage(CampaignPage, FormPage):
    """A form about one campaign: its heading says what is done, the way back leads to the campaign."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("monitoring:campaign-detail", args=[self.campaign.pk])
        own = {
            "title": self.title,
            "breadcrumbs": [CAMPAIGNS_CRUMB, (str(self.campaign), back)],
            "cancel_url": back,
        }
        return super().get_context_data(**{**own, **kwargs})


class CampaignEdit(CampaignFormPage):
    form_class = CampaignForm
    title = "Условия мониторинга"
    lead = "Форма и период после запуска не меняются."
    button = "Сохранить"

    def get_form_kwargs(self) -> dict[str, Any]:
        require(can_edit_campaign(self.request.user, self.campaign), NO_RIGHT)
        return {**super().get_form_kwargs(), "instance": self.campaign, "user": self.request.user}

    def form_valid(self, form: CampaignForm) -> HttpResponse:
        acts.save_campaign(campaign=form.save(commit=False), by=self.request.user)
        messages.success(self.request, "Условия сохранены.")
        return redirect("monitoring:campaign-detail", pk=self.campaign.pk)


class CampaignRecipients(CampaignFormPage):
    """Who is asked, before the start."""

    form_class = RecipientsForm
    title = "Кого опросить"
    button = "Сохранить список"
    lead = "Отметьте виды, уровни или отдельные организации: отмеченное складывается."

    def get_form_kwargs(self) -> dict[str, Any]:
        require(can_edit_campaign(self.request.user, self.campaign), NO_RIGHT)
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"organizations": list(self.campaign.responses.values_list("organization_id", flat=True))}

    def form_valid(self, form: RecipientsForm) -> HttpResponse:
        try:
            acts.set_recipients(campaign=self.campaign, organizations=form.chosen(), by=self.request.user)
        except Conflict as conflict:
            form.add_error(None, conflict.told)
            return self.form_invalid(form)
        messages.success(self.request, "Список организаций сохранён.")
        return redirect("monitoring:campaign-detail", pk=self.campaign.pk)


class RecipientAdd(CampaignFormPage):
    """One more organisation in a running campaign."""

    form_class = AddRecipientForm
    title = "Добавить организацию"
    lead = "Организация сразу получит отчёт и уведомление."
    button = "Добавить"

    def get_form_kwargs(self) -> dict[str, Any]:
        require(can_edit_campaign(self.request.user, self.campaign), NO_RIGHT)
        return {**super().get_form_kwargs(), "user": self.request.user, "campaign": self.campaign}

    def form_valid(self, form: AddRecipientForm) -> HttpResponse:
        acts.add_recipient(
            campaign=self.campaign, organization=form.cleaned_data["organization"], by=self.request.user
        )
        messages.success(self.request, "Организация добавлена.")
        return redirect("monitoring:campaign-detail", pk=self.campaign.pk)


class CampaignReopen(CampaignFormPage):
    form_class = ReopenCampaignForm
    title = "Открыть мониторинг повторно"
    lead = "Организации, которые не ответили, снова смогут заполнить отчёт до нового срока."
    button = "Открыть повторно"

    def get_form_kwargs(self) -> dict[str, Any]:
        require(can_run_campaigns(self.request.user), NO_RIGHT)
        return super().get_form_kwargs()

    def form_valid(self, form: ReopenCampaignForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            acts.reopen_campaign(
                campaign=self.campaign, due_at=data["due_at"], reason=data["comment"], by=self.request.user
            )
        except Conflict as conflict:
            form.add_error(None, conflict.told)
            return self.form_invalid(form)
        messages.success(self.request, "Мониторинг открыт, отчёты снова принимаются.")
        return redirect("monitoring:campaign-detail", pk=self.campaign.pk)


def acted(request: HttpRequest, pk: int, act: Callable[..., Any], told: str) -> HttpResponse:
    """One press on the page of a campaign: 404, 403, then the act or the reason against it."""
    campaign = own_campaign(request, pk)
    try:
        act(campaign=campaign, by=request.user)
    except Conflict as conflict:
        messages.error(request, conflict.told)
    else:
        messages.success(request, told)
    return redirect("monitoring:campaign-detail", pk=pk)


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    return acted(request, pk, acts.start, "Мониторинг запущен, организации уведомлены.")


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return acted(request, pk, acts.close, "Мониторинг завершён.")


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    return acted(request, pk, acts.remind, "Напоминание отправлено тем, кто ещё не ответил.")


@require_POST
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """«Провести снова»: leads to the conditions of the new campaign."""
    campaign = acts.run_again(campaign=own_campaign(request, pk), by=request.user)
    messages.success(request, "Создан мониторинг следующего периода. Проверьте условия и запустите.")
    return redirect("monitoring:campaign-edit", pk=campaign.pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        acts.delete_campaign(campaign=own_campaign(request, pk), by=request.user)
    except Conflict as conflict:
        messages.error(request, conflict.told)
        return redirect("monitoring:campaign-detail", pk=pk)
    messages.success(request, "Мониторинг удалён.")
    return redirect("monitoring:campaign-list")
