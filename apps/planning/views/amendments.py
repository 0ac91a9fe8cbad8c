"""Editions of a plan and its amendments: what was → what becomes, line by line, then approval."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, found
from apps.core.pages import DetailPage
from apps.planning import forms, permissions
from apps.planning.actions import amendments as actions
from apps.planning.actions.applying import changed_item
from apps.planning.actions.plans import ONLY_WRITERS
from apps.planning.content import FIELDS as TOLD_FIELDS
from apps.planning.content import NOTHING, Change, Item, full_title, item_content, person_line, term_line
from apps.planning.enums import AmendmentState, EditionState, LineKind, PlanState
from apps.planning.models import Amendment, AmendmentLine, PlanItem
from apps.planning.queries import open_amendment
from apps.planning.views.common import (
    InPlan,
    PlanCut,
    PlanningForm,
    address,
    crumbs_of,
    pressed,
)
from apps.workflow.models import TransitionRecord

AMENDMENTS = Amendment.objects.select_related("plan", "created_by")
LINES = AmendmentLine.objects.select_related("amendment__plan", "item")


class AmendmentList(PlanCut):
    """Every text that was sent for approval with its decision, and every amendment."""

    template_name = "planning/amendment_list.html"
    part = "amendments"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.object, self.request.user
        editions = plan.editions.select_related("amendment", "sent_by", "decided_by", "paper").order_by("-pk")
        amendments = Amendment.objects.visible_to(user).filter(plan=plan).order_by("-number")
        return super().get_context_data(
            editions=[(one, EditionState(one.state)) for one in editions],
            amendments=[(one, AmendmentState(one.state)) for one in amendments.prefetch_related("lines")],
            may_amend=permissions.can_amend(user, plan) and open_amendment(plan) is None,
            is_draft=plan.is_text_open,
            log=TransitionRecord.objects.of(plan).select_related("by"),
            **kwargs,
        )


class AmendmentCreate(InPlan):
    form_class = forms.AmendmentForm
    title = "Новая поправка к плану"
    lead = "Укажите, почему план меняется. Затем добавьте, измените или исключите мероприятия."
    button = "Начать поправку"
    done = "Поправка начата. Внесите изменения и отправьте её на утверждение."

    def is_open(self) -> bool:
        return self.object.state == PlanState.APPROVED

    def closed(self) -> str:
        return actions.NOT_AMENDED[PlanState(self.object.state)]

    def act(self, form: Any) -> Amendment:
        return actions.begin_amendment(plan=self.object, by=self.request.user, **form.cleaned_data)

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return address("amendment-detail", made.pk) if made else address("amendment-list", self.object.pk)


class AmendmentPage(DetailPage):
    template_name = "planning/amendment_detail.html"
    queryset = AMENDMENTS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        amendment, user = self.object, self.request.user
        lines = amendment.lines.select_related("item__responsible", "item__programme")
        may_edit = permissions.can_edit_amendment(user, amendment)
        taken = [one.item_id for one in lines if one.item_id]
        rest = PlanItem.objects.visible_to(user).filter(plan=amendment.plan).in_plan().exclude(pk__in=taken)
        editions = amendment.editions.select_related("decided_by", "paper").order_by("-pk")
        return super().get_context_data(
            title=f"Поправка №\u00a0{amendment.number}",
            lead=f"{amendment.plan}. Причина: {amendment.reason}",
            state=AmendmentState(amendment.state),
            breadcrumbs=[
                *crumbs_of(amendment.plan),
                ("Поправки", address("amendment-list", amendment.plan_id)),
            ],
            lines=[(one, LineKind(one.kind), told(one, amendment)) for one in lines],
            editions=[(one, EditionState(one.state)) for one in editions],
            may_edit=may_edit,
            choose=forms.RemoveLineForm(items=rest) if may_edit else None,
            log=TransitionRecord.objects.of(amendment).select_related("by"),
            **kwargs,
        )


def told(line: AmendmentLine, amendment: Amendment) -> list[Change]:
    """What the line changes, column by column; of an approved amendment what it has changed."""
    if line.kind == LineKind.REMOVE:
        return [_whole(line.item, before=True)]
    if line.kind == LineKind.ADD:
        item, values = changed_item(line, amendment)
        return [_added(_content(item, values))]
    return _changes(line, amendment)


def _changes(line: AmendmentLine, amendment: Amendment) -> list[Change]:
    if amendment.state == AmendmentState.APPROVED:
        return _frozen_changes(line, amendment)
    present = PlanItem.objects.select_related("responsible", "programme").get(pk=line.item_id)
    before = item_content(present, present.co_executors.all())
    item, values = changed_item(line, amendment)
    return _columns(before, _content(item, values))


def _frozen_changes(line: AmendmentLine, amendment: Amendment) -> list[Change]:
    """Of an amendment in force: from the frozen texts before and after it."""
    after = amendment.editions.approved().first()
    before = (
        after
        and amendment.plan.editions.approved().filter(number__lt=after.number).order_by("-number").first()
    )
    if after is None or before is None:
        return []
    was, became = (
        next((one for one in text.content["items"] if one["id"] == line.item_id), None)
        for text in (before, after)
    )
    return _columns(was, became) if was and became else []


def _columns(was: Item, became: Item) -> list[Change]:
    from apps.planning.content import ChangeKind

    return [
        Change(ChangeKind.CHANGED, full_title(was), label, text(was) or NOTHING, text(became) or NOTHING)
        for label, text in TOLD_FIELDS
        if text(was) != text(became)
    ]


def _content(item: PlanItem, values: dict[str, Any]) -> Item:
    from apps.accounts.models import User

    helpers = values.get("co_executors")
    if helpers is None:
        people = item.co_executors.all() if PlanItem.objects.filter(pk=item.pk).exists() else []
    else:
        people = User.objects.filter(pk__in=helpers)
    return item_content(item, people)


def _added(content: Item) -> Change:
    from apps.planning.content import ChangeKind

    text = f"{full_title(content)}; {term_line(content)}; {person_line(content['responsible'])}"
    return Change(ChangeKind.ADDED, full_title(content), "", NOTHING, text)


def _whole(item: Any, *, before: bool) -> Change:
    from apps.planning.content import ChangeKind

    content = item_content(item, item.co_executors.all())
    text = f"{full_title(content)}; {term_line(content)}; {person_line(content['responsible'])}"
    return Change(ChangeKind.REMOVED, full_title(content), "", text, NOTHING)


class LineForm(PlanningForm):
    """The whole form of an event on a draft of an amendment; only what differs becomes the line."""

    queryset = AMENDMENTS
    form_class = forms.ItemForm
    template_name = "planning/item_form.html"
    refusal = "Поправка меняется, пока она в проекте."
    button = "Внести в поправку"

    def is_allowed(self) -> bool:
        return permissions.can_edit_amendment(self.request.user, self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = {**super().get_form_kwargs(), "plan": self.object.plan}
        kwargs["instance"] = self.shown()
        return kwargs

    def shown(self) -> PlanItem | None:
        """What the form is filled with."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [*crumbs_of(self.object.plan), (str(self.title_of_amendment), self.success_url())]
        return super().get_context_data(**{"breadcrumbs": crumbs, **kwargs})

    @property
    def title_of_amendment(self) -> str:
        return f"Поправка №\u00a0{self.object.number}"

    def success_url(self) -> str:
        return address("amendment-detail", self.object.pk)


class LineAdd(LineForm):
    title = "Добавить мероприятие поправкой"
    done = "Мероприятие внесено в поправку."

    def get_initial(self) -> dict[str, Any]:
        return {"responsible": self.request.user.pk}

    def act(self, form: Any) -> AmendmentLine:
        return actions.amend_add(amendment=self.object, by=self.request.user, values=form.cleaned_data)


class LineChange(LineForm):
    title = "Изменить мероприятие поправкой"
    lead = "Стоит то, что утверждено, с учётом уже внесённого в поправку. Измените нужное."
    done = "Изменение внесено в поправку."

    @property
    def item(self) -> PlanItem:
        rows = PlanItem.objects.visible_to(self.request.user).filter(plan=self.object.plan).in_plan()
        return found(rows.select_related("plan"), pk=self.kwargs["item"])

    def shown(self) -> PlanItem:
        line = self.object.lines.filter(item=self.item, kind=LineKind.CHANGE).select_related("item").first()
        return changed_item(line, self.object)[0] if line is not None else self.item

    def act(self, form: Any) -> AmendmentLine:
        return actions.amend_change(
            amendment=self.object, by=self.request.user, item=self.item, values=form.cleaned_data
        )


@require_POST
def line_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """From the drop-down of events: to the form that changes one, or takes it out at once."""
    amendment = found(AMENDMENTS.visible_to(request.user), pk=pk)
    items = PlanItem.objects.visible_to(request.user).filter(plan=amendment.plan).in_plan()
    form = forms.RemoveLineForm(request.POST, items=items)
    back = address("amendment-detail", pk)
    if not form.is_valid():
        messages.error(request, "Выберите мероприятие.")
        return redirect(back)
    item = form.cleaned_data["item"]
    if request.POST.get("act") == "remove":
        told_done = "Мероприятие будет исключено из плана, когда поправку утвердят."
        return pressed(request, actions.amend_remove, told_done, back, amendment=amendment, item=item)
    if not permissions.can_edit_amendment(request.user, amendment):
        from apps.core.access import require

        require(permissions.can_write_plans(request.user), ONLY_WRITERS)
        messages.error(request, actions.ONLY_DRAFT)
        return redirect(back)
    return redirect("planning:line-change", amendment.pk, item.pk)


@require_POST
def line_drop(request: HttpRequest, pk: int) -> HttpResponse:
    line = found(LINES.visible_to(request.user), pk=pk)
    back = address("amendment-detail", line.amendment_id)
    return pressed(request, actions.drop_line, "Строка убрана из поправки.", back, line=line)


@require_POST
def amendment_send(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(AMENDMENTS.visible_to(request.user), pk=pk)
    to = address("amendment-detail", pk)
    return pressed(request, actions.send_amendment, "Поправка отправлена на утверждение.", to, amendment=row)


@require_POST
def amendment_drop(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(AMENDMENTS.visible_to(request.user), pk=pk)
    to = address("amendment-list", row.plan_id)
    try:
        actions.drop_amendment(amendment=row, by=request.user)
    except Conflict as refused:
        messages.error(request, refused.told)
        return redirect(address("amendment-detail", pk))
    messages.success(request, "Поправка снята: план остаётся, как утверждён.")
    return redirect(to)
