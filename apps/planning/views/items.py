"""Events of a draft: card, form, quick entry from the keyboard, the working table with bulk edit."""

import datetime
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, found, require
from apps.core.pages import DetailPage
from apps.planning import forms, permissions
from apps.planning.actions import plans as actions
from apps.planning.actions.linking import ONLY_LINKERS, link_item, unlink_item
from apps.planning.actions.plans import FROZEN, ONLY_WRITERS
from apps.planning.content import audience_line, executors_line, item_content, person_line, result_line
from apps.planning.enums import Mark, PlanState, TermKind
from apps.planning.models import PlanItem
from apps.planning.table import by_section, hours_of, rows_of
from apps.planning.views.common import (
    InPlan,
    PlanCut,
    PlanningForm,
    address,
    chosen_ids,
    crumbs_of,
    pressed,
)
from apps.workflow.models import TransitionRecord

ITEMS = PlanItem.objects.select_related("plan", "responsible", "programme")
DAILY = (TermKind.DAY, TermKind.SPAN)
# Word of the address, its letter in `?focus=`, symbol, name of the button.
WAYS = [("up", "u", "arrow-up", "Выше"), ("down", "d", "arrow-down", "Ниже")]
# What the row of quick entry keeps for the next event.
KEPT = ("section", "form", "term_kind", "starts_on", "place", "audience", "responsible")


class ItemPage(DetailPage):
    """One event: what is planned, each of its holdings with its mark, where it came from."""

    template_name = "planning/item_detail.html"
    queryset = ITEMS.prefetch_related("co_executors", "holdings__marked_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, item = self.request.user, self.object
        may_mark = permissions.can_mark(user, item)
        holdings = list(item.holdings.all())
        subjects = {str(one.pk) for one in holdings}
        log = TransitionRecord.objects.filter(subject_type="planning.holding", subject_id__in=subjects)
        return super().get_context_data(
            title=str(item),
            lead="",
            breadcrumbs=crumbs_of(item.plan),
            details=item_details(item),
            rows=[(one, Mark(one.state), may_mark) for one in holdings],
            may_mark=may_mark,
            may_link=permissions.can_link(user, item) and not item.is_beside_plan,
            subject=subject_of(item, user),
            may_edit=permissions.can_edit_plan(user, item.plan) and not item.is_beside_plan,
            is_carried_out=item.plan.state in (PlanState.APPROVED, PlanState.CLOSED),
            log=log.select_related("by").order_by("-at", "-pk")[:30],
            **kwargs,
        )


def subject_of(item: PlanItem, user: Any) -> tuple[str, str] | None:
    """Title and address of the linked work; the title alone is withheld from whoever may not see it."""
    if not item.subject_type:
        return None
    rows: Any = apps.get_model(item.subject_type)._default_manager.all()
    row = rows.visible_to(user).filter(pk=item.subject_id).first()
    return (str(row), row.get_absolute_url()) if row is not None else ("работа, которой вы не видите", "")


def item_details(item: PlanItem) -> list[tuple[str, Any]]:
    """Name and value of each column that is filled."""
    text = item_content(item, item.co_executors.all())
    rows = [
        ("План", str(item.plan)),
        ("Раздел", item.get_section_display()),
        ("Форма", item.form),
        ("Срок", item.term_text),
        ("Время", hours_of(item)),
        ("Место", item.place),
        ("Участники", audience_line(text)),
        ("Приглашены руководители организаций", "да" if item.invites_heads else ""),
        ("Ответственный", person_line(text["responsible"])),
        ("Соисполнители", executors_line(text)),
        ("Ожидаемый результат", result_line(text)),
        ("Пункт Положения", item.get_clause_display() if item.clause else ""),
        ("Задача (пункт 2.2)", item.get_task_display() if item.task else ""),
        ("Программа", item.programme),
        ("Примечание", item.note),
    ]
    return [(name, value) for name, value in rows if value not in (None, "")]


class ItemCreate(InPlan):
    form_class = forms.ItemForm
    title = "Новое мероприятие"
    button = "Создать"
    done = "Мероприятие внесено."
    template_name = "planning/item_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "plan": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {"responsible": self.request.user.pk, "term_kind": TermKind.DAY}

    def act(self, form: Any) -> PlanItem:
        return actions.add_item(plan=self.object, by=self.request.user, values=form.cleaned_data)


class ItemEdit(PlanningForm):
    queryset = ITEMS
    form_class = forms.ItemForm
    title = "Мероприятие плана"
    template_name = "planning/item_form.html"

    def is_allowed(self) -> bool:
        return permissions.can_edit_plan(self.request.user, self.object.plan)

    @property
    def refusal(self) -> str:  # type: ignore[override]
        if not permissions.can_write_plans(self.request.user):
            return ONLY_WRITERS
        return FROZEN.get(PlanState(self.object.plan.state), ONLY_WRITERS)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "plan": self.object.plan}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = self.object
        lead = "Перенесено из прошлого плана: проверьте срок и исполнителей." if item.is_unseen else ""
        return super().get_context_data(**{"breadcrumbs": crumbs_of(item.plan), "lead": lead, **kwargs})

    def act(self, form: Any) -> PlanItem:
        return actions.change_item(item=self.object, by=self.request.user, values=form.cleaned_data)

    def success_url(self) -> str:
        return f"{self.object.plan.get_absolute_url()}#item-{self.object.pk}"


class ItemLink(PlanningForm):
    """The work whose end closes the event; no part of the approved text, so no amendment is needed."""

    queryset = ITEMS
    form_class = forms.LinkForm
    is_model_form = False
    title = "Связанная работа"
    lead = "Когда её закончат (например, утвердят отчёт мониторинга), мероприятие закроется само."
    done = "Связь сохранена."
    refusal = ONLY_LINKERS

    def is_allowed(self) -> bool:
        return permissions.can_link(self.request.user, self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        item = self.object
        present = f"{item.subject_type}:{item.subject_id}" if item.subject_type else ""
        return {**super().get_form_kwargs(), "by": self.request.user, "present": present}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"breadcrumbs": crumbs_of(self.object.plan), **kwargs})

    def act(self, form: Any) -> PlanItem:
        model, _, number = form.cleaned_data["subject"].rpartition(":")
        if not number:
            return unlink_item(item=self.object, by=self.request.user)
        return link_item(item=self.object, by=self.request.user, subject_type=model, subject_id=number)

    def success_url(self) -> str:
        return address("item-detail", self.object.pk)


class EntryPage(InPlan):
    """Quick entry: Enter adds the event, the row stays with what the next one is likely to share."""

    form_class = forms.QuickForm
    title = "Быстрый ввод"
    lead = "Enter добавляет мероприятие; раздел, срок, место и ответственный остаются для следующего."
    template_name = "planning/item_entry.html"
    done = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "plan": self.object}

    def get_initial(self) -> dict[str, Any]:
        last = self.request.session.get(self.kept_key) or {}
        return {"responsible": self.request.user.pk, "term_kind": TermKind.DAY, **last}

    @property
    def kept_key(self) -> str:
        return f"planning.entry.{self.object.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = PlanItem.objects.visible_to(self.request.user).filter(plan=self.object).in_plan()
        added = mine.select_related("responsible").order_by("-pk")[:10]
        return super().get_context_data(added=added, count=mine.count(), plan=self.object, **kwargs)

    def act(self, form: Any) -> PlanItem:
        made = actions.add_item(plan=self.object, by=self.request.user, values=form.cleaned_data)
        self.request.session[self.kept_key] = {name: form.data.get(name, "") for name in KEPT}
        self.done = f"Внесено: {made}"
        return made

    def success_url(self) -> str:
        return address("item-entry", self.object.pk)

    def back(self) -> str:
        return self.object.get_absolute_url()


class ItemTable(PlanCut):
    """The working table of a draft: order, ticks, and what the ticked events get at once."""

    template_name = "planning/item_table.html"
    refusal = ONLY_WRITERS

    def is_allowed(self) -> bool:
        return permissions.can_write_plans(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.object.is_text_open:
            messages.error(request, FROZEN[PlanState(self.object.state)])
            return redirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.object, self.request.user
        rows = rows_of(plan, user, with_clashes=False)
        given = {
            "title": f"Правка: {plan}",
            "lead": "Задайте отмеченным общее: ответственного, раздел, сдвиг дат. Стрелки меняют порядок.",
            "breadcrumbs": crumbs_of(plan),
            "sections": by_section(rows),
            "form": forms.BulkForm(),
            "ticked": frozenset(),
            "unseen": sum(row.item.is_unseen for row in rows),
            "focus": self.request.GET.get("focus", ""),
            "ways": WAYS,
        }
        return super().get_context_data(**{**given, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.BulkForm(request.POST)
        ids = chosen_ids(request)
        if not ids:
            form.add_error(None, "Отметьте хотя бы одно мероприятие.")
        elif form.is_valid() and not any(value not in (None, "") for value in form.cleaned_data.values()):
            form.add_error(None, "Укажите, что изменить: ответственного, раздел или сдвиг дат.")
        if form.is_valid():
            try:
                bulk_change(self.object, request.user, ids, form.cleaned_data)
            except (Conflict, ValidationError) as refused:
                told = refused.messages if isinstance(refused, ValidationError) else [refused.told]
                for one in told:
                    form.add_error(None, one)
        if form.errors:
            context = self.get_context_data(form=form, ticked=frozenset(ids))
            return self.render_to_response(context, status=422)
        messages.success(request, f"Изменено мероприятий: {len(ids)}.")
        return redirect("planning:item-table", self.object.pk)


def bulk_change(plan: Any, by: Any, ids: list[int], chosen: dict[str, Any]) -> None:
    """All the ticked events or none; a shift moves each event's own days, so each is written by itself."""
    from django.db import transaction

    with transaction.atomic():
        values = {name: chosen[name] for name in ("responsible", "section") if chosen.get(name)}
        if values:
            actions.change_items(plan=plan, by=by, ids=ids, values=values)
        if chosen.get("shift"):
            rows = PlanItem.objects.visible_to(by).filter(plan=plan, pk__in=ids).select_related("plan")
            for one in rows:
                _shift(one, by, chosen["shift"])


def _shift(item: PlanItem, by: Any, days: int) -> None:
    if item.term_kind not in DAILY:
        raise ValidationError(
            f"«{item.title}»: сдвигаются только мероприятия с датой, а не «{item.term_text}»."
        )
    step = datetime.timedelta(days=days)
    values = {"starts_on": item.starts_on + step, "ends_on": item.ends_on + step}
    try:
        actions.change_item(item=item, by=by, values=values)
    except ValidationError as error:
        raise ValidationError([f"«{item.title}»: {told}" for told in error.messages]) from error


@require_POST
def item_delete(request: HttpRequest, pk: int) -> HttpResponse:
    item = found(ITEMS.visible_to(request.user), pk=pk)
    back = item.plan.get_absolute_url()
    return pressed(request, actions.remove_item, "Мероприятие удалено.", back, item=item)


@require_POST
def items_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked events of a draft."""
    from apps.planning.views.plans import _plan

    plan, ids, back = _plan(request, pk), chosen_ids(request), address("item-table", pk)
    if not ids:
        messages.error(request, "Отметьте хотя бы одно мероприятие.")
        return redirect(back)
    return pressed(request, actions.remove_items, "Мероприятия удалены.", back, plan=plan, ids=ids)


@require_POST
def item_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down within its section, or dragged before `before` (empty: to the end); the keyboard
    stays on the same arrow."""
    item = found(ITEMS.visible_to(request.user), pk=pk)
    require(permissions.can_write_plans(request.user), ONLY_WRITERS)
    way = request.POST.get("way")
    same = PlanItem.objects.visible_to(request.user).filter(plan=item.plan, section=item.section).in_plan()
    ids = list(same.values_list("pk", flat=True))
    back = f"{address('item-table', item.plan_id)}?focus={item.pk}{'u' if way == 'up' else 'd'}"
    order = (
        _dragged(ids, item.pk, request.POST.get("before", "")) if way == "to" else _stepped(ids, item.pk, way)
    )
    if order == ids:
        return redirect(back)
    try:
        actions.reorder(plan=item.plan, by=request.user, ids=order)
    except Conflict as refused:
        messages.error(request, refused.told)
    return redirect(back)


def _stepped(ids: list[int], pk: int, way: str | None) -> list[int]:
    """One place up or down; the same order at the edge of the section."""
    at = ids.index(pk) if pk in ids else -1
    to = at + (-1 if way == "up" else 1)
    if at < 0 or not 0 <= to < len(ids):
        return ids
    order = list(ids)
    order[at], order[to] = order[to], order[at]
    return order


def _dragged(ids: list[int], pk: int, before: str) -> list[int]:
    """Before the event `before`, at the end without one; the same order when either is not of the section."""
    rest = [one for one in ids if one != pk]
    places = {str(one): at for at, one in enumerate(rest)} | {"": len(rest)}
    if pk not in ids or before not in places:
        return ids
    return [*rest[: places[before]], pk, *rest[places[before] :]]
