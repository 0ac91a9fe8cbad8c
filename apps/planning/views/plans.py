"""Plans: the list, the year table, the header, sending, copying, closing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, found, require
from apps.core.lists import ListPage
from apps.core.roles import Role, has_role
from apps.planning import columns, filters, forms, permissions
from apps.planning.actions import plans as actions
from apps.planning.actions.copying import copy_plan
from apps.planning.actions.editions import send
from apps.planning.enums import EditionState, PlanOwner, PlanState
from apps.planning.execution import with_execution
from apps.planning.models import Plan
from apps.planning.queries import approver_of, open_amendment
from apps.planning.table import by_section, narrowed, people_among, rows_of, total
from apps.planning.views.common import (
    NO_PLANS,
    PLANS,
    PlanCut,
    PlanningCreate,
    PlanningForm,
    address,
    chosen_ids,
    crumbs_of,
    pressed,
)

ONLY_HEAD_CLOSES = "План закрывает заведующий или исполняющий его обязанности."


class PlanList(ListPage):
    template_name = "planning/plan_list.html"
    queryset = Plan.objects
    columns = columns.PLANS
    filterset_class = filters.PlanFilters
    order = "-year"
    title = "Планы работы"
    lead = "ИМО работает по плану департамента и по своему плану (п. 1.5 Положения)."
    forms = "план,плана,планов"
    empty_title = "Планов пока нет"
    empty_text = (
        "Создайте план, внесите мероприятия или загрузите их из Excel или Word и отправьте на утверждение."
    )
    refusal = NO_PLANS

    def is_allowed(self) -> bool:
        return permissions.can_read(self.request.user)

    def get_queryset(self) -> Any:
        return with_execution(super().get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = permissions.can_write_plans(self.request.user)
        return super().get_context_data(may_write=may_write, **kwargs)


class PlanPage(PlanCut):
    """The year table by section."""

    template_name = "planning/plan_detail.html"
    part = "year"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.object, self.request.user
        rows = rows_of(plan, user)
        form = forms.TableFilters(self.request.GET, plan=plan, people=people_among(rows))
        q = self.request.GET.get("q", "").replace("\x00", " ")[:200]
        shown = narrowed(rows, form.cleaned_data, q) if form.is_valid() else []
        editions = list(
            plan.editions.defer("content")
            .select_related("amendment", "sent_by", "decided_by")
            .order_by("-pk")
        )
        waiting = next((one for one in editions if one.state == EditionState.WAITING), None)
        amendment = open_amendment(plan)
        return super().get_context_data(
            filter_form=form,
            q=q,
            is_narrowed=bool(q) or any(form.cleaned_data.values() if form.is_valid() else [True]),
            sections=by_section(shown),
            found=len(shown),
            execution=total(rows),
            has_items=bool(rows),
            unseen=sum(row.item.is_unseen for row in rows),
            clashes=sum(bool(row.clashes) for row in rows),
            is_carried_out=plan.state in (PlanState.APPROVED, PlanState.CLOSED),
            waiting=waiting,
            amendment=amendment,
            approver=approver_of(plan) if waiting else None,
            approver_title=PlanOwner(plan.owner).approver.label,
            remarks=self.remarks(editions),
            may_edit=permissions.can_edit_plan(user, plan),
            may_delete=permissions.can_edit_plan(user, plan) and not editions,
            may_copy=permissions.can_write_plans(user) and bool(rows),
            may_amend=permissions.can_amend(user, plan) and amendment is None,
            may_add_beside=permissions.can_add_beside(user, plan),
            may_close=has_role(user, Role.HEAD) and permissions.can_close(user, plan),
            may_approve=waiting is not None and permissions.can_approve(user, plan),
            **kwargs,
        )

    def remarks(self, editions: list[Any]) -> Any:
        """What the approver has asked to correct in the last text, until it is sent again."""
        if not self.object.is_text_open or not editions:
            return None
        return editions[0] if editions[0].comment else None


class PlanCreate(PlanningCreate):
    form_class = forms.NewPlanForm
    title = "Новый план"
    lead = "Мероприятия вносятся после: по одному, строка за строкой или таблицей из Excel и Word."
    done = "План создан. Внесите мероприятия."

    def get_initial(self) -> dict[str, Any]:
        return forms.year_of()

    def act(self, form: Any) -> Plan:
        return actions.create_plan(by=self.request.user, **form.cleaned_data)

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return made.get_absolute_url() if made else address("plan-list")


class PlanEdit(PlanningForm):
    queryset = PLANS
    form_class = forms.PlanForm
    title = "Титульная часть плана"
    lead = "Что стоит перед таблицей мероприятий: тема, цель, задачи, основания, приказ об утверждении."
    template_name = "planning/plan_form.html"

    def is_allowed(self) -> bool:
        return permissions.can_edit_plan(self.request.user, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"breadcrumbs": crumbs_of(self.object), "revision": self.object.revision, **kwargs}
        )

    def act(self, form: Any) -> Plan:
        seen = self.request.POST.get("revision", "")
        revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
        return actions.edit_plan(
            plan=self.object, by=self.request.user, revision=revision, **form.cleaned_data
        )


def _plan(request: HttpRequest, pk: int) -> Plan:
    return found(PLANS.visible_to(request.user), pk=pk)


@require_POST
def plan_delete(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    try:
        actions.delete_plan(plan=plan, by=request.user)
    except Conflict as refused:
        messages.error(request, refused.told)
        return redirect(plan.get_absolute_url())
    messages.success(request, "Проект плана удалён.")
    return redirect("planning:plan-list")


@require_POST
def plan_send(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    return pressed(request, send, "План отправлен на утверждение.", plan.get_absolute_url(), plan=plan)


@require_POST
def plan_close(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    require(has_role(request.user, Role.HEAD), ONLY_HEAD_CLOSES)
    return pressed(request, actions.close_plan, "План закрыт.", plan.get_absolute_url(), plan=plan)


@require_POST
def plan_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of the next year; where it exists already the page leads to it."""
    plan = _plan(request, pk)
    try:
        made = copy_plan(plan=plan, by=request.user)
    except (Conflict, ValidationError) as refused:
        words = refused.messages if isinstance(refused, ValidationError) else [refused.told]
        messages.error(request, " ".join(words))
        return redirect(plan.get_absolute_url())
    told = "План скопирован, даты перенесены по дням недели. Просмотрите каждое мероприятие."
    messages.success(request, told)
    return redirect(made.get_absolute_url())


@require_POST
def plan_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked events, or all of them."""
    plan = _plan(request, pk)
    ids = chosen_ids(request) or list(
        plan.items.in_plan().filter(is_unseen=True).values_list("pk", flat=True)
    )
    back = address("item-table", pk) if request.POST.get("back") == "table" else plan.get_absolute_url()
    return pressed(request, actions.mark_seen, "Отмечено: просмотрено.", back, plan=plan, ids=ids)
